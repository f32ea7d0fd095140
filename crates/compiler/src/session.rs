//! Compiles the same program again and again, as `--watch` does: what has not changed is not done again.

use budget::Meter;
use frontend::{Cache, Loaded};
use preinit::Evaluator;

use crate::{Compilation, Error, Inspection, Options, build, inspect, program};

/// What compilations of a program leave for the next one. Its modules are those of [`crate::compile`].
#[derive(Default)]
pub struct Session {
    cache: Cache,
    evaluator: Option<(preinit::Options, Evaluator)>,
    is_abandoned: bool,
}

impl Session {
    /// Compiles a program, and says which files went into it, also where it is at fault.
    pub fn compile(&mut self, options: &Options) -> Compilation {
        build(options, self).map(|built| Ok(built.artifact))
    }

    /// As [`crate::inspect`]; also says which files went into the module.
    pub fn inspect(&mut self, options: &Options) -> Compilation<Inspection> {
        inspect::inspected(options, self)
    }

    /// Whether a compilation took more than its budget and still goes on, in a thread that ends with the process at the
    /// latest: code of other people cannot be asked to stop.
    #[must_use]
    pub fn is_abandoned(&self) -> bool {
        self.is_abandoned
    }

    pub(crate) fn load(&mut self, options: &Options, meter: &Meter) -> Loaded {
        let loaded = frontend::load_again(&options.entry, &options.modules, &mut self.cache, meter);
        self.is_abandoned |= loaded.is_abandoned;
        loaded
    }

    /// Says that a thread goes on though nobody waits for it.
    pub(crate) fn abandon(&mut self) {
        self.is_abandoned = true;
    }

    /// The engine, ready to evaluate a program with these options.
    pub(crate) fn evaluator(&mut self, options: &Options) -> Result<&Evaluator, Error> {
        let wanted = program::evaluation(options);
        let kept = self.evaluator.take().filter(|(with, _)| *with == wanted);
        let kept = match kept {
            Some(kept) => kept,
            None => {
                let image = engine::EngineImage::bundled();
                let evaluator = Evaluator::new(&image, wanted.clone())
                    .map_err(|error| Error::Engine(error.to_string()))?;
                (wanted, evaluator)
            }
        };
        Ok(&self.evaluator.insert(kept).1)
    }
}
