//! The engine's module with what the linker knew about it.

/// The engine's module.
#[derive(Clone, Copy, Debug)]
pub struct EngineImage {
    wasm: &'static [u8],
}

/// What can be wrong with an image.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is not a module, or lacks what the linker keeps.
    #[error("the engine's image is damaged: {0}")]
    Damaged(#[from] wasmparser::BinaryReaderError),
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
}
