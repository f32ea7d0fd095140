//! Work on several files at a time.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Bytes of stack for walking syntax trees by recursion; only what is used of it is memory.
const STACK: usize = 1 << 30;

/// Fewer tasks than this are done before a thread has started.
const WORTH_A_THREAD: usize = 8;

/// Runs `work` where deep syntax trees can be walked.
pub(crate) fn with_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .expect("there are threads");
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// `run` of each task, in their order.
pub(crate) fn map<T: Send, R: Send>(tasks: Vec<T>, run: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(tasks.len() / WORTH_A_THREAD);
    if threads < 2 {
        return tasks.into_iter().map(run).collect();
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
    let work = || loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(task) = tasks.get(index).and_then(take) else {
            break;
        };
        let result = run(task);
        *results[index]
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(result);
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .expect("there are threads");
        }
        work();
    });
    let results = results.into_iter().map(|slot| {
        slot.into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    });
    results.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_their_tasks() {
        let doubled = map((0..1000).collect(), |number: i32| number * 2);
        assert_eq!(doubled, (0..2000).step_by(2).collect::<Vec<_>>());
    }
}
