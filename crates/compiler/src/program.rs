//! Hands the front end's module graph to the evaluation.

use frontend::{Import, ImportKind, ModuleGraph, ModuleKind};
use preinit::{Exports, Module, Program, Resolution};

use crate::{Options, Strip};

pub(crate) fn evaluation(options: &Options) -> preinit::Options {
    preinit::Options {
        start: options.start,
        strip: match (options.strip, options.allow_eval) {
            (Strip::Off | Strip::Safe, _) => preinit::Strip::Nothing,
            _ if keeps_all(options) => preinit::Strip::Nothing,
            (Strip::Names, true) => preinit::Strip::NamesButEval,
            (Strip::Names, false) => preinit::Strip::Names,
        },
        keep: match keeps_all(options) {
            true => Vec::new(),
            false => options
                .keep
                .iter()
                .filter(|path| *path != SOURCE)
                .cloned()
                .collect(),
        },
        keep_source: options.strip == Strip::Off || options.keep.iter().any(|path| path == SOURCE),
        budget: options.budget,
        cache_directory: options.cache_directory.clone(),
        build_time: options.build_time,
        stack: options.stack,
    }
}

/// What stands for the texts of functions among what is kept.
const SOURCE: &str = "source";

fn keeps_all(options: &Options) -> bool {
    options.keep.iter().any(|path| path == "all")
}

pub(crate) fn of_graph(graph: &ModuleGraph) -> Program {
    let modules = graph.modules.iter().map(|module| Module {
        name: module.name.clone(),
        text: module.text().to_string(),
        kind: match &module.kind {
            ModuleKind::EcmaScript => preinit::ModuleKind::EcmaScript,
            ModuleKind::Script => preinit::ModuleKind::Script,
            ModuleKind::Json => preinit::ModuleKind::Json,
            ModuleKind::Text => preinit::ModuleKind::Text,
            ModuleKind::Bytes(bytes) => preinit::ModuleKind::Bytes(bytes.clone()),
            ModuleKind::CommonJs { unseen } => preinit::ModuleKind::CommonJs {
                exports: names(&module.exports),
                unseen: unseen.clone(),
            },
        },
    });
    let resolutions = graph.modules.iter().flat_map(|module| {
        module.imports.iter().map(|import| Resolution {
            module: module.name.clone(),
            specifier: specifier(import),
            target: graph[import.target].name.clone(),
            deferred: import.kind == ImportKind::Dynamic,
        })
    });
    Program {
        modules: modules.collect(),
        resolutions: resolutions.collect(),
        exports: match graph.modules.first() {
            Some(entry) if entry.exports_values => Exports::Values,
            Some(entry) if !entry.exports.is_empty() => Exports::Any,
            _ => Exports::None,
        },
    }
}

/// What the engine calls an import: the same specifier with another attribute is another one (`js-runtime/src/define.rs`).
fn specifier(import: &Import) -> String {
    match import.form.attribute() {
        None => import.specifier.clone(),
        Some(attribute) => format!("{}\u{1}{attribute}", import.specifier),
    }
}

/// The exports of a CommonJS module that have names of their own.
fn names(exports: &[String]) -> Vec<String> {
    let is_named = |name: &&String| !matches!(name.as_str(), "default" | "*");
    exports.iter().filter(is_named).cloned().collect()
}
