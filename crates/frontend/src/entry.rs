//! Where a program starts, and what stands in front of an entry that is a CommonJS module.
//!
//! The engine starts a program with an ECMAScript module, so that its body can be suspended where it first touches the
//! outside world. A CommonJS entry that exports something gets one that passes its exports on; any other entry becomes
//! one itself and imports its `require`.

use std::path::PathBuf;

use crate::exports::Exports;

/// Where a program starts.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A file.
    File(PathBuf),
    /// A text that is in no file.
    Source {
        /// What messages call it.
        name: String,
        /// The text.
        text: Vec<u8>,
        /// The directory that its imports start from.
        directory: PathBuf,
    },
}

/// The name of the module in front of a CommonJS entry.
pub(crate) const FRONT: &str = "<entry>";

/// The name of the module that has the entry's `require`.
pub(crate) const REQUIRE: &str = "<require>";

/// The names that Node gives a CommonJS module.
pub(crate) const WRAPPER_NAMES: [&str; 5] = ["require", "module", "exports", "__filename", "__dirname"];

/// The text of the module in front of a CommonJS entry with the name `name`, and the names that it exports.
pub(crate) fn front(name: &str, exports: &Exports) -> (String, Vec<String>) {
    let specifier = serde_json::Value::String(name.to_string());
    let mut text = format!("export * from {specifier};\n");
    let mut names = vec!["*".to_string()];
    if exports.value {
        text.push_str(&format!("export {{ default }} from {specifier};\n"));
        names.push("default".to_string());
    }
    (text, names)
}

/// An entry that requires modules but exports nothing, as an ECMAScript module.
pub(crate) fn with_require(text: &str) -> String {
    let names = WRAPPER_NAMES.join(", ");
    format!("import {{ {names} }} from \"{REQUIRE}\";/*\u{1}1:1*/{text}")
}

/// The text of the CommonJS module that has the `require` of the entry named `name`.
pub(crate) fn require(name: &str) -> String {
    let file = format!("/{name}");
    let directory = file.rsplit_once('/').map_or("/", |(directory, _)| directory);
    let directory = if directory.is_empty() { "/" } else { directory };
    let quoted = |text: &str| serde_json::Value::String(text.to_string());
    format!(
        "module.exports = {{ require, module, exports, __filename: {}, __dirname: {} }};\n",
        quoted(&file),
        quoted(directory)
    )
}
