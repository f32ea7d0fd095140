//! Runs other programs.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::root;

/// A program to run, its output shown.
pub(crate) struct Step {
    program: OsString,
    arguments: Vec<OsString>,
    directory: PathBuf,
    environment: Vec<(&'static str, &'static str)>,
}

impl Step {
    /// `program`, to be run in the root of the workspace.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Step {
        Step {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            directory: root().to_owned(),
            environment: Vec::new(),
        }
    }

    /// Adds arguments.
    pub(crate) fn arguments(mut self, arguments: &[&str]) -> Step {
        self.arguments.extend(arguments.iter().map(OsString::from));
        self
    }

    /// Runs it in a directory of the workspace.
    pub(crate) fn inside(mut self, directory: &str) -> Step {
        self.directory = root().join(directory);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn environment(mut self, name: &'static str, value: &'static str) -> Step {
        self.environment.push((name, value));
        self
    }

    /// Runs it; an error if it fails.
    pub(crate) fn run(self) -> Result<()> {
        let status = self.command().status().with_context(|| self.cannot_run())?;
        if !status.success() {
            bail!("{} failed: {status}", self.line());
        }
        Ok(())
    }

    /// Runs it without showing its output, unless it fails; gives its standard output.
    pub(crate) fn run_quietly(self) -> Result<String> {
        let output = self
            .command()
            .stdin(Stdio::null())
            .output()
            .with_context(|| self.cannot_run())?;
        if !output.status.success() {
            let (out, err) = (
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr),
            );
            bail!("{} failed: {}\n{out}{err}", self.line(), output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .current_dir(&self.directory)
            .envs(self.environment.iter().copied());
        command
    }

    fn cannot_run(&self) -> String {
        format!("cannot run {}", self.program.display())
    }

    fn line(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.arguments);
        words
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ")
    }
}
