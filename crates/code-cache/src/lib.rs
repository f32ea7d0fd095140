//! Compiled wasm code on disk, by content.
//!
//! Cranelift takes about a second for a module the size of a JavaScript engine; mapping the result of an earlier
//! compilation takes well under a millisecond. So the machine code is kept in a directory, in a file named after the
//! wasm bytes and everything in the [`Engine`] that the code depends on (wasmtime's version, target, CPU features,
//! settings):
//!
//! ```text
//! ~/.cache/jsc/code/<key>.cwasm     what wasmtime writes, then 32 bytes: the BLAKE3 digest of it and <key>, keyed with…
//! ~/.cache/jsc/code/secret          …32 random bytes, which only this user can read
//! ```
//!
//! The cache is never a reason to fail: where it cannot be read or written, the module is compiled as if there were
//! no cache. Nor is it a way in: an entry that is truncated, damaged, belongs to another module or was written by
//! somebody else is ignored and replaced, never executed. When the entries come to more than a bound, those that have not
//! been used for longest are removed.

mod bound;
#[cfg(feature = "component")]
mod component;
mod content;
mod deserialize;
mod directory;
mod entry;
mod key;
mod secret;

use std::io;
use std::path::{Path, PathBuf};

use key::Key;
use secret::Secret;
use wasmtime::{Engine, Module};

#[cfg(feature = "component")]
pub use component::CompiledComponent;
pub use directory::default_directory;

/// Why a module could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no module that this engine compiles.
    #[error("cannot compile the module to native code")]
    Compile(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Code cannot be sealed without a place for the secret.
    #[error("precompiled code needs a cache directory, which there is none; set JSC_CACHE_DIR")]
    NoDirectory,
    /// The secret, or the file with the code, cannot be read or written.
    #[error("{0}")]
    Io(#[source] io::Error),
    /// A file of precompiled code that this user's jsc has not written for this module and this engine.
    #[error(
        "the precompiled code was not made from this module by this jsc on this machine; compile it again by \
         `jsc compile --precompile`, or remove it"
    )]
    Refused,
}

/// The bound of a cache of which nobody said otherwise.
pub const DEFAULT_BOUND: u64 = 512 << 20;

/// Compiled modules in one directory, or nowhere.
///
/// Any number of threads and processes may use the same directory at once.
#[derive(Clone, Debug)]
pub struct CodeCache {
    directory: Option<PathBuf>,
    bound: u64,
}

impl CodeCache {
    /// A cache in `directory`, which is created when the first module is stored; `None` keeps nothing.
    #[must_use]
    pub fn new(directory: Option<PathBuf>) -> CodeCache {
        CodeCache {
            directory,
            bound: DEFAULT_BOUND,
        }
    }

    /// The same with another bound for the bytes of all entries.
    #[must_use]
    pub fn with_bound(mut self, bound: u64) -> CodeCache {
        self.bound = bound;
        self
    }

    /// The native code of the module `wasm`: from the cache, or compiled now and stored.
    ///
    /// # Errors
    ///
    /// [`Error::Compile`] when `wasm` does not compile. Problems with the cache itself are no errors.
    pub fn module(&self, engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
        match self.find(engine, wasm) {
            Some(module) => Ok(module),
            None => self.compile(engine, wasm),
        }
    }

    /// The native code of the module `wasm`, compiled now and stored.
    ///
    /// # Errors
    ///
    /// As [`CodeCache::module`].
    pub fn compile(&self, engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
        let module = compile(engine, wasm)?;
        let Some(directory) = &self.directory else {
            return Ok(module);
        };
        let key = Key::new(engine, wasm);
        if let Ok(code) = module.serialize() {
            // A full disk or a read-only home costs the next run a compilation and this one nothing.
            let _ = entry::store(directory, &key, &code)
                .and_then(|()| bound::sweep(directory, self.bound));
        }
        Ok(module)
    }

    /// The native code of the module `wasm` if it is in the cache.
    #[must_use]
    pub fn find(&self, engine: &Engine, wasm: &[u8]) -> Option<Module> {
        let directory = self.directory.as_ref()?;
        entry::load(directory, &Key::new(engine, wasm), engine)
    }

    /// The content of a file with the native code of the module `wasm`, for [`CodeCache::open`].
    ///
    /// # Errors
    ///
    /// [`Error::Compile`] when `wasm` does not compile; the others when there is no secret to seal the code with.
    pub fn seal(&self, engine: &Engine, wasm: &[u8]) -> Result<Vec<u8>, Error> {
        let directory = self.directory.as_ref().ok_or(Error::NoDirectory)?;
        let secret = Secret::create(directory).map_err(Error::Io)?;
        let code = compile(engine, wasm)?.serialize();
        let code = code.map_err(|error| Error::Compile(error.into()))?;
        Ok(entry::sealed(&Key::new(engine, wasm), &secret, code))
    }

    /// The native code of the module `wasm` from a file that was written with what [`CodeCache::seal`] gave.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] for anything else: it is never executed.
    pub fn open(&self, engine: &Engine, wasm: &[u8], file: &Path) -> Result<Module, Error> {
        let file = inputs::open(file).map_err(Error::Io)?;
        let directory = self.directory.as_ref().ok_or(Error::NoDirectory)?;
        let secret = Secret::read(directory).ok_or(Error::Refused)?;
        entry::open(file, &Key::new(engine, wasm), &secret, engine).ok_or(Error::Refused)
    }
}

fn compile(engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
    Module::from_binary(engine, wasm).map_err(|error| Error::Compile(error.into()))
}
