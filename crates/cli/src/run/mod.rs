//! `jsc run`.

mod arguments;
mod flame;
mod input;
mod load;
mod profile;
mod report;
mod speedscope;

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result};
use runner::{
    Allocation, Bound, Call, Config, Error, Function, LimitKind, Limits, Outcome, Output, Runtime,
};

pub(crate) use self::arguments::Run;
pub(crate) use self::load::read;
use self::profile::Profiler;
use crate::exit;

pub(crate) fn run(arguments: Run) -> Result<ExitCode> {
    let module = arguments.module.display().to_string();
    let profile = arguments.limits.profile()?;
    let wasm = load::read(&arguments.module)?;
    if let Some(amount) = profile.limits.module
        && wasm.len() as u64 > amount
    {
        // Not even compiled, which takes long for a module that is far too large.
        let kind = LimitKind::Module;
        let _ = writeln!(io::stderr(), "error: {module}: {}", Bound { kind, amount });
        return Ok(ExitCode::from(
            u8::try_from(kind.exit_code()).unwrap_or(exit::PROGRAM),
        ));
    }
    let wants_report = arguments.report.is_some();
    let config = Config {
        cache_directory: runner::default_cache_directory(),
        allocation: Allocation::OnDemand,
        fuel: wants_report || arguments.profile.is_some(),
        interruption: arguments.profile.is_some(),
        ..Config::default()
    };
    let runtime = Runtime::new(&config.enforcing(&profile.limits))?;
    let loaded = load::load(&runtime, &wasm, &arguments.module).with_context(|| module.clone())?;
    let input = input::prepare(arguments.input.as_deref(), &profile)?;
    let limits = profile.limits_for(input.bytes());
    let (profiler, sampler) = match &arguments.profile {
        Some(_) => Profiler::new().map(|(profiler, sampler)| (Some(profiler), Some(sampler)))?,
        None => (None, None),
    };
    let result = match input {
        input::Input::Late(bound) => Err(Error::before(bound)),
        input::Input::Ready(stdin) => {
            let mut args = vec![module.clone()];
            args.extend(arguments.arguments);
            let call = Call {
                export: arguments.invoke,
                stdin,
                stdout: Output::Inherit,
                stderr: Output::Inherit,
                args,
                env: arguments.environment,
                directories: arguments.directories,
                world: profile.world(),
                count_pages: wants_report,
                sampler,
            };
            call_on_large_stack(&loaded.function, call, &limits)
        }
    };
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
    if let Some(format) = arguments.report {
        report::print(format, &module, outcome, &limits, &loaded, failure);
    }
    if let (Some(profiler), Some(path)) = (profiler, &arguments.profile) {
        profiler.write(path, &module, outcome.fuel.unwrap_or(0))?;
    }
    tell_lost_output(outcome);
    let code = u8::try_from(outcome.exit_code);
    Ok(ExitCode::from(code.unwrap_or(exit::PROGRAM)))
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
