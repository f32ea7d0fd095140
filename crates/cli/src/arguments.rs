//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Compile JavaScript to one small WebAssembly module that starts in microseconds.
#[derive(Parser)]
#[command(name = "jsc", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "Examples:
  jsc compile index.js -o fn.wasm          compile a program
  jsc run fn.wasm < input.json             run it: JSON in, JSON out
  jsc run fn.wasm --invoke cart-run        call a named export
  jsc completions bash > ~/.local/share/bash-completion/completions/jsc

Exit codes: 0 success, 1 the program failed, 2 wrong usage, 3 a file is unusable, 134 a wasm trap;
`jsc run` passes on what the program exits with.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Compile a program to a WebAssembly module
    Compile(Compile),
    /// Run a WebAssembly module with standard input and output
    Run(Run),
    /// Show where a module's bytes are and why, or a program's bytecode
    Inspect(Inspect),
    /// Print a script that completes jsc's arguments in a shell
    Completions {
        /// The shell to complete in
        shell: Shell,
    },
}

#[derive(Args)]
#[command(after_help = "Examples:
  jsc compile index.js                     writes index.wasm
  jsc compile src/main.js -o fn.wasm
  cat index.js | jsc compile - -o fn.wasm")]
pub(crate) struct Compile {
    /// The entry module; `-` reads it from standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Where the module goes [default: the input's stem with .wasm]; `-` writes it to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// When the body of a program without exported functions runs
    #[arg(long, value_enum, default_value_t = Start::Eager)]
    pub(crate) start: Start,
    /// How long the program may run at build time, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) build_time: Duration,
    /// How much memory the program may use at build time, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = mebibytes)]
    pub(crate) build_memory: u64,
    /// How much of the engine is left out
    #[arg(long, value_enum, default_value_t = Strip::Names)]
    pub(crate) strip: Strip,
    /// Keep a builtin that the program does not name: `Array.prototype.flatMap`, `RegExp` with its members, or `all`
    #[arg(long, value_name = "BUILTIN")]
    pub(crate) keep: Vec<String>,
    /// Keep the compiler, so that `eval` and `Function` work at run time
    #[arg(long)]
    pub(crate) allow_eval: bool,
    /// Keep the names of the engine's functions, for profilers of WebAssembly
    #[arg(long)]
    pub(crate) names: bool,
    /// Show where the module's bytes are and why
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text"
    )]
    pub(crate) size_report: Option<Format>,
    /// The most bytes that the module may have, as `256kB` (1,000 bytes), `250KiB` (1,024) or a number; a larger one is not
    /// written
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) max_size: Option<usize>,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// A page with a map of the module
    Html,
}

#[derive(Args)]
#[command(after_help = "Examples:
  jsc inspect index.js                     where the bytes of its module are, and why
  jsc inspect index.js --format html > report.html
  jsc inspect index.js --bytecode          the bytecode of all its functions
  jsc inspect index.js --bytecode total    of those called `total`
  jsc inspect fn.wasm                      sections, imports and exports of a module

A module does not say what it was made from: for the rest, inspect the program.")]
pub(crate) struct Inspect {
    /// A program or a module
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Show the bytecode of the program's functions, or of those that are called so
    #[arg(long, value_name = "FUNCTION", num_args = 0..=1, default_missing_value = "")]
    pub(crate) bytecode: Option<String>,
    /// What the report is for
    #[arg(long, value_enum, default_value_t = Format::Text, conflicts_with = "bytecode")]
    pub(crate) format: Format,
    /// How much of the engine is left out
    #[arg(long, value_enum, default_value_t = Strip::Names)]
    pub(crate) strip: Strip,
    /// A builtin to keep although the program does not name it, as for `jsc compile`
    #[arg(long, value_name = "NAME")]
    pub(crate) keep: Vec<String>,
    /// Keep the compiler, so that `eval` and `Function` work at run time
    #[arg(long)]
    pub(crate) allow_eval: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Start {
    /// At build time, up to the statement that first touches the outside world
    Eager,
    /// All of it when the module is started
    Lazy,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Strip {
    /// Nothing
    Off,
    /// What cannot be reached, whatever the program does
    Safe,
    /// Also builtins that the program does not name; using one throws an error that says how to keep it
    Names,
}

#[derive(Args)]
#[command(after_help = "Examples:
  jsc run fn.wasm < input.json
  jsc run fn.wasm --input input.json
  jsc run fn.wasm --invoke cart-run --env MODE=test --dir data")]
pub(crate) struct Run {
    /// The module
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) module: PathBuf,
    /// The exported function to call [default: _start]
    #[arg(long, value_name = "EXPORT")]
    pub(crate) invoke: Option<String>,
    /// A file to read instead of standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: Option<PathBuf>,
    /// An environment variable that the module sees
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) environment: Vec<(String, String)>,
    /// A directory that the module may use, under another name in there if one is given
    #[arg(long = "dir", value_name = "HOST[::GUEST]", value_parser = directory)]
    pub(crate) directories: Vec<(PathBuf, String)>,
    /// Print instructions, memory and times to standard error
    #[arg(long)]
    pub(crate) report: bool,
    /// Arguments that the module sees
    #[arg(last = true, value_name = "ARGUMENT")]
    pub(crate) arguments: Vec<String>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|time| !time.is_zero())
        .ok_or_else(|| "not a number of seconds above zero".to_string())
}

fn mebibytes(text: &str) -> Result<u64, String> {
    text.parse()
        .ok()
        .filter(|size| (1..=4096).contains(size))
        .ok_or_else(|| "not a number of MiB from 1 to 4096".to_string())
}

/// `256kB`, `250KiB`, `1.5MB`, `4096`.
fn size(text: &str) -> Result<usize, String> {
    let digits = text
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "kib" => 1024.0,
        "mib" => 1024.0 * 1024.0,
        _ => return Err("not of the form 256kB, 250KiB or 256000".to_string()),
    };
    match number.parse::<f64>() {
        Ok(number) if number > 0.0 => Ok((number * unit) as usize),
        _ => Err("not of the form 256kB, 250KiB or 256000".to_string()),
    }
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_string(), value.to_string())),
        _ => Err("not of the form NAME=VALUE".to_string()),
    }
}

fn directory(text: &str) -> Result<(PathBuf, String), String> {
    let (host, guest) = text.split_once("::").unwrap_or((text, text));
    if host.is_empty() || guest.is_empty() {
        return Err("not of the form HOST or HOST::GUEST".to_string());
    }
    Ok((PathBuf::from(host), guest.to_string()))
}
