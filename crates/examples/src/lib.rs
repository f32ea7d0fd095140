//! The examples, found by reading `examples/`: a directory with an `index.js` is one, and its files say what goes in
//! and what must come out. The bundle of `tests/bundle` is measured and tested along with them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// A program with its calls.
#[derive(Clone, Debug)]
pub struct Example {
    /// The name of its directory.
    pub name: String,
    /// The module to compile.
    pub entry: PathBuf,
    /// At least one.
    pub calls: Vec<Call>,
}

/// A run of an example.
#[derive(Clone, Debug)]
pub struct Call {
    /// The exported function as the module names it, `None` for `_start`.
    pub export: Option<String>,
    /// What it reads from standard input.
    pub input: PathBuf,
    /// What it must write to standard output, byte for byte.
    pub expected: Vec<u8>,
}

/// All examples in the order of their names, the bundle last.
///
/// # Errors
///
/// A file that cannot be read, an input without an expected output, an example without a call.
pub fn all() -> Result<Vec<Example>> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut examples = Vec::new();
    for directory in sorted(&root.join("examples"))? {
        let entry = directory.join("index.js");
        if entry.is_file() {
            examples.push(example(&directory, entry)?);
        }
    }
    let bundle = root.join("tests/bundle");
    let entry = bundle.join("dist/bundle.js");
    ensure!(
        entry.is_file(),
        "tests/bundle is not built; run `cargo xtask setup`"
    );
    examples.push(example(&bundle, entry)?);
    Ok(examples)
}

fn example(directory: &Path, entry: PathBuf) -> Result<Example> {
    let mut calls = Vec::new();
    for input in sorted(directory)? {
        calls.extend(call(&input)?);
    }
    ensure!(
        !calls.is_empty(),
        "{} has no input.json or input.txt",
        directory.display()
    );
    Ok(Example {
        name: file_name(directory)?.to_owned(),
        entry,
        calls,
    })
}

/// The call that an input file stands for: `input.*` for the default export, `<function>.input.*` for another.
fn call(input: &Path) -> Result<Option<Call>> {
    let (function, extension) = match file_name(input)?.split('.').collect::<Vec<_>>()[..] {
        ["input", extension] => (None, extension),
        [function, "input", extension] => (Some(function), extension),
        _ => return Ok(None),
    };
    let prefix = function.map(|name| format!("{name}.")).unwrap_or_default();
    let expected = input.with_file_name(format!("{prefix}expected.{extension}"));
    let expected =
        fs::read(&expected).with_context(|| format!("cannot read {}", expected.display()))?;
    Ok(Some(Call {
        export: function.map(compiler::export_name),
        input: input.to_owned(),
        expected,
    }))
}

fn sorted(directory: &Path) -> Result<Vec<PathBuf>> {
    let cannot_read = || format!("cannot read {}", directory.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).with_context(cannot_read)? {
        paths.push(entry.with_context(cannot_read)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> Result<&str> {
    match path.file_name().and_then(|name| name.to_str()) {
        Some(name) => Ok(name),
        None => bail!("{} has no name in UTF-8", path.display()),
    }
}
