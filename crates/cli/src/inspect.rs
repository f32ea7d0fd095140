//! `jsc inspect`, and what `jsc compile` says of a module's size.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use compiler::{Error, Inspection, Report};

use crate::arguments::{Format, Inspect};
use crate::build;
use crate::exit::{self, Usage};
use crate::messages::{Messages, say};

/// What a module in the binary format starts with.
const MAGIC: &[u8] = b"\0asm";

/// How much of what could go is shown for a module that is too large.
const MAX_SAVINGS: usize = 5;

pub(crate) fn inspect(arguments: &Inspect) -> Result<ExitCode> {
    let shown = arguments.input.display();
    if arguments.input != Path::new("-") {
        // What is no module is a program; the compiler says what is wrong with a file that cannot be read.
        let bytes = inputs::read_named(&arguments.input, inputs::MODULE).unwrap_or_default();
        if bytes.starts_with(MAGIC) {
            if arguments.bytecode.is_some() {
                return Err(anyhow!(Usage(format!(
                    "{shown} is a module, which does not say what it was made from; give the program"
                ))));
            }
            return module(&bytes, arguments.format).with_context(|| shown.to_string());
        }
    }
    let options = build::options(&arguments.input, &arguments.build)?;
    match compiler::inspect(&options) {
        Ok(inspection) => {
            let text = match &arguments.bytecode {
                Some(name) => listing(&inspection, name)?,
                None => render(&inspection.report, arguments.format, &shown.to_string()),
            };
            exit::write_result(text.as_bytes())
        }
        Err(Error::Program(diagnostics)) => {
            Messages::new(arguments.build.message_format, false).failure(&diagnostics);
            Ok(exit::of_program(&diagnostics))
        }
        Err(error) => Err(error).context("this is a fault of jsc; please report it"),
    }
}

fn module(wasm: &[u8], format: Format) -> Result<ExitCode> {
    let anatomy = compiler::anatomy(wasm).context("the module is damaged")?;
    let text = match format {
        Format::Text => compiler::anatomy_text(&anatomy),
        Format::Json => compiler::anatomy_json(&anatomy) + "\n",
        Format::Html => {
            return Err(anyhow!(Usage(
                "a module has no map; give the program it was made from".to_string()
            )));
        }
    };
    exit::write_result(text.as_bytes())
}

/// The bytecode of the functions of this name; of all of the program's if it is empty.
fn listing(inspection: &Inspection, name: &str) -> Result<String> {
    let functions = inspection.functions.iter().filter(|function| {
        if name.is_empty() {
            !function.file.starts_with("jsc:")
        } else {
            function.name == name
        }
    });
    let texts: Vec<&str> = functions.map(|function| function.text.as_str()).collect();
    if texts.is_empty() {
        let why = "it may have run at build time, or be the same as none";
        return Err(anyhow!(Usage(format!(
            "the module has no function `{name}`: {why}; without a name all are shown"
        ))));
    }
    Ok(figures::lines(&texts.join("\n")).into_owned())
}

/// A report in a format; `title` is what it is about.
pub(crate) fn render(report: &Report, format: Format, title: &str) -> String {
    match format {
        Format::Text => compiler::report_text(report),
        Format::Json => compiler::report_json(report) + "\n",
        Format::Html => compiler::report_html(report, title),
    }
}

/// Says that a module is too large, and what could go.
pub(crate) fn too_large(report: &Report, max: usize) {
    let (bytes, over) = (report.bytes, report.bytes - max);
    let mut text = format!(
        "error: the module has {bytes} bytes, {over} more than --max-size {max}; the largest things that could go:\n"
    );
    for saving in report.savings.iter().take(MAX_SAVINGS) {
        let why = saving
            .why
            .as_ref()
            .map(|why| format!("  {}", why.of(&saving.what)))
            .unwrap_or_default();
        let _ = writeln!(text, "  {:>8}  {}{why}", saving.bytes, saving.what);
    }
    text.push_str("help: `jsc inspect` shows all of it\n");
    say(format_args!("{}", text.trim_end()));
}
