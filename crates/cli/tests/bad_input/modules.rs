//! Files that `jsc run` cannot run.

use crate::check;
use crate::support::Project;

fn check_module(name: &str, bytes: impl AsRef<[u8]>, arguments: &[&str]) {
    let project = Project::new(&[]);
    project.write("fn.wasm", bytes);
    let arguments = [&["run", "fn.wasm"], arguments].concat();
    check(&format!("module_{name}"), &project, &arguments, "{}");
}

fn check_wat(name: &str, text: &str, arguments: &[&str]) {
    check_module(name, wat::parse_str(text).expect("it parses"), arguments);
}

#[test]
fn missing() {
    let project = Project::new(&[("fn.js", "")]);
    check("module_missing", &project, &["run", "fn.wasm"], "");
    check("module_directory", &project, &["run", "."], "");
}

#[test]
fn no_wasm() {
    check_module("text", "export default (input) => input;\n", &[]);
    check_module("empty", "", &[]);
    check_module("image", b"\x89PNG\r\n\x1a\n", &[]);
    check_module("wat", "(module (func (export \"_start\")))", &[]);
}

#[test]
fn truncated() {
    let project = Project::compiled("export default (input) => input;\n");
    let module = project.read("index.wasm");
    check_module("header_only", &module[..6], &[]);
    // In the middle of the type section, and so the same for every engine.
    check_module("truncated", &module[..20], &[]);
    project.write("fn.wasm", &module[..module.len() / 2]);
    let finished = project.jsc(&["run", "fn.wasm"], "");
    assert_eq!(finished.code, 3);
    let expected = format!(
        "error: fn.wasm: truncated WebAssembly module: it ends at byte {}",
        module.len() / 2
    );
    assert!(
        finished.stderr.starts_with(&expected),
        "{}",
        finished.stderr
    );
}

#[test]
fn damaged() {
    check_module("damaged", b"\0asm\x01\0\0\0\x7f\x01\x00", &[]);
}

#[test]
fn component() {
    check_wat("component", "(component)", &[]);
}

#[test]
fn no_start() {
    check_wat("no_start", "(module)", &[]);
    check_wat(
        "no_start_but_others",
        r#"(module (func (export "cart-run")) (func (export "cart-check")))"#,
        &[],
    );
}

#[test]
fn unknown_export() {
    let module = r#"(module (func (export "_start")) (func (export "cart-run")) (memory (export "memory") 1)
        (func (export "add") (param i32 i32) (result i32) i32.const 1))"#;
    check_wat("unknown_export", module, &["--invoke", "cartRun"]);
    check_wat("export_is_a_memory", module, &["--invoke", "memory"]);
    check_wat("export_has_parameters", module, &["--invoke", "add"]);
}

#[test]
fn named_exports_only() {
    let project = Project::compiled("export function cartRun() { return 1; }\n");
    check(
        "module_without_default",
        &project,
        &["run", "index.wasm"],
        "",
    );
    check(
        "module_camel_case_export",
        &project,
        &["run", "index.wasm", "--invoke", "cartRun"],
        "",
    );
}

#[test]
fn unknown_imports() {
    check_wat(
        "unknown_imports",
        r#"(module (import "env" "log" (func)) (func (export "_start")))"#,
        &[],
    );
}

#[test]
fn trap() {
    let project = Project::new(&[]);
    project.write(
        "fn.wasm",
        wat::parse_str(r#"(module (func (export "_start") unreachable))"#).expect("it parses"),
    );
    let finished = project.jsc(&["run", "fn.wasm"], "");
    assert_eq!(finished.code, 134);
    assert_eq!(
        finished.stderr,
        "error: fn.wasm: the module was stopped: it reached an `unreachable` instruction\n"
    );
}

#[test]
fn missing_directory() {
    check_wat(
        "directory_missing",
        r#"(module (func (export "_start")))"#,
        &["--dir", "data"],
    );
}
