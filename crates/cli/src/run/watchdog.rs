//! Ends the process when its time is over. Code that the runner can interrupt looks at a clock at every turn of every loop,
//! and an interpreter takes half as long again for it; where the process ends with the call, nothing has to be looked at.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use runner::{Bound, LimitKind};

use crate::messages::say;

/// Watches a call.
pub(crate) struct Watchdog {
    /// Whether the call or its time has come to an end; who finds that it has not ends the process.
    has_ended: Arc<AtomicBool>,
    begun: Instant,
    limit: Duration,
}

impl Watchdog {
    /// Gives a call of `module` this much time since `begun`.
    pub(crate) fn start(begun: Instant, limit: Duration, module: &str) -> Result<Watchdog> {
        let has_ended = Arc::new(AtomicBool::new(false));
        let (shared, module) = (Arc::clone(&has_ended), module.to_owned());
        thread::Builder::new()
            .name("watchdog".to_owned())
            .spawn(move || {
                while let Some(left) = limit.checked_sub(begun.elapsed()) {
                    if left.is_zero() {
                        break;
                    }
                    thread::sleep(left);
                }
                if !shared.swap(true, Ordering::SeqCst) {
                    let kind = LimitKind::Time;
                    let amount = u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
                    let bound = Bound { kind, amount };
                    say(format_args!("error: {module}: {bound}"));
                    process::exit(kind.exit_code());
                }
            })
            .context("cannot start a thread to watch the time")?;
        Ok(Watchdog {
            has_ended,
            begun,
            limit,
        })
    }

    /// The call has ended. When it has not ended in time, even if the watch has yet to find out, this waits for the end of
    /// the process.
    pub(crate) fn end(self) {
        let is_late = self.begun.elapsed() >= self.limit;
        while is_late || self.has_ended.swap(true, Ordering::SeqCst) {
            thread::park();
        }
    }
}
