//! A module made ready, and one run of it.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use wasmtime::{Extern, ExternType, FuncType, InstancePre, Linker, Module, ModuleExport, Store};

use crate::call::{Call, Outcome};
use crate::deadline::Deadline;
use crate::diagnose::initial_memory;
use crate::ending::Ending;
use crate::error::{Error, Exceeded, TRAP_EXIT_CODE, Trap};
use crate::host::{self, Host, Stream, Streams};
use crate::leave::Begun;
use crate::limits::{Bound, LimitKind, Limits};
use crate::memory::MemoryMeter;
use crate::pages::{Before, Pages};
use crate::runtime::Shared;
use crate::sampling::Sampler;
use crate::stack::LinearStack;
use crate::stop::Stop;
use crate::streams::{self, Sink, Source};
use crate::suggest::closest;
use crate::world::Surroundings;
use crate::{files, fuel, leave, sampling, stack, wasi};

/// The entry point of a WASI command.
const START: &str = "_start";
/// What a WASI reactor wants called before any of its other exports.
const INITIALIZE: &str = "_initialize";

/// A module made ready once, to be called any number of times from any number of threads. Calls share nothing.
#[derive(Clone)]
pub struct Function {
    ready: Arc<Ready>,
}

struct Ready {
    runtime: Arc<Shared>,
    instance: InstancePre<Host>,
    /// The same linked for calls that are given directories, when there was the first.
    with_files: OnceLock<InstancePre<Host>>,
    memory: Option<ModuleExport>,
    exports: Vec<String>,
    /// Whether there is an [`INITIALIZE`] to be called.
    is_reactor: bool,
    /// The size of the module, and of the memories that it begins with.
    size: u64,
    initial_memory: u64,
    /// Where its stack in linear memory begins.
    stack: Option<usize>,
}

impl Function {
    /// Resolves the imports of `module`, which was made of `wasm`.
    pub(crate) fn link(
        runtime: &Arc<Shared>,
        module: Module,
        wasm: &[u8],
    ) -> Result<Function, Error> {
        let needed = initial_memory(wasm);
        let limit = runtime.config.max_memory;
        if needed > limit {
            return Err(Error::MemoryTooLarge { needed, limit });
        }
        let instance = link_without_files(&module)?;
        let exports = module.exports();
        let exports = exports
            .filter(|export| is_runnable(&export.ty()) && export.name() != INITIALIZE)
            .map(|export| export.name().to_owned())
            .collect();
        let initialize = module.get_export(INITIALIZE);
        Ok(Function {
            ready: Arc::new(Ready {
                runtime: Arc::clone(runtime),
                with_files: OnceLock::new(),
                memory: module.get_export_index("memory"),
                exports,
                is_reactor: initialize.as_ref().is_some_and(is_runnable),
                size: wasm.len() as u64,
                stack: stack::top(wasm),
                initial_memory: needed,
                instance,
            }),
        })
    }

