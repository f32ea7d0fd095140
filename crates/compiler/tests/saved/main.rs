//! A program that has taken a builtin function out of its place and calls it with anything gets what the whole engine gives.
//!
//! Code behind a gate (`js-runtime/c/gates.c`) is left out where no value can bring it to run; a builtin function that is
//! held by a variable can be called with every value. Each one of the engine is saved, with those that stand on the same object
//! and, of those with gates, alone; and is called on and with values that keep gates closed. `JSC_SAVED=all cargo test -p compiler
//! --test saved` saves each of them alone.

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::env;

use compiler::{Entry, Start, Strip};
use interpreter::{Run, run};
use rayon::prelude::*;
use support::compile_entry;

const MAX_MEMORY: usize = 1 << 28;

/// Makers of values that open no gate.
const VALUES: &str = "[() => undefined, () => null, () => true, () => -1.5, () => 7, () => '', () => 'abc', () => '12', () => ({}),
  () => [], () => [3, 1, 2], () => (x) => x, () => ({ length: 2, 0: 1 })]";

/// What has code behind gates that only others open, by the start of its expression.
const GATED: &[&str] = &[
    "globalThis.BigInt",
    "globalThis.Proxy",
    "globalThis.Symbol.",
    "Object.getPrototypeOf(globalThis.",
    "Proxy.",
    "((all)",
];

fn compiled_run(text: &str, strip: Strip) -> Run {
    let entry = Entry::Source {
        name: "index.mjs".into(),
        text: text.into(),
        directory: env!("CARGO_TARGET_TMPDIR").into(),
    };
    let artifact = compile_entry(entry, Start::Eager, strip, false, &["source".to_string()])
        .expect("the program compiles");
    run(&artifact.wasm, "_start", MAX_MEMORY)
}

/// A program that saves what these expressions give and then drives it.
fn program(saved: &[&str]) -> String {
    let list: Vec<String> = saved
        .iter()
        .map(|expression| format!("[{expression:?}, {expression}]"))
        .collect();
    format!(
        "const values = {VALUES};\nconst saved = [{}];\nconsole.log('');\n{}\nfor (const [name, f] of saved) drive(name, f);\n",
        list.join(", "),
        include_str!("drive.js")
    )
}

/// The expressions for all builtin functions, in their groups.
fn builtins() -> Vec<Vec<String>> {
    let listed = compiled_run(include_str!("list.js"), Strip::Off);
    assert_eq!(listed.exit_code, 0, "{}", listed.stderr);
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (group, expression) in listed
        .stdout
        .lines()
        .filter_map(|line| line.split_once('\t'))
    {
        groups
            .entry(group)
            .or_default()
            .push(expression.to_string());
    }
    groups.into_values().collect()
}

/// What each builtin answers on the whole engine, by its expression.
fn answers(saved: &[&str]) -> BTreeMap<String, Vec<String>> {
    let whole = compiled_run(&program(saved), Strip::Off);
    by_builtin(&whole.stdout)
}

fn by_builtin(stdout: &str) -> BTreeMap<String, Vec<String>> {
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in stdout.lines() {
        if let Some((name, answer)) = line.split_once('\t') {
            let answers = answers.entry(name.to_string()).or_default();
            answers.push(answer.to_string());
        }
    }
    answers
}

/// Where saved builtins answer otherwise on the stripped engine, or end the program.
fn differences(saved: &[&str], expected: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let stripped = compiled_run(&program(saved), Strip::Names);
    let actual = by_builtin(&stripped.stdout);
    let found = saved.iter().filter_map(|name| {
        let (expected, actual) = (&expected[*name], actual.get(*name)?);
        let mut answers = expected.iter().zip(actual);
        let difference = answers.find(|(expected, actual)| expected != actual);
        match difference {
            Some((expected, actual)) => Some(format!("{name}: expected {expected}, got {actual}")),
            None if expected.len() != actual.len() => Some(format!(
                "{name} ends behind {:?}: {}",
                actual.last(),
                stripped.stderr
            )),
            None => None,
        }
    });
    found.collect()
}

#[test]
fn saved_builtins_do_what_they_do_on_the_whole_engine() {
    let groups = builtins();
    let all: Vec<&str> = groups.iter().flatten().map(String::as_str).collect();
    assert!(all.len() > 550, "{} builtins", all.len());
    let of_all = env::var_os("JSC_SAVED").is_some();
    let is_alone = |name: &&&str| of_all || GATED.iter().any(|start| name.starts_with(start));
    let expected = answers(&all);
    let together = groups
        .iter()
        .map(|group| group.iter().map(String::as_str).collect());
    let alone = all.iter().filter(is_alone).map(|name| vec![*name]);
    let cases: Vec<Vec<&str>> = together.chain(alone).collect();
    let found: Vec<String> = cases
        .par_iter()
        .flat_map_iter(|saved| differences(saved, &expected))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
