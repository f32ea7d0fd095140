//! What a test is tried on: each is a column of the published table.

use std::fmt;

use compiler::{Start, Strip};

/// What a test is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// QuickJS as a native program.
    Native,
    /// A module at default flags, of which the test runs when it is compiled.
    Build,
    /// A module at default flags, of which the test runs when it is started: output precedes it.
    Run,
    /// As [`Column::Build`], with `--allow-eval`.
    BuildEval,
    /// As [`Column::Run`], with `--allow-eval`.
    RunEval,
    /// As [`Column::Run`], with `--start=lazy`.
    Lazy,
    /// As [`Column::Run`], with `--strip=safe`.
    Safe,
    /// As [`Column::Run`], with `--strip=off`.
    Off,
}

/// When the body of a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When it is compiled.
    Build,
    /// When the module is started.
    Run,
}

/// How a test is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// `--start`
    pub start: Start,
    /// `--strip`
    pub strip: Strip,
    /// `--allow-eval`
    pub allow_eval: bool,
}

const DEFAULT: Flags = Flags {
    start: Start::Eager,
    strip: Strip::Names,
    allow_eval: false,
};

impl Column {
    /// All of them.
    pub const ALL: [Column; 8] = [
        Column::Native,
        Column::Build,
        Column::Run,
        Column::BuildEval,
        Column::RunEval,
        Column::Lazy,
        Column::Safe,
        Column::Off,
    ];

    /// The column with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Column::Native => "native",
            Column::Build => "build",
            Column::Run => "run",
            Column::BuildEval => "build+eval",
            Column::RunEval => "run+eval",
            Column::Lazy => "lazy",
            Column::Safe => "safe",
            Column::Off => "off",
        }
    }

    /// When the test runs, and how it is compiled; none for [`Column::Native`].
    #[must_use]
    pub fn shipped(self) -> Option<(Moment, Flags)> {
        let allow_eval = true;
        Some(match self {
            Column::Native => return None,
            Column::Build => (Moment::Build, DEFAULT),
            Column::Run => (Moment::Run, DEFAULT),
            Column::BuildEval => (
                Moment::Build,
                Flags {
                    allow_eval,
                    ..DEFAULT
                },
            ),
            Column::RunEval => (
                Moment::Run,
                Flags {
                    allow_eval,
                    ..DEFAULT
                },
            ),
            Column::Lazy => (
                Moment::Run,
                Flags {
                    start: Start::Lazy,
                    ..DEFAULT
                },
            ),
            Column::Safe => (
                Moment::Run,
                Flags {
                    strip: Strip::Safe,
                    ..DEFAULT
                },
            ),
            Column::Off => (
                Moment::Run,
                Flags {
                    strip: Strip::Off,
                    ..DEFAULT
                },
            ),
        })
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
