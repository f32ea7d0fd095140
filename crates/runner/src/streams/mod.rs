//! A call's standard streams: blocking, counted, bounded, and ended by the call's deadline.

mod inherited;
mod sink;
mod source;
mod worker;

use std::io;

use crate::stop::Stop;

pub(crate) use sink::Sink;
pub(crate) use source::Source;

/// The most that one read or write of a caller's reader or writer moves: as much as a pipe holds on Linux.
pub(crate) const CHUNK: usize = 64 * 1024;

/// Why nothing was read or written.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The module is told.
    Io(io::Error),
    /// The call ends.
    Stop(Stop),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Failure {
        Failure::Stop(stop)
    }
}
