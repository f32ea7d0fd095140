//! From nothing to the first answer, taken apart.
//!
//! Every round starts anew: another runtime loads the module and calls it once; then each program runs from its start
//! to its end. jsc, jsc without evaluation at build time, Node and the peers that were named take turns.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use chart::{Bar, Panel};
use clap::Args;
use examples::{Call, Example};
use runner::{Allocation, Config, Limits, Runtime};
use serde::Serialize;

use crate::measure::{check, default_call, median, microseconds, node_process};
use crate::process;
use figures::{align, time};

/// Measure how long the first answer takes, step by step.
#[derive(Args)]
pub(crate) struct ColdStart {
    /// Examples to measure, by any part of their names [default: all]
    names: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Draw the whole processes, too
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Rounds of which the median is taken
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// Another program: a name and a command in which {} stands for the example's source, for example
    /// `javy=./javy-run.sh {}`; it reads standard input
    #[arg(long = "peer", value_name = "NAME=COMMAND", value_parser = peer)]
    peers: Vec<(String, String)>,
}

/// What was measured of an example. Times are medians in microseconds.
#[derive(Serialize)]
struct Row {
    example: String,
    /// From JavaScript to WebAssembly: `jsc compile`.
    build_us: f64,
    /// From WebAssembly to machine code.
    compile_us: f64,
    /// The machine code from the cache.
    load_us: f64,
    instantiate_us: f64,
    /// The first run of the instance.
    first_run_us: f64,
    /// The first run when all of the program's top level runs in it.
    first_run_lazy_us: f64,
    /// From start to end, by name of the program.
    processes_us: Vec<(String, f64)>,
}

#[derive(Default)]
struct Times {
    build: Vec<f64>,
    compile: Vec<f64>,
    load: Vec<f64>,
    instantiate: Vec<f64>,
    first_run: Vec<f64>,
    first_run_lazy: Vec<f64>,
    processes: Vec<(String, Vec<f64>)>,
}

/// A module's first answer in a runtime of its own.
struct First {
    load: f64,
    instantiate: f64,
    run: f64,
}

fn peer(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, command)) if !name.is_empty() && !command.is_empty() => {
            Ok((name.to_owned(), command.to_owned()))
        }
        _ => Err("not of the form NAME=COMMAND".to_owned()),
    }
}

