//! `--watch`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::support::Project;

/// A running `jsc`, ended with this value, and the lines that it writes.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(project: &Project, arguments: &[&str]) -> Watching {
        let mut child = project
            .command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("jsc starts");
        let (sender, lines) = channel();
        let stdout = child.stdout.take().expect("a pipe");
        let stderr = child.stderr.take().expect("a pipe");
        let other = sender.clone();
        thread::spawn(move || {
            BufReader::new(stdout)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        thread::spawn(move || {
            BufReader::new(stderr)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| other.send(line))
        });
        Watching { child, lines }
    }

    /// Waits for a line that contains `text`.
    fn wait(&self, text: &str) {
        let mut seen = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(60)) {
            if line.contains(text) {
                // Files are compared by their times.
                thread::sleep(Duration::from_millis(50));
                return;
            }
            seen.push(line);
        }
        panic!("`{text}` is not said: {seen:?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn modules_are_compiled_again() {
    let project = Project::new(&[
        (
            "index.js",
            "import { v } from './v.js'; export default () => v;",
        ),
        ("v.js", "export const v = 1;"),
    ]);
    let watching = Watching::start(&project, &["compile", "index.js", "--watch"]);
    watching.wait("index.wasm");
    assert_eq!(project.succeed(&["run", "index.wasm"], ""), "1");
    project.write("v.js", "export const v = 22;");
    watching.wait("index.wasm");
    assert_eq!(project.succeed(&["run", "index.wasm"], ""), "22");
    // An error leaves the last module.
    project.write("v.js", "export const v = ;");
    watching.wait("syntax-error");
    assert_eq!(project.succeed(&["run", "index.wasm"], ""), "22");
    project.write(
        "index.js",
        "import { v } from './new.js'; export default () => v;",
    );
    watching.wait("cannot find `./new.js`");
    project.write("new.js", "export const v = 333;");
    watching.wait("index.wasm");
    assert_eq!(project.succeed(&["run", "index.wasm"], ""), "333");
}

#[test]
fn sources_are_run_again() {
    let project = Project::new(&[
        (
            "index.ts",
            "export default (n: number) => console.log(`first ${n}`);",
        ),
        ("in.json", "1"),
    ]);
    let watching = Watching::start(
        &project,
        &["run", "--watch", "index.ts", "--input", "in.json"],
    );
    watching.wait("first 1");
    project.write(
        "index.ts",
        "export default (n: number) => console.log(`second ${n}`);",
    );
    watching.wait("second 1");
    project.write("in.json", "22");
    watching.wait("second 22");
}
