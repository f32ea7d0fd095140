//! The examples' figures do not get worse: the size of each module, the instructions of each call, and the pages of memory
//! that the calls change, which are exact, are compared with `figures.txt`.

#[expect(
    dead_code,
    reason = "the build script of `engine` uses all of it, this test only `detect`"
)]
#[path = "../../../engine/build/toolchain.rs"]
mod toolchain;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use runner::{Config, Limits, Runtime, Stdin};

use crate::{COMPILED, Compiled, compile_as};

/// What the project has promised: instructions of `_start`, and sizes.
const LIMITS: [(&str, &str, u64); 5] = [
    ("javy-discount", "_start", 150_000),
    ("bundle", "_start", 450_000),
    ("hello", "bytes", 150_000),
    ("javy-discount", "bytes", 170_000),
    ("bundle", "bytes", 256_000),
];

/// How far a figure may be from the recorded one, in percent.
const TOLERANCE: u64 = 2;

/// How many pages more or less come of where things happen to lie.
const TOLERATED_PAGES: u64 = 2;

/// How to record the figures.
const REMEDY: &str = "JSC_BLESS=1 cargo test -p cli figures";

/// Figures by example and what was counted: `bytes`, `pages`, or the export whose instructions they are.
type Figures = BTreeMap<(String, String), u64>;

static MEASURED: LazyLock<Figures> = LazyLock::new(measure);

/// What another compiler makes of the engine's sources has other figures, which say nothing about the sources.
const COMPILER: &str = "engine compiled by ";

#[test]
fn figures_are_as_recorded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples/figures.txt");
    let compiler = compiler();
    if std::env::var_os("JSC_BLESS").is_some() {
        fs::write(&path, print(&compiler, &MEASURED)).expect("figures.txt is writable");
        return;
    }
    let recorded = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    if recorded.lines().next() != Some(&format!("{COMPILER}{compiler}")) {
        eprintln!("the figures were recorded with another compiler than {compiler}: not compared");
        return;
    }
    let faults = compare(&parse(&recorded), &MEASURED);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn limits_are_kept() {
    for (name, what, limit) in LIMITS {
        let figure = MEASURED[&(name.to_owned(), what.to_owned())];
        assert!(
            figure <= limit,
            "{name}: {figure} {what}, more than {limit}"
        );
    }
}

/// Leaving things out of the engine makes no call slower, by more than a percent.
#[test]
fn stripped_modules_take_no_more_instructions() {
    for compiled in &*COMPILED {
        let name = &compiled.example.name;
        let (whole, _) = count(&compile_as(&compiled.example, &["--strip=off"]));
        for (export, stripped) in count(compiled).0 {
            let whole = whole[&export];
            assert!(
                stripped * 100 <= whole * 101,
                "{name}: {stripped} instructions of {export}, {whole} on the whole engine"
            );
        }
    }
}

fn measure() -> Figures {
    let mut figures = Figures::new();
    for compiled in &*COMPILED {
        let name = &compiled.example.name;
        figures.insert((name.clone(), "bytes".into()), compiled.wasm.len() as u64);
        let (fuel, pages) = count(compiled);
        figures.insert((name.clone(), "pages".into()), pages);
        for (export, instructions) in fuel {
            figures.insert((name.clone(), export), instructions);
        }
    }
    figures
}

/// The instructions of an example's calls, by export, and the pages that they change together.
fn count(compiled: &Compiled) -> (BTreeMap<String, u64>, u64) {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Runtime::new(&Config {
            cache_directory: runner::default_cache_directory(),
            fuel: true,
            ..Config::default()
        })
        .expect("the default settings do not contradict each other")
    });
    let name = &compiled.example.name;
    let function = RUNTIME.load(&compiled.wasm).expect("the module is valid");
    let mut by_export = BTreeMap::new();
    let mut pages = 0;
    for call in &compiled.example.calls {
        let outcome = function
            .call(
                runner::Call {
                    export: call.export.clone(),
                    stdin: Stdin::Bytes(fs::read(&call.input).expect("the input is readable")),
                    count_pages: true,
                    ..runner::Call::default()
                },
                &Limits::default(),
            )
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(outcome.exit_code, 0, "{name} fails");
        let export = call.export.clone().unwrap_or_else(|| "_start".into());
        by_export.insert(export, outcome.fuel.expect("fuel is counted"));
        pages += outcome.pages.expect("pages are counted").changed;
    }
    (by_export, pages)
}

