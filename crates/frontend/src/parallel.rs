//! Work on several files at a time.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use budget::Measured;

/// Fewer tasks than this are done before a thread has started.
const WORTH_A_THREAD: usize = 8;

/// `run` of each task, in their order; `here` is this thread.
pub(crate) fn map<T: Send, R: Send>(
    tasks: Vec<T>,
    here: &Measured,
    run: impl Fn(T, &Measured) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(tasks.len() / WORTH_A_THREAD);
    if threads < 2 {
        return tasks.into_iter().map(|task| run(task, here)).collect();
    }
    let next = AtomicUsize::new(0);
    let tasks: Vec<Mutex<Option<T>>> = tasks
        .into_iter()
        .map(|task| Mutex::new(Some(task)))
        .collect();
    let results: Vec<Mutex<Option<R>>> = tasks.iter().map(|_| Mutex::new(None)).collect();
    let take = |slot: &Mutex<Option<T>>| {
        slot.lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .take()
    };
    let work = |thread: &Measured| loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(task) = tasks.get(index).and_then(take) else {
            break;
        };
        let result = run(task, thread);
        *results[index]
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(result);
    };
    let work = &work;
    thread::scope(|scope| {
        for _ in 1..threads {
            thread::Builder::new()
                .stack_size(budget::STACK)
                .spawn_scoped(scope, || work(&here.meter().measure()))
                .expect("there are threads");
        }
        work(here);
    });
    let results = results.into_iter().map(|slot| {
        slot.into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    });
    results.flatten().collect()
}

#[cfg(test)]
mod tests {
    use budget::{Budget, Meter};

    use super::map;

    #[test]
    fn results_are_in_the_order_of_their_tasks() {
        let here = Meter::new(Budget::default()).measure();
        let doubled = map((0..1000).collect(), &here, |number: i32, _| number * 2);
        assert_eq!(doubled, (0..2000).step_by(2).collect::<Vec<_>>());
    }
}
