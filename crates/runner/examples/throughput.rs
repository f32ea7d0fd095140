//! Calls a module again and again and prints how many calls a second that is, on one thread and on one for each core:
//! `cargo run --release -p runner --example throughput MODULE [INPUT [CALLS]]`.

use std::error::Error;
use std::thread;
use std::time::Instant;

use runner::{Allocation, Config, Limits, Runtime};

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
    let runtime = Runtime::new(&Config {
        allocation: Allocation::Pooled { instances: 64 },
        cache_directory: runner::default_cache_directory(),
        ..Config::default()
    })?;
    let function = runtime.load(&std::fs::read(module)?)?;
    function.call(&*input, &Limits::default())?;
    let cores = thread::available_parallelism()?.get();
    for threads in [1, cores] {
        let begun = Instant::now();
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    for _ in 0..calls {
                        let outcome = function.call(&*input, &Limits::default());
                        assert_eq!(outcome.map(|outcome| outcome.exit_code).ok(), Some(0));
                    }
                });
            }
        });
        let seconds = begun.elapsed().as_secs_f64();
        let rate = f64::from(calls) * threads as f64 / seconds;
        println!(
            "{threads} threads: {rate:.0} calls/s, {:.1} µs a call on each",
            threads as f64 * 1e6 / rate
        );
    }
    Ok(())
}
