//! The modules of a program.

use std::ops::{Index, Range};
use std::sync::Arc;

use crate::source::SourceFile;

/// All modules that a program's entry reaches by imports.
#[derive(Debug)]
pub struct ModuleGraph {
    /// The modules, the entry first.
    pub modules: Vec<Module>,
}

/// A module's place in its [`ModuleGraph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub(crate) usize);

impl Index<ModuleId> for ModuleGraph {
    type Output = Module;

    fn index(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }
}

/// A module.
#[derive(Debug)]
pub struct Module {
    /// What stack traces call it: its path from the entry's directory, with forward slashes. Never absolute, so that
    /// a program compiles to the same bytes wherever it lies.
    pub name: String,
    /// The text.
    pub source: Arc<SourceFile>,
    /// What the text is.
    pub kind: ModuleKind,
    /// What it imports.
    pub imports: Vec<Import>,
    /// The names that it exports; `*` stands for those of another module.
    pub exports: Vec<String>,
    /// Where its default export stands, in bytes, if it is written out in this module.
    pub default_export: Option<Range<usize>>,
}

/// What the text of a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    /// An ECMAScript module.
    EcmaScript,
    /// JSON, the module's default export.
    Json,
}

/// An import of a module.
#[derive(Debug)]
pub struct Import {
    /// The text of the import.
    pub specifier: String,
    /// The module that it means.
    pub target: ModuleId,
    /// Where the specifier stands, in bytes.
    pub span: Range<usize>,
    /// The names that are taken from the other module, and where they stand.
    pub names: Vec<(String, Range<usize>)>,
}
