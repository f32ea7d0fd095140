//! Runs a fuzz target under libFuzzer.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::{cargo, root};

/// Seconds that an input may take, and MiB that the process may use.
const MOST: [&str; 2] = ["-timeout=120", "-rss_limit_mb=8192"];

/// Runs `target` for so many minutes, or lists the targets.
pub(crate) fn fuzz(target: Option<&str>, minutes: u64) -> Result<()> {
    let targets = targets()?;
    let Some(target) = target else {
        println!("{}", targets.join("\n"));
        return Ok(());
    };
    if !targets.iter().any(|name| name == target) {
        bail!(
            "no fuzz target is named `{target}`; there are {}",
            targets.join(", ")
        );
    }
    if cargo(&["fuzz", "--version"]).run_quietly().is_err() {
        eprintln!("fuzz: installing cargo-fuzz");
        cargo(&["install", "--quiet", "--locked", "cargo-fuzz"]).run()?;
    }
    // What libFuzzer finds worth keeping goes to the first directory; the other it only reads.
    let corpus = format!("fuzz/target/corpus/{target}");
    cargo(&[
        "run",
        "--quiet",
        "--package",
        "fuzzing",
        "--bin",
        "fuzz-corpus",
        &corpus,
    ])
    .run()?;
    let regressions = format!("fuzz/regressions/{target}");
    let seconds = format!("-max_total_time={}", minutes * 60);
    // Without a sanitizer, for which cargo-fuzz would need an unstable compiler: nearly all of it is safe Rust.
    let mut arguments = vec!["fuzz", "run", "--sanitizer", "none", target, &corpus];
    if root().join(&regressions).is_dir() {
        arguments.push(&regressions);
    }
    arguments.extend(["--", &seconds]);
    arguments.extend(MOST);
    cargo(&arguments).run()
}

/// The names of the targets.
fn targets() -> Result<Vec<String>> {
    let files =
        fs::read_dir(root().join("fuzz/fuzz_targets")).context("there are no fuzz targets")?;
    let mut names: Vec<String> = files
        .flatten()
        .filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_string()))
        .collect();
    names.sort();
    Ok(names)
}
