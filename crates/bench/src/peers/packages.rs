//! The packages of npm that make components: installed when they are wanted, beside what cargo builds.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use examples::Example;

use super::adapter;
use crate::measure::microseconds;

/// What is installed; a benchmark names the versions that it compares with.
const PACKAGE: &str = r#"{
  "private": true,
  "dependencies": {
    "@bytecodealliance/componentize-js": "0.23.0",
    "componentize-qjs": "0.4.5",
    "esbuild": "0.28.2"
  },
  "allowScripts": { "esbuild": true }
}
"#;

const WIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/peers/cold-start.wit");

/// A package that makes components.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    ComponentizeQjs,
    ComponentizeJs,
}

impl Tool {
    pub(crate) const ALL: [Tool; 2] = [Tool::ComponentizeQjs, Tool::ComponentizeJs];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Tool::ComponentizeQjs => "componentize-qjs",
            Tool::ComponentizeJs => "componentize-js",
        }
    }
}

/// A directory with the packages.
pub(crate) struct Packages {
    pub(crate) directory: PathBuf,
}

impl Packages {
    /// Installs what is not there yet; the error says why it cannot be had.
    pub(crate) fn install() -> Result<Packages> {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        let target = program
            .ancestors()
            .nth(2)
            .context("it is in no directory")?;
        let directory = target.join("bench-peers");
        let installed = directory.join(".installed");
        if fs::read_to_string(&installed).is_ok_and(|done| done == PACKAGE) {
            return Ok(Packages { directory });
        }
        fs::create_dir_all(&directory)
            .and_then(|()| fs::write(directory.join("package.json"), PACKAGE))
            .with_context(|| format!("cannot write {}", directory.display()))?;
        eprintln!("installing componentize-js and componentize-qjs");
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&directory))?;
        fs::write(installed, PACKAGE)?;
        Ok(Packages { directory })
    }

    /// The example as one module that exports `run`.
    pub(crate) fn bundle(&self, example: &Example, output: &Path) -> Result<()> {
        let adapted = output.with_extension("entry.mjs");
        fs::write(&adapted, adapter(example, &example.entry.canonicalize()?)?)?;
        let outfile = format!("--outfile={}", output.display());
        run(self
            .tool("esbuild")
            .args(["--bundle", "--format=esm", "--log-level=warning"])
            .arg(outfile)
            .arg(adapted))
    }

    /// Makes a component of what [`Packages::bundle`] gave, and returns how long it took. The component imports nothing.
    pub(crate) fn componentize(&self, tool: Tool, source: &Path, output: &Path) -> Result<f64> {
        let mut command = self.tool(tool.name());
        match tool {
            Tool::ComponentizeQjs => command
                .args(["--sync", "--stub-wasi", "--wit", WIT, "--js"])
                .args([source.as_os_str(), OsStr::new("-o"), output.as_os_str()]),
            Tool::ComponentizeJs => command
                .args([source.as_os_str(), OsStr::new("--wit"), OsStr::new(WIT)])
                .args([
                    OsStr::new("-o"),
                    output.as_os_str(),
                    OsStr::new("--disable"),
                ])
                .args(["stdio", "random", "clocks", "http", "fetch-event"]),
        };
        let begun = Instant::now();
        run(&mut command)?;
        Ok(microseconds(begun.elapsed()))
    }

    fn tool(&self, name: &str) -> Command {
        Command::new(self.directory.join("node_modules/.bin").join(name))
    }
}

/// Runs a command, which says nothing unless it fails.
pub(super) fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.clone().next();
        let line = lines.find(|line| line.contains("rror")).or(first);
        bail!(
            "{program} failed: {}",
            line.unwrap_or("it does not say why").trim()
        );
    }
    Ok(())
}
