//! A test as it is shipped: compiled to a module, and the module run.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use compiler::{Artifact, Diagnostic, Entry, Options, Session, Start};
use interpreter::{Run, TRAPPED};
use runner::{Config, Limits, Runtime};

use crate::Error;
use crate::column::{Flags, Moment};
use crate::mode::Mode;
use crate::program::{self, Program};
use crate::suite::{Script, Test};
use crate::verdict::{Outcome, Thrown};

/// Instructions until a test is given to a compiler of machine code: a second of interpretation. Most take a hundredth of
/// it.
const FUEL: u64 = 300_000_000;
/// Bytes of memory of a module.
const MEMORY: usize = 1 << 30;
/// How long a test may take that has used up the fuel.
const TIME: Duration = Duration::from_secs(60);
/// How long a test may take at build time: more than a user's program, since many may be compiled at once.
const BUILD_TIME: Duration = Duration::from_secs(90);

/// Compiles tests and runs them. What they share is kept: the engine's code, and what was read of the harness.
#[derive(Default)]
pub(crate) struct Shipped {
    sessions: HashMap<(bool, u8, bool), Session>,
    runtime: Option<Runtime>,
    cache_directory: Option<PathBuf>,
}

impl Shipped {
    /// Keeps the engine's code in this directory, or in none.
    #[must_use]
    pub(crate) fn new(cache_directory: Option<PathBuf>) -> Shipped {
        Shipped {
            cache_directory,
            ..Shipped::default()
        }
    }

    /// What becomes of a test that lies in a suite laid out in `layout`.
    ///
    /// # Errors
    /// If files of it cannot be written.
    pub(crate) fn outcome(
        &mut self,
        test: &Test,
        mode: Mode,
        harness: &[Script],
        (moment, flags): (Moment, Flags),
        layout: &Path,
    ) -> Result<Outcome, Error> {
        let place = layout.join(&test.path);
        let directory = place.parent().unwrap_or(layout);
        let failed = |error| Error::File(directory.to_owned(), error);
        std::fs::create_dir_all(directory).map_err(failed)?;
        let program = match mode {
            Mode::Module => program::module(test, harness, moment, directory).map_err(failed)?,
            _ => program::script(test, mode, harness, moment),
        };
        // Nothing may stand in front of a raw test.
        let is_late = moment == Moment::Run && test.is_raw();
        let start = if is_late { Start::Lazy } else { flags.start };
        let flags = Flags { start, ..flags };
        // A fault of ours is a panic, after which nothing of the session is used again.
        let done = catch_unwind(AssertUnwindSafe(|| {
            self.compile(&program, flags, directory)
        }));
        let compiled = match done {
            Ok(compiled) => compiled,
            Err(panic) => {
                self.sessions.clear();
                return Ok(Outcome::Broken(format!("jsc panics: {}", text(&*panic))));
            }
        };
        Ok(match compiled {
            Ok(artifact) => self.run(&artifact.wasm),
            Err(compiler::Error::Program(diagnostics)) => refused(&diagnostics),
            Err(error) => Outcome::Broken(format!("jsc fails: {error}")),
        })
    }

    fn compile(
        &mut self,
        program: &Program,
        flags: Flags,
        directory: &Path,
    ) -> Result<Artifact, compiler::Error> {
        let mut options = Options::new(Entry::Source {
            name: "entry_FIXTURE.mjs".to_string(),
            text: program.text.clone().into_bytes(),
            directory: directory.to_owned(),
        });
        options.modules.script = program.is_script;
        options.start = flags.start;
        options.strip = flags.strip;
        options.allow_eval = flags.allow_eval;
        options.budget.time = BUILD_TIME;
        options.cache_directory.clone_from(&self.cache_directory);
        let key = (
            flags.start == Start::Lazy,
            flags.strip as u8,
            flags.allow_eval,
        );
        let session = self.sessions.entry(key).or_default();
        session.compile(&options).result
    }

