//! Modules that take more than they may, and limits that make no sense.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use runner::{
    Allocation, Call, Config, Error, Exceeded, Excess, Function, LimitKind, Limits, LogLimit,
    Runtime, Stdin,
};

use crate::modules::command;

pub(crate) fn load(wat: &str, limits: &Limits) -> Function {
    let wasm = wat::parse_str(wat).unwrap();
    let config = Config::default().enforcing(limits);
    Runtime::new(&config).unwrap().load(&wasm).unwrap()
}

pub(crate) fn limit(result: Result<runner::Outcome, Error>) -> Exceeded {
    match result {
        Err(Error::Limit(exceeded)) => *exceeded,
        other => panic!("no limit was reached: {other:?}"),
    }
}

/// Calls the module, which must reach this limit.
pub(crate) fn check(wat: &str, limits: &Limits, kind: LimitKind) -> Exceeded {
    let exceeded = limit(load(wat, limits).call(Call::default(), limits));
    assert_eq!(exceeded.bound.kind, kind);
    assert_eq!(exceeded.outcome.exit_code, kind.exit_code());
    exceeded
}

pub(crate) fn fuel(fuel: u64) -> Limits {
    Limits {
        fuel: Some(fuel),
        ..Limits::default()
    }
}

pub(crate) fn time(milliseconds: u64) -> Limits {
    Limits {
        time: Some(Duration::from_millis(milliseconds)),
        ..Limits::default()
    }
}

fn log(bytes: u64, excess: Excess) -> Limits {
    Limits {
        log: Some(LogLimit { bytes, excess }),
        ..Limits::default()
    }
}

/// Writes `A` to a stream and goes on with `rest`.
pub(crate) fn writes_then(stream: u32, rest: &str) -> String {
    command(&format!(
        "(i32.store8 (i32.const 1024) (i32.const 65))
         (call $write (i32.const {stream}) (i32.const 1024) (i32.const 1)) {rest}"
    ))
}

const FOR_EVER: &str = "(loop $more (br $more))";
pub(crate) const LOOPS: &str = "(module (func (export \"_start\") (loop $more (br $more))))";

#[test]
fn loops_for_ever() {
    let exceeded = check(&writes_then(1, FOR_EVER), &fuel(100_000), LimitKind::Fuel);
    let used = exceeded.outcome.fuel.unwrap();
    assert!((100_001..100_100).contains(&used), "{used}");
    assert_eq!(exceeded.outcome.stdout, b"A", "what was written is kept");
    assert_eq!(
        exceeded.to_string(),
        "the module was stopped: it takes more than the limit of 100,000 instructions"
    );

    let begun = Instant::now();
    let exceeded = check(&writes_then(1, FOR_EVER), &time(50), LimitKind::Time);
    let took = begun.elapsed();
    assert!(
        took >= Duration::from_millis(50) && took < Duration::from_secs(20),
        "{took:?}"
    );
    assert_eq!(exceeded.outcome.stdout, b"A");
}

#[test]
fn fuel_ends_at_the_same_place_always() {
    // Writes a letter, and again; how far it comes is a matter of instructions alone.
    let wat = command(&format!(
        "(loop $more (call $write (i32.const 1) (i32.const 1024) (i32.const 1)) (br $more)) {FOR_EVER}"
    ));
    let limits = fuel(12_345);
    let function = load(&wat, &limits);
    let lengths = [(); 3].map(|()| {
        limit(function.call(Call::default(), &limits))
            .outcome
            .output
    });
    assert!(lengths[0] > 0 && lengths.iter().all(|length| *length == lengths[0]));
    let twice = limit(function.call(Call::default(), &fuel(24_690)))
        .outcome
        .output;
    assert!(twice.abs_diff(lengths[0] * 2) <= 1);
}

#[test]
fn exactly_enough_is_enough() {
    let wat = "(module (func (export \"_start\") (drop (i32.const 1))))";
    let limits = fuel(1000);
    let function = load(wat, &limits);
    let needed = function
        .call(Call::default(), &limits)
        .unwrap()
        .fuel
        .unwrap();
    assert!(function.call(Call::default(), &fuel(needed)).is_ok());
    limit(function.call(Call::default(), &fuel(needed - 1)));
}

#[test]
fn recurses_for_ever() {
    let limits = Limits {
        stack: Some(100_000),
        ..Limits::default()
    };
    let wat = "(module (func $deeper (export \"_start\") call $deeper call $deeper))";
    check(wat, &limits, LimitKind::Stack);
    // A larger stack lets a function go deeper.
    let depth = |stack| {
        let wat = r#"(module
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 0) "\10\00\00\00\01\00\00\00")
            (func $deeper (export "_start")
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                call $deeper))"#;
        let limits = Limits {
            stack: Some(stack),
            ..Limits::default()
        };
        check(wat, &limits, LimitKind::Stack).outcome.output
    };
    assert!(depth(200_000) > depth(100_000));
}

