//! Measures one example: jsc and Node take turns, so that noise hits both alike.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use examples::{Call, Example};
use runner::{Allocation, Config, Function, Limits, Outcome, Runtime, Stdin};
use serde::Serialize;
use tempfile::TempDir;

use crate::process;

/// How often to measure.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// Each has one of every process and a batch of runs in a process.
    rounds: usize,
    /// Runs in a batch.
    runs: usize,
}

impl Effort {
    pub(crate) const QUICK: Effort = Effort {
        rounds: 3,
        runs: 20,
    };
    pub(crate) const FULL: Effort = Effort {
        rounds: 15,
        runs: 100,
    };
}

/// What was measured. Times are medians in microseconds.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) example: String,
    pub(crate) bytes: usize,
    pub(crate) gzip_bytes: usize,
    /// wasmtime's count of instructions.
    pub(crate) fuel: u64,
    /// Bytes of linear memory.
    pub(crate) peak_memory: u64,
    /// `jsc compile` from start to end.
    pub(crate) compile_us: f64,
    /// From a call to the module being ready to run, in a process that has loaded it.
    pub(crate) instantiate_us: f64,
    pub(crate) run_us: f64,
    /// A run in a Node process that has done it before.
    pub(crate) node_run_us: f64,
    /// `jsc run` from start to end.
    pub(crate) process_us: f64,
    pub(crate) node_process_us: f64,
}

/// What is measured with.
pub(crate) struct Bench {
    effort: Effort,
    jsc: PathBuf,
    /// Where the modules go.
    directory: TempDir,
    timed: Runtime,
    fuelled: Runtime,
}

/// Gives programs on Node what a compiled module gets.
const HARNESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/harness.mjs");

impl Bench {
    pub(crate) fn new(effort: Effort) -> Result<Bench> {
        let config = Config {
            cache_directory: runner::default_cache_directory(),
            ..Config::default()
        };
        Ok(Bench {
            effort,
            jsc: process::jsc()?,
            directory: tempfile::tempdir()?,
            timed: Runtime::new(&Config {
                allocation: Allocation::Pooled { instances: 1 },
                ..config.clone()
            })?,
            fuelled: Runtime::new(&Config {
                fuel: true,
                ..config
            })?,
        })
    }

    /// Measures the default call of an example.
    pub(crate) fn measure(&self, example: &Example) -> Result<Row> {
        let call = default_call(example)?;
        let input = fs::read(&call.input)?;
        let module = self.directory.path().join(format!("{}.wasm", example.name));
        // The first one fills the caches.
        self.compile(&example.entry, &module)?;
        let wasm = fs::read(&module)?;
        let counted = run(&self.fuelled.load(&wasm)?, call, &input)?;
        let function = self.timed.load(&wasm)?;

        let mut times = Times::default();
        for _ in 0..self.effort.rounds {
            times.compile.push(self.compile(&example.entry, &module)?);
            times.process.push(self.jsc_process(&module, call)?);
            times.node_process.push(node_process(&example.entry, call)?);
            for _ in 0..self.effort.runs {
                let outcome = run(&function, call, &input)?;
                times.instantiate.push(microseconds(outcome.instantiate));
                times.run.push(microseconds(outcome.run));
            }
            times.node_run.extend(self.node_runs(&example.entry, call)?);
        }
        Ok(Row {
            example: example.name.clone(),
            bytes: wasm.len(),
            gzip_bytes: figures::gzipped(&wasm),
            fuel: counted.fuel.context("fuel is counted")?,
            peak_memory: counted.peak_memory,
            compile_us: median(times.compile),
            instantiate_us: median(times.instantiate),
            run_us: median(times.run),
            node_run_us: median(times.node_run),
            process_us: median(times.process),
            node_process_us: median(times.node_process),
        })
    }

    fn compile(&self, entry: &Path, module: &Path) -> Result<f64> {
        let arguments = ["compile", "--quiet", "-o"].map(OsStr::new);
        let arguments = [&arguments[..], &[module.as_os_str(), entry.as_os_str()]].concat();
        let (_, took) = process::run(self.jsc.as_os_str(), &arguments, entry)?;
        Ok(microseconds(took))
    }

    fn jsc_process(&self, module: &Path, call: &Call) -> Result<f64> {
        let arguments = [OsStr::new("run"), module.as_os_str()];
        let (stdout, took) = process::run(self.jsc.as_os_str(), &arguments, &call.input)?;
        check(&stdout, call, "jsc run")?;
        Ok(microseconds(took))
    }

    fn node_runs(&self, entry: &Path, call: &Call) -> Result<Vec<f64>> {
        let runs = self.effort.runs.to_string();
        let (stdout, _) = node(entry, &[OsStr::new(&runs)], call)?;
        Ok(serde_json::from_slice(&stdout)?)
    }
}

/// The samples of a row.
#[derive(Default)]
struct Times {
    compile: Vec<f64>,
    instantiate: Vec<f64>,
    run: Vec<f64>,
    node_run: Vec<f64>,
    process: Vec<f64>,
    node_process: Vec<f64>,
}

pub(crate) fn default_call(example: &Example) -> Result<&Call> {
    let mut calls = example.calls.iter();
    calls
        .find(|call| call.export.is_none())
        .with_context(|| format!("{} has no input for its default export", example.name))
}

fn run(function: &Function, call: &Call, input: &[u8]) -> Result<Outcome> {
    let outcome = function.call(
        runner::Call {
            stdin: Stdin::Bytes(input.to_vec()),
            ..runner::Call::default()
        },
        &Limits::default(),
    )?;
    check(&outcome.stdout, call, "the module")?;
    Ok(outcome)
}

pub(crate) fn node_process(entry: &Path, call: &Call) -> Result<f64> {
    let (stdout, took) = node(entry, &[], call)?;
    check(&stdout, call, "Node")?;
    Ok(microseconds(took))
}

fn node(entry: &Path, more: &[&OsStr], call: &Call) -> Result<(Vec<u8>, Duration)> {
    let arguments = [&[OsStr::new(HARNESS), entry.as_os_str()], more].concat();
    process::run(OsStr::new("node"), &arguments, &call.input)
}

/// Times of different work cannot be compared.
pub(crate) fn check(stdout: &[u8], call: &Call, who: &str) -> Result<()> {
    ensure!(
        stdout == call.expected,
        "{who} does not print what is expected for {}",
        call.input.display()
    );
    Ok(())
}

pub(crate) fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

pub(crate) fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
