//! QuickJS as a library of a native program, without a snapshot: the engine that compiled modules have inside, with the
//! source read anew by every instance.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{First, Peer, packages};
use crate::process;

/// An example's source, and the program that runs it.
pub(crate) struct QuickJs {
    program: PathBuf,
    source: PathBuf,
    input: PathBuf,
    size: usize,
}

impl QuickJs {
    /// Builds the program in `directory`.
    pub(crate) fn build(directory: &Path) -> Result<PathBuf> {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/quickjs/Cargo.toml");
        let target = directory.join("quickjs");
        packages::run(
            Command::new(env!("CARGO"))
                .args([
                    "build",
                    "--quiet",
                    "--release",
                    "--locked",
                    "--manifest-path",
                    manifest,
                ])
                .arg("--target-dir")
                .arg(&target),
        )?;
        let program = format!("quickjs-peer{}", std::env::consts::EXE_SUFFIX);
        Ok(target.join("release").join(program))
    }

    pub(crate) fn new(program: &Path, source: &Path, input: &Path) -> Result<QuickJs> {
        let size = fs::metadata(source)
            .with_context(|| format!("cannot read {}", source.display()))?
            .len();
        Ok(QuickJs {
            program: program.to_owned(),
            source: source.to_owned(),
            input: input.to_owned(),
            size: usize::try_from(size)?,
        })
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }
}

impl Peer for QuickJs {
    /// Machine code there is only of the engine.
    fn compile(&mut self) -> Result<Option<f64>> {
        Ok(None)
    }

    fn first(&self, _: &str) -> Result<First> {
        let arguments: [&OsStr; 1] = [self.source.as_os_str()];
        let (stdout, _) = process::run(self.program.as_os_str(), &arguments, &self.input)?;
        parse(&stdout)
    }
}

/// A line of times, then the output.
fn parse(text: &[u8]) -> Result<First> {
    let text = std::str::from_utf8(text)?;
    let (times, output) = text.split_once('\n').context("it printed no times")?;
    let times: Vec<f64> = times
        .split(' ')
        .map(|time| time.parse().context("a time is no number"))
        .collect::<Result<_>>()?;
    let [instantiate, load, call] = times[..] else {
        bail!("it printed {} times", times.len());
    };
    Ok(First {
        load,
        instantiate,
        call,
        output: output.as_bytes().to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times_come_before_the_output() -> anyhow::Result<()> {
        let first = parse(b"1.5 2 3.25\n{\"a\":\n1}")?;
        assert_eq!(
            (first.instantiate, first.load, first.call),
            (1.5, 2.0, 3.25)
        );
        assert_eq!(first.output, b"{\"a\":\n1}");
        for wrong in ["", "1 2\n", "1 2 x\n"] {
            assert!(parse(wrong.as_bytes()).is_err());
        }
        Ok(())
    }
}
