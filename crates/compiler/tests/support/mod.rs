//! Compiles programs and runs the modules in this process.
#![allow(
    dead_code,
    reason = "each test target that has this module uses a part of it"
)]

use std::path::Path;

use compiler::{Artifact, Entry, Error, Options, Start, Strip};
/// Compiles the program that starts in this file; its first line may say that it makes code from strings.
pub(crate) fn compile(entry: &Path, start: Start, strip: Strip) -> Result<Artifact, Error> {
    let text = std::fs::read_to_string(entry).unwrap_or_default();
    let allow_eval = text.starts_with("// Needs --allow-eval");
    compile_entry(Entry::File(entry.to_owned()), start, strip, allow_eval, &[])
}

/// Compiles a program that is one module.
pub(crate) fn compile_text(text: &str) -> Result<Artifact, Error> {
    let entry = Entry::Source {
        name: "index.js".into(),
        text: text.into(),
        directory: env!("CARGO_TARGET_TMPDIR").into(),
    };
    compile_entry(entry, Start::Eager, Strip::default(), false, &[])
}

/// Compiles a program; `keep` are builtins that it does not name.
pub(crate) fn compile_entry(
    entry: Entry,
    start: Start,
    strip: Strip,
    allow_eval: bool,
    keep: &[String],
) -> Result<Artifact, Error> {
    let mut options = Options::new(entry);
    options.start = start;
    options.strip = strip;
    options.allow_eval = allow_eval;
    options.keep = keep.to_vec();
    options.cache_directory = Some(concat!(env!("CARGO_TARGET_TMPDIR"), "/cache").into());
    compiler::compile(&options)
}