    /// The names of the exports that [`Call::export`] can be: functions without parameters and results.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        self.ready.exports.iter().map(String::as_str)
    }

    /// The size of the module in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.ready.size
    }

    /// Runs the module once, within `limits`: on this thread, unless [`Call::own_thread`] says otherwise.
    ///
    /// When a call is given directories, wasmtime-wasi uses tokio inside, so from an `async` function this must be
    /// called by way of `tokio::task::spawn_blocking`, as all that blocks should.
    ///
    /// # Errors
    ///
    /// What is wrong with the call; [`Error::Limit`] or [`Error::Trap`] with all that the module did before. An exit
    /// code other than 0 is no error.
    pub fn call(&self, call: impl Into<Call>, limits: &Limits) -> Result<Outcome, Error> {
        let called = Instant::now();
        let call = call.into();
        let may_block = call.own_thread || !call.directories.is_empty();
        if may_block && limits.time.is_some() {
            return leave::call(self, call, limits, called);
        }
        self.call_here(call, limits, called, |_| {})
    }

    /// The most stack that the module may take.
    pub(crate) fn max_stack(&self) -> usize {
        self.ready.runtime.config.max_wasm_stack
    }

    /// Runs the module on this thread; `begin` is called when it begins.
    pub(crate) fn call_here(
        &self,
        call: Call,
        limits: &Limits,
        called: Instant,
        begin: impl FnOnce(Begun),
    ) -> Result<Outcome, Error> {
        let export = call.export.as_deref().unwrap_or(START);
        self.check_export(export)?;
        self.check_limits(limits)?;
        self.check_sampler(call.sampler.as_ref())?;
        let deadline = Deadline::new(called, limits.time);
        let environment = texts(&call.args, &call.env)?;

        let stdin = match Source::new(call.stdin, limits.input, deadline) {
            Ok(stdin) => stdin,
            Err(streams::Failure::Io(error)) => return Err(Error::Streams(error)),
            Err(streams::Failure::Stop(Stop::Limit(bound))) => return Err(Error::before(bound)),
            Err(streams::Failure::Stop(Stop::Exit(_))) => unreachable!("nothing has run"),
        };
        let stdout = Sink::stdout(call.stdout, limits.output, deadline).map_err(Error::Streams)?;
        let stderr = Sink::stderr(call.stderr, limits.log, deadline).map_err(Error::Streams)?;
        let streams = Streams {
            stdin: host::Shared::new(stdin),
            stdout: host::Shared::new(stdout),
            stderr: host::Shared::new(stderr),
        };
        let has_files = !call.directories.is_empty();
        let _executor = has_files.then(files::enter);
        let files = match has_files {
            true => Some(files::open(call.directories, &streams)?),
            false => None,
        };
        let max_memory = self.ready.runtime.config.max_memory;
        let meter = MemoryMeter::new(limits.memory.unwrap_or(max_memory).min(max_memory));
        begin(Begun {
            streams: streams.clone(),
            memory: meter.watched(),
        });
        let host = Host {
            memory: self.ready.memory,
            meter,
            deadline,
            fuel: None,
            is_interrupted: false,
            streams: streams.clone(),
            descriptors: Stream::ALL,
            args: call.args,
            environment,
            surroundings: Surroundings::new(call.world, called),
            files,
            sampled: None,
        };
        let instance = if has_files {
            self.linked_with_files()?
        } else {
            &self.ready.instance
        };
        let mut store = self.store(host, limits)?;
        let ran = {
            let ticker = &self.ready.runtime.ticker;
            let _watch = deadline
                .exists()
                .then(|| ticker.watch(&mut store, deadline));
            if let Some(sampler) = call.sampler {
                sampling::start(&mut store, sampler, deadline);
            }
            self.run(&mut store, instance, export, called, call.count_pages)
        };
        let host = store.data();
        let mut ending = Ending::of(ran.result, &host.meter, limits)?;
        let used = fuel::used(&store);
        let is_counted = ending.is_counted() && !host.is_interrupted;
        if let Some(limit) = host.fuel.filter(|limit| used > Some(*limit)) {
            ending = Ending::Limit(fuel::bound(limit));
        }
        let outcome = Outcome {
            fuel: used.filter(|_| is_counted),
            peak_memory: store.data().meter.used(),
            pages: ran.pages,
            stack: ran.stack,
            instantiate: ran.instantiate,
            run: ran.run,
            ..Outcome::default()
        };
        drop(store);
        conclude(ending, outcome, &streams)
    }

    fn check_export(&self, name: &str) -> Result<(), Error> {
        if self.exports().any(|export| export == name) {
            return Ok(());
        }
        let exports = self.ready.exports.clone();
        Err(match self.ready.instance.module().get_export(name) {
            Some(export) => Error::NotRunnable {
                name: name.to_owned(),
                what: describe(&export),
                exports,
            },
            None if name == START => Error::NoStart { exports },
            None => Error::UnknownExport {
                name: name.to_owned(),
                suggestion: closest(name, self.exports()).map(str::to_owned),
                exports,
            },
        })
    }

    /// Refuses what is beyond a limit before it runs, and limits that the runtime was not made for.
    fn check_limits(&self, limits: &Limits) -> Result<(), Error> {
        let config = &self.ready.runtime.config;
        let cannot = |limit, reason| Err(Error::Unenforceable { limit, reason });
        if limits.fuel.is_some() && !config.fuel {
            return cannot("a limit of fuel", "turn on `Config::fuel`");
        }
        if limits.time.is_some() && !config.interruption {
            return cannot("a limit of time", "turn on `Config::interruption`");
        }
        if limits
            .stack
            .is_some_and(|stack| stack < config.max_wasm_stack as u64)
        {
            return cannot("a limit of stack", "lower `Config::max_wasm_stack`");
        }
        let sizes = [
            (LimitKind::Module, self.ready.size, limits.module),
            (LimitKind::Memory, self.ready.initial_memory, limits.memory),
        ];
        for (kind, needed, amount) in sizes {
            if let Some(amount) = amount.filter(|amount| needed > *amount) {
                return Err(Error::before(Bound { kind, amount }));
            }
        }
        Ok(())
    }

    fn check_sampler(&self, sampler: Option<&Sampler>) -> Result<(), Error> {
        let config = &self.ready.runtime.config;
        if sampler.is_some() && !(config.fuel && config.interruption) {
            return Err(Error::Unenforceable {
                limit: "a sampler",
                reason: "turn on `Config::fuel` and `Config::interruption`",
            });
        }
        Ok(())
    }

    fn linked_with_files(&self) -> Result<&InstancePre<Host>, Error> {
        if let Some(instance) = self.ready.with_files.get() {
            return Ok(instance);
        }
        let instance = files::link(self.ready.instance.module())
            .map_err(|error| Error::IncompatibleImport(format!("{error:#}")))?;
        Ok(self.ready.with_files.get_or_init(|| instance))
    }

    fn store(&self, host: Host, limits: &Limits) -> Result<Store<Host>, Error> {
        /// Beyond all that an epoch can come to, and small enough to be added to it.
        const NEVER: u64 = u64::MAX / 2;
        let Shared { engine, config, .. } = &*self.ready.runtime;
        let mut store = Store::new(engine, host);
        store.limiter(|host| &mut host.meter);
        // Bounds what one host call copies, which a module's memory bounds already; the default of 128 MiB would make
        // a larger `fd_write` fail.
        store.set_hostcall_fuel(usize::MAX);
        if config.interruption {
            store.set_epoch_deadline(NEVER);
        }
        if config.fuel {
            let filled = fuel::fill(&mut store, limits.fuel);
            store.data_mut().fuel =
                filled.map_err(|error| Error::Instantiate(format!("{error:#}")))?;
        }
        Ok(store)
    }

    fn run(
        &self,
        store: &mut Store<Host>,
        instance: &InstancePre<Host>,
        export: &str,
        called: Instant,
        count_pages: bool,
    ) -> Ran {
        let limit = store.data().fuel;
        let mut progress = Progress::default();
        let steps = self.steps(store, instance, export, count_pages, &mut progress);
        let result = fuel::run(steps, limit);
        let ended = Instant::now();
        let ready = progress.ready.unwrap_or(ended);
        let before = progress.before.as_ref();
        let top = self.ready.stack;
        Ran {
            result,
            instantiate: ready - called,
            run: ended - progress.begun.unwrap_or(ended),
            stack: (before.zip(top)).and_then(|(before, top)| before.stack(store, top)),
            pages: before.map(|before| before.count(store)),
        }
    }

    /// Makes an instance and runs it. What comes of it is written down as it comes: a call that is over its limit of fuel is
    /// suspended in the middle.
    async fn steps(
        &self,
        store: &mut Store<Host>,
        instance: &InstancePre<Host>,
        export: &str,
        count_pages: bool,
        progress: &mut Progress,
    ) -> wasmtime::Result<()> {
        let is_limited = store.data().fuel.is_some();
        let instance = match is_limited {
            true => instance.instantiate_async(&mut *store).await?,
            false => instance.instantiate(&mut *store)?,
        };
        progress.ready = Some(Instant::now());
        if count_pages {
            progress.before = Some(Before::new(store, &instance));
        }
        if let Some(memory) = &self.ready.memory {
            let memory = instance.get_module_export(&mut *store, memory);
            store.data_mut().sampled = memory.and_then(Extern::into_memory);
        }
        progress.begun = Some(Instant::now());
        let initialize = (self.ready.is_reactor && export != START).then_some(INITIALIZE);
        for name in initialize.into_iter().chain([export]) {
            let function = instance.get_typed_func::<(), ()>(&mut *store, name)?;
            match is_limited {
                true => function.call_async(&mut *store, ()).await?,
                false => function.call(&mut *store, ())?,
            }
        }
        Ok(())
    }
}

