//! The modules of a program.

use std::ops::{Index, Range};
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// What [`crate::load`] gives.
#[derive(Debug)]
pub struct Loaded {
    /// The program, or everything that is wrong with it.
    pub program: Result<ModuleGraph, Vec<Diagnostic>>,
    /// What its author should know.
    pub warnings: Vec<Diagnostic>,
    /// The files that were read; if one of them changes, so may the program.
    pub files: Vec<PathBuf>,
    /// Whether reading them took too much, and goes on in a thread that nobody waits for.
    pub is_abandoned: bool,
}

impl Loaded {
    /// No program, for one reason.
    pub(crate) fn failed(error: Diagnostic) -> Loaded {
        Loaded {
            program: Err(vec![error]),
            warnings: Vec::new(),
            files: Vec::new(),
            is_abandoned: false,
        }
    }
}

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

impl ModuleGraph {
    /// The modules that led to a module, from the entry on, without itself.
    #[must_use]
    pub fn chain(&self, id: ModuleId) -> Vec<ModuleId> {
        let mut chain = Vec::new();
        let mut at = id;
        while let Some((importer, _)) = &self[at].importer {
            chain.push(*importer);
            at = *importer;
        }
        chain.reverse();
        chain
    }

    /// The ids of all modules.
    pub fn ids(&self) -> impl Iterator<Item = ModuleId> + use<> {
        (0..self.modules.len()).map(ModuleId)
    }
}

/// A module.
#[derive(Debug)]
pub struct Module {
    /// What stack traces call it: its path from the entry's directory, with forward slashes. Never absolute, so that
    /// a program compiles to the same bytes wherever it lies.
    pub name: String,
    /// The file's text.
    pub source: Arc<SourceFile>,
    /// What the engine is given instead of the file's text, with marks that say where it comes from.
    pub rewritten: Option<String>,
    /// What the text is.
    pub kind: ModuleKind,
    /// What it imports.
    pub imports: Vec<Import>,
    /// The names that it exports; `*` stands for those of another module.
    pub exports: Vec<String>,
    /// Whether it exports something, but no default and nothing that may be a function by the look of it.
    pub exports_values: bool,
    /// Where its default export stands, in bytes, if it is written out in this module.
    pub default_export: Option<Range<usize>>,
    /// The module that imported it first and the specifier there; the entry has none.
    pub importer: Option<(ModuleId, String)>,
}

impl Module {
    /// The text for the engine.
    #[must_use]
    pub fn text(&self) -> &str {
        self.rewritten.as_deref().unwrap_or(&self.source.text)
    }
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
    /// A file that is imported as text, its default export.
    Text,
    /// A file that is imported as bytes, its default export.
    Bytes(Vec<u8>),
    /// A CommonJS module.
    CommonJs {
        /// Names that others import from it though nothing in its text shows that it exports them.
        unseen: Vec<String>,
    },
}

/// An import of a module.
#[derive(Debug)]
pub struct Import {
    /// The text of the import.
    pub specifier: String,
    /// The module that it means.
    pub target: ModuleId,
    /// How it is imported.
    pub kind: ImportKind,
    /// What it is imported as.
    pub form: Form,
    /// Where the specifier stands, in bytes.
    pub span: Range<usize>,
    /// The names that are taken from the other module, and where they stand.
    pub names: Vec<(String, Range<usize>)>,
}

/// What a file is imported as: what the attribute `type` of the import says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// A module, of the kind that its name says.
    #[default]
    Module,
    /// Its text.
    Text,
    /// Its bytes.
    Bytes,
}

impl Form {
    /// What the attribute says; of most, nothing that a name does not.
    #[must_use]
    pub fn of_attribute(text: &str) -> Form {
        match text {
            "text" => Form::Text,
            "bytes" => Form::Bytes,
            _ => Form::Module,
        }
    }

    /// The attribute; none for a module.
    #[must_use]
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Form::Module => None,
            Form::Text => Some("text"),
            Form::Bytes => Some("bytes"),
        }
    }
}

/// How a module is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// By `import` or `export … from`.
    Static,
    /// By `import()`.
    Dynamic,
    /// By `require`.
    Require,
}
