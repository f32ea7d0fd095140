//! A call's standard output or standard error.

use std::io::{self, IsTerminal, Write};

use super::worker::Worker;
use super::{CHUNK, Failure, inherited};
use crate::call::Output;
use crate::deadline::Deadline;
use crate::limits::{Bound, Excess, LimitKind, LogLimit};
use crate::stop::Stop;

/// Where a module's output goes, and how much of it there was.
pub(crate) struct Sink {
    target: Target,
    /// Bytes that the module has written or tried to.
    length: u64,
    limit: Option<SinkLimit>,
    deadline: Deadline,
    error: Option<io::Error>,
    is_terminal: bool,
}

struct SinkLimit {
    bound: Bound,
    excess: Excess,
}

/// How much is captured before the clock is looked at.
const PART: usize = 1 << 20;

enum Target {
    Capture(Vec<u8>),
    Writer(Box<dyn Write + Send>),
    Worker(Worker<Job, ()>),
}

enum Job {
    Write(Vec<u8>),
    Flush,
}

/// What is left of a sink when its call has ended.
pub(crate) struct Drained {
    pub(crate) captured: Vec<u8>,
    pub(crate) error: Option<io::Error>,
    pub(crate) length: u64,
}

impl Sink {
    pub(crate) fn stdout(
        output: Output,
        limit: Option<u64>,
        deadline: Deadline,
    ) -> io::Result<Sink> {
        let is_terminal = matches!(output, Output::Inherit) && io::stdout().is_terminal();
        let limit = limit.map(|amount| SinkLimit {
            bound: Bound {
                kind: LimitKind::Output,
                amount,
            },
            excess: Excess::Stop,
        });
        Sink::new(output, inherited::stdout, is_terminal, limit, deadline)
    }

    pub(crate) fn stderr(
        output: Output,
        limit: Option<LogLimit>,
        deadline: Deadline,
    ) -> io::Result<Sink> {
        let is_terminal = matches!(output, Output::Inherit) && io::stderr().is_terminal();
        let limit = limit.map(|limit| SinkLimit {
            bound: Bound {
                kind: LimitKind::Log,
                amount: limit.bytes,
            },
            excess: limit.excess,
        });
        let inherit = || Box::new(io::stderr()) as Box<dyn Write + Send>;
        Sink::new(output, inherit, is_terminal, limit, deadline)
    }

    fn new(
        output: Output,
        inherit: impl FnOnce() -> Box<dyn Write + Send>,
        is_terminal: bool,
        limit: Option<SinkLimit>,
        deadline: Deadline,
    ) -> io::Result<Sink> {
        let target = match output {
            Output::Capture => Target::Capture(Vec::new()),
            Output::Discard => Target::Writer(Box::new(io::sink())),
            Output::Inherit => Target::writer(inherit(), deadline.exists())?,
            Output::Writer(writer) => Target::writer(writer, deadline.exists())?,
        };
        Ok(Sink {
            target,
            length: 0,
            limit,
            deadline,
            error: None,
            is_terminal,
        })
    }

    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Writes all of `bytes` that the limit allows.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let before = self.length;
        self.length += bytes.len() as u64;
        let Some(limit) = &self.limit else {
            return self.put(bytes);
        };
        let room = limit.bound.amount.saturating_sub(before);
        if bytes.len() as u64 <= room {
            return self.put(bytes);
        }
        let stop = match limit.excess {
            Excess::Stop => Some(Stop::Limit(limit.bound)),
            Excess::Truncate => None,
        };
        // It is less than the length of `bytes`.
        self.put(&bytes[..usize::try_from(room).unwrap_or_default()])?;
        stop.map_or(Ok(()), |stop| Err(stop.into()))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let deadline = self.deadline;
        let result = match &mut self.target {
            Target::Capture(captured) => {
                // A module's buffer can be all of its memory.
                for part in bytes.chunks(PART) {
                    deadline.left()?;
                    captured.extend_from_slice(part);
                }
                Ok(())
            }
            Target::Writer(writer) => writer.write_all(bytes).map_err(Failure::Io),
            Target::Worker(worker) => bytes
                .chunks(CHUNK)
                .try_for_each(|chunk| worker.run(Job::Write(chunk.to_vec()), deadline)),
        };
        if let Err(Failure::Io(error)) = &result {
            self.error.get_or_insert_with(|| same_error(error));
        }
        result
    }

    /// Flushes the output; what was captured, and the first error if anything was lost.
    pub(crate) fn finish(&mut self) -> Drained {
        let flushed = match &mut self.target {
            Target::Capture(_) => None,
            Target::Writer(writer) => writer.flush().err(),
            Target::Worker(worker) => match worker.run(Job::Flush, self.deadline) {
                Err(Failure::Io(error)) => Some(error),
                // A call that is over its time ends by that.
                Ok(()) | Err(Failure::Stop(_)) => None,
            },
        };
        Drained {
            captured: match &mut self.target {
                Target::Capture(bytes) => std::mem::take(bytes),
                Target::Writer(_) | Target::Worker(_) => Vec::new(),
            },
            error: self.error.take().or(flushed),
            length: self.length,
        }
    }
}

impl Target {
    fn writer(mut writer: Box<dyn Write + Send>, is_bounded: bool) -> io::Result<Target> {
        if !is_bounded {
            return Ok(Target::Writer(writer));
        }
        let worker = Worker::start(move |job| match job {
            Job::Write(bytes) => writer.write_all(&bytes),
            Job::Flush => writer.flush(),
        })?;
        Ok(Target::Worker(worker))
    }
}

/// A second value of an error, which [`io::Error`] cannot clone.
fn same_error(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}
