//! QuickJS as a native program (`native/`), which is handed one test after the other.
//!
//! It is the engine without anything of ours: neither the front end nor our patches, a snapshot or what strips it.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::mode::Mode;
use crate::suite::{Script, Test};
use crate::verdict::{Outcome, Thrown};

/// A running process, which is started anew when a test has killed it.
#[derive(Debug)]
pub(crate) struct Native {
    program: PathBuf,
    process: Option<Process>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    tasks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

#[derive(Serialize)]
struct Task<'a> {
    path: &'a str,
    harness: Vec<&'a str>,
    text: &'a str,
    is_module: bool,
    is_strict: bool,
}

#[derive(Deserialize)]
struct Answer {
    thrown: Option<(String, String)>,
    printed: String,
}

impl Native {
    /// The program that `native/` is built to.
    #[must_use]
    pub(crate) fn new(program: &Path) -> Native {
        Native {
            program: program.to_owned(),
            process: None,
        }
    }

    /// Evaluates a test whose imports start from `place`, a file.
    ///
    /// # Errors
    /// If the program does not start.
    pub(crate) fn outcome(
        &mut self,
        test: &Test,
        mode: Mode,
        harness: &[Script],
        place: &Path,
    ) -> Result<Outcome, Error> {
        let end = format!("print({:?});", crate::program::END);
        let mut text = test.text.clone();
        if !test.is_raw() && mode != Mode::Module {
            text.push_str(&format!("\n;{end}\n"));
        }
        let task = Task {
            path: &place.to_string_lossy(),
            harness: harness.iter().map(|script| script.text.as_str()).collect(),
            text: &text,
            is_module: mode == Mode::Module,
            is_strict: mode == Mode::Strict,
        };
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(&self.program)?,
        };
        match process.answer(&task) {
            Some(answer) => {
                self.process = Some(process);
                Ok(outcome(answer, mode))
            }
            None => {
                // What it said on standard error was shown.
                let _ = process.child.kill();
                let _ = process.child.wait();
                Ok(Outcome::Broken("the engine crashed".to_string()))
            }
        }
    }
}

impl Process {
    fn start(program: &Path) -> Result<Process, Error> {
        let failed = |error| Error::File(program.to_owned(), error);
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (tasks, answers) = pipes.ok_or_else(|| failed(std::io::ErrorKind::Other.into()))?;
        Ok(Process {
            child,
            tasks,
            answers: BufReader::new(answers),
        })
    }

    /// None when it has died.
    fn answer(&mut self, task: &Task<'_>) -> Option<Answer> {
        let mut line = serde_json::to_string(task).ok()?;
        line.push('\n');
        self.tasks.write_all(line.as_bytes()).ok()?;
        line.clear();
        self.answers.read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn outcome(answer: Answer, mode: Mode) -> Outcome {
    let mut printed = answer.printed;
    let Some((name, message)) = answer.thrown else {
        if mode == Mode::Module {
            // It says what its entry would say.
            printed.push_str(crate::program::END);
            printed.push('\n');
        }
        return Outcome::Ended { printed };
    };
    let thrown = Thrown { name, message };
    // The engine has one function that parses and runs. The tests that want an error of parsing throw a text if they run.
    match thrown.name.as_str() {
        "SyntaxError" => Outcome::Refused(thrown),
        _ => Outcome::Threw { thrown, printed },
    }
}
