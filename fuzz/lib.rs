//! What the fuzz targets have in common.

use fuzzing::Target;

/// Checks an input of the target of this name.
///
/// # Panics
/// If it shows a fault, which is how libFuzzer is told.
pub fn check(name: &str, input: &[u8]) {
    let target = Target::named(name).expect("a target of this name");
    if let Err(fault) = target.check(input) {
        panic!("{fault}");
    }
}
