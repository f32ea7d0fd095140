//! Loads many different functions at once, calls each, and prints what memory that takes: `cargo run --release -p runner
//! --example many_functions MODULE [INPUT [COUNT]]`. The functions differ in a custom section, so that nothing of one is
//! used for another. Private memory is the process's own; the rest are pages of the cache's files, which the kernel can drop
//! and read again. Linux only.

use std::error::Error;
use std::time::Instant;

use runner::{Allocation, Config, Function, Limits, Runtime};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let module = std::fs::read(arguments.next().ok_or("name a module")?)?;
    let input = match arguments.next() {
        Some(path) => std::fs::read(path)?,
        None => b"{}".to_vec(),
    };
    let count: u32 = match arguments.next().and_then(|text| text.into_string().ok()) {
        Some(text) => text.parse()?,
        None => 1000,
    };
    let cache = tempfile::tempdir()?;
    let runtime = Runtime::new(&Config {
        allocation: Allocation::Pooled { instances: 64 },
        cache_directory: Some(cache.path().into()),
        cache_bound: u64::MAX,
        ..Config::default()
    })?;
    let load = |number: u32| {
        // A custom section: 0, its length, the length of its name, and its contents.
        let mut wasm = module.clone();
        wasm.extend([0, 5, 0]);
        wasm.extend(number.to_le_bytes());
        runtime.load(&wasm)
    };
    println!("compiling {count} functions");
    for number in 0..count {
        load(number)?;
    }
    let before = resident()?;
    let begun = Instant::now();
    let functions: Vec<Function> = (0..count).map(load).collect::<Result<_, _>>()?;
    let loaded = begun.elapsed();
    for round in 0..3 {
        let begun = Instant::now();
        for function in &functions {
            let outcome = function.call(&*input, &Limits::default())?;
            assert_eq!(outcome.exit_code, 0);
        }
        println!("round {round}: {:.1?} a call", begun.elapsed() / count);
    }
    println!("loaded in {:.1?} each", loaded / count);
    for (name, before, after) in [
        ("resident", before.resident, resident()?.resident),
        ("private", before.private, resident()?.private),
    ] {
        let taken = after.saturating_sub(before);
        let each = taken / u64::from(count);
        println!("{name}: {} MiB in all, {each} KiB each", taken >> 10);
    }
    Ok(())
}

/// KiB of this process that are in memory.
struct Memory {
    resident: u64,
    private: u64,
}

fn resident() -> Result<Memory, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let figure = |name: &str| -> Result<u64, Box<dyn Error>> {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let words = line.ok_or("no figures")?.trim().split(' ');
        Ok(words.take(1).collect::<String>().parse()?)
    };
    Ok(Memory {
        resident: figure("VmRSS:")?,
        private: figure("RssAnon:")? + figure("RssShmem:")?,
    })
}
