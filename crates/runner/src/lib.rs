//! Runs WASI preview 1 modules on wasmtime: everything wasmtime at run time, and nothing of compiling JavaScript.
//!
//! A [`Runtime`] is an engine with its settings, a [`Function`] a module made ready once, a [`Call`] what one run is
//! given, [`Limits`] what it may use and an [`Outcome`] what it did. A module reaches its standard streams, clocks and randomness; files,
//! environment variables and arguments only as far as the call hands them over; and never the network.
//!
//! ```
//! use runner::{Config, Limits, Runtime};
//!
//! // Writes what it reads, up to 64 KiB.
//! let echo = wat::parse_str(r#"
//!     (module
//!         (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
//!         (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
//!         (memory (export "memory") 2)
//!         (data (i32.const 0) "\10\00\00\00\00\00\01\00") ;; a buffer: 65,536 bytes at 16
//!         (func (export "_start")
//!             (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
//!             (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
//! "#)?;
//!
//! let runtime = Runtime::new(&Config::default())?;
//! let function = runtime.load(&echo)?;
//! let limits = Limits { output: Some(20_000), ..Limits::default() };
//! let outcome = function.call("hello", &limits)?;
//! assert_eq!(outcome.exit_code, 0);
//! assert_eq!(outcome.stdout, b"hello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod call;
mod complexity;
mod deadline;
mod diagnose;
mod ending;
mod engine;
mod error;
mod files;
mod fuel;
mod function;
mod host;
mod inspect;
mod leave;
mod limits;
mod memory;
mod pages;
mod runtime;
mod sampling;
mod stack;
mod stop;
mod streams;
mod suggest;
mod ticker;
mod wasi;
mod world;

pub use call::{Call, Outcome, Output, Stdin};
pub use code_cache::default_directory as default_cache_directory;
pub use engine::{Allocation, Config};
pub use error::{Error, Exceeded, TRAP_EXIT_CODE, Trap, TrapKind};
pub use function::Function;
pub use inspect::{Inspection, inspect};
pub use limits::{Bound, Excess, LimitKind, Limits, LogLimit};
pub use pages::{PAGE_SIZE, Pages};
pub use runtime::Runtime;
pub use sampling::{Sampler, View};
pub use stack::LinearStack;
pub use world::World;
