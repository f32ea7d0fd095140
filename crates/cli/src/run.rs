//! `jsc run`.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use runner::{Allocation, Call, Config, Error, Outcome, Output, Runtime, Stdin, TRAP_EXIT_CODE};

use crate::arguments::Run;
use crate::exit;

pub(crate) fn run(arguments: Run) -> Result<ExitCode> {
    let module = arguments.module.display().to_string();
    let mut wasm = Vec::new();
    open(&arguments.module)?
        .read_to_end(&mut wasm)
        .with_context(|| format!("cannot read {module}"))?;
    let runtime = Runtime::new(&Config {
        cache_directory: runner::default_cache_directory(),
        allocation: Allocation::OnDemand,
        fuel: arguments.report,
        ..Config::default()
    })?;
    let function = runtime.load(&wasm).with_context(|| module.clone())?;
    let stdin = match &arguments.input {
        Some(path) => Stdin::File(open(path)?),
        None => Stdin::Inherit,
    };
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
    };
    match function.call(call) {
        Ok(outcome) => {
            if arguments.report {
                report(&outcome, wasm.len());
            }
            if let Some(error) = &outcome.stdout_error
                && outcome.ignored_stdout_error
                && error.kind() != io::ErrorKind::BrokenPipe
            {
                let _ = writeln!(
                    io::stderr(),
                    "error: cannot write to standard output: {error}"
                );
            }
            Ok(ExitCode::from(
                u8::try_from(outcome.exit_code).unwrap_or(exit::PROGRAM),
            ))
        }
        Err(Error::Trap(trap)) => {
            let _ = writeln!(io::stderr(), "error: {module}: {}", Error::Trap(trap));
            Ok(ExitCode::from(
                u8::try_from(TRAP_EXIT_CODE).unwrap_or(exit::PROGRAM),
            ))
        }
        Err(error) => Err(error).context(module),
    }
}

/// Opens a file to be read.
fn open(path: &Path) -> Result<File> {
    let shown = path.display();
    if path.is_dir() {
        bail!("cannot read {shown}: it is a directory");
    }
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!("there is no file {shown}"),
        _ => anyhow!(error).context(format!("cannot read {shown}")),
    })
}

/// Prints what the run took.
fn report(outcome: &Outcome, size: usize) {
    let mut text = format!("module        {size} bytes\n");
    if let Some(fuel) = outcome.fuel {
        text += &format!("instructions  {fuel}\n");
    }
    text += &format!("peak memory   {} KiB\n", outcome.peak_memory >> 10);
    text += &format!("instantiate   {} µs\n", outcome.instantiate.as_micros());
    text += &format!("run           {} µs\n", outcome.run.as_micros());
    let _ = write!(io::stderr(), "\n{text}");
}
