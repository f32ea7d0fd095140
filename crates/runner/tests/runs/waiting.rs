//! Limits of time, for modules that wait: for input, for whoever takes their output, or just so.

use std::io::{self, Read, Write};
use std::thread;
use std::time::Duration;

use runner::{Call, LimitKind, Output, Stdin};

use crate::limits::{LOOPS, check, limit, load, time, writes_then};
use crate::modules::command;

#[test]
fn input_that_never_comes() {
    let limits = time(50);
    let function = load(&writes_then(1, "(drop (call $read))"), &limits);
    // Both ways of reading a pipe; neither is ever closed.
    let (file, _open) = io::pipe().unwrap();
    let (reader, _open_too) = io::pipe().unwrap();
    let file = std::fs::File::from(std::os::fd::OwnedFd::from(file));
    for stdin in [Stdin::File(file), Stdin::Reader(Box::new(reader))] {
        let call = Call {
            stdin,
            ..Call::default()
        };
        let exceeded = limit(function.call(call, &limits));
        assert_eq!(exceeded.bound.kind, LimitKind::Time);
        assert_eq!(exceeded.outcome.stdout, b"A");
    }
}

#[test]
fn output_that_nobody_takes() {
    let wat = command(
        "(loop $more (call $write (i32.const 1) (i32.const 1024) (i32.const 60000)) (br $more))",
    );
    let limits = time(100);
    let (_full, writer) = io::pipe().unwrap();
    let call = Call {
        stdout: Output::Writer(Box::new(writer)),
        ..Call::default()
    };
    let exceeded = limit(load(&wat, &limits).call(call, &limits));
    assert_eq!(exceeded.bound.kind, LimitKind::Time);
}

#[test]
fn streams_work_under_a_time_limit() {
    let limits = time(60_000);
    let (input, mut feed) = io::pipe().unwrap();
    let (mut drain, output) = io::pipe().unwrap();
    let function = load(&crate::modules::echo(), &limits);
    let call = thread::spawn(move || {
        let call = Call {
            stdin: Stdin::Reader(Box::new(input)),
            stdout: Output::Writer(Box::new(output)),
            ..Call::default()
        };
        function.call(call, &time(60_000))
    });
    for round in 0..20_u8 {
        let sent = vec![round; 10_000];
        feed.write_all(&sent).unwrap();
        let mut received = vec![0; sent.len()];
        drain.read_exact(&mut received).unwrap();
        assert!(sent == received);
    }
    drop(feed);
    let outcome = call.join().unwrap().unwrap();
    assert_eq!((outcome.input, outcome.output), (200_000, 200_000));
}

#[test]
fn sleeps_for_ever() {
    let wat = r#"(module
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start")
            (i32.store (i32.const 16) (i32.const 1))
            (i64.store (i32.const 24) (i64.const 0x7fffffffffffffff))
            (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"#;
    check(wat, &time(50), LimitKind::Time);
}

#[test]
fn time_is_kept_with_directories_too() {
    let directory = tempfile::tempdir().unwrap();
    let limits = time(50);
    let (reader, _open) = io::pipe().unwrap();
    let call = Call {
        stdin: Stdin::Reader(Box::new(reader)),
        directories: vec![(directory.path().into(), "/".into())],
        ..Call::default()
    };
    let function = load(&command("(drop (call $read))"), &limits);
    assert_eq!(
        limit(function.call(call, &limits)).bound.kind,
        LimitKind::Time
    );
}

/// Calls that come after a pause find the clock running again.
#[test]
fn time_passes_after_a_pause() {
    let limits = time(10);
    let function = load(LOOPS, &limits);
    for pause in [0, 400, 400] {
        thread::sleep(Duration::from_millis(pause));
        assert_eq!(
            limit(function.call(Call::default(), &limits)).bound.kind,
            LimitKind::Time
        );
    }
}
