//! Tells the program's author what happened at build time: engine errors and touches become diagnostics.

use std::sync::Arc;

use budget::{Budget, Exceeded, Limit};
use frontend::{Diagnostic, ModuleGraph, ModuleKind, Severity, SourceFile};
use preinit::{Error as Failure, Exception};

use crate::Error;
use crate::exports::{MOST_BYTES, MOST_EXPORTS, Unnameable};

/// Turns a failed evaluation into an error.
pub(crate) fn failure(failure: Failure, graph: &ModuleGraph, warnings: &[Diagnostic]) -> Error {
    let diagnostic = match failure {
        Failure::Exception(exception) => match foreseen(&exception, warnings) {
            Some(warning) => warning,
            None => exception_at_build_time(&exception, graph),
        },
        Failure::OutOfMemory { budget, stack } => at(
            Diagnostic::error(
                "out-of-memory",
                format!("the program used more than {} MiB of memory at build time", budget >> 20),
            )
            .with_help("its top level runs at build time; allow it more by --build-memory, or do the work in the handler"),
            "this was running",
            stack,
            graph,
        ),
        Failure::OutOfTime { budget, stack } => at(
            Diagnostic::error(
                "out-of-time",
                format!("the program ran for more than {} s at build time", budget.as_secs_f64()),
            )
            .with_help("its top level runs at build time; allow it more by --build-time, or do the work in the handler"),
            "this was running",
            stack,
            graph,
        ),
        Failure::NeverSettles => Diagnostic::error(
            "never-settles",
            "a top-level await never settles: nothing is left that could settle its promise".to_string(),
        )
        .with_help("there are no timers or input at build time; await in the handler instead"),
        Failure::ReadsInput { stack } => at(
            Diagnostic::error("input-at-build-time", "the program reads input at build time".to_string()).with_help(
                "the top level of a program that exports functions runs at build time, with all that it imports, where \
                 there is no input; read it in the exported function",
            ),
            "read here",
            stack,
            graph,
        ),
        Failure::UnknownBuiltin { path } => {
            Diagnostic::error("unknown-builtin", format!("there is no builtin `{path}` to keep"))
                .with_help("--keep takes a path from a global on, such as `Array.prototype.flatMap` or `RegExp`, or `all`")
        }
        Failure::NoFunction { kind } => default_export(&kind, graph),
        other => return Error::Engine(other.to_string()),
    };
    Error::Program(vec![diagnostic])
}

/// Says that a module could not be written within the budget.
pub(crate) fn too_much(exceeded: &Exceeded, budget: Budget) -> Error {
    Error::Program(vec![match exceeded.limit {
        Limit::Time => Diagnostic::error(
            "out-of-time",
            format!(
                "compiling takes more than {} s of processor time",
                budget.time.as_secs_f64()
            ),
        )
        .with_help("allow it more by --build-time"),
        Limit::Memory => Diagnostic::error(
            "out-of-memory",
            format!(
                "writing the module takes more than {} MiB of memory",
                budget.memory >> 20
            ),
        )
        .with_help("allow it more by --build-memory, or make less at the top level"),
    }])
}

fn default_export(kind: &str, graph: &ModuleGraph) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "default-export-not-callable",
        format!("the default export is not a function but {kind}"),
    )
    .with_help("export the function that gets the input: `export default function (input) { … }`");
    let place = graph
        .modules
        .first()
        .and_then(|entry| Some((&entry.source, entry.default_export.clone()?)));
    match place {
        Some((source, span)) => {
            // A class need not be shown to its end.
            let first_line = source.text[span.clone()].lines().next().unwrap_or_default();
            let span = span.start..span.start + first_line.len();
            diagnostic.with_label(Arc::clone(source), span, "exported here")
        }
        None => diagnostic,
    }
}

