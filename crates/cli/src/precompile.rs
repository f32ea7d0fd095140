//! `jsc compile --precompile`: native code beside the module.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use runner::{Config, Runtime};

/// Where the native code of a module lies.
pub(crate) fn path_beside(module: &Path) -> PathBuf {
    module.with_extension("cwasm")
}

/// The native code of the module `wasm`. It fits `jsc run` without limits that need other code.
pub(crate) fn precompile(module: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let runtime = Runtime::new(&Config {
        cache_directory: runner::default_cache_directory(),
        ..Config::default()
    })?;
    runtime
        .precompile(wasm)
        .with_context(|| format!("cannot precompile {}", module.display()))
}
