//! `jsc`: compiles JavaScript to WebAssembly, and runs it.

mod arguments;
mod bench;
mod build;
mod check;
mod compile;
mod exit;
mod init;
mod inspect;
mod limits;
mod messages;
mod metafile;
mod overlap;
mod precompile;
mod quantity;
mod run;
mod signals;
mod sources;
mod streams;
mod test;
mod watch;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    signals::fail_at_limit_of_files();
    // Clap prints usage errors itself and exits with 2.
    let arguments = arguments::joined(std::env::args_os().collect());
    let done = match Arguments::parse_from(arguments).command {
        Command::Compile(arguments) => compile::compile(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Test(arguments) => test::test(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Inspect(arguments) => inspect::inspect(&arguments),
        Command::Completions { shell } => {
            // Not straight to standard output: clap panics where that is closed.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "jsc", &mut script);
            exit::write_result(&script)
        }
    };
    done.unwrap_or_else(|error| {
        messages::say(format_args!("error: {error:#}"));
        exit::code_of(&error)
    })
}
