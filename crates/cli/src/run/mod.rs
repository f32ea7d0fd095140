//! `jsc run`.

mod arguments;
mod cpuprofile;
mod flame;
mod input;
mod load;
mod profile;
mod program;
mod report;
mod speedscope;
mod watchdog;

use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use compiler::Session;
use runner::{
    Allocation, Bound, Call, Config, Error, Function, LimitKind, Limits, Outcome, Output, Runtime,
};

pub(crate) use self::arguments::{Run, variable};
pub(crate) use self::load::read;
use self::profile::Profiler;
use self::program::Program;
use self::watchdog::Watchdog;
use crate::build;
use crate::exit::{self, Usage};
use crate::limits::Profile;
use crate::sources::Tail;
use crate::watch::Watch;

pub(crate) fn run(arguments: &Run) -> Result<ExitCode> {
    if arguments.watch {
        return watch(arguments);
    }
    match Program::prepare(arguments, &mut Session::default()).0? {
        Some(program) => execute(arguments, &program, None),
        None => Ok(ExitCode::from(exit::PROGRAM)),
    }
}

/// Compiles and runs again whenever a file changes.
fn watch(arguments: &Run) -> Result<ExitCode> {
    if !build::is_source(&arguments.module) {
        let message = format!(
            "{} is no source file; --watch needs one",
            arguments.module.display()
        );
        return Err(anyhow!(Usage(message)));
    }
    // Every run gets the same input.
    let mut input = Vec::new();
    if arguments.input.is_none() && !io::stdin().is_terminal() {
        io::stdin()
            .read_to_end(&mut input)
            .context("cannot read standard input")?;
    }
    let mut session = Session::default();
    loop {
        let (program, mut files) = Program::prepare(arguments, &mut session);
        let ended = program.and_then(|program| match program {
            Some(program) => execute(arguments, &program, Some(&input)),
            None => Ok(ExitCode::SUCCESS),
        });
        if let Err(error) = ended {
            let _ = writeln!(io::stderr(), "error: {error:#}");
        }
        files.extend(arguments.input.clone());
        Watch::new(&arguments.module, files).wait();
    }
}

/// Runs the program once. `input` is what standard input gave, where it was read before.
fn execute(arguments: &Run, program: &Program, input: Option<&[u8]>) -> Result<ExitCode> {
    let module = arguments.module.display().to_string();
    let profile = arguments.limits.profile()?;
    let wasm = &program.wasm;
    if let Some(bound) = too_large(wasm, &profile) {
        let _ = writeln!(io::stderr(), "error: {module}: {bound}");
        return Ok(exit_code(bound.kind.exit_code()));
    }
    let wants_report = arguments.report.is_some();
    let settings = Settings::new(arguments, &profile);
    let runtime = Runtime::new(&settings.config)?;
    let beside = program
        .path
        .as_deref()
        .filter(|_| settings.takes_precompiled());
    let loaded = load::load(&runtime, wasm, beside).with_context(|| module.clone())?;
    let begun = Instant::now();
    let input = input::prepare(arguments.input.as_deref(), input, &profile)?;
    let mut limits = profile.limits_for(input.bytes());
    let watchdog = match limits.time.take_if(|_| settings.has_watchdog) {
        Some(time) => Some(Watchdog::start(begun, time, &module)?),
        None => None,
    };
    let (profiler, sampler) = match &arguments.profile {
        Some(_) => Profiler::new().map(|(profiler, sampler)| (Some(profiler), Some(sampler)))?,
        None => (None, None),
    };
    let tail = Tail::default();
    let result = match input {
        input::Input::Late(bound) => Err(Error::before(bound)),
        input::Input::Ready(stdin) => {
            let mut args = vec![module.clone()];
            args.extend(arguments.arguments.iter().cloned());
            let call = Call {
                export: arguments.invoke.clone(),
                stdin,
                stdout: Output::Inherit,
                stderr: match program.sources.is_empty() {
                    true => Output::Inherit,
                    false => Output::Writer(Box::new(tail.clone())),
                },
                args,
                env: arguments.environment.clone(),
                directories: arguments.directories.clone(),
                world: profile.world(),
                count_pages: wants_report,
                sampler,
            };
            call_on_large_stack(&loaded.function, call, &limits)
        }
    };
    if let Some(watchdog) = watchdog {
        watchdog.end();
    }
    let (outcome, failure) = match &result {
        Ok(outcome) => (outcome, None),
        Err(error) => match error.outcome() {
            Some(outcome) => (outcome, Some(error)),
            None => return result.map(|_| ExitCode::SUCCESS).context(module),
        },
    };
    if let Some(failure) = failure {
        let _ = writeln!(io::stderr(), "error: {module}: {failure}");
    }
    let profiled = match (profiler, &arguments.profile) {
        (Some(profiler), Some(path)) => profiler.write(path, &module, outcome.fuel.unwrap_or(0)),
        _ => Ok(()),
    };
    // The last of standard error, where programs look for it.
    if let Some(format) = arguments.report {
        report::print(format, &module, outcome, &limits, &loaded, failure);
    }
    profiled?;
    tell_lost_output(outcome);
    if outcome.exit_code != 0
        && let Some(frame) = program.sources.frame(&tail.text())
    {
        let _ = write!(io::stderr(), "{frame}");
    }
    Ok(exit_code(outcome.exit_code))
}

