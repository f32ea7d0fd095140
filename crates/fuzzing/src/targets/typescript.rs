//! Any text of TypeScript is compiled or refused with a position, in time.

use super::source::compiles_or_not;
use crate::generators::text::{JAVASCRIPT, TYPESCRIPT, text};
use crate::{Choices, Fault};

/// Checks the text of an input.
///
/// # Errors
/// Where it takes too long, or the message has no place.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let name = choices.pick(&["index.ts", "index.tsx", "index.mts", "index.cts"]);
    let text = text(&[JAVASCRIPT, TYPESCRIPT], 1 << 14, &mut choices);
    compiles_or_not(name, &text)
}
