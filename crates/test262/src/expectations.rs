//! What is known to fail: the files in `expectations/`. All else passes.
//!
//! ```text
//! engine.txt       fails natively: `path`, or `directory/` of which all tests fail
//! eval.txt         passes natively, and as shipped with `--allow-eval`, of which it names what that allows: `path`
//! exceptions.txt   passes natively, and not as shipped: `path: modes; columns: reason`
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::Error;
use crate::column::Column;
use crate::records::{Key, Records, Row};
use crate::trial::WANTS_EVAL;
use crate::verdict::Verdict;

/// What is known to fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectations {
    engine: BTreeSet<String>,
    eval: BTreeSet<String>,
    exceptions: BTreeSet<String>,
}

/// An exception: a test that passes natively, and not as shipped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exception {
    /// The test.
    pub(crate) path: String,
    /// Why it fails.
    pub(crate) reason: String,
    /// In which modes and columns.
    pub(crate) places: String,
}

/// What a row of verdicts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It fails natively.
    Engine,
    /// It fails as shipped.
    Exception,
    /// It fails unless `--allow-eval` is given.
    Eval,
    /// It passes.
    Passes,
}

pub(crate) fn kind(row: &Row) -> Kind {
    if matches!(row.get(&Column::Native), Some(Verdict::Fail(_))) {
        return Kind::Engine;
    }
    let reasons: Vec<&String> = failures(row).map(|(_, reason)| reason).collect();
    match reasons.as_slice() {
        [] => Kind::Passes,
        all if all.iter().all(|reason| reason.starts_with(WANTS_EVAL)) => Kind::Eval,
        _ => Kind::Exception,
    }
}

fn failures(row: &Row) -> impl Iterator<Item = (Column, &String)> {
    row.iter().filter_map(|(column, verdict)| match verdict {
        Verdict::Fail(reason) => Some((*column, reason)),
        Verdict::Pass => None,
    })
}

/// The exceptions among these verdicts.
#[must_use]
pub(crate) fn exceptions(records: &Records) -> Vec<Exception> {
    let mut places: BTreeMap<(&str, &str), Vec<(&Key, Column)>> = BTreeMap::new();
    for (key, row) in &records.0 {
        if kind(row) == Kind::Exception {
            for (column, reason) in failures(row) {
                if !reason.starts_with(WANTS_EVAL) {
                    let place = places.entry((&key.path, reason)).or_default();
                    place.push((key, column));
                }
            }
        }
    }
    let exceptions = places.into_iter().map(|((path, reason), places)| {
        let modes: BTreeSet<&str> = places.iter().map(|(key, _)| key.mode.name()).collect();
        let columns: BTreeSet<Column> = places.iter().map(|(_, column)| *column).collect();
        let modes: Vec<&str> = modes.into_iter().collect();
        let columns: Vec<&str> = columns.into_iter().map(Column::name).collect();
        Exception {
            path: path.to_string(),
            reason: reason.to_string(),
            places: format!("{}; {}", modes.join(", "), columns.join(", ")),
        }
    });
    exceptions.collect()
}

impl Expectations {
    /// What these verdicts let one expect.
    #[must_use]
    pub fn of(records: &Records) -> Expectations {
        let paths = |wanted: Kind| -> BTreeSet<String> {
            let rows = records.0.iter().filter(|(_, row)| kind(row) == wanted);
            rows.map(|(key, _)| key.path.clone()).collect()
        };
        let all: BTreeSet<String> = records.0.keys().map(|key| key.path.clone()).collect();
        let exceptions = exceptions(records).into_iter().map(|exception| {
            let Exception {
                path,
                reason,
                places,
            } = exception;
            format!("{path}: {places}: {reason}")
        });
        Expectations {
            engine: shortened(&paths(Kind::Engine), &all),
            eval: paths(Kind::Eval),
            exceptions: exceptions.collect(),
        }
    }

