//! Evaluates a program's top level, in function mode or in program mode.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use budget::Meter;
use code_cache::CodeCache;
use engine::EngineImage;
use wasmtime::{Config, Engine, InstancePre};

use crate::guest::{Ended, Evaluation, Guest, Point, TICK};
use crate::sealed::{self, World};
use crate::snapshot::{self, Handler, Mode, Snapshot};
use crate::{Error, Exception, Exports, ModuleKind, Options, Program, Start, Strip, Touch};

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
    /// The modules that are imported while the program runs and do not compile, and their errors.
    pub rejected: Vec<(String, Exception)>,
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
        match program.exports {
            Exports::None | Exports::Values => self.evaluate_program(program, meter),
            Exports::Any => self.evaluate_function(program, meter),
        }
    }

    /// Function mode: the whole top level runs now.
    fn evaluate_function(&self, program: &Program, meter: &Meter) -> Result<Evaluated, Error> {
        let mut guest = self.guest(program, meter)?;
        let ended = guest.evaluate(Evaluation::Whole);
        let touches = guest.touches()?;
        let input = touches.iter().find(|(touch, _)| *touch == Touch::Input);
        let reads_input = input.map(|(_, stack)| Error::ReadsInput {
            stack: stack.clone(),
        });
        if let Err(error) = ended {
            // There was no input to read, which can be why.
            return Err(reads_input.unwrap_or(error));
        }
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
        match reads_input {
            Some(error) => Err(error),
            None => self.finish(guest, touches, Mode::Function(handlers)),
        }
    }

    /// Program mode: a trial run finds how far the top level gets without the outside world; a second one stops there.
    fn evaluate_program(&self, program: &Program, meter: &Meter) -> Result<Evaluated, Error> {
        let point = match self.options.start {
            Start::Lazy => match program.modules.first() {
                Some(entry) if entry.kind == ModuleKind::Script => Point::Item(0),
                _ => Point::Module(0),
            },
            Start::Eager => {
                let mut guest = self.guest(program, meter)?;
                match guest.evaluate(Evaluation::Trial)? {
                    Ended::Touched(point) => point,
                    Ended::Finished | Ended::Suspended => {
                        let mode = match self.options.strip {
                            Strip::Nothing => Mode::Program,
                            Strip::Names | Strip::NamesButEval => Mode::Ended,
                        };
                        return self.finish(guest, Vec::new(), mode);
                    }
                }
            }
        };
        let mut guest = self.guest(program, meter)?;
        guest.evaluate(Evaluation::UpTo(point))?;
        self.finish(guest, Vec::new(), Mode::Program)
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

    fn finish(
        &self,
        mut guest: Guest,
        frozen: Vec<(Touch, String)>,
        mode: Mode,
    ) -> Result<Evaluated, Error> {
        let rejected = guest.compile_deferred()?;
        let Options {
            strip,
            keep_source,
            stack,
            ..
        } = self.options;
        let snapshot = snapshot::take(&mut guest, mode, strip, keep_source, stack)?;
        let output = std::mem::take(&mut guest.store.data_mut().output);
        Ok(Evaluated {
            snapshot,
            output,
            frozen,
            rejected,
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
