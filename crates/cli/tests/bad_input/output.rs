//! Places that cannot be written to.

use std::io::{self, Read};
use std::process::Stdio;

use crate::check;
use crate::support::{Finished, Project};

const PROGRAM: &str = "export default () => 1;\n";

fn check_output(name: &str, files: &[(&str, &str)], output: &str) {
    let project = Project::new(&[&[("index.js", PROGRAM)], files].concat());
    check(
        &format!("output_{name}"),
        &project,
        &["compile", "index.js", "-o", output],
        "",
    );
}

#[test]
fn unwritable_paths() {
    check_output("in_a_file", &[("dist", "a file")], "dist/fn.wasm");
    check_output("is_a_directory", &[("dist/keep", "")], "dist");
    check_output("with_closing_slash", &[], "dist/");
    check_output("empty", &[], "");
}

#[cfg(target_os = "linux")]
#[test]
fn device() {
    check_output("in_a_device", &[], "/dev/null/fn.wasm");
    check_output("where_nothing_can_be_made", &[], "/proc/dist/fn.wasm");
}

/// A device stays a device, and a link leads to what is written.
#[cfg(target_os = "linux")]
#[test]
fn links_and_devices() {
    use std::fs;
    use std::os::unix::fs::symlink;
    let project = Project::new(&[("index.js", PROGRAM), ("dist/old.wasm", "old")]);
    let is_link = |name| fs::symlink_metadata(project.path(name)).is_ok_and(|it| it.is_symlink());
    symlink("/dev/full", project.path("full")).expect("a link");
    let finished = project.jsc(&["compile", "index.js", "-o", "full"], "");
    assert_eq!(
        (finished.code, finished.stderr.as_str()),
        (
            3,
            "error: cannot write full: No space left on device (os error 28)\n"
        )
    );
    symlink("/dev/null", project.path("null")).expect("a link");
    project.succeed(&["compile", "index.js", "-o", "null"], "");
    assert!(is_link("full") && is_link("null"));
    symlink("dist/old.wasm", project.path("fn.wasm")).expect("a link");
    project.succeed(&["compile", "index.js", "-o", "fn.wasm"], "");
    assert!(is_link("fn.wasm"));
    assert!(project.read("dist/old.wasm").starts_with(b"\0asm"));
}

/// Runs `jsc` with a standard output that nobody reads any more.
fn with_closed_stdout(project: &Project, arguments: &[&str], read: usize) -> Finished {
    let (mut reader, writer) = io::pipe().expect("a pipe");
    let mut child = project
        .command(arguments)
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .expect("jsc starts");
    let mut start = vec![0; read];
    reader.read_exact(&mut start).expect("jsc writes");
    drop(reader);
    let mut stderr = String::new();
    let mut pipe = child.stderr.take().expect("standard error is a pipe");
    pipe.read_to_string(&mut stderr).expect("jsc writes UTF-8");
    Finished {
        code: child
            .wait()
            .expect("jsc ends")
            .code()
            .expect("jsc exits by itself"),
        stdout: String::from_utf8_lossy(&start).into_owned(),
        stderr,
    }
}

#[test]
fn compile_with_closed_stdout() {
    let project = Project::new(&[("index.js", PROGRAM)]);
    // The line about success is lost, the module is not.
    let finished = with_closed_stdout(&project, &["compile", "index.js"], 0);
    assert_eq!((finished.code, finished.stderr.as_str()), (0, ""));
    assert!(project.read("index.wasm").starts_with(b"\0asm"));
}

#[test]
fn compile_into_closed_stdout() {
    let project = Project::new(&[("index.js", PROGRAM)]);
    let finished = with_closed_stdout(&project, &["compile", "index.js", "-o", "-"], 4);
    assert_eq!(finished.stdout, "\0asm");
    assert_eq!((finished.code, finished.stderr.as_str()), (1, ""));
    assert_eq!(project.files().len(), 1);
}

#[test]
fn help_into_closed_stdout() {
    let project = Project::new(&[]);
    for arguments in [&["--help"][..], &["--version"], &["completions", "bash"]] {
        let finished = with_closed_stdout(&project, arguments, 0);
        assert_eq!(finished.stderr, "", "jsc {arguments:?}");
    }
}

#[test]
fn run_with_closed_stdout() {
    let project = Project::compiled("export default () => 'x'.repeat(1e6);\n");
    let finished = with_closed_stdout(&project, &["run", "index.wasm"], 10);
    assert_eq!(finished.stdout, "\"xxxxxxxxx");
    assert_eq!((finished.code, finished.stderr.as_str()), (1, ""));
}

#[test]
fn endless_output_into_closed_stdout() {
    let project = Project::compiled("for (let n = 0; ; n++) console.log('line', n);\n");
    let finished = with_closed_stdout(&project, &["run", "index.wasm"], 10);
    assert_eq!(finished.stdout, "line 0\nlin");
    assert_eq!((finished.code, finished.stderr.as_str()), (1, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk() {
    let project = Project::compiled("export default () => 'x'.repeat(1e6);\n");
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("a full device");
    let output = project
        .command(&["run", "index.wasm"])
        .stdin(Stdio::null())
        .stdout(full)
        .output()
        .expect("jsc runs");
    let stderr = String::from_utf8(output.stderr).expect("jsc writes UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr,
        "error: cannot write to standard output: no space is left\n"
    );
    // Where messages find no room, the exit code tells.
    for (arguments, code) in [
        (&["run", "missing.wasm"][..], 3),
        (&["run", "index.wasm", "--limits", "missing"], 2),
        (&["run", "index.wasm", "--fuel", "10"], 111),
        (&["compile", "missing.js"], 3),
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full");
        let status = project
            .command(arguments)
            .stdin(Stdio::null())
            .stderr(full.expect("a full device"))
            .status();
        let status = status.expect("jsc runs");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}
