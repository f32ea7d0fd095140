//! What compiled programs print by `console`, against what Node prints for the same programs.
//!
//! Every `console/*.js` stands beside a `.stdout` that Node wrote. `JSC_BLESS=1 cargo test -p cli --test console` has
//! Node write them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs a program of which nothing on standard error is expected.
fn output_of(command: &mut Command) -> Vec<u8> {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    assert!(
        status.success(),
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&stderr)
    );
    stdout
}

fn programs() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/console");
    let mut programs: Vec<PathBuf> = fs::read_dir(directory)
        .expect("tests/console can be read")
        .map(|entry| entry.expect("tests/console can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .collect();
    programs.sort();
    programs
}

#[test]
fn programs_print_what_node_prints() {
    let bless = std::env::var_os("JSC_BLESS").is_some();
    let modules = tempfile::tempdir().expect("a temporary directory can be made");
    let programs = programs();
    assert!(!programs.is_empty(), "tests/console has no programs");
    for program in programs {
        let golden = program.with_extension("stdout");
        if bless {
            // Modules, as jsc takes them.
            let node = output_of(
                Command::new("node")
                    .args(["--no-warnings", "--experimental-default-type=module"])
                    .arg(&program),
            );
            fs::write(&golden, node).expect("the expected output can be written");
        }
        let expected = fs::read_to_string(&golden)
            .unwrap_or_else(|error| panic!("{}: {error}; bless the test", golden.display()));
        let module = modules.path().join("module.wasm");
        let jsc = || Command::new(env!("CARGO_BIN_EXE_jsc"));
        output_of(
            jsc()
                .args(["compile", "-q"])
                .arg(&program)
                .arg("-o")
                .arg(&module),
        );
        let printed = output_of(jsc().arg("run").arg(&module));
        let printed = String::from_utf8_lossy(&printed);
        for (number, (printed, expected)) in printed.lines().zip(expected.lines()).enumerate() {
            let line = number + 1;
            assert_eq!(printed, expected, "{}: line {line}", golden.display());
        }
        assert_eq!(printed, expected, "{}", golden.display());
    }
}
