//! How a program is compiled, from the command line.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use compiler::{Budget, Entry, ModuleOptions, Options};

use crate::arguments::{Build, Start, Strip};
use crate::exit::Usage;

/// Whether a file is a program's source, by its name.
pub(crate) fn is_source(path: &Path) -> bool {
    const EXTENSIONS: [&str; 8] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| EXTENSIONS.contains(&extension))
}

/// The options for the program that starts in `input`.
pub(crate) fn options(input: &Path, arguments: &Build) -> Result<Options> {
    let mut options = Options::new(entry(input)?);
    options.modules = ModuleOptions {
        defines: arguments.define.clone(),
        aliases: arguments.alias.clone(),
        externals: arguments.external.clone(),
        conditions: arguments.conditions.clone(),
        script: arguments.script,
    };
    options.budget = Budget {
        time: arguments.build_time,
        memory: arguments.build_memory << 20,
    };
    options.allow_eval = arguments.allow_eval;
    options.stack = arguments.stack.unwrap_or(options.stack);
    options.keep.clone_from(&arguments.keep);
    options.strip = match arguments.strip {
        Strip::Off => compiler::Strip::Off,
        Strip::Safe => compiler::Strip::Safe,
        Strip::Names => compiler::Strip::Names,
    };
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

fn entry(input: &Path) -> Result<Entry> {
    if input != Path::new("-") {
        return Ok(Entry::File(input.to_owned()));
    }
    let text =
        inputs::read_all(io::stdin(), inputs::SOURCE).context("cannot read standard input")?;
    let directory = std::env::current_dir().context("the current directory is gone")?;
    Ok(Entry::Source {
        name: "<stdin>".to_string(),
        text,
        directory,
    })
}
