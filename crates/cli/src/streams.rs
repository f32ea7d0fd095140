//! Standard output that was closed before this program began (`jsc run fn.wasm >&-`).
//!
//! Rust opens the null device in its place, where all output would be lost without anybody noticing. Here writing to it
//! fails as it does when a reader has gone.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use runner::Output;

static IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Runs before Rust's own preparations.
#[cfg(unix)]
#[ctor::ctor(unsafe)]
fn look() {
    let flags = rustix::io::fcntl_getfd(io::stdout());
    IS_CLOSED.store(flags.is_err(), Ordering::SeqCst);
}

/// Writes to standard output.
pub(crate) fn write(bytes: &[u8]) -> io::Result<()> {
    match IS_CLOSED.load(Ordering::SeqCst) && !bytes.is_empty() {
        true => Err(io::ErrorKind::BrokenPipe.into()),
        false => io::stdout().write_all(bytes),
    }
}

/// Standard output for a module.
pub(crate) fn stdout() -> Output {
    match IS_CLOSED.load(Ordering::SeqCst) {
        true => Output::Writer(Box::new(Closed)),
        false => Output::Inherit,
    }
}

/// Where nothing can be written.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
