//! Checks that modules export what others import from them.
//!
//! ```text
//! import { tax } from './rate.js'   and   export const rate = 1   →   rate.js has no export `tax`
//! ```

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::exports::Exports;
use crate::graph::{ImportKind, Module, ModuleGraph, ModuleId, ModuleKind};

/// Completes the exports of CommonJS modules by those that they pass on from others.
pub(crate) fn pass_on(modules: &mut [Module], exports: &[Option<Exports>]) {
    let mut names: Vec<BTreeSet<String>> = modules
        .iter()
        .zip(exports)
        .map(|(module, exports)| match exports {
            Some(exports) => exports.names.iter().cloned().collect(),
            None => module
                .exports
                .iter()
                .filter(|name| !is_special(name))
                .cloned()
                .collect(),
        })
        .collect();
    // What goes in circles ends when nothing is added any more.
    let mut changed = true;
    while changed {
        changed = false;
        for (index, exports) in exports.iter().enumerate() {
            let passed_on = exports
                .as_ref()
                .map_or(&[][..], |exports| &exports.passed_on);
            for specifier in passed_on {
                let import = modules[index].imports.iter().find(|import| {
                    import.specifier == *specifier && import.kind == ImportKind::Require
                });
                let Some(import) = import.filter(|import| import.target.0 != index) else {
                    continue;
                };
                let others = names[import.target.0].clone();
                let before = names[index].len();
                names[index].extend(others);
                changed |= names[index].len() != before;
            }
        }
    }
    for ((module, exports), names) in modules.iter_mut().zip(exports).zip(names) {
        if exports.is_some() {
            module.exports.extend(names);
        }
    }
}

/// By module: whether nothing but `import()` leads to it.
pub(crate) fn deferred(graph: &ModuleGraph) -> Vec<bool> {
    let mut is_deferred = vec![true; graph.modules.len()];
    let mut waiting = vec![0];
    while let Some(index) = waiting.pop() {
        let Some(module) = graph.modules.get(index) else {
            continue;
        };
        if std::mem::replace(&mut is_deferred[index], false) {
            let imports = module.imports.iter();
            let at_once = imports.filter(|import| import.kind != ImportKind::Dynamic);
            waiting.extend(at_once.map(|import| import.target.0));
        }
    }
    is_deferred
}

fn is_special(name: &str) -> bool {
    matches!(name, "default" | "*")
}

/// All imports of names that do not exist. What a CommonJS module exports need not be seen in its text: names that are
/// imported from one are looked for when it has run.
pub(crate) fn check(graph: &mut ModuleGraph) -> Vec<(Option<ModuleId>, Diagnostic)> {
    let mut diagnostics = Vec::new();
    let mut unseen: Vec<(ModuleId, String)> = Vec::new();
    for id in graph.ids() {
        let module = &graph[id];
        for import in &module.imports {
            let target = &graph[import.target];
            let has = |name: &str| has_export(&graph.modules, import.target, name, &mut Vec::new());
            for (name, span) in import.names.iter().filter(|(name, _)| !has(name)) {
                if matches!(target.kind, ModuleKind::CommonJs { .. }) {
                    unseen.push((import.target, name.clone()));
                    continue;
                }
                let message = format!("{} has no export `{name}`", target.source.name);
                diagnostics.push((
                    Some(id),
                    Diagnostic::error("missing-export", message)
                        .with_label(Arc::clone(&module.source), span.clone(), "imported here")
                        .with_help(help(&names_of(graph, import.target), name)),
                ));
            }
        }
    }
    for (id, name) in unseen {
        if let ModuleKind::CommonJs { unseen } = &mut graph.modules[id.0].kind
            && !unseen.contains(&name)
        {
            unseen.push(name);
        }
    }
    diagnostics
}

/// Whether a module exports a name, itself or by `export *`.
pub(crate) fn has_export(
    modules: &[Module],
    id: ModuleId,
    name: &str,
    seen: &mut Vec<ModuleId>,
) -> bool {
    let module = &modules[id.0];
    if module.exports.iter().any(|export| export == name) {
        return true;
    }
    if name == "default" || seen.contains(&id) || !module.exports.iter().any(|export| export == "*")
    {
        return false;
    }
    seen.push(id);
    // Which of the imports are passed on is known to the engine, which links the modules.
    module
        .imports
        .iter()
        .filter(|import| import.kind == ImportKind::Static)
        .any(|import| {
            matches!(modules[import.target.0].kind, ModuleKind::CommonJs { .. })
                || has_export(modules, import.target, name, seen)
        })
}

/// The names that a module exports, those that it passes on included.
fn names_of(graph: &ModuleGraph, id: ModuleId) -> Vec<String> {
    let mut seen = vec![id];
    let mut names = Vec::new();
    let mut next = 0;
    while let Some(id) = seen.get(next).copied() {
        let module = &graph[id];
        let own = module.exports.iter().filter(|name| *name != "*");
        // `export *` passes on all but the default export.
        names.extend(own.filter(|name| next == 0 || *name != "default").cloned());
        if module.exports.iter().any(|name| name == "*") {
            let imports = module
                .imports
                .iter()
                .filter(|import| import.names.is_empty());
            for import in imports.filter(|import| import.kind == ImportKind::Static) {
                if !seen.contains(&import.target) {
                    seen.push(import.target);
                }
            }
        }
        next += 1;
    }
    names
}

fn help(exports: &[String], name: &str) -> String {
    /// More names than this are no help.
    const SHOWN: usize = 8;
    let distance = |export: &String| strsim::damerau_levenshtein(export, name);
    if let Some(near) = exports.iter().min_by_key(|export| distance(export))
        && distance(near) <= name.len().div_ceil(3)
    {
        return format!("did you mean `{near}`?");
    }
    let names: Vec<String> = exports.iter().map(|export| format!("`{export}`")).collect();
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
