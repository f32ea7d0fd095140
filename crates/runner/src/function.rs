//! A module made ready, and one run of it.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use wasmtime::{ExternType, FuncType, InstancePre, Linker, Module, Store};
use wasmtime_wasi::p1::WasiP1Ctx;
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder};

use crate::call::{Call, Outcome};
use crate::diagnose::bytes_of_pages;
use crate::ending::Ending;
use crate::error::{Error, TRAP_EXIT_CODE, Trap};
use crate::executor::Executor;
use crate::memory::MemoryMeter;
use crate::stdio::{Input, OutputPort};
use crate::suggest::closest;

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
    instance: InstancePre<State>,
    executor: Executor,
    max_memory: u64,
    fuel: bool,
    /// Whether there is an [`INITIALIZE`] to be called.
    is_reactor: bool,
}

/// What the host keeps for one run.
pub(crate) struct State {
    pub(crate) wasi: WasiP1Ctx,
    memory: MemoryMeter,
}

impl Function {
    /// Resolves the imports of `module`.
    pub(crate) fn link(
        linker: &Linker<State>,
        module: &Module,
        max_memory: u64,
        fuel: bool,
    ) -> Result<Function, Error> {
        let pages = module.resources_required().max_initial_memory_size;
        let needed = bytes_of_pages(pages.unwrap_or(0));
        if needed > max_memory {
            return Err(Error::MemoryTooLarge {
                needed,
                limit: max_memory,
            });
        }
        let instance = linker.instantiate_pre(module).map_err(|error| {
            let imports = unknown_imports(linker, module);
            if imports.is_empty() {
                Error::IncompatibleImport(format!("{error:#}"))
            } else {
                Error::UnknownImports { imports }
            }
        })?;
        let is_reactor =
            matches!(module.get_export(INITIALIZE), Some(export) if is_runnable(&export));
        Ok(Function {
            ready: Arc::new(Ready {
                instance,
                executor: Executor::for_module(module),
                max_memory,
                fuel,
                is_reactor,
            }),
        })
    }

    /// The names of the exports that [`Call::export`] can be: functions without parameters and results.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        let exports = self.ready.instance.module().exports();
        exports
            .filter(|export| is_runnable(&export.ty()) && export.name() != INITIALIZE)
            .map(|export| export.name())
    }

    /// Runs the module once, on this thread.
    ///
    /// wasmtime-wasi uses tokio inside, so from an `async` function this must be called by way of
    /// `tokio::task::spawn_blocking`.
    ///
    /// # Errors
    ///
    /// What is wrong with the call, or [`Error::Trap`] with all that the module did before. An exit code other than 0
    /// is no error.
    pub fn call(&self, call: Call) -> Result<Outcome, Error> {
        let called = Instant::now();
        let export = call.export.as_deref().unwrap_or(START);
        self.check_export(export)?;
        let stdout = OutputPort::stdout(call.stdout);
        let stderr = OutputPort::stderr(call.stderr);
        let _executor = self.ready.executor.enter();

        let mut wasi = WasiCtx::builder();
        wasi.allow_blocking_current_thread(true)
            .stdin(Input::new(call.stdin))
            .stdout(stdout.clone())
            .stderr(stderr.clone());
        give_texts(&mut wasi, &call.args, &call.env)?;
        give_directories(&mut wasi, call.directories)?;
        let mut store = self.store(wasi.build_p1())?;

        let (ending, instantiate, run) = self.run(&mut store, export, called)?;
        let mut outcome = Outcome {
            fuel: store.get_fuel().ok().map(|left| u64::MAX - left),
            peak_memory: store.data().memory.used(),
            instantiate,
            run,
            ..Outcome::default()
        };
        drop(store);
        (outcome.stdout, outcome.stdout_error) = stdout.finish();
        (outcome.stderr, _) = stderr.finish();
        match ending {
            Ending::Exit(0) if outcome.stdout_error.is_some() => {
                outcome.exit_code = 1;
                outcome.ignored_stdout_error = true;
            }
            Ending::Exit(code) => outcome.exit_code = code,
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

    fn check_export(&self, name: &str) -> Result<(), Error> {
        let export = self.ready.instance.module().get_export(name);
        if export.as_ref().is_some_and(is_runnable) {
            return Ok(());
        }
        let exports: Vec<String> = self.exports().map(str::to_owned).collect();
        Err(match export {
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

    fn store(&self, wasi: WasiP1Ctx) -> Result<Store<State>, Error> {
        let memory = MemoryMeter::new(self.ready.max_memory);
        let state = State { wasi, memory };
        let mut store = Store::new(self.ready.instance.module().engine(), state);
        store.limiter(|state| &mut state.memory);
        // Bounds what one host call copies, which a module's memory bounds already; the default of 128 MiB would make
        // a larger `fd_write` fail.
        store.set_hostcall_fuel(usize::MAX);
        if self.ready.fuel {
            store
                .set_fuel(u64::MAX)
                .map_err(|error| Error::Instantiate(format!("{error:#}")))?;
        }
        Ok(store)
    }

    /// How the run ended, how long it took to get ready since `called`, and how long to run.
    fn run(
        &self,
        store: &mut Store<State>,
        export: &str,
        called: Instant,
    ) -> Result<(Ending, Duration, Duration), Error> {
        let instance = self.ready.instance.instantiate(&mut *store);
        let ready = Instant::now();
        let initialize = (self.ready.is_reactor && export != START).then_some(INITIALIZE);
        let result = instance.and_then(|instance| {
            for name in initialize.into_iter().chain([export]) {
                let function = instance.get_typed_func::<(), ()>(&mut *store, name)?;
                function.call(&mut *store, ())?;
            }
            Ok(())
        });
        let run = ready.elapsed();
        let ending = Ending::of(result, &store.data().memory)?;
        Ok((ending, ready - called, run))
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Function")
            .field("exports", &self.exports().collect::<Vec<_>>())
            .field("executor", &self.ready.executor)
            .field("max_memory", &self.ready.max_memory)
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

fn unknown_imports(linker: &Linker<State>, module: &Module) -> Vec<String> {
    let state = State {
        wasi: WasiCtx::builder().build_p1(),
        memory: MemoryMeter::new(0),
    };
    let mut store = Store::new(module.engine(), state);
    module
        .imports()
        .filter(|import| linker.get_by_import(&mut store, import).is_none())
        .map(|import| format!("{}.{}", import.module(), import.name()))
        .collect()
}

/// WASI passes texts as C does: each ends with a zero byte, and a variable's name with `=`.
fn give_texts(
    wasi: &mut WasiCtxBuilder,
    args: &[String],
    env: &[(String, String)],
) -> Result<(), Error> {
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
    for (name, value) in env {
        check(
            "the name of environment variable",
            name,
            &[ZERO, ('=', "`=`")],
        )?;
        check("the value of an environment variable,", value, &[ZERO])?;
    }
    wasi.args(args).envs(env);
    Ok(())
}

fn give_directories(
    wasi: &mut WasiCtxBuilder,
    directories: Vec<(std::path::PathBuf, String)>,
) -> Result<(), Error> {
    for (path, name) in directories {
        wasi.preopened_dir(&path, name, FsPerms::ReadWrite)
            .map_err(|error| Error::Directory {
                path,
                reason: error.downcast().unwrap_or_else(io::Error::other),
            })?;
    }
    Ok(())
}
