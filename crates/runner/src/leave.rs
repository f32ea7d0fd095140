//! Calls that end in time whatever they do: on a thread of their own, which is left behind.
//!
//! Code is interrupted where functions and loops begin, and our functions of WASI look at the clock. What nobody can
//! interrupt is a file that blocks (a pipe in a directory that the module was given), and a single instruction that fills
//! gigabytes. The thread ends when that does.

use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::call::{Call, Outcome};
use crate::deadline::Deadline;
use crate::engine::HOST_STACK;
use crate::error::{Error, Exceeded};
use crate::function::Function;
use crate::host::Streams;
use crate::limits::{Bound, LimitKind, Limits};

/// A call that can be interrupted ends so much after its time at the latest, and tells more than one that is left.
const GRACE: Duration = Duration::from_millis(100);

/// What can be seen of a call from outside.
pub(crate) struct Begun {
    pub(crate) streams: Streams,
    /// The bytes of its memories.
    pub(crate) memory: Arc<AtomicU64>,
}

enum News {
    Begun(Begun),
    Ended(Result<Outcome, Error>),
}

/// Runs a call on a thread of its own.
pub(crate) fn call(
    function: &Function,
    call: Call,
    limits: &Limits,
    called: Instant,
) -> Result<Outcome, Error> {
    let deadline = Deadline::new(called, limits.time);
    let (tell, told) = mpsc::channel();
    let (function, limits) = (function.clone(), limits.clone());
    let running = thread::Builder::new()
        .name("call".to_owned())
        .stack_size(function.max_stack().saturating_add(HOST_STACK))
        .spawn(move || {
            let begin = |begun| drop(tell.send(News::Begun(begun)));
            let result = function.call_here(call, &limits, called, begin);
            let _ = tell.send(News::Ended(result));
        })
        .map_err(|error| Error::Instantiate(format!("no room for a thread: {error}")))?;
    let mut begun = None;
    loop {
        // A time beyond the clock's range never comes.
        let left = deadline
            .left()
            .map_or(Duration::ZERO, |left| left.unwrap_or(Duration::MAX));
        match told.recv_timeout(left.saturating_add(GRACE)) {
            Ok(News::Begun(news)) => begun = Some(news),
            Ok(News::Ended(result)) => return result,
            Err(RecvTimeoutError::Timeout) => {
                let bound = deadline.bound();
                let outcome = begun.map(|begun| seen(&begun)).unwrap_or_default();
                return Err(left_behind(bound, outcome, called.elapsed()));
            }
            Err(RecvTimeoutError::Disconnected) => match running.join() {
                Ok(()) => unreachable!("it tells how it ended"),
                Err(fault) => panic::resume_unwind(fault),
            },
        }
    }
}

fn left_behind(bound: Bound, outcome: Outcome, run: Duration) -> Error {
    let outcome = Outcome {
        exit_code: LimitKind::Time.exit_code(),
        run,
        ..outcome
    };
    Error::Limit(Box::new(Exceeded { bound, outcome }))
}

/// What a call that is still running has done, as far as that can be seen.
fn seen(begun: &Begun) -> Outcome {
    let Streams {
        stdin,
        stdout,
        stderr,
    } = &begun.streams;
    let mut outcome = Outcome {
        peak_memory: begun.memory.load(Ordering::Relaxed),
        ..Outcome::default()
    };
    if let Some(stdin) = stdin.try_lock() {
        outcome.input = stdin.length();
    }
    if let Some(mut stdout) = stdout.try_lock() {
        let drained = stdout.finish();
        (outcome.stdout, outcome.stdout_error) = (drained.captured, drained.error);
        outcome.output = drained.length;
    }
    if let Some(mut stderr) = stderr.try_lock() {
        let drained = stderr.finish();
        (outcome.stderr, outcome.log) = (drained.captured, drained.length);
    }
    outcome
}
