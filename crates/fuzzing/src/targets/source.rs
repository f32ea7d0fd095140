//! Any text is compiled or refused with a position, in time.

use std::time::Duration;

use compiler::{Budget, Entry, Error, Options};

use crate::generators::text::{JAVASCRIPT, text};
use crate::patience::within;
use crate::{Choices, Fault};

/// How deep a text is nested: more than any limit of the front end.
const DEPTH: usize = 1 << 16;

/// What a text of a few kilobytes may take, in a build without optimisation and beside others.
const PATIENCE: Duration = Duration::from_secs(20);

/// Checks the text of an input.
///
/// # Errors
/// Where it takes too long, or the message has no place.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let text = text(&[JAVASCRIPT], DEPTH, &mut choices);
    compiles_or_not("index.js", &text)
}

/// Compiles a text within a small budget.
pub(crate) fn compiles_or_not(name: &str, text: &str) -> Result<(), Fault> {
    let mut options = Options::new(Entry::Source {
        name: name.into(),
        text: text.into(),
        directory: std::env::temp_dir(),
    });
    options.budget = Budget {
        time: Duration::from_secs(2),
        memory: 1 << 26,
    };
    let result = within(PATIENCE, "compiling", || compiler::compile(&options))
        .map_err(|fault| fault.of(&shown(text)))?;
    match result {
        Ok(_) => Ok(()),
        Err(Error::Program(diagnostics)) if diagnostics.is_empty() => {
            Err(Fault::new("it is refused without a reason").of(&shown(text)))
        }
        Err(Error::Program(diagnostics)) => {
            let without = diagnostics.iter().find(|diagnostic| {
                diagnostic.message.contains("SyntaxError") && diagnostic.labels.is_empty()
            });
            without.map_or(Ok(()), |diagnostic| {
                let what = format!("`{}` has no position", diagnostic.message);
                Err(Fault::new(what).of(&shown(text)))
            })
        }
        Err(error) => Err(Fault::new(error.to_string()).of(&shown(text))),
    }
}

/// As much of a text as a message has room for.
fn shown(text: &str) -> String {
    text.chars().take(2000).collect()
}
