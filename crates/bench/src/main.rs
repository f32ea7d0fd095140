//! Measures the examples and the bundle of `tests/bundle`, side by side with Node on the same sources.

mod measure;
mod process;
mod table;

use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Parser;

use crate::measure::{Bench, Effort};

/// Print size, fuel, memory and times of every example, side by side with Node.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// Examples to measure, by any part of their names [default: all]
    names: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Measure less often, for a first impression
    #[arg(long)]
    quick: bool,
}

fn main() -> ExitCode {
    match bench(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &Arguments) -> Result<()> {
    let mut examples = examples::all()?;
    if !arguments.names.is_empty() {
        let is_wanted = |name: &str| arguments.names.iter().any(|part| name.contains(part));
        examples.retain(|example| is_wanted(&example.name));
        ensure!(
            !examples.is_empty(),
            "no example is named {}",
            arguments.names.join(" or ")
        );
    }
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
