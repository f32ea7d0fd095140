//! Programs of random expressions do the same in every way of compiling them, and in Node.

use crate::{Choices, Fault, differential, generators};

/// Checks the program of an input.
///
/// # Errors
/// Where a module does other than Node.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    differential::check_by_realm(&generators::expressions::program(&mut choices))
}
