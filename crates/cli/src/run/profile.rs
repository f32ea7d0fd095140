//! `jsc run --profile`: which functions and lines of the JavaScript the instructions are spent in.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use preinit::{Evaluator, Frame, Options, StackReader};
use runner::Sampler;

use super::cpuprofile;
use super::flame;
use super::speedscope;
use crate::messages::say;
use crate::write::write_all;

/// Instructions between samples at first.
const INTERVAL: u64 = 100;

/// After so many samples, the interval is doubled.
const SAMPLES: u64 = 4000;

/// The stacks that were seen, the outermost function first, and the instructions of each.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    pub(crate) samples: Vec<(Vec<Frame>, u64)>,
    /// All instructions of the run.
    pub(crate) total: u64,
}

/// Gathers a profile while a call runs.
pub(crate) struct Profiler {
    gathered: Arc<Mutex<Gathered>>,
}

#[derive(Default)]
struct Gathered {
    profile: Profile,
    /// Why there is no profile.
    fault: Option<String>,
}

impl Profiler {
    /// A profiler, and the sampler that the call is given.
    pub(crate) fn new() -> Result<(Profiler, Sampler)> {
        let image = engine::EngineImage::bundled();
        let options = Options {
            cache_directory: runner::default_cache_directory(),
            ..Options::default()
        };
        let evaluator = Evaluator::new(&image, options).context("cannot start the engine")?;
        let mut reader = StackReader::new(&evaluator, &image).context("cannot start the engine")?;
        let gathered = Arc::new(Mutex::new(Gathered::default()));
        let shared = Arc::clone(&gathered);
        // The memory of another module does not fit at any time, so that it is looked at once.
        let mut is_known_to_fit = false;
        let sampler = Sampler::new(INTERVAL, SAMPLES, move |view| {
            let mut gathered = shared.lock().unwrap_or_else(PoisonError::into_inner);
            if gathered.fault.is_some() {
                return;
            }
            if !is_known_to_fit && !reader.fits(view.memory) {
                let fault = "it was not compiled by this version of jsc; compile it again";
                gathered.fault = Some(fault.to_owned());
                return;
            }
            is_known_to_fit = true;
            match reader.read(view.memory) {
                Ok(mut stack) => {
                    stack.reverse();
                    gathered.profile.samples.push((stack, view.fuel));
                }
                Err(error) => gathered.fault = Some(error.to_string()),
            }
        });
        Ok((Profiler { gathered }, sampler))
    }

    /// Writes the profile of a run of `total` instructions to `path`, in the format of its extension, and as a picture
    /// beside it.
    pub(crate) fn write(self, path: &Path, module: &str, total: u64) -> Result<()> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = gathered.fault.take() {
            bail!("cannot profile {module}: {fault}");
        }
        let mut profile = std::mem::take(&mut gathered.profile);
        profile.end(total);
        let render = |path: &Path| match path.extension().and_then(|it| it.to_str()) {
            Some("svg") => (flame::render(&profile, module), "flame graph"),
            Some("cpuprofile") => (cpuprofile::render(&profile), "profile"),
            _ => (speedscope::render(&profile, module), "profile"),
        };
        let files: Vec<(PathBuf, (String, &str))> = paths(path)
            .map(|path| (path.clone(), render(&path)))
            .collect();
        let contents = files
            .iter()
            .map(|(path, (text, _))| (path.as_path(), text.as_bytes()));
        write_all(&contents.collect::<Vec<_>>(), || Ok(ExitCode::SUCCESS))?;
        // On standard error: what the program prints is on standard output.
        for (path, (text, what)) in &files {
            let (shown, size) = (path.display(), figures::size(text.len() as u64));
            say(format_args!("{shown}  {size}  {what}"));
        }
        Ok(())
    }
}

/// The files that are written for a profile: itself, and a picture beside it.
pub(crate) fn paths(path: &Path) -> impl Iterator<Item = PathBuf> {
    let picture = path.with_extension("svg");
    let profile = (picture != path).then(|| path.to_owned());
    profile.into_iter().chain([picture])
}

impl Profile {
    /// Adds what was spent since the last sample, which is where the run ended, as far as that is known.
    fn end(&mut self, total: u64) {
        let seen: u64 = self.samples.iter().map(|(_, fuel)| fuel).sum();
        self.total = total.max(seen);
        if total > seen {
            self.samples.push((Vec::new(), total - seen));
        }
    }
}
