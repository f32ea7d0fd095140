//! Components, which jsc neither makes nor runs: their native code, for measuring what others make.

use std::path::Path;

use tempfile::TempDir;
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::Error;
use crate::deserialize::deserialize_component;

/// The native code of a component in a file of its own, to be mapped again and again as a host would that trusts its
/// files.
#[derive(Debug)]
pub struct CompiledComponent {
    directory: TempDir,
}

impl CompiledComponent {
    /// Compiles the component `wasm`.
    ///
    /// # Errors
    ///
    /// [`Error::Compile`] when it does not compile, [`Error::Io`] when there is no room for the file.
    pub fn new(engine: &Engine, wasm: &[u8]) -> Result<CompiledComponent, Error> {
        let code = Component::new(engine, wasm).and_then(|component| component.serialize());
        let code = code.map_err(|error| Error::Compile(error.into()))?;
        let directory = tempfile::tempdir().map_err(Error::Io)?;
        std::fs::write(directory.path().join(FILE), code).map_err(Error::Io)?;
        Ok(CompiledComponent { directory })
    }

    /// Maps the code.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when the engine has other settings than the one that compiled.
    pub fn load(&self, engine: &Engine) -> Result<Component, Error> {
        deserialize_component(engine, self).ok_or(Error::Refused)
    }

    pub(crate) fn path(&self) -> impl AsRef<Path> {
        self.directory.path().join(FILE)
    }
}

const FILE: &str = "component.cwasm";
