//! Writes the corpus that a fuzz target begins with: the inputs of some seeds. `fuzz-corpus DIRECTORY`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use fuzzing::bytes_of_seed;

/// How many inputs libFuzzer begins with.
const SEEDS: u64 = 64;

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: fuzz-corpus DIRECTORY");
        return ExitCode::from(2);
    };
    let write = |seed: u64| fs::write(directory.join(format!("seed-{seed}")), bytes_of_seed(seed));
    match fs::create_dir_all(&directory).and_then(|()| (1..=SEEDS).try_for_each(write)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "error: the corpus cannot be written to {}: {error}",
                directory.display()
            );
            ExitCode::from(3)
        }
    }
}
