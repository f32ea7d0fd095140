//! The suite in `suite/`, which is written in the manner of test262 and needs no network: each of its tests passes as
//! shipped, whenever it runs and whatever is stripped.

use std::path::Path;
use std::sync::Mutex;

use test262::{Column, Plan, Records, Suite, Verdict};

const COLUMNS: [Column; 3] = [Column::Build, Column::Run, Column::RunEval];

/// Tests that make code from strings, which default flags allow at build time only.
const EVAL: [&str; 3] = [
    "language/eval/direct.js",
    "language/eval/function-constructor.js",
    "language/eval/indirect.js",
];

/// FIXME: what is wrong today.
const WRONG: [&str; 1] = ["language/statements/class-private-undeclared.js"];

#[test]
fn each_test_passes_as_shipped() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let suite = Suite::open(&directory).expect("a suite");
    assert!(suite.paths.len() >= 150, "{} tests", suite.paths.len());
    let records = tried(&suite, &suite.paths, &COLUMNS);
    let mut faults = Vec::new();
    for (key, row) in &records.0 {
        for (column, verdict) in row {
            if WRONG.contains(&key.path.as_str()) {
                continue;
            }
            let wants_eval = EVAL.contains(&key.path.as_str()) && *column == Column::Run;
            if (*verdict == Verdict::Pass) == wants_eval {
                faults.push(format!("{} {} {column}: {verdict:?}", key.path, key.mode));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn other_flags_change_nothing() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let suite = Suite::open(&directory).expect("a suite");
    let sample: Vec<String> = suite.paths.iter().step_by(8).cloned().collect();
    let records = tried(&suite, &sample, &[Column::Lazy, Column::Safe, Column::Off]);
    for (key, row) in &records.0 {
        if WRONG.contains(&key.path.as_str()) {
            continue;
        }
        for (column, verdict) in row {
            assert_eq!(*verdict, Verdict::Pass, "{key:?} {column}");
        }
    }
}

fn tried(suite: &Suite, paths: &[String], columns: &[Column]) -> Records {
    let plan = Plan {
        columns: columns.to_vec(),
        native: None,
        go_on: true,
        cache_directory: Some(concat!(env!("CARGO_TARGET_TMPDIR"), "/cache").into()),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let records = Mutex::new(Records::default());
    let done = |key: &test262::Key, row: &test262::Row| {
        let mut records = records.lock().expect("no other test has failed");
        records.0.insert(key.clone(), row.clone());
        Ok(())
    };
    test262::run(suite, paths, &plan, |_| false, done).expect("the tests are tried");
    records.into_inner().expect("no test has failed")
}
