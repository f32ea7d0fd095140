//! Where a program starts, and what stands in front of an entry that is a CommonJS module.
//!
//! The engine starts a program with an ECMAScript module, so that its body can be suspended where it first touches the
//! outside world. A CommonJS entry that exports something gets one that passes its exports on; any other entry becomes
//! one itself and imports its `require`.

use std::path::PathBuf;
use std::sync::Arc;

use swc_ecma_ast::{Expr, ExprStmt, Lit, Program, Stmt};

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

/// The name of the module that has the entry's `require`; those of others name them, too.
const REQUIRE: &str = "<require>";

/// The names that Node gives a CommonJS module.
pub(crate) const WRAPPER_NAMES: [&str; 5] =
    ["require", "module", "exports", "__filename", "__dirname"];

/// Puts in front of a CommonJS entry, which exports `exports`, what makes an ECMAScript module of it.
pub(crate) fn put_in_front(graph: &mut ModuleGraph, exports: &Exports) {
    let entry = &graph.modules[0];
    let (name, text) = (entry.name.clone(), entry.text().to_string());
    let last = graph.modules.len();
    if exports.any
        || (name.ends_with(".cjs") && !is_strict(&text))
        || parse(&text, Language::default(), Goal::Module).is_err()
    {
        let (text, names) = front(&name, exports);
        let mut front = new_module(FRONT, text, ModuleKind::EcmaScript);
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
    let entry = &mut graph.modules[0];
    entry.kind = ModuleKind::EcmaScript;
    entry.exports.clear();
    let imports = std::mem::take(&mut entry.imports);
    put_require(graph, 0, &WRAPPER_NAMES, imports);
}

/// Gives `require` to the ECMAScript modules in TypeScript that have it, as its compiler does.
pub(crate) fn give_require(graph: &mut ModuleGraph) {
    for index in 0..graph.modules.len() {
        let module = &mut graph.modules[index];
        let is_required = |import: &Import| import.kind == ImportKind::Require;
        if module.kind == ModuleKind::EcmaScript
            && Language::of(&module.name).typescript
            && module.imports.iter().any(is_required)
        {
            let (required, imported) = std::mem::take(&mut module.imports)
                .into_iter()
                .partition(is_required);
            module.imports = imported;
            put_require(graph, index, &["require"], required);
        }
    }
}

/// Lets a module import `names`, which CommonJS modules are given, from a new one that requires `imports`.
fn put_require(graph: &mut ModuleGraph, index: usize, names: &[&str], imports: Vec<Import>) {
    let last = graph.modules.len();
    let module = &mut graph.modules[index];
    let specifier = match index {
        0 => REQUIRE.to_string(),
        _ => format!("<require {}>", module.name),
    };
    module.rewritten = Some(with_require(module.text(), names, &specifier));
    let kind = ModuleKind::CommonJs { unseen: Vec::new() };
    let mut require = new_module(&specifier, require(&module.name), kind);
    require.exports = WRAPPER_NAMES.map(str::to_string).to_vec();
    require.importer = Some((ModuleId(index), specifier.clone()));
    require.imports = imports;
    module.imports.push(import(&specifier, last));
    graph.modules.push(require);
}

/// Whether a CommonJS module says that its code is strict, as that of ECMAScript modules is.
fn is_strict(text: &str) -> bool {
    let Ok(parsed) = parse(text, Language::default(), Goal::CommonJs) else {
        return false;
    };
    let Program::Script(script) = parsed.program else {
        return false;
    };
    let mut directives = script.body.iter().map_while(|statement| match statement {
        Stmt::Expr(ExprStmt { expr, .. }) => match &**expr {
            Expr::Lit(Lit::Str(directive)) => directive.raw.as_deref(),
            _ => None,
        },
        _ => None,
    });
    directives.any(|directive| matches!(directive, "'use strict'" | "\"use strict\""))
}

/// A module that is in no file.
fn new_module(name: &str, text: String, kind: ModuleKind) -> Module {
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

/// The text of an ECMAScript module that imports `names` from the module `specifier`.
fn with_require(text: &str, names: &[&str], specifier: &str) -> String {
    let names = names.join(", ");
    let specifier = serde_json::Value::String(specifier.to_string());
    format!("import {{ {names} }} from {specifier};/*\u{1}1:1*/{text}")
}

/// The text of the CommonJS module that has the `require` of the module named `name`.
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
