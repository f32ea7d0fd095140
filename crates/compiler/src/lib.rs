//! The pipeline: from a JavaScript file to a WebAssembly module.
//!
//! ```
//! use compiler::{Entry, Options};
//!
//! let entry = Entry::Source {
//!     name: "double.js".into(),
//!     text: b"export default (n) => n * 2;".to_vec(),
//!     directory: ".".into(),
//! };
//! let artifact = compiler::compile(&Options::new(entry))?;
//! assert_eq!(artifact.exports, ["_start"]);
//! assert!(artifact.wasm.starts_with(b"\0asm"));
//! # Ok::<(), compiler::Error>(())
//! ```

mod constants;
mod diagnose;
mod emit;
mod exports;
mod frozen;
mod inspect;
mod modules;
mod program;
mod renumber;
mod segments;
mod session;
mod validate;

use std::path::PathBuf;
use std::sync::Arc;

pub use budget::Budget;
use budget::Meter;
use engine::{EngineImage, Facts, Sections};
pub use exports::export_name;
use frontend::ModuleGraph;
pub use frontend::{
    Diagnostic, Entry, Label, Options as ModuleOptions, Severity, SourceFile, render_frame,
};
pub use inspect::{Inspection, Listing, inspect};
pub use modules::ModuleReport;
use optimize::{Live, Trimmed};
use preinit::{Mode, Snapshot};
pub use preinit::{STACKS, Start};
pub use report::{
    Anatomy, Report, anatomy, anatomy_json, anatomy_text, html as report_html, json as report_json,
    text as report_text,
};
pub use session::Session;

/// How much of the engine is left out of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strip {
    /// Nothing.
    Off,
    /// What cannot be reached, whatever the program does.
    Safe,
    /// Also builtins that the program does not name, and code generation from strings. Using one of them throws an error
    /// that says how to keep it.
    #[default]
    Names,
}

/// What to compile, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The entry module.
    pub entry: Entry,
    /// How its modules are found and read.
    pub modules: ModuleOptions,
    /// When the body of a program without function exports runs.
    pub start: Start,
    /// What the compilation may use, the program that it evaluates included.
    pub budget: Budget,
    /// How much of the engine is left out.
    pub strip: Strip,
    /// Builtins that [`Strip::Names`] leaves in, by their paths (`Array.prototype.flatMap`, `RegExp`); `all` for all. And
    /// `source` for the texts of functions, which all but [`Strip::Off`] leave out.
    pub keep: Vec<String>,
    /// Whether code can be made from strings (`eval`, `Function`) in spite of [`Strip::Names`].
    pub allow_eval: bool,
    /// Where the engine's compiled code is kept between compilations; `None` keeps it nowhere.
    pub cache_directory: Option<PathBuf>,
    /// What clocks show at build time, in seconds since 1970.
    pub build_time: u64,
    /// Whether to keep the names of the engine's functions, which profilers of WebAssembly show.
    pub keep_names: bool,
    /// Bytes of the WebAssembly stack that hosts give the module: how deep its calls can be nested follows from it. One of
    /// [`STACKS`].
    pub stack: u64,
}

impl Options {
    /// The defaults for an entry: 30 s and 1 GiB at build time, the user's cache directory, clocks at 1970.
    #[must_use]
    pub fn new(entry: Entry) -> Options {
        Options {
            entry,
            modules: ModuleOptions::default(),
            start: Start::default(),
            budget: Budget::default(),
            strip: Strip::default(),
            keep: Vec::new(),
            allow_eval: false,
            cache_directory: code_cache::default_directory(),
            build_time: 0,
            keep_names: false,
            stack: preinit::DEFAULT_STACK,
        }
    }
}

/// What a compilation gave.
#[derive(Debug)]
pub struct Compilation<T = Artifact> {
    /// The module, or why there is none.
    pub result: Result<T, Error>,
    /// The files that were read: if one of them changes, so may the module.
    pub files: Vec<PathBuf>,
}

impl<T> Compilation<T> {
    fn map<U>(self, make: impl FnOnce(T) -> Result<U, Error>) -> Compilation<U> {
        Compilation {
            result: self.result.and_then(make),
            files: self.files,
        }
    }
}

/// A compiled module.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// The module: a WASI preview 1 command.
    pub wasm: Vec<u8>,
    /// The functions that it exports: `_start`, and the program's named exports in kebab-case.
    pub exports: Vec<String>,
    /// The program's modules.
    pub modules: Vec<ModuleReport>,
    /// The program's sources, by the names that stack traces have for them.
    pub sources: Vec<(String, Arc<SourceFile>)>,
    /// What the program's author should know.
    pub warnings: Vec<Diagnostic>,
    /// What the program wrote at build time.
    pub output: Vec<u8>,
}

