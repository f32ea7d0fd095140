//! All that can go wrong between the bytes of a module and the end of its run.

use std::fmt;
use std::io;
use std::path::PathBuf;

use figures::name;

use crate::call::Outcome;
use crate::limits::Bound;
use crate::suggest::list;

/// The exit code that stands for a trap: what a shell reports for a program that aborted.
pub const TRAP_EXIT_CODE: i32 = 134;

/// Why a module could not be loaded or did not run to its end.
///
/// The messages go behind the module's name: `fn.wasm: not a WebAssembly module: …`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// wasmtime does not work with this configuration on this machine.
    #[error("cannot set up the WebAssembly engine: {0}")]
    Engine(String),

    /// The bytes are something else: source text, another file format, nothing at all.
    #[error(
        "not a WebAssembly module: {}; did you mean to compile it first?",
        name(start)
    )]
    NotWasm {
        /// How the bytes start, as a clause.
        start: String,
    },
    /// WebAssembly in its text format.
    #[error(
        "not a WebAssembly module but its text format: convert it first, for example with `wasm-tools parse`"
    )]
    Text,
    /// A component instead of a core module.
    #[error(
        "not a core module: it is a component; jsc run takes core modules, as `jsc compile` writes them"
    )]
    Component,
    /// The module ends too early.
    #[error(
        "truncated WebAssembly module: it ends at byte {length} ({}); copy or compile it again",
        name(message)
    )]
    Truncated {
        /// How many bytes there are.
        length: usize,
        /// What was missing.
        message: String,
    },
    /// The module breaks the rules of WebAssembly.
    #[error("invalid WebAssembly module: {} (at byte {offset})", name(message))]
    Invalid {
        /// What is wrong.
        message: String,
        /// Where.
        offset: u64,
    },
    /// The module is valid WebAssembly, but more than wasmtime takes as configured here.
    #[error("cannot compile this module: {}", name(.0))]
    Unsupported(String),
    /// The module would take long to compile, and its calls are limited.
    #[error(
        "the module takes too long to compile: function {function}, or all up to it, has more loops and branches than \
         any that people write; without limits it is compiled all the same"
    )]
    TooComplex {
        /// The number of the function, without those that are imported.
        function: usize,
    },
    /// Precompiled code that cannot be made, or must not be run.
    #[error("{0}")]
    Precompiled(String),
    /// The module asks for more memory at its start than it may ever have.
    #[error(
        "the module starts with {needed} bytes of memory, more than the limit of {limit} bytes"
    )]
    MemoryTooLarge {
        /// What the module's memories start with.
        needed: u64,
        /// [`Config::max_memory`](crate::Config::max_memory).
        limit: u64,
    },
    /// The module imports what nobody provides.
    #[error(
        "the module imports {}, which only its own host provides; jsc run provides WASI preview 1",
        list(imports)
    )]
    UnknownImports {
        /// All such imports, as `module.name`.
        imports: Vec<String>,
    },
    /// The module imports a WASI function under a type that it does not have.
    #[error("the module does not fit WASI preview 1: {}", name(.0))]
    IncompatibleImport(String),

    /// No export was asked for and there is no `_start`.
    #[error("the module has no `_start` to run; {}", offer(exports))]
    NoStart {
        /// What could be run instead.
        exports: Vec<String>,
    },
    /// The export asked for does not exist.
    #[error(
        "no export is named `{}`{}; {}",
        figures::name(name),
        suggestion.as_deref().map(|other| format!(" (did you mean `{}`?)", figures::name(other))).unwrap_or_default(),
        offer(exports)
    )]
    UnknownExport {
        /// What was asked for.
        name: String,
        /// The export that was probably meant.
        suggestion: Option<String>,
        /// What could be run instead.
        exports: Vec<String>,
    },
    /// The export asked for cannot be run by itself.
    #[error(
        "export `{}` cannot be run: it is {what}; {}",
        figures::name(name),
        offer(exports)
    )]
    NotRunnable {
        /// What was asked for.
        name: String,
        /// What it is: a memory, a function with parameters, …
        what: String,
        /// What could be run instead.
        exports: Vec<String>,
    },
    /// An argument or environment variable that WASI cannot pass on.
    #[error("{what} must not contain {character}")]
    BadText {
        /// Which text.
        what: String,
        /// What is in its way.
        character: &'static str,
    },
    /// A directory that was to be given to the module cannot be opened.
    #[error("cannot give the module the directory {}: {reason}", path.display())]
    Directory {
        /// The host's path.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },

    /// All instances of the pool are running; see [`Allocation::Pooled`](crate::Allocation::Pooled).
    #[error("too many calls at once ({0}): call again later, or make room for more")]
    Busy(String),
    /// The machine has no room for the instance.
    #[error("cannot make an instance of the module: {}", name(.0))]
    Instantiate(String),
    /// The runtime was not made for a sampler, or to enforce one of the [`Limits`](crate::Limits); see
    /// [`Config::enforcing`](crate::Config::enforcing).
    #[error("this runtime was not made for {limit}: {reason}")]
    Unenforceable {
        /// What it is not made for.
        limit: &'static str,
        /// What to change.
        reason: &'static str,
    },
    /// The machine has no room for the streams of the call.
    #[error("cannot set up the standard streams: {0}")]
    Streams(io::Error),
    /// The call was stopped, or not even begun, because it reached one of its [`Limits`](crate::Limits).
    #[error(transparent)]
    Limit(Box<Exceeded>),
    /// The module was stopped in the middle.
    #[error(transparent)]
    Trap(Box<Trap>),
}