    fn run(&mut self, wasm: &[u8]) -> Outcome {
        let run = catch_unwind(|| interpreter::run_within(wasm, "_start", MEMORY, Some(FUEL)));
        let run = match run {
            Ok(Some(run)) => run,
            Ok(None) => match self.run_long(wasm) {
                Ok(run) => run,
                Err(error) => return Outcome::Broken(error.to_string()),
            },
            Err(panic) => return Outcome::Broken(format!("no module: {}", text(&*panic))),
        };
        match run.exit_code {
            0 => Outcome::Ended {
                printed: run.stdout,
            },
            1 => Outcome::Threw {
                thrown: thrown(&run.stderr),
                printed: run.stdout,
            },
            TRAPPED => Outcome::Broken(run.stderr),
            code => Outcome::Broken(format!("it ended with {code}: {}", run.stderr)),
        }
    }

    /// Runs a module as machine code.
    fn run_long(&mut self, wasm: &[u8]) -> Result<Run, runner::Error> {
        let runtime = match &self.runtime {
            Some(runtime) => runtime.clone(),
            None => Runtime::new(&Config {
                interruption: true,
                ..Config::default()
            })?,
        };
        self.runtime = Some(runtime.clone());
        let limits = Limits {
            time: Some(TIME),
            ..Limits::default()
        };
        let outcome = runtime.load(wasm)?.call("", &limits)?;
        Ok(Run {
            exit_code: outcome.exit_code,
            stdout: String::from_utf8_lossy(&outcome.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&outcome.stderr).into_owned(),
        })
    }
}

fn text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("something").to_string()
}

/// What a compilation failed of: before anything had run, or because the program threw at build time.
fn refused(diagnostics: &[Diagnostic]) -> Outcome {
    let Some(first) = diagnostics.iter().find(|diagnostic| diagnostic.is_error()) else {
        return Outcome::Broken("refused without an error".to_string());
    };
    if let Some(said) = first.message.strip_prefix("uncaught at build time: ") {
        return Outcome::Threw {
            thrown: thrown(said),
            printed: String::new(),
        };
    }
    let name = match first.code {
        // What the specification makes a SyntaxError of parsing or linking.
        "syntax-error" | "missing-export" | "invalid-json" => "SyntaxError",
        code => code,
    };
    Outcome::Refused(Thrown {
        name: name.to_string(),
        message: first.message.clone(),
    })
}

/// Reads `Name: message`, or the JSON of another value.
fn thrown(said: &str) -> Thrown {
    let line = said.lines().next().unwrap_or_default();
    let line = line.strip_prefix("Uncaught ").unwrap_or(line);
    let is_name = |name: &&str| {
        name.ends_with("Error") && name.chars().all(|character| character.is_alphanumeric())
    };
    let (name, message) = match line.split_once(": ") {
        Some((name, message)) => (name, message),
        None => (line, ""),
    };
    if is_name(&name) {
        return Thrown {
            name: name.to_string(),
            message: message.to_string(),
        };
    }
    // An instance of the suite's own class is no Error.
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(line)
        && let Some(message) = value["message"].as_str()
    {
        return Thrown {
            name: "Test262Error".to_string(),
            message: message.to_string(),
        };
    }
    Thrown {
        name: String::new(),
        message: line.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Thrown, thrown};

    #[test]
    fn errors_are_read_from_what_modules_say() {
        let check = |said: &str, name: &str, message: &str| {
            let expected = Thrown {
                name: name.to_string(),
                message: message.to_string(),
            };
            assert_eq!(thrown(said), expected, "{said}");
        };
        check(
            "TypeError: not a function\n    at f (a.js:1:2)\n",
            "TypeError",
            "not a function",
        );
        check("RangeError\n", "RangeError", "");
        check("Uncaught {\"message\":\"no\"}\n", "Test262Error", "no");
        check(
            "Uncaught Test262: not evaluated\n",
            "",
            "Test262: not evaluated",
        );
    }
}
