//! What holds for every input, over some: those that once failed, and those of some seeds.
//!
//! The seeds are the same in each run; `JSC_SEED=1000 JSC_PROGRAMS=500 cargo test -p fuzzing --test seeds graphs` tries
//! more of them.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use fuzzing::{TARGETS, Target, bytes_of_seed};

/// A test for each target.
macro_rules! targets {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check_all(stringify!($name));
            }
        )*

        #[test]
        fn every_target_has_a_test() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

targets! {
    programs libraries effects graphs lives builtins source typescript optimizer modules limits json cache configuration
}

fn check_all(name: &str) {
    let target = Target::named(name).expect("a target of this name");
    let number = |name: &str, default: u64| match env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    };
    let first = number("JSC_SEED", 1);
    let seeds = (first..first + number("JSC_PROGRAMS", target.seeds)).map(Input::Seed);
    let inputs: Vec<Input> = seeds
        .chain(regressions(name).into_iter().map(Input::File))
        .collect();
    let faults = faults(target, &inputs);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// What an input is made of.
#[derive(Debug)]
enum Input {
    Seed(u64),
    File(PathBuf),
}

impl Input {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Input::Seed(seed) => bytes_of_seed(*seed),
            Input::File(path) => fs::read(path).expect("an input"),
        }
    }
}

/// The faults that the inputs show, in their order. By threads of its own and not by rayon's: what is tested uses those, and
/// a worker that waits for others would take up work that waits for it.
fn faults(target: &Target, inputs: &[Input]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut faults = Vec::new();
        while let Some((index, input)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            inputs.get(index).map(|input| (index, input))
        } {
            if let Err(fault) = target.check(&input.bytes()) {
                faults.push((index, format!("{}, {input:?}: {fault}", target.name)));
            }
        }
        faults
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut faults: Vec<(usize, String)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let found = workers
            .into_iter()
            .map(|worker| worker.join().expect("no target panics"));
        found.flatten().collect()
    });
    faults.sort();
    faults.into_iter().map(|(_, fault)| fault).collect()
}

/// The inputs that once failed, as libFuzzer wrote them.
fn regressions(name: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fuzz/regressions"
    ));
    let entries = fs::read_dir(folder.join(name))
        .into_iter()
        .flatten()
        .flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}
