//! Calls that are given directories: files are wasmtime-wasi's, whose sandbox of paths is not to be rebuilt.
//!
//! wasmtime-wasi is written against tokio and, when it finds no tokio runtime, starts one with a thread for every
//! core. Nothing here needs those threads: our streams block, and files may. So a call runs inside a runtime without
//! threads and without drivers, which is no more than a place where ready futures are polled.

use std::io;
use std::path::PathBuf;
use std::sync::LazyLock;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Builder, EnterGuard, Runtime};
use wasmtime::{InstancePre, Linker, Module};
use wasmtime_wasi::cli::{IsTerminal, StdinStream, StdoutStream};
use wasmtime_wasi::p1::{self, WasiP1Ctx};
use wasmtime_wasi::p2::{InputStream, OutputStream, Pollable, StreamError, StreamResult};
use wasmtime_wasi::{FsPerms, WasiCtx, async_trait};

use crate::error::Error;
use crate::host::{Host, Shared, Streams};
use crate::streams::{CHUNK, Failure, Sink, Source};
use crate::wasi;

static WITHOUT_THREADS: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread()
        .build()
        .expect("a tokio runtime without drivers asks nothing of the system")
});

/// The runtime is the current one until the guard is dropped.
pub(crate) fn enter() -> EnterGuard<'static> {
    WITHOUT_THREADS.enter()
}

/// Resolves a module's imports to wasmtime-wasi, and to our own functions for all but files.
pub(crate) fn link(module: &Module) -> wasmtime::Result<InstancePre<Host>> {
    let mut linker: Linker<Host> = Linker::new(module.engine());
    p1::add_to_linker_sync(&mut linker, |host| {
        &mut **host
            .files
            .as_mut()
            .expect("an instance linked to files belongs to a call with files")
    })?;
    linker.allow_shadowing(true);
    for import in module.imports() {
        if import.module() == wasi::MODULE {
            wasi::define_without_files(&mut linker, import.name())?;
        }
    }
    linker.instantiate_pre(module)
}

/// What wasmtime-wasi keeps for one call.
pub(crate) fn open(
    directories: Vec<(PathBuf, String)>,
    streams: &Streams,
) -> Result<Box<WasiP1Ctx>, Error> {
    let mut wasi = WasiCtx::builder();
    wasi.allow_blocking_current_thread(true)
        .stdin(streams.stdin.clone())
        .stdout(streams.stdout.clone())
        .stderr(streams.stderr.clone());
    for (path, name) in directories {
        wasi.preopened_dir(&path, name, FsPerms::ReadWrite)
            .map_err(|error| Error::Directory {
                path,
                reason: error.downcast().unwrap_or_else(io::Error::other),
            })?;
    }
    Ok(Box::new(wasi.build_p1()))
}

/// wasmtime-wasi finds the WASI error number of an [`io::Error`] by itself: `EPIPE` for a closed pipe.
fn failed(failure: Failure) -> StreamError {
    match failure {
        Failure::Io(error) => StreamError::LastOperationFailed(error.into()),
        Failure::Stop(stop) => StreamError::Trap(stop.into()),
    }
}

impl InputStream for Shared<Source> {
    fn read(&mut self, size: usize) -> StreamResult<Bytes> {
        if size == 0 {
            return Ok(Bytes::new());
        }
        let mut buffer = BytesMut::zeroed(size.min(CHUNK));
        let length = self.lock().read(&mut buffer).map_err(failed)?;
        if length == 0 {
            return Err(StreamError::Closed);
        }
        buffer.truncate(length);
        Ok(buffer.freeze())
    }
}

#[async_trait]
impl Pollable for Shared<Source> {
    /// Always: `read` blocks.
    async fn ready(&mut self) {}
}

impl IsTerminal for Shared<Source> {
    fn is_terminal(&self) -> bool {
        self.lock().is_terminal()
    }
}

impl StdinStream for Shared<Source> {
    fn p2_stream(&self) -> Box<dyn InputStream> {
        Box::new(self.clone())
    }

    fn async_stream(&self) -> Box<dyn AsyncRead + Send + Sync> {
        unreachable!("WASI preview 1 reads by `p2_stream`")
    }
}

impl OutputStream for Shared<Sink> {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.lock().write(&bytes).map_err(failed)
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
impl Pollable for Shared<Sink> {
    /// Always: `write` blocks.
    async fn ready(&mut self) {}
}

impl IsTerminal for Shared<Sink> {
    fn is_terminal(&self) -> bool {
        self.lock().is_terminal()
    }
}

impl StdoutStream for Shared<Sink> {
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }

    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        unreachable!("WASI preview 1 writes by `p2_stream`")
    }
}
