//! Runs the engine on a program in a sealed host, and takes the [`Snapshot`] that a compiled module starts from.
//!
//! ```text
//! Program ─ instantiate ─► Guest ─ evaluate ─► its top level is done ─ take ─► Snapshot
//! ```
//!
//! Own code instead of `wasmtime-wizer`: a snapshot is plain data (memory and globals), because the optimizer needs to
//! walk the heap and to know which engine it belongs to before any module is written; and a program may have to be
//! run twice before the snapshot, which wizer's driver does not foresee.

mod error;
mod evaluate;
mod guest;
mod sealed;
mod snapshot;
mod stack_reader;

use std::ops::RangeInclusive;
use std::path::PathBuf;

pub use budget::Budget;
pub use error::{Error, Exception, Touch};
pub use evaluate::{Evaluated, Evaluator};
pub use snapshot::{Handler, Mode, Snapshot};
pub use stack_reader::{Frame, StackReader};

/// A program: its modules, the entry first.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// All modules that the entry reaches.
    pub modules: Vec<Module>,
    /// What each import means.
    pub resolutions: Vec<Resolution>,
    /// What the entry module exports.
    pub exports: Exports,
}

/// What a program exports, as far as its text tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exports {
    /// Nothing: its body runs in program mode.
    #[default]
    None,
    /// Nothing that can be a function by the look of it: this, too, is program mode.
    Values,
    /// Anything. With a function among it the program runs in function mode.
    Any,
}

/// A module of a program.
#[derive(Clone, Debug)]
pub struct Module {
    /// The name that stack traces show.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// What the text is.
    pub kind: ModuleKind,
}

/// What the text of a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    /// An ECMAScript module.
    EcmaScript,
    /// A script: global code. Only the entry can be one.
    Script,
    /// JSON, the module's default export.
    Json,
    /// A text, the module's default export.
    Text,
    /// Bytes, the module's default export; it has no text.
    Bytes(Vec<u8>),
    /// A CommonJS module.
    CommonJs {
        /// What ECMAScript modules can import of it, besides `default`.
        exports: Vec<String>,
        /// What they import of it though nothing shows that it has it.
        unseen: Vec<String>,
    },
}

/// The import of `specifier` by the module named `module` means the module named `target`.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// Name of the importing module.
    pub module: String,
    /// The text of the import.
    pub specifier: String,
    /// Name of the imported module.
    pub target: String,
    /// Whether it is imported while the program runs, by `import()`.
    pub deferred: bool,
}

/// When the body of a program without function exports runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At build time, up to the statement that first touches the outside world.
    #[default]
    Eager,
    /// All of it when the module is started.
    Lazy,
}

/// What is taken out of the engine's heap before the snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strip {
    /// Builtins that the program does not name, and the compiler for code in strings. What is missing says so when it
    /// is used.
    #[default]
    Names,
    /// The same, but the compiler stays.
    NamesButEval,
    /// Nothing.
    Nothing,
}

/// The stack that a module is made for where nothing else is said: what wasmtime gives by default, and Shopify, too.
pub const DEFAULT_STACK: u64 = 512 << 10;

/// The stacks that a module can be made for. On less no builtin is sure to end.
pub const STACKS: RangeInclusive<u64> = 128 << 10..=64 << 20;

/// How to evaluate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// When a program's body runs.
    pub start: Start,
    /// What is taken out of the heap.
    pub strip: Strip,
    /// Builtins that [`Strip::Names`] leaves in, by their paths: `Array.prototype.flatMap`, or `RegExp` with all members.
    pub keep: Vec<String>,
    /// Whether functions keep their texts, which `Function.prototype.toString` gives.
    pub keep_source: bool,
    /// The limits: of processor time, and of linear memory.
    pub budget: Budget,
    /// Where the engine's compiled code is kept; `None` compiles it each time.
    pub cache_directory: Option<PathBuf>,
    /// What clocks show at build time, in seconds since 1970. Builds are reproducible as long as it is the same.
    pub build_time: u64,
    /// Bytes of the WebAssembly stack that hosts give the module; one of [`STACKS`].
    pub stack: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            start: Start::default(),
            strip: Strip::default(),
            keep: Vec::new(),
            keep_source: false,
            budget: Budget::default(),
            cache_directory: None,
            build_time: 0,
            stack: DEFAULT_STACK,
        }
    }
}
