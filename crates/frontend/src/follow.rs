//! Follows imports to the modules that they mean.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::absent::Why;
use crate::diagnostic::Diagnostic;
use crate::graph::{Form, Import, ImportKind, ModuleId};
use crate::load::{Found, Loader, Origin};
use crate::read;
use crate::resolve::{Target, Unresolved};
use crate::scan::{Reference, Usage};
use crate::source::SourceFile;
use crate::warn;

impl Loader<'_> {
    /// Resolves what a module refers to; new modules are queued.
    pub(crate) fn imports(
        &mut self,
        index: usize,
        source: &Arc<SourceFile>,
        references: Vec<Reference>,
        members: &BTreeSet<String>,
    ) -> Vec<Import> {
        let mut imports: Vec<Import> = Vec::new();
        let Origin::File(file) = &self.queue[index].origin else {
            return imports;
        };
        let file = file.clone();
        for Reference {
            specifier,
            usage,
            form,
            span,
            mut names,
        } in references
        {
            let kind = match usage {
                Usage::Static => ImportKind::Static,
                Usage::Dynamic => ImportKind::Dynamic,
                Usage::Require | Usage::RequirePerhaps => ImportKind::Require,
            };
            let known = |import: &&mut Import| {
                import.specifier == specifier && import.kind == kind && import.form == form
            };
            if let Some(import) = imports.iter_mut().find(known) {
                import.names.extend(names);
                continue;
            }
            match self.target(index, &file, &specifier, usage, form) {
                Ok(Some((target, warning))) => {
                    // The names of a namespace are fixed: it gets those that anybody may read of it.
                    if kind == ImportKind::Dynamic && self.is_absent(target) {
                        let read = members.iter().filter(|name| !is_of_language(name));
                        names.extend(read.map(|name| (name.clone(), span.clone())));
                    }
                    if let Some(warning) = warning {
                        let warning =
                            warning.with_label(Arc::clone(source), span.clone(), "imported here");
                        let warning = self.with_chain(Some(index), warning);
                        self.warnings.push(warning);
                    }
                    imports.push(Import {
                        specifier,
                        target,
                        kind,
                        form,
                        span,
                        names,
                    });
                }
                // Whoever requires it finds out.
                Ok(None) => {}
                Err(error) => {
                    let message = error.message.clone();
                    let error = error.with_label(Arc::clone(source), span.clone(), "imported here");
                    if usage == Usage::Dynamic {
                        let warning = self.with_chain(Some(index), warn::of_deferred(error));
                        self.warnings.push(warning);
                    } else {
                        self.error(Some(index), error);
                    }
                    if kind != ImportKind::Require {
                        imports.push(Import {
                            target: self.absent_id(index, &message, Why::Missing, &specifier),
                            specifier,
                            kind,
                            form,
                            span,
                            names,
                        });
                    }
                }
            }
        }
        imports
    }

    /// The module that an import means, and what is to be said of it; new ones are queued. `None` is a module that need
    /// not be there.
    pub(crate) fn target(
        &mut self,
        index: usize,
        file: &Path,
        specifier: &str,
        usage: Usage,
        form: Form,
    ) -> Result<Option<(ModuleId, Option<Diagnostic>)>, Diagnostic> {
        let by_require = matches!(usage, Usage::Require | Usage::RequirePerhaps);
        let path = match self.resolve.resolve(file, specifier, by_require) {
            Ok(Target::File(path)) => path,
            // What is caught, or never called, can ask for anything.
            Ok(Target::Absent(_, Why::Builtin)) | Err(_) if usage == Usage::RequirePerhaps => {
                return Ok(None);
            }
            Ok(Target::Absent(name, why)) => {
                let is_new = !self.absent.contains_key(&(name.clone(), why));
                let id = self.absent_id(index, &name, why, specifier);
                return Ok(Some((
                    id,
                    is_new.then(|| warn::of_absent(&name, why)).flatten(),
                )));
            }
            Err(unresolved) => return Err(diagnostic(unresolved)),
        };
        let note = self.resolve.take_note();
        if let Some(id) = self.ids.get(&(path.clone(), form)) {
            return Ok(Some((*id, note)));
        }
        let name = match form.attribute() {
            None => self.name(&path),
            Some(attribute) => format!("{}?{attribute}", self.name(&path)),
        };
        if form == Form::Module
            && path
                .extension()
                .is_some_and(|extension| extension == "node")
        {
            if usage == Usage::RequirePerhaps {
                return Ok(None);
            }
            let message = format!(
                "{} is a native addon, which a WebAssembly module cannot load",
                self.shown(&name)
            );
            return Err(Diagnostic::error("native-addon", message)
                .with_help("use a package that is written in JavaScript"));
        }
        if form == Form::Module && !is_module_name(&path) {
            let message = format!("{} is no module", self.shown(&name));
            return Err(Diagnostic::error("unknown-file-type", message).with_help(
                "JavaScript, TypeScript and JSON can be imported as they are; import other data by \
                 `with { type: \"text\" }` or `with { type: \"bytes\" }`",
            ));
        }
        // Read once more when its turn comes: what matters here is the import that the message can point at.
        inputs::open(&path).map_err(|error| read::cannot_read(&self.shown(&name), &error))?;
        let id = ModuleId(self.queue.len());
        self.ids.insert((path.clone(), form), id);
        self.queue.push(Found {
            origin: Origin::File(path),
            form,
            name,
            importer: Some((ModuleId(index), specifier.to_string())),
        });
        Ok(Some((id, note)))
    }

    /// Whether a module stands for one that is not there.
    fn is_absent(&self, id: ModuleId) -> bool {
        let origin = &self.queue[id.0].origin;
        matches!(origin, Origin::Absent(_, Why::Builtin | Why::External))
    }

    /// The module in place of one that is not there.
    pub(crate) fn absent_id(
        &mut self,
        index: usize,
        name: &str,
        why: Why,
        specifier: &str,
    ) -> ModuleId {
        let key = (name.to_string(), why);
        if let Some(id) = self.absent.get(&key) {
            return *id;
        }
        let id = ModuleId(self.queue.len());
        self.absent.insert(key, id);
        let module_name = match why {
            Why::Builtin => format!("<{name}>"),
            Why::External => format!("<external {name}>"),
            Why::Empty => format!("<empty {name}>"),
            Why::Missing => format!("<{name}>"),
        };
        self.queue.push(Found {
            origin: Origin::Absent(name.to_string(), why),
            form: Form::Module,
            name: module_name,
            importer: Some((ModuleId(index), specifier.to_string())),
        });
        id
    }
}

/// Whether a name is read by more than the program (`text` in `absent.rs`).
fn is_of_language(name: &str) -> bool {
    matches!(name, "default" | "then" | "__esModule")
}

/// Whether a file can be a module, by its name.
fn is_module_name(path: &Path) -> bool {
    const EXTENSIONS: [&str; 9] = ["js", "mjs", "cjs", "json", "ts", "mts", "cts", "tsx", "jsx"];
    // Node takes files without an extension for CommonJS modules, and so old packages have them.
    path.extension().is_none_or(|extension| {
        extension
            .to_str()
            .is_some_and(|extension| EXTENSIONS.contains(&extension))
    })
}

pub(crate) fn diagnostic(unresolved: Unresolved) -> Diagnostic {
    let diagnostic = Diagnostic::error(unresolved.code, unresolved.message);
    match unresolved.help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}
