//! Warns of clocks and random numbers that were read at build time.
//!
//! What the program's own files read, or call a package to read, is shown line by line. What packages read by themselves when
//! they are loaded their user did not write and cannot move: that is said once for each package.

use frontend::{Diagnostic, ModuleGraph};
use preinit::Touch;

use crate::diagnose::{at_file, frame_position, source};

/// One warning for each place in the program's own files, and one for each package.
pub(crate) fn frozen(touches: &[(Touch, String)], graph: &ModuleGraph) -> Vec<Diagnostic> {
    let mut seen: Vec<(Touch, &str)> = Vec::new();
    let mut warnings = Vec::new();
    for (touch, stack) in touches {
        let files = || files_of(stack, graph);
        let package = files().next().and_then(|(file, ..)| package_of(file));
        let is_own = package.is_none() || files().any(|(file, ..)| package_of(file).is_none());
        let innermost = stack.lines().next().unwrap_or_default();
        let place = (*touch, package.filter(|_| !is_own).unwrap_or(innermost));
        if seen.contains(&place) {
            continue;
        }
        seen.push(place);
        let warning = match package {
            Some(package) if !is_own => of_package(*touch, package, files().next(), graph),
            _ => of_line(*touch, stack, package.is_some(), graph),
        };
        warnings.push(warning);
    }
    warnings
}

fn of_line(touch: Touch, stack: &str, is_in_package: bool, graph: &ModuleGraph) -> Diagnostic {
    let what = match touch {
        Touch::Clock => "the clock is read at build time, so its value is part of the module",
        _ => "a random number is drawn at build time, so it is part of the module",
    };
    let warning = Diagnostic::warning(code(touch), what.to_string()).with_help(
        "every run will see the same value; move this into the handler if that is not what you want",
    );
    let label = if is_in_package {
        "read by this call"
    } else {
        "read here"
    };
    let is_own = |file: &str| package_of(file).is_none();
    at_file(warning, label, stack.to_string(), graph, is_own)
}

fn of_package(
    touch: Touch,
    package: &str,
    place: Option<(&str, usize, usize)>,
    graph: &ModuleGraph,
) -> Diagnostic {
    let what = match touch {
        Touch::Clock => "reads the clock",
        _ => "draws random numbers",
    };
    let message = format!("the package `{package}` {what} at build time, when it is loaded");
    let warning = Diagnostic::warning(code(touch), message).with_help(
        "every run will see the same values, which is fine where nothing depends on them",
    );
    match place.and_then(|(file, line, column)| Some((source(graph, file)?, line, column))) {
        Some((source, line, column)) => {
            warning.with_note(format!("first in {}:{line}:{column}", source.name))
        }
        None => warning,
    }
}

fn code(touch: Touch) -> &'static str {
    match touch {
        Touch::Clock => "frozen-clock",
        _ => "frozen-random",
    }
}

/// The places of a stack's frames that lie in the program, the innermost first.
fn files_of<'a>(
    stack: &'a str,
    graph: &ModuleGraph,
) -> impl Iterator<Item = (&'a str, usize, usize)> {
    stack
        .lines()
        .filter_map(frame_position)
        .filter(|(file, ..)| source(graph, file).is_some())
}

/// `../node_modules/@scope/name/lib/a.js` → `@scope/name`; none for the program's own files.
fn package_of(file: &str) -> Option<&str> {
    const DIRECTORY: &str = "node_modules/";
    let start = file.rfind(DIRECTORY)? + DIRECTORY.len();
    let rest = &file[start..];
    let parts = if rest.starts_with('@') { 2 } else { 1 };
    let end = rest.match_indices('/').nth(parts - 1);
    end.map(|(end, _)| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn packages_are_found_in_paths() {
        assert_eq!(package_of("lib/a.js"), None);
        assert_eq!(package_of("../node_modules/a/b/c.js"), Some("a"));
        assert_eq!(package_of("node_modules/@a/b/c.js"), Some("@a/b"));
        assert_eq!(package_of("node_modules/a/node_modules/b/c.js"), Some("b"));
    }
}
