//! One instance of the engine, and its build-time exports as functions.

use std::time::Duration;

use budget::Meter;
use engine::{Gate, Reference};
use wasmtime::{
    Instance, InstancePre, Memory, Store, Trap, TypedFunc, UpdateDeadline, WasmParams, WasmResults,
};

use crate::sealed::World;
use crate::snapshot::Heap;
use crate::{Budget, Error, Exception, ModuleKind, Program, Strip, Touch};

/// How often a guest looks at the time it has used.
pub(crate) const TICK: Duration = Duration::from_millis(20);

/// How an evaluation ended. The numbers are those of `Ended` in `js-runtime/src/evaluate.rs`.
pub(crate) enum Ended {
    Finished,
    Suspended,
    /// A trial touched the outside world: the last point before that.
    Touched(Point),
}

/// Where a program can be suspended (`js-runtime/c/points.c`).
#[derive(Clone, Copy)]
pub(crate) enum Point {
    /// In front of this item of its modules' bodies, counted as they are parsed.
    Item(i32),
    /// In front of this module, counted as they are evaluated.
    Module(i32),
    /// In front of this job.
    Job(i32),
}

/// How far to evaluate.
#[derive(Clone, Copy)]
pub(crate) enum Evaluation {
    /// To the end.
    Whole,
    /// To the first touch of the outside world.
    Trial,
    /// To a point.
    UpTo(Point),
}

pub(crate) struct Guest {
    pub(crate) store: Store<World>,
    instance: Instance,
    pub(crate) memory: Memory,
    budget: Budget,
}

impl Guest {
    /// Instantiates the engine and boots it.
    pub(crate) fn new(
        pre: &InstancePre<World>,
        budget: Budget,
        meter: &Meter,
        build_time: u64,
    ) -> Result<Guest, Error> {
        let world = World {
            output: Vec::new(),
            clock: build_time.saturating_mul(1_000_000_000),
            random: 0,
            memory_limit: budget.memory,
            refusals: 0,
        };
        let mut store = Store::new(pre.module().engine(), world);
        store.limiter(|world| world);
        let meter = meter.clone();
        store.epoch_deadline_callback(move |_| {
            Ok(match meter.time_is_up() {
                true => UpdateDeadline::Interrupt,
                false => UpdateDeadline::Continue(1),
            })
        });
        store.set_epoch_deadline(1);
        let instance = pre.instantiate(&mut store)?;
        let memory = instance
            .get_memory(&mut store, "memory")
            .ok_or_else(|| Error::Engine("it exports no memory".to_string()))?;
        let mut guest = Guest {
            store,
            instance,
            memory,
            budget,
        };
        guest.call::<(), ()>("_initialize", ())?;
        if guest.call::<(), i32>("jsc_build_boot", ())? != 0 {
            return Err(Error::Engine(format!(
                "it does not boot: {:?}",
                guest.report()?
            )));
        }
        Ok(guest)
    }

    /// Keeps builtins that the program does not name.
    pub(crate) fn keep(&mut self, paths: &[String]) -> Result<(), Error> {
        for path in paths {
            let text = self.text(path)?;
            if self.call::<_, i32>("jsc_build_keep", text)? != 0 {
                return Err(Error::UnknownBuiltin { path: path.clone() });
            }
        }
        Ok(())
    }

    /// Answers as the module will that code cannot be made from strings, where the program asks for nothing else.
    pub(crate) fn do_without_compiler(&mut self) -> Result<(), Error> {
        self.call("jsc_build_without_compiler", ())
    }

