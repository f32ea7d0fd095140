//! Calls at the same time and one after the other: what they share, and what they must not.

use std::fs;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::thread;

use runner::{Allocation, Call, Config, Limits, Output, Runtime};

use crate::modules::{bytes, echo, function};

#[test]
fn calls_share_nothing() {
    // Adds one to a global and to a byte of memory and exits with their sum: 2 if both were fresh.
    let wasm = wat::parse_str(
        r#"(module
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 16)
            (memory $second 1) (table 1 funcref) (table 2 funcref)
            (global $count (mut i32) (i32.const 0))
            (data (i32.const 700000) "\00")
            (func (export "_start")
                (global.set $count (i32.add (global.get $count) (i32.const 1)))
                (i32.store (i32.const 700000) (i32.add (i32.load (i32.const 700000)) (i32.const 1)))
                (call $exit (i32.add (global.get $count) (i32.load (i32.const 700000))))))"#,
    )
    .unwrap();
    for allocation in [Allocation::OnDemand, Allocation::Pooled { instances: 8 }] {
        let config = Config {
            allocation,
            ..Config::default()
        };
        let runtime = Runtime::new(&config).unwrap();
        let function = runtime.load(&wasm).unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        assert_eq!(
                            function
                                .call(Call::default(), &Limits::default())
                                .unwrap()
                                .exit_code,
                            2
                        );
                    }
                });
            }
        });
    }
}

#[test]
fn many_different_inputs_at_once() {
    let function = function(&echo());
    thread::scope(|scope| {
        for thread in 0..8 {
            let function = &function;
            scope.spawn(move || {
                for round in 0..50 {
                    let text = format!("{thread}/{round}").repeat(1000);
                    let outcome = function.call(
                        Call {
                            stdin: bytes(&text),
                            ..Call::default()
                        },
                        &Limits::default(),
                    );
                    assert!(outcome.unwrap().stdout == text.as_bytes());
                }
            });
        }
    });
}

#[test]
fn the_second_process_finds_the_code() {
    let home = tempfile::tempdir().unwrap();
    let config = Config {
        cache_directory: Some(home.path().into()),
        ..Config::default()
    };
    let wasm = wat::parse_str(echo()).unwrap();
    let is_code = |path: &std::path::Path| path.extension().is_some_and(|it| it == "cwasm");
    let files = || {
        let files = fs::read_dir(home.path()).unwrap();
        files
            .filter(|file| is_code(&file.as_ref().unwrap().path()))
            .count()
    };
    for _ in 0..2 {
        let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
        let call = Call {
            stdin: bytes("hello"),
            ..Call::default()
        };
        assert_eq!(
            function.call(call, &Limits::default()).unwrap().stdout,
            b"hello"
        );
        assert_eq!(files(), 1);
    }
}

#[test]
fn writers_may_be_shared_between_calls() {
    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);
    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let shared = Shared::default();
    let function = function(&echo());
    for text in ["a", "b"] {
        let call = Call {
            stdin: bytes(text),
            stdout: Output::Writer(Box::new(shared.clone())),
            ..Call::default()
        };
        assert_eq!(function.call(call, &Limits::default()).unwrap().stdout, b"");
    }
    assert_eq!(*shared.0.lock().unwrap(), b"ab");
}
