//! Standard streams that belong to the process. The tests start this test program again and let it run one test,
//! [`child`], which hands its own streams to a module.

use std::env;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use runner::{Call, Limits, Output, Stdin};

use crate::modules::{echo, function};

const MARK: &str = "RUNNER_TEST_CHILD";

/// Echoes standard input and ends the process with the module's exit code. Does nothing unless started by the tests.
#[test]
fn child() {
    if env::var_os(MARK).is_none() {
        return;
    }
    let outcome = function(&echo()).call(
        Call {
            stdin: Stdin::Inherit,
            stdout: Output::Inherit,
            stderr: Output::Inherit,
            ..Call::default()
        },
        &Limits::default(),
    );
    std::process::exit(outcome.unwrap().exit_code);
}

fn start() -> Child {
    Command::new(env::current_exe().unwrap())
        .args([
            "inherited::child",
            "--exact",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(MARK, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Sends `text` and waits until it comes back, whatever else the test program prints.
fn exchange(child: &mut Child, text: &str) {
    child
        .stdin
        .as_mut()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let stdout = child.stdout.as_mut().unwrap();
    let mut read = Vec::new();
    while !read.ends_with(text.as_bytes()) {
        let mut byte = [0];
        stdout.read_exact(&mut byte).unwrap();
        read.extend(byte);
    }
}

#[test]
fn streams_while_the_input_is_open() {
    let mut child = start();
    exchange(&mut child, "one\nwithout newline");
    exchange(&mut child, "two");
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_closed_stdout_ends_quietly() {
    const EPIPE: i32 = 64;
    let mut child = start();
    exchange(&mut child, "hello");
    drop(child.stdout.take());
    child.stdin.as_mut().unwrap().write_all(b"more").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(EPIPE));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