    /// Hands the program's modules over.
    pub(crate) fn define(&mut self, program: &Program) -> Result<(), Error> {
        for module in &program.modules {
            let name = self.text(&module.name)?;
            let (kind, content) = match &module.kind {
                ModuleKind::EcmaScript => (0, module.text.as_bytes()),
                ModuleKind::Json => (1, module.text.as_bytes()),
                ModuleKind::CommonJs { .. } => (2, module.text.as_bytes()),
                ModuleKind::Text => (3, module.text.as_bytes()),
                ModuleKind::Bytes(bytes) => (4, bytes.as_slice()),
                ModuleKind::Script => (5, module.text.as_bytes()),
            };
            let text = self.bytes(content)?;
            self.call::<_, ()>("jsc_build_define", (name.0, name.1, kind, text.0, text.1))?;
            if let ModuleKind::CommonJs { exports, unseen } = &module.kind {
                for (names, must_exist) in [(exports, 0), (unseen, 1)] {
                    for name in names {
                        let name = self.text(name)?;
                        self.call::<_, ()>(
                            "jsc_build_define_export",
                            (name.0, name.1, must_exist),
                        )?;
                    }
                }
            }
        }
        for resolution in &program.resolutions {
            let module = self.text(&resolution.module)?;
            let specifier = self.text(&resolution.specifier)?;
            let target = self.text(&resolution.target)?;
            self.call::<_, ()>(
                "jsc_build_resolve",
                (
                    module.0,
                    module.1,
                    specifier.0,
                    specifier.1,
                    target.0,
                    target.1,
                    i32::from(resolution.deferred),
                ),
            )?;
        }
        Ok(())
    }

    /// Evaluates the entry module.
    pub(crate) fn evaluate(&mut self, evaluation: Evaluation) -> Result<Ended, Error> {
        let parameters = match evaluation {
            Evaluation::Whole => (0, 0, 0),
            Evaluation::Trial => (1, 0, 0),
            Evaluation::UpTo(Point::Item(number)) => (0, 1, number),
            Evaluation::UpTo(Point::Module(number)) => (0, 2, number),
            Evaluation::UpTo(Point::Job(number)) => (0, 3, number),
        };
        let ended = match self.call::<_, i32>("jsc_build_evaluate", parameters) {
            Ok(ended) => ended,
            Err(error) => return self.touched().map(Ended::Touched).ok_or(error),
        };
        match ended {
            0 => Ok(Ended::Finished),
            1 => Err(self.exception()?),
            2 => Ok(Ended::Suspended),
            3 => Err(Error::NeverSettles),
            other => Err(Error::Engine(format!("an evaluation ended with {other}"))),
        }
    }

    /// Compiles what is imported while the program runs: the modules that do not compile, and their
    /// errors.
    pub(crate) fn compile_deferred(&mut self) -> Result<Vec<(String, Exception)>, Error> {
        self.call::<(), ()>("jsc_build_deferred", ())?;
        let report = self.report()?;
        let errors = report.chunks_exact(4).map(|error| {
            let exception = Exception {
                name: error[1].clone(),
                message: error[2].clone(),
                stack: error[3].clone(),
            };
            (error[0].clone(), exception)
        });
        Ok(errors.collect())
    }

    /// Name and kind of each of the entry's exports.
    pub(crate) fn exports(&mut self) -> Result<Vec<(String, String)>, Error> {
        if self.call::<(), i32>("jsc_build_exports", ())? != 0 {
            return Err(self.exception()?);
        }
        let report = self.report()?;
        Ok(report
            .chunks_exact(2)
            .map(|pair| (pair[0].clone(), pair[1].clone()))
            .collect())
    }

    /// The touches of input, clocks and randomness that went into the state, each with its stack.
    pub(crate) fn touches(&mut self) -> Result<Vec<(Touch, String)>, Error> {
        self.call::<(), ()>("jsc_build_touches", ())?;
        let report = self.report()?;
        let pairs = report.chunks_exact(2);
        Ok(pairs
            .filter_map(|pair| Some((touch_of(&pair[0])?, pair[1].clone())))
            .collect())
    }

