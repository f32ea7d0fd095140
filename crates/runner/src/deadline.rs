//! When a call must have ended.

use std::time::{Duration, Instant};

use crate::limits::{Bound, LimitKind};
use crate::stop::Stop;

/// The end of a call's time, if it has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    end: Option<Instant>,
    limit: Duration,
}

impl Deadline {
    pub(crate) fn new(begun: Instant, limit: Option<Duration>) -> Deadline {
        Deadline {
            // A time beyond the clock's range never comes.
            end: limit.and_then(|limit| begun.checked_add(limit)),
            limit: limit.unwrap_or_default(),
        }
    }

    pub(crate) fn exists(self) -> bool {
        self.end.is_some()
    }

    /// The time left, `None` when there is no end; an error when it has come.
    pub(crate) fn left(self) -> Result<Option<Duration>, Stop> {
        let Some(end) = self.end else {
            return Ok(None);
        };
        match end.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => Ok(Some(left)),
            _ => Err(self.stop()),
        }
    }

    /// What ends a call whose time is over.
    pub(crate) fn stop(self) -> Stop {
        Stop::Limit(self.bound())
    }

    pub(crate) fn bound(self) -> Bound {
        Bound {
            kind: LimitKind::Time,
            amount: u64::try_from(self.limit.as_nanos()).unwrap_or(u64::MAX),
        }
    }
}
