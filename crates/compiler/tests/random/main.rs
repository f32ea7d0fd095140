//! Random programs do the same on a stripped engine, on the whole one, and in Node.
//!
//! Every program uses other builtins and other syntax, so that other parts of the engine are left out. The seeds are the same
//! in each run; `JSC_SEED=1000 JSC_PROGRAMS=500 cargo test -p compiler --test random` tries more of them.

mod effects;
mod generator;
mod libraries;
#[path = "../support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use compiler::{Entry, Start, Strip};
use interpreter::run;
use rayon::prelude::*;
use support::compile_entry;

const MAX_MEMORY: usize = 1 << 28;

/// All these give the same.
const WAYS: [(Start, Strip); 3] = [
    (Start::Lazy, Strip::Off),
    (Start::Eager, Strip::Names),
    (Start::Lazy, Strip::Names),
];

/// A maker of programs, and how many of them are tried if nothing else is said.
type Maker = (&'static str, fn(u64) -> Vec<(String, String)>, u64);

#[test]
fn random_programs_do_the_same_everywhere() {
    check_all(("random", generator::program, 20));
}

/// What is taken out of objects, because nothing reads it, is missed by nothing.
#[test]
fn random_uses_of_objects_do_the_same_everywhere() {
    check_all(("libraries", libraries::program, 30));
}

/// What a program does before its first effect is done at build time, and the rest when it runs.
#[test]
fn random_effects_happen_once_and_in_order_everywhere() {
    check_all(("effects", effects::program, 64));
}

fn check_all((name, make, count): Maker) {
    let number = |name: &str, default: u64| match env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    };
    let first = number("JSC_SEED", 1);
    let seeds = first..first + number("JSC_PROGRAMS", count);
    let faults: Vec<String> = seeds
        .into_par_iter()
        .filter_map(|seed| check(&format!("{name}-{seed}"), &make(seed)).err())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Runs a program everywhere. Its files stay where it does not do the same.
fn check(name: &str, files: &[(String, String)]) -> Result<(), String> {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&directory).expect("a directory for the program");
    for (file, text) in files {
        fs::write(directory.join(file), text).expect("the program is written");
    }
    let path = directory.join("index.mjs");
    let expected = by_node(&path);
    for way in WAYS {
        let (start, strip) = way;
        let entry = Entry::File(path.clone());
        let artifact = compile_entry(entry, start, strip, false, &[])
            .map_err(|error| format!("{name}, {way:?}: {error}"))?;
        let actual = run(&artifact.wasm, "_start", MAX_MEMORY);
        if actual.stdout != expected || actual.exit_code != 0 {
            let (line, difference) = first_difference(&expected, &actual.stdout);
            return Err(format!(
                "{name}, {way:?}, exit code {}: {difference}\nline {line} of its output; the program is {}\n{}",
                actual.exit_code,
                path.display(),
                actual.stderr
            ));
        }
    }
    fs::remove_dir_all(&directory).expect("it goes");
    Ok(())
}

fn by_node(path: &PathBuf) -> String {
    let output = Command::new("node")
        .arg(path)
        .env("TZ", "UTC")
        .output()
        .expect("Node is installed");
    let text = |bytes| String::from_utf8(bytes).expect("Node writes UTF-8");
    assert!(output.status.success(), "{}", text(output.stderr));
    text(output.stdout)
}

fn first_difference(expected: &str, actual: &str) -> (usize, String) {
    let mut lines = expected.lines().zip(actual.lines()).zip(1..);
    lines.find(|((a, b), _)| a != b).map_or_else(
        || (0, "one ends earlier".to_string()),
        |((a, b), line)| (line, format!("expected `{a}`, got `{b}`")),
    )
}
