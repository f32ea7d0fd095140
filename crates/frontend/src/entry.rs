//! Where a program starts, and what stands in front of an entry that is a CommonJS module.
//!
//! The engine starts a program with an ECMAScript module, so that its body can be suspended where it first touches the
//! outside world. A CommonJS entry that exports something gets one that passes its exports on; any other entry becomes
//! one itself and imports its `require`.

use std::path::PathBuf;
use std::sync::Arc;

use crate::exports::Exports;
use crate::graph::{Form, Import, ImportKind, Module, ModuleGraph, ModuleId, ModuleKind};
use crate::parse::{Goal, Language, parse};
use crate::source::SourceFile;

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
const FRONT: &str = "<entry>";

/// The name of the module that has the entry's `require`.
const REQUIRE: &str = "<require>";

/// The names that Node gives a CommonJS module.
pub(crate) const WRAPPER_NAMES: [&str; 5] =
    ["require", "module", "exports", "__filename", "__dirname"];

/// Puts in front of a CommonJS entry, which exports `exports`, what makes an ECMAScript module of it.
pub(crate) fn put_in_front(graph: &mut ModuleGraph, exports: &Exports) {
    let entry = &graph.modules[0];
    let (name, text) = (entry.name.clone(), entry.text().to_string());
    let last = graph.modules.len();
    if exports.any || parse(&text, Language::default(), Goal::Module).is_err() {
        let (text, names) = front(&name, exports);
        let mut front = module(FRONT, text, ModuleKind::EcmaScript);
        front.imports.push(import(&name, last));
        if exports.any {
            front.exports = names;
        }
        // The entry stays the first, and the file takes a new place.
        let file = std::mem::replace(&mut graph.modules[0], front);
        graph.modules.push(file);
        for module in &mut graph.modules[1..] {
            let imports = module.imports.iter_mut();
            for import in imports.filter(|import| import.target == ModuleId(0)) {
                import.target = ModuleId(last);
            }
        }
        return;
    }
    let kind = ModuleKind::CommonJs { unseen: Vec::new() };
    let mut require = module(REQUIRE, require(&name), kind);
    require.exports = WRAPPER_NAMES.map(str::to_string).to_vec();
    require.importer = Some((ModuleId(0), REQUIRE.to_string()));
    let entry = &mut graph.modules[0];
    entry.kind = ModuleKind::EcmaScript;
    entry.exports.clear();
    entry.rewritten = Some(with_require(&text));
    require.imports = std::mem::take(&mut entry.imports);
    entry.imports.push(import(REQUIRE, last));
    graph.modules.push(require);
}

/// A module that is in no file.
fn module(name: &str, text: String, kind: ModuleKind) -> Module {
    Module {
        name: name.to_string(),
        source: Arc::new(SourceFile::new(name.to_string(), text)),
        rewritten: None,
        kind,
        imports: Vec::new(),
        exports: Vec::new(),
        exports_values: false,
        default_export: None,
        importer: None,
    }
}

fn import(specifier: &str, target: usize) -> Import {
    Import {
        specifier: specifier.to_string(),
        target: ModuleId(target),
        kind: ImportKind::Static,
        form: Form::Module,
        span: 0..0,
        names: Vec::new(),
    }
}

/// The text of the module in front of a CommonJS entry with the name `name`, and the names that it exports.
fn front(name: &str, exports: &Exports) -> (String, Vec<String>) {
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
fn with_require(text: &str) -> String {
    let names = WRAPPER_NAMES.join(", ");
    format!("import {{ {names} }} from \"{REQUIRE}\";/*\u{1}1:1*/{text}")
}

/// The text of the CommonJS module that has the `require` of the entry named `name`.
fn require(name: &str) -> String {
    let file = format!("/{name}");
    let directory = file
        .rsplit_once('/')
        .map_or("/", |(directory, _)| directory);
    let directory = if directory.is_empty() { "/" } else { directory };
    let quoted = |text: &str| serde_json::Value::String(text.to_string());
    format!(
        "module.exports = {{ require, module, exports, __filename: {}, __dirname: {} }};\n",
        quoted(&file),
        quoted(directory)
    )
}
