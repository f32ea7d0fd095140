//! Measures the examples and the bundle of `tests/bundle`, side by side with Node on the same sources.

mod cold_start;
mod measure;
mod peers;
mod process;
mod table;

use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use examples::Example;

use crate::cold_start::ColdStart;
use crate::measure::{Bench, Effort};

/// Print size, fuel, memory and times of every example, side by side with Node.
#[derive(Parser)]
#[command(name = "bench", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Examples to measure, by any part of their names [default: all]
    names: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Measure less often, for a first impression
    #[arg(long)]
    quick: bool,
}

#[derive(Subcommand)]
enum Command {
    ColdStart(ColdStart),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Some(Command::ColdStart(arguments)) => cold_start::run(arguments),
        None => bench(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &Arguments) -> Result<()> {
    let examples = chosen(&arguments.names)?;
    let effort = if arguments.quick {
        Effort::QUICK
    } else {
        Effort::FULL
    };
    let bench = Bench::new(effort)?;
    let mut rows = Vec::new();
    for example in &examples {
        eprintln!("measuring {}", example.name);
        rows.push(bench.measure(example)?);
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else {
        print!("{}", table::render(&rows));
    }
    Ok(())
}

/// The examples of which the name contains one of these parts; all, if there are none.
fn chosen(names: &[String]) -> Result<Vec<Example>> {
    let mut examples = examples::all()?;
    if !names.is_empty() {
        let is_wanted = |name: &str| names.iter().any(|part| name.contains(part));
        examples.retain(|example| is_wanted(&example.name));
        ensure!(
            !examples.is_empty(),
            "no example is named {}",
            names.join(" or ")
        );
    }
    Ok(examples)
}
