//! QuickJS's own tests, which are in the package of its sources, do on a stripped engine what they do on the whole one.
//!
//! They are read from the package and never copied. Each file is compiled with nothing done at build time, once for each
//! level of stripping. What the files want of QuickJS's own shell (`print`, `gc`, the module `qjs:os`) is put in front of
//! them on their first line, so that the positions that some of them check stay right.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use compiler::{Entry, Start, Strip};
use interpreter::{Run, run};
use rayon::prelude::*;
use support::compile_entry;

const MAX_MEMORY: usize = 1 << 30;

/// The shell's globals.
const SHELL: &str = "globalThis.print ??= console.log; globalThis.gc ??= () => {}; globalThis.scriptArgs ??= []; \
                     globalThis.os ??= { platform: 'wasi' }; globalThis.std ??= { gc() {}, exit() {} }; \
                     globalThis.qjs ??= { getStringKind: (text) => Number(text.length > 1000) }; ";

/// Files that are no tests of programs, by the start of their paths, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("assert.js", "is imported by the others"),
    (
        "bug567.js",
        "exports functions, which jsc calls in its own way",
    ),
    ("bug1672/", "wants the shell to interrupt it"),
    (
        "detect_module/",
        "tests how the shell tells modules from scripts",
    ),
    ("fixture_", "is imported by the others"),
    (
        "import-attributes-identity.js",
        "does not link, which jsc says when it compiles",
    ),
    ("microbench.js", "measures time"),
    ("test_bjson.js", "wants the shell's bjson"),
    ("test_std.js", "tests the shell's std and os"),
    ("test_worker", "wants the shell's workers"),
];

/// Tests that fail on the whole engine, too, and why.
const FAIL: &[(&str, &str)] = &[
    (
        "array-sort-identical-values.js",
        "wants another order than V8's of a comparator that contradicts itself",
    ),
    ("bug1591.js", "wants an end to groups with names"),
    ("bug1661.js", "leaves a rejection unhandled"),
];

/// Calls in tests that are not made.
const NOT_CALLED: &[(&str, &str)] = &[(
    // It wants `lineNumber` and `columnNumber` of functions, which no other engine has.
    "test_builtin.js",
    "\ntest_function_source_pos();",
)];

/// Tests that take seconds on an interpreter; they run once, stripped, and are to pass.
const SLOW: &[&str] = &["test_bigint.js", "test_builtin.js"];

/// The directory of the tests, as cargo knows it.
fn directory() -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../js-runtime");
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--filter-platform=wasm32-wasip1",
        ])
        .current_dir(runtime)
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout);
    // The one manifest path of that package.
    let manifest = text
        .split('"')
        .find(|part| part.contains("rquickjs-sys-") && part.ends_with("Cargo.toml"))
        .expect("the package of QuickJS's sources");
    Path::new(manifest).with_file_name("quickjs").join("tests")
}

/// A file, and how it is run.
struct Test {
    name: String,
    entry: Entry,
    /// A script, whose code is not strict: it is a text to a module.
    is_script: bool,
    needs_eval: bool,
    /// It is to fail.
    is_negative: bool,
}

fn tests() -> Vec<Test> {
    let directory = directory();
    let mut paths = Vec::new();
    collect(&directory, &mut paths);
    paths.sort();
    let tests = paths.iter().map(|path| {
        let name = path.strip_prefix(&directory).expect("a path in there");
        test(name.display().to_string(), path)
    });
    tests
        .filter(|test| {
            LEFT_OUT
                .iter()
                .all(|(name, _)| !test.name.starts_with(name))
        })
        .collect()
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "js") {
            paths.push(path);
        }
    }
}