/// Takes memory until there is no more, then does as `refused` says.
fn allocates(refused: &str) -> String {
    command(&format!(
        "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) {refused}"
    ))
}

#[test]
fn allocates_for_ever() {
    let limits = Limits {
        memory: Some(1_000_000),
        ..Limits::default()
    };
    let whole_pages = 1_000_000 / 65_536 * 65_536;
    for refused in ["unreachable", "(call $proc_exit (i32.const 1))"] {
        let exceeded = check(&allocates(refused), &limits, LimitKind::Memory);
        assert_eq!(exceeded.outcome.peak_memory, whole_pages);
        assert_eq!(
            exceeded.to_string(),
            "the module needs more memory than the limit of 1,000,000 bytes"
        );
    }
    // Who can do without has kept to the limit.
    let outcome = load(&allocates(""), &limits)
        .call(Call::default(), &limits)
        .unwrap();
    assert_eq!((outcome.exit_code, outcome.peak_memory), (0, whole_pages));
    // Some other failure is not the limit's.
    let outcome = load(&command("(call $proc_exit (i32.const 1))"), &limits)
        .call(Call::default(), &limits)
        .unwrap();
    assert_eq!(outcome.exit_code, 1);
}

#[test]
fn memory_is_bounded_in_all_kinds_of_instances() {
    for allocation in [Allocation::OnDemand, Allocation::Pooled { instances: 2 }] {
        let config = Config {
            allocation,
            ..Config::default()
        };
        let wasm = wat::parse_str(allocates("unreachable")).unwrap();
        let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
        for memory in [200_000, 400_000, 300_000] {
            let limits = Limits {
                memory: Some(memory),
                ..Limits::default()
            };
            let outcome = limit(function.call(Call::default(), &limits)).outcome;
            assert_eq!(outcome.peak_memory, memory / 65_536 * 65_536);
        }
    }
}

#[test]
fn grows_memory_at_start() {
    let limits = Limits {
        memory: Some(100_000),
        ..Limits::default()
    };
    let wat = r#"(module (memory 1)
        (func $begin (if (i32.eq (memory.grow (i32.const 9)) (i32.const -1)) (then unreachable)))
        (start $begin)
        (func (export "_start")))"#;
    check(wat, &limits, LimitKind::Memory);
    // It begins with too much: nothing of it runs.
    let wat = "(module (memory 2) (func (export \"_start\") unreachable))";
    let outcome = check(wat, &limits, LimitKind::Memory).outcome;
    assert_eq!(outcome.peak_memory, 0);
}

#[test]
fn start_functions_are_limited() {
    let wat =
        "(module (func $begin (loop $more (br $more))) (start $begin) (func (export \"_start\")))";
    check(wat, &time(30), LimitKind::Time);
    check(wat, &fuel(1000), LimitKind::Fuel);
}

#[test]
fn writes_for_ever() {
    let wat = command(
        "(loop $more (call $write (i32.const 1) (i32.const 1024) (i32.const 7)) (br $more))",
    );
    let limits = Limits {
        output: Some(100),
        ..Limits::default()
    };
    let exceeded = check(&wat, &limits, LimitKind::Output);
    assert_eq!(exceeded.outcome.stdout, [0; 100]);
    assert_eq!(exceeded.outcome.output, 105);
    // All of it, and not a byte more.
    let exact = command("(call $write (i32.const 1) (i32.const 1024) (i32.const 100))");
    let outcome = load(&exact, &limits)
        .call(Call::default(), &limits)
        .unwrap();
    assert_eq!(outcome.stdout.len(), 100);
}

#[test]
fn logs_for_ever() {
    let body = "(local.set $n (i32.const 1000))
        (loop $more
            (call $write (i32.const 2) (i32.const 1024) (i32.const 7))
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br_if $more (local.get $n)))";
    let limits = log(100, Excess::Truncate);
    let outcome = load(&command(body), &limits)
        .call(Call::default(), &limits)
        .unwrap();
    assert_eq!((outcome.stderr, outcome.log), (vec![0; 100], 7000));
    let exceeded = check(&command(body), &log(100, Excess::Stop), LimitKind::Log);
    assert_eq!(exceeded.outcome.stderr, [0; 100]);
}

#[test]
fn reads_past_its_input() {
    // The end is reached again and again: each read gets nothing, and none is an error.
    let wat = command(
        "(loop $more (br_if $more (call $read)))
         (if (call $read) (then unreachable))
         (call $proc_exit (global.get $errno))",
    );
    let outcome = load(&wat, &Limits::default())
        .call("some", &Limits::default())
        .unwrap();
    assert_eq!((outcome.exit_code, outcome.input), (0, 4));
}

