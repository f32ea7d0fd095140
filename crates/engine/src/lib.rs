//! The engine: `js-runtime`, built by this crate's build script, as bytes and facts.

mod check;
mod facts;
mod gate;
mod image;
mod sections;

pub use check::check;
pub use facts::{Definition, Facts, Relocation, RelocationKind, Symbol, SymbolId};
pub use gate::{Gate, Reference};
pub use image::EngineImage;
pub use sections::{Import, Sections};

/// What can be wrong with an image.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is no module that can be read.
    #[error("the engine's image is damaged: {0}")]
    Damaged(#[from] wasmparser::BinaryReaderError),
    /// The linker's symbols and relocations are missing or do not fit the module.
    #[error("the engine's image lacks the linker's facts: link it with --emit-relocs")]
    NoFacts,
    /// The module has what the passes over it do not know.
    #[error("the engine's image has {0}, which jsc does not know")]
    Unsupported(&'static str),
    /// Its parts do not fit together.
    #[error("the engine's image contradicts itself: {0}")]
    Contradiction(&'static str),
    /// Its heap speaks of a function that it does not have, or no more.
    #[error("the engine has no function `{0}`")]
    NoFunction(String),
}
