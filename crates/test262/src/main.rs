//! `cargo xtask test262`: tries the tests of a copy of test262, compares with what is expected, publishes.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use clap::Parser;
use test262::{Column, Expectations, Facts, Journal, Key, Mode, Plan, Records, Suite};

/// Tries the tests of a copy of test262 natively and as compiled modules.
#[derive(Parser)]
#[command(name = "cargo xtask test262")]
struct Arguments {
    /// The copy of the suite: a checkout of https://github.com/tc39/test262
    #[arg(long, value_name = "DIR")]
    suite: PathBuf,
    /// Try only tests whose paths begin so
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Try only the tests whose paths are lines of this file
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Try them in these modes only: sloppy, strict, module
    #[arg(long, value_name = "MODES", value_delimiter = ',', value_parser = mode, default_value = "sloppy,strict,module")]
    modes: Vec<Mode>,
    /// Try each Kth test
    #[arg(long, value_name = "K", default_value_t = 1)]
    every: usize,
    /// Try the Ith of N parts
    #[arg(long, value_name = "I/N", value_parser = shard, default_value = "1/1")]
    shard: (usize, usize),
    /// Go on where the last run of the same shard ended
    #[arg(long)]
    resume: bool,
    /// What to try tests on, besides native: build, run, build+eval, run+eval, lazy, safe, off
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', value_parser = column, default_value = "build,run,build+eval,run+eval")]
    columns: Vec<Column>,
    /// Also try what fails natively
    #[arg(long)]
    all: bool,
    /// How many to try at once
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: usize,
    /// The directory of the files of verdicts, one a shard
    #[arg(long, value_name = "DIR", default_value = "target/test262")]
    out: PathBuf,
    /// The program that evaluates natively; by default it is built
    #[arg(long, value_name = "FILE")]
    native: Option<PathBuf>,
    /// Take the verdicts of all shards for what is expected, and write docs/conformance.md
    #[arg(long)]
    publish: bool,
    /// Try nothing: compare or publish what has been found
    #[arg(long)]
    found: bool,
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    match numbers {
        Some((i, n)) if (1..=n).contains(&i) => Ok((i, n)),
        _ => Err("a shard is I/N, from 1/N to N/N".to_string()),
    }
}

fn column(name: &str) -> Result<Column, String> {
    Column::named(name).ok_or_else(|| "there is no such column".to_string())
}

fn mode(name: &str) -> Result<Mode, String> {
    Mode::named(name).ok_or_else(|| "there is no such mode".to_string())
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let suite = Suite::open(&arguments.suite)?;
    fs::create_dir_all(&arguments.out)?;
    if !arguments.found {
        try_tests(arguments, &suite)?;
    }
    let records = found(&arguments.out)?;
    let expectations = Path::new(env!("CARGO_MANIFEST_DIR")).join("expectations");
    if arguments.publish {
        Expectations::of(&records).write(&expectations)?;
        let facts = Facts {
            commit: commit(&arguments.suite)?,
            tests: suite.paths.len(),
        };
        let page = test262::page(&records, &facts);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/conformance.md");
        fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let differences = Expectations::read(&expectations)?.differences(&records);
    for difference in &differences {
        println!("{difference}");
    }
    println!(
        "{} trials, {} differences",
        records.0.len(),
        differences.len()
    );
    Ok(match differences.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn try_tests(arguments: &Arguments, suite: &Suite) -> Result<()> {
    let paths = chosen(arguments, suite)?;
    let (shard, shards) = arguments.shard;
    let file = arguments.out.join(format!("verdicts-{shard}-{shards}.txt"));
    let before: HashSet<Key> = match arguments.resume && file.exists() {
        true => Records::read(&file)?.0.into_keys().collect(),
        false => HashSet::new(),
    };
    let plan = Plan {
        columns: arguments.columns.clone(),
        native: Some(match &arguments.native {
            Some(program) => program.clone(),
            None => build_native(&arguments.out)?,
        }),
        go_on: arguments.all,
        cache_directory: code_cache::default_directory(),
        threads: arguments.threads,
    };
    let journal = Journal::open(&file, arguments.resume)?;
    let count = AtomicUsize::new(before.len());
    test262::run(
        suite,
        &paths,
        &plan,
        |key| before.contains(key) || !arguments.modes.contains(&key.mode),
        |key, row| {
            let count = count.fetch_add(1, Ordering::Relaxed) + 1;
            if count.is_multiple_of(500) {
                eprintln!("{count} trials of {} tests", paths.len());
            }
            journal.add(key, row)
        },
    )?;
    drop(journal);
    Records::read(&file)?.write(&file)?;
    Ok(())
}

/// The tests that the arguments choose.
fn chosen(arguments: &Arguments, suite: &Suite) -> Result<Vec<String>> {
    let (shard, shards) = arguments.shard;
    let listed: Option<HashSet<String>> = match &arguments.list {
        Some(file) => {
            let text = fs::read_to_string(file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            Some(text.lines().map(str::to_string).collect())
        }
        None => None,
    };
    let wanted = |path: &&String| {
        let only = &arguments.only;
        (only.is_empty() || only.iter().any(|start| path.starts_with(start.as_str())))
            && listed.as_ref().is_none_or(|listed| listed.contains(*path))
    };
    let sample = suite
        .paths
        .iter()
        .filter(wanted)
        .step_by(arguments.every.max(1));
    let paths: Vec<String> = sample.skip(shard - 1).step_by(shards).cloned().collect();
    if paths.is_empty() {
        bail!("no test is chosen");
    }
    Ok(paths)
}

/// The verdicts of all shards.
fn found(directory: &Path) -> Result<Records> {
    let mut records = Records::default();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("verdicts-") {
            records.extend(Records::read(&path)?);
        }
    }
    Ok(records)
}

/// Builds the program that evaluates natively.
fn build_native(directory: &Path) -> Result<PathBuf> {
    let target = directory.join("native");
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--manifest-path",
        ])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/native/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("the native program does not build");
    }
    let program = format!("test262-native{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(program))
}

/// The commit of the copy.
fn commit(suite: &Path) -> Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(suite)
        .args(["rev-parse", "--short=10", "HEAD"])
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        bail!("{} is no checkout of git", suite.display());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
}
