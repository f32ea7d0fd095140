//! How long something may take.

use std::time::{Duration, Instant};

use crate::Fault;

/// Does something that must end within `limit`. It is measured and not stopped: what never ends is ended by the fuzzer
/// (`-timeout`) or by whoever runs the tests.
pub(crate) fn within<T>(limit: Duration, what: &str, work: impl FnOnce() -> T) -> Result<T, Fault> {
    let begin = Instant::now();
    let done = work();
    let time = begin.elapsed();
    if time > limit {
        return Err(Fault::new(format!(
            "{what} took {time:.1?}, more than {limit:?}"
        )));
    }
    Ok(done)
}
