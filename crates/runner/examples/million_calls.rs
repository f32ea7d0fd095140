//! Calls a module a million times, on all cores, and prints what the process has of memory, mappings and files as the
//! calls go by; that it has more at the end than after the first calls is an error: `cargo run --release -p runner
//! --example million_calls MODULE [INPUT [CALLS]]`. Every tenth call is stopped by its limit of fuel, which must leave
//! nothing behind either. Linux only.

use std::error::Error;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use runner::{Allocation, Config, Function, Limits, Runtime};

/// Calls until slots, threads and caches are what they will be.
const WARM_UP: u64 = 2_000;

/// How often the figures are printed.
const ROUNDS: u64 = 10;

/// What the allocator's own bookkeeping may take more or less from one moment to the next, in KiB.
const NOISE: u64 = 1024;

/// Mappings of threads that have ended are kept for the next ones.
const FEW: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let wasm = fs::read(arguments.next().ok_or("name a module")?)?;
    let input = match arguments.next() {
        Some(path) => fs::read(path)?,
        None => b"{}".to_vec(),
    };
    let calls: u64 = match arguments.next().and_then(|text| text.into_string().ok()) {
        Some(text) => text.parse()?,
        None => 1_000_000,
    };
    let limits = Limits {
        // More than any call takes, but a limit all the same.
        fuel: Some(1 << 60),
        time: Some(Duration::from_secs(60)),
        ..Limits::default()
    };
    let config = Config {
        allocation: Allocation::Pooled { instances: 64 },
        cache_directory: runner::default_cache_directory(),
        ..Config::default()
    };
    let function = Runtime::new(&config.enforcing(&limits))?.load(&wasm)?;
    batch(&function, &input, &limits, WARM_UP);
    let first = Figures::now()?;
    println!("after {WARM_UP} calls: {first}");
    let begun = Instant::now();
    for round in 1..=ROUNDS {
        batch(&function, &input, &limits, calls / ROUNDS);
        let (done, now) = (WARM_UP + calls / ROUNDS * round, Figures::now()?);
        println!("after {done} calls: {now}");
    }
    let last = Figures::now()?;
    let each = begun.elapsed().as_secs_f64() * 1e6 / calls as f64;
    let grown = last.private.saturating_sub(first.private);
    println!("{grown} KiB more after {calls} calls, {each:.1} µs each");
    if grown > NOISE || last.mappings > first.mappings + FEW || last.files > first.files {
        return Err("calls leave something behind".into());
    }
    Ok(())
}

/// So many calls, shared out among all cores.
fn batch(function: &Function, input: &[u8], limits: &Limits, calls: u64) {
    let starved = Limits {
        fuel: Some(1_000),
        ..limits.clone()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for number in 0..calls / threads {
                    if number % 10 == 9 {
                        assert!(function.call(input, &starved).is_err());
                    } else {
                        let outcome = function.call(input, limits).map(|done| done.exit_code);
                        assert_eq!(outcome.ok(), Some(0));
                    }
                }
            });
        }
    });
}

/// What this process has.
struct Figures {
    /// KiB in memory that are no files.
    private: u64,
    mappings: usize,
    files: usize,
}

impl Figures {
    fn now() -> Result<Figures, Box<dyn Error>> {
        let status = fs::read_to_string("/proc/self/status")?;
        let figure = |name: &str| -> Result<u64, Box<dyn Error>> {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let words = line.ok_or("no figures")?.trim().split(' ');
            Ok(words.take(1).collect::<String>().parse()?)
        };
        Ok(Figures {
            private: figure("RssAnon:")? + figure("RssShmem:")?,
            mappings: fs::read_to_string("/proc/self/maps")?.lines().count(),
            files: fs::read_dir("/proc/self/fd")?.count(),
        })
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} KiB private, {} mappings, {} files",
            self.private, self.mappings, self.files
        )
    }
}
