//! What the host keeps for one run.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use wasmtime::{Memory, ModuleExport};
use wasmtime_wasi::p1::WasiP1Ctx;

use crate::deadline::Deadline;
use crate::memory::MemoryMeter;
use crate::streams::{Sink, Source};
use crate::world::Surroundings;

/// The state behind a module's imports.
pub(crate) struct Host {
    /// The module's memory, which WASI functions read and write.
    pub(crate) memory: Option<ModuleExport>,
    pub(crate) meter: MemoryMeter,
    pub(crate) deadline: Deadline,
    /// The limit of instructions.
    pub(crate) fuel: Option<u64>,
    /// Whether the time was over while code ran, which had not told its instructions then.
    pub(crate) is_interrupted: bool,
    pub(crate) streams: Streams,
    /// What the descriptors 0, 1 and 2 stand for; `None` when the module has closed one.
    pub(crate) descriptors: [Option<Stream>; 3],
    pub(crate) args: Vec<String>,
    /// As `NAME=VALUE`.
    pub(crate) environment: Vec<String>,
    pub(crate) surroundings: Surroundings,
    /// Only for calls that are given directories.
    pub(crate) files: Option<Box<WasiP1Ctx>>,
    /// The memory that a sampler looks at, once there is an instance.
    pub(crate) sampled: Option<Memory>,
}

#[cfg(test)]
impl Host {
    /// One that is given nothing.
    pub(crate) fn empty() -> Host {
        use crate::call::{Output, Stdin};
        let now = std::time::Instant::now();
        let deadline = Deadline::new(now, None);
        let Ok(stdin) = Source::new(Stdin::Empty, None, deadline) else {
            unreachable!("no thread is started");
        };
        let (Ok(stdout), Ok(stderr)) = (
            Sink::stdout(Output::Capture, None, deadline),
            Sink::stderr(Output::Capture, None, deadline),
        ) else {
            unreachable!("no thread is started");
        };
        Host {
            memory: None,
            meter: MemoryMeter::new(0),
            deadline,
            fuel: None,
            is_interrupted: false,
            streams: Streams {
                stdin: Shared::new(stdin),
                stdout: Shared::new(stdout),
                stderr: Shared::new(stderr),
            },
            descriptors: Stream::ALL,
            args: Vec::new(),
            environment: Vec::new(),
            surroundings: Surroundings::new(crate::world::World::Real, now),
            files: None,
            sampled: None,
        }
    }
}

/// The standard streams. wasmtime-wasi keeps further references to them in calls that are given directories.
#[derive(Clone)]
pub(crate) struct Streams {
    pub(crate) stdin: Shared<Source>,
    pub(crate) stdout: Shared<Sink>,
    pub(crate) stderr: Shared<Sink>,
}

/// One of the standard streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    Stdin,
    Stdout,
    Stderr,
}

impl Stream {
    pub(crate) const ALL: [Option<Stream>; 3] = [
        Some(Stream::Stdin),
        Some(Stream::Stdout),
        Some(Stream::Stderr),
    ];
}

/// A value that several owners use one after the other.
pub(crate) struct Shared<T>(Arc<Mutex<T>>);

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Shared<T> {
        Shared(Arc::new(Mutex::new(value)))
    }

    /// A caller's reader or writer that panicked in an earlier call is no reason to panic in this one.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, unless it is in use.
    pub(crate) fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.0.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Arc::clone(&self.0))
    }
}
