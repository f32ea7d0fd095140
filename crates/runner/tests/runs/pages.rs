//! What calls leave behind: pages that they change, and memory of the host, of which there must be none.

use runner::{Allocation, Call, Config, Limits, Pages, Runtime};

use crate::modules::{command, function};

fn pages(body: &str) -> Pages {
    let call = Call {
        count_pages: true,
        ..Call::default()
    };
    let outcome = function(&command(body)).call(call, &Limits::default());
    outcome.unwrap().pages.unwrap()
}

#[test]
fn changed_pages_are_counted() {
    let total = 3 * 16;
    assert_eq!(
        pages(""),
        Pages {
            changed: 0,
            grown: 0,
            total
        }
    );
    // Two pages, one of them twice, and one that is written what it held.
    let body =
        "(i32.store (i32.const 8192) (i32.const 1)) (i32.store (i32.const 8200) (i32.const 1))
        (i32.store (i32.const 20476) (i32.const 7)) (i32.store (i32.const 40960) (i32.const 0))";
    assert_eq!(pages(body).changed, 2);
    let grown =
        pages("(drop (memory.grow (i32.const 1))) (i32.store (i32.const 200000) (i32.const 1))");
    assert_eq!(
        grown,
        Pages {
            changed: 1,
            grown: 1,
            total: total + 16
        }
    );
}

#[test]
fn the_depth_of_the_stack_is_told() {
    let stack = |data: &str, body: &str| {
        let wat = format!(
            r#"(module (global $sp (mut i32) (i32.const 4096)) (memory (export "memory") 1) {data}
                (func $deeper (param $more i32)
                    (global.set $sp (i32.sub (global.get $sp) (i32.const 64)))
                    (i32.store (global.get $sp) (i32.const 7))
                    (if (local.get $more)
                        (then (call $deeper (i32.sub (local.get $more) (i32.const 1)))))
                    (global.set $sp (i32.add (global.get $sp) (i32.const 64))))
                (func (export "_start") {body}))"#
        );
        let call = Call {
            count_pages: true,
            ..Call::default()
        };
        let outcome = function(&wat).call(call, &Limits::default()).unwrap();
        outcome.stack.map(|stack| (stack.used, stack.size))
    };
    assert_eq!(stack("", ""), Some((0, 4096)));
    assert_eq!(stack("", "(call $deeper (i32.const 9))"), Some((640, 4096)));
    // There is no saying what of it was the call's.
    assert_eq!(stack("(data (i32.const 100) \"x\")", ""), None);
}

#[test]
fn they_are_not_counted_unless_asked_for() {
    let outcome = function(&command("")).call(Call::default(), &Limits::default());
    assert_eq!(outcome.unwrap().pages, None);
}

#[cfg(target_os = "linux")]
#[test]
fn calls_leave_no_memory_behind() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/statm").unwrap();
        let pages: usize = status.split(' ').nth(1).unwrap().parse().unwrap();
        pages * 4096
    };
    let wasm = wat::parse_str(command(
        "(drop (memory.grow (i32.const 4))) (memory.fill (i32.const 0) (i32.const 1) (i32.const 400000))
         (if (call $read) (then (call $proc_exit (i32.const 3))))",
    ))
    .unwrap();
    for allocation in [Allocation::OnDemand, Allocation::Pooled { instances: 4 }] {
        let config = Config {
            allocation,
            fuel: true,
            interruption: true,
            ..Config::default()
        };
        let limits = Limits {
            fuel: Some(1_000_000_000),
            time: Some(std::time::Duration::from_secs(60)),
            ..Limits::default()
        };
        let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
        let call = || {
            let outcome = function.call("input", &limits).unwrap();
            assert_eq!(outcome.exit_code, 3);
        };
        (0..100).for_each(|_| call());
        let before = resident();
        (0..3000).for_each(|_| call());
        // Other tests run at the same time; but a kilobyte a call would be three megabytes, and a memory a gigabyte.
        let grown = resident().saturating_sub(before);
        assert!(grown < 200 << 20, "{grown} bytes for {allocation:?}");
    }
}

#[test]
fn samples_are_taken_at_the_same_places() {
    use runner::{Error, Sampler};
    use std::sync::{Arc, Mutex};
    let body = "(local.set $n (i32.const 200))
        (loop $more
            (i32.store (i32.const 1024) (local.get $n))
            (call $write (i32.const 2) (i32.const 1024) (i32.const 4))
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br_if $more (local.get $n)))";
    let wasm = wat::parse_str(command(body)).unwrap();
    let config = Config {
        fuel: true,
        interruption: true,
        ..Config::default()
    };
    let function = Runtime::new(&config).unwrap().load(&wasm).unwrap();
    let sample = || {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&seen);
        let sampler = Sampler::new(50, 20, move |view| {
            shared.lock().unwrap().push((view.memory[1024], view.fuel));
        });
        let call = Call {
            sampler: Some(sampler),
            ..Call::default()
        };
        let outcome = function.call(call, &Limits::default()).unwrap();
        let seen = seen.lock().unwrap().clone();
        (seen, outcome.fuel.unwrap())
    };
    let (first, fuel) = sample();
    assert_eq!(sample(), (first.clone(), fuel));
    let sum: u64 = first.iter().map(|(_, fuel)| fuel).sum();
    assert!(sum <= fuel && fuel - sum < 1000, "{sum} of {fuel}");
    // The interval has grown with the number of samples, and the memory is that of the moment.
    assert!(
        first.len() > 40 && first[first.len() - 1].1 > 2 * first[0].1,
        "{first:?}"
    );
    assert!(first[0].0 > first[first.len() - 1].0);
    let plain = crate::modules::function(&command("")).call(
        Call {
            sampler: Some(Sampler::new(1, 1, |_| {})),
            ..Call::default()
        },
        &Limits::default(),
    );
    assert!(matches!(plain, Err(Error::Unenforceable { .. })));
}
