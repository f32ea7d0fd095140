//! Limits of time, for what takes long without executing much.

use std::path::Path;
use std::time::{Duration, Instant};

use runner::{Call, Config, LimitKind, Limits, Runtime, Sampler};

use crate::limits::{limit, load, time};

/// A module with all of the memory that there can be. Pages that nobody touches are not there.
fn huge(body: &str) -> String {
    format!(
        r#"(module
            (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 65536)
            (func (export "_start") {body}))"#
    )
}

/// Calls a module, which must end in time.
fn check_in_time(wat: &str, call: Call) {
    let limits = time(50);
    let function = load(wat, &limits);
    let begun = Instant::now();
    let exceeded = limit(function.call(call, &limits));
    let took = begun.elapsed();
    assert_eq!(exceeded.bound.kind, LimitKind::Time);
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn functions_of_wasi_look_at_the_clock() {
    let most = "(i32.const -1)";
    for (what, world) in [
        (
            format!("(drop (call $random (i32.const 0) {most}))"),
            runner::World::Real,
        ),
        (
            format!("(drop (call $random (i32.const 0) {most}))"),
            runner::World::FROZEN,
        ),
        // Half a thousand million vectors of nothing.
        (
            "(drop (call $write (i32.const 1) (i32.const 0) (i32.const 500000000) (i32.const 8)))"
                .to_owned(),
            runner::World::Real,
        ),
        (
            "(drop (call $read (i32.const 0) (i32.const 16) (i32.const 500000000) (i32.const 8)))"
                .to_owned(),
            runner::World::Real,
        ),
        // One of all memory.
        (
            format!(
                "(i32.store (i32.const 4) {most})
                 (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))"
            ),
            runner::World::Real,
        ),
    ] {
        // Until the time is over, where once is done before.
        let wat = huge(&format!("(loop $more {what} (br $more))"));
        let call = Call {
            world,
            ..Call::default()
        };
        check_in_time(&wat, call);
    }
}

/// More subscriptions than anybody has are refused.
#[test]
fn subscriptions() {
    let ask = |count: u32| {
        let wat = huge(&format!(
            "(if (i32.ne (call $poll (i32.const 0) (i32.const 0) (i32.const {count}) (i32.const 8)) (i32.const 48))
                (then unreachable))"
        ));
        crate::modules::function(&wat).call(Call::default(), &Limits::default())
    };
    for count in [65_537, 20_000_000, 89_000_000] {
        assert!(ask(count).is_ok(), "{count}");
    }
    assert!(ask(65_536).is_err());
}

/// A sampler sees nothing new in a loop without calls, but the clock goes on.
#[test]
fn sampled_loops() {
    let limits = time(50);
    let config = Config {
        fuel: true,
        ..Config::default()
    };
    let runtime = Runtime::new(&config.enforcing(&limits)).unwrap();
    let function = runtime
        .load(&wat::parse_str(crate::limits::LOOPS).unwrap())
        .unwrap();
    let call = Call {
        sampler: Some(Sampler::new(100, 100, |_| {})),
        ..Call::default()
    };
    assert_eq!(
        limit(function.call(call, &limits)).bound.kind,
        LimitKind::Time
    );
}

/// A pipe in a directory that a module is given, to which nobody writes: who opens it waits.
#[cfg(target_os = "linux")]
#[test]
fn files_that_block() {
    let home = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(home.path().join("pipe"))
        .status();
    assert!(made.unwrap().success());
    let wat = opens_pipe();
    for with_fuel in [false, true] {
        let limits = Limits {
            fuel: with_fuel.then_some(1_000_000),
            ..time(50)
        };
        let begun = Instant::now();
        let function = load(&wat, &limits);
        let exceeded = limit(function.call(with_directory(home.path()), &limits));
        assert_eq!(exceeded.bound.kind, LimitKind::Time);
        assert_eq!(exceeded.outcome.stdout, b"pipe", "what was written is kept");
        assert_eq!(exceeded.outcome.peak_memory, 65_536);
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
    // Writers let the threads go.
    drop(
        std::fs::File::options()
            .read(true)
            .write(true)
            .open(home.path().join("pipe")),
    );
}

fn with_directory(home: &Path) -> Call {
    Call {
        directories: vec![(home.to_owned(), "/".to_owned())],
        ..Call::default()
    }
}

/// Writes the name of the file `pipe`, and opens it.
fn opens_pipe() -> String {
    r#"(module
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "path_open"
            (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\20\00\00\00\04\00\00\00")
        (data (i32.const 32) "pipe")
        (func (export "_start")
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
            (if (call $open (i32.const 3) (i32.const 1) (i32.const 32) (i32.const 4) (i32.const 0)
                    (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16))
                (then unreachable))))"#
        .to_owned()
}
