//! Loads a program: reads its files, one import after the other.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::absent::{self, Why};
use crate::analyze::Analysis;
use crate::define::Defines;
use crate::diagnostic::Diagnostic;
use crate::entry::{self, Entry};
use crate::exports::Exports;
use crate::graph::{Import, ImportKind, Loaded, Module, ModuleGraph, ModuleId, ModuleKind};
use crate::link;
use crate::package::goal;
use crate::parallel;
use crate::parse::{Goal, Language};
use crate::read;
use crate::resolve::{Resolve, Target, Unresolved};
use crate::scan::{Reference, Usage};
use crate::source::SourceFile;
use crate::task::{Content, Read, Task};
use crate::transform::Settings;
use crate::warn;

/// How to load a program.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names and what replaces them: JSON, or another name.
    pub defines: Vec<(String, String)>,
    /// Specifiers and what is imported in their place.
    pub aliases: Vec<(String, String)>,
    /// Specifiers of modules that are left out: what is taken from them throws when it is called.
    pub externals: Vec<String>,
}

/// Loads the entry and every module that it reaches by imports.
#[must_use]
pub fn load(entry: &Entry, options: &Options) -> Loaded {
    let defines = match Defines::new(&options.defines) {
        Ok(defines) => defines,
        Err(message) => {
            return Loaded {
                program: Err(vec![Diagnostic::error("invalid-define", message)]),
                warnings: Vec::new(),
                files: Vec::new(),
            };
        }
    };
    // Syntax trees are walked by recursion.
    parallel::with_large_stack(|| Loader::new(entry, options, defines).load(entry))
}

/// A file that is a module, or text that stands for one.
enum Origin {
    File(PathBuf),
    Absent(String, Why),
}

/// A module that was found and not yet read.
struct Found {
    origin: Origin,
    name: String,
    importer: Option<(ModuleId, String)>,
}

