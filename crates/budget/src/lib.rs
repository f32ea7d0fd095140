//! What a compilation may use of the machine, and work that is kept to it.
//!
//! ```text
//! Meter::new(budget) ─ run(work) ─► what the work gave, or Exceeded: which of the limits, and what it was busy with
//! ```
//!
//! Time is processor time: a busy machine makes nothing fail. Parsers and transformations of other people cannot be
//! asked to stop, so [`Meter::run`] does the work in a thread of its own and looks at what that uses; where it is too
//! much, it leaves the thread behind and says so.

mod meter;
mod usage;

use std::time::Duration;

pub use meter::{Exceeded, Limit, Measured, Meter, STACK};

/// What a compilation may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Processor time.
    pub time: Duration,
    /// Memory, in bytes: of the program while it is evaluated, and of the compiler while it does anything else.
    pub memory: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            time: Duration::from_secs(30),
            memory: 1 << 30,
        }
    }
}