/// Turns an export that cannot be named into a diagnostic.
pub(crate) fn export(why: &Unnameable, graph: &ModuleGraph) -> Error {
    let help = "rename the function: exported names become kebab-case in the module";
    let (name, diagnostic) = match why {
        Unnameable::Taken { name, export } => {
            let message = format!(
                "the export `{name}` would be named `{export}`, which the module has already"
            );
            (
                None,
                Diagnostic::error("export-name-taken", message).with_help(help),
            )
        }
        Unnameable::TooLong { name, bytes } => {
            let start: String = name.chars().take(SHOWN).collect();
            let message = format!(
                "the name of the export `{start}…` has {bytes} bytes; engines take {MOST_BYTES}"
            );
            let diagnostic = Diagnostic::error("export-name-too-long", message);
            (
                Some(name),
                diagnostic.with_help("give the function a shorter name"),
            )
        }
        Unnameable::TooMany(count) => {
            let message = format!("the module has {count} exports; engines take {MOST_EXPORTS}");
            (
                None,
                Diagnostic::error("too-many-exports", message)
                    .with_help("export one function that takes a name"),
            )
        }
    };
    // Where the name stands in the entry; the whole of a long one is not shown.
    let entry = graph.modules.first().map(|entry| &entry.source);
    let place = entry.zip(name).and_then(|(source, name)| {
        let start = source.text.find(name.as_str())?;
        Some((source, start))
    });
    Error::Program(vec![match place {
        Some((source, start)) => {
            let end = start
                + source.text[start..]
                    .chars()
                    .take(SHOWN)
                    .map(char::len_utf8)
                    .sum::<usize>();
            diagnostic.with_label(Arc::clone(source), start..end, "")
        }
        None => diagnostic,
    }])
}

/// How many characters of a name that is too long are shown.
const SHOWN: usize = 32;

fn exception_at_build_time(exception: &Exception, graph: &ModuleGraph) -> Diagnostic {
    let Exception {
        name,
        message,
        stack,
    } = exception;
    if let Some(diagnostic) = missing_export(message, graph) {
        return diagnostic;
    }
    let (code, text) = match (name.as_str(), message.as_str()) {
        ("", value) => (
            "exception-at-build-time",
            format!("uncaught at build time: {value}"),
        ),
        ("SyntaxError", message) if is_own_position(stack) => ("syntax-error", message.to_string()),
        (name, "") => (
            "exception-at-build-time",
            format!("uncaught at build time: {name}"),
        ),
        (name, message) => (
            "exception-at-build-time",
            format!("uncaught at build time: {name}: {message}"),
        ),
    };
    if code == "syntax-error" {
        // Its stack is that one place.
        return Diagnostic {
            stack: None,
            ..at(Diagnostic::error(code, text), "", stack.clone(), graph)
        };
    }
    let mut diagnostic = Diagnostic::error(code, text);
    // It says `process is not defined` and the like.
    if let ("ReferenceError", Some(global)) =
        (name.as_str(), message.strip_suffix(" is not defined"))
        && let Some(remedy) = frontend::remedy(global.trim_matches('\''))
    {
        diagnostic = diagnostic.with_help(remedy);
    }
    at(diagnostic, "thrown here", stack.clone(), graph)
}

/// The rejection of an `import()`, which nothing has caught: the warning of it knows where it stands.
fn foreseen(exception: &Exception, warnings: &[Diagnostic]) -> Option<Diagnostic> {
    let warning = warnings
        .iter()
        .find(|warning| warning.message == exception.message)?;
    Some(Diagnostic {
        severity: Severity::Error,
        help: None,
        ..warning.clone()
    })
}

/// An error in a module that is imported while the program runs.
pub(crate) fn rejected(name: &str, exception: &Exception, graph: &ModuleGraph) -> Diagnostic {
    let error = at(
        Diagnostic::warning("syntax-error", format!("{name}: {}", exception.message)),
        "",
        exception.stack.clone(),
        graph,
    );
    Diagnostic {
        // It is that one place.
        stack: None,
        ..error.with_help("its import() is rejected when the program runs")
    }
}

