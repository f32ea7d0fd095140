//! As what a test is run.

use std::fmt;

/// As what a test is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// A script as it stands.
    Sloppy,
    /// A script with `"use strict"` in front.
    Strict,
    /// A module.
    Module,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Sloppy, Mode::Strict, Mode::Module];

    /// The mode with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mode::Sloppy => "sloppy",
            Mode::Strict => "strict",
            Mode::Module => "module",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
