//! Runs WASI preview 1 modules on wasmtime: everything wasmtime at run time, and nothing of compiling JavaScript.
//!
//! A [`Runtime`] is an engine with its settings, a [`Function`] a module made ready once, a [`Call`] what one run is
//! given and an [`Outcome`] what it did. A module reaches its standard streams, clocks and randomness; files,
//! environment variables and arguments only as far as the call hands them over; and never the network.
//!
//! ```
//! use runner::{Call, Config, Runtime, Stdin};
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
//! let outcome = function.call(Call {
//!     stdin: Stdin::Bytes(b"hello".to_vec()),
//!     ..Call::default()
//! })?;
//! assert_eq!(outcome.exit_code, 0);
//! assert_eq!(outcome.stdout, b"hello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod call;
mod diagnose;
mod ending;
mod error;
mod executor;
mod function;
mod memory;
mod runtime;
mod stdio;
mod suggest;

pub use call::{Call, Outcome, Output, Stdin};
pub use code_cache::default_directory as default_cache_directory;
pub use error::{Error, TRAP_EXIT_CODE, Trap, TrapKind};
pub use function::Function;
pub use runtime::{Allocation, Config, Runtime};
