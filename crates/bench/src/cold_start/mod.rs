//! From nothing to the first answer, taken apart.
//!
//! Every round starts anew: each contestant loads the example and calls it once, in turns, in this process; then each
//! program runs from its start to its end. `docs/cold-start.md` describes the method.

mod jsc;
mod page;
mod render;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use examples::{Call, Example};
use serde::Serialize;

use self::jsc::Jsc;
use crate::measure::{check, default_call, median, microseconds, node_process};
use crate::peers::{Component, First, Packages, Peer, QuickJs, Tool};
use crate::process;

/// Measure how long the first answer takes, step by step, side by side with what npm and crates.io provide.
#[derive(Args)]
pub(crate) struct ColdStart {
    /// Examples to measure, by any part of their names [default: all]
    names: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Draw the first answers and the whole processes, too
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write the figures into README.md and docs, as the project publishes them
    #[arg(long, conflicts_with = "names")]
    publish: bool,
    /// Rounds of which the median is taken
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// Install and measure nothing of npm
    #[arg(long)]
    offline: bool,
    /// Another program: a name and a command in which {} stands for the example's source, for example
    /// `javy=./javy-run.sh {}`; it reads standard input
    #[arg(long = "peer", value_name = "NAME=COMMAND", value_parser = peer)]
    peers: Vec<(String, String)>,
}

/// What was measured of an example. Times are medians in microseconds.
#[derive(Clone, Serialize)]
struct Row {
    example: String,
    contestants: Vec<Figures>,
    /// From start to end, by name of the program.
    processes_us: Vec<(String, f64)>,
    /// Who is not among them, and why.
    skipped: Vec<(String, String)>,
}

/// A contestant's steps.
#[derive(Clone, Serialize)]
struct Figures {
    name: String,
    /// What the developer ships.
    bytes: u64,
    /// From the source to that, once; `None` where the source is shipped.
    build_us: Option<f64>,
    /// From that to machine code; `None` where there is none.
    compile_us: Option<f64>,
    /// From files to what instances are made of.
    load_us: f64,
    instantiate_us: f64,
    first_call_us: f64,
    /// The last three together.
    first_answer_us: f64,
}

