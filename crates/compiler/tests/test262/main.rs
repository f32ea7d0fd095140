//! What the tests of ECMAScript's test suite do is not changed by what is left out of their modules.
//!
//! Each test names the builtins that it is about and hardly any others, so that each is compiled with an engine of its own.
//! Whether it passes does not matter here, but everything that it observes is compared: `harness.rs` writes it down.
//!
//! `JSC_TEST262=DIR cargo test -p compiler --test test262` runs the tests of a copy of <https://github.com/tc39/test262>;
//! without the variable there is nothing to run. `JSC_TEST262_ONLY=built-ins/Map,language` chooses directories,
//! `JSC_TEST262_EVERY=20` each twentieth test of them, beginning with that of number `JSC_TEST262_FROM`. What differs and
//! may, is in `known.txt`; `JSC_BLESS=1` writes it anew, as far as it was run.

mod case;
mod harness;
mod known;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs};

use case::Case;
use compiler::{Entry, Start, Strip};
use known::Known;
use rayon::prelude::*;
use support::{Run, compile_entry, run_within};

const MAX_MEMORY: usize = 1 << 28;

/// Enough for nearly all tests; some of them try every character there is.
const MAX_FUEL: u64 = 500_000_000;

#[test]
fn tests_do_the_same_on_stripped_engines() {
    let Some(directory) = env::var_os("JSC_TEST262").map(PathBuf::from) else {
        println!("JSC_TEST262 names no copy of test262: nothing is compared");
        return;
    };
    let paths = chosen(&directory.join("test"));
    let compared = AtomicUsize::new(0);
    let outcomes: Vec<(String, Option<String>)> = paths
        .par_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(directory.join("test").join(path)).ok()?;
            let case = Case::read(&text)?;
            let place = directory.join("test").join(path);
            let difference = match compare(&place, &case) {
                Verdict::NotForUs => return None,
                Verdict::Same => None,
                Verdict::Different(difference) => Some(difference),
            };
            let count = compared.fetch_add(1, Ordering::Relaxed) + 1;
            if let Some(difference) = &difference {
                println!("{path}: {difference}");
            } else if count.is_multiple_of(100) {
                println!("{count} tests");
            }
            Some((path.clone(), difference))
        })
        .collect();
    let mut known = Known::read();
    println!("{} of {} tests compared", outcomes.len(), paths.len());
    assert!(!outcomes.is_empty(), "no test was chosen");
    if env::var_os("JSC_BLESS").is_some() {
        known.update(&outcomes);
    }
    let faults = known.faults(&outcomes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The tests that the variables choose, by their paths in `root`.
fn chosen(root: &Path) -> Vec<String> {
    let only = env::var("JSC_TEST262_ONLY").unwrap_or_else(|_| "built-ins,language".into());
    let number = |name: &str, default: usize| match env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    };
    let mut paths = Vec::new();
    for part in only.split(',') {
        collect(root, Path::new(part), &mut paths);
    }
    paths.sort();
    let from = number("JSC_TEST262_FROM", 0);
    let every = number("JSC_TEST262_EVERY", 1);
    paths.into_iter().skip(from).step_by(every).collect()
}

/// The tests in `root` whose paths begin with `part`, a directory or a file.
fn collect(root: &Path, part: &Path, paths: &mut Vec<String>) {
    let place = root.join(part);
    if place.is_dir() {
        for entry in fs::read_dir(&place).expect("a directory of tests") {
            collect(
                root,
                &part.join(entry.expect("an entry").file_name()),
                paths,
            );
        }
    } else if let Some(path) = part.to_str()
        && path.ends_with(".js")
        && !path.contains("_FIXTURE")
    {
        paths.push(path.to_owned());
    }
}

enum Verdict {
    /// It does not compile, or runs too long.
    NotForUs,
    Same,
    Different(String),
}

fn compare(place: &Path, case: &Case) -> Verdict {
    let program = harness::program(case);
    let Ok(plain) = compile_and_run(place, &program, Start::Lazy, Strip::Off) else {
        return Verdict::NotForUs;
    };
    match compile_and_run(place, &program, Start::Lazy, Strip::Names) {
        Err(error) => return Verdict::Different(error),
        Ok(stripped) if stripped != plain => {
            return Verdict::Different(difference(&plain, &stripped));
        }
        Ok(_) => {}
    }
    let Some(function) = harness::function(case) else {
        return Verdict::Same;
    };
    let Ok(plain) = compile_and_run(place, &function, Start::Lazy, Strip::Off) else {
        return Verdict::Same;
    };
    match compile_and_run(place, &function, Start::Eager, Strip::Names) {
        Err(error) => Verdict::Different(error),
        Ok(stripped) if stripped != plain => Verdict::Different(difference(&plain, &stripped)),
        Ok(_) => Verdict::Same,
    }
}

fn compile_and_run(place: &Path, text: &str, start: Start, strip: Strip) -> Result<Run, String> {
    let entry = Entry::Source {
        name: place.file_name().expect("a file").to_string_lossy().into(),
        text: text.into(),
        directory: place.parent().expect("a directory").into(),
    };
    let artifact =
        compile_entry(entry, start, strip, false, &[]).map_err(|error| error.to_string())?;
    let run = run_within(&artifact.wasm, "_start", MAX_MEMORY, Some(MAX_FUEL));
    run.ok_or_else(|| "it runs too long".into())
}

/// The first line that differs, on one line.
fn difference(plain: &Run, stripped: &Run) -> String {
    let lines = |run: &Run| -> Vec<String> {
        let texts = run.stdout.lines().chain(run.stderr.lines());
        texts
            .map(str::to_owned)
            .chain([run.exit_code.to_string()])
            .collect()
    };
    let (plain, stripped) = (lines(plain), lines(stripped));
    let line = (0..).find(|&line| plain.get(line) != stripped.get(line));
    let show = |lines: &[String]| lines.get(line?).cloned();
    format!("{:?} became {:?}", show(&plain), show(&stripped))
}
