//! A module that is called in this process.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use runner::{Allocation, Call, Config, Function, Limits, Outcome, Runtime, Stdin};

use super::command::Command;

/// A module ready to be called, and what is known of it without repetition.
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) output: Vec<u8>,
    /// Microseconds of compiling, loading from the cache, and the first call.
    pub(crate) compile: f64,
    pub(crate) load: f64,
    pub(crate) first_call: f64,
    pub(crate) fuel: u64,
    pub(crate) memory: u64,
    pub(crate) pages: u64,
    /// `jsc run` of the same.
    pub(crate) process: Command,
    function: Function,
    export: Option<String>,
    input: Vec<u8>,
}

impl Module {
    pub(crate) fn new(
        path: &Path,
        wasm: &[u8],
        export: Option<&str>,
        input: &[u8],
    ) -> Result<Module> {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let config = Config {
            cache_directory: runner::default_cache_directory(),
            allocation: Allocation::Pooled {
                instances: u32::try_from(cores).unwrap_or(1).saturating_mul(2),
            },
            ..Config::default()
        };
        let uncached = Runtime::new(&Config {
            cache_directory: None,
            ..config.clone()
        })?;
        let (compiled, compile) = timed(|| uncached.load(wasm));
        compiled?;
        let runtime = Runtime::new(&config)?;
        runtime.load(wasm)?;
        let (function, load) = timed(|| runtime.load(wasm));
        let function = function?;

        let counting = Runtime::new(&Config {
            fuel: true,
            allocation: Allocation::OnDemand,
            ..config
        })?;
        let counted = call(&counting.load(wasm)?, export, input, true)?;
        let (first, first_call) = timed(|| call(&function, export, input, false));
        let outcome = first?;
        let pages = counted.pages.unwrap_or_default();
        Ok(Module {
            name: path.display().to_string(),
            size: wasm.len() as u64,
            output: outcome.stdout,
            compile,
            load,
            first_call,
            fuel: counted.fuel.context("fuel is counted")?,
            memory: counted.peak_memory,
            pages: pages.changed,
            process: process(path, export, input)?,
            function,
            export: export.map(str::to_owned),
            input: input.to_vec(),
        })
    }

    /// Calls once: microseconds until it was ready to run, and in all.
    pub(crate) fn sample(&self) -> Result<(f64, f64)> {
        let begun = Instant::now();
        let outcome = self.call()?;
        let took = begun.elapsed();
        Ok((microseconds(outcome.instantiate), microseconds(took)))
    }

    /// Calls a second, when so many threads call for `time`.
    pub(crate) fn rate(&self, threads: usize, time: Duration) -> Result<f64> {
        let begun = Instant::now();
        let calls = thread::scope(|scope| {
            let threads: Vec<_> = (0..threads)
                .map(|_| {
                    scope.spawn(|| {
                        let mut calls = 0_u64;
                        // One at least, however little time there is.
                        loop {
                            self.call()?;
                            calls += 1;
                            if begun.elapsed() >= time {
                                return Ok(calls);
                            }
                        }
                    })
                })
                .collect();
            let calls = threads.into_iter().map(|thread| match thread.join() {
                Ok(calls) => calls,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            calls.sum::<Result<u64>>()
        })?;
        Ok(calls as f64 / begun.elapsed().as_secs_f64())
    }

    fn call(&self) -> Result<Outcome> {
        call(&self.function, self.export.as_deref(), &self.input, false)
    }
}

fn call(
    function: &Function,
    export: Option<&str>,
    input: &[u8],
    count_pages: bool,
) -> Result<Outcome> {
    let call = Call {
        export: export.map(str::to_owned),
        stdin: Stdin::Bytes(input.to_vec()),
        count_pages,
        ..Call::default()
    };
    let outcome = function.call(call, &Limits::default())?;
    ensure!(
        outcome.exit_code == 0,
        "it exits with {}: {}",
        outcome.exit_code,
        String::from_utf8_lossy(&outcome.stderr).trim_end()
    );
    Ok(outcome)
}

fn process(path: &Path, export: Option<&str>, input: &[u8]) -> Result<Command> {
    let jsc = std::env::current_exe().context("cannot tell where this program is")?;
    let mut words = vec![
        jsc.to_string_lossy().into_owned(),
        "run".to_owned(),
        path.to_string_lossy().into_owned(),
    ];
    if let Some(export) = export {
        words.extend(["--invoke".to_owned(), export.to_owned()]);
    }
    Command::new(&format!("jsc run {}", path.display()), words, input)
}

fn timed<T>(step: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let result = step();
    (result, microseconds(begun.elapsed()))
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
