//! What each module of a program is in the compiled one, and why it is there.

use std::sync::Arc;

use frontend::{ModuleGraph, ModuleKind, SourceFile};

/// A module of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleReport {
    /// Its path as messages show it.
    pub path: String,
    /// `esm`, `commonjs` or `json`.
    pub format: &'static str,
    /// The bytes of its text.
    pub source_bytes: u64,
    /// The bytes of its functions' bytecode that are left in the compiled module.
    pub bytecode_bytes: u64,
    /// The module that imports it and the specifier by which it does; the entry has none.
    pub imported_by: Option<(String, String)>,
}

/// Reports the modules of `graph`; `bytecode` has bytes by name.
pub(crate) fn modules(graph: &ModuleGraph, bytecode: &[(String, u64)]) -> Vec<ModuleReport> {
    let report = |module: &frontend::Module| ModuleReport {
        path: module.source.name.clone(),
        format: match module.kind {
            ModuleKind::EcmaScript => "esm",
            ModuleKind::CommonJs { .. } => "commonjs",
            ModuleKind::Script => "script",
            ModuleKind::Json => "json",
            ModuleKind::Text => "text",
            ModuleKind::Bytes(_) => "bytes",
        },
        source_bytes: module.source.text.len() as u64,
        bytecode_bytes: bytecode
            .iter()
            .find(|(name, _)| *name == module.name)
            .map_or(0, |(_, bytes)| *bytes),
        imported_by: module
            .importer
            .as_ref()
            .map(|(importer, specifier)| (graph[*importer].source.name.clone(), specifier.clone())),
    };
    graph.modules.iter().map(report).collect()
}

/// The sources of `graph`.
pub(crate) fn sources(graph: &ModuleGraph) -> Vec<(String, Arc<SourceFile>)> {
    let scripts = graph.modules.iter().filter(|module| {
        matches!(
            module.kind,
            ModuleKind::EcmaScript | ModuleKind::Script | ModuleKind::CommonJs { .. }
        )
    });
    scripts
        .map(|module| (module.name.clone(), Arc::clone(&module.source)))
        .collect()
}