/// What the measured figures have against them, one line each.
fn compare(recorded: &Figures, measured: &Figures) -> Vec<String> {
    let mut faults = Vec::new();
    for ((name, what), &now) in measured {
        let figure = match what.as_str() {
            "bytes" => format!("{name}: {now} bytes"),
            "pages" => format!("{name}: {now} changed pages"),
            export => format!("{name}: {now} instructions of {export}"),
        };
        let tolerated = |then: u64| match what.as_str() {
            "pages" => TOLERATED_PAGES,
            _ => then * TOLERANCE / 100,
        };
        match recorded.get(&(name.clone(), what.clone())) {
            None => faults.push(format!("{figure} are not recorded: {REMEDY}")),
            Some(&then) if now > then + tolerated(then) => faults.push(format!(
                "{figure}, {then} before; if that cannot be helped: {REMEDY}"
            )),
            Some(&then) if now + tolerated(then) < then => faults.push(format!(
                "{figure}, {then} before; record the improvement: {REMEDY}"
            )),
            Some(_) => {}
        }
    }
    for (name, what) in recorded.keys() {
        if !measured.contains_key(&(name.clone(), what.clone())) {
            faults.push(format!("{name}: {what} is gone: {REMEDY}"));
        }
    }
    faults
}

fn print(compiler: &str, figures: &Figures) -> String {
    let mut text = format!("{COMPILER}{compiler}\n");
    for ((name, what), figure) in figures {
        text += &format!("{name:<15}{what:<15}{figure:>9}\n");
    }
    text
}

fn parse(text: &str) -> Figures {
    let mut figures = Figures::new();
    for line in text.lines().skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, what, figure] = words[..] else {
            panic!("figures.txt: `{line}` is not a name, a word and a number; {REMEDY}");
        };
        let figure = figure
            .parse()
            .unwrap_or_else(|_| panic!("figures.txt: `{figure}` is no number; {REMEDY}"));
        figures.insert((name.into(), what.into()), figure);
    }
    figures
}

/// The engine's compiler and its version, `clang 22.1.8`.
fn compiler() -> String {
    let clang = toolchain::detect()
        .unwrap_or_else(|reason| panic!("{reason}"))
        .clang;
    let output = Command::new(&clang)
        .arg("--version")
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", clang.display()));
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.split_once("clang version ").map(|(_, rest)| rest);
    let version = version.and_then(|rest| rest.split_whitespace().next());
    format!("clang {}", version.unwrap_or("of an unknown version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(bytes: u64) -> Figures {
        parse(&format!("{COMPILER}\nhello bytes {bytes}"))
    }

    #[test]
    fn a_difference_beyond_the_tolerance_is_a_fault() {
        let recorded = figures(1000);
        assert!(compare(&recorded, &figures(1020)).is_empty());
        assert!(compare(&recorded, &figures(980)).is_empty());
        assert!(compare(&recorded, &figures(1021))[0].contains("cannot be helped"));
        assert!(compare(&recorded, &figures(979))[0].contains("record the improvement"));
        assert!(compare(&recorded, &Figures::new())[0].contains("gone"));
        assert!(compare(&Figures::new(), &recorded)[0].contains("not recorded"));
    }

    #[test]
    fn what_is_printed_can_be_parsed() {
        let recorded = figures(1000);
        assert_eq!(parse(&print("clang", &recorded)), recorded);
    }
}