    /// Makes the heap what the module starts with, and lists what it refers to.
    pub(crate) fn seal(&mut self, strip: Strip, keep_source: bool) -> Result<Heap, Error> {
        let code = match strip {
            Strip::Names => 0,
            Strip::NamesButEval => 1,
            Strip::Nothing => 2,
        };
        self.call::<(i32, i32), ()>("jsc_build_seal", (code, i32::from(keep_source)))?;
        let bytecode = self.sizes()?;
        let address = self.call::<(), i32>("jsc_build_references", ())?;
        if address == 0 {
            return Err(self.out_of_memory());
        }
        let count = self.call::<(), i32>("jsc_build_reference_count", ())?;
        let references = self
            .words(address, count * 5)
            .chunks_exact(5)
            .map(|words| Reference {
                address: words[0],
                gate: words[1] as usize,
                instead: words[3..][..words[2] as usize].to_vec(),
            })
            .collect();
        let address = self.call::<(), i32>("jsc_build_gates", ())?;
        let count = self.call::<(), i32>("jsc_build_gate_count", ())?;
        let gates = self
            .words(address, count * 3)
            .chunks_exact(3)
            .map(|gate| Gate {
                openers: self.names(gate[0]),
                guarded: self.names(gate[1]),
                is_open: gate[2] != 0,
            })
            .collect();
        let address = self.call::<(), i32>("jsc_build_opcodes", ())? as u32 as usize;
        let mut opcodes = [false; 256];
        for (opcode, byte) in opcodes
            .iter_mut()
            .zip(&self.memory.data(&self.store)[address..])
        {
            *opcode = *byte != 0;
        }
        self.call::<(), ()>("jsc_build_close", ())?;
        Ok(Heap {
            references,
            gates,
            opcodes,
            bytecode,
        })
    }

    /// How many bytes of bytecode there are of each of the program's files.
    fn sizes(&mut self) -> Result<Vec<(String, u64)>, Error> {
        self.call::<(), ()>("jsc_build_sizes", ())?;
        let report = self.report()?;
        let pairs = report.chunks_exact(2);
        Ok(pairs
            .filter_map(|pair| Some((pair[0].clone(), pair[1].parse().ok()?)))
            .collect())
    }

    /// The `count` words from `address` on.
    fn words(&self, address: i32, count: i32) -> Vec<u32> {
        let (address, count) = (address as u32 as usize, count as u32 as usize);
        let bytes = self
            .memory
            .data(&self.store)
            .get(address..address + count * 4);
        bytes
            .unwrap_or_default()
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect()
    }

    /// The names in the C string at `address`, which spaces separate.
    fn names(&self, address: u32) -> Vec<String> {
        let memory = self.memory.data(&self.store);
        let text = memory.get(address as usize..).unwrap_or_default();
        let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
        String::from_utf8_lossy(text)
            .split_whitespace()
            .map(str::to_string)
            .collect()
    }

    /// Where the engine's runtime lies.
    pub(crate) fn runtime(&mut self) -> Result<u32, Error> {
        Ok(self.call::<(), i32>("jsc_build_runtime", ())? as u32)
    }

    /// The value of the engine's only global.
    pub(crate) fn stack_pointer(&mut self) -> Result<i32, Error> {
        self.instance
            .get_global(&mut self.store, "__stack_pointer")
            .and_then(|global| global.get(&mut self.store).i32())
            .ok_or_else(|| Error::Engine("it exports no stack pointer".to_string()))
    }

    /// Has the module keep within a stack of this size. Returns where its stack in linear memory begins, which only the
    /// snapshot is to use.
    pub(crate) fn fit_stack(&mut self, size: u64) -> Result<i32, Error> {
        let begin = self.stack_pointer()?;
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        match self.call::<_, i32>("jsc_build_fit_stack", (size as i32, begin))? {
            0 => Err(Error::OutOfMemory {
                budget: self.budget.memory,
                stack: String::new(),
            }),
            begin => Ok(begin),
        }
    }

    /// Moves the stack in linear memory.
    pub(crate) fn set_stack_pointer(&mut self, address: i32) -> Result<(), Error> {
        let global = self
            .instance
            .get_global(&mut self.store, "__stack_pointer")
            .ok_or_else(|| Error::Engine("it exports no stack pointer".to_string()))?;
        Ok(global.set(&mut self.store, address.into())?)
    }

