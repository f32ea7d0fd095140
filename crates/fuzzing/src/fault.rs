//! What a target found.

/// What does not hold, with all that is needed to see it again.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Fault(String);

impl Fault {
    /// A fault, told by what was expected and what came.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Fault {
        Fault(what.into())
    }

    /// The same fault with what it is about.
    #[must_use]
    pub fn of(self, subject: &str) -> Fault {
        Fault(format!("{}\n{subject}", self.0))
    }
}