fn test(name: String, path: &Path) -> Test {
    let mut text = fs::read_to_string(path).expect("UTF-8");
    for (_, call) in NOT_CALLED.iter().filter(|(test, _)| *test == name) {
        text = text.replace(call, "\n");
    }
    let is_module = is_module(&text);
    let is_negative = text.contains("negative:\n");
    let needs_eval = !is_module || text.contains("eval") || text.contains("Function(");
    let text = if is_module {
        let lines: Vec<String> = text.lines().map(without_shell_import).collect();
        format!("{SHELL}{}", lines.join("\n"))
    } else {
        format!("{SHELL}(0, eval)({text:?});")
    };
    let file = path.file_name().expect("a file").to_string_lossy();
    Test {
        entry: Entry::Source {
            name: file.into_owned(),
            text: text.into_bytes(),
            directory: path.parent().expect("a directory").to_owned(),
        },
        name,
        is_script: !is_module,
        needs_eval,
        is_negative,
    }
}

/// Scripts have no imports and wait for nothing at their top level; some files say what they are.
fn is_module(text: &str) -> bool {
    let is_of_module = |line: &str| {
        let is_outside = !line.starts_with(char::is_whitespace);
        line.contains("import(")
            || ["import ", "export "]
                .iter()
                .any(|start| line.starts_with(start))
            || (is_outside && line.contains("= await "))
    };
    let needs_sloppy = text.contains("needs to run in non-strict mode");
    !needs_sloppy && (text.contains(", module]") || text.lines().any(is_of_module))
}

/// `import * as os from "qjs:os";` takes what is in front of the file.
fn without_shell_import(line: &str) -> String {
    match line
        .strip_prefix("import * as ")
        .and_then(|rest| rest.split_once(" from \"qjs:"))
    {
        Some((name, _)) => format!("const {name} = globalThis.{name};"),
        None => line.to_string(),
    }
}

#[test]
fn stripped_engines_pass_the_tests_that_the_whole_one_passes() {
    let tests = tests();
    assert!(tests.len() >= 60, "{} tests", tests.len());
    let faults: Vec<String> = tests
        .par_iter()
        .filter_map(|test| check(test).err())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check(test: &Test) -> Result<(), String> {
    let name = &test.name;
    if SLOW.contains(&name.as_str()) {
        let run = compiled_run(test, Strip::Names)?;
        return match run.exit_code {
            0 => Ok(()),
            _ => Err(format!("{name} fails: {run:?}")),
        };
    }
    let whole = compiled_run(test, Strip::Off)?;
    let passes = (whole.exit_code == 0) != test.is_negative;
    if passes == FAIL.iter().any(|(fails, _)| fails == name) {
        return Err(format!("{name} {passes} on the whole engine: {whole:?}"));
    }
    let levels = match name.starts_with("test_") {
        true => &[Strip::Safe, Strip::Names][..],
        // Most of them are for one bug each.
        false => &[Strip::Names],
    };
    for strip in levels {
        let stripped = compiled_run(test, *strip)?;
        if stripped != whole {
            return Err(format!(
                "{name}: the whole engine gives {whole:?}, {strip:?} gives {stripped:?}"
            ));
        }
    }
    Ok(())
}

/// Runs a test. What it uses by names that it puts together is kept as the messages of left-out builtins say.
fn compiled_run(test: &Test, strip: Strip) -> Result<Run, String> {
    // Some compare the texts of functions.
    let mut keep = vec!["source".to_string()];
    // The names in a text that is evaluated are not seen; and what is slow shall run once.
    if test.is_script || SLOW.contains(&test.name.as_str()) {
        keep.push("all".to_string());
    }
    loop {
        let entry = test.entry.clone();
        let artifact = compile_entry(entry, Start::Lazy, strip, test.needs_eval, &keep)
            .map_err(|error| format!("{} with {keep:?}: {error}", test.name))?;
        let run = run(&artifact.wasm, "_start", MAX_MEMORY);
        let said = format!("{}{}", run.stdout, run.stderr);
        let Some((_, name)) = said.split_once("compile it with --keep ") else {
            return Ok(run);
        };
        // With all that belongs to it: such tests try one after the other.
        let is_end = |character: char| !character.is_alphanumeric();
        let name = name.split(is_end).next().unwrap_or_default().to_string();
        if keep.contains(&name) {
            return Err(format!("{}: --keep {name} does not keep it", test.name));
        }
        keep.push(name);
    }
}
