//! Whatever jsc is given: it says what is wrong with it, and leaves no half-written files behind.
//!
//! What it says is in the `.txt` files of this directory: a transcript of each case. `JSC_BLESS=1 cargo test -p cli
//! --test bad_input` writes them anew; read the difference before it is committed.

mod build_time;
mod compile_usage;
mod graph;
mod handlers;
mod modules;
mod names;
mod output;
mod overwrite;
mod pipes;
mod run_stdin;
mod sources;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

use support::{Finished, Project};

/// Runs `jsc`, which must fail without changing any file, and compares the transcript with the golden file `name`.
fn check(name: &str, project: &Project, arguments: &[&str], stdin: impl AsRef<[u8]>) {
    let before = project.files();
    let finished = project.jsc(arguments, stdin);
    assert!(
        project.files() == before,
        "jsc {arguments:?} changes the directory: before {:?}, after {:?}",
        before.keys(),
        project.files().keys()
    );
    assert!(
        (1..=3).contains(&finished.code),
        "jsc {arguments:?} ends in an undocumented way: {finished:?}"
    );
    compare(name, &transcript(arguments, &finished));
}

/// Compiles `index.js` of these files over an older module, which must fail and leave that module as it is.
fn check_program(name: &str, files: &[(&str, &str)]) {
    check_compile(name, files, &[]);
}

/// As [`check_program`], with further arguments.
fn check_compile(name: &str, files: &[(&str, &str)], arguments: &[&str]) {
    let project = Project::new(files);
    project.write("index.wasm", "the module of the last time");
    let arguments = [&["compile", "index.js"], arguments].concat();
    check(name, &project, &arguments, "");
}

/// What a terminal would show.
fn transcript(arguments: &[&str], finished: &Finished) -> String {
    let mut text = format!("$ jsc {}\n", arguments.join(" "));
    for stream in [&finished.stdout, &finished.stderr] {
        text.push_str(stream);
        if !text.ends_with('\n') {
            text.push_str("⏎\n");
        }
    }
    text + &format!("[exit code {}]\n", finished.code)
}

/// Compares with a golden file, or writes it when asked to.
fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/bad_input")
        .join(name)
        .with_extension("txt");
    if std::env::var_os("JSC_BLESS").is_some() {
        fs::write(&path, actual).expect("the golden file is written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        actual, expected,
        "{name}.txt differs; see the head of this test on how to accept the change"
    );
}
