//! The published page: what passes, folder by folder, and every exception.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::column::Column;
use crate::expectations::{Kind, exceptions, kind};
use crate::records::{Key, Records, Row};
use crate::trial::{WANTS_EVAL, WANTS_HOST};
use crate::verdict::Verdict;

/// What the page says of the run besides its verdicts.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The commit of the suite.
    pub commit: String,
    /// How many tests the suite has.
    pub tests: usize,
}

/// Sums of a folder.
#[derive(Clone, Copy, Default)]
struct Sums {
    tried: usize,
    host: usize,
    engine: usize,
    native: usize,
    shipped: usize,
    build: usize,
    run: usize,
    eval: usize,
}

impl Sums {
    fn add(&mut self, row: &Row) {
        self.tried += 1;
        if let Some(Verdict::Fail(reason)) = row.get(&Column::Native) {
            match reason.starts_with(WANTS_HOST) {
                true => self.host += 1,
                false => self.engine += 1,
            }
            return;
        }
        self.native += 1;
        if !row.contains_key(&Column::Build) || !row.contains_key(&Column::Run) {
            return;
        }
        self.shipped += 1;
        let passes = |column| row.get(&column) == Some(&Verdict::Pass);
        let with_eval = |column, eval| passes(column) || passes(eval);
        self.build += usize::from(passes(Column::Build));
        self.run += usize::from(passes(Column::Run));
        self.eval += usize::from(
            with_eval(Column::Build, Column::BuildEval) && with_eval(Column::Run, Column::RunEval),
        );
    }

    fn row(&self, name: &str) -> String {
        let Sums {
            tried,
            host,
            engine,
            native,
            shipped,
            build,
            run,
            eval,
        } = self;
        format!(
            "| {name} | {tried} | {host} | {engine} | {native} | {shipped} | {build} | {run} | {eval} |\n"
        )
    }
}

/// The folder that a test is counted in: the first two of its path, of large parts, or the first.
fn folder(path: &str) -> &str {
    let end = match path.split_once('/') {
        Some(("built-ins" | "language" | "annexB" | "staging", _)) => {
            path.match_indices('/').nth(1)
        }
        _ => path.match_indices('/').next(),
    };
    end.map_or(path, |(at, _)| &path[..at])
}

