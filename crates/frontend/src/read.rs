//! Reads files, and says what is wrong with those that are no source text.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// The bytes of the entry.
pub(crate) fn entry(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let shown = path.display().to_string();
    if path.is_dir() {
        return Err(
            Diagnostic::error("is-a-directory", format!("{shown} is a directory"))
                .with_help("name the file that the program starts with, for example its index.js"),
        );
    }
    // The user names it, and may mean a pipe.
    inputs::read_named(path, inputs::SOURCE).map_err(|error| cannot_read(&shown, &error))
}

pub(crate) fn cannot_read(shown: &str, error: &std::io::Error) -> Diagnostic {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            Diagnostic::error("file-not-found", format!("there is no file {shown}"))
        }
        _ => Diagnostic::error("unreadable-file", format!("cannot read {shown}: {error}")),
    }
}

/// The text of a source file.
pub(crate) fn text(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        if let Some(error) = binary(name, error.as_bytes()) {
            return error;
        }
        let position = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..position]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        Diagnostic::error(
            "invalid-utf8",
            format!("{name} is not valid UTF-8: byte {position}, in line {line}"),
        )
        .with_help("save the file as UTF-8")
    })
}

/// The text of a file that is imported as text: what is not UTF-8 is replaced, as a `TextDecoder` does.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is said of a file that is no source text and has a NUL, which source text may only have within literals.
pub(crate) fn binary(name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let position = bytes.iter().position(|byte| *byte == 0)?;
    let message = format!("{name} is a binary file: byte {position} is NUL");
    Some(
        Diagnostic::error("binary-file", message)
            .with_help("the compiler takes JavaScript source text"),
    )
}

/// Checks that a file is JSON.
pub(crate) fn check_json(source: &Arc<SourceFile>) -> Result<(), Diagnostic> {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&source.text) else {
        return Ok(());
    };
    let offset = source.line_start(error.line()) + error.column().saturating_sub(1);
    let offset = offset.min(source.text.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Err(Diagnostic::error(
        "invalid-json",
        format!("{} is not JSON: {message}", source.name),
    )
    .with_label(Arc::clone(source), offset..offset, ""))
}
