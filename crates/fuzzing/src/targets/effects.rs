//! What a program does before its first effect is done once, at build time, and the rest when it runs, in order: in every way of
//! compiling it as in Node.

use crate::{Choices, Fault, differential, generators};

/// Checks the program of an input.
///
/// # Errors
/// Where a module does other than Node.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    differential::check_by_process(&generators::effects::program(&mut choices))
}
