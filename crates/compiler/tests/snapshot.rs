//! A program that was half run at build time, on an engine that was stripped, does what it does when it is run from its
//! start on the whole engine.
//!
//! The corpus is `corpus/*.js`. Each program is compiled in several ways and run; all runs must write what the `.out` file
//! beside it says. Those files are what Node writes: `JSC_BLESS=1 cargo test -p compiler --test snapshot` asks it
//! again. A program that begins with `// Not for Node` is asked of its own run from the start instead.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use compiler::{Start, Strip};
use interpreter::{Run, run};
use rayon::prelude::*;
use support::compile;

const MAX_MEMORY: usize = 1 << 30;

#[test]
fn snapshots_equal_fresh_starts() {
    let programs = programs();
    assert!(programs.len() >= 40, "{programs:?}");
    let faults: Vec<String> = programs
        .par_iter()
        .filter_map(|program| check(program).err())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn programs() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let entries = fs::read_dir(corpus).expect("the corpus");
    let mut programs: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .collect();
    programs.sort();
    programs
}

/// The ways to compile a program that must not differ from [`PLAINEST`].
const WAYS: [(Start, Strip); 4] = [
    (Start::Eager, Strip::Off),
    (Start::Eager, Strip::Safe),
    (Start::Eager, Strip::Names),
    (Start::Lazy, Strip::Names),
];

/// Nothing done at build time, nothing left out.
const PLAINEST: (Start, Strip) = (Start::Lazy, Strip::Off);

fn check(program: &Path) -> Result<(), String> {
    let plain = compiled_run(program, PLAINEST)?;
    let shown = program.display();
    for way in WAYS {
        let other = compiled_run(program, way)?;
        if plain != other {
            return Err(format!(
                "{shown}: {PLAINEST:?} gives {plain:?}, {way:?} gives {other:?}"
            ));
        }
    }
    let golden = program.with_extension("out");
    if std::env::var_os("JSC_BLESS").is_some() {
        let text = fs::read_to_string(program).expect("a program");
        let expected = if text.starts_with("// Not for Node") {
            outcome(&plain)
        } else {
            outcome(&by_node(program))
        };
        fs::write(&golden, expected).expect("the golden file is written");
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let actual = outcome(&plain);
    if actual != expected {
        return Err(format!("{shown}: expected\n{expected}\ngot\n{actual}"));
    }
    Ok(())
}

fn compiled_run(program: &Path, (start, strip): (Start, Strip)) -> Result<Run, String> {
    let artifact =
        compile(program, start, strip).map_err(|error| format!("{program:?}: {error}"))?;
    if !artifact.output.is_empty() {
        return Err(format!("{program:?} writes at build time"));
    }
    Ok(run(&artifact.wasm, "_start", MAX_MEMORY))
}

/// What the golden files hold. How an uncaught error is shown differs between engines.
fn outcome(run: &Run) -> String {
    match run.exit_code {
        0 => run.stdout.clone(),
        code => format!("{}[exit code {code}]\n", run.stdout),
    }
}

fn by_node(program: &Path) -> Run {
    let output = Command::new("node")
        .arg(program)
        .env("TZ", "UTC")
        .output()
        .expect("Node is installed");
    let text = |bytes| String::from_utf8(bytes).expect("Node writes UTF-8");
    Run {
        exit_code: output.status.code().expect("Node exits by itself"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}
