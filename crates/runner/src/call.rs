//! What a call is given and what comes of it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use crate::pages::Pages;
use crate::sampling::Sampler;
use crate::stack::LinearStack;
use crate::world::World;

/// What one run of a module is given. The default gives nothing and captures what the module writes.
#[derive(Debug, Default)]
pub struct Call {
    /// The exported function to run; `_start` when `None`.
    pub export: Option<String>,
    /// Where the module's standard input comes from.
    pub stdin: Stdin,
    /// Where its standard output goes.
    pub stdout: Output,
    /// Where its standard error goes.
    pub stderr: Output,
    /// Its arguments. By convention the first is the name of the program.
    pub args: Vec<String>,
    /// Its environment variables.
    pub env: Vec<(String, String)>,
    /// The directories it may read and write, as (path of the host, name in the module).
    pub directories: Vec<(PathBuf, String)>,
    /// The clocks and the randomness it sees.
    pub world: World,
    /// Whether to count the pages of memory that it changes, and to look how deep its stack was, which takes a copy of its
    /// memory.
    pub count_pages: bool,
    /// Whether it runs on a thread of its own if there is a limit of time, which is left behind when it is over. A call that
    /// is given directories always does: a file can block. Others can be late by what a single instruction takes, about a
    /// second for a `memory.fill` of 4 GiB.
    pub own_thread: bool,
    /// Who looks at its memory while it runs; needs [`Config::fuel`](crate::Config::fuel) and
    /// [`Config::interruption`](crate::Config::interruption).
    pub sampler: Option<Sampler>,
}

/// A call that is given this standard input and nothing else.
impl From<Vec<u8>> for Call {
    fn from(bytes: Vec<u8>) -> Call {
        Call {
            stdin: Stdin::Bytes(bytes),
            ..Call::default()
        }
    }
}

/// A call that is given this standard input and nothing else.
impl From<&[u8]> for Call {
    fn from(bytes: &[u8]) -> Call {
        bytes.to_vec().into()
    }
}

/// A call that is given this standard input and nothing else.
impl From<&str> for Call {
    fn from(text: &str) -> Call {
        text.as_bytes().into()
    }
}

/// Where a module's standard input comes from. All but [`Stdin::Bytes`] are read only when the module reads.
#[derive(Default)]
pub enum Stdin {
    /// Nothing: the module sees the end of the input at once.
    #[default]
    Empty,
    /// This process's standard input.
    Inherit,
    /// These bytes.
    Bytes(Vec<u8>),
    /// An open file or pipe.
    File(File),
    /// Anything else. It may block; reads are for at most 64 KiB.
    Reader(Box<dyn Read + Send>),
}

/// Where a module's output goes.
#[derive(Default)]
pub enum Output {
    /// Into the [`Outcome`].
    #[default]
    Capture,
    /// Nowhere.
    Discard,
    /// To this process's stream of the same name, as it is written.
    Inherit,
    /// Anywhere else. It may block; it gets at most 4 KiB at a time and is flushed when the call ends.
    Writer(Box<dyn Write + Send>),
}

impl fmt::Debug for Stdin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stdin::Empty => "Empty",
            Stdin::Inherit => "Inherit",
            Stdin::Bytes(_) => "Bytes(..)",
            Stdin::File(_) => "File(..)",
            Stdin::Reader(_) => "Reader(..)",
        })
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Output::Capture => "Capture",
            Output::Discard => "Discard",
            Output::Inherit => "Inherit",
            Output::Writer(_) => "Writer(..)",
        })
    }
}

/// What a run did and what it took.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What the module passed to `proc_exit`, or 0 when it just returned. It is 1 when the module thought that all
    /// went well but `stdout_error` says otherwise, [`TRAP_EXIT_CODE`](crate::TRAP_EXIT_CODE) when it
    /// trapped, and [`LimitKind::exit_code`](crate::LimitKind::exit_code) when a limit ended it.
    pub exit_code: i32,
    /// wasmtime's count of executed instructions, when [`Config::fuel`](crate::Config::fuel) is on. Exact and
    /// repeatable; of a call that is over its limit, up to the place where it was ended. `None` when it is not known: a load,
    /// a store or arithmetic has trapped, or the time was over, in the middle of a function.
    pub fuel: Option<u64>,
    /// The most bytes of linear memory that the module had at any time.
    pub peak_memory: u64,
    /// The bytes that it read from standard input.
    pub input: u64,
    /// The bytes that it wrote to standard output, or tried to.
    pub output: u64,
    /// The bytes that it wrote to standard error, or tried to.
    pub log: u64,
    /// The pages of memory that it changed, when [`Call::count_pages`] is on.
    pub pages: Option<Pages>,
    /// What it used of its stack in linear memory, when [`Call::count_pages`] is on and that can be told.
    pub stack: Option<LinearStack>,
    /// What it wrote to standard output, if that was captured.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error, if that was captured.
    pub stderr: Vec<u8>,
    /// Why some of its standard output was lost, if it was: [`io::ErrorKind::BrokenPipe`] when the reader had gone.
    /// The module saw the error too, as the result of its `fd_write`.
    pub stdout_error: Option<io::Error>,
    /// Whether the module did as if there were no such error, so that nobody has heard of it.
    pub ignored_stdout_error: bool,
    /// The time from the call until the module was ready to run, its start function (if any) included.
    pub instantiate: Duration,
    /// The time the exported function took.
    pub run: Duration,
}
