//! Programs that use objects with many properties do the same in every way of compiling them, and in Node: what is taken out
//! of objects, because nothing reads it, is missed by nothing.

use crate::{Choices, Fault, differential, generators};

/// Checks the program of an input.
///
/// # Errors
/// Where a module does other than Node.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    differential::check_by_realm(&generators::libraries::program(&mut choices))
}
