//! This process's standard output, as it is handed to a module.

use std::io::{self, Write};

/// Standard output without the line buffer of [`io::stdout`], which would cut every chunk in two.
#[cfg(unix)]
pub(super) fn stdout() -> Box<dyn Write + Send> {
    use std::fs::File;
    use std::os::fd::AsFd;
    // What this process has printed itself comes first.
    let _ = io::stdout().flush();
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(descriptor) => Box::new(File::from(descriptor)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// Windows' consoles take UTF-16, which [`io::stdout`] knows about.
#[cfg(not(unix))]
pub(super) fn stdout() -> Box<dyn Write + Send> {
    Box::new(FlushedStdout)
}

#[cfg(not(unix))]
struct FlushedStdout;

#[cfg(not(unix))]
impl Write for FlushedStdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes)?;
        stdout.flush()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}
