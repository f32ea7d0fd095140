//! Calls a module again and again and prints how many calls a second that is, on one thread and on one for each core,
//! without limits, with a limit of time, and with limits of time and fuel, and by how much the process grew after the first
//! thousand calls: `cargo run --release -p runner --example throughput MODULE [INPUT [CALLS]]`. Linux only.

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
        // More than any call takes, but a limit all the same.
        fuel: Some(1 << 60),
        ..time.clone()
    };
    let mut variants = Vec::new();
    for (name, limits) in [("none", Limits::default()), ("time", time), ("fuel", fuel)] {
        let config = Config {
            allocation: Allocation::Pooled { instances: 64 },
            cache_directory: runner::default_cache_directory(),
            ..Config::default()
        };
        let function = Runtime::new(&config.enforcing(&limits))?.load(&wasm)?;
        variants.push((name, function, limits));
    }
    for threads in [1, thread::available_parallelism()?.get()] {
        for (_, function, limits) in &variants {
            batch(function, &input, limits, threads, WARM_UP);
        }
        let before = resident()?;
        let mut batches = vec![Vec::new(); variants.len()];
        for _ in 0..ROUNDS {
            for ((_, function, limits), batches) in variants.iter().zip(&mut batches) {
                batches.push(batch(function, &input, limits, threads, calls / ROUNDS));
            }
        }
        let grown = resident()?.saturating_sub(before);
        let mut none = None;
        for ((name, ..), batches) in variants.iter().zip(&batches) {
            let rate = median(batches.iter().map(|batch| batch.rate));
            let each = median(batches.iter().map(|batch| batch.each));
            let ratio = each / *none.get_or_insert(each);
            println!(
                "{name}, {threads} threads: {rate:.0} calls/s, {each:.1} µs of processor time a call, {ratio:.2} times"
            );
        }
        println!("{grown} KiB more in memory");
    }
    Ok(())
}

/// Calls until slots, threads and caches are what they will be.
const WARM_UP: u32 = 1000;

/// In which the variants take turns, so that what disturbs the machine disturbs all alike.
const ROUNDS: u32 = 25;

/// KiB of this process that are in memory.
fn resident() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.ok_or("no figures")?.trim().split(' ');
    Ok(words.take(1).collect::<String>().parse()?)
}

/// The time that this thread has had a processor.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

#[derive(Clone, Copy)]
struct Batch {
    /// Calls a second.
    rate: f64,
    /// Microseconds of processor time.
    each: f64,
}

fn batch(function: &Function, input: &[u8], limits: &Limits, threads: usize, calls: u32) -> Batch {
    let begun = Instant::now();
    let call_all = || {
        let begun = processor_time();
        for _ in 0..calls {
            let outcome = function.call(input, limits);
            assert_eq!(outcome.map(|outcome| outcome.exit_code).ok(), Some(0));
        }
        processor_time() - begun
    };
    let spent: Duration = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(call_all)).collect();
        let times = threads.into_iter().map(|thread| thread.join());
        times.map(|time| time.expect("no call panics")).sum()
    });
    let calls = f64::from(calls) * threads as f64;
    Batch {
        rate: calls / begun.elapsed().as_secs_f64(),
        each: spent.as_secs_f64() * 1e6 / calls,
    }
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
