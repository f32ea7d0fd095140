//! The engine: `js-runtime`, built by this crate's build script, as bytes and facts.

mod image;

pub use image::{EngineImage, Error};
