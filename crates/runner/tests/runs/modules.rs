//! The small modules that the tests run.

use runner::{Call, Config, Error, Function, Limits, Outcome, Runtime, Stdin, Trap};

/// A function of the module written in `wat`.
pub(crate) fn function(wat: &str) -> Function {
    load(wat).unwrap()
}

pub(crate) fn load(wat: &str) -> Result<Function, Error> {
    Runtime::new(&Config::default())
        .unwrap()
        .load(&wat::parse_str(wat).unwrap())
}

pub(crate) fn run(wat: &str) -> Outcome {
    function(wat)
        .call(Call::default(), &Limits::default())
        .unwrap()
}

pub(crate) fn trap(wat: &str) -> Box<Trap> {
    match function(wat).call(Call::default(), &Limits::default()) {
        Err(Error::Trap(trap)) => trap,
        other => panic!("no trap: {other:?}"),
    }
}

pub(crate) fn bytes(text: &str) -> Stdin {
    Stdin::Bytes(text.as_bytes().to_vec())
}

/// A command that imports every function the tests need. `body` is its `_start`, `$at` and `$n` are two locals, 0 is
/// where an iovec is, 8 where results go, and from 1024 on there are 64 KiB of buffer.
pub(crate) fn command(body: &str) -> String {
    format!(
        r#"(module
            (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "path_open"
                (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
            (memory (export "memory") 3)
            (global $errno (mut i32) (i32.const 0))
            ;; Writes $length bytes at $at to $fd, however many calls that takes; leaves the first error in $errno.
            (func $write (param $fd i32) (param $at i32) (param $length i32)
                (loop $more
                    (i32.store (i32.const 0) (local.get $at))
                    (i32.store (i32.const 4) (local.get $length))
                    (global.set $errno
                        (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)))
                    (if (global.get $errno) (then (return)))
                    (local.set $at (i32.add (local.get $at) (i32.load (i32.const 8))))
                    (local.set $length (i32.sub (local.get $length) (i32.load (i32.const 8))))
                    (br_if $more (local.get $length))))
            ;; Reads up to 64 KiB from stdin into the buffer; returns how many bytes it got.
            (func $read (result i32)
                (i32.store (i32.const 0) (i32.const 1024))
                (i32.store (i32.const 4) (i32.const 65536))
                (global.set $errno
                    (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
                (if (global.get $errno) (then (return (i32.const 0))))
                (i32.load (i32.const 8)))
            (func (export "_start") (local $at i32) (local $n i32) {body}))"#
    )
}

/// Copies stdin to stdout; exits with the error number of a failed write.
pub(crate) fn echo() -> String {
    command(
        "(loop $more
            (local.set $n (call $read))
            (if (local.get $n) (then
                (call $write (i32.const 1) (i32.const 1024) (local.get $n))
                (if (global.get $errno) (then (call $proc_exit (global.get $errno))))
                (br $more))))",
    )
}
