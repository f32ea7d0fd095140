//! Programs of many files, in all the forms that JavaScript comes in: what they print is what Node prints.

mod commonjs;
mod dynamic;
mod effects;
mod forms;
mod options;
mod resolution;
mod script;
#[path = "../support/mod.rs"]
mod support;
mod syntax;
mod typescript;
mod watch;

use support::Project;

/// Compiles the program with these files, the entry first, and calls it with `input`: it must write `expected`.
fn check(files: &[(&str, &str)], input: &str, expected: &str) {
    check_with(files, &[], input, expected);
}

/// As [`check`], with more arguments of `jsc compile`.
fn check_with(files: &[(&str, &str)], arguments: &[&str], input: &str, expected: &str) {
    let project = Project::new(files);
    let entry = files[0].0;
    project.succeed(
        &[&["compile", entry, "-q", "-o", "fn.wasm"], arguments].concat(),
        "",
    );
    assert_eq!(project.succeed(&["run", "fn.wasm"], input), expected);
}

/// Compiles a program and calls it, which must throw; the first two lines of what it says.
fn thrown(files: &[(&str, &str)]) -> String {
    let project = Project::new(files);
    let entry = files[0].0;
    project.succeed(&["compile", entry, "-q", "-o", "fn.wasm"], "");
    let finished = project.jsc(&["run", "fn.wasm"], "");
    assert_eq!(finished.code, 1, "{finished:?}");
    let lines: Vec<&str> = finished.stderr.lines().take(2).collect();
    lines.join("\n")
}
