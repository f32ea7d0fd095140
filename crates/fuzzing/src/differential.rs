//! Compiles a program in several ways and compares what the modules do with what Node does.

use std::fs;
use std::path::Path;

use compiler::{Entry, Options, Start, Strip};
use tempfile::TempDir;

use crate::generators::Files;
use crate::node::Answer;
use crate::{Fault, node};

/// Bytes of linear memory that a module may use.
pub(crate) const MAX_MEMORY: usize = 1 << 28;

/// When a program's body runs, and what is left out of its module.
pub(crate) type Way = (Start, Strip);

/// All these give the same.
pub(crate) const WAYS: [Way; 4] = [
    (Start::Lazy, Strip::Off),
    (Start::Eager, Strip::Names),
    (Start::Lazy, Strip::Names),
    (Start::Eager, Strip::Safe),
];

/// The file that a program starts in.
pub(crate) const ENTRY: &str = "index.mjs";

/// A directory with a program. It stays where the program shows a fault.
pub(crate) struct Directory(TempDir);

impl Directory {
    pub(crate) fn with(files: &Files) -> Result<Directory, Fault> {
        let made = tempfile::Builder::new().prefix("jsc-program-").tempdir();
        let directory = made.map_err(|error| Fault::new(format!("no directory: {error}")))?;
        for (name, text) in files {
            let path = directory.path().join(name);
            let parent = path.parent().unwrap_or(directory.path());
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, text))
                .map_err(|error| Fault::new(format!("{name} cannot be written: {error}")))?;
        }
        Ok(Directory(directory))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The fault, with where its program is kept.
    pub(crate) fn keep(self, fault: Fault) -> Fault {
        let path = self.0.keep();
        fault.of(&format!("the program is in {}", path.display()))
    }
}

/// Checks that a program does in each way what it does in a realm of Node's.
pub(crate) fn check_by_realm(files: &Files) -> Result<(), Fault> {
    let expected = node::run_realm(files, None)?;
    let directory = Directory::with(files)?;
    check(directory.path(), &WAYS, &[("_start", expected)]).map_err(|fault| directory.keep(fault))
}

/// The same by a process of Node's, for programs with `import()` and CommonJS modules.
pub(crate) fn check_by_process(files: &Files) -> Result<(), Fault> {
    let directory = Directory::with(files)?;
    let expected = node::run_process(&directory.path().join(ENTRY))?;
    check(directory.path(), &WAYS, &[("_start", expected)]).map_err(|fault| directory.keep(fault))
}

/// Compiles the program in `directory`.
pub(crate) fn compile(directory: &Path, (start, strip): Way) -> Result<compiler::Artifact, Fault> {
    let mut options = Options::new(Entry::File(directory.join(ENTRY)));
    (options.start, options.strip) = (start, strip);
    compiler::compile(&options).map_err(|error| {
        Fault::new(format!(
            "{start:?}, {strip:?}: it does not compile: {error}"
        ))
    })
}

/// Checks that the program in `directory` does what is expected of each of its exports, in each way; every export is
/// called in an instance of its own.
pub(crate) fn check(
    directory: &Path,
    ways: &[Way],
    expected: &[(&str, Answer)],
) -> Result<(), Fault> {
    for way in ways {
        let artifact = compile(directory, *way)?;
        for (export, expected) in expected {
            let run = interpreter::run(&artifact.wasm, export, MAX_MEMORY);
            let actual = Answer {
                is_success: run.exit_code == 0,
                output: run.stdout,
            };
            if actual != *expected {
                return Err(Fault::new(format!(
                    "{way:?}, {export}, exit code {}: {}\n{}",
                    run.exit_code,
                    difference(expected, &actual),
                    run.stderr
                )));
            }
            if run.exit_code == interpreter::TRAPPED {
                return Err(Fault::new(format!("{way:?}, {export}: {}", run.stderr)));
            }
        }
    }
    Ok(())
}

fn difference(expected: &Answer, actual: &Answer) -> String {
    let (mut expected_lines, mut actual_lines) = (expected.output.lines(), actual.output.lines());
    for line in 1.. {
        match (expected_lines.next(), actual_lines.next()) {
            (None, None) => break,
            (one, other) if one == other => {}
            (one, other) => {
                let shown =
                    |line: Option<&str>| line.map_or("the end".into(), |line| format!("`{line}`"));
                return format!("line {line}: expected {}, got {}", shown(one), shown(other));
            }
        }
    }
    match expected.is_success {
        true => "it fails".into(),
        false => "it does not fail".into(),
    }
}
