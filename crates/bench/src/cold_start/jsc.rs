//! jsc's modules in jsc's runner.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use examples::Example;
use runner::{Allocation, Config, Function, Limits, Runtime};

use crate::measure::microseconds;
use crate::peers::{First, Peer};
use crate::process;

pub(super) struct Jsc {
    wasm: Vec<u8>,
}

impl Jsc {
    /// Compiles the example to `module`, and returns how long `jsc compile` took when its own caches were warm.
    pub(super) fn build(
        jsc: &Path,
        example: &Example,
        module: &Path,
        options: &[&str],
    ) -> Result<(Jsc, f64)> {
        let mut arguments = vec![OsStr::new("compile"), OsStr::new("--quiet")];
        arguments.extend(options.iter().map(OsStr::new));
        arguments.extend([
            OsStr::new("-o"),
            module.as_os_str(),
            example.entry.as_os_str(),
        ]);
        let build = || process::run(jsc.as_os_str(), &arguments, &example.entry);
        build()?;
        let (_, took) = build()?;
        let wasm = fs::read(module)?;
        Ok((Jsc { wasm }, microseconds(took)))
    }

    pub(super) fn size(&self) -> usize {
        self.wasm.len()
    }

    fn load(&self, is_cached: bool) -> Result<(Function, f64)> {
        let cache_directory = is_cached.then(runner::default_cache_directory).flatten();
        let runtime = Runtime::new(&Config {
            cache_directory,
            allocation: Allocation::OnDemand,
            ..Config::default()
        })?;
        let begun = Instant::now();
        let function = runtime.load(&self.wasm)?;
        Ok((function, microseconds(begun.elapsed())))
    }
}

impl Peer for Jsc {
    fn compile(&mut self) -> Result<Option<f64>> {
        let (_, took) = self.load(false)?;
        Ok(Some(took))
    }

    fn first(&self, input: &str) -> Result<First> {
        let (function, load) = self.load(true)?;
        let outcome = function.call(input.as_bytes(), &Limits::default())?;
        ensure!(
            outcome.exit_code == 0,
            "it exits with {}",
            outcome.exit_code
        );
        Ok(First {
            load,
            instantiate: microseconds(outcome.instantiate),
            call: microseconds(outcome.run),
            output: outcome.stdout,
        })
    }
}
