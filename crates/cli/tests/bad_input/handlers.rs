//! Handlers that fail when a compiled module runs.

use std::sync::LazyLock;

use crate::check;
use crate::support::Project;

/// All of them in one module, whose machine code is made once.
static HANDLERS: LazyLock<Project> =
    LazyLock::new(|| Project::compiled(include_str!("handlers.js")));

fn check_handler(name: &str) {
    let export = name.replace('_', "-");
    check(
        &format!("handler_{name}"),
        &HANDLERS,
        &["run", "index.wasm", "--invoke", &export],
        "",
    );
}

#[test]
fn throws() {
    check_handler("throws");
    check_handler("throws_with_cause");
    check_handler("throws_text");
    check_handler("throws_object");
    check_handler("throws_undefined");
    check_handler("throws_proxy");
    check_handler("throws_deep");
}

#[test]
fn rejects() {
    check_handler("rejects");
    check_handler("rejects_later");
    check_handler("rejects_aside");
}

#[test]
fn never_settles() {
    check_handler("never_settles");
    check_handler("thenable_never_settles");
}

#[test]
fn results_without_json() {
    check_handler("returns_cycle");
    check_handler("returns_big_int");
    check_handler("to_json_throws");
    check_handler("getter_throws");
}

#[test]
fn endless_recursion() {
    check_handler("recurses");
    check_handler("recurses_in_callbacks");
    check_handler("recurses_in_json");
}

#[test]
fn exhausted_memory() {
    check_handler("exhausts_memory");
}

#[test]
fn exhausted_memory_is_caught() {
    let text = HANDLERS.succeed(
        &["run", "index.wasm", "--invoke", "catches-exhausted-memory"],
        "",
    );
    assert_eq!(text, r#"["InternalError","out of memory","alive"]"#);
}

#[test]
fn names_that_are_too_long_for_modules() {
    let program = |length: usize| {
        let name = "f".repeat(length);
        format!("const other = 1;\nexport function {name}() {{ return other; }}\n")
    };
    let project = Project::new(&[("index.js", &program(100_000))]);
    project.succeed(&["compile", "index.js", "-q"], "");
    crate::check_program("export_name_too_long", &[("index.js", &program(100_001))]);
}
