//! Programs that use npm packages (`tests/packages`) print under `jsc run` what they print under Node, and packages cost
//! only what is used of them.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde_json::Value;
use support::{Finished, Project, finish};

/// Programs that do not work yet, and the API that each of them lacks.
const EXPECTED_FAILURES: [(&str, &str); 3] = [
    ("luxon", "Intl"),
    ("react-dom", "MessageChannel"),
    ("uglify-js", "fs"),
];

/// The first line of a program that needs arguments of `jsc compile` begins so.
const ARGUMENTS: &str = "// jsc: ";

/// The least that a program prints: equal outputs of nothing would say nothing.
const LEAST_OUTPUT: usize = 12;

/// The most bytes that one function of lodash-es may add to a module.
const MOST_BYTES: u64 = 15_000;

/// A program of `tests/packages/programs` and its input.
struct Program {
    name: String,
    path: PathBuf,
    text: String,
    input: PathBuf,
}

/// The directory of the packages and of the programs that use them.
fn directory() -> PathBuf {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/packages");
    assert!(
        directory.join("node_modules").is_dir(),
        "the packages of tests/packages are not installed; run `cargo xtask setup`"
    );
    directory
}

/// All programs, in the order of their names.
fn programs() -> Vec<Program> {
    let entries = fs::read_dir(directory().join("programs")).expect("the programs are there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "mjs"));
    paths.sort();
    let program = |path: PathBuf| Program {
        name: path.file_stem().expect("a name").to_string_lossy().into(),
        text: fs::read_to_string(&path).expect("a program is text"),
        input: path.with_extension("json"),
        path,
    };
    paths.into_iter().map(program).collect()
}

impl Program {
    /// The arguments of `jsc compile` that the first line of the text asks for.
    fn arguments(&self) -> Vec<&str> {
        let first = self.text.lines().next().unwrap_or_default();
        let arguments = first.strip_prefix(ARGUMENTS).unwrap_or_default();
        arguments.split_whitespace().collect()
    }

    /// What Node makes of the program.
    fn under_node(&self) -> Finished {
        let mut command = Command::new("node");
        command
            .arg(directory().join("run.mjs"))
            .arg(&self.path)
            .env("NODE_ENV", "production")
            .env("TZ", "UTC")
            .env_remove("NODE_OPTIONS");
        let input = fs::read(&self.input)
            .unwrap_or_else(|error| panic!("{} has no input: {error}", self.name));
        finish(&mut command, &input)
    }

    /// What the module does; if there is none, how compiling ended.
    fn compiled(&self, arguments: &[&str]) -> Finished {
        let project = Project::new(&[]);
        let path = self.path.to_str().expect("the repository's path is UTF-8");
        let input = self.input.to_str().expect("the repository's path is UTF-8");
        let compile = ["compile", "--quiet", path, "-o", "program.wasm"];
        let compiled = project.jsc(&[&compile, arguments].concat(), "");
        if compiled.code != 0 {
            return compiled;
        }
        let run = ["run", "program.wasm", "--timeout", "60s", "--input", input];
        project.jsc(&run, "")
    }

    /// What is wrong with the program.
    fn fault(&self) -> Option<String> {
        let node = self.under_node();
        if node.code != 0 || node.stdout.len() < LEAST_OUTPUT {
            return Some(format!(
                "{}: it should print something under Node, and prints\n{}{}",
                self.name, node.stdout, node.stderr
            ));
        }
        let arguments = self.arguments();
        let ours = self.compiled(&arguments);
        let works = same(&ours, &node);
        let expected = EXPECTED_FAILURES
            .iter()
            .find(|(name, _)| *name == self.name);
        match expected {
            Some((_, api)) if works => Some(format!(
                "{}: it works without {api}; remove it from EXPECTED_FAILURES",
                self.name
            )),
            Some((_, api)) if !lacks(&ours, api) => Some(format!(
                "{}: it should fail for want of {api}, and ends with {}\n{}{}",
                self.name, ours.code, ours.stdout, ours.stderr
            )),
            None if !works => Some(format!(
                "{}: the outputs differ\n  node: {}\n   jsc: {}\n{}",
                self.name, node.stdout, ours.stdout, ours.stderr
            )),
            None if !arguments.is_empty() && same(&self.compiled(&[]), &node) => Some(format!(
                "{}: it works without {arguments:?}; remove its first line",
                self.name
            )),
            _ => None,
        }
    }
}

/// Whether the module has ended well and printed what Node prints.
fn same(ours: &Finished, node: &Finished) -> bool {
    ours.code == 0 && ours.stdout == node.stdout
}

/// Whether a program has failed because there is no such API.
fn lacks(finished: &Finished, api: &str) -> bool {
    let global = format!("{api} is not defined");
    let module = format!("{api} is a module of Node");
    finished.code != 0 && (finished.stderr.contains(&global) || finished.stderr.contains(&module))
}

#[test]
fn programs_print_what_they_print_under_node() {
    let programs = programs();
    for (name, _) in EXPECTED_FAILURES {
        assert!(
            programs.iter().any(|program| program.name == name),
            "EXPECTED_FAILURES has {name}, which is no program"
        );
    }
    let faults: Vec<String> = programs.par_iter().filter_map(Program::fault).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n\n"));
}

#[test]
fn every_package_has_a_program() {
    let manifest = fs::read_to_string(directory().join("package.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    let programs = programs();
    for package in manifest["dependencies"]
        .as_object()
        .expect("dependencies")
        .keys()
    {
        let (entry, inner) = (format!("from '{package}'"), format!("from '{package}/"));
        assert!(
            programs
                .iter()
                .any(|program| program.text.contains(&entry) || program.text.contains(&inner)),
            "no program of tests/packages imports {package}"
        );
    }
}

/// Compiles a program of `tests/packages/figures` and runs it: the bytes of its module, and its instructions.
fn figures(name: &str, expected: &str) -> (u64, u64) {
    let project = Project::new(&[]);
    let path = directory().join("figures").join(name);
    let path = path.to_str().expect("the repository's path is UTF-8");
    project.succeed(&["compile", "--quiet", path, "-o", "program.wasm"], "");
    let bytes = project.read("program.wasm").len() as u64;
    let run = project.jsc(
        &["run", "program.wasm", "--report=json"],
        "{\"list\":[1,2,3]}",
    );
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, expected),
        "{}",
        run.stderr
    );
    let report: Value =
        serde_json::from_str(run.stderr.lines().last().unwrap_or_default()).expect("JSON");
    let figures = report["figures"].as_array().expect("figures");
    let fuel = figures.iter().find(|figure| figure["name"] == "fuel");
    let fuel = fuel.and_then(|fuel| fuel["used"].as_u64());
    (bytes, fuel.expect("the report has the fuel"))
}

#[test]
fn what_is_not_used_of_lodash_is_at_most_15_kilobytes() {
    let (own_file, _) = figures("own-file.mjs", "[[1,2],[3]]");
    let (all, _) = figures("one-function.mjs", "[[1,2],[3]]");
    assert!(
        all <= own_file + MOST_BYTES,
        "{all} bytes with all of lodash-es loaded, {own_file} with the function's own file"
    );
}

/// Functions of lodash-es, and what one would write without it: the difference is the package's.
const SMALL: [(&str, &str); 7] = [
    ("identity", "(value) => value"),
    ("constant", "(value) => () => value"),
    ("eq", "(a, b) => a === b || (a !== a && b !== b)"),
    (
        "head",
        "(list) => (list && list.length ? list[0] : undefined)",
    ),
    (
        "last",
        "(list) => (list && list.length ? list[list.length - 1] : undefined)",
    ),
    ("isNil", "(value) => value == null"),
    (
        "compact",
        "(list) => { const out = []; let i = -1, n = 0; while (++i < list.length) if (list[i]) out[n++] = list[i]; return out; }",
    ),
];

#[test]
fn one_function_of_lodash_adds_at_most_15_kilobytes() {
    let bytes = |text: &str| {
        let project = Project::new(&[("index.mjs", text)]);
        project.succeed(
            &["compile", "--quiet", "index.mjs", "-o", "program.wasm"],
            "",
        );
        project.read("program.wasm").len() as u64
    };
    let lodash = directory().join("node_modules/lodash-es/lodash.js");
    let lodash = lodash.to_str().expect("the repository's path is UTF-8");
    for (name, own) in SMALL {
        let without = bytes(&format!(
            "const own = {own};\nexport default ({{ list }}) => own(list, 2);"
        ));
        let with = bytes(&format!(
            "import {{ {name} }} from '{lodash}';\nexport default ({{ list }}) => {name}(list, 2);"
        ));
        assert!(
            with <= without + MOST_BYTES,
            "{with} bytes with {name} of lodash-es, {without} without"
        );
    }
}

/// `chunk` trims text by regular expressions and computes remainders, which bring parts of the engine along: the limit is
/// not for those, but what is not used of `RegExp` (its compiler, above all) must not come along either.
#[test]
fn one_function_of_lodash_brings_only_what_it_uses_of_the_engine() {
    let (without, _) = figures("plain.mjs", "[1,2,3]");
    let (with, _) = figures("one-function.mjs", "[[1,2],[3]]");
    assert!(
        with <= without + 85_000,
        "{with} bytes with one function of lodash-es, {without} without"
    );
}

#[test]
fn fuel_does_not_grow_with_the_dependencies() {
    let (_, without) = figures("plain.mjs", "[1,2,3]");
    let (_, with) = figures("trivial.mjs", "[1,2,3]");
    assert!(
        with.abs_diff(without) * 100 <= without * 3,
        "{with} instructions with lodash-es, {without} without"
    );
}
