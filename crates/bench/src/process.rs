//! Programs that are started to be timed.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// The `jsc` that was built along with this program.
pub(crate) fn jsc() -> Result<PathBuf> {
    let bench = std::env::current_exe().context("cannot tell where this program is")?;
    let jsc = bench.with_file_name(format!("jsc{}", std::env::consts::EXE_SUFFIX));
    ensure!(
        jsc.is_file(),
        "{} is not built; run `cargo xtask bench`",
        jsc.display()
    );
    Ok(jsc)
}

/// Runs a program on `input`; what it printed and how long it took from start to end.
pub(crate) fn run(
    program: &OsStr,
    arguments: &[&OsStr],
    input: &Path,
) -> Result<(Vec<u8>, Duration)> {
    let stdin = File::open(input).with_context(|| format!("cannot read {}", input.display()))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::from(stdin))
        .stderr(Stdio::inherit());
    let begun = Instant::now();
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let took = begun.elapsed();
    ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        output.status
    );
    Ok((output.stdout, took))
}
