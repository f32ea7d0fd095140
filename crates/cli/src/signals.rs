//! What signals do: none comes between the two names of a file, and a limit of the sizes of files is an error like others.

#[cfg(unix)]
pub(crate) use unix::{fail_at_limit_of_files, held};

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, OnceLock};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::{flag, low_level};

    /// Those that end a program that is asked to end.
    const ENDING: [i32; 3] = [SIGHUP, SIGINT, SIGTERM];

    /// Writing beyond `ulimit -f` fails; without this, it ends the process.
    pub(crate) fn fail_at_limit_of_files() {
        // Where there is no handler to be had, all is as before.
        let _ = flag::register(SIGXFSZ, Arc::default());
    }

    /// The handlers of [`ENDING`]: whether one ends the process at once, and which has come while it did not.
    struct Hold {
        ends: Arc<AtomicBool>,
        come: Arc<AtomicUsize>,
    }

    /// Does what must not be left half done, quickly: a signal that would end the process does so afterwards.
    pub(crate) fn held<T>(work: impl FnOnce() -> T) -> T {
        static HOLD: OnceLock<Hold> = OnceLock::new();
        let hold = HOLD.get_or_init(|| {
            let ends = Arc::new(AtomicBool::new(true));
            let come = Arc::new(AtomicUsize::new(0));
            for signal in ENDING.into_iter().filter(|signal| !is_ignored(*signal)) {
                let number = usize::try_from(signal).unwrap_or_default();
                let _ = flag::register_usize(signal, Arc::clone(&come), number);
                let _ = flag::register_conditional_default(signal, Arc::clone(&ends));
            }
            Hold { ends, come }
        });
        hold.ends.store(false, Ordering::SeqCst);
        let done = work();
        hold.ends.store(true, Ordering::SeqCst);
        if let Ok(signal @ 1..) = i32::try_from(hold.come.swap(0, Ordering::SeqCst)) {
            let _ = low_level::emulate_default_handler(signal);
        }
        done
    }

    /// Whether whoever started this process has it ignore a signal, as `nohup` does: then it stays ignored.
    fn is_ignored(signal: i32) -> bool {
        // A line of hexadecimal digits, of which bit 0 is signal 1. Only Linux has it.
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    }
}

/// Other systems have other ways to end a program.
#[cfg(not(unix))]
pub(crate) fn fail_at_limit_of_files() {}

/// Other systems have other ways to end a program.
#[cfg(not(unix))]
pub(crate) fn held<T>(work: impl FnOnce() -> T) -> T {
    work()
}
