//! Measures what work uses, and ends it where that is too much.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::Budget;
use crate::usage::{self, Thread};

/// Bytes of stack of a thread that walks syntax trees by recursion; only what is used of it is memory.
pub const STACK: usize = 1 << 30;

/// How often the work is looked at. Memory is filled by at most some 20 MB in that time.
const INTERVAL: Duration = Duration::from_millis(10);

/// Counts what a compilation uses. Clones count together.
#[derive(Clone, Debug)]
pub struct Meter {
    budget: Budget,
    used: Arc<Mutex<Used>>,
}

#[derive(Debug, Default)]
struct Used {
    /// By threads that have ended, or are measured no more.
    time: Duration,
    threads: Vec<Running>,
}

/// A thread that works for the compilation.
#[derive(Debug)]
struct Running {
    id: ThreadId,
    clock: Thread,
    /// Its time when it began.
    began: Duration,
    /// What it is busy with, and since when.
    task: String,
    since: Duration,
}

/// A limit of a [`Budget`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Of processor time.
    Time,
    /// Of memory.
    Memory,
}

/// Work took more than it may. It may still go on, in a thread that nobody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// More of what.
    pub limit: Limit,
    /// What it was busy with for the longest time; empty where it has not said.
    pub task: String,
}

impl Meter {
    /// Measures a compilation that may use so much.
    #[must_use]
    pub fn new(budget: Budget) -> Meter {
        Meter {
            budget,
            used: Arc::default(),
        }
    }

    /// What the compilation may use.
    #[must_use]
    pub fn budget(&self) -> Budget {
        self.budget
    }

    /// Counts the time of this thread until what this gives is dropped.
    #[must_use]
    pub fn measure(&self) -> Measured {
        let clock = Thread::this();
        let now = clock.time();
        let id = thread::current().id();
        self.used().threads.push(Running {
            id,
            clock,
            began: now,
            task: String::new(),
            since: now,
        });
        Measured {
            meter: self.clone(),
            id,
        }
    }

    /// Does `work` in a thread that has a large stack, and waits for it as long as it keeps to the budget. A panic goes on
    /// here.
    ///
    /// # Errors
    /// [`Exceeded`] if it does not.
    pub fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Measured) -> R + Send + 'static,
    ) -> Result<R, Exceeded> {
        let before = usage::memory();
        let meter = self.clone();
        let (sender, receiver) = mpsc::channel();
        let worker = thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || {
                let measured = meter.measure();
                let result = work(&measured);
                drop(measured);
                // Nobody listens where it took too long.
                let _ = sender.send(result);
            })
            .expect("there are threads");
        loop {
            match receiver.recv_timeout(INTERVAL) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Timeout) => {
                    let memory = usage::memory().saturating_sub(before);
                    if let Some(limit) = self.exceeded(memory) {
                        return Err(self.give_up(limit));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => match worker.join() {
                    Err(panic) => std::panic::resume_unwind(panic),
                    Ok(()) => unreachable!("a thread that ends has sent its result"),
                },
            }
        }
    }

    /// Whether more time was used than there is.
    #[must_use]
    pub fn time_is_up(&self) -> bool {
        let used = self.used();
        let running = used.threads.iter();
        let running: Duration = running
            .map(|running| running.clock.time().saturating_sub(running.began))
            .sum();
        used.time + running > self.budget.time
    }

    fn exceeded(&self, memory: u64) -> Option<Limit> {
        if memory > self.budget.memory {
            return Some(Limit::Memory);
        }
        self.time_is_up().then_some(Limit::Time)
    }

    fn give_up(&self, limit: Limit) -> Exceeded {
        let used = self.used();
        let longest = used
            .threads
            .iter()
            .max_by_key(|running| running.clock.time().saturating_sub(running.since));
        Exceeded {
            limit,
            task: longest
                .map(|running| running.task.clone())
                .unwrap_or_default(),
        }
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread whose time counts as long as this lives.
#[derive(Debug)]
pub struct Measured {
    meter: Meter,
    id: ThreadId,
}

impl Measured {
    /// Where its time goes.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Says what this thread does from now on.
    pub fn begin(&self, task: &str) {
        let mut used = self.meter.used();
        let mut running = used.threads.iter_mut();
        if let Some(running) = running.find(|running| running.id == self.id) {
            running.task.clear();
            running.task.push_str(task);
            running.since = running.clock.time();
        }
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        let mut used = self.meter.used();
        let threads = &used.threads;
        if let Some(index) = threads.iter().position(|running| running.id == self.id) {
            let ended = used.threads.remove(index);
            used.time += ended.clock.time().saturating_sub(ended.began);
        }
    }
}
