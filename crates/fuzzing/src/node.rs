//! Node as the oracle of what a program prints.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::Fault;
use crate::generators::Files;

/// What a program did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// What it printed.
    pub(crate) output: String,
    /// Whether it ended without an error.
    pub(crate) is_success: bool,
}

/// A process that runs one program after the other, each in a realm of its own.
struct Realms {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Processes that wait for a program. They end with this one, when their standard input does.
static IDLE: Mutex<Vec<Realms>> = Mutex::new(Vec::new());

const DRIVER: &str = include_str!("node.mjs");

/// Runs the ECMAScript module `index.mjs` among `files` in a realm of its own. Where `call` names an export, it is
/// called after that, and what it returns is printed as JSON.
///
/// `import()` takes other turns of the microtask queue there than in Node proper: such programs want [`run_process`].
pub(crate) fn run_realm(files: &Files, call: Option<&str>) -> Result<Answer, Fault> {
    let idle = IDLE.lock().ok().and_then(|mut idle| idle.pop());
    let mut realms = idle.map_or_else(Realms::start, Ok)?;
    let answer = realms.run(files, call)?;
    if let Ok(mut idle) = IDLE.lock() {
        idle.push(realms);
    }
    Ok(answer)
}

impl Realms {
    fn start() -> Result<Realms, Fault> {
        let mut child = Command::new("node")
            .args(["--experimental-vm-modules", "--no-warnings"])
            .args(["--input-type=module", "--eval", DRIVER])
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Fault::new(format!("node cannot be started: {error}")))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(requests), Some(answers)) => Ok(Realms {
                child,
                requests,
                answers: BufReader::new(answers),
            }),
            _ => Err(Fault::new("node has no standard streams")),
        }
    }

    fn run(&mut self, files: &Files, call: Option<&str>) -> Result<Answer, Fault> {
        let named: serde_json::Map<String, Value> = files
            .iter()
            .map(|(name, text)| (name.clone(), text.clone().into()))
            .collect();
        let request = json!({ "files": named, "call": call });
        let mut answer = String::new();
        let done =
            writeln!(self.requests, "{request}").and_then(|()| self.answers.read_line(&mut answer));
        let answer: Value = match done {
            Ok(_) => serde_json::from_str(&answer).unwrap_or_default(),
            Err(_) => Value::Null,
        };
        match (answer["output"].as_str(), answer["isSuccess"].as_bool()) {
            (Some(output), Some(is_success)) => Ok(Answer {
                output: output.to_string(),
                is_success,
            }),
            _ => {
                let _ = self.child.kill();
                Err(Fault::new("node gave no answer"))
            }
        }
    }
}

/// Runs a file by Node.
pub(crate) fn run_process(file: &Path) -> Result<Answer, Fault> {
    let output = Command::new("node")
        .arg("--no-warnings")
        .arg(file)
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Fault::new(format!("node cannot be started: {error}")))?;
    Ok(Answer {
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        is_success: output.status.success(),
    })
}
