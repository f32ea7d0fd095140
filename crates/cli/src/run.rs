//! `jsc run`.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use runner::{Allocation, Call, Config, Error, Outcome, Output, Runtime, Stdin, TRAP_EXIT_CODE};

use crate::arguments::Run;
use crate::build;
use crate::exit::{self, Usage};
use crate::messages::Messages;
use crate::sources::{Sources, Tail};
use crate::watch::Watch;

pub(crate) fn run(arguments: Run) -> Result<ExitCode> {
    let is_source = build::is_source(&arguments.module);
    if !arguments.watch {
        let program = match is_source {
            true => compile(&arguments).0,
            false => load(&arguments.module).map(Some),
        };
        return match program? {
            Some(program) => execute(&arguments, &program, stdin(&arguments)?),
            None => Ok(ExitCode::from(exit::PROGRAM)),
        };
    }
    if !is_source {
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
    loop {
        let (program, files) = compile(&arguments);
        let ended = program.and_then(|program| {
            let Some(program) = program else {
                return Ok(ExitCode::SUCCESS);
            };
            let stdin = match &arguments.input {
                Some(_) => stdin(&arguments)?,
                None => Stdin::Bytes(input.clone()),
            };
            execute(&arguments, &program, stdin)
        });
        if let Err(error) = ended {
            let _ = writeln!(io::stderr(), "error: {error:#}");
        }
        let mut files = files;
        files.extend(arguments.input.clone());
        Watch::new(&arguments.module, files).wait();
    }
}

/// A module and the texts that it was made of, as far as they are known.
struct Program {
    wasm: Vec<u8>,
    sources: Sources,
}

fn load(path: &Path) -> Result<Program> {
    let mut wasm = Vec::new();
    open(path)?
        .read_to_end(&mut wasm)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Program {
        wasm,
        sources: Sources::beside(path),
    })
}

/// Compiles a source file; `None` where its author has been told why that does not work. Also gives its files.
fn compile(arguments: &Run) -> (Result<Option<Program>>, Vec<PathBuf>) {
    let options = match build::options(&arguments.module, &arguments.build) {
        Ok(options) => options,
        Err(error) => return (Err(error), Vec::new()),
    };
    let compilation = compiler::compile_watched(&options);
    let messages = Messages::new(arguments.build.message_format, false);
    let program = match compilation.result {
        Ok(artifact) => {
            messages.build(&artifact.output, &artifact.warnings);
            Ok(Some(Program {
                sources: Sources::of(&artifact),
                wasm: artifact.wasm,
            }))
        }
        Err(compiler::Error::Program(diagnostics)) => {
            messages.failure(&diagnostics);
            Ok(None)
        }
        Err(error) => Err(error).context("this is a fault of jsc; please report it"),
    };
    (program, compilation.files)
}

fn stdin(arguments: &Run) -> Result<Stdin> {
    Ok(match &arguments.input {
        Some(path) => Stdin::File(open(path)?),
        None => Stdin::Inherit,
    })
}

fn execute(arguments: &Run, program: &Program, stdin: Stdin) -> Result<ExitCode> {
    let module = arguments.module.display().to_string();
    let runtime = Runtime::new(&Config {
        cache_directory: runner::default_cache_directory(),
        allocation: Allocation::OnDemand,
        fuel: arguments.report,
        ..Config::default()
    })?;
    let function = runtime
        .load(&program.wasm)
        .with_context(|| module.clone())?;
    let mut args = vec![module.clone()];
    args.extend(arguments.arguments.iter().cloned());
    let tail = Tail::default();
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
    };
    match function.call(call) {
        Ok(outcome) => {
            if arguments.report {
                report(&outcome, program.wasm.len());
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
            if outcome.exit_code != 0
                && let Some(frame) = program.sources.frame(&tail.text())
            {
                let _ = write!(io::stderr(), "{frame}");
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
