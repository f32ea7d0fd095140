//! Compiled wasm code on disk, by content.
//!
//! Cranelift takes about a second for a module the size of a JavaScript engine; mapping the result of an earlier
//! compilation takes well under a millisecond. So the machine code is kept in a directory, in a file named after the
//! wasm bytes and everything in the [`Engine`] that the code depends on (wasmtime's version, target, CPU features,
//! settings):
//!
//! ```text
//! ~/.cache/jsc/code/<key>.cwasm     what wasmtime writes, then 32 bytes: its BLAKE3 digest, keyed with <key>
//! ```
//!
//! The cache is never a reason to fail: where it cannot be read or written, the module is compiled as if there were
//! no cache. Nor is it a way in: an entry that is truncated, damaged, belongs to another module or may have been
//! written by another user is ignored and replaced, never executed.

mod deserialize;
mod directory;
mod entry;
mod key;

use std::path::PathBuf;

use key::Key;
use wasmtime::{Engine, Module};

pub use directory::default_directory;

/// Why a module could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no module that this engine compiles.
    #[error("cannot compile the module to native code")]
    Compile(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Compiled modules in one directory, or nowhere.
///
/// Any number of threads and processes may use the same directory at once.
#[derive(Clone, Debug)]
pub struct CodeCache {
    directory: Option<PathBuf>,
}

impl CodeCache {
    /// A cache in `directory`, which is created when the first module is stored; `None` keeps nothing.
    #[must_use]
    pub fn new(directory: Option<PathBuf>) -> CodeCache {
        CodeCache { directory }
    }

    /// The native code of the module `wasm`: from the cache, or compiled now and stored.
    ///
    /// # Errors
    ///
    /// [`Error::Compile`] when `wasm` does not compile. Problems with the cache itself are no errors.
    pub fn module(&self, engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
        let Some(directory) = &self.directory else {
            return compile(engine, wasm);
        };
        let key = Key::new(engine, wasm);
        if let Some(module) = entry::load(directory, &key, engine) {
            return Ok(module);
        }
        let module = compile(engine, wasm)?;
        if let Ok(code) = module.serialize() {
            // A full disk or a read-only home costs the next run a compilation and this one nothing.
            let _ = entry::store(directory, &key, &code);
        }
        Ok(module)
    }

    /// The native code of the module `wasm` if it is in the cache.
    #[must_use]
    pub fn find(&self, engine: &Engine, wasm: &[u8]) -> Option<Module> {
        let directory = self.directory.as_ref()?;
        entry::load(directory, &Key::new(engine, wasm), engine)
    }
}

fn compile(engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
    Module::from_binary(engine, wasm).map_err(|error| Error::Compile(error.into()))
}
