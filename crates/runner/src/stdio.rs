//! The three standard streams, as wasmtime-wasi wants them: blocking, unbuffered, and shared by all descriptors that
//! the module makes of one.

use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite};
use wasmtime_wasi::async_trait;
use wasmtime_wasi::cli::{IsTerminal, StdinStream, StdoutStream};
use wasmtime_wasi::p2::{InputStream, OutputStream, Pollable, StreamError, StreamResult};

use crate::call::{Output, Stdin};

/// The most that one read or write moves: as much as a pipe holds on Linux.
const CHUNK: usize = 64 * 1024;

/// A module's standard input.
#[derive(Clone)]
pub(crate) struct Input {
    source: Arc<Mutex<Source>>,
    terminal: bool,
}

enum Source {
    Bytes(Bytes),
    Reader(Box<dyn Read + Send>),
}

impl Input {
    pub(crate) fn new(stdin: Stdin) -> Input {
        let terminal = matches!(stdin, Stdin::Inherit) && io::stdin().is_terminal();
        let source = match stdin {
            Stdin::Empty => Source::Bytes(Bytes::new()),
            Stdin::Inherit => Source::Reader(Box::new(io::stdin())),
            Stdin::Bytes(bytes) => Source::Bytes(bytes.into()),
            Stdin::File(file) => Source::Reader(Box::new(file)),
            Stdin::Reader(reader) => Source::Reader(reader),
        };
        Input {
            source: Arc::new(Mutex::new(source)),
            terminal,
        }
    }
}

impl InputStream for Input {
    fn read(&mut self, size: usize) -> StreamResult<Bytes> {
        if size == 0 {
            return Ok(Bytes::new());
        }
        let read = match &mut *lock(&self.source) {
            Source::Bytes(bytes) => bytes.split_to(size.min(bytes.len())),
            Source::Reader(reader) => {
                let mut buffer = BytesMut::zeroed(size.min(CHUNK));
                let length = loop {
                    match reader.read(&mut buffer) {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        result => break result.map_err(failed)?,
                    }
                };
                buffer.truncate(length);
                buffer.freeze()
            }
        };
        if read.is_empty() {
            return Err(StreamError::Closed);
        }
        Ok(read)
    }
}

#[async_trait]
impl Pollable for Input {
    /// Always: `read` blocks.
    async fn ready(&mut self) {}
}

impl IsTerminal for Input {
    fn is_terminal(&self) -> bool {
        self.terminal
    }
}

impl StdinStream for Input {
    fn p2_stream(&self) -> Box<dyn InputStream> {
        Box::new(self.clone())
    }

    fn async_stream(&self) -> Box<dyn AsyncRead + Send + Sync> {
        unreachable!("WASI preview 1 reads by `p2_stream`")
    }
}

/// A module's standard output or standard error.
#[derive(Clone)]
pub(crate) struct OutputPort {
    sink: Arc<Mutex<Sink>>,
    terminal: bool,
}

struct Sink {
    target: Target,
    error: Option<io::Error>,
}

enum Target {
    Capture(Vec<u8>),
    Writer(Box<dyn Write + Send>),
}

impl OutputPort {
    pub(crate) fn stdout(output: Output) -> OutputPort {
        OutputPort::new(output, inherited::stdout, || io::stdout().is_terminal())
    }

    pub(crate) fn stderr(output: Output) -> OutputPort {
        OutputPort::new(
            output,
            || Box::new(io::stderr()),
            || io::stderr().is_terminal(),
        )
    }

    fn new(
        output: Output,
        inherit: impl FnOnce() -> Box<dyn Write + Send>,
        is_terminal: impl FnOnce() -> bool,
    ) -> OutputPort {
        let terminal = matches!(output, Output::Inherit) && is_terminal();
        let target = match output {
            Output::Capture => Target::Capture(Vec::new()),
            Output::Discard => Target::Writer(Box::new(io::sink())),
            Output::Inherit => Target::Writer(inherit()),
            Output::Writer(writer) => Target::Writer(writer),
        };
        OutputPort {
            sink: Arc::new(Mutex::new(Sink {
                target,
                error: None,
            })),
            terminal,
        }
    }

    /// Flushes the output; what was captured, and the first error if anything was lost.
    pub(crate) fn finish(self) -> (Vec<u8>, Option<io::Error>) {
        let sink = &mut *lock(&self.sink);
        let captured = match &mut sink.target {
            Target::Capture(bytes) => std::mem::take(bytes),
            Target::Writer(writer) => {
                let flushed = writer.flush();
                sink.error = sink.error.take().or(flushed.err());
                Vec::new()
            }
        };
        (captured, sink.error.take())
    }
}

impl OutputStream for OutputPort {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        let sink = &mut *lock(&self.sink);
        let result = match &mut sink.target {
            Target::Capture(captured) => captured.write_all(&bytes),
            Target::Writer(writer) => writer.write_all(&bytes),
        };
        result.map_err(|error| {
            sink.error.get_or_insert_with(|| same_error(&error));
            failed(error)
        })
    }

    /// Nothing to do: inherited streams are not buffered, and a caller's buffer is flushed once, at the end.
    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(CHUNK)
    }
}

#[async_trait]
impl Pollable for OutputPort {
    /// Always: `write` blocks.
    async fn ready(&mut self) {}
}

impl IsTerminal for OutputPort {
    fn is_terminal(&self) -> bool {
        self.terminal
    }
}

impl StdoutStream for OutputPort {
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }

    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        unreachable!("WASI preview 1 writes by `p2_stream`")
    }
}

mod inherited {
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
}

/// wasmtime-wasi finds the WASI error number of an [`io::Error`] by itself: `EPIPE` for a closed pipe.
fn failed(error: io::Error) -> StreamError {
    StreamError::LastOperationFailed(error.into())
}

/// A second value of an error, which [`io::Error`] cannot clone.
fn same_error(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// A caller's reader or writer that panicked in an earlier call is no reason to panic in this one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
