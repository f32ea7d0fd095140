//! The arguments of `jsc run`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::arguments::Build;
use crate::limits::LimitArguments;

#[derive(Args)]
#[command(after_help = "Examples:
  jsc run fn.wasm < input.json
  jsc run fn.wasm --input input.json --report
  jsc run fn.wasm --invoke cart-run --limits shopify
  jsc run fn.wasm --input input.json --profile profile.json
  jsc run fn.wasm --input input.json --profile fn.cpuprofile
  jsc run fn.wasm --timeout 500ms --max-memory 10MB --env MODE=test --dir data
  jsc run index.ts < input.json            compile and run
  jsc run --watch index.ts --input input.json")]
pub(crate) struct Run {
    /// The module, or a program's source, which is compiled first
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
    /// Print instructions, memory, sizes and times to standard error
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true,
        default_missing_value = "text")]
    pub(crate) report: Option<Format>,
    /// Write which functions and lines the instructions are spent in, for speedscope (.json) or for Chrome, Visual Studio
    /// Code and Firefox Profiler (.cpuprofile), and beside it a flame graph (.svg)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) profile: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
    /// Compile and run the source again whenever a file of the program changes
    #[arg(long)]
    pub(crate) watch: bool,
    #[command(flatten, next_help_heading = "Options for sources")]
    pub(crate) build: Build,
    /// Arguments that the module sees
    #[arg(last = true, value_name = "ARGUMENT")]
    pub(crate) arguments: Vec<String>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs: one line of JSON
    Json,
}

pub(crate) fn variable(text: &str) -> Result<(String, String), String> {
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
