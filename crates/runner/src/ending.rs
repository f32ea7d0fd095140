//! How a run ended, out of what wasmtime returns.

use wasmtime::{PoolConcurrencyLimitError, WasmBacktrace};
use wasmtime_wasi::I32Exit;

use crate::error::{Error, TrapKind};
use crate::memory::MemoryMeter;

/// The end of a run that has begun.
pub(crate) enum Ending {
    Exit(i32),
    Trap {
        kind: TrapKind,
        function: Option<String>,
    },
}

impl Ending {
    /// An error is a run that never began.
    pub(crate) fn of(result: wasmtime::Result<()>, memory: &MemoryMeter) -> Result<Ending, Error> {
        let Err(error) = result else {
            return Ok(Ending::Exit(0));
        };
        if let Some(I32Exit(code)) = error.downcast_ref() {
            return Ok(Ending::Exit(*code));
        }
        let backtrace = error.downcast_ref::<WasmBacktrace>();
        let kind = match error.downcast_ref::<wasmtime::Trap>() {
            Some(trap) => trap_kind(*trap, memory),
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
