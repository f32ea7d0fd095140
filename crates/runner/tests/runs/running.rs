//! What a run gives and gets.

use std::fs;
use std::io::{self, Read, Write};
use std::sync::mpsc;
use std::thread;

use crate::modules::{bytes, command, echo, function, run};
use runner::{Call, Config, Limits, Output, Runtime, Stdin};

#[test]
fn returning_is_exit_code_0() {
    assert_eq!(run(&command("")).exit_code, 0);
}

#[test]
fn exit_codes_pass_through() {
    for code in [0, 1, 3, 125, 126, 255] {
        let wat = command(&format!("(call $proc_exit (i32.const {code})) unreachable"));
        assert_eq!(run(&wat).exit_code, code);
    }
}

#[test]
fn stdin_is_empty_by_default() {
    assert_eq!(run(&echo()).stdout, b"");
}

#[test]
fn bytes_in_bytes_out() {
    let outcome = function(&echo())
        .call(
            Call {
                stdin: bytes("hello"),
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(outcome.stdout, b"hello");
    assert_eq!(outcome.stderr, b"");
    assert!(outcome.stdout_error.is_none());
}

#[test]
fn file_in() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("input");
    fs::write(&path, "from a file").unwrap();
    let outcome = function(&echo())
        .call(
            Call {
                stdin: Stdin::File(fs::File::open(path).unwrap()),
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(outcome.stdout, b"from a file");
}

#[test]
fn stderr_is_apart() {
    let outcome = run(&command(
        "(i32.store8 (i32.const 1024) (i32.const 111))
         (call $write (i32.const 1) (i32.const 1024) (i32.const 1))
         (i32.store8 (i32.const 1024) (i32.const 101))
         (call $write (i32.const 2) (i32.const 1024) (i32.const 1))",
    ));
    assert_eq!(outcome.stdout, b"o");
    assert_eq!(outcome.stderr, b"e");
}

/// Sends what is written to it, a chunk at a time.
struct Sender(mpsc::Sender<Vec<u8>>);

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .send(bytes.to_vec())
            .map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_pipe_is_streamed() {
    let (input, mut feed) = io::pipe().unwrap();
    let (sender, output) = mpsc::channel();
    let call = thread::spawn(move || {
        function(&echo()).call(
            Call {
                stdin: Stdin::Reader(Box::new(input)),
                stdout: Output::Writer(Box::new(Sender(sender))),
                ..Call::default()
            },
            &Limits::default(),
        )
    });
    // Each answer comes while the pipe is still open; a module that waited for its end would never give one.
    for line in ["one", "two", "three"] {
        feed.write_all(line.as_bytes()).unwrap();
        assert_eq!(output.recv().unwrap(), line.as_bytes());
    }
    drop(feed);
    assert_eq!(call.join().unwrap().unwrap().exit_code, 0);
}

#[test]
fn fifty_megabytes_pass_unharmed() {
    const LENGTH: u64 = 50 * 1024 * 1024;
    let (input, mut feed) = io::pipe().unwrap();
    let (mut drain, output) = io::pipe().unwrap();
    let block: Vec<u8> = (0..65_536_u32).map(|n| (n * 7 % 251) as u8).collect();
    let written = block.clone();
    let feeding = thread::spawn(move || {
        for _ in 0..LENGTH / 65_536 {
            feed.write_all(&written).unwrap();
        }
    });
    let draining = thread::spawn(move || {
        let mut read = vec![0; block.len()];
        let mut length = 0;
        while length < LENGTH {
            drain.read_exact(&mut read).unwrap();
            assert!(read == block, "differs after {length} bytes");
            length += read.len() as u64;
        }
        assert_eq!(drain.read(&mut read).unwrap(), 0);
    });
    let outcome = function(&echo())
        .call(
            Call {
                stdin: Stdin::Reader(Box::new(input)),
                stdout: Output::Writer(Box::new(output)),
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(outcome.exit_code, 0);
    // Streamed: the module's memory never held it.
    assert_eq!(outcome.peak_memory, 3 * 65_536);
    feeding.join().unwrap();
    draining.join().unwrap();
}

/// One call of `fd_write` for all of a large memory.
#[test]
fn one_large_write() {
    let outcome = function(
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
            (memory (export "memory") 2400)
            (func (export "_start")
                (i32.store (i32.const 4) (i32.const 150000000))
                (call $proc_exit
                    (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#,
    )
    .call(Call {
        stdout: Output::Discard,
        ..Call::default()
    }, &Limits::default())
    .unwrap();
    assert_eq!(outcome.exit_code, 0);
}

fn call_with_closed_stdout(wat: &str) -> runner::Outcome {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    function(wat)
        .call(
            Call {
                stdin: bytes("hello"),
                stdout: Output::Writer(Box::new(writer)),
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap()
}

#[test]
fn closed_stdout_is_seen_by_the_module() {
    const EPIPE: i32 = 64;
    let outcome = call_with_closed_stdout(&echo());
    assert_eq!(outcome.exit_code, EPIPE);
    assert_eq!(
        outcome.stdout_error.unwrap().kind(),
        io::ErrorKind::BrokenPipe
    );
}

#[test]
fn closed_stdout_is_a_failure_even_if_the_module_ignores_it() {
    let outcome = call_with_closed_stdout(&command(
        "(call $write (i32.const 1) (i32.const 1024) (i32.const 5))",
    ));
    assert_eq!(outcome.exit_code, 1);
    assert_eq!(
        outcome.stdout_error.unwrap().kind(),
        io::ErrorKind::BrokenPipe
    );
}

#[test]
fn closed_stdout_does_not_matter_to_who_writes_nothing() {
    let outcome = call_with_closed_stdout(&command(""));
    assert_eq!(outcome.exit_code, 0);
    assert!(outcome.stdout_error.is_none());
}

/// Fails where buffered writers do: at the end.
struct FailsToFlush;

impl Write for FailsToFlush {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn output_lost_at_the_end_is_a_failure() {
    let outcome = function(&echo())
        .call(
            Call {
                stdin: bytes("hello"),
                stdout: Output::Writer(Box::new(FailsToFlush)),
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(outcome.exit_code, 1);
    assert_eq!(
        outcome.stdout_error.unwrap().kind(),
        io::ErrorKind::StorageFull
    );
}

struct FailsToRead;

impl Read for FailsToRead {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn a_failing_stdin_is_seen_by_the_module() {
    const EIO: i32 = 29;
    let outcome = function(&command(
        "(drop (call $read)) (call $proc_exit (global.get $errno))",
    ))
    .call(
        Call {
            stdin: Stdin::Reader(Box::new(FailsToRead)),
            ..Call::default()
        },
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(outcome.exit_code, EIO);
}

/// Prints the arguments and then the environment, each ended by a zero byte.
fn print_texts() -> String {
    let print = |what: &str| {
        format!(
            "(drop (call ${what}_sizes_get (i32.const 16) (i32.const 20)))
             (drop (call ${what}_get (i32.const 32) (i32.const 1024)))
             (call $write (i32.const 1) (i32.const 1024) (i32.load (i32.const 20)))"
        )
    };
    command(&format!("{} {}", print("args"), print("environ")))
}

#[test]
fn nothing_of_the_host_is_visible() {
    assert!(std::env::vars_os().next().is_some());
    assert_eq!(run(&print_texts()).stdout, b"");
    // No directory is open: descriptor 3 is bad.
    const EBADF: i32 = 8;
    let wat = command("(call $proc_exit (call $fd_prestat_get (i32.const 3) (i32.const 16)))");
    assert_eq!(run(&wat).exit_code, EBADF);
}

#[test]
fn arguments_and_environment_that_are_given_are_visible() {
    let outcome = function(&print_texts())
        .call(
            Call {
                args: vec!["fn".into(), "ä b".into(), String::new()],
                env: vec![
                    ("NAME".into(), "a=b".into()),
                    ("EMPTY".into(), String::new()),
                ],
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(
        String::from_utf8(outcome.stdout).unwrap(),
        "fn\0ä b\0\0NAME=a=b\0EMPTY=\0"
    );
}

/// Opens the file `in` of the first directory it was given and prints it.
fn print_file() -> String {
    command(
        r#"(i32.store16 (i32.const 1024) (i32.const 0x6e69)) ;; "in"
           (global.set $errno
               (call $path_open (i32.const 3) (i32.const 0) (i32.const 1024) (i32.const 2) (i32.const 0)
                   (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
           (if (global.get $errno) (then (call $proc_exit (global.get $errno))))
           (i32.store (i32.const 0) (i32.const 1024))
           (i32.store (i32.const 4) (i32.const 65536))
           (drop (call $fd_read (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 8)))
           (call $write (i32.const 1) (i32.const 1024) (i32.load (i32.const 8)))"#,
    )
}

#[test]
fn a_directory_that_is_given_is_visible() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("in"), "content").unwrap();
    let function = function(&print_file());
    let outcome = function
        .call(
            Call {
                directories: vec![(directory.path().into(), "/data".into())],
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(outcome.stdout, b"content");

    const EBADF: i32 = 8;
    assert_eq!(
        function
            .call(Call::default(), &Limits::default())
            .unwrap()
            .exit_code,
        EBADF
    );
}

/// Sleeping takes tokio's timer, for which there is another runtime.
#[test]
fn sleeping_works() {
    let outcome = run(r#"(module
            (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 1)
            (func (export "_start")
                (i32.store (i32.const 16) (i32.const 1))            ;; the monotonic clock
                (i64.store (i32.const 24) (i64.const 2000000))      ;; 2 ms from now
                (call $exit (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"#);
    assert_eq!(outcome.exit_code, 0);
    assert!(outcome.run.as_millis() >= 2);
}

#[test]
fn clocks_and_randomness_are_real() {
    let function = function(
        r#"(module
            (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 0) "\10\00\00\00\18\00\00\00") ;; 24 bytes at 16
            (func (export "_start")
                (drop (call $time (i32.const 0) (i64.const 1) (i32.const 16)))
                (drop (call $random (i32.const 24) (i32.const 16)))
                (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#,
    );
    let run = || {
        let stdout = function
            .call(Call::default(), &Limits::default())
            .unwrap()
            .stdout;
        let time = u64::from_le_bytes(stdout[..8].try_into().unwrap());
        (time, stdout[8..].to_vec())
    };
    let (first, second) = (run(), run());
    const YEAR_2024: u64 = 1_704_067_200_000_000_000;
    assert!(YEAR_2024 < first.0 && first.0 <= second.0);
    assert_ne!(first.1, second.1);
}

#[test]
fn exports_are_called_by_name() {
    let function = function(
        r#"(module
            (memory (export "memory") 1)
            (func (export "_start") unreachable)
            (func (export "cart-run"))
            (func (export "add") (param i32)))"#,
    );
    assert_eq!(
        function.exports().collect::<Vec<_>>(),
        ["_start", "cart-run"]
    );
    let outcome = function
        .call(
            Call {
                export: Some("cart-run".into()),
                ..Call::default()
            },
            &Limits::default(),
        )
        .unwrap();
    assert_eq!(outcome.exit_code, 0);
}

#[test]
fn reactors_are_initialized() {
    let function = function(
        r#"(module
            (global $ready (mut i32) (i32.const 0))
            (func (export "_initialize") (global.set $ready (i32.const 1)))
            (func (export "run") (if (i32.eqz (global.get $ready)) (then unreachable))))"#,
    );
    assert_eq!(function.exports().collect::<Vec<_>>(), ["run"]);
    let call = Call {
        export: Some("run".into()),
        ..Call::default()
    };
    assert_eq!(
        function.call(call, &Limits::default()).unwrap().exit_code,
        0
    );
}

#[test]
fn fuel_is_exact_and_memory_is_measured() {
    let config = Config {
        fuel: true,
        ..Config::default()
    };
    let wasm = wat::parse_str(
        r#"(module
            (memory 1) (memory 2)
            (func (export "_start") (local $n i32)
                (drop (memory.grow (i32.const 4)))
                (local.set $n (i32.const 1000))
                (loop $more
                    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                    (br_if $more (local.get $n)))))"#,
    )
    .unwrap();
    let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
    let outcomes = [(); 3].map(|()| function.call(Call::default(), &Limits::default()).unwrap());
    for outcome in outcomes {
        // 6 for each round of the loop, 4 before it, and 1 for entering the function.
        assert_eq!(outcome.fuel, Some(6005));
        assert_eq!(outcome.peak_memory, 7 * 65_536);
    }
    let unmetered = crate::modules::run("(module (func (export \"_start\")))");
    assert_eq!((unmetered.fuel, unmetered.peak_memory), (None, 0));
}
