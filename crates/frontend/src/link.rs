//! Checks that modules export what others import from them.
//!
//! ```text
//! import { tax } from './rate.js'   and   export const rate = 1   →   rate.js has no export `tax`
//! ```

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::graph::{Module, ModuleGraph};

/// All imports of names that do not exist.
pub(crate) fn check(graph: &ModuleGraph) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for module in &graph.modules {
        for import in &module.imports {
            let target = &graph[import.target];
            // What `export *` passes on is known to the engine, which links the modules.
            let has = |name: &str| {
                target
                    .exports
                    .iter()
                    .any(|export| export == name || export == "*")
            };
            for (name, span) in import.names.iter().filter(|(name, _)| !has(name)) {
                let message = format!("{} has no export `{name}`", target.source.name);
                diagnostics.push(
                    Diagnostic::error("missing-export", message)
                        .with_label(Arc::clone(&module.source), span.clone(), "imported here")
                        .with_help(help(target, name)),
                );
            }
        }
    }
    diagnostics
}

fn help(target: &Module, name: &str) -> String {
    /// More names than this are no help.
    const SHOWN: usize = 8;
    let distance = |export: &String| strsim::damerau_levenshtein(export, name);
    if let Some(near) = target.exports.iter().min_by_key(|export| distance(export))
        && distance(near) <= name.len().div_ceil(3)
    {
        return format!("did you mean `{near}`?");
    }
    let names: Vec<String> = target
        .exports
        .iter()
        .map(|export| format!("`{export}`"))
        .collect();
    match names.len() {
        0 => "it exports nothing".to_string(),
        1..=SHOWN => format!("it exports {}", names.join(", ")),
        count => format!(
            "it exports {} and {} more",
            names[..SHOWN].join(", "),
            count - SHOWN
        ),
    }
}
