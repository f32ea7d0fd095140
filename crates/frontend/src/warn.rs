//! What may not do what its author wants, though it compiles.

use std::sync::Arc;

use crate::absent::{self, Why};
use crate::diagnostic::{Diagnostic, Severity};
use crate::entry::WRAPPER_NAMES;
use crate::parse::Language;
use crate::scan::{Found, Reference, Usage};
use crate::source::SourceFile;

/// Of computed names one warning is as good as a hundred.
const MOST_COMPUTED: usize = 20;

/// Warns of modules with computed names and of globals that do not exist.
pub(crate) fn of_file(
    found: &Found,
    source: &Arc<SourceFile>,
    is_commonjs: bool,
) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    // Nobody can change a package.
    let is_own = !source.name.contains("node_modules/");
    for (usage, span) in found.computed.iter().take(MOST_COMPUTED).filter(|_| is_own) {
        let word = match usage {
            Usage::Dynamic => "import()",
            _ => "require()",
        };
        let message =
            format!("{word} of a computed name: only modules known at build time can be imported");
        warnings.push(
            Diagnostic::warning("computed-import", message)
                .with_label(Arc::clone(source), span.clone(), "this will fail when it runs")
                .with_help(
                    "write the name as a literal, or import all that it can be and choose from them",
                ),
        );
    }
    for (method, span) in found.locales.iter().filter(|_| is_own) {
        let message = format!("`{method}` pays no heed to locales and options: there is no `Intl`");
        warnings.push(
            Diagnostic::warning("ignored-locale", message)
                .with_label(Arc::clone(source), span.clone(), "this changes nothing")
                .with_help("format without it, or by a package that brings its own tables"),
        );
    }
    // What is required there is given to it (`entry.rs`).
    let may_require = Language::of(&source.name).typescript
        && found.references.iter().any(Reference::is_required);
    let mut globals: Vec<_> = found.globals.iter().collect();
    globals.sort_by_key(|(_, span)| span.start);
    for (name, span) in globals {
        let is_given = (is_commonjs && WRAPPER_NAMES.contains(&name.as_str()))
            || (may_require && name == "require");
        if let Some(remedy) = absent::remedy(name).filter(|_| !is_given) {
            let message = format!("`{name}` does not exist in a module");
            warnings.push(
                Diagnostic::warning("missing-global", message)
                    .with_label(Arc::clone(source), span.clone(), "used here")
                    .with_help(remedy),
            );
        }
    }
    warnings
}

/// Tells that a file is taken as an ECMAScript module, as its text says, and not as CommonJS, as its package says.
pub(crate) fn of_module_syntax(found: &Found, source: &Arc<SourceFile>) -> Option<Diagnostic> {
    // Other extensions say themselves what a file is, or Node does not know them.
    let is_either = source.name.ends_with(".js");
    let imports = |reference: &&Reference| reference.usage == Usage::Static;
    let first = found.references.iter().find(imports);
    if !is_either || source.name.contains("node_modules/") {
        return None;
    }
    let message = format!(
        "{} is taken as an ECMAScript module, though its package.json says `\"type\": \"commonjs\"`",
        source.name
    );
    let note = Diagnostic::note("module-in-commonjs-package", message);
    let note = match first {
        Some(import) => note.with_label(Arc::clone(source), import.span.clone(), "it imports"),
        None if found.exports.is_empty() => return None,
        None => note,
    };
    Some(note.with_help("Node refuses such a file: name it .mjs, or change the type"))
}

/// An error in what only `import()` leads to is one of the run, which the program can catch.
pub(crate) fn of_deferred(error: Diagnostic) -> Diagnostic {
    const HELP: &str = "its import() is rejected when the program runs";
    let help = match &error.help {
        Some(help) => format!("{help}; {HELP}"),
        None => HELP.to_string(),
    };
    Diagnostic {
        severity: Severity::Warning,
        ..error
    }
    .with_help(help)
}

/// What is to be said of a module that is not there.
pub(crate) fn of_absent(name: &str, why: Why) -> Option<Diagnostic> {
    match why {
        Why::Empty | Why::Missing => None,
        Why::Builtin if absent::is_process(name) => Some(
            Diagnostic::warning("node-module", format!("`{name}` is a module of Node"))
                .with_help("of its `env` there is what --define says; what else is taken from it throws when it is called"),
        ),
        Why::Builtin => Some(
            Diagnostic::warning("node-module", format!("`{name}` is a module of Node"))
                .with_help("what is taken from it throws when it is called; use a package that works without it"),
        ),
        Why::External => Some(
            Diagnostic::warning("external-module", format!("`{name}` is left out"))
                .with_help("what is taken from it throws when it is called: a compiled module loads no others"),
        ),
    }
}
