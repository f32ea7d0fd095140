//! What a call may use, and which limit it has hit.

use std::fmt;
use std::time::Duration;

/// What a call may use. `None` everywhere, the default, means no limit but the hardware's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the module itself.
    pub module: Option<u64>,
    /// Instructions as wasmtime counts them. Needs [`Config::fuel`](crate::Config::fuel).
    pub fuel: Option<u64>,
    /// Time from the call to its end, waiting for input and output included. Needs
    /// [`Config::interruption`](crate::Config::interruption).
    pub time: Option<Duration>,
    /// Bytes of linear memory, all memories together. More is refused to the module, which may go on without.
    pub memory: Option<u64>,
    /// Bytes of WebAssembly stack. Belongs to the engine: [`Config::max_wasm_stack`](crate::Config::max_wasm_stack)
    /// must not be larger.
    pub stack: Option<u64>,
    /// Bytes of standard input.
    pub input: Option<u64>,
    /// Bytes written to standard output.
    pub output: Option<u64>,
    /// Bytes written to standard error.
    pub log: Option<LogLimit>,
}

/// How much a call may write to standard error, and what happens to the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLimit {
    /// What is kept.
    pub bytes: u64,
    /// What happens when there is more.
    pub excess: Excess,
}

/// What happens to a log that is too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Excess {
    /// The call is stopped.
    #[default]
    Stop,
    /// The rest is dropped and the call goes on.
    Truncate,
}

/// One of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::module`]
    Module,
    /// [`Limits::fuel`]
    Fuel,
    /// [`Limits::time`]
    Time,
    /// [`Limits::memory`]
    Memory,
    /// [`Limits::stack`]
    Stack,
    /// [`Limits::input`]
    Input,
    /// [`Limits::output`]
    Output,
    /// [`Limits::log`]
    Log,
}

impl LimitKind {
    /// The exit code that stands for a call that this limit has ended.
    #[must_use]
    pub fn exit_code(self) -> i32 {
        match self {
            LimitKind::Fuel => 111,
            LimitKind::Time => 112,
            LimitKind::Memory => 113,
            LimitKind::Stack => 114,
            LimitKind::Input => 115,
            LimitKind::Output => 116,
            LimitKind::Log => 117,
            LimitKind::Module => 118,
        }
    }

    /// Its name in profiles and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LimitKind::Module => "module",
            LimitKind::Fuel => "fuel",
            LimitKind::Time => "time",
            LimitKind::Memory => "memory",
            LimitKind::Stack => "stack",
            LimitKind::Input => "input",
            LimitKind::Output => "output",
            LimitKind::Log => "log",
        }
    }
}

/// A limit with its amount: bytes, instructions, or nanoseconds of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Which limit.
    pub kind: LimitKind,
    /// How much it allows.
    pub amount: u64,
}

impl fmt::Display for Bound {
    /// What went wrong, as a sentence without its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = figures::grouped(self.amount);
        match self.kind {
            LimitKind::Module => write!(f, "the module is larger than the limit of {amount} bytes"),
            LimitKind::Fuel => write!(
                f,
                "the module was stopped: it takes more than the limit of {amount} instructions"
            ),
            LimitKind::Time => write!(
                f,
                "the module was stopped: it takes longer than the limit of {:?}",
                Duration::from_nanos(self.amount)
            ),
            LimitKind::Memory => write!(
                f,
                "the module needs more memory than the limit of {amount} bytes"
            ),
            LimitKind::Stack => write!(
                f,
                "the module was stopped: its stack grew beyond the limit of {amount} bytes, \
                 probably by endless recursion"
            ),
            LimitKind::Input => write!(f, "the input is larger than the limit of {amount} bytes"),
            LimitKind::Output => write!(
                f,
                "the module was stopped: its output is larger than the limit of {amount} bytes"
            ),
            LimitKind::Log => write!(
                f,
                "the module was stopped: its log is larger than the limit of {amount} bytes"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, LimitKind};

    #[test]
    fn time_is_readable() {
        let bound = Bound {
            kind: LimitKind::Time,
            amount: 1_500_000_000,
        };
        assert_eq!(
            bound.to_string(),
            "the module was stopped: it takes longer than the limit of 1.5s"
        );
    }
}
