//! What the top level leaves in the heap is there when a function is called, in every way of compiling it, as in Node.

use crate::differential::{self, Directory, WAYS};
use crate::generators::lives::{self, EXPORTS};
use crate::{Choices, Fault, node};

/// Checks the module of an input.
///
/// # Errors
/// Where a module does other than Node.
pub fn check(mut choices: Choices<'_>) -> Result<(), Fault> {
    let files = lives::program(&mut choices);
    let mut expected = Vec::new();
    for name in EXPORTS {
        let export = match name {
            "default" => "_start",
            name => name,
        };
        expected.push((export, node::run_realm(&files, Some(name))?));
    }
    let directory = Directory::with(&files)?;
    differential::check(directory.path(), &WAYS, &expected).map_err(|fault| directory.keep(fault))
}
