//! Where the bytes of a compiled module are, and why they are there.
//!
//! ```text
//! module + what the optimizer knew ─ report ─► Report    RegExp compiler 20,114 bytes ← String.prototype.match ← src/parse.js:14:3
//! ```
//!
//! Pure: reads the module that was written, the snapshot's heap and the optimizer's graph, and changes none of them.

mod builtins;
mod captures;
mod features;
mod html;
mod measure;
mod mentions;
mod owners;
mod reasons;
mod savings;
mod summary;
mod syntax;
mod text;

use bytecode::Heap;
use engine::{Facts, Sections};
use optimize::Explanation;
use serde::Serialize;

pub use html::html;
pub use measure::{Anatomy, Section, anatomy};
pub use summary::report;
pub use text::{anatomy_text, text};

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'s, 'w> {
    /// The module.
    pub wasm: &'s [u8],
    /// The engine's module.
    pub sections: &'s Sections<'w>,
    /// Its symbols and relocations.
    pub facts: &'s Facts<'w>,
    /// The engine's functions that the module has, in the module's order, imported ones first.
    pub functions: &'s [u32],
    /// The optimizer's graph.
    pub explanation: &'s Explanation<'w>,
    /// The snapshot's heap.
    pub heap: Heap<'s>,
    /// The names of the program's files, the entry first.
    pub files: &'s [String],
    /// The builtins that are kept by request.
    pub keep: &'s [String],
}

/// Why no report can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is no module.
    #[error("it is no WebAssembly module: {0}")]
    Module(#[from] wasmparser::BinaryReaderError),
    /// The heap cannot be read.
    #[error(transparent)]
    Heap(#[from] bytecode::Error),
}

/// The bytes of a module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// All of them.
    pub bytes: usize,
    /// All of them after `gzip -9`.
    pub gzip_bytes: usize,
    /// The large parts, which add up to all.
    pub parts: Vec<Part>,
    /// What the engine's code and data are for.
    pub features: Vec<Feature>,
    /// The builtins that the program can use.
    pub builtins: Vec<Builtin>,
    /// The program's files, the runtime library last.
    pub modules: Vec<ModuleSize>,
    /// What could go, the most bytes first; nothing is counted twice.
    pub savings: Vec<Saving>,
}

/// A part of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it is.
    pub name: &'static str,
    /// Its size.
    pub bytes: usize,
}

/// What a part of the engine is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// The size of its functions.
    pub code: usize,
    /// The size of its tables and texts.
    pub data: usize,
    /// Why its largest function is there; `None` if it has none, or nothing was left out.
    pub why: Option<Reason>,
    /// Its functions and objects in C, the largest first.
    pub symbols: Vec<(String, usize)>,
}

impl Feature {
    /// Its size.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.code + self.data
    }
}

/// Why something is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The builtin or opcode that needs it, where it is not one itself.
    pub through: Option<String>,
    /// Who uses that: a place in the program, or in words.
    pub used: String,
    /// The functions and objects of the engine on the way, from the first.
    pub path: Vec<String>,
}

/// A builtin that the program can use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Builtin {
    /// Its name in JavaScript.
    pub name: String,
    /// How many bytes would go with it.
    pub bytes: usize,
    /// Why it is kept.
    pub why: Reason,
}

/// The size of a file of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModuleSize {
    /// Its name.
    pub name: String,
    /// The size of its functions.
    pub bytecode: usize,
    /// The size of the objects and texts that only it uses.
    pub heap: usize,
    /// Its functions, the largest first.
    pub functions: Vec<FunctionSize>,
}

/// The size of a function of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionSize {
    /// Its name; empty for none.
    pub name: String,
    /// The line where it starts.
    pub line: u32,
    /// Its size.
    pub bytes: usize,
}

/// Something that could go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Saving {
    /// What.
    pub what: String,
    /// How many bytes would go.
    pub bytes: usize,
    /// Why it is there.
    pub why: Option<Reason>,
}

impl Reason {
    /// The reason why `what` is kept, in words: `← String.prototype.match ← src/parse.js:14:3`.
    #[must_use]
    pub fn of(&self, what: &str) -> String {
        match (&self.through, self.path.as_slice()) {
            (Some(through), _) if what.contains(through.as_str()) => format!("← {}", self.used),
            (Some(through), _) => format!("← {through} ← {}", self.used),
            // What needs it, and what comes first.
            (None, [first, .., parent, _]) if first != parent => {
                format!("← {parent} ← {first} ← {}", self.used)
            }
            (None, [first, _]) => format!("← {first} ← {}", self.used),
            (None, _) => format!("← {}", self.used),
        }
    }
}

/// What can be seen of a module, as JSON.
#[must_use]
pub fn anatomy_json(anatomy: &Anatomy) -> String {
    serde_json::to_string_pretty(anatomy).unwrap_or_default()
}

/// A report as JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default()
}
