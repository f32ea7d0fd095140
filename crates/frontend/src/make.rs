//! Makes modules of the files that were read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::absent::{self, Why};
use crate::analyze::Analysis;
use crate::cache::Key;
use crate::follow::diagnostic;
use crate::graph::{Module, ModuleKind};
use crate::load::{Loader, Origin, TypesOfFile};
use crate::package::goal;
use crate::parse::{Goal, Language};
use crate::source::SourceFile;
use crate::task::{Content, Read, Task};
use crate::transform::Settings;
use crate::warn;

impl Loader<'_> {
    /// What is to be done to read a module; nothing where there is no file.
    pub(crate) fn task(&mut self, index: usize, entry: Option<Vec<u8>>) -> Option<Task> {
        let Origin::File(path) = &self.queue[index].origin else {
            return None;
        };
        let path = path.clone();
        let shown = self.shown(&self.queue[index].name);
        let package = self.resolve.packages.of(&path);
        let goal = match goal(&path, &package) {
            _ if index == 0 && self.is_script => Goal::Script,
            Goal::Either if index == 0 => Goal::Entry,
            goal => goal,
        };
        if let Some(file) = &package.file
            && !self.files.contains(file)
        {
            self.files.push(file.clone());
        }
        let is_own = !path
            .components()
            .any(|part| part.as_os_str() == "node_modules");
        let mut settings = Settings::default();
        if is_own && Language::of(&shown) != Language::default() {
            match self.resolve.settings(&path) {
                Ok((found, file)) => {
                    settings = found;
                    self.files
                        .extend(file.filter(|file| !self.files.contains(file)));
                }
                Err(unresolved) => self.error(None, diagnostic(unresolved)),
            }
        }
        if index > 0 {
            self.files.push(path.clone());
        }
        Some(Task {
            bytes: entry,
            path,
            key: Key {
                shown,
                goal,
                settings,
                globals: is_own,
                form: self.queue[index].form,
            },
        })
    }

    pub(crate) fn push_absent(&mut self, index: usize, specifier: &str, why: Why) {
        let found = &self.queue[index];
        let text = absent::text(specifier, why, &self.defines);
        self.modules.push(Module {
            name: found.name.clone(),
            source: Arc::new(SourceFile::new(found.name.clone(), text)),
            rewritten: None,
            kind: ModuleKind::CommonJs { unseen: Vec::new() },
            imports: Vec::new(),
            exports: vec!["default".to_string()],
            exports_values: false,
            default_export: None,
            importer: found.importer.clone(),
        });
        self.exports.push(None);
        self.types.push(TypesOfFile::default());
    }

    /// Makes a module of what was read, and queues what it imports.
    pub(crate) fn push(&mut self, index: usize, read: Read, key: Key) {
        let package = match &self.queue[index].origin {
            Origin::File(path) => self.resolve.packages.of(path),
            Origin::Absent(..) => Arc::default(),
        };
        let found = &self.queue[index];
        let source = read.source;
        let mut module = Module {
            name: found.name.clone(),
            source: Arc::clone(&source),
            rewritten: None,
            kind: match index == 0 && self.is_script {
                true => ModuleKind::Script,
                false => ModuleKind::EcmaScript,
            },
            imports: Vec::new(),
            exports: Vec::new(),
            exports_values: false,
            default_export: None,
            importer: found.importer.clone(),
        };
        let mut exports = None;
        let mut exported = BTreeMap::new();
        match read.content {
            Err(errors) => {
                // Where only `import()` leads to it, that is rejected.
                let message = errors.first().map_or("", |error| error.message.as_str());
                let message = serde_json::Value::String(message.to_string());
                module.rewritten = Some(format!("throw new SyntaxError({message});\n"));
                for error in errors {
                    self.error(Some(index), error);
                }
            }
            Ok(Content::Text) => {
                module.kind = ModuleKind::Text;
                module.exports.push("default".to_string());
            }
            Ok(Content::Bytes(bytes)) => {
                module.kind = ModuleKind::Bytes(bytes);
                module.exports.push("default".to_string());
            }
            Ok(Content::Json) => {
                module.kind = ModuleKind::Json;
                module.exports.push("default".to_string());
            }
            Ok(Content::Script(analysis)) => {
                let Analysis {
                    found,
                    commonjs,
                    types,
                    rewritten,
                } = *analysis;
                if commonjs.is_some() {
                    module.kind = ModuleKind::CommonJs { unseen: Vec::new() };
                    module.exports.push("default".to_string());
                }
                exports = commonjs;
                exported = types;
                module.rewritten = rewritten;
                let is_commonjs = exports.is_some();
                self.warnings
                    .extend(warn::of_file(&found, &source, is_commonjs));
                if package.is_commonjs() && !is_commonjs {
                    self.warnings
                        .extend(warn::of_module_syntax(&found, &source));
                }
                module.imports = self.imports(index, &source, found.references, &found.members);
                let is_default = |name: &String| name == "default";
                module.exports_values = !is_commonjs
                    && !found.exports.is_empty()
                    && !found.exports_functions
                    && !found.exports.iter().any(is_default);
                module.exports.extend(found.exports);
                module.default_export = found.default;
            }
        }
        self.modules.push(module);
        self.exports.push(exports);
        self.types.push(TypesOfFile {
            exported,
            key: Some(key),
            ..TypesOfFile::default()
        });
    }
}
