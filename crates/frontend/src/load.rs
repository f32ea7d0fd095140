//! Loads a program: reads its files, one import after the other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use budget::{Budget, Exceeded, Limit, Measured, Meter};

use crate::absent::Why;
use crate::cache::{Cache, Key};
use crate::define::Defines;
use crate::diagnostic::Diagnostic;
use crate::entry::{self, Entry};
use crate::exports::Exports;
use crate::graph::{Form, Loaded, Module, ModuleGraph, ModuleId};
use crate::link;
use crate::parallel;
use crate::read;
use crate::resolve::Resolve;
use crate::typescript::{Kind, KnownTypes};
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
    /// Conditions of `exports` and `imports` in package.json that hold besides those of this platform.
    pub conditions: Vec<String>,
    /// Whether the entry is a script and no module: global code, which is sloppy unless it says otherwise.
    pub script: bool,
}

/// Loads the entry and every module that it reaches by imports.
#[must_use]
pub fn load(entry: &Entry, options: &Options) -> Loaded {
    let meter = Meter::new(Budget::default());
    load_again(entry, options, &mut Cache::default(), &meter)
}

/// The same, with what is left in the cache of the last time, and with what is left of a budget. The program is the same
/// as without.
#[must_use]
pub fn load_again(entry: &Entry, options: &Options, cache: &mut Cache, meter: &Meter) -> Loaded {
    let defines = match Defines::new(&options.defines) {
        Ok(defines) => defines,
        Err(message) => return Loaded::failed(Diagnostic::error("invalid-define", message)),
    };
    cache.begin(&defines);
    let (entry, options, mut taken) = (entry.clone(), options.clone(), std::mem::take(cache));
    let done = meter.run(move |here| {
        let loader = Loader::new(&entry, &options, defines, &mut taken, here);
        (loader.load(&entry), taken)
    });
    match done {
        Ok((loaded, returned)) => {
            *cache = returned;
            loaded
        }
        Err(exceeded) => Loaded {
            is_abandoned: true,
            ..Loaded::failed(too_much(&exceeded, meter.budget()))
        },
    }
}

/// Says what took too much.
fn too_much(exceeded: &Exceeded, budget: Budget) -> Diagnostic {
    let what = match exceeded.task.as_str() {
        "" => "the program",
        file => file,
    };
    match exceeded.limit {
        Limit::Time => Diagnostic::error(
            "out-of-time",
            format!(
                "reading {what} takes more than the {} s of processor time that there are to compile the program",
                budget.time.as_secs_f64()
            ),
        )
        .with_help("allow it more by --build-time, or simplify what is nested or long in it"),
        Limit::Memory => Diagnostic::error(
            "out-of-memory",
            format!("reading {what} takes more than {} MiB of memory", budget.memory >> 20),
        )
        .with_help("allow it more by --build-memory, or simplify what is nested or long in it"),
    }
}

/// A file that is a module, or text that stands for one.
pub(crate) enum Origin {
    File(PathBuf),
    Absent(String, Why),
}

/// A module that was found and not yet read.
pub(crate) struct Found {
    pub(crate) origin: Origin,
    pub(crate) form: Form,
    pub(crate) name: String,
    pub(crate) importer: Option<(ModuleId, String)>,
}

/// The types that a file exports, and those among the names that it imports; and how it is read.
#[derive(Default)]
pub(crate) struct TypesOfFile {
    pub(crate) exported: BTreeMap<String, Kind>,
    pub(crate) known: KnownTypes,
    pub(crate) key: Option<Key>,
}