#[test]
fn input_is_bounded() {
    let limits = Limits {
        input: Some(10),
        ..Limits::default()
    };
    let function = load(&crate::modules::echo(), &limits);
    assert_eq!(function.call("0123456789", &limits).unwrap().input, 10);
    let check = |stdin| {
        let call = Call {
            stdin,
            ..Call::default()
        };
        let exceeded = limit(function.call(call, &limits));
        assert_eq!(exceeded.bound.kind, LimitKind::Input);
        exceeded.outcome.input
    };
    assert_eq!(check(Stdin::Bytes(vec![0; 11])), 0, "it is not begun");
    assert_eq!(check(Stdin::Reader(Box::new(io::repeat(7)))), 65_536);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("input");
    std::fs::write(&path, [0; 11]).unwrap();
    assert_eq!(check(Stdin::File(std::fs::File::open(path).unwrap())), 0);
}

#[test]
fn limits_of_zero() {
    check(LOOPS, &fuel(0), LimitKind::Fuel);
    check(LOOPS, &time(0), LimitKind::Time);
    let memory = Limits {
        memory: Some(0),
        ..Limits::default()
    };
    check(&command(""), &memory, LimitKind::Memory);
    let without_memory = "(module (func (export \"_start\")))";
    assert!(
        load(without_memory, &memory)
            .call(Call::default(), &memory)
            .is_ok()
    );
    let output = Limits {
        output: Some(0),
        ..log(0, Excess::Stop)
    };
    check(&writes_then(1, ""), &output, LimitKind::Output);
    check(&writes_then(2, ""), &output, LimitKind::Log);
    assert!(
        load(&command(""), &output)
            .call(Call::default(), &output)
            .is_ok()
    );
    let module = Limits {
        module: Some(0),
        ..Limits::default()
    };
    check(&command(""), &module, LimitKind::Module);
}

#[test]
fn limits_above_the_hardware() {
    let limits = Limits {
        module: Some(u64::MAX),
        fuel: Some(u64::MAX),
        time: Some(Duration::MAX),
        memory: Some(u64::MAX),
        stack: None,
        input: Some(u64::MAX),
        output: Some(u64::MAX),
        log: Some(LogLimit {
            bytes: u64::MAX,
            excess: Excess::Stop,
        }),
    };
    let function = load(&crate::modules::echo(), &limits);
    assert_eq!(function.call("hello", &limits).unwrap().stdout, b"hello");
    let stack = Limits {
        stack: Some(u64::MAX),
        ..Limits::default()
    };
    assert!(matches!(
        Runtime::new(&Config::default().enforcing(&stack)),
        Err(Error::Engine(_))
    ));
}

#[test]
fn limits_that_the_runtime_was_not_made_for() {
    let wasm = wat::parse_str(command("")).unwrap();
    let function = Runtime::new(&Config::default())
        .unwrap()
        .load(&wasm)
        .unwrap();
    let check = |limits: &Limits, expected: &str| {
        let error = function.call(Call::default(), limits).unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    check(
        &fuel(1),
        "this runtime was not made for a limit of fuel: turn on `Config::fuel`",
    );
    check(
        &time(1),
        "this runtime was not made for a limit of time: turn on `Config::interruption`",
    );
    let stack = Limits {
        stack: Some(1000),
        ..Limits::default()
    };
    check(
        &stack,
        "this runtime was not made for a limit of stack: lower `Config::max_wasm_stack`",
    );
}

#[test]
fn a_module_of_100_megabytes() {
    // A custom section: its number, its length in LEB128, the length of its name.
    let mut wasm = wat::parse_str(command("")).unwrap();
    let length = 100 << 20_u32;
    let mut rest: u32 = length;
    wasm.push(0);
    while rest > 0x7f {
        wasm.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    wasm.push(rest as u8);
    wasm.resize(wasm.len() + length as usize, 0);
    let limits = Limits {
        module: Some(256_000),
        ..Limits::default()
    };
    let function = Runtime::new(&Config::default())
        .unwrap()
        .load(&wasm)
        .unwrap();
    assert_eq!(
        function
            .call(Call::default(), &Limits::default())
            .unwrap()
            .exit_code,
        0
    );
    assert_eq!(
        limit(function.call(Call::default(), &limits)).bound.kind,
        LimitKind::Module
    );
}

#[test]
fn limits_of_calls_at_once_are_their_own() {
    let limits = time(60_000);
    let config = Config {
        allocation: Allocation::Pooled { instances: 16 },
        fuel: true,
        ..Config::default()
    };
    let wasm = wat::parse_str(LOOPS).unwrap();
    let function = Runtime::new(&config.enforcing(&limits))
        .unwrap()
        .load(&wasm)
        .unwrap();
    thread::scope(|scope| {
        for n in 1..8_u64 {
            let function = &function;
            scope.spawn(move || {
                for round in 1..20 {
                    let limits = Limits {
                        fuel: Some(n * round * 1000),
                        time: Some(Duration::from_secs(60)),
                        ..Limits::default()
                    };
                    let exceeded = limit(function.call(Call::default(), &limits));
                    let used = exceeded.outcome.fuel.unwrap();
                    assert_eq!(used, n * round * 1000 + 1);
                    let short = limit(function.call(Call::default(), &time(n)));
                    assert_eq!(short.bound.kind, LimitKind::Time);
                }
            });
        }
    });
}
