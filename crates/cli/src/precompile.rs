//! `jsc compile --precompile`: native code beside the module.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use runner::{Config, Runtime};

use crate::write::write;

/// Writes the native code of the module `wasm` beside its file; the path of the code. It fits `jsc run` without limits
/// that need other code.
pub(crate) fn precompile(module: &Path, wasm: &[u8]) -> Result<PathBuf> {
    let path = module.with_extension("cwasm");
    let runtime = Runtime::new(&Config {
        cache_directory: runner::default_cache_directory(),
        ..Config::default()
    })?;
    let code = runtime
        .precompile(wasm)
        .with_context(|| format!("cannot precompile {}", module.display()))?;
    write(&path, &code)?;
    Ok(path)
}
