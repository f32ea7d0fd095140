//! The exit codes, which the README documents.

use std::process::ExitCode;

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

/// Arguments that clap cannot find fault with.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}
