//! Runs the tests of ECMAScript's test suite, [test262](https://github.com/tc39/test262), natively and as what `jsc`
//! ships, and compares.
//!
//! ```text
//! Suite ─ test ─► Test ─┬ native ──────────────────────────► Outcome ─┐
//!                       └ program ─► Program ─ shipped ─► Outcome ────┴ Verdict ─► Records ─┬ Expectations: what is new
//!                                                                                          └ page: docs/conformance.md
//! ```

mod column;
mod expectations;
mod frontmatter;
mod mode;
mod native;
mod page;
mod program;
mod records;
mod shipped;
mod suite;
mod trial;
mod verdict;

use std::path::PathBuf;

pub use column::{Column, Flags, Moment};
pub use expectations::Expectations;
pub use frontmatter::{Frontmatter, Negative, Phase};
pub use mode::Mode;
pub use page::{Facts, page};
pub use records::{Journal, Key, Records, Row};
pub use suite::{Script, Suite, Test};
pub use trial::{Plan, WANTS_EVAL, WANTS_HOST, run};
pub use verdict::{Outcome, Thrown, Verdict};

/// Why tests could not be tried.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read, written or executed.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, #[source] std::io::Error),
    /// A test does not say what it wants.
    #[error("{0} has no front matter that can be read")]
    Frontmatter(String),
}
