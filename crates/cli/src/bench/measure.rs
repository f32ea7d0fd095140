//! Takes the samples: all subjects take turns, so that noise hits them alike.

use std::io::{self, Write};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::command::Command;
use super::module::Module;
use super::statistics::Percentiles;

/// Something to be measured.
pub(crate) enum Subject {
    Module(Box<Module>),
    Command(Command),
}

/// What was measured of a subject. Times are in microseconds.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// Figures that only a module has.
    pub(crate) module: Option<ModuleFigures>,
    /// A process from its start to its end: `jsc run`, for a module.
    pub(crate) process_us: Percentiles,
}

#[derive(Serialize)]
pub(crate) struct ModuleFigures {
    pub(crate) bytes: u64,
    pub(crate) fuel: u64,
    pub(crate) peak_memory: u64,
    pub(crate) pages_changed: u64,
    pub(crate) compile_us: f64,
    pub(crate) load_us: f64,
    pub(crate) first_call_us: f64,
    pub(crate) instantiate_us: Percentiles,
    /// Calls in a process that has loaded the module, instantiation included.
    pub(crate) call_us: Percentiles,
    pub(crate) calls_per_second: f64,
    pub(crate) calls_per_second_on_all_cores: f64,
    pub(crate) cores: usize,
}

#[derive(Default)]
struct Samples {
    instantiate: Vec<f64>,
    call: Vec<f64>,
    process: Vec<f64>,
    one_core: Vec<f64>,
    all_cores: Vec<f64>,
}

/// Rounds in which every subject has its turn.
const ROUNDS: u32 = 10;

/// Tells when not all print the same, which makes comparing them pointless.
pub(crate) fn compare_outputs(subjects: &[Subject]) {
    let output = |subject: &Subject| match subject {
        Subject::Module(module) => module.output.trim_ascii().to_vec(),
        Subject::Command(command) => command.output.trim_ascii().to_vec(),
    };
    for other in &subjects[1..] {
        if output(other) != output(&subjects[0]) {
            let _ = writeln!(
                io::stderr(),
                "warning: `{}` does not print what `{}` prints",
                other.name(),
                subjects[0].name()
            );
        }
    }
}

/// Measures each subject for about `time`.
pub(crate) fn measure(subjects: &mut [Subject], time: Duration) -> Result<Vec<Row>> {
    let mut samples: Vec<Samples> = subjects.iter().map(|_| Samples::default()).collect();
    let progress = ProgressBar::new(u64::from(ROUNDS) * subjects.len() as u64);
    let style = "{bar:30} {pos}/{len} {msg}";
    progress.set_style(ProgressStyle::with_template(style)?);
    for _ in 0..ROUNDS {
        for (subject, samples) in subjects.iter_mut().zip(&mut samples) {
            progress.set_message(subject.name().to_owned());
            subject.sample(samples, time / ROUNDS)?;
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    Ok(subjects
        .iter()
        .zip(samples)
        .map(|(subject, samples)| subject.row(samples))
        .collect())
}

impl Subject {
    fn name(&self) -> &str {
        match self {
            Subject::Module(module) => &module.name,
            Subject::Command(command) => &command.name,
        }
    }

    /// Takes samples for about `time`, at least one of each kind.
    fn sample(&mut self, samples: &mut Samples, time: Duration) -> Result<()> {
        match self {
            Subject::Command(command) => take_processes(command, samples, time),
            Subject::Module(module) => {
                let part = time / 4;
                until(part, || {
                    let (instantiate, call) = module.sample()?;
                    samples.instantiate.push(instantiate);
                    samples.call.push(call);
                    Ok(())
                })?;
                samples.one_core.push(module.rate(1, part)?);
                samples.all_cores.push(module.rate(cores(), part)?);
                take_processes(&mut module.process, samples, part)
            }
        }
    }

    fn row(&self, samples: Samples) -> Row {
        let of = |samples| Percentiles::of(samples).expect("each kind has a sample");
        let median = |samples| of(samples).p50;
        Row {
            name: self.name().to_owned(),
            process_us: of(samples.process),
            module: match self {
                Subject::Command(_) => None,
                Subject::Module(module) => Some(ModuleFigures {
                    bytes: module.size,
                    fuel: module.fuel,
                    peak_memory: module.memory,
                    pages_changed: module.pages,
                    compile_us: module.compile,
                    load_us: module.load,
                    first_call_us: module.first_call,
                    instantiate_us: of(samples.instantiate),
                    call_us: of(samples.call),
                    calls_per_second: median(samples.one_core),
                    calls_per_second_on_all_cores: median(samples.all_cores),
                    cores: cores(),
                }),
            },
        }
    }
}

fn take_processes(command: &mut Command, samples: &mut Samples, time: Duration) -> Result<()> {
    until(time, || {
        samples.process.push(command.run()?.1);
        Ok(())
    })
}

/// Repeats a step until the time is over; once at least.
fn until(time: Duration, mut step: impl FnMut() -> Result<()>) -> Result<()> {
    let begun = Instant::now();
    loop {
        step()?;
        if begun.elapsed() >= time {
            return Ok(());
        }
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
