//! `jsc init`: a directory with a function to begin with.

mod templates;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::{Args, ValueEnum, ValueHint};

use crate::exit::{self, Usage};

#[derive(Args)]
#[command(after_help = "Examples:
  jsc init greeter && cd greeter && jsc test
  jsc init volume-discount --template shopify")]
pub(crate) struct Init {
    /// The directory, which is made if it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) directory: PathBuf,
    /// What to begin with
    #[arg(long, value_enum, default_value_t = Template::Typescript)]
    pub(crate) template: Template,
}

/// What a function begins as.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// A function in TypeScript
    Typescript,
    /// A function in JavaScript
    Javascript,
    /// A discount function for Shopify
    Shopify,
}

pub(crate) fn init(arguments: &Init) -> Result<ExitCode> {
    let directory = &arguments.directory;
    let name = name_of(directory)?;
    let files = templates::files(arguments.template);
    if directory.exists() && !directory.is_dir() {
        let message = format!("{} is a file; give another directory", directory.display());
        return Err(anyhow!(Usage(message)));
    }
    // Nothing of the user's is written over, and nothing is left half made because of it.
    if let Some(taken) = files
        .iter()
        .map(|file| directory.join(file.path))
        .find(|path| path.symlink_metadata().is_ok())
    {
        return Err(anyhow!(Usage(format!(
            "{} exists already; give another directory",
            taken.display()
        ))));
    }
    for file in files {
        let path = directory.join(file.path);
        let parent = path.parent().unwrap_or(directory);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let text = file.text.replace("{{name}}", &name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let shown = directory.display();
    let shown = shown.to_string();
    let go = match shown.as_str() {
        "." => String::new(),
        name if name.contains(char::is_whitespace) => format!("  cd \"{name}\"\n"),
        name => format!("  cd {name}\n"),
    };
    let text = format!("{shown} is ready; next:\n\n{go}  jsc test\n");
    exit::write_result(text.as_bytes())
}

/// The function's name: that of its directory, as packages can have it.
fn name_of(directory: &Path) -> Result<String> {
    let absolute = std::path::absolute(directory)
        .with_context(|| format!("{} is no path", directory.display()))?;
    let name = absolute.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    Ok(if name.is_empty() {
        "function".to_owned()
    } else {
        name.to_owned()
    })
}
