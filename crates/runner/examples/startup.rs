//! Prints what the steps from nothing to the end of a call take, as medians: `cargo run --release -p runner --example
//! startup [MODULE [INPUT]]`. Without a module it is a trivial one, so that what is measured is the host's part.

use std::error::Error;
use std::time::{Duration, Instant};

use runner::{Allocation, Call, Config, Function, Limits, Output, Runtime, Stdin};

/// Returns at once, but imports what our modules import.
const TRIVIAL: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 2)
    (data (i32.const 0) "\10\00\00\00\00\00\01\00")
    (func (export "echo")
        (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
    (func (export "_start")))"#;

fn main() -> Result<(), Box<dyn Error>> {
    let wasm = match std::env::args_os().nth(1) {
        Some(path) => std::fs::read(path)?,
        None => wat::parse_str(TRIVIAL)?,
    };
    let input = match std::env::args_os().nth(2) {
        Some(path) => std::fs::read(path)?,
        None => b"{}".to_vec(),
    };
    let cache = tempfile::tempdir()?;
    for allocation in [Allocation::OnDemand, Allocation::Pooled { instances: 64 }] {
        let config = Config {
            cache_directory: Some(cache.path().into()),
            allocation,
            ..Config::default()
        };
        println!("{allocation:?}");
        let (runtime, took) = timed(|| Runtime::new(&config));
        let runtime = runtime?;
        println!("  first Runtime::new    {took:>10.1?}");
        let (function, took) = timed(|| runtime.load(&wasm));
        let function = function?;
        println!("  first load            {took:>10.1?}");
        let exports: Vec<String> = function.exports().map(str::to_owned).collect();
        for export in &exports {
            let (_, took) = timed(|| call(&function, export, &input));
            println!("  first call {export:<10} {took:>10.1?}");
        }

        let times = (0..100).map(|_| timed(|| Runtime::new(&config)).1);
        println!("  Runtime::new          {:>10.1?}", median(times));
        let times = (0..100).map(|_| timed(|| runtime.load(&wasm)).1);
        println!("  load, cached          {:>10.1?}", median(times));
        for export in &exports {
            let mut calls = Vec::new();
            for _ in 0..2000 {
                let (outcome, took) = timed(|| call(&function, export, &input));
                let outcome = outcome?;
                calls.push((took, outcome.instantiate, outcome.run));
            }
            let whole = median(calls.iter().map(|call| call.0));
            let instantiate = median(calls.iter().map(|call| call.1));
            let run = median(calls.iter().map(|call| call.2));
            println!(
                "  call {export:<10}       {whole:>10.1?} of which instantiate {instantiate:.1?}, run {run:.1?}"
            );
        }
    }
    Ok(())
}

fn call(function: &Function, export: &str, input: &[u8]) -> Result<runner::Outcome, runner::Error> {
    function.call(
        Call {
            export: Some(export.to_owned()),
            stdin: Stdin::Bytes(input.to_vec()),
            stderr: Output::Discard,
            ..Call::default()
        },
        &Limits::default(),
    )
}

fn timed<T>(step: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = step();
    (result, started.elapsed())
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}
