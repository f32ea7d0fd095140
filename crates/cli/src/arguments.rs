//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::bench::Bench;
use crate::check::Check;
use crate::init::Init;
use crate::quantity;
use crate::run::{Run, variable};
use crate::test::Test;

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
  jsc run fn.wasm --limits shopify         run it as a platform would
  jsc completions bash > ~/.local/share/bash-completion/completions/jsc

Exit codes: 0 success, 1 the program failed, 2 wrong usage, 3 a file is unusable, 134 a wasm trap,
111 to 118 a limit is reached (fuel, time, memory, stack, input, output, log, module size);
`jsc run` passes on what the program exits with.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Compile a program to a WebAssembly module
    Compile(Box<Compile>),
    /// Run a WebAssembly module with standard input and output
    Run(Box<Run>),
    /// Tell whether a module keeps to limits, without running it
    Check(Check),
    /// Measure a module, and compare it with other modules or commands
    Bench(Bench),
    /// Run a function on its fixtures and compare the outputs
    Test(Test),
    /// Make a directory with a function to begin with
    Init(Init),
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
  jsc compile index.ts --watch
  jsc compile index.js --define process.env.MODE='\"test\"' --alias lodash=lodash-es
  cat index.js | jsc compile - -o fn.wasm")]
pub(crate) struct Compile {
    /// The entry module; `-` reads it from standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Where the module goes [default: the input's stem with .wasm]; `-` writes it to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) build: Build,
    /// Keep the names of the engine's functions, for profilers of WebAssembly
    #[arg(long)]
    pub(crate) names: bool,
    /// Also write native code beside the module (.cwasm), which `jsc run` takes on this machine
    #[arg(long)]
    pub(crate) precompile: bool,
    /// Write the program's sources to FILE.wasm.map, from which `jsc run` shows the line that threw
    #[arg(long)]
    pub(crate) source_map: bool,
    /// Write what is in the module, as JSON: every file with its bytes of bytecode and why it is there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) metafile: Option<PathBuf>,
    /// Compile again whenever a file of the program changes
    #[arg(long)]
    pub(crate) watch: bool,
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
    #[arg(long, value_name = "SIZE", value_parser = module_size)]
    pub(crate) max_size: Option<usize>,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// How a program is compiled.
#[derive(Args)]
pub(crate) struct Build {
    /// Replace a name by a constant: JSON, or another name
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) define: Vec<(String, String)>,
    /// Import another module in the place of one
    #[arg(long, value_name = "NAME=OTHER", value_parser = variable)]
    pub(crate) alias: Vec<(String, String)>,
    /// Leave a module out: what is taken from it throws when it is called
    #[arg(long, value_name = "NAME")]
    pub(crate) external: Vec<String>,
    /// Also take what packages export under this condition, such as `node`, `browser` or `development`
    #[arg(long, value_name = "NAME")]
    pub(crate) conditions: Vec<String>,
    /// Take the entry for a script and no module: its variables are global, and it is sloppy unless it says otherwise
    #[arg(long)]
    pub(crate) script: bool,
    /// The form of errors and warnings
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = MessageFormat::Text)]
    pub(crate) message_format: MessageFormat,
    /// When the body of a program without exported functions runs
    #[arg(long, value_enum, default_value_t = Start::Eager)]
    pub(crate) start: Start,
    /// How long compiling may take, with what the program does at build time, in seconds of processor time
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) build_time: Duration,
    /// How much memory the program may use at build time, and the compiler to read it and to write the module, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = mebibytes)]
    pub(crate) build_memory: u64,
    /// How much of the engine is left out
    #[arg(long, value_enum, default_value_t = Strip::Names)]
    pub(crate) strip: Strip,
    /// Keep a builtin that the program does not name: `Array.prototype.flatMap`, `RegExp` with its members, or `all`;
    /// or `source`, the texts of functions, which are `function name() { [native code] }` without it
    #[arg(long, value_name = "BUILTIN")]
    pub(crate) keep: Vec<String>,
    /// Keep the compiler, so that `eval` and `Function` work at run time
    #[arg(long)]
    pub(crate) allow_eval: bool,
    /// The WebAssembly stack that hosts give the module, 512KiB if nothing is said: on a larger one calls can be nested
    /// deeper. On a host with less, recursion may trap instead of throwing
    #[arg(long, value_name = "SIZE", value_parser = quantity::module_stack)]
    pub(crate) stack: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people, in colours on a terminal
    Text,
    /// A JSON object a line
    Json,
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
  jsc inspect --bytecode index.js          the bytecode of all its functions
  jsc inspect --bytecode=total index.js    of those called `total`
  jsc inspect fn.wasm                      sections, imports and exports of a module

A module does not say what it was made from: for the rest, inspect the program.")]
pub(crate) struct Inspect {
    /// A program or a module
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// Show the bytecode of the program's functions, or of those that are called so
    #[arg(long, value_name = "FUNCTION", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) bytecode: Option<String>,
    /// What the report is for
    #[arg(long, value_enum, default_value_t = Format::Text, conflicts_with = "bytecode")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) build: Build,
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

/// The arguments, with the formats of reports joined to their options: of an option whose value may be missing, clap takes
/// only `--report=json`, since in `--report fn.wasm` the module is no format.
pub(crate) fn joined(arguments: Vec<OsString>) -> Vec<OsString> {
    let end = arguments.iter().position(|argument| argument == "--");
    let end = end.unwrap_or(arguments.len());
    let mut joined: Vec<OsString> = Vec::with_capacity(arguments.len());
    for (index, argument) in arguments.into_iter().enumerate() {
        let is_format = ["text", "json", "html"].iter().any(|it| argument == *it);
        match joined.last_mut() {
            Some(option)
                if index < end
                    && is_format
                    && ["--report", "--size-report"].iter().any(|it| option == *it) =>
            {
                option.push("=");
                option.push(argument);
            }
            _ => joined.push(argument),
        }
    }
    joined
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

/// The size of a module, which is never nothing.
fn module_size(text: &str) -> Result<usize, String> {
    match quantity::bytes(text)? {
        0 => Err("no module has 0 bytes".to_string()),
        size => usize::try_from(size).map_err(|_| "more than there can be".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::joined;

    #[test]
    fn formats_are_joined_to_their_options() {
        let check = |arguments: &str, expected: &str| {
            let words = |text: &str| text.split(' ').map(OsString::from).collect();
            let expected: Vec<OsString> = words(expected);
            assert_eq!(joined(words(arguments)), expected);
        };
        check("run a --report json", "run a --report=json");
        check("run --report text a", "run --report=text a");
        check("run --report a", "run --report a");
        check("run --report=json text", "run --report=json text");
        check("run a -- --report json", "run a -- --report json");
        check("bench a --format json", "bench a --format json");
    }
}
