//! x
mod emit;
/// E
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// a
    #[error("x")]
    ExportTaken { /// a
        name: String, /// b
        export: String },
    /// b
    #[error("engine: {0}")]
    Engine(String),
    /// c
    #[error("pre: {0}")]
    Pre(#[from] preinit::Error),
}
impl From<wasmparser::BinaryReaderError> for Error { fn from(e: wasmparser::BinaryReaderError) -> Self { Error::Engine(e.to_string()) } }
/// t
pub fn quick(program: &preinit::Program, options: preinit::Options) -> Result<(Vec<u8>, Vec<String>, preinit::Evaluated), Error> {
    let image = engine::EngineImage::bundled();
    let evaluator = preinit::Evaluator::new(&image, options)?;
    let e = evaluator.evaluate(program)?;
    let (w, x) = emit::emit(&image, &e.snapshot)?;
    wasmparser::validate(&w).unwrap();
    Ok((w, x, e))
}
