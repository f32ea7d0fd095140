//! Calls a module again and again and prints how many calls a second that is, on one thread and on one for each core,
//! without limits, with a limit of time, and with limits of time and fuel:
//! `cargo run --release -p runner --example throughput MODULE [INPUT [CALLS]]`.

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use runner::{Allocation, Config, Function, Limits, Runtime};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let module = arguments.next().ok_or("name a module")?;
    let input = match arguments.next() {
        Some(path) => std::fs::read(path)?,
        None => b"{}".to_vec(),
    };
    let calls: u32 = match arguments.next().and_then(|text| text.into_string().ok()) {
        Some(text) => text.parse()?,
        None => 50_000,
    };
    let wasm = std::fs::read(module)?;
    let time = Limits {
        time: Some(Duration::from_secs(60)),
        ..Limits::default()
    };
    let fuel = Limits {
        fuel: Some(u64::MAX),
        ..time.clone()
    };
    for (name, limits) in [("none", Limits::default()), ("time", time), ("fuel", fuel)] {
        let config = Config {
            allocation: Allocation::Pooled { instances: 64 },
            cache_directory: runner::default_cache_directory(),
            ..Config::default()
        };
        let function = Runtime::new(&config.enforcing(&limits))?.load(&wasm)?;
        function.call(&*input, &limits)?;
        for threads in [1, thread::available_parallelism()?.get()] {
            let rate = rate(&function, &input, &limits, threads, calls);
            let each = threads as f64 * 1e6 / rate;
            println!("{name}, {threads} threads: {rate:.0} calls/s, {each:.1} µs a call on each");
        }
    }
    Ok(())
}

/// Calls a second.
fn rate(function: &Function, input: &[u8], limits: &Limits, threads: usize, calls: u32) -> f64 {
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for _ in 0..calls {
                    let outcome = function.call(input, limits);
                    assert_eq!(outcome.map(|outcome| outcome.exit_code).ok(), Some(0));
                }
            });
        }
    });
    f64::from(calls) * threads as f64 / begun.elapsed().as_secs_f64()
}
