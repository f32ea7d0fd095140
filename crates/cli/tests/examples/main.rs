//! Compiles every example and the bundle of `tests/bundle` by `jsc compile`, and tests what comes of it: the outputs, the
//! figures, and that other hosts run the modules as they are.

mod figures;
mod hosts;
mod outputs;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use examples::{Call, Example};
use tempfile::TempDir;

/// An example and the module that it was compiled to.
struct Compiled {
    example: Example,
    wasm: Vec<u8>,
}

/// The modules, in files that are named after the examples.
static MODULES: LazyLock<TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("there is room for a temporary directory"));

static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let examples = examples::all().unwrap_or_else(|error| panic!("{error:#}"));
    examples
        .iter()
        .map(|example| compile_as(example, &[]))
        .collect()
});

/// Compiles an example with these options.
fn compile_as(example: &Example, options: &[&str]) -> Compiled {
    let name = format!("{}{}.wasm", example.name, options.concat());
    let module = MODULES.path().join(name);
    let output = jsc()
        .args(["compile", "--quiet"])
        .args(options)
        .arg(&example.entry)
        .arg("-o")
        .arg(&module)
        .output()
        .expect("jsc starts");
    assert!(
        output.status.success(),
        "{} does not compile:\n{}",
        example.name,
        String::from_utf8_lossy(&output.stderr)
    );
    let wasm = fs::read(&module).expect("jsc compile has written the module");
    Compiled {
        example: example.clone(),
        wasm,
    }
}

fn module_of(example: &Example) -> std::path::PathBuf {
    MODULES.path().join(format!("{}.wasm", example.name))
}

fn jsc() -> Command {
    Command::new(env!("CARGO_BIN_EXE_jsc"))
}

/// Every call of every example, by what makes a command that runs a module's export (`None`: `_start`).
fn check_commands(command: impl Fn(&Path, Option<&str>) -> Command) {
    check_calls(|compiled, call| {
        let mut command = command(&module_of(&compiled.example), call.export.as_deref());
        let input = File::open(&call.input).expect("the input is readable");
        let output = command
            .stdin(Stdio::from(input))
            .output()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}:\n{errors}");
        assert_eq!(errors, "", "{command:?}");
        output.stdout
    });
}

/// Compares what `run` gives for every call of every example with what is expected.
fn check_calls(run: impl Fn(&Compiled, &Call) -> Vec<u8>) {
    for compiled in &*COMPILED {
        for call in &compiled.example.calls {
            let stdout = run(compiled, call);
            assert_eq!(
                String::from_utf8_lossy(&stdout),
                String::from_utf8_lossy(&call.expected),
                "{} {}",
                compiled.example.name,
                call.export.as_deref().unwrap_or_default()
            );
        }
    }
}
