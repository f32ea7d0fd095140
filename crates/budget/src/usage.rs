//! What threads and this process use, as the system tells it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A thread whose processor time others ask for: its directory in Linux's file system of processes.
#[derive(Clone, Debug)]
pub(crate) struct Thread(Option<PathBuf>);

impl Thread {
    /// This thread.
    pub(crate) fn this() -> Thread {
        let directory = fs::read_link("/proc/thread-self");
        Thread(directory.ok().map(|path| Path::new("/proc").join(path)))
    }

    /// Its processor time; on other systems, all time that goes by.
    pub(crate) fn time(&self) -> Duration {
        let told = self
            .0
            .as_ref()
            .and_then(|directory| fs::read_to_string(directory.join("schedstat")).ok());
        let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
        nanoseconds.map_or_else(since_the_first_call, Duration::from_nanos)
    }
}

fn since_the_first_call() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

/// Bytes of memory that this process has; 0 where the system does not tell.
pub(crate) fn memory() -> u64 {
    #[cfg(unix)]
    let page = rustix::param::page_size() as u64;
    #[cfg(not(unix))]
    let page = 4096;
    let told = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    // The second number counts pages that are in memory.
    let pages = told
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * page
}
