//! The fuzz targets by their names.

use crate::{Choices, Fault, targets};

/// Something that must hold for every input.
pub struct Target {
    /// Its name: of the program in `fuzz/fuzz_targets` and of the folder in `fuzz/corpus`.
    pub name: &'static str,
    /// How many seeds `cargo test` tries; programs that Node runs, too, take a tenth of a second each.
    pub seeds: u64,
    check: fn(Choices<'_>) -> Result<(), Fault>,
}

impl Target {
    /// The target of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Checks what must hold for an input.
    ///
    /// # Errors
    /// The fault that it shows.
    pub fn check(&self, input: &[u8]) -> Result<(), Fault> {
        (self.check)(Choices::new(input))
    }
}

const fn target(
    name: &'static str,
    seeds: u64,
    check: fn(Choices<'_>) -> Result<(), Fault>,
) -> Target {
    Target { name, seeds, check }
}

/// All targets.
pub const TARGETS: &[Target] = &[
    target("programs", 20, targets::programs::check),
    target("libraries", 30, targets::libraries::check),
    target("effects", 100, targets::effects::check),
    target("graphs", 30, targets::graphs::check),
    target("lives", 20, targets::lives::check),
    target("builtins", 20, targets::builtins::check),
    target("source", 200, targets::source::check),
    target("typescript", 200, targets::typescript::check),
    target("optimizer", 30, targets::optimizer::check),
    target("modules", 50, targets::modules::check),
    target("limits", 50, targets::limits::check),
    target("json", 200, targets::json::check),
    target("cache", 100, targets::cache::check),
    target("configuration", 100, targets::configuration::check),
];