pub(crate) struct Loader {
    /// The entry's directory as the user calls it, which messages begin paths with.
    shown: PathBuf,
    /// The entry's directory, which names are relative to.
    root: PathBuf,
    resolve: Resolve,
    defines: Defines,
    ids: HashMap<PathBuf, ModuleId>,
    absent: HashMap<(String, Why), ModuleId>,
    /// All modules, in the order of their ids.
    queue: Vec<Found>,
    modules: Vec<Module>,
    exports: Vec<Option<Exports>>,
    files: Vec<PathBuf>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Loader {
    fn new(entry: &Entry, options: &Options, defines: Defines) -> Loader {
        let (file, name) = match entry {
            Entry::Source {
                name, directory, ..
            } => (directory.join(name), name.clone()),
            Entry::File(path) => {
                let name = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                (
                    path.clone(),
                    name.unwrap_or_else(|| path.display().to_string()),
                )
            }
        };
        let file = absolute(&file);
        let shown = match entry {
            Entry::File(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
            Entry::Source { .. } => PathBuf::new(),
        };
        Loader {
            shown,
            root: file.parent().unwrap_or(Path::new("/")).to_owned(),
            resolve: Resolve::new(&options.aliases, &options.externals),
            defines,
            ids: HashMap::from([(file.clone(), ModuleId(0))]),
            absent: HashMap::new(),
            queue: vec![Found {
                origin: Origin::File(file),
                name,
                importer: None,
            }],
            modules: Vec::new(),
            exports: Vec::new(),
            files: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn load(mut self, entry: &Entry) -> Loaded {
        let bytes = match entry {
            Entry::Source { text, .. } => Ok(text.clone()),
            Entry::File(path) => {
                self.files.push(path.clone());
                read::entry(path)
            }
        };
        match bytes {
            Ok(bytes) => self.read_all(bytes),
            Err(error) => self.errors.push(error),
        }
        if self.errors.is_empty() {
            link::pass_on(&mut self.modules, &self.exports);
        }
        let mut graph = ModuleGraph {
            modules: std::mem::take(&mut self.modules),
        };
        // What a broken module exports is not known.
        if self.errors.is_empty() {
            self.errors = link::check(&mut graph);
        }
        if self.errors.is_empty()
            && let Some(Some(exports)) = self.exports.first()
        {
            entry::put_in_front(&mut graph, exports);
        }
        Loaded {
            program: if self.errors.is_empty() {
                Ok(graph)
            } else {
                Err(self.errors)
            },
            warnings: self.warnings,
            files: self.files,
        }
    }

    /// Reads all modules: those that one round finds are the next round.
    fn read_all(&mut self, entry: Vec<u8>) {
        let mut entry = Some(entry);
        while self.modules.len() < self.queue.len() {
            let round = self.modules.len()..self.queue.len();
            let mut tasks = Vec::new();
            for index in round.clone() {
                if let Some(task) = self.task(index, entry.take()) {
                    tasks.push(task);
                }
            }
            let defines = &self.defines;
            let mut reads = parallel::map(tasks, |task| task.run(defines)).into_iter();
            for index in round {
                match &self.queue[index].origin {
                    Origin::Absent(specifier, why) => {
                        let (specifier, why) = (specifier.clone(), *why);
                        self.push_absent(index, &specifier, why);
                    }
                    Origin::File(_) => {
                        if let Some(read) = reads.next() {
                            self.push(index, read);
                        }
                    }
                }
            }
        }
    }

    /// What is to be done to read a module; nothing where there is no file.
    fn task(&mut self, index: usize, entry: Option<Vec<u8>>) -> Option<Task> {
        let Origin::File(path) = &self.queue[index].origin else {
            return None;
        };
        let path = path.clone();
        let shown = self.shown(&self.queue[index].name);
        let package = self.resolve.packages.of(&path);
        let goal = match goal(&path, &package) {
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
            shown,
            goal,
            settings,
            globals: is_own,
        })
    }

    fn push_absent(&mut self, index: usize, specifier: &str, why: Why) {
        let found = &self.queue[index];
        let text = absent::text(specifier, why);
        self.modules.push(Module {
            name: found.name.clone(),
            source: Arc::new(SourceFile::new(found.name.clone(), text)),
            rewritten: None,
            kind: ModuleKind::CommonJs { unseen: Vec::new() },
            imports: Vec::new(),
            exports: vec!["default".to_string()],
            default_export: None,
            importer: found.importer.clone(),
        });
        self.exports.push(None);
    }

    /// Makes a module of what was read, and queues what it imports.
    fn push(&mut self, index: usize, read: Read) {
        let found = &self.queue[index];
        let source = read.source;
        let mut module = Module {
            name: found.name.clone(),
            source: Arc::clone(&source),
            rewritten: None,
            kind: ModuleKind::EcmaScript,
            imports: Vec::new(),
            exports: Vec::new(),
            default_export: None,
            importer: found.importer.clone(),
        };
        let mut exports = None;
        match read.content {
            Err(errors) => {
                for error in errors {
                    self.error(Some(index), error);
                }
            }
            Ok(Content::Json) => {
                module.kind = ModuleKind::Json;
                module.exports.push("default".to_string());
            }
            Ok(Content::Script(analysis)) => {
                let Analysis {
                    found,
                    commonjs,
                    rewritten,
                } = *analysis;
                if commonjs.is_some() {
                    module.kind = ModuleKind::CommonJs { unseen: Vec::new() };
                    module.exports.push("default".to_string());
                }
                exports = commonjs;
                module.rewritten = rewritten;
                let is_commonjs = exports.is_some();
                self.warnings
                    .extend(warn::of_file(&found, &source, is_commonjs));
                module.imports = self.imports(index, &source, found.references);
                module.exports.extend(found.exports);
                module.default_export = found.default;
            }
        }
        self.modules.push(module);
        self.exports.push(exports);
    }

    /// Resolves what a module refers to; new modules are queued.
    fn imports(
        &mut self,
        index: usize,
        source: &Arc<SourceFile>,
        references: Vec<Reference>,
    ) -> Vec<Import> {
        let mut imports: Vec<Import> = Vec::new();
        let Origin::File(file) = &self.queue[index].origin else {
            return imports;
        };
        let file = file.clone();
        for Reference {
            specifier,
            usage,
            span,
            names,
        } in references
        {
            let kind = match usage {
                Usage::Static => ImportKind::Static,
                Usage::Dynamic => ImportKind::Dynamic,
                Usage::Require | Usage::RequirePerhaps => ImportKind::Require,
            };
            let known = |import: &&mut Import| import.specifier == specifier && import.kind == kind;
            if let Some(import) = imports.iter_mut().find(known) {
                import.names.extend(names);
                continue;
            }
            match self.target(index, &file, &specifier, usage) {
                Ok(Some((target, warning))) => {
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
                        span,
                        names,
                    });
                }
                // Whoever requires it finds out.
                Ok(None) => {}
                Err(error) => {
                    let error = error.with_label(Arc::clone(source), span, "imported here");
                    self.error(Some(index), error);
                }
            }
        }
        imports
    }

    /// The module that an import means, and what is to be said of it; new ones are queued. `None` is a module that need
    /// not be there.
    fn target(
        &mut self,
        index: usize,
        file: &Path,
        specifier: &str,
        usage: Usage,
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
        if let Some(id) = self.ids.get(&path) {
            return Ok(Some((*id, None)));
        }
        let name = self.name(&path);
        if path
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
        if !is_module_name(&path) {
            let message = format!("{} is no module", self.shown(&name));
            return Err(Diagnostic::error("unknown-file-type", message).with_help(
                "JavaScript, TypeScript and JSON can be imported; put other data into one of them",
            ));
        }
        // Read once more when its turn comes: what matters here is the import that the message can point at.
        fs::File::open(&path).map_err(|error| read::cannot_read(&self.shown(&name), &error))?;
        let id = ModuleId(self.queue.len());
        self.ids.insert(path.clone(), id);
        self.queue.push(Found {
            origin: Origin::File(path),
            name,
            importer: Some((ModuleId(index), specifier.to_string())),
        });
        Ok(Some((id, None)))
    }

    /// The module in place of one that is not there.
    fn absent_id(&mut self, index: usize, name: &str, why: Why, specifier: &str) -> ModuleId {
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
        };
        self.queue.push(Found {
            origin: Origin::Absent(name.to_string(), why),
            name: module_name,
            importer: Some((ModuleId(index), specifier.to_string())),
        });
        id
    }

    fn error(&mut self, index: Option<usize>, error: Diagnostic) {
        // What is wrong with a tsconfig.json is wrong with every file below it.
        let is_of_project = error.labels.is_empty() || error.code == "invalid-tsconfig";
        let is_known = is_of_project
            && self
                .errors
                .iter()
                .any(|other| other.message == error.message);
        if !is_known {
            let error = self.with_chain(index, error);
            self.errors.push(error);
        }
    }

    /// Says which imports led to a module.
    fn with_chain(&self, index: Option<usize>, diagnostic: Diagnostic) -> Diagnostic {
        let mut names = Vec::new();
        let mut at = index;
        while let Some(index) = at {
            names.push(self.shown(&self.queue[index].name));
            at = self.queue[index]
                .importer
                .as_ref()
                .map(|(importer, _)| importer.0);
        }
        if names.len() < 2 {
            return diagnostic;
        }
        names.reverse();
        diagnostic.with_note(format!("imported along {}", names.join(" → ")))
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

fn diagnostic(unresolved: Unresolved) -> Diagnostic {
    let diagnostic = Diagnostic::error(unresolved.code, unresolved.message);
    match unresolved.help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// The file's own path: symbolic links resolved, as the resolver gives them.
fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
