//! Looks at a module's memory while it runs, at places that depend on nothing but its instructions.
//!
//! Code that can be interrupted compares a counter at every function and every loop. When that is always past its
//! deadline, the host is called at each of these places, and there is told how much fuel is used up: it takes a sample
//! whenever that has come to an interval. So a run is sampled at the same places each time, whatever the clock does.

use std::fmt;

use wasmtime::{AsContext, Store, StoreContextMut, UpdateDeadline};

use crate::deadline::Deadline;
use crate::fuel;
use crate::host::Host;

/// What a sampler sees.
#[derive(Debug)]
pub struct View<'a> {
    /// The module's memory.
    pub memory: &'a [u8],
    /// The instructions since the last sample.
    pub fuel: u64,
}

type Look = dyn FnMut(View<'_>) + Send + Sync;

/// Who looks at a module's memory while it runs.
pub struct Sampler {
    interval: u64,
    most: u64,
    look: Box<Look>,
}

impl Sampler {
    /// Calls `look` about every `interval` instructions. After every `most` samples the interval is doubled, so that a
    /// long run does not take for ever.
    pub fn new(
        interval: u64,
        most: u64,
        look: impl FnMut(View<'_>) + Send + Sync + 'static,
    ) -> Sampler {
        Sampler {
            interval: interval.max(1),
            most: most.max(1),
            look: Box::new(look),
        }
    }
}

impl fmt::Debug for Sampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sampler")
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

/// Has `sampler` called while the store's code runs. It takes the place of the ticker, and so keeps the deadline too.
pub(crate) fn start(store: &mut Store<Host>, mut sampler: Sampler, deadline: Deadline) {
    /// A look at the clock takes as long as the rest; a loop without calls uses no fuel that could be seen.
    const PLACES_PER_LOOK: u64 = 64;
    let (mut taken, mut last, mut places) = (0, 0, 0_u64);
    store.set_epoch_deadline(0);
    store.epoch_deadline_callback(move |mut store: StoreContextMut<'_, Host>| {
        places += 1;
        if places.is_multiple_of(PLACES_PER_LOOK) {
            deadline
                .left()
                .inspect_err(|_| store.data_mut().is_interrupted = true)?;
        }
        let used = fuel::used(&store).unwrap_or(last);
        if used - last >= sampler.interval {
            if let Some(memory) = store.data().sampled {
                (sampler.look)(View {
                    memory: memory.data(store.as_context()),
                    fuel: used - last,
                });
            }
            last = used;
            taken += 1;
            if taken == sampler.most {
                taken = 0;
                sampler.interval = sampler.interval.saturating_mul(2);
            }
        }
        Ok(UpdateDeadline::Continue(0))
    });
}
