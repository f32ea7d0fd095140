//! Compiles the same program again and again, as `--watch` does: what has not changed is not done again.

use frontend::{Cache, Loaded};
use preinit::Evaluator;

use crate::{Compilation, Error, Inspection, Options, build, inspect, program};

/// What compilations of a program leave for the next one. Its modules are those of [`crate::compile`].
#[derive(Default)]
pub struct Session {
    cache: Cache,
    evaluator: Option<(preinit::Options, Evaluator)>,
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

    pub(crate) fn load(&mut self, options: &Options) -> Loaded {
        frontend::load_again(&options.entry, &options.modules, &mut self.cache)
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
