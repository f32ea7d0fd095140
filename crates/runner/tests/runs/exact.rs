//! Limits of instructions and memory: to the last one, and what was used is what is told.

use runner::{Allocation, Call, Config, Error, LimitKind, Limits, Outcome, Runtime};

use crate::limits::{check, fuel, limit, load};
use crate::modules::command;

/// Calls the module without a limit, but counts.
fn counted(wat: &str) -> Result<Outcome, Error> {
    let config = Config {
        fuel: true,
        ..Config::default()
    };
    let wasm = wat::parse_str(wat).unwrap();
    let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
    function.call(Call::default(), &Limits::default())
}

/// Every limit below what a module takes ends it, and every other does not; the figure is never less than what was used.
fn check_all(wat: &str, limits: impl Iterator<Item = u64>) {
    let needed = counted(wat).unwrap().fuel.unwrap();
    let function = load(wat, &fuel(1));
    for amount in limits.map(|below| needed.saturating_sub(below)) {
        let called = function.call(Call::default(), &fuel(amount));
        if amount == needed {
            assert_eq!(called.unwrap().fuel, Some(needed));
            continue;
        }
        let exceeded = limit(called);
        assert_eq!(exceeded.bound.kind, LimitKind::Fuel);
        let used = exceeded.outcome.fuel.unwrap();
        assert!(amount < used && used <= needed, "{used} of {needed}");
    }
    let called = function.call(Call::default(), &fuel(needed + 1));
    assert_eq!(called.unwrap().fuel, Some(needed));
}

#[test]
fn straight_lines() {
    let nothing = "(drop (i32.const 1))".repeat(120_000);
    let wat = format!("(module (func (export \"_start\") {nothing}))");
    check_all(&wat, [120_000, 119_991, 60_000, 1, 0].into_iter());
    let exceeded = check(&wat, &fuel(10), LimitKind::Fuel);
    assert_eq!(exceeded.outcome.fuel, Some(120_001));
}

/// What is executed behind the last call or loop.
#[test]
fn ends_of_functions() {
    let tail = "(drop (i32.const 1))".repeat(32);
    check_all(
        &format!(
            "(module
                (func $leaf {tail})
                (func $deep (param $n i32)
                    (if (local.get $n) (then (call $deep (i32.sub (local.get $n) (i32.const 1)))))
                    {tail})
                (func (export \"_start\") (local $n i32)
                    (local.set $n (i32.const 3))
                    (loop $more
                        (call $leaf)
                        (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                    (call $deep (i32.const 5))
                    {tail}))"
        ),
        0..600,
    );
}

#[test]
fn start_functions_and_reactors_count() {
    let nothing = "(drop (i32.const 1))".repeat(100);
    check_all(
        &format!("(module (start 0) (func {nothing}) (func (export \"_start\") {nothing}))"),
        0..210,
    );
    let wat = format!(
        "(module (func (export \"_initialize\") {nothing}) (func (export \"run\") {nothing}))"
    );
    let function = load(&wat, &fuel(1));
    let call = || Call {
        export: Some("run".to_owned()),
        ..Call::default()
    };
    assert_eq!(
        limit(function.call(call(), &fuel(201))).bound.kind,
        LimitKind::Fuel
    );
    assert_eq!(function.call(call(), &fuel(202)).unwrap().fuel, Some(202));
}

/// Whatever a module does behind its limit does not happen, as far as the host is asked.
#[test]
fn nothing_is_written_behind_the_limit() {
    let nothing = "(drop (i32.const 1))".repeat(1000);
    let write = "(drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))";
    let vector =
        "(i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 1))";
    let wat = command(&format!("{vector} {write} {nothing} {write}"));
    let exceeded = check(&wat, &fuel(100), LimitKind::Fuel);
    assert_eq!(exceeded.outcome.output, 1);
    for end in [
        "(call $proc_exit (i32.const 0))",
        "unreachable",
        "(drop (i32.div_u (i32.const 1) (i32.const 0)))",
    ] {
        check(
            &command(&format!(
                "{nothing} (call $write (i32.const 2) (i32.const 0) (i32.const 0)) {end}"
            )),
            &fuel(100),
            LimitKind::Fuel,
        );
    }
}

/// A figure that is not known is not told.
#[test]
fn traps() {
    let rounds = |end: &str| {
        let wat = format!(
            "(module (memory 1) (func (export \"_start\") (local $n i32)
                (local.set $n (i32.const 1000))
                (loop $more (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                {end}))"
        );
        match counted(&wat) {
            Err(Error::Trap(trap)) => trap.outcome.fuel,
            other => panic!("no trap: {other:?}"),
        }
    };
    assert!(rounds("unreachable").is_some_and(|fuel| fuel >= 5000));
    for end in [
        "(drop (i32.div_u (i32.const 1) (local.get $n)))",
        "(drop (i32.load (i32.sub (local.get $n) (i32.const 8))))",
        "(drop (i32.trunc_f32_s (f32.div (f32.const 0) (f32.convert_i32_s (local.get $n)))))",
    ] {
        assert!(rounds(end).is_none_or(|fuel| fuel >= 5000), "{end}");
    }
    // In the middle of a loop, too.
    let limits = Limits {
        fuel: Some(u64::MAX),
        ..crate::limits::time(50)
    };
    let exceeded = check(crate::limits::LOOPS, &limits, LimitKind::Time);
    assert_eq!(exceeded.outcome.fuel, None);
}

/// Calls that are suspended at their limit leave nothing behind in a pool.
#[test]
fn pools_survive_what_they_end() {
    let limits = fuel(10_000);
    let config = Config {
        allocation: Allocation::Pooled { instances: 2 },
        ..Config::default()
    };
    let wasm = wat::parse_str(command(
        "(if (i32.load (i32.const 2000)) (then unreachable))
         (i32.store (i32.const 2000) (i32.const 1)) (loop $more (br $more))",
    ))
    .unwrap();
    let runtime = Runtime::new(&config.enforcing(&limits)).unwrap();
    let function = runtime.load(&wasm).unwrap();
    let ends: Vec<Option<u64>> = (0..500)
        .map(|_| limit(function.call(Call::default(), &limits)).outcome.fuel)
        .collect();
    assert!(ends[0].is_some() && ends.iter().all(|end| *end == ends[0]));
}

/// All memories count together, from the beginning.
#[test]
fn several_memories() {
    let memory = |pages: u64| Limits {
        memory: Some(pages * 65_536),
        ..Limits::default()
    };
    let wat = "(module (memory 100) (memory 100) (memory 0)
        (func (export \"_start\")
            (if (i32.eq (memory.grow 2 (i32.const 1)) (i32.const -1)) (then unreachable))))";
    for pages in [0, 99, 100, 199, 200] {
        check(wat, &memory(pages), LimitKind::Memory);
    }
    for pages in [201, 1000] {
        let limits = memory(pages);
        let outcome = load(wat, &limits).call(Call::default(), &limits).unwrap();
        assert_eq!(outcome.peak_memory, 201 * 65_536);
    }
    let inspection = runner::inspect(&wat::parse_str(wat).unwrap()).unwrap();
    assert_eq!(inspection.initial_memory, 200 * 65_536);
}