/// How far a run has come.
#[derive(Default)]
struct Progress {
    /// When the instance was there.
    ready: Option<Instant>,
    before: Option<Before>,
    /// When the exported function was called.
    begun: Option<Instant>,
}

/// What a run came to.
struct Ran {
    result: wasmtime::Result<()>,
    /// From the call until the module was ready to run.
    instantiate: Duration,
    run: Duration,
    pages: Option<Pages>,
    stack: Option<LinearStack>,
}

/// Adds what the streams know to the outcome of a run.
fn conclude(ending: Ending, mut outcome: Outcome, streams: &Streams) -> Result<Outcome, Error> {
    outcome.input = streams.stdin.lock().length();
    let stdout = streams.stdout.lock().finish();
    (outcome.stdout, outcome.stdout_error) = (stdout.captured, stdout.error);
    outcome.output = stdout.length;
    let stderr = streams.stderr.lock().finish();
    (outcome.stderr, outcome.log) = (stderr.captured, stderr.length);
    match ending {
        Ending::Exit(0) if outcome.stdout_error.is_some() => {
            outcome.exit_code = 1;
            outcome.ignored_stdout_error = true;
        }
        Ending::Exit(code) => outcome.exit_code = code,
        Ending::Limit(bound) => {
            outcome.exit_code = bound.kind.exit_code();
            return Err(Error::Limit(Box::new(Exceeded { bound, outcome })));
        }
        Ending::Trap { kind, function } => {
            outcome.exit_code = TRAP_EXIT_CODE;
            return Err(Error::Trap(Box::new(Trap {
                kind,
                function,
                outcome,
            })));
        }
    }
    Ok(outcome)
}

