//! Programs of several modules print the same, in the same order, in every way of compiling them, and in Node.

use crate::{Choices, Fault, differential, generators};

/// Checks the program of an input.
///
/// # Errors
/// Where a module does other than Node.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    differential::check_by_process(&generators::graphs::program(&mut choices))
}
