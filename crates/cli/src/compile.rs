//! `jsc compile`.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use compiler::{Artifact, Budget, Diagnostic, Entry, Error, Options};

use crate::arguments::{Compile, Start, Strip};
use crate::exit::{self, Usage};
use crate::inspect;
use crate::write::write;

pub(crate) fn compile(arguments: Compile) -> Result<ExitCode> {
    let begun = Instant::now();
    let output = output_path(&arguments)?;
    let options = options(&arguments)?;
    let wants_report = arguments.size_report.is_some() || arguments.max_size.is_some();
    let compiled = if wants_report {
        compiler::inspect(&options).map(|inspection| (inspection.artifact, Some(inspection.report)))
    } else {
        compiler::compile(&options).map(|artifact| (artifact, None))
    };
    match compiled {
        Ok((artifact, report)) => {
            show(&artifact, arguments.quiet);
            if let (Some(max), Some(report)) = (arguments.max_size, &report)
                && artifact.wasm.len() > max
            {
                inspect::too_large(report, max);
                return Ok(ExitCode::from(exit::PROGRAM));
            }
            if let (Some(format), Some(report)) = (arguments.size_report, &report) {
                let title = output.display().to_string();
                let text = inspect::render(report, format, &title);
                // Where the module goes to standard output, nothing else does.
                let written = if output == Path::new("-") {
                    io::stderr().write_all(text.as_bytes())
                } else {
                    io::stdout().write_all(text.as_bytes())
                };
                exit::after_writing(written)?;
            }
            if output == Path::new("-") {
                return exit::after_writing(io::stdout().write_all(&artifact.wasm));
            }
            write(&output, &artifact.wasm)?;
            // The report has said the size.
            if !arguments.quiet && arguments.size_report.is_none() {
                let seconds = begun.elapsed().as_secs_f64();
                let size = size(artifact.wasm.len());
                // Where standard output is closed, the module is still written.
                let _ = writeln!(io::stdout(), "{}  {size}  {seconds:.2} s", output.display());
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::Program(diagnostics)) => {
            print(&diagnostics);
            Ok(ExitCode::from(exit::PROGRAM))
        }
        Err(error) => Err(error).context("this is a fault of jsc; please report it"),
    }
}

fn output_path(arguments: &Compile) -> Result<PathBuf> {
    let output = match (&arguments.output, arguments.input.file_stem()) {
        (Some(output), _) => output.clone(),
        (None, _) if arguments.input == Path::new("-") => {
            return Err(anyhow!(Usage(
                "standard input has no name for the module; give one by -o FILE".into()
            )));
        }
        // A path without a stem (`..`) is a directory, which the compiler refuses.
        (None, stem) => Path::new(stem.unwrap_or_default()).with_extension("wasm"),
    };
    if output != Path::new("-") && is_same_file(&output, &arguments.input) {
        return Err(anyhow!(Usage(format!(
            "{} is the input; give another name by -o FILE",
            output.display()
        ))));
    }
    Ok(output)
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn options(arguments: &Compile) -> Result<Options> {
    let mut options = Options::new(entry(&arguments.input)?);
    options.budget = Budget {
        time: arguments.build_time,
        memory: arguments.build_memory << 20,
    };
    options.keep_names = arguments.names;
    options.allow_eval = arguments.allow_eval;
    options.keep.clone_from(&arguments.keep);
    options.strip = strip(arguments.strip);
    options.start = match arguments.start {
        Start::Eager => compiler::Start::Eager,
        Start::Lazy => compiler::Start::Lazy,
    };
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        let not_a_number = || {
            anyhow!(Usage(format!(
                "SOURCE_DATE_EPOCH is `{epoch}`, not a number of seconds"
            )))
        };
        options.build_time = epoch.parse().map_err(|_| not_a_number())?;
    }
    Ok(options)
}

pub(crate) fn strip(strip: Strip) -> compiler::Strip {
    match strip {
        Strip::Off => compiler::Strip::Off,
        Strip::Safe => compiler::Strip::Safe,
        Strip::Names => compiler::Strip::Names,
    }
}

pub(crate) fn entry(input: &Path) -> Result<Entry> {
    if input != Path::new("-") {
        return Ok(Entry::File(input.to_owned()));
    }
    let mut text = Vec::new();
    io::stdin()
        .read_to_end(&mut text)
        .context("cannot read standard input")?;
    let directory = std::env::current_dir().context("the current directory is gone")?;
    Ok(Entry::Source {
        name: "<stdin>".to_string(),
        text,
        directory,
    })
}

/// Shows what the program wrote at build time, and the warnings.
fn show(artifact: &Artifact, quiet: bool) {
    if !quiet {
        let _ = io::stderr().write_all(&artifact.output);
        print(&artifact.warnings);
    }
}

pub(crate) fn print(diagnostics: &[Diagnostic]) {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for diagnostic in diagnostics {
        let _ = writeln!(io::stderr(), "{}", diagnostic.render(colour).trim_end());
    }
}

/// `1,234,567 bytes` in the unit that people read: 1.2 MB.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.2} MB", bytes as f64 / 1e6),
    }
}
