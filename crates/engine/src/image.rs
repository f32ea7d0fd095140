//! The engine's module with what the linker knew about it.

use crate::{Error, Facts, Sections};

/// The engine's module.
#[derive(Clone, Copy, Debug)]
pub struct EngineImage {
    wasm: &'static [u8],
}

impl EngineImage {
    /// The engine that this build of jsc brings.
    #[must_use]
    pub fn bundled() -> EngineImage {
        EngineImage {
            wasm: include_bytes!(concat!(env!("OUT_DIR"), "/engine.wasm")),
        }
    }

    /// The module as it was linked, with its custom sections.
    #[must_use]
    pub fn wasm(&self) -> &'static [u8] {
        self.wasm
    }

    /// The module taken apart.
    ///
    /// # Errors
    /// Where the image is no module of the linker's.
    pub fn sections(&self) -> Result<Sections<'static>, Error> {
        Sections::read(self.wasm)
    }

    /// Its symbols and relocations.
    ///
    /// # Errors
    /// Where the image is none of a linker that kept them.
    pub fn facts(&self) -> Result<Facts<'static>, Error> {
        Facts::read(self.wasm)
    }
}
