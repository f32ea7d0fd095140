//! The exit codes, which the README documents.

use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
use compiler::Diagnostic;

use crate::streams;

/// The program is at fault: it does not compile, or it threw.
pub(crate) const PROGRAM: u8 = 1;

/// The command line is at fault; clap's code for the same.
pub(crate) const USAGE: u8 = 2;

/// A file cannot be read or written, or is not what it should be.
pub(crate) const FILE: u8 = 3;

/// The code for an error that ends a command: that of the first of its causes that has one.
pub(crate) fn code_of(error: &anyhow::Error) -> ExitCode {
    let usage = error.chain().any(|cause| {
        matches!(
            cause.downcast_ref(),
            Some(runner::Error::UnknownExport { .. } | runner::Error::NotRunnable { .. })
        ) || cause.is::<Usage>()
    });
    ExitCode::from(if usage { USAGE } else { FILE })
}

/// The code for a program that does not compile: another where there is no program.
pub(crate) fn of_program(diagnostics: &[Diagnostic]) -> ExitCode {
    // That a file cannot be imported is the fault of the program, and shown at the import.
    let is_unusable = |diagnostic: &Diagnostic| {
        diagnostic.labels.is_empty()
            && matches!(
                diagnostic.code,
                "file-not-found" | "is-a-directory" | "unreadable-file"
            )
    };
    ExitCode::from(match diagnostics.iter().any(is_unusable) {
        true => FILE,
        false => PROGRAM,
    })
}

/// The end of a command whose result went to standard output. A reader that has seen enough is told nothing, as by
/// other programs in a pipe; but the result did not arrive.
pub(crate) fn after_writing(written: io::Result<()>) -> Result<ExitCode> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::from(PROGRAM)),
        written => written
            .map(|()| ExitCode::SUCCESS)
            .context("cannot write to standard output"),
    }
}

/// Writes a command's result to standard output.
pub(crate) fn write_result(bytes: &[u8]) -> Result<ExitCode> {
    after_writing(streams::write(bytes))
}

/// Arguments that clap cannot find fault with.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}