/// What a module may be, if this is more. It is not even compiled, which takes long for one that is far too large.
fn too_large(wasm: &[u8], profile: &Profile) -> Option<Bound> {
    let amount = profile.limits.module?;
    let kind = LimitKind::Module;
    (wasm.len() as u64 > amount).then_some(Bound { kind, amount })
}

fn exit_code(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(exit::PROGRAM))
}

/// How the code is made.
struct Settings {
    config: Config,
    /// Whether the end of the time ends the process, so that the code need not be interruptible.
    has_watchdog: bool,
}

impl Settings {
    fn new(arguments: &Run, profile: &Profile) -> Settings {
        let mut limits = profile.limits.clone();
        let config = Config {
            cache_directory: runner::default_cache_directory(),
            allocation: Allocation::OnDemand,
            fuel: arguments.report.is_some() || arguments.profile.is_some(),
            interruption: arguments.profile.is_some(),
            ..Config::default()
        };
        // Code that is counted can be interrupted for little more; and there may be a report to be made.
        let is_counted = config.fuel || limits.fuel.is_some();
        let has_watchdog = limits.time.take_if(|_| !is_counted).is_some();
        Settings {
            config: config.enforcing(&limits),
            has_watchdog,
        }
    }

    /// Whether code that was compiled in advance is of this kind: it neither counts instructions nor can be interrupted.
    fn takes_precompiled(&self) -> bool {
        !self.config.fuel && !self.config.interruption
    }
}

/// Runs a call on a thread of its own when its stack may be larger than what this one surely has.
fn call_on_large_stack(function: &Function, call: Call, limits: &Limits) -> Result<Outcome, Error> {
    /// What every main thread has room for, the host's part included.
    const ORDINARY: u64 = 1 << 20;
    /// For the host's part.
    const HOST: usize = 1 << 20;
    let Some(stack) = limits.stack.filter(|stack| *stack > ORDINARY) else {
        return function.call(call, limits);
    };
    let size = usize::try_from(stack)
        .unwrap_or(usize::MAX)
        .saturating_add(HOST);
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(size)
            .spawn_scoped(scope, || function.call(call, limits))
            .map_err(|error| Error::Instantiate(format!("no room for a stack: {error}")))?
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn tell_lost_output(outcome: &Outcome) {
    if let Some(error) = &outcome.stdout_error
        && outcome.ignored_stdout_error
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        let _ = writeln!(
            io::stderr(),
            "error: cannot write to standard output: {error}"
        );
    }
}
