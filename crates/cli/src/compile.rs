//! `jsc compile`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use compiler::{Artifact, Error, Inspection, Report, Session};

use crate::arguments::{Compile, MessageFormat};
use crate::exit::{self, Usage};
use crate::inspect;
use crate::messages::{Messages, say};
use crate::overlap::{self, Output};
use crate::precompile::{path_beside, precompile};
use crate::sources::{self, Sources};
use crate::streams;
use crate::watch::Watch;
use crate::write::{make_directory, write_all};
use crate::{build, metafile};

pub(crate) fn compile(arguments: &Compile) -> Result<ExitCode> {
    let output = output_path(arguments)?;
    if arguments.precompile && output == Path::new("-") {
        let message = "standard output has no place beside it for --precompile; give a file by -o";
        return Err(anyhow!(Usage(message.into())));
    }
    if !arguments.watch {
        return compile_once(arguments, &output, &mut Session::default()).0;
    }
    if arguments.input == Path::new("-") || output == Path::new("-") {
        let message = "--watch needs a file to watch and a file to write";
        return Err(anyhow!(Usage(message.into())));
    }
    let mut session = Session::default();
    loop {
        let (result, files) = compile_once(arguments, &output, &mut session);
        // The module of the last time stays where this one fails.
        if let Err(error) = result {
            say(format_args!("error: {error:#}"));
        }
        if session.is_abandoned() {
            return Ok(ExitCode::from(exit::PROGRAM));
        }
        Watch::new(&arguments.input, files).wait();
    }
}

/// Compiles, and says which files went into it.
fn compile_once(
    arguments: &Compile,
    output: &Path,
    session: &mut Session,
) -> (Result<ExitCode>, Vec<PathBuf>) {
    let begun = Instant::now();
    let mut options = match build::options(&arguments.input, &arguments.build) {
        Ok(options) => options,
        Err(error) => return (Err(error), Vec::new()),
    };
    options.keep_names = arguments.names;
    let wants_report = arguments.size_report.is_some() || arguments.max_size.is_some();
    let (compiled, files) = if wants_report {
        let compilation = session.inspect(&options);
        let split = |inspection: Inspection| (inspection.artifact, Some(inspection.report));
        (compilation.result.map(split), compilation.files)
    } else {
        let compilation = session.compile(&options);
        let alone = |artifact| (artifact, None);
        (compilation.result.map(alone), compilation.files)
    };
    let messages = Messages::new(arguments.build.message_format, arguments.quiet);
    let result = match compiled {
        Ok((artifact, report)) => {
            messages.build(&artifact.output, &artifact.warnings);
            finish(arguments, output, &files, &artifact, report.as_ref(), begun)
        }
        Err(Error::Program(diagnostics)) => {
            messages.failure(&diagnostics);
            Ok(exit::of_program(&diagnostics))
        }
        Err(error) => Err(error).context("this is a fault of jsc; please report it"),
    };
    (result, files)
}

/// Writes the module and what goes with it.
fn finish(
    arguments: &Compile,
    output: &Path,
    files: &[PathBuf],
    artifact: &Artifact,
    report: Option<&Report>,
    begun: Instant,
) -> Result<ExitCode> {
    if let (Some(max), Some(report)) = (arguments.max_size, report)
        && artifact.wasm.len() > max
    {
        inspect::too_large(report, max);
        return Ok(ExitCode::from(exit::PROGRAM));
    }
    overlap::check(
        &outputs(arguments, output),
        files.iter().map(PathBuf::as_path),
    )?;
    if let (Some(format), Some(report)) = (arguments.size_report, report) {
        let text = inspect::render(report, format, &output.display().to_string());
        // Where the module goes to standard output, nothing else does.
        let written = if output == Path::new("-") {
            io::stderr().write_all(text.as_bytes())
        } else {
            streams::write(text.as_bytes())
        };
        exit::after_writing(written)?;
    }
    let code = write_outputs(arguments, output, files, artifact)?;
    if output == Path::new("-") {
        return Ok(code);
    }
    let seconds = begun.elapsed().as_secs_f64();
    let bytes = artifact.wasm.len();
    let shown = output.display();
    // Where standard output is closed, the module is still written.
    let _ = match arguments.build.message_format {
        MessageFormat::Json => {
            let exports = &artifact.exports;
            let path = shown.to_string();
            let line = serde_json::json!({ "type": "module", "path": path, "bytes": bytes, "exports": exports });
            writeln!(io::stdout(), "{line}")
        }
        // The report has said the size.
        MessageFormat::Text if arguments.quiet || arguments.size_report.is_some() => Ok(()),
        MessageFormat::Text => writeln!(
            io::stdout(),
            "{shown}  {}  {seconds:.2} s",
            figures::size(bytes as u64)
        ),
    };
    Ok(ExitCode::SUCCESS)
}

/// The files that are written. The module is among them unless it goes to standard output.
fn outputs(arguments: &Compile, output: &Path) -> Vec<Output> {
    let mut outputs = Vec::new();
    if output != Path::new("-") {
        outputs.push(Output::new("-o", output));
        if arguments.precompile {
            outputs.push(Output::new("--precompile", path_beside(output)));
        }
        if arguments.source_map {
            outputs.push(Output::new("--source-map", sources::map_path(output)));
        }
    }
    let metafile = arguments.metafile.as_ref();
    outputs.extend(metafile.map(|path| Output::new("--metafile", path)));
    outputs
}

/// Writes the module and what goes with it: all, or nothing.
fn write_outputs(
    arguments: &Compile,
    output: &Path,
    files: &[PathBuf],
    artifact: &Artifact,
) -> Result<ExitCode> {
    let metafile = arguments.metafile.as_ref();
    let metafile = metafile.map(|path| (path.clone(), metafile::text(artifact).into_bytes()));
    let mut contents: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    contents.extend(metafile);
    if output == Path::new("-") {
        let contents: Vec<(&Path, &[u8])> = borrowed(&contents);
        return write_all(&contents, || exit::write_result(&artifact.wasm));
    }
    let map = sources::map_path(output);
    if arguments.source_map {
        let text = Sources::of(artifact).map(output);
        contents.push((map.clone(), text.into_bytes()));
    }
    if arguments.precompile {
        contents.push((path_beside(output), precompile(output, &artifact.wasm)?));
    }
    // One of an older module would show the wrong lines.
    let is_stale = !arguments.source_map
        && Sources::beside(output).is_map()
        && overlap::check(
            &[Output::new("--source-map", &map)],
            files.iter().map(PathBuf::as_path),
        )
        .is_ok();
    let directories = make_directory(output)?;
    let mut all = borrowed(&contents);
    all.push((output, &artifact.wasm));
    let code = write_all(&all, || Ok(ExitCode::SUCCESS))?;
    directories.keep();
    if is_stale {
        fs::remove_file(&map).with_context(|| format!("cannot remove {}", map.display()))?;
    }
    Ok(code)
}

fn borrowed(contents: &[(PathBuf, Vec<u8>)]) -> Vec<(&Path, &[u8])> {
    let mut all = Vec::new();
    for (path, bytes) in contents {
        all.push((path.as_path(), bytes.as_slice()));
    }
    all
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
