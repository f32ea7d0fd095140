//! Work is kept to its budget.

use std::time::{Duration, Instant};

use budget::{Budget, Exceeded, Limit, Meter};

/// Of memory there is enough for all tests together: it is counted for the process.
const BUDGET: Budget = Budget {
    time: Duration::from_millis(200),
    memory: 1 << 30,
};

fn exceeded(limit: Limit, task: &str) -> Exceeded {
    let task = task.to_string();
    Exceeded { limit, task }
}

/// Uses the processor until `time` is gone.
fn spin(time: Duration) {
    let begun = Instant::now();
    while begun.elapsed() < time {
        std::hint::spin_loop();
    }
}

#[test]
fn work_gives_what_it_gives() {
    assert_eq!(Meter::new(BUDGET).run(|_| 7), Ok(7));
}

#[test]
fn waiting_takes_no_processor_time() {
    let waited = Meter::new(BUDGET).run(|_| std::thread::sleep(BUDGET.time * 2));
    assert_eq!(waited, Ok(()));
}

#[test]
#[cfg(target_os = "linux")]
fn work_that_takes_too_long_is_left() {
    let result = Meter::new(BUDGET).run(|here| {
        here.begin("a.js");
        spin(BUDGET.time / 8);
        here.begin("b.js");
        spin(Duration::from_secs(20));
    });
    assert_eq!(result, Err(exceeded(Limit::Time, "b.js")));
}

#[test]
#[cfg(target_os = "linux")]
fn all_threads_and_all_work_count() {
    let meter = Meter::new(BUDGET);
    let by_another = meter.run(|here| {
        let meter = here.meter().clone();
        std::thread::spawn(move || {
            let thread = meter.measure();
            thread.begin("a.js");
            spin(Duration::from_secs(20));
        })
        .join()
        .is_ok()
    });
    assert_eq!(by_another, Err(exceeded(Limit::Time, "a.js")));
    assert!(meter.time_is_up());
    let later = meter.run(|_| spin(Duration::from_secs(20)));
    assert_eq!(later.map_err(|exceeded| exceeded.limit), Err(Limit::Time));
}

#[test]
#[cfg(target_os = "linux")]
fn work_that_takes_too_much_memory_is_left() {
    let budget = Budget {
        memory: 64 << 20,
        ..BUDGET
    };
    let result = Meter::new(budget).run(|here| {
        here.begin("a.js");
        let filled = vec![1_u8; 128 << 20];
        std::thread::sleep(Duration::from_secs(2));
        filled.len()
    });
    assert_eq!(result, Err(exceeded(Limit::Memory, "a.js")));
}

#[test]
#[should_panic(expected = "a fault of ours")]
fn panics_go_on() {
    let _ = Meter::new(BUDGET).run(|_| panic!("a fault of ours"));
}
