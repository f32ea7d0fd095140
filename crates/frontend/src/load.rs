//! Loads a program: reads its files, one import after the other.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oxc_resolver::Resolver;

use crate::diagnostic::Diagnostic;
use crate::graph::{Import, Module, ModuleGraph, ModuleId, ModuleKind};
use crate::source::SourceFile;
use crate::{link, parse, resolve};

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

/// Loads the entry and every module that it reaches by imports.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn load(entry: &Entry) -> Result<ModuleGraph, Vec<Diagnostic>> {
    let (file, name, bytes) = match entry {
        Entry::Source {
            name,
            text,
            directory,
        } => (directory.join(name), name.clone(), text.clone()),
        Entry::File(path) => {
            let name = path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into(),
            );
            let shown = path.display().to_string();
            (
                path.clone(),
                name,
                read(path, &shown).map_err(|error| vec![error])?,
            )
        }
    };
    let file = absolute(&file);
    let shown = match entry {
        Entry::File(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
        Entry::Source { .. } => PathBuf::new(),
    };
    let mut loader = Loader {
        shown,
        root: file.parent().unwrap_or(Path::new("/")).to_owned(),
        resolver: resolve::resolver(),
        ids: HashMap::from([(file.clone(), ModuleId(0))]),
        queue: vec![file],
        diagnostics: Vec::new(),
    };
    let mut modules = vec![loader.module(0, name, bytes, None)];
    let mut next = 1;
    while next < loader.queue.len() {
        let path = loader.queue[next].clone();
        let name = loader.name(&path);
        // A file that cannot be read was reported where it is imported; an empty module takes its place.
        let bytes = fs::read(&path).unwrap_or_default();
        let kind = (path
            .extension()
            .is_some_and(|extension| extension == "json"))
        .then_some(ModuleKind::Json);
        modules.push(loader.module(next, name, bytes, kind));
        next += 1;
    }
    let graph = ModuleGraph { modules };
    // What a broken module exports is not known.
    if loader.diagnostics.is_empty() {
        loader.diagnostics = link::check(&graph);
    }
    if loader.diagnostics.is_empty() {
        Ok(graph)
    } else {
        Err(loader.diagnostics)
    }
}

