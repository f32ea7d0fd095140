//! An engine that loads modules.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use code_cache::CodeCache;
use wasmtime::Engine;

use crate::complexity;
use crate::diagnose;
use crate::engine::{Config, engine};
use crate::error::Error;
use crate::function::Function;
use crate::ticker::Ticker;

/// An engine that loads and runs modules, from any number of threads.
#[derive(Clone)]
pub struct Runtime {
    shared: Arc<Shared>,
}

/// What a runtime and its functions have in common.
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) config: Config,
    pub(crate) ticker: Ticker,
    cache: CodeCache,
}

impl Runtime {
    /// A runtime with these settings.
    ///
    /// # Errors
    ///
    /// [`Error::Engine`] when the settings contradict each other.
    pub fn new(config: &Config) -> Result<Runtime, Error> {
        let engine = engine(config).map_err(|error| Error::Engine(format!("{error:#}")))?;
        Ok(Runtime {
            shared: Arc::new(Shared {
                ticker: Ticker::new(&engine),
                cache: CodeCache::new(config.cache_directory.clone())
                    .with_bound(config.cache_bound),
                config: config.clone(),
                engine,
            }),
        })
    }

    /// Makes a module ready to be called: compiles it or finds its code in the cache, and resolves its imports.
    ///
    /// # Errors
    ///
    /// Each says what is wrong with the module; none of them is about the cache.
    pub fn load(&self, wasm: &[u8]) -> Result<Function, Error> {
        diagnose::check_header(wasm)?;
        let Shared {
            engine,
            config,
            cache,
            ..
        } = &*self.shared;
        // What is in the cache has been compiled.
        let module = match cache.find(engine, wasm) {
            Some(module) => module,
            None => {
                if config.bounded_compilation {
                    complexity::check(wasm)?;
                }
                cache
                    .compile(engine, wasm)
                    .map_err(|error| diagnose::explain(wasm, &error, config.max_memory))?
            }
        };
        Function::link(&self.shared, module, wasm)
    }

    /// The content of a file with the native code of a module, for [`Runtime::load_precompiled`]. It is good for this
    /// user, this machine and this configuration.
    ///
    /// # Errors
    ///
    /// As [`Runtime::load`]; and [`Error::Precompiled`] when there is no cache directory, where the secret is that the
    /// code is sealed with.
    pub fn precompile(&self, wasm: &[u8]) -> Result<Vec<u8>, Error> {
        diagnose::check_header(wasm)?;
        let Shared {
            engine,
            config,
            cache,
            ..
        } = &*self.shared;
        cache.seal(engine, wasm).map_err(|error| match error {
            code_cache::Error::Compile(_) => diagnose::explain(wasm, &error, config.max_memory),
            error => Error::Precompiled(error.to_string()),
        })
    }

    /// Makes a module ready with native code from a file that was written with what [`Runtime::precompile`] gave.
    ///
    /// # Errors
    ///
    /// [`Error::Precompiled`] for any other file; nothing of it is executed. The others as [`Runtime::load`].
    pub fn load_precompiled(&self, wasm: &[u8], file: &Path) -> Result<Function, Error> {
        diagnose::check_header(wasm)?;
        let Shared { engine, cache, .. } = &*self.shared;
        let module = cache
            .open(engine, wasm, file)
            .map_err(|error| Error::Precompiled(error.to_string()))?;
        Function::link(&self.shared, module, wasm)
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime")
            .field("config", &self.shared.config)
            .finish_non_exhaustive()
    }
}