/// The page in Markdown.
#[must_use]
pub fn page(records: &Records, facts: &Facts) -> String {
    let mut text = introduction(records, facts);
    text.push_str(
        "\n| folder | natively | want a host | engine fails | pass | of these as shipped | pass compiled | pass started | \
         pass with `--allow-eval` |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    let mut folders: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut all = Sums::default();
    for (key, row) in &records.0 {
        folders.entry(folder(&key.path)).or_default().add(row);
        all.add(row);
    }
    text.push_str(&all.row("**all**"));
    for (folder, sums) in &folders {
        text.push_str(&sums.row(folder));
    }
    text.push_str(&exceptions_of(records));
    text.push_str(&flags(records));
    text
}

fn introduction(records: &Records, facts: &Facts) -> String {
    let Facts { commit, tests } = facts;
    let amount = |counts: &dyn Fn(&Row) -> bool| {
        let rows = records.0.iter().filter(|(_, row)| counts(row));
        let mut paths: Vec<&str> = rows.map(|(key, _)| key.path.as_str()).collect();
        paths.dedup();
        match paths.len() == *tests {
            true => format!("all {tests} tests"),
            false => format!("{} of its {tests} tests", paths.len()),
        }
    };
    let natively = amount(&|_| true);
    let shipped =
        amount(&|row| row.contains_key(&Column::Build) || matches!(kind(row), Kind::Engine));
    let shipped = match shipped == natively {
        true => "what passes there, as shipped".to_string(),
        false => format!(
            "as shipped a sample of what passes there ({shipped}, with those that fail natively)"
        ),
    };
    format!(
        "# Conformance\n\n\
         <!-- written by `cargo xtask test262 --suite DIR --publish` -->\n\n\
         [test262](https://github.com/tc39/test262) is the test suite of ECMAScript. Of its commit {commit} \
         {natively} were tried natively, and {shipped}. A script is tried in sloppy and in strict mode, unless it says \
         otherwise; the figures are such trials. Each is\n\n\
         - evaluated **natively**, by QuickJS as it comes, the version that modules have inside. What fails there is the \
         engine's own fault, or wants something of its host that no test is given (other realms, agents, a second script);\n\
         - **compiled** at default flags so that the test runs at build time; the module prints that the test came to its \
         end;\n\
         - compiled at default flags so that the test runs when the module is **started**: output precedes it;\n\
         - where that fails, compiled **with `--allow-eval`**.\n"
    )
}

fn exceptions_of(records: &Records) -> String {
    let eval = records
        .0
        .values()
        .filter(|row| kind(row) == Kind::Eval)
        .count();
    let exceptions = exceptions(records);
    let mut tests: Vec<&str> = exceptions
        .iter()
        .map(|exception| exception.path.as_str())
        .collect();
    tests.dedup();
    let mut text = format!(
        "\n## What wants `--allow-eval`\n\n{eval} trials make code from strings (`eval`, `Function`) and pass with \
         `--allow-eval`; `expectations/eval.txt` of the crate `test262` names them.\n\n\
         ## Exceptions\n\nThese {} tests pass natively, and not as shipped. `build` and `run` are at default flags, `build+eval` and \
         `run+eval` with `--allow-eval`.\n\n",
        tests.len()
    );
    for exception in &exceptions {
        // A String takes all that is written to it.
        let _ = writeln!(
            text,
            "- `{}` ({}): {}",
            exception.path,
            exception.places,
            exception.reason.replace('<', "\\<")
        );
    }
    text
}

/// What the other flags change.
fn flags(records: &Records) -> String {
    let mut text = String::from(
        "\n## Other flags\n\nWhat differs from a module at default flags with `--allow-eval`, in the tests that were also tried so:\n\n\
         | flags | trials | differ |\n|---|---:|---:|\n",
    );
    let mut lines = String::new();
    for (column, name) in [
        (Column::Lazy, "`--start=lazy`"),
        (Column::Safe, "`--strip=safe`"),
        (Column::Off, "`--strip=off`"),
    ] {
        let tried: Vec<(&Key, &Row)> = records
            .0
            .iter()
            .filter(|(_, row)| row.contains_key(&column))
            .collect();
        let differ: Vec<&(&Key, &Row)> = tried
            .iter()
            .filter(|(_, row)| differs(row, column))
            .collect();
        let _ = writeln!(text, "| {name} | {} | {} |", tried.len(), differ.len());
        for (Key { path, mode }, row) in differ {
            let show = |column| match row.get(&column) {
                Some(Verdict::Fail(reason)) => reason.replace('<', "\\<"),
                Some(Verdict::Pass) => "passes".to_string(),
                None => "was not tried".to_string(),
            };
            let _ = writeln!(
                lines,
                "- {name}, `{path}` ({mode}): {}; at default flags: {}",
                show(column),
                show(Column::Run)
            );
        }
    }
    if !lines.is_empty() {
        text.push('\n');
        text.push_str(&lines);
    }
    text
}

/// Whether a test does something else so than at default flags. What wants `--allow-eval` there, does not want it with nothing
/// stripped.
fn differs(row: &Row, column: Column) -> bool {
    let wants_eval = matches!(row.get(&Column::Run), Some(Verdict::Fail(reason)) if reason.starts_with(WANTS_EVAL));
    let standard = match wants_eval && column != Column::Lazy {
        true => row.get(&Column::RunEval),
        false => row.get(&Column::Run),
    };
    let plain = |verdict: Option<&Verdict>| match verdict {
        Some(Verdict::Fail(reason)) => Verdict::Fail(
            reason
                .strip_prefix(WANTS_EVAL)
                .unwrap_or(reason)
                .to_string(),
        ),
        _ => Verdict::Pass,
    };
    plain(standard) != plain(row.get(&column))
}

#[cfg(test)]
mod tests {
    use super::folder;

    #[test]
    fn folders_are_parts_of_the_suite() {
        assert_eq!(folder("built-ins/Array/from/a.js"), "built-ins/Array");
        assert_eq!(folder("intl402/Array/a.js"), "intl402");
        assert_eq!(folder("harness/a.js"), "harness");
    }
}
