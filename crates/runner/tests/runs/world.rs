//! The functions of WASI: the real clocks and the frozen ones, and descriptors in all their states.

use std::time::Duration;

use runner::{Call, Limits, World};

use crate::modules::function;

/// A module that imports functions by name, with `types` such as `i32 i32`, and runs `body`. It exits with a number.
fn module(imports: &[(&str, &str)], body: &str) -> String {
    let imports: String = imports
        .iter()
        .map(|(name, types)| {
            format!(
                "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {types}) (result i32)))"
            )
        })
        .collect();
    format!(
        r#"(module {imports}
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 1)
            (func (export "_start") {body}))"#
    )
}

fn exit_code(imports: &[(&str, &str)], body: &str) -> i32 {
    function(&module(imports, body))
        .call(Call::default(), &Limits::default())
        .unwrap()
        .exit_code
}

/// Exits with the answer of one function.
fn answer(name: &str, types: &str, arguments: &str) -> i32 {
    let arguments: String = arguments
        .split_whitespace()
        .zip(types.split_whitespace())
        .map(|(argument, ty)| format!("({ty}.const {argument})"))
        .collect();
    exit_code(
        &[(name, types)],
        &format!("(call $exit (call ${name} {arguments}))"),
    )
}

const BADF: i32 = 8;
const FAULT: i32 = 21;
const INVAL: i32 = 28;
const NOTDIR: i32 = 54;
const SPIPE: i32 = 70;

#[test]
fn there_are_three_descriptors() {
    for (fd, expected) in [(0, 0), (1, 0), (2, 0), (3, BADF), (-1, BADF)] {
        assert_eq!(
            answer("fd_fdstat_get", "i32 i32", &format!("{fd} 64")),
            expected
        );
        assert_eq!(
            answer("fd_filestat_get", "i32 i32", &format!("{fd} 64")),
            expected
        );
        assert_eq!(answer("fd_close", "i32", &fd.to_string()), expected);
    }
    assert_eq!(answer("fd_prestat_get", "i32 i32", "3 64"), BADF);
    assert_eq!(answer("fd_seek", "i32 i64 i32 i32", "1 0 0 64"), SPIPE);
    assert_eq!(answer("fd_seek", "i32 i64 i32 i32", "7 0 0 64"), BADF);
    assert_eq!(
        answer(
            "path_open",
            "i32 i32 i32 i32 i32 i64 i64 i32 i32",
            "3 0 0 0 0 0 0 0 64"
        ),
        BADF
    );
    assert_eq!(
        answer(
            "path_open",
            "i32 i32 i32 i32 i32 i64 i64 i32 i32",
            "0 0 0 0 0 0 0 0 64"
        ),
        NOTDIR
    );
    assert_eq!(
        answer("path_symlink", "i32 i32 i32 i32 i32", "0 0 9 0 0"),
        BADF
    );
}

#[test]
fn streams_have_a_direction() {
    assert_eq!(answer("fd_write", "i32 i32 i32 i32", "0 0 0 8"), BADF);
    assert_eq!(answer("fd_read", "i32 i32 i32 i32", "1 0 0 8"), BADF);
    assert_eq!(answer("fd_write", "i32 i32 i32 i32", "1 0 0 8"), 0);
}

#[test]
fn bad_addresses_are_told() {
    for (name, arguments) in [
        ("fd_write", "1 65535 1 0"),
        ("fd_write", "1 0 1 65533"),
        ("fd_write", "1 8 -1 0"),
        ("fd_read", "0 65535 1 0"),
    ] {
        assert_eq!(
            answer(name, "i32 i32 i32 i32", arguments),
            FAULT,
            "{name} {arguments}"
        );
    }
    assert_eq!(answer("random_get", "i32 i32", "65000 1000"), FAULT);
    assert_eq!(answer("clock_time_get", "i32 i64 i32", "0 1 65535"), FAULT);
    assert_eq!(answer("clock_time_get", "i32 i64 i32", "9 1 0"), INVAL);
    assert_eq!(
        answer("poll_oneoff", "i32 i32 i32 i32", "0 64 0 128"),
        INVAL
    );
    assert_eq!(
        answer("poll_oneoff", "i32 i32 i32 i32", "65000 64 100000000 128"),
        FAULT
    );
}

#[test]
fn closed_and_renumbered_descriptors() {
    let imports = [
        ("fd_close", "i32"),
        ("fd_renumber", "i32 i32"),
        ("fd_write", "i32 i32 i32 i32"),
    ];
    let write =
        |fd| format!("(call $fd_write (i32.const {fd}) (i32.const 0) (i32.const 0) (i32.const 8))");
    let body = format!(
        "(drop (call $fd_close (i32.const 1))) (call $exit {})",
        write(1)
    );
    assert_eq!(exit_code(&imports, &body), BADF);
    // What is written to 1 then goes to the log.
    let body = format!(
        "(i32.store (i32.const 4) (i32.const 5))
         (drop (call $fd_renumber (i32.const 2) (i32.const 1)))
         (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
         (call $exit {})",
        write(2)
    );
    let outcome = function(&module(&imports, &body))
        .call(Call::default(), &Limits::default())
        .unwrap();
    assert_eq!(
        (outcome.exit_code, outcome.output, outcome.log),
        (BADF, 0, 5)
    );
}

/// Writes two clocks and eight random bytes, sleeps for an hour, and writes the clocks again.
fn observer() -> String {
    let clocks = |at: u32| {
        format!(
            "(drop (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const {at})))
             (drop (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const {})))",
            at + 8
        )
    };
    module(
        &[
            ("clock_time_get", "i32 i64 i32"),
            ("random_get", "i32 i32"),
            ("poll_oneoff", "i32 i32 i32 i32"),
            ("fd_write", "i32 i32 i32 i32"),
        ],
        &format!(
            "{} (drop (call $random_get (i32.const 32) (i32.const 8)))
             (i32.store (i32.const 116) (i32.const 1))
             (i64.store (i32.const 124) (i64.const 3600000000000))
             (drop (call $poll_oneoff (i32.const 100) (i32.const 200) (i32.const 1) (i32.const 300)))
             {}
             (i32.store (i32.const 404) (i32.const 40))
             (drop (call $fd_write (i32.const 1) (i32.const 400) (i32.const 1) (i32.const 408)))",
            clocks(0),
            clocks(16)
        ),
    )
}

#[test]
fn a_frozen_world_is_the_same_always() {
    let function = function(&observer());
    let run = |world| {
        let call = Call {
            world,
            ..Call::default()
        };
        function.call(call, &Limits::default()).unwrap().stdout
    };
    let first = run(World::FROZEN);
    assert_eq!(run(World::FROZEN), first);
    assert_eq!(first[..8], 946_684_800_000_000_000_u64.to_le_bytes());
    assert_eq!(first[8..16], [0; 8]);
    assert_eq!(first[..16], first[16..32], "no time has passed");
    let other = World::Frozen {
        time: Duration::from_nanos(5),
        seed: 1,
    };
    let second = run(other);
    assert_eq!(second[..8], 5_u64.to_le_bytes());
    assert_ne!(second[32..], first[32..]);
}