/// Why a program was not compiled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The program is at fault.
    #[error("{}", .0.iter().map(|diagnostic| diagnostic.message.as_str()).collect::<Vec<_>>().join("; "))]
    Program(Vec<Diagnostic>),
    /// jsc is at fault.
    #[error("the engine failed: {0}")]
    Engine(String),
}

impl From<wasmparser::Error> for Error {
    fn from(error: wasmparser::Error) -> Self {
        Error::Engine(error.to_string())
    }
}

impl From<engine::Error> for Error {
    fn from(error: engine::Error) -> Self {
        Error::Engine(error.to_string())
    }
}

/// Compiles a program.
///
/// # Errors
/// [`Error::Program`] with everything that is wrong with the program; any other is a fault of jsc.
pub fn compile(options: &Options) -> Result<Artifact, Error> {
    Session::default().compile(options).result
}

/// A compiled module, and what it was made from.
struct Built {
    artifact: Artifact,
    graph: ModuleGraph,
    sections: Sections<'static>,
    facts: Facts<'static>,
    snapshot: Snapshot,
    trimmed: Option<Trimmed>,
    live: Live,
    /// The engine's functions that the exports call.
    roots: Vec<u32>,
}

fn build(options: &Options, session: &mut Session) -> Compilation<Built> {
    let meter = Meter::new(options.budget);
    let loaded = session.load(options, &meter);
    let result = match loaded.program {
        Ok(graph) => build_graph(options, session, graph, loaded.warnings, &meter),
        Err(diagnostics) => {
            let all = diagnostics.into_iter().chain(loaded.warnings);
            Err(Error::Program(all.collect()))
        }
    };
    Compilation {
        result,
        files: loaded.files,
    }
}

fn build_graph(
    options: &Options,
    session: &mut Session,
    graph: ModuleGraph,
    mut warnings: Vec<Diagnostic>,
    meter: &Meter,
) -> Result<Built, Error> {
    let evaluated = session
        .evaluator(options)?
        .evaluate_within(&program::of_graph(&graph), meter)
        .map_err(|error| diagnose::failure(error, &graph, &warnings))?;
    warnings.extend(frozen::frozen(&evaluated.frozen, &graph));
    let rejected = evaluated.rejected.iter();
    warnings.extend(rejected.map(|(name, error)| diagnose::rejected(name, error, &graph)));
    let exports =
        exports::name(&evaluated.snapshot.mode).map_err(|why| diagnose::export(&why, &graph))?;
    let (snapshot, output) = (evaluated.snapshot, evaluated.output);
    let write = {
        let options = options.clone();
        move || write(&options, graph, snapshot, exports)
    };
    let mut built = match meter.run(|_| write()) {
        Ok(written) => written?,
        Err(exceeded) => {
            session.abandon();
            return Err(diagnose::too_much(&exceeded, meter.budget()));
        }
    };
    built.artifact.warnings = warnings;
    built.artifact.output = output;
    Ok(built)
}

/// Makes the module of what the program was when its top level had run.
fn write(
    options: &Options,
    graph: ModuleGraph,
    snapshot: Snapshot,
    exports: Vec<exports::Entry>,
) -> Result<Built, Error> {
    let image = EngineImage::bundled();
    let (sections, facts) = (image.sections()?, image.facts()?);
    engine::check(&sections, &facts)?;
    let trimmed = match &snapshot.opcodes {
        Some(opcodes) => Some(optimize::trim(&sections, &facts, opcodes)?),
        None => None,
    };
    let roots = exports::roots(&exports, &sections)?;
    let live = match options.strip {
        Strip::Off => Live::all(&sections),
        _ if snapshot.mode == Mode::Ended => Live::none(&sections),
        Strip::Safe | Strip::Names => {
            let Snapshot {
                memory,
                references,
                gates,
                ..
            } = &snapshot;
            optimize::reach(
                &sections,
                &facts,
                memory,
                references,
                gates,
                trimmed.as_ref(),
                roots.iter().copied(),
            )?
        }
    };
    let wasm = emit::emit(
        &sections,
        &facts,
        &live,
        trimmed.as_ref(),
        &snapshot,
        &exports,
        options.keep_names,
    )?;
    validate::validate(&wasm);
    let exports = exports.into_iter().map(|entry| entry.export).collect();
    Ok(Built {
        artifact: Artifact {
            wasm,
            exports,
            modules: modules::modules(&graph, &snapshot.bytecode),
            sources: modules::sources(&graph),
            warnings: Vec::new(),
            output: Vec::new(),
        },
        graph,
        sections,
        facts,
        snapshot,
        trimmed,
        live,
        roots,
    })
}
