//! What the language leaves to engines, and what is older than it: programs here print what they print under Node.

mod builtins;
mod positions;
mod sorting;
#[path = "../support/mod.rs"]
mod support;

use std::process::Command;

use support::{Project, finish};

/// Runs a module under Node and as compiled, with its body after the snapshot and, where it touches nothing, before.
fn check(program: &str) {
    let project = Project::new(&[("index.mjs", program)]);
    let mut node = Command::new("node");
    node.arg(project.path("index.mjs"));
    let expected = finish(&mut node, b"");
    assert_eq!(expected.code, 0, "{}", expected.stderr);
    assert!(!expected.stdout.is_empty(), "the program prints nothing");
    for start in ["--start=lazy", "--start=eager"] {
        let printed = project.succeed(&["run", "index.mjs", start], "");
        assert_eq!(printed, expected.stdout, "{start}");
    }
}
