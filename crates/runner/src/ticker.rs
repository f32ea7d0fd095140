//! Makes time visible to running code: compiled code compares a counter of its engine, the epoch, with its deadline at
//! every loop and function, and a thread here moves that counter on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;

use wasmtime::{Engine, Store, UpdateDeadline};

use crate::deadline::Deadline;
use crate::host::Host;

/// How often the epoch moves: a call ends at most about so much after its time.
const TICK: Duration = Duration::from_millis(1);
/// After so many ticks without a call the thread sleeps until the next one. Calls in quick succession so need not wake
/// it, which costs a system call.
const IDLE_TICKS: u32 = 200;

/// The clock of one engine.
pub(crate) struct Ticker {
    engine: Engine,
    shared: Arc<Shared>,
    thread: Mutex<Option<Thread>>,
}

#[derive(Default)]
struct Shared {
    calls: AtomicUsize,
    asleep: AtomicBool,
    ended: AtomicBool,
}

impl Ticker {
    pub(crate) fn new(engine: &Engine) -> Ticker {
        Ticker {
            engine: engine.clone(),
            shared: Arc::default(),
            thread: Mutex::default(),
        }
    }

    /// Time passes for `store` until the guard is dropped; at the deadline its code is stopped.
    pub(crate) fn watch(&self, store: &mut Store<Host>, deadline: Deadline) -> Watch<'_> {
        store.epoch_deadline_callback(move |mut store| match deadline.left() {
            Ok(left) => Ok(UpdateDeadline::Continue(ticks(left))),
            Err(stop) => {
                store.data_mut().is_interrupted = true;
                Err(stop.into())
            }
        });
        store.set_epoch_deadline(match deadline.left() {
            Ok(left) => ticks(left),
            Err(_) => 0,
        });
        self.shared.calls.fetch_add(1, Ordering::SeqCst);
        self.wake();
        Watch(&self.shared)
    }

    fn wake(&self) {
        let running = self.thread.lock();
        let mut running = running.unwrap_or_else(PoisonError::into_inner);
        match &*running {
            Some(thread) => {
                if self.shared.asleep.swap(false, Ordering::SeqCst) {
                    thread.unpark();
                }
            }
            None => {
                let (engine, shared) = (self.engine.clone(), Arc::clone(&self.shared));
                let started = thread::Builder::new()
                    .name("epoch".to_owned())
                    .spawn(move || tick(&engine, &shared));
                // Without a thread there is still the check of the time at every host call.
                *running = started.ok().map(|handle| handle.thread().clone());
            }
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        let thread = self.thread.get_mut();
        if let Some(thread) = thread.unwrap_or_else(PoisonError::into_inner) {
            thread.unpark();
        }
    }
}

/// A call that is being timed.
pub(crate) struct Watch<'a>(&'a Shared);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.0.calls.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A tick is never shorter than [`TICK`], so the deadline is looked at again before it comes, and then once a tick.
fn ticks(left: Option<Duration>) -> u64 {
    let left = left.unwrap_or(Duration::MAX).as_millis() * 9 / 10;
    u64::try_from(left).unwrap_or(u64::MAX / 2).max(1)
}

fn tick(engine: &Engine, shared: &Shared) {
    let mut idle = 0;
    while !shared.ended.load(Ordering::SeqCst) {
        if shared.calls.load(Ordering::SeqCst) > 0 {
            idle = 0;
        } else {
            idle += 1;
        }
        if idle < IDLE_TICKS {
            thread::sleep(TICK);
            engine.increment_epoch();
            continue;
        }
        shared.asleep.store(true, Ordering::SeqCst);
        // A call that came before this line has not seen that it should wake this thread.
        if shared.calls.load(Ordering::SeqCst) == 0 && !shared.ended.load(Ordering::SeqCst) {
            thread::park();
        }
        shared.asleep.store(false, Ordering::SeqCst);
        idle = 0;
    }
}
