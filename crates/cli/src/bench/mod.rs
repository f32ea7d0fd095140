//! `jsc bench`: modules and commands side by side.

mod command;
mod measure;
mod module;
mod render;
mod statistics;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use clap::{Args, ValueEnum, ValueHint};

use self::command::Command;
pub(crate) use self::command::split;
use self::measure::Subject;
use self::module::Module;
use crate::exit::{self, Usage};
use crate::overlap::{self, Output};
use crate::quantity::duration;
use crate::run::read;
use crate::write;

#[derive(Args)]
#[command(after_help = "Examples:
  jsc bench fn.wasm --input input.json
  jsc bench fn.wasm --input input.json --vs javy.wasm --vs \"node index.js\"
  jsc bench fn.wasm --format json > figures.json
  jsc bench fn.wasm --vs old.wasm --svg figures.svg")]
pub(crate) struct Bench {
    /// The module
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) module: PathBuf,
    /// What every call reads from standard input [default: nothing]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: Option<PathBuf>,
    /// The exported function to call in every module [default: _start]
    #[arg(long, value_name = "EXPORT")]
    pub(crate) invoke: Option<String>,
    /// Another module, or a command that reads standard input, to compare with
    #[arg(long, value_name = "MODULE|COMMAND")]
    pub(crate) vs: Vec<String>,
    /// How long to measure each of them
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = duration)]
    pub(crate) time: Duration,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Where to draw the figures, too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) svg: Option<PathBuf>,
}

/// How figures are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

pub(crate) fn bench(arguments: &Bench) -> Result<ExitCode> {
    let input = match &arguments.input {
        Some(path) => read(path)?,
        None => Vec::new(),
    };
    // That there is no place for the picture is said before all is measured.
    if let Some(path) = &arguments.svg {
        write::check(path)?;
        let others = arguments.vs.iter().map(Path::new);
        let read = others
            .chain(arguments.input.as_deref())
            .chain([arguments.module.as_path()]);
        overlap::check(&[Output::new("--svg", path)], read)?;
    }
    let mut subjects = vec![module(&arguments.module, arguments, &input)?];
    for other in &arguments.vs {
        subjects.push(subject(other, arguments, &input)?);
    }
    measure::compare_outputs(&subjects);
    let rows = measure::measure(&mut subjects, arguments.time)?;
    if let Some(path) = &arguments.svg {
        write::write(path, render::svg(&rows).as_bytes())?;
    }
    let text = match arguments.format {
        Format::Table => render::table(&rows),
        Format::Json => serde_json::to_string_pretty(&rows)? + "\n",
    };
    exit::write_result(text.as_bytes())
}

/// A module if it is the name of one, and otherwise a command.
fn subject(text: &str, arguments: &Bench, input: &[u8]) -> Result<Subject> {
    let path = Path::new(text);
    if path
        .extension()
        .is_some_and(|extension| extension == "wasm")
    {
        return module(path, arguments, input);
    }
    let words = split(text)?;
    if words.is_empty() {
        let message = "`--vs` is empty; name a module or a command";
        return Err(anyhow!(Usage(message.to_owned())));
    }
    let command = Command::new(text, words, input)?;
    Ok(Subject::Command(command))
}

fn module(path: &Path, arguments: &Bench, input: &[u8]) -> Result<Subject> {
    let wasm = read(path)?;
    let name = path.display().to_string();
    let module = Module::new(path, &wasm, arguments.invoke.as_deref(), input);
    Ok(Subject::Module(Box::new(module.context(name)?)))
}