fn link_without_files(module: &Module) -> Result<InstancePre<Host>, Error> {
    let mut linker = Linker::new(module.engine());
    // Modules may import a function twice.
    linker.allow_shadowing(true);
    let mut unknown = Vec::new();
    for import in module.imports() {
        let is_function = matches!(import.ty(), ExternType::Func(_));
        let is_known = import.module() == wasi::MODULE
            && is_function
            && wasi::define(&mut linker, import.name())
                .map_err(|error| Error::Engine(format!("{error:#}")))?;
        if !is_known {
            unknown.push(format!("{}.{}", import.module(), import.name()));
        }
    }
    if !unknown.is_empty() {
        return Err(Error::UnknownImports { imports: unknown });
    }
    linker
        .instantiate_pre(module)
        .map_err(|error| Error::IncompatibleImport(format!("{error:#}")))
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Function")
            .field("exports", &self.ready.exports)
            .field("size", &self.ready.size)
            .finish_non_exhaustive()
    }
}

fn is_runnable(export: &ExternType) -> bool {
    let takes_and_gives_nothing =
        |function: &FuncType| function.params().len() == 0 && function.results().len() == 0;
    matches!(export, ExternType::Func(function) if takes_and_gives_nothing(function))
}

fn describe(export: &ExternType) -> String {
    match export {
        ExternType::Func(function) => {
            let types = |types: &mut dyn Iterator<Item = wasmtime::ValType>| {
                types
                    .map(|ty| ty.to_string())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            format!(
                "a function with parameters ({}) and results ({})",
                types(&mut function.params()),
                types(&mut function.results()),
            )
        }
        ExternType::Memory(_) => "a memory".to_owned(),
        ExternType::Table(_) => "a table".to_owned(),
        ExternType::Global(_) => "a global".to_owned(),
        ExternType::Tag(_) => "a tag".to_owned(),
    }
}

/// The environment as WASI passes it. WASI passes texts as C does: each ends with a zero byte, and a variable's name
/// with `=`.
fn texts(args: &[String], env: &[(String, String)]) -> Result<Vec<String>, Error> {
    let check = |what: &str, text: &str, characters: &[(char, &'static str)]| match characters
        .iter()
        .find(|(character, _)| text.contains(*character))
    {
        Some(&(_, character)) => Err(Error::BadText {
            what: format!("{what} {text:?}"),
            character,
        }),
        None => Ok(()),
    };
    const ZERO: (char, &str) = ('\0', "a zero byte");
    for arg in args {
        check("argument", arg, &[ZERO])?;
    }
    let mut variables = Vec::new();
    for (name, value) in env {
        check(
            "the name of environment variable",
            name,
            &[ZERO, ('=', "`=`")],
        )?;
        check("the value of an environment variable,", value, &[ZERO])?;
        variables.push(format!("{name}={value}"));
    }
    Ok(variables)
}
