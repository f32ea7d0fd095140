//! How a run ended, out of what wasmtime returns.

use wasmtime::{PoolConcurrencyLimitError, WasmBacktrace};

use crate::error::{Error, TrapKind};
use crate::limits::{Bound, LimitKind, Limits};
use crate::memory::MemoryMeter;
use crate::stop::Stop;

/// The end of a run that has begun.
pub(crate) enum Ending {
    Exit(i32),
    Limit(Bound),
    Trap {
        kind: TrapKind,
        function: Option<String>,
    },
}

impl Ending {
    /// Whether the code has told its instructions before it ended. It does so at calls and returns, but not where a load, a
    /// store or arithmetic traps.
    pub(crate) fn is_counted(&self) -> bool {
        match self {
            Ending::Exit(_) | Ending::Limit(_) => true,
            Ending::Trap { kind, .. } => matches!(
                kind,
                TrapKind::Unreachable
                    | TrapKind::OutOfMemory { .. }
                    | TrapKind::StackOverflow
                    | TrapKind::BadIndirectCall
            ),
        }
    }

    /// An error is a run that never began.
    pub(crate) fn of(
        result: wasmtime::Result<()>,
        memory: &MemoryMeter,
        limits: &Limits,
    ) -> Result<Ending, Error> {
        let ending = Ending::without_memory(result, memory, limits)?;
        let has_failed = match &ending {
            Ending::Exit(code) => *code != 0,
            Ending::Trap { kind, .. } => matches!(kind, TrapKind::OutOfMemory { .. }),
            Ending::Limit(_) => false,
        };
        // A module that could do without the memory that it was refused has kept to the limit.
        Ok(match limits.memory {
            Some(amount) if has_failed && memory.has_reached_limit() => Ending::Limit(Bound {
                kind: LimitKind::Memory,
                amount,
            }),
            _ => ending,
        })
    }

    fn without_memory(
        result: wasmtime::Result<()>,
        memory: &MemoryMeter,
        limits: &Limits,
    ) -> Result<Ending, Error> {
        let Err(error) = result else {
            return Ok(Ending::Exit(0));
        };
        match error.downcast_ref() {
            Some(Stop::Exit(code)) => return Ok(Ending::Exit(*code)),
            Some(Stop::Limit(bound)) => return Ok(Ending::Limit(*bound)),
            None => {}
        }
        let backtrace = error.downcast_ref::<WasmBacktrace>();
        let kind = match error.downcast_ref::<wasmtime::Trap>() {
            Some(trap) => match limit_of(*trap, limits) {
                Some(bound) => return Ok(Ending::Limit(bound)),
                None => trap_kind(*trap, memory),
            },
            // A host function that fails always leaves the trace of its caller.
            None if backtrace.is_some() => TrapKind::Other(format!("{}", error.root_cause())),
            None if error.is::<PoolConcurrencyLimitError>() => {
                return Err(Error::Busy(error.root_cause().to_string()));
            }
            None => return Err(Error::Instantiate(format!("{error:#}"))),
        };
        let function = backtrace
            .and_then(|backtrace| backtrace.frames().first()?.func_name())
            .map(str::to_owned);
        Ok(Ending::Trap { kind, function })
    }
}

/// The limit that a trap stands for.
fn limit_of(trap: wasmtime::Trap, limits: &Limits) -> Option<Bound> {
    let wasmtime::Trap::StackOverflow = trap else {
        return None;
    };
    let kind = LimitKind::Stack;
    limits.stack.map(|amount| Bound { kind, amount })
}

fn trap_kind(trap: wasmtime::Trap, memory: &MemoryMeter) -> TrapKind {
    use wasmtime::Trap;
    match trap {
        // What allocators do when they are out of memory and nobody handles it.
        Trap::UnreachableCodeReached if memory.has_refused() => TrapKind::OutOfMemory {
            limit: memory.limit(),
        },
        Trap::UnreachableCodeReached => TrapKind::Unreachable,
        Trap::StackOverflow => TrapKind::StackOverflow,
        Trap::MemoryOutOfBounds => TrapKind::MemoryOutOfBounds,
        Trap::TableOutOfBounds => TrapKind::TableOutOfBounds,
        Trap::IndirectCallToNull | Trap::BadSignature => TrapKind::BadIndirectCall,
        Trap::IntegerOverflow | Trap::IntegerDivisionByZero | Trap::BadConversionToInteger => {
            TrapKind::Arithmetic
        }
        other => TrapKind::Other(other.to_string()),
    }
}
