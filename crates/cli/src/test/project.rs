//! A function's directory: what is compiled, and how.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::bench::split;
use crate::run::read;

/// A function to be tested.
pub(crate) struct Project {
    /// The program or the module.
    pub(crate) path: PathBuf,
    build: Build,
    pub(crate) is_shopify: bool,
}

enum Build {
    /// It is a module.
    None,
    Compile,
    /// A command, run in this directory, that makes the module.
    Command(String, PathBuf),
}

/// What is of interest in `shopify.extension.toml`.
#[derive(Deserialize)]
struct Manifest {
    extensions: Vec<Extension>,
}

#[derive(Deserialize)]
struct Extension {
    build: Option<ExtensionBuild>,
}

#[derive(Deserialize)]
struct ExtensionBuild {
    command: Option<String>,
    path: PathBuf,
}

const MANIFEST: &str = "shopify.extension.toml";

/// Where a program is looked for.
const ENTRIES: [&str; 8] = [
    "index.ts",
    "index.js",
    "index.mts",
    "index.mjs",
    "src/index.ts",
    "src/index.js",
    "src/index.mts",
    "src/index.mjs",
];

impl Project {
    pub(crate) fn find(directory: &Path, entry: Option<&Path>) -> Result<Project> {
        let shown = directory.display();
        if directory.is_file() {
            bail!("{shown} is a file; give its directory, and name the file by --entry");
        }
        if !directory.is_dir() {
            bail!("there is no directory {shown}");
        }
        let manifest = directory.join(MANIFEST);
        let is_shopify = manifest.is_file();
        let found = ENTRIES
            .iter()
            .map(|name| directory.join(name))
            .find(|path| path.is_file());
        let (path, build) = match (entry, found) {
            (Some(entry), _) if entry.extension().is_some_and(|it| it == "wasm") => {
                (entry.to_owned(), Build::None)
            }
            (Some(entry), _) => (entry.to_owned(), Build::Compile),
            (None, _) if is_shopify => from_manifest(directory, &manifest)?,
            (None, Some(found)) => (found, Build::Compile),
            (None, None) => bail!(
                "{shown} has neither {MANIFEST} nor index.js or index.ts; name the program by --entry"
            ),
        };
        Ok(Project {
            path,
            build,
            is_shopify,
        })
    }

    /// The module; `None` when the compiler has said what is wrong with the program.
    pub(crate) fn build(&self) -> Result<Option<Vec<u8>>> {
        match &self.build {
            Build::None => Ok(Some(read(&self.path)?)),
            Build::Compile => {
                let directory = tempfile::tempdir().context("cannot make a temporary directory")?;
                let module = directory.path().join("fn.wasm");
                let status = Command::new(jsc()?)
                    .args(["compile", "--quiet", "-o"])
                    .args([&module, &self.path])
                    .status()
                    .context("cannot run jsc compile")?;
                status.success().then(|| read(&module)).transpose()
            }
            Build::Command(command, directory) => {
                let words = split(command)?;
                let Some((program, arguments)) = words.split_first() else {
                    bail!("the build command of {MANIFEST} is empty");
                };
                // The jsc that tests is the jsc that compiles.
                let program = match program.as_str() {
                    "jsc" => jsc()?,
                    other => other.into(),
                };
                let status = Command::new(program)
                    .args(arguments)
                    .current_dir(directory)
                    .status()
                    .with_context(|| format!("cannot run `{command}`"))?;
                status.success().then(|| read(&self.path)).transpose()
            }
        }
    }
}

fn jsc() -> Result<PathBuf> {
    std::env::current_exe().context("cannot tell where this program is")
}

fn from_manifest(directory: &Path, manifest: &Path) -> Result<(PathBuf, Build)> {
    let shown = manifest.display();
    let text = inputs::read_text(manifest, inputs::SETTINGS)
        .with_context(|| format!("cannot read {shown}"))?;
    let manifest: Manifest =
        toml::from_str(&text).with_context(|| format!("{shown} is no extension"))?;
    let build = manifest
        .extensions
        .into_iter()
        .find_map(|extension| extension.build);
    let Some(build) = build else {
        bail!("{shown} has no [extensions.build]");
    };
    let path = directory.join(build.path);
    Ok(match build.command {
        Some(command) => {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)
                    .with_context(|| format!("cannot make {}", parent.display()))?;
            }
            (path, Build::Command(command, directory.to_owned()))
        }
        None => (path, Build::None),
    })
}
