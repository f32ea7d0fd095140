//! Evaluates a program's top level, in function mode or in program mode.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use budget::Meter;
use code_cache::CodeCache;
use engine::EngineImage;
use wasmtime::{Config, Engine, InstancePre};

use crate::guest::{Ended, Evaluation, Guest, TICK, TouchPoint};
use crate::sealed::{self, World};
use crate::snapshot::{self, Handler, Mode, Snapshot};
use crate::{Error, Options, Program, Start, Strip, Touch};

/// Bytes of the native stack that the guest may use. Its own check of the stack in linear memory comes first.
const NATIVE_STACK: usize = 1 << 20;

/// An engine that is ready to evaluate programs.
pub struct Evaluator {
    engine: Engine,
    pre: InstancePre<World>,
    options: Options,
}

/// A program after its evaluation.
#[derive(Debug)]
pub struct Evaluated {
    /// Where a compiled module starts from.
    pub snapshot: Snapshot,
    /// What the program wrote at build time.
    pub output: Vec<u8>,
    /// Clocks and random numbers that were read at build time, each with the JavaScript stack.
    pub frozen: Vec<(Touch, String)>,
}

impl Evaluator {
    /// Makes the engine ready; fast once its compiled code is in the cache.
    ///
    /// # Errors
    /// [`Error::Engine`] if the image is no engine.
    pub fn new(image: &EngineImage, options: Options) -> Result<Evaluator, Error> {
        let mut config = Config::new();
        config.epoch_interruption(true);
        config.max_wasm_stack(NATIVE_STACK);
        let engine = Engine::new(&config)?;
        let module = CodeCache::new(options.cache_directory.clone())
            .module(&engine, image.wasm())
            .map_err(|error| Error::Engine(error.to_string()))?;
        let pre = sealed::link(&engine, &module)?.instantiate_pre(&module)?;
        Ok(Evaluator {
            engine,
            pre,
            options,
        })
    }

    /// Evaluates the top level of `program`.
    ///
    /// # Errors
    /// Every kind but [`Error::Engine`] is the program's fault.
    pub fn evaluate(&self, program: &Program) -> Result<Evaluated, Error> {
        self.evaluate_within(program, &Meter::new(self.options.budget))
    }

    /// The same, with what is left of the time that `meter` measures.
    ///
    /// # Errors
    /// Every kind but [`Error::Engine`] is the program's fault.
    pub fn evaluate_within(&self, program: &Program, meter: &Meter) -> Result<Evaluated, Error> {
        let _ticker = Ticker::start(&self.engine);
        let _measured = meter.measure();
        if program.has_exports {
            self.evaluate_function(program, meter)
        } else {
            self.evaluate_program(program, meter)
        }
    }

    /// Function mode: the whole top level runs now.
    fn evaluate_function(&self, program: &Program, meter: &Meter) -> Result<Evaluated, Error> {
        let mut guest = self.guest(program, meter)?;
        guest.evaluate(&Evaluation {
            trial: false,
            suspend_before: None,
            jobs: None,
        })?;
        let exports = guest.exports()?;
        if let Some((_, kind)) = exports
            .iter()
            .find(|(name, kind)| name == "default" && kind != "function")
        {
            return Err(Error::NoFunction { kind: kind.clone() });
        }
        let functions = exports.into_iter().filter(|(_, kind)| kind == "function");
        let handlers: Vec<Handler> = functions
            .zip(0..)
            .map(|((name, _), index)| Handler { name, index })
            .collect();
        if handlers.is_empty() {
            return self.evaluate_program(program, meter);
        }
        self.finish(guest, Mode::Function(handlers))
    }

    /// Program mode: a trial run finds how far the top level gets without the outside world; a second one stops there.
    fn evaluate_program(&self, program: &Program, meter: &Meter) -> Result<Evaluated, Error> {
        let point = match self.options.start {
            Start::Lazy => TouchPoint::Statement(0),
            Start::Eager => {
                let mut guest = self.guest(program, meter)?;
                match guest.evaluate(&Evaluation {
                    trial: true,
                    suspend_before: None,
                    jobs: None,
                })? {
                    Ended::Touched(point) => point,
                    Ended::Finished if self.strips() => return self.finish(guest, Mode::Ended),
                    Ended::Finished | Ended::Suspended => return self.finish(guest, Mode::Program),
                }
            }
        };
        let mut guest = self.guest(program, meter)?;
        guest.evaluate(&match point {
            TouchPoint::Statement(index) => Evaluation {
                trial: false,
                suspend_before: Some(index),
                jobs: None,
            },
            TouchPoint::Job(number) => Evaluation {
                trial: false,
                suspend_before: None,
                jobs: Some(number),
            },
        })?;
        self.finish(guest, Mode::Program)
    }

    /// An engine without a program.
    pub(crate) fn empty_guest(&self, meter: &Meter) -> Result<Guest, Error> {
        Guest::new(
            &self.pre,
            self.options.budget,
            meter,
            self.options.build_time,
        )
    }

    fn guest(&self, program: &Program, meter: &Meter) -> Result<Guest, Error> {
        let mut guest = self.empty_guest(meter)?;
        guest.keep(&self.options.keep)?;
        if self.options.strip == Strip::Names {
            guest.do_without_compiler()?;
        }
        guest.define(program)?;
        Ok(guest)
    }

    /// Whether what a module does not need is left out of it.
    fn strips(&self) -> bool {
        self.options.strip != Strip::Nothing
    }

    fn finish(&self, mut guest: Guest, mode: Mode) -> Result<Evaluated, Error> {
        let frozen = guest.touches()?;
        let snapshot = snapshot::take(&mut guest, mode, self.options.strip)?;
        let output = std::mem::take(&mut guest.store.data_mut().output);
        Ok(Evaluated {
            snapshot,
            output,
            frozen,
        })
    }
}

/// Moves the engine's epoch on while a program is evaluated: at each tick a guest looks at the processor time it has used.
struct Ticker {
    stop: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Ticker {
    fn start(engine: &Engine) -> Ticker {
        let stop = Arc::new(AtomicBool::new(false));
        let (engine, stopped) = (engine.clone(), Arc::clone(&stop));
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                thread::park_timeout(TICK);
                engine.increment_epoch();
            }
        });
        Ticker {
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A panic of the ticker is no reason for another one here.
            let _ = thread.join();
        }
    }
}