    /// The point after which a touch has ended this instance, if one did.
    fn touched(&mut self) -> Option<Point> {
        let report = self.report().ok()?;
        let [what, kind, number] = report.as_slice() else {
            return None;
        };
        let number = number.parse().ok()?;
        match (what.as_str(), kind.as_str()) {
            ("touch", "1") => Some(Point::Item(number)),
            ("touch", "2") => Some(Point::Module(number)),
            ("touch", "3") => Some(Point::Job(number)),
            _ => None,
        }
    }

    /// The exception in the report.
    fn exception(&mut self) -> Result<Error, Error> {
        let report = self.report()?;
        let [_, name, message, stack] = report.as_slice() else {
            return Err(Error::Engine(format!("a strange report: {report:?}")));
        };
        let (name, message, stack) = (name.clone(), message.clone(), stack.clone());
        if self.store.data().refusals > 0 && message.contains("out of memory") {
            return Ok(Error::OutOfMemory {
                budget: self.budget.memory,
                stack,
            });
        }
        Ok(Error::Exception(Exception {
            name,
            message,
            stack,
        }))
    }

    fn out_of_memory(&self) -> Error {
        Error::OutOfMemory {
            budget: self.budget.memory,
            stack: String::new(),
        }
    }

    /// Copies a text into the guest: its address and length.
    fn text(&mut self, text: &str) -> Result<(i32, i32), Error> {
        self.bytes(text.as_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(i32, i32), Error> {
        let length = i32::try_from(bytes.len()).map_err(|_| self.out_of_memory())?;
        let address = self.call::<i32, i32>("jsc_build_allocate", length)?;
        if address == 0 {
            return Err(self.out_of_memory());
        }
        self.memory
            .write(&mut self.store, address as u32 as usize, bytes)
            .map_err(|error| Error::Engine(error.to_string()))?;
        Ok((address, length))
    }

    fn report(&mut self) -> Result<Vec<String>, Error> {
        let address = self.call::<(), i32>("jsc_build_report", ())? as u32 as usize;
        let length = self.call::<(), i32>("jsc_build_report_length", ())? as u32 as usize;
        let mut rest = self
            .memory
            .data(&self.store)
            .get(address..address + length)
            .unwrap_or_default();
        let mut texts = Vec::new();
        while let Some((size, tail)) = rest.split_first_chunk::<4>() {
            let size = u32::from_le_bytes(*size) as usize;
            let Some((text, tail)) = tail.split_at_checked(size) else {
                break;
            };
            texts.push(String::from_utf8_lossy(text).into_owned());
            rest = tail;
        }
        Ok(texts)
    }

    /// Calls an export; tells a program's fault (time, memory) from the engine's.
    fn call<P: WasmParams, R: WasmResults>(
        &mut self,
        name: &str,
        parameters: P,
    ) -> Result<R, Error> {
        let function: TypedFunc<P, R> = self.instance.get_typed_func(&mut self.store, name)?;
        function.call(&mut self.store, parameters).map_err(|error| {
            match error.downcast_ref::<Trap>() {
                Some(Trap::Interrupt) => Error::OutOfTime {
                    budget: self.budget.time,
                    stack: self.stack(),
                },
                _ if self.store.data().refusals > 0 => Error::OutOfMemory {
                    budget: self.budget.memory,
                    stack: self.stack(),
                },
                _ => Error::from(error),
            }
        })
    }

    /// Where the program is, after a trap.
    pub(crate) fn stack(&mut self) -> String {
        // The deadline has passed; telling takes no time.
        self.store.set_epoch_deadline(u64::MAX / 2);
        let told = self
            .instance
            .get_typed_func::<(), ()>(&mut self.store, "jsc_build_stack");
        match told.and_then(|tell| tell.call(&mut self.store, ())) {
            Ok(()) => self.report().unwrap_or_default().join("\n"),
            Err(_) => String::new(),
        }
    }
}

/// The numbers are those of `Touch` in `js-runtime/src/world.rs`.
fn touch_of(number: &str) -> Option<Touch> {
    Some(match number {
        "0" => Touch::Input,
        "1" => Touch::Output,
        "2" => Touch::Clock,
        "3" => Touch::Random,
        _ => return None,
    })
}