pub(crate) struct Loader<'a> {
    /// The entry's directory as the user calls it, which messages begin paths with.
    pub(crate) shown: PathBuf,
    /// The entry's directory, which names are relative to.
    pub(crate) root: PathBuf,
    pub(crate) resolve: Resolve,
    pub(crate) defines: Defines,
    pub(crate) ids: HashMap<(PathBuf, Form), ModuleId>,
    pub(crate) absent: HashMap<(String, Why), ModuleId>,
    /// All modules, in the order of their ids.
    pub(crate) queue: Vec<Found>,
    pub(crate) modules: Vec<Module>,
    pub(crate) exports: Vec<Option<Exports>>,
    /// The types of each module.
    pub(crate) types: Vec<TypesOfFile>,
    pub(crate) files: Vec<PathBuf>,
    /// What is wrong, and in which module.
    pub(crate) errors: Vec<(Option<ModuleId>, Diagnostic)>,
    pub(crate) warnings: Vec<Diagnostic>,
    /// Whether the entry is a script.
    pub(crate) is_script: bool,
    cache: &'a mut Cache,
    here: &'a Measured,
}

impl<'a> Loader<'a> {
    fn new(
        entry: &Entry,
        options: &Options,
        defines: Defines,
        cache: &'a mut Cache,
        here: &'a Measured,
    ) -> Loader<'a> {
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
            resolve: Resolve::new(&options.aliases, &options.externals, &options.conditions),
            defines,
            ids: HashMap::from([((file.clone(), Form::Module), ModuleId(0))]),
            absent: HashMap::new(),
            queue: vec![Found {
                origin: Origin::File(file),
                form: Form::Module,
                name,
                importer: None,
            }],
            modules: Vec::new(),
            exports: Vec::new(),
            types: Vec::new(),
            files: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            is_script: options.script,
            cache,
            here,
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
            Err(error) => self.errors.push((None, error)),
        }
        self.leave_out_types();
        link::pass_on(&mut self.modules, &self.exports);
        let mut graph = ModuleGraph {
            modules: std::mem::take(&mut self.modules),
        };
        let is_deferred = link::deferred(&graph);
        self.defer_errors(&is_deferred);
        // What a broken module exports is not known.
        if self.errors.is_empty() {
            self.errors = link::check(&mut graph);
            self.defer_errors(&is_deferred);
        }
        if self.errors.is_empty() {
            entry::give_require(&mut graph);
        }
        if self.errors.is_empty()
            && let Some(Some(exports)) = self.exports.first()
        {
            entry::put_in_front(&mut graph, exports);
        }
        if self.errors.is_empty() {
            self.cache.end();
        }
        let known: HashSet<PathBuf> = self.files.iter().cloned().collect();
        let settings = self.resolve.files().filter(|file| !known.contains(file));
        self.files.extend(settings);
        Loaded {
            program: if self.errors.is_empty() {
                Ok(graph)
            } else {
                Err(self.errors.into_iter().map(|(_, error)| error).collect())
            },
            warnings: self.warnings,
            files: self.files,
            is_abandoned: false,
        }
    }

    /// Errors in modules that only `import()` leads to become warnings.
    fn defer_errors(&mut self, is_deferred: &[bool]) {
        for (module, error) in std::mem::take(&mut self.errors) {
            match module {
                Some(module) if is_deferred.get(module.0) == Some(&true) => {
                    self.warnings.push(warn::of_deferred(error));
                }
                _ => self.errors.push((module, error)),
            }
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
            let (defines, cache) = (&self.defines, &*self.cache);
            let mut reads = parallel::map(tasks, self.here, |task, thread| {
                thread.begin(task.shown());
                task.run(defines, cache)
            })
            .into_iter();
            for index in round {
                match &self.queue[index].origin {
                    Origin::Absent(specifier, why) => {
                        let (specifier, why) = (specifier.clone(), *why);
                        self.push_absent(index, &specifier, why);
                    }
                    Origin::File(_) => {
                        if let Some((path, key, read)) = reads.next() {
                            self.cache.insert(&path, key.clone(), &read);
                            self.push(index, read, key);
                        }
                    }
                }
            }
        }
    }
}

/// The file's own path: symbolic links resolved, as the resolver gives them.
fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