    /// Reads the files in a directory.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn read(directory: &Path) -> Result<Expectations, Error> {
        let lines = |name: &str| -> Result<BTreeSet<String>, Error> {
            let path = directory.join(name);
            let text = fs::read_to_string(&path).map_err(|error| Error::File(path, error))?;
            Ok(text.lines().map(str::to_string).collect())
        };
        Ok(Expectations {
            engine: lines("engine.txt")?,
            eval: lines("eval.txt")?,
            exceptions: lines("exceptions.txt")?,
        })
    }

    /// Writes the files.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn write(&self, directory: &Path) -> Result<(), Error> {
        let write = |name: &str, lines: &BTreeSet<String>| {
            let path = directory.join(name);
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            fs::write(&path, text).map_err(|error| Error::File(path, error))
        };
        write("engine.txt", &self.engine)?;
        write("eval.txt", &self.eval)?;
        write("exceptions.txt", &self.exceptions)
    }

    /// What differs of these verdicts, a line each.
    #[must_use]
    pub fn differences(&self, records: &Records) -> Vec<String> {
        let mut differences = Vec::new();
        let paths: BTreeSet<&str> = records.0.keys().map(|key| key.path.as_str()).collect();
        let found = Expectations::of(records);
        for path in paths {
            let was = |set: &BTreeSet<String>| set.contains(path) || is_within(path, set);
            for (name, known, found) in [
                ("natively", &self.engine, &found.engine),
                ("without --allow-eval", &self.eval, &found.eval),
            ] {
                match (was(known), was(found)) {
                    (true, false) => {
                        differences.push(format!("{path}: does not fail any more {name}"));
                    }
                    (false, true) => differences.push(format!("{path}: fails {name}")),
                    _ => {}
                }
            }
            let of_path = |set: &BTreeSet<String>| -> BTreeSet<String> {
                let start = format!("{path}: ");
                let lines = set.range(start.clone()..);
                lines
                    .take_while(|line| line.starts_with(&start))
                    .cloned()
                    .collect()
            };
            let (known, found) = (of_path(&self.exceptions), of_path(&found.exceptions));
            differences.extend(
                known
                    .difference(&found)
                    .map(|line| format!("not any more: {line}")),
            );
            differences.extend(found.difference(&known).map(|line| format!("new: {line}")));
        }
        differences
    }
}

/// The directories above a path, each with a slash at its end.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..=at])
}

fn is_within(path: &str, set: &BTreeSet<String>) -> bool {
    above(path).any(|directory| set.contains(directory))
}

/// Paths, with a directory in the place of all that `all` has below it where they have them all.
fn shortened(paths: &BTreeSet<String>, all: &BTreeSet<String>) -> BTreeSet<String> {
    let mixed: BTreeSet<&str> = all.difference(paths).flat_map(|path| above(path)).collect();
    let short = paths.iter().map(|path| {
        let whole = above(path).find(|directory| !mixed.contains(directory));
        whole.unwrap_or(path).to_string()
    });
    short.collect()
}

#[cfg(test)]
mod tests {
    use super::{BTreeSet, Expectations, shortened};
    use crate::column::Column;
    use crate::mode::Mode;
    use crate::records::{Key, Records};
    use crate::trial::WANTS_EVAL;
    use crate::verdict::Verdict;

    fn set(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn directories_stand_for_all_their_tests() {
        let all = set(&["a/b/1.js", "a/b/2.js", "a/c/1.js", "d/1.js"]);
        let short = |paths: &[&str]| shortened(&set(paths), &all);
        assert_eq!(short(&["a/b/1.js", "a/b/2.js"]), set(&["a/b/"]));
        assert_eq!(short(&["a/b/1.js", "a/c/1.js"]), set(&["a/b/1.js", "a/c/"]));
        assert_eq!(short(&["a/b/1.js", "a/b/2.js", "a/c/1.js"]), set(&["a/"]));
    }

    fn records(run: Verdict, native: Verdict) -> Records {
        let key = |path: &str| Key {
            path: path.to_string(),
            mode: Mode::Sloppy,
        };
        let row = [(Column::Native, native), (Column::Run, run)];
        let passes = [
            (Column::Native, Verdict::Pass),
            (Column::Run, Verdict::Pass),
        ];
        let rows = [(key("a/1.js"), row.into()), (key("a/2.js"), passes.into())];
        Records(rows.into_iter().collect())
    }

    #[test]
    fn what_is_expected_is_no_difference_and_all_else_is() {
        let fail = |reason: &str| Verdict::Fail(reason.to_string());
        let all = [
            records(Verdict::Pass, Verdict::Pass),
            records(fail("a"), Verdict::Pass),
            records(fail("b"), Verdict::Pass),
            records(fail(&format!("{WANTS_EVAL}a")), Verdict::Pass),
            records(Verdict::Pass, fail("a")),
        ];
        for (i, known) in all.iter().enumerate() {
            for (j, found) in all.iter().enumerate() {
                let differences = Expectations::of(known).differences(found);
                assert_eq!(differences.is_empty(), i == j, "{i} {j}: {differences:?}");
            }
        }
        let directory = tempfile::tempdir().expect("a directory");
        let known = Expectations::of(&all[1]);
        known.write(directory.path()).expect("written");
        let read = Expectations::read(directory.path()).expect("read");
        assert_eq!(read, known);
        assert_eq!(read.exceptions, set(&["a/1.js: sloppy; run: a"]));
    }
}
