//! `--metafile`: what is in a module and why.

use compiler::{Artifact, ModuleReport};
use serde_json::{Value, json};

/// The text of the file.
pub(crate) fn text(artifact: &Artifact) -> String {
    let module = |module: &ModuleReport| {
        let importer = module.imported_by.as_ref();
        json!({
            "path": module.path,
            "format": module.format,
            "sourceBytes": module.source_bytes,
            "bytecodeBytes": module.bytecode_bytes,
            "importedBy": importer.map(|(path, specifier)| json!({ "path": path, "specifier": specifier })),
        })
    };
    let modules: Vec<Value> = artifact.modules.iter().map(module).collect();
    let all = json!({
        "bytes": artifact.wasm.len(),
        "exports": artifact.exports,
        "modules": modules,
    });
    format!("{all:#}\n")
}
