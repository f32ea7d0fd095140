//! Why there is no snapshot.

use std::time::Duration;

/// Something of the outside world that a program touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Reading standard input or another file.
    Input,
    /// Writing.
    Output,
    /// A clock.
    Clock,
    /// Random numbers.
    Random,
}

/// A thrown value, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// `name` of an error, "" for any other value.
    pub name: String,
    /// `message` of an error, or the value as a string.
    pub message: String,
    /// `stack` of an error: a line a frame.
    pub stack: String,
}

/// Why a program could not be evaluated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The program threw, or did not parse.
    #[error("{}", .0.message)]
    Exception(Exception),
    /// The program threw because it had used up its memory.
    #[error("the program used more than {} MiB at build time", .budget >> 20)]
    OutOfMemory {
        /// Bytes that it may use.
        budget: u64,
        /// Where it was.
        stack: String,
    },
    /// The program ran for too long.
    #[error("the program ran for more than {} s at build time", .budget.as_secs_f64())]
    OutOfTime {
        /// How long it may run.
        budget: Duration,
        /// Where it was.
        stack: String,
    },
    /// A top-level await of a promise that nothing can settle.
    #[error("a top-level await never settles")]
    NeverSettles,
    /// The program read input where it must not.
    #[error("the program reads input at build time")]
    ReadsInput {
        /// Where it did.
        stack: String,
    },
    /// The default export cannot be called.
    #[error("the default export is not a function but {kind}")]
    NoFunction {
        /// What it is, as a phrase: `a class`, `undefined`, …
        kind: String,
    },
    /// [`Options::keep`](crate::Options::keep) names what does not exist.
    #[error("there is no builtin {path} to keep")]
    UnknownBuiltin {
        /// The path that was given.
        path: String,
    },
    /// The engine itself failed.
    #[error("the engine failed: {0}")]
    Engine(String),
}

impl From<wasmtime::Error> for Error {
    fn from(error: wasmtime::Error) -> Self {
        Error::Engine(format!("{error:#}"))
    }
}