impl Error {
    /// A limit that was reached before anything ran.
    #[must_use]
    pub fn before(bound: Bound) -> Error {
        let outcome = Outcome {
            exit_code: bound.kind.exit_code(),
            ..Outcome::default()
        };
        Error::Limit(Box::new(Exceeded { bound, outcome }))
    }

    /// What the module did until it was stopped, if it had begun; otherwise the error itself.
    ///
    /// # Errors
    ///
    /// This error when the module had not begun.
    pub fn into_outcome(self) -> Result<Outcome, Error> {
        match self {
            Error::Limit(exceeded) => Ok(exceeded.outcome),
            Error::Trap(trap) => Ok(trap.outcome),
            error => Err(error),
        }
    }

    /// What the module did until it was stopped, if it had begun.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Error::Limit(exceeded) => Some(&exceeded.outcome),
            Error::Trap(trap) => Some(&trap.outcome),
            _ => None,
        }
    }
}

/// A call that has reached a limit, with all it did before.
#[derive(Debug)]
pub struct Exceeded {
    /// Which limit.
    pub bound: Bound,
    /// What the module wrote and used until then.
    pub outcome: Outcome,
}

impl std::error::Error for Exceeded {}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bound.fmt(f)
    }
}

/// A module that was stopped in the middle, with all it did before.
#[derive(Debug)]
pub struct Trap {
    /// What happened.
    pub kind: TrapKind,
    /// The function it happened in, where the module's name section tells.
    pub function: Option<String>,
    /// What the module wrote and used until then.
    pub outcome: Outcome,
}

/// What stopped a module.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrapKind {
    /// An `unreachable` instruction: the module gave up.
    Unreachable,
    /// The module gave up after it had been refused more memory.
    OutOfMemory {
        /// [`Config::max_memory`](crate::Config::max_memory).
        limit: u64,
    },
    /// Calls nested deeper than [`Config::max_wasm_stack`](crate::Config::max_wasm_stack) allows.
    StackOverflow,
    /// A load or store outside of linear memory.
    MemoryOutOfBounds,
    /// An access outside of a table.
    TableOutOfBounds,
    /// An indirect call of nothing, or of a function of another type.
    BadIndirectCall,
    /// A division by zero, or a number that its type cannot hold.
    Arithmetic,
    /// Anything else, in wasmtime's words.
    Other(String),
}

impl std::error::Error for Trap {}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the module was stopped: {}", self.kind)?;
        match &self.function {
            Some(function) => write!(f, " (in function `{}`)", name(function)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TrapKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TrapKind::Unreachable => f.write_str("it reached an `unreachable` instruction"),
            TrapKind::OutOfMemory { limit } => {
                write!(f, "it ran out of memory (the limit is {limit} bytes)")
            }
            TrapKind::StackOverflow => {
                f.write_str("its stack overflowed, probably by endless recursion")
            }
            TrapKind::MemoryOutOfBounds => f.write_str("it accessed memory out of bounds"),
            TrapKind::TableOutOfBounds => f.write_str("it accessed a table out of bounds"),
            TrapKind::BadIndirectCall => {
                f.write_str("it called a function pointer that does not fit")
            }
            TrapKind::Arithmetic => f.write_str("it divided by zero or overflowed a number"),
            TrapKind::Other(message) => f.write_str(&name(message)),
        }
    }
}

fn offer(exports: &[String]) -> String {
    if exports.is_empty() {
        "it exports nothing that can be run".to_owned()
    } else {
        format!("exports that can be run (`--invoke`): {}", list(exports))
    }
}
