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

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use compiler::Session;
use runner::{Allocation, Call, Config, Error, Function, Limits, Outcome, Runtime};

pub(crate) use self::arguments::{Run, variable};
pub(crate) use self::load::read;
use self::profile::Profiler;
use self::program::{Prepared, Program};
use self::watchdog::Watchdog;
use crate::build;
use crate::exit::{self, Usage};
use crate::limits::Profile;
use crate::messages::say;
use crate::overlap::{self, Output};
use crate::precompile::path_beside;
use crate::sources::LastWrite;
use crate::streams;
use crate::watch::Watch;

pub(crate) fn run(arguments: &Run) -> Result<ExitCode> {
    if arguments.watch {
        return watch(arguments);
    }
    once(arguments, &mut Session::default(), None).0
}

/// Prepares the program and runs it; also gives the files that were read. `input` is what standard input gave, where it was
/// read before.
fn once(
    arguments: &Run,
    session: &mut Session,
    input: Option<&[u8]>,
) -> (Result<ExitCode>, Vec<PathBuf>) {
    let profile = match arguments.limits.profile() {
        Ok(profile) => profile,
        Err(error) => return (Err(error), Vec::new()),
    };
    let (prepared, mut files) = Program::prepare(arguments, &profile, session);
    let ended = prepared.and_then(|prepared| match prepared {
        Prepared::Ready(program) => {
            check_outputs(arguments, &files)?;
            execute(arguments, &profile, &program, input)
        }
        Prepared::TooLarge(bound) => {
            let module = arguments.module.display();
            say(format_args!("error: {module}: {bound}"));
            Ok(exit_code(bound.kind.exit_code()))
        }
        Prepared::Failed(code) => Ok(code),
    });
    files.extend(arguments.input.clone());
    (ended, files)
}

/// Checks that no profile takes the place of a file that was read.
fn check_outputs(arguments: &Run, files: &[PathBuf]) -> Result<()> {
    let Some(path) = &arguments.profile else {
        return Ok(());
    };
    let outputs = profile::paths(path).map(|path| Output::new("--profile", path));
    let limits = arguments.limits.limits.as_deref().map(Path::new);
    let given = arguments.input.as_deref().into_iter().chain(limits);
    let beside = path_beside(&arguments.module);
    let read = files
        .iter()
        .map(PathBuf::as_path)
        .chain(given)
        .chain([beside.as_path()]);
    overlap::check(&outputs.collect::<Vec<_>>(), read)
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
        input =
            inputs::read_all(io::stdin(), inputs::SOURCE).context("cannot read standard input")?;
    }
    let mut session = Session::default();
    loop {
        let (ended, files) = once(arguments, &mut session, Some(&input));
        if let Err(error) = ended {
            say(format_args!("error: {error:#}"));
        }
        if session.is_abandoned() {
            return Ok(exit_code(exit::PROGRAM.into()));
        }
        Watch::new(&arguments.module, files).wait();
    }
}

/// Runs the program.
fn execute(
    arguments: &Run,
    profile: &Profile,
    program: &Program,
    input: Option<&[u8]>,
) -> Result<ExitCode> {
    let module = arguments.module.display().to_string();
    let wasm = &program.wasm;
    let wants_report = arguments.report.is_some();
    let settings = Settings::new(arguments, profile);
    let runtime = Runtime::new(&settings.config)?;
    let beside = program
        .path
        .as_deref()
        .filter(|_| settings.takes_precompiled());
    let loaded = load::load(&runtime, wasm, beside).with_context(|| module.clone())?;
    let begun = Instant::now();
    let input = input::prepare(arguments.input.as_deref(), input, profile)?;
    let mut limits = profile.limits_for(input.bytes());
    let watchdog = match limits.time.take_if(|_| settings.has_watchdog) {
        Some(time) => Some(Watchdog::start(begun, time, &module)?),
        None => None,
    };
    let (profiler, sampler) = match &arguments.profile {
        Some(_) => Profiler::new().map(|(profiler, sampler)| (Some(profiler), Some(sampler)))?,
        None => (None, None),
    };
    let last_write = LastWrite::default();
    let result = match input {
        input::Input::Late(bound) => Err(Error::before(bound)),
        input::Input::Ready(stdin) => {
            let mut args = vec![module.clone()];
            args.extend(arguments.arguments.iter().cloned());
            let call = Call {
                export: arguments.invoke.clone(),
                stdin,
                stdout: streams::stdout(),
                stderr: match program.sources.is_empty() {
                    true => runner::Output::Inherit,
                    false => runner::Output::Writer(Box::new(last_write.clone())),
                },
                args,
                env: arguments.environment.clone(),
                directories: arguments.directories.clone(),
                world: profile.world(),
                count_pages: wants_report,
                // Where no watchdog ends the process.
                own_thread: true,
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
        say(format_args!("error: {module}: {failure}"));
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
        && let Some(frame) = program.sources.frame(&last_write.text())
    {
        let _ = write!(io::stderr(), "{frame}");
    }
    Ok(exit_code(outcome.exit_code))
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
        let config = Config {
            bounded_compilation: has_watchdog,
            ..config
        };
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
