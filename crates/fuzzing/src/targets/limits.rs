//! Limits are exact: a call that takes so much of something is stopped by every smaller limit, and by no other.

use std::sync::OnceLock;
use std::time::Duration;

use runner::{Config, Error, Excess, Function, LimitKind, Limits, LogLimit, Outcome, Runtime};

use crate::{Choices, Fault};

/// Reads all input, writes each piece to standard output and a byte of each to standard error, and computes.
const BUSY: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\20\00\00\00\40\00\00\00")
    (func $again (param $n i32)
        (if (local.get $n) (then (call $again (i32.sub (local.get $n) (i32.const 1))))))
    (func (export "_start") (local $pieces i32)
        (loop $next
            (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 16)))
            (if (i32.load (i32.const 16)) (then
                (i32.store (i32.const 8) (i32.const 32))
                (i32.store (i32.const 12) (i32.load (i32.const 16)))
                (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 20)))
                (i32.store (i32.const 12) (i32.const 1))
                (drop (call $write (i32.const 2) (i32.const 8) (i32.const 1) (i32.const 20)))
                (local.set $pieces (i32.add (local.get $pieces) (i32.const 1)))
                (call $again (local.get $pieces))
                (drop (memory.grow (i32.const 1)))
                (br $next))))))"#;

/// How often straight-line code adds something, which a counter that looks only at loops and calls sees too late.
const STRAIGHT: usize = 3000;

/// Checks the limits of an input.
///
/// # Errors
/// Where a limit is not exact.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let functions = functions()?;
    let function = &functions[choices.below(functions.len())];
    let input = vec![b'x'; choices.below(2000)];
    let call = |limits: &Limits| function.call(input.clone(), limits);
    let free = call(&generous()).map_err(|error| Fault::new(format!("without limits: {error}")))?;
    let again =
        call(&generous()).map_err(|error| Fault::new(format!("without limits: {error}")))?;
    if free.fuel != again.fuel {
        let what = format!("{:?} instructions, then {:?}", free.fuel, again.fuel);
        return Err(Fault::new(what));
    }
    let used = |kind: LimitKind, outcome: &Outcome| match kind {
        LimitKind::Fuel => outcome.fuel.unwrap_or(0),
        LimitKind::Input => outcome.input,
        LimitKind::Output => outcome.output,
        _ => outcome.log,
    };
    let kinds = [
        LimitKind::Fuel,
        LimitKind::Input,
        LimitKind::Output,
        LimitKind::Log,
    ];
    let kind = choices.pick(&kinds);
    let needed = match kind {
        // What is given counts, whether it is read or not.
        LimitKind::Input => input.len() as u64,
        kind => used(kind, &free),
    };
    // Around what is needed, and far from it.
    let limit = match choices.below(3) {
        0 => choices.below(usize::try_from(needed).unwrap_or(0) * 2 + 1) as u64,
        1 => needed.saturating_sub(choices.below(40) as u64),
        _ => needed + choices.below(40) as u64,
    };
    let limits = match kind {
        LimitKind::Fuel => Limits {
            fuel: Some(limit),
            ..generous()
        },
        LimitKind::Input => Limits {
            input: Some(limit),
            ..generous()
        },
        LimitKind::Output => Limits {
            output: Some(limit),
            ..generous()
        },
        _ => Limits {
            log: Some(LogLimit {
                bytes: limit,
                excess: Excess::Stop,
            }),
            ..generous()
        },
    };
    let told = format!(
        "{needed} of {} are needed, the limit is {limit}",
        kind.name()
    );
    match call(&limits) {
        Ok(outcome) if limit < needed => {
            let used = used(kind, &outcome);
            Err(Fault::new(format!(
                "{told}: it was not stopped, and {used} are reported"
            )))
        }
        Ok(outcome) if used(kind, &outcome) != used(kind, &free) => Err(Fault::new(format!(
            "{told}: {} are reported",
            used(kind, &outcome)
        ))),
        Ok(_) => Ok(()),
        Err(Error::Limit(exceeded)) if limit < needed && exceeded.bound.kind == kind => Ok(()),
        Err(error) => Err(Fault::new(format!("{told}: {error}"))),
    }
}

fn generous() -> Limits {
    Limits {
        fuel: Some(u64::MAX >> 8),
        time: Some(Duration::from_secs(60)),
        ..Limits::default()
    }
}

fn functions() -> Result<&'static [Function], Fault> {
    static FUNCTIONS: OnceLock<Result<Vec<Function>, String>> = OnceLock::new();
    let functions = FUNCTIONS.get_or_init(|| {
        let config = Config {
            fuel: true,
            interruption: true,
            ..Config::default()
        };
        let runtime = Runtime::new(&config).map_err(|error| error.to_string())?;
        let straight = format!(
            "(module (memory (export \"memory\") 1) (func (export \"_start\") {}))",
            "(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))"
                .repeat(STRAIGHT)
        );
        let mut functions = Vec::new();
        for text in [BUSY, &straight] {
            let wasm = wat::parse_str(text).map_err(|error| error.to_string())?;
            functions.push(runtime.load(&wasm).map_err(|error| error.to_string())?);
        }
        Ok(functions)
    });
    functions
        .as_deref()
        .map_err(|error| Fault::new(error.clone()))
}
