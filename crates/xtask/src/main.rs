//! Developer commands: `cargo xtask setup | demo | test | bench | fuzz | test262`.
//!
//! Each of them first sets the machine up. This crate depends on nothing that needs the engine, so that it builds
//! before there is a toolchain for it.

mod fuzz;
mod run;
mod setup;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::run::Step;

/// Developer commands of jsc.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what the project needs and this machine lacks.
    Setup,
    /// Build in release, compile examples/discount and run it.
    Demo,
    /// Check formatting and lints, and run every test.
    Test,
    /// Print size, fuel, memory and times of every example, side by side with Node; `bench --help` says more.
    #[command(disable_help_flag = true)]
    Bench {
        /// Arguments of the program that measures.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Try the tests of a copy of test262 natively and as compiled modules; `test262 --help` says more.
    #[command(disable_help_flag = true)]
    Test262 {
        /// Arguments of the program that tries them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run a fuzz target under libFuzzer; without a name, list the targets.
    Fuzz {
        /// The target.
        target: Option<String>,
        /// How long.
        #[arg(long, default_value_t = 30)]
        minutes: u64,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Setup => setup::setup(),
        Command::Demo => demo(),
        Command::Test => test(),
        Command::Bench { arguments } => built_and_run(&["cli", "bench"], &arguments),
        Command::Test262 { arguments } => built_and_run(&["test262"], &arguments),
        Command::Fuzz { target, minutes } => {
            setup::setup().and_then(|()| fuzz::fuzz(target.as_deref(), minutes))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Where cargo puts a program that it builds in release.
fn built(program: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(target).join("release").join(program)
}

fn cargo(arguments: &[&str]) -> Step {
    Step::new(env!("CARGO")).arguments(arguments)
}

fn demo() -> Result<()> {
    setup::setup()?;
    cargo(&["build", "--quiet", "--release", "--package", "cli"]).run()?;
    let jsc = built("jsc");
    let directory = tempfile::tempdir()?;
    let module = directory.path().join("discount.wasm");
    let example = root().join("examples/discount");
    let jsc = |arguments: &[&str]| Step::new(&jsc).arguments(arguments);
    let module = module.to_string_lossy();
    println!("$ jsc compile examples/discount/index.js -o discount.wasm");
    jsc(&[
        "compile",
        &example.join("index.js").to_string_lossy(),
        "-o",
        &module,
    ])
    .run()?;
    println!("\n$ jsc run discount.wasm --report < examples/discount/input.json");
    jsc(&[
        "run",
        &module,
        "--report",
        "--input",
        &example.join("input.json").to_string_lossy(),
    ])
    .run()
}

fn test() -> Result<()> {
    setup::setup()?;
    cargo(&["fmt", "--all", "--check"]).run()?;
    cargo(&["fmt", "--check"]).inside("js-runtime").run()?;
    cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])
    .run()?;
    Step::new("node")
        .arguments(&["js-runtime/js/test/run.mjs"])
        .run()?;
    cargo(&["test", "--quiet", "--workspace"]).run()
}

/// Builds packages in release and runs the last one's program.
fn built_and_run(packages: &[&str], arguments: &[String]) -> Result<()> {
    setup::setup()?;
    let mut build = vec!["build", "--quiet", "--release"];
    build.extend(packages.iter().flat_map(|package| ["--package", package]));
    cargo(&build).run()?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let program = packages
        .last()
        .map_or_else(PathBuf::new, |name| built(name));
    Step::new(program).arguments(&arguments).run()
}