pub(crate) fn run(arguments: &ColdStart) -> Result<()> {
    if arguments.rounds == 0 {
        bail!("there is no median of no rounds; give --rounds 1 or more");
    }
    let examples = crate::chosen(&arguments.names)?;
    let mut rows = Vec::new();
    for example in &examples {
        eprintln!("measuring {}", example.name);
        rows.push(measure(example, arguments)?);
    }
    if let Some(path) = &arguments.svg {
        fs::write(path, svg(&rows)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else {
        print!("{}", render(&rows));
    }
    Ok(())
}

fn measure(example: &Example, arguments: &ColdStart) -> Result<Row> {
    let call = default_call(example)?;
    let jsc = process::jsc()?;
    let directory = tempfile::tempdir()?;
    let module = directory.path().join("fn.wasm");
    let lazy = directory.path().join("lazy.wasm");
    let build = |output: &Path, options: &[&str]| {
        let arguments: Vec<&OsStr> = ["compile", "--quiet"]
            .iter()
            .chain(options)
            .chain(&["-o"])
            .map(OsStr::new)
            .collect();
        let arguments = [
            &arguments[..],
            &[output.as_os_str(), example.entry.as_os_str()],
        ]
        .concat();
        let (_, took) = process::run(jsc.as_os_str(), &arguments, &example.entry)?;
        Ok::<f64, anyhow::Error>(microseconds(took))
    };
    build(&module, &[])?;
    // What a top level makes from strings it makes at build time, unless it runs later.
    build(&lazy, &["--start", "lazy", "--allow-eval"])?;
    let (wasm, lazy) = (fs::read(&module)?, fs::read(&lazy)?);
    let input = fs::read(&call.input)?;
    // The caches are warm from here on.
    first(&wasm, call, &input, true)?;
    first(&lazy, call, &input, true)?;

    let mut times = Times::default();
    for _ in 0..arguments.rounds {
        times.build.push(build(&module, &[])?);
        times.compile.push(first(&wasm, call, &input, false)?.load);
        let warm = first(&wasm, call, &input, true)?;
        times.load.push(warm.load);
        times.instantiate.push(warm.instantiate);
        times.first_run.push(warm.run);
        times
            .first_run_lazy
            .push(first(&lazy, call, &input, true)?.run);
        let took = jsc_process(&jsc, &module, call)?;
        times.add("jsc run", took);
        times.add("node", node_process(&example.entry, call)?);
        for (name, command) in &arguments.peers {
            times.add(name, peer_process(command, example, call)?);
        }
    }
    Ok(times.row(example))
}

fn first(wasm: &[u8], call: &Call, input: &[u8], is_cached: bool) -> Result<First> {
    let cache_directory = is_cached.then(runner::default_cache_directory).flatten();
    let runtime = Runtime::new(&Config {
        cache_directory,
        allocation: Allocation::OnDemand,
        ..Config::default()
    })?;
    let begun = Instant::now();
    let function = runtime.load(wasm)?;
    let load = microseconds(begun.elapsed());
    let outcome = function.call(input, &Limits::default())?;
    check(&outcome.stdout, call, "the module")?;
    Ok(First {
        load,
        instantiate: microseconds(outcome.instantiate),
        run: microseconds(outcome.run),
    })
}

fn jsc_process(jsc: &Path, module: &Path, call: &Call) -> Result<f64> {
    let arguments = [OsStr::new("run"), module.as_os_str()];
    let (stdout, took) = process::run(jsc.as_os_str(), &arguments, &call.input)?;
    check(&stdout, call, "jsc run")?;
    Ok(microseconds(took))
}

fn peer_process(command: &str, example: &Example, call: &Call) -> Result<f64> {
    let command = command.replace("{}", &example.entry.to_string_lossy());
    let words: Vec<&OsStr> = command.split_whitespace().map(OsStr::new).collect();
    let Some((program, arguments)) = words.split_first() else {
        bail!("a peer's command is empty");
    };
    let (stdout, took) = process::run(program, arguments, &call.input)?;
    check(&stdout, call, &command)?;
    Ok(microseconds(took))
}

impl Times {
    fn add(&mut self, name: &str, time: f64) {
        match self.processes.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => times.push(time),
            None => self.processes.push((name.to_owned(), vec![time])),
        }
    }

    fn row(self, example: &Example) -> Row {
        let processes = self.processes.into_iter();
        Row {
            example: example.name.clone(),
            build_us: median(self.build),
            compile_us: median(self.compile),
            load_us: median(self.load),
            instantiate_us: median(self.instantiate),
            first_run_us: median(self.first_run),
            first_run_lazy_us: median(self.first_run_lazy),
            processes_us: processes
                .map(|(name, times)| (name, median(times)))
                .collect(),
        }
    }
}

const NOTES: &str = "
Medians of rounds in which all take turns. build: `jsc compile`. compile: WebAssembly to machine code, without a cache;
load: the same from the cache. start: making the first instance. first run: its run; lazy: the same when all of the
program's top level runs in it (`--start lazy`). The others are whole processes.
";

fn render(rows: &[Row]) -> String {
    let mut head: Vec<String> = [
        "example",
        "build",
        "compile",
        "load",
        "start",
        "first run",
        "lazy",
    ]
    .map(str::to_owned)
    .to_vec();
    if let Some(row) = rows.first() {
        head.extend(row.processes_us.iter().map(|(name, _)| name.clone()));
    }
    let mut lines = vec![head];
    for row in rows {
        let mut line = vec![row.example.clone()];
        line.extend(
            [
                row.build_us,
                row.compile_us,
                row.load_us,
                row.instantiate_us,
                row.first_run_us,
                row.first_run_lazy_us,
            ]
            .map(time),
        );
        line.extend(row.processes_us.iter().map(|(_, took)| time(*took)));
        lines.push(line);
    }
    align(&lines) + NOTES
}

fn svg(rows: &[Row]) -> String {
    let panels: Vec<Panel> = rows
        .iter()
        .map(|row| Panel {
            title: row.example.clone(),
            bars: row
                .processes_us
                .iter()
                .map(|(name, took)| Bar {
                    label: name.clone(),
                    value: *took,
                    spread: None,
                    text: time(*took),
                })
                .collect(),
        })
        .collect();
    chart::svg(
        "From the start of the process to its end, JSON in and out",
        &panels,
    )
}

#[cfg(test)]
mod tests {
    use super::{Row, peer, render, svg};

    #[test]
    fn figures_are_in_columns() {
        let row = Row {
            example: "hello".into(),
            build_us: 1e5,
            compile_us: 5e5,
            load_us: 600.0,
            instantiate_us: 40.0,
            first_run_us: 90.0,
            first_run_lazy_us: 400.0,
            processes_us: vec![("jsc run".into(), 5e3), ("node".into(), 60e3)],
        };
        let rows = [row];
        let table = render(&rows);
        let cells: Vec<&str> = table
            .lines()
            .nth(1)
            .unwrap_or_default()
            .split("  ")
            .collect();
        let cells: Vec<&str> = cells
            .into_iter()
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .collect();
        assert_eq!(
            cells,
            [
                "hello", "100 ms", "500 ms", "600 µs", "40.0 µs", "90.0 µs", "400 µs", "5.00 ms",
                "60.0 ms"
            ]
        );
        assert_eq!(svg(&rows).matches("<rect").count(), 2);
    }

    #[test]
    fn peers_have_names() {
        assert_eq!(peer("a=b {}"), Ok(("a".into(), "b {}".into())));
        assert!(peer("a").is_err() && peer("=b").is_err() && peer("a=").is_err());
    }
}