/// Who takes part, and what it has taken so far.
struct Contestant {
    name: &'static str,
    /// Whether it is somebody else's, and may be unable to run an example.
    is_peer: bool,
    bytes: u64,
    build: Option<f64>,
    peer: Box<dyn Peer>,
    compile: Vec<f64>,
    load: Vec<f64>,
    instantiate: Vec<f64>,
    call: Vec<f64>,
    answer: Vec<f64>,
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
    let packages = match arguments.offline {
        true => Err("--offline".to_owned()),
        false => Packages::install()
            .and_then(|packages| Ok((QuickJs::build(&packages.directory)?, packages)))
            .map_err(|error| format!("{error:#}")),
    };
    let mut rows = Vec::new();
    for example in &examples {
        eprintln!("measuring {}", example.name);
        rows.push(measure(example, arguments, packages.as_ref())?);
    }
    if let Some(path) = &arguments.svg {
        fs::write(path, render::svg(&rows))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    if arguments.publish {
        page::publish(&rows)?;
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else {
        print!("{}", render::text(&rows));
    }
    Ok(())
}

/// Compiling takes long and hardly varies.
const COMPILATIONS: usize = 3;

fn measure(
    example: &Example,
    arguments: &ColdStart,
    packages: Result<&(PathBuf, Packages), &String>,
) -> Result<Row> {
    let call = default_call(example)?;
    let input = fs::read_to_string(&call.input)
        .with_context(|| format!("cannot read {}", call.input.display()))?;
    let jsc = process::jsc()?;
    let directory = tempfile::tempdir()?;
    let (candidates, mut skipped) = contestants(example, &jsc, directory.path(), packages)?;
    let mut contestants = Vec::new();
    for mut candidate in candidates {
        // The first one fills the caches, and tells who cannot do it.
        let tried = candidate.compile();
        match tried.and_then(|()| candidate.first(&input, call)) {
            Err(error) if candidate.is_peer => {
                skipped.push((candidate.name.to_owned(), error.root_cause().to_string()));
            }
            tried => {
                tried?;
                candidate.forget();
                contestants.push(candidate);
            }
        }
    }
    let module = directory.path().join("fn.wasm");
    let mut processes: Vec<(String, Vec<f64>)> = Vec::new();
    for round in 0..arguments.rounds {
        for contestant in &mut contestants {
            if round < COMPILATIONS {
                contestant.compile()?;
            }
            contestant.first(&input, call)?;
        }
        let mut took = vec![
            ("jsc run".to_owned(), jsc_process(&jsc, &module, call)?),
            ("node".to_owned(), node_process(&example.entry, call)?),
        ];
        for (name, command) in &arguments.peers {
            took.push((name.clone(), peer_process(command, example, call)?));
        }
        for (index, (name, time)) in took.into_iter().enumerate() {
            match processes.get_mut(index) {
                Some((_, times)) => times.push(time),
                None => processes.push((name, vec![time])),
            }
        }
    }
    let processes = processes.into_iter();
    Ok(Row {
        example: example.name.clone(),
        contestants: contestants.into_iter().map(Contestant::figures).collect(),
        processes_us: processes
            .map(|(name, times)| (name, median(times)))
            .collect(),
        skipped,
    })
}

type Skipped = Vec<(String, String)>;

/// Builds the example for everyone who can have it.
fn contestants(
    example: &Example,
    jsc: &Path,
    directory: &Path,
    packages: Result<&(PathBuf, Packages), &String>,
) -> Result<(Vec<Contestant>, Skipped)> {
    let mut contestants = Vec::new();
    let lazy = ["--start", "lazy", "--allow-eval"];
    // What a top level makes from strings it makes at build time, unless it runs later.
    for (name, file, options) in [
        ("jsc", "fn.wasm", &[][..]),
        ("jsc --start lazy", "lazy.wasm", &lazy[..]),
    ] {
        let (built, took) = Jsc::build(jsc, example, &directory.join(file), options)?;
        contestants.push(Contestant::new(name, built.size(), Some(took), built));
    }
    let mut skipped = Vec::new();
    let names = Tool::ALL.map(Tool::name).into_iter().chain([QUICKJS]);
    let mut skip_all = |reason: &str| {
        skipped.extend(
            names
                .clone()
                .map(|name| (name.to_owned(), reason.to_owned())),
        );
    };
    let (quickjs, packages) = match packages {
        Ok((quickjs, packages)) => (quickjs, packages),
        Err(reason) => {
            skip_all(reason);
            return Ok((contestants, skipped));
        }
    };
    let source = directory.join("bundle.mjs");
    if let Err(error) = packages.bundle(example, &source) {
        skip_all(&format!("{error:#}"));
        return Ok((contestants, skipped));
    }
    for tool in Tool::ALL {
        let wasm = directory.join(tool.name()).with_extension("wasm");
        match packages.componentize(tool, &source, &wasm) {
            Ok(took) => {
                let built = Component::new(&wasm)?;
                let size = built.size();
                contestants.push(Contestant::new(tool.name(), size, Some(took), built));
            }
            Err(error) => skipped.push((tool.name().to_owned(), format!("{error:#}"))),
        }
    }
    let input = &default_call(example)?.input;
    let quickjs = QuickJs::new(quickjs, &source, input)?;
    contestants.push(Contestant::new(QUICKJS, quickjs.size(), None, quickjs));
    Ok((contestants, skipped))
}

const QUICKJS: &str = "rquickjs, native";

impl Contestant {
    fn new(
        name: &'static str,
        bytes: usize,
        build: Option<f64>,
        peer: impl Peer + 'static,
    ) -> Contestant {
        Contestant {
            name,
            is_peer: !name.starts_with("jsc"),
            bytes: bytes as u64,
            build,
            peer: Box::new(peer),
            compile: Vec::new(),
            load: Vec::new(),
            instantiate: Vec::new(),
            call: Vec::new(),
            answer: Vec::new(),
        }
    }

    fn compile(&mut self) -> Result<()> {
        let took = self.peer.compile();
        self.compile
            .extend(took.with_context(|| self.name.to_owned())?);
        Ok(())
    }

    fn first(&mut self, input: &str, call: &Call) -> Result<()> {
        let first = self.peer.first(input);
        let First {
            load,
            instantiate,
            call: took,
            output,
        } = first.with_context(|| self.name.to_owned())?;
        check(&output, call, self.name)?;
        self.load.push(load);
        self.instantiate.push(instantiate);
        self.call.push(took);
        self.answer.push(load + instantiate + took);
        Ok(())
    }

    fn forget(&mut self) {
        for times in [
            &mut self.compile,
            &mut self.load,
            &mut self.instantiate,
            &mut self.call,
            &mut self.answer,
        ] {
            times.clear();
        }
    }

    fn figures(self) -> Figures {
        Figures {
            name: self.name.to_owned(),
            bytes: self.bytes,
            build_us: self.build,
            compile_us: (!self.compile.is_empty()).then(|| median(self.compile)),
            load_us: median(self.load),
            instantiate_us: median(self.instantiate),
            first_call_us: median(self.call),
            first_answer_us: median(self.answer),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::peer;

    #[test]
    fn peers_have_names() {
        assert_eq!(peer("a=b {}"), Ok(("a".into(), "b {}".into())));
        assert!(peer("a").is_err() && peer("=b").is_err() && peer("a=").is_err());
    }
}