/// What an import of a CommonJS module lacks is known when that module has run (`js-runtime/src/commonjs.rs`).
fn missing_export(message: &str, graph: &ModuleGraph) -> Option<Diagnostic> {
    let name = message
        .strip_prefix("the CommonJS module has no export `")?
        .strip_suffix('`')?;
    let mut imports = graph
        .modules
        .iter()
        .flat_map(|module| module.imports.iter().map(move |import| (module, import)));
    imports.find_map(|(module, import)| {
        let target = &graph[import.target];
        let ModuleKind::CommonJs { unseen } = &target.kind else {
            return None;
        };
        let (_, span) = import.names.iter().find(|(other, _)| other == name)?;
        unseen.iter().any(|other| other == name).then(|| {
            Diagnostic::error(
                "missing-export",
                format!("{} has no export `{name}`", target.source.name),
            )
            .with_label(Arc::clone(&module.source), span.clone(), "imported here")
            .with_help("it is a CommonJS module: its default export is its `module.exports`")
        })
    })
}

/// Whether a stack begins with the place of a parser's error: `at file:line:column` without a function.
fn is_own_position(stack: &str) -> bool {
    stack.lines().next().is_some_and(|line| !line.contains('('))
}

/// Calls that are shown of an endless recursion.
const MOST_FRAMES: usize = 32;

/// Adds the stack, and the place of its innermost frame that lies in the program.
fn at(diagnostic: Diagnostic, label: &str, stack: String, graph: &ModuleGraph) -> Diagnostic {
    at_file(diagnostic, label, stack, graph, |_| true)
}

/// The same, where only files count that `counts`.
pub(crate) fn at_file(
    diagnostic: Diagnostic,
    label: &str,
    stack: String,
    graph: &ModuleGraph,
    counts: impl Fn(&str) -> bool,
) -> Diagnostic {
    let place = stack.lines().find_map(|line| {
        let (file, line, column) = frame_position(line)?;
        let source = source(graph, file).filter(|_| counts(file))?;
        let span = source.offset(line, column)?;
        Some((Arc::clone(source), span))
    });
    let stack: String = stack
        .lines()
        .filter(|line| !line.contains("jsc:"))
        .take(MOST_FRAMES)
        .map(|line| format!("{line}\n"))
        .collect();
    let diagnostic = match place {
        Some((source, offset)) => {
            let end = token_end(&source.text, offset);
            diagnostic.with_label(source, offset..end, label)
        }
        None => diagnostic,
    };
    if stack.trim().is_empty() {
        diagnostic
    } else {
        diagnostic.with_stack(stack)
    }
}

pub(crate) fn source<'a>(graph: &'a ModuleGraph, name: &str) -> Option<&'a Arc<SourceFile>> {
    graph
        .modules
        .iter()
        .find(|module| module.name == name)
        .map(|module| &module.source)
}

/// `    at f (lib/a.js:3:5)` or `    at lib/a.js:3:5` → file, line, column.
pub(crate) fn frame_position(frame: &str) -> Option<(&str, usize, usize)> {
    let place = match frame.split_once(" (") {
        Some((_, place)) => place.trim_end().trim_end_matches(')'),
        None => frame.trim().strip_prefix("at ")?,
    };
    let (rest, column) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some((file, line.parse().ok()?, column.parse().ok()?))
}

/// The end of the word at `offset`, at least one character behind it.
fn token_end(text: &str, offset: usize) -> usize {
    let rest = &text[offset..];
    let word = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
        .unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    offset + word.max(first)
}

#[cfg(test)]
mod tests {
    use super::frame_position;

    #[test]
    fn positions_are_read_from_frames() {
        let check = |frame: &str, expected| assert_eq!(frame_position(frame), expected);
        check("    at f (lib/a.js:3:5)", Some(("lib/a.js", 3, 5)));
        check(
            "    at <anonymous> (a (b).js:3:5)",
            Some(("a (b).js", 3, 5)),
        );
        check("    at lib/a.js:3:5", Some(("lib/a.js", 3, 5)));
        check("    at map (native)", None);
    }
}