struct Loader {
    /// The entry's directory as the user calls it, which messages begin paths with.
    shown: PathBuf,
    /// The entry's directory, which names are relative to.
    root: PathBuf,
    resolver: Resolver,
    ids: HashMap<PathBuf, ModuleId>,
    /// The file of each module, in the order of their ids.
    queue: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    /// Makes a module of a file's bytes, and queues what it imports.
    fn module(
        &mut self,
        index: usize,
        name: String,
        bytes: Vec<u8>,
        kind: Option<ModuleKind>,
    ) -> Module {
        let kind = kind.unwrap_or(ModuleKind::EcmaScript);
        let shown = self.shown(&name);
        let text = match text(&shown, bytes) {
            Ok(text) => text,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                String::new()
            }
        };
        let source = Arc::new(SourceFile::new(shown, text));
        let mut module = Module {
            name,
            source: Arc::clone(&source),
            kind,
            imports: Vec::new(),
            exports: Vec::new(),
            default_export: None,
        };
        match kind {
            ModuleKind::Json => {
                self.check_json(&source);
                module.exports.push("default".to_string());
            }
            ModuleKind::EcmaScript => self.parse(index, &source, &mut module),
        }
        module
    }

    /// Reads what the text says of `module`.
    fn parse(&mut self, index: usize, source: &Arc<SourceFile>, module: &mut Module) {
        let parsed = match parse::parse(&source.text) {
            Ok(parsed) => parsed,
            Err(faults) => {
                self.diagnostics.extend(faults.into_iter().map(|fault| {
                    Diagnostic::error("syntax-error", fault.message).with_label(
                        Arc::clone(source),
                        fault.span,
                        "",
                    )
                }));
                return;
            }
        };
        let directory = self.queue[index]
            .parent()
            .unwrap_or(Path::new("/"))
            .to_owned();
        let imports = &mut module.imports;
        for (index, (specifier, span)) in parsed.imports.into_iter().enumerate() {
            let taken = parsed.names.iter().filter(|(import, ..)| *import == index);
            let names = taken.map(|(_, name, span)| (name.clone(), span.clone()));
            if let Some(import) = imports
                .iter_mut()
                .find(|import| import.specifier == specifier)
            {
                import.names.extend(names);
                continue;
            }
            match self.target(&directory, &specifier) {
                Ok(target) => imports.push(Import {
                    specifier,
                    target,
                    span,
                    names: names.collect(),
                }),
                Err(diagnostic) => self.diagnostics.push(diagnostic.with_label(
                    Arc::clone(source),
                    span,
                    "imported here",
                )),
            }
        }
        module.exports = parsed.exports;
        module.default_export = parsed.default;
    }

    /// The module that an import means; new ones are queued.
    fn target(&mut self, directory: &Path, specifier: &str) -> Result<ModuleId, Diagnostic> {
        let path =
            resolve::resolve(&self.resolver, directory, specifier).map_err(|unresolved| {
                let diagnostic = Diagnostic::error("unresolved-import", unresolved.message);
                match unresolved.help {
                    Some(help) => diagnostic.with_help(help),
                    None => diagnostic,
                }
            })?;
        if let Some(id) = self.ids.get(&path) {
            return Ok(*id);
        }
        // Read once more when its turn comes: what matters here is the import that the message can point at.
        fs::File::open(&path)
            .map_err(|error| cannot_read(&self.shown(&self.name(&path)), &error))?;
        let id = ModuleId(self.queue.len());
        self.ids.insert(path.clone(), id);
        self.queue.push(path);
        Ok(id)
    }

    /// A module's name as a path that the user can open.
    fn shown(&self, name: &str) -> String {
        let mut shown = self.shown.clone();
        let mut rest = name;
        while let Some(parent) = rest.strip_prefix("../")
            && shown.file_name().is_some()
        {
            shown.pop();
            rest = parent;
        }
        shown.join(rest).to_string_lossy().replace('\\', "/")
    }

    fn check_json(&mut self, source: &Arc<SourceFile>) {
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&source.text) {
            let offset = source.line_start(error.line()) + error.column().saturating_sub(1);
            let offset = offset.min(source.text.len());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            self.diagnostics.push(
                Diagnostic::error(
                    "invalid-json",
                    format!("{} is not JSON: {message}", source.name),
                )
                .with_label(Arc::clone(source), offset..offset, ""),
            );
        }
    }

    /// The path from the entry's directory, with forward slashes.
    fn name(&self, path: &Path) -> String {
        let common = self
            .root
            .components()
            .zip(path.components())
            .take_while(|(a, b)| a == b)
            .count();
        let up = self
            .root
            .components()
            .skip(common)
            .map(|_| "..".to_string());
        let down = path
            .components()
            .skip(common)
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// The file's own path: symbolic links resolved, as the resolver gives them.
fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

fn read(path: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    if path.is_dir() {
        return Err(
            Diagnostic::error("is-a-directory", format!("{shown} is a directory"))
                .with_help("name the file that the program starts with, for example its index.js"),
        );
    }
    fs::read(path).map_err(|error| cannot_read(shown, &error))
}

fn cannot_read(shown: &str, error: &std::io::Error) -> Diagnostic {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            Diagnostic::error("file-not-found", format!("there is no file {shown}"))
        }
        _ => Diagnostic::error("unreadable-file", format!("cannot read {shown}: {error}")),
    }
}

/// The text of a source file.
fn text(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    if let Some(position) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Diagnostic::error(
            "binary-file",
            format!("{name} is a binary file: byte {position} is NUL"),
        )
        .with_help("the compiler takes JavaScript source text"));
    }
    String::from_utf8(bytes).map_err(|error| {
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
