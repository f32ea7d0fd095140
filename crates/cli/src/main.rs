//! `jsc`: compiles JavaScript to WebAssembly, and runs it.

mod arguments;
mod compile;
mod exit;
mod run;
mod write;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    // Clap prints usage errors itself and exits with 2.
    let done = match Arguments::parse().command {
        Command::Compile(arguments) => compile::compile(arguments),
        Command::Run(arguments) => run::run(arguments),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "jsc", &mut io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        exit::code_of(&error)
    })
}
