//! Endless recursion, by whatever way, is a `RangeError` that a program can catch, and never a trap: on the smallest
//! stack that hosts are known to give, wasmtime's 512 KiB, which `jsc run` gives too.

mod support;

use std::sync::LazyLock;

use support::Project;

static RECURSIONS: LazyLock<Project> = LazyLock::new(|| {
    // Some of them are deep sources.
    Project::compiled_with(include_str!("stack/recursions.js"), &["--allow-eval"])
});

fn call(export: &str, input: &str) -> support::Finished {
    RECURSIONS.jsc(&["run", "index.wasm", "--invoke", export], input)
}

fn names() -> Vec<String> {
    let list = call("names", "").stdout;
    let names: Vec<String> = list
        .trim_matches(['[', ']'])
        .split(',')
        .map(|name| name.trim_matches('"').to_string())
        .collect();
    assert!(names.len() > 60, "{list}");
    names
}

/// Runs `check` on every recursion, and reports all that fail.
fn check_all(check: impl Fn(&str) -> Result<(), String>) {
    let faults: Vec<String> = names()
        .iter()
        .filter_map(|name| check(name).err().map(|fault| format!("{name}: {fault}")))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn recursion_is_caught() {
    check_all(|name| {
        let finished = call("caught", &format!("\"{name}\""));
        let expected =
            r#"["RangeError: Maximum call stack size exceeded",2432902008176640000,1,"1,2,3"]"#;
        if finished.code == 0 && finished.stdout == expected {
            Ok(())
        } else {
            Err(format!("{finished:?}"))
        }
    });
}

#[test]
fn recursion_is_reported() {
    check_all(|name| {
        let finished = call("uncaught", &format!("\"{name}\""));
        let first = finished.stderr.lines().next();
        if finished.code == 1 && first == Some("RangeError: Maximum call stack size exceeded") {
            Ok(())
        } else {
            Err(format!("{finished:?}"))
        }
    });
}

#[test]
fn deep_sources_are_refused() {
    let finished = call("refusals", "");
    assert_eq!(
        finished.stdout,
        r#"{"sourceArrows":true,"sourceFunctions":true,"regExpGroups":true,"regExpLookaheads":true}"#,
        "{}",
        finished.stderr
    );
}

#[test]
fn depth_without_recursion_is_no_error() {
    let finished = call("without", "");
    assert_eq!(
        finished.stdout,
        r#"{"concatenation":10000,"prototypes":"undefined","freedList":true,"freedClosures":"function","promises":1001}"#,
        "{}",
        finished.stderr
    );
}
