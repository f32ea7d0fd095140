//! Blocking work on a thread of its own, so that waiting for it can end at a deadline.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;

use super::Failure;
use crate::deadline::Deadline;

/// A thread that does one job after the other. When its owner gives up waiting, the thread ends with the job it is at.
pub(crate) struct Worker<Job, Done> {
    jobs: Sender<Job>,
    done: Receiver<io::Result<Done>>,
    is_stuck: bool,
}

impl<Job: Send + 'static, Done: Send + 'static> Worker<Job, Done> {
    pub(crate) fn start(
        mut work: impl FnMut(Job) -> io::Result<Done> + Send + 'static,
    ) -> io::Result<Worker<Job, Done>> {
        let (jobs, todo) = mpsc::channel();
        let (report, done) = mpsc::channel();
        thread::Builder::new()
            .name("stream".to_owned())
            .spawn(move || {
                for job in todo {
                    if report.send(work(job)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Worker {
            jobs,
            done,
            is_stuck: false,
        })
    }

    /// Has a job done, in the time that is left.
    pub(crate) fn run(&mut self, job: Job, deadline: Deadline) -> Result<Done, Failure> {
        if self.is_stuck {
            return Err(deadline.stop().into());
        }
        let left = deadline.left()?;
        let gone = || Failure::Io(io::Error::other("the stream's reader or writer panicked"));
        self.jobs.send(job).map_err(|_| gone())?;
        let Some(left) = left else {
            return Ok(self.done.recv().map_err(|_| gone())??);
        };
        match self.done.recv_timeout(left) {
            Ok(result) => Ok(result?),
            Err(RecvTimeoutError::Disconnected) => Err(gone()),
            Err(RecvTimeoutError::Timeout) => {
                self.is_stuck = true;
                Err(deadline.stop().into())
            }
        }
    }
}
