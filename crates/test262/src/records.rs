//! The verdicts on tests, in a file: a line for each, `path mode column verdict reason` with tabs between.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use crate::Error;
use crate::column::Column;
use crate::mode::Mode;
use crate::verdict::Verdict;

/// A test in a mode.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The test's path in the suite.
    pub path: String,
    /// As what it was run.
    pub mode: Mode,
}

/// The verdicts on one test in one mode.
pub type Row = BTreeMap<Column, Verdict>;

/// The verdicts on all that were tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records(pub BTreeMap<Key, Row>);

impl Records {
    /// Reads a file; a line that was not written to its end is left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(path: &Path) -> Result<Records, Error> {
        let text = fs::read_to_string(path).map_err(|error| Error::File(path.to_owned(), error))?;
        let mut records = Records::default();
        for line in text.split_inclusive('\n') {
            if let Some((key, column, verdict)) = line.strip_suffix('\n').and_then(parse) {
                records.0.entry(key).or_default().insert(column, verdict);
            }
        }
        Ok(records)
    }

    /// Writes them, sorted.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        let rows = self.0.iter().map(|(key, row)| lines(key, row));
        fs::write(path, rows.collect::<String>())
            .map_err(|error| Error::File(path.to_owned(), error))
    }

    /// Adds those of another run.
    pub fn extend(&mut self, other: Records) {
        for (key, row) in other.0 {
            self.0.entry(key).or_default().extend(row);
        }
    }
}

/// A file that verdicts are added to while they come.
#[derive(Debug)]
pub struct Journal(Mutex<File>);

impl Journal {
    /// Opens the file, which is emptied unless it is to be gone on with.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(path: &Path, resume: bool) -> Result<Journal, Error> {
        let mut options = OpenOptions::new();
        options.create(true);
        let options = match resume {
            true => options.append(true),
            false => options.write(true).truncate(true),
        };
        let file = options
            .open(path)
            .map_err(|error| Error::File(path.to_owned(), error))?;
        Ok(Journal(Mutex::new(file)))
    }

    /// Adds the verdicts on a test.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn add(&self, key: &Key, row: &Row) -> std::io::Result<()> {
        let mut file = self
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        file.write_all(lines(key, row).as_bytes())
    }
}

fn lines(key: &Key, row: &Row) -> String {
    let Key { path, mode } = key;
    let mut text = String::new();
    for (column, verdict) in row {
        let (word, reason) = match verdict {
            Verdict::Pass => ("pass", ""),
            Verdict::Fail(reason) => ("fail", reason.as_str()),
        };
        // A String takes all that is written to it.
        let _ = writeln!(text, "{path}\t{mode}\t{column}\t{word}\t{reason}");
    }
    text
}

fn parse(line: &str) -> Option<(Key, Column, Verdict)> {
    let mut fields = line.splitn(5, '\t');
    let path = fields.next()?.to_string();
    let mode = Mode::named(fields.next()?)?;
    let column = Column::named(fields.next()?)?;
    let verdict = match (fields.next()?, fields.next()?) {
        ("pass", _) => Verdict::Pass,
        ("fail", reason) => Verdict::Fail(reason.to_string()),
        _ => return None,
    };
    Some((Key { path, mode }, column, verdict))
}

#[cfg(test)]
mod tests {
    use super::{Journal, Key, Records};
    use crate::column::Column;
    use crate::mode::Mode;
    use crate::verdict::Verdict;

    #[test]
    fn a_journal_is_read_as_far_as_it_was_written() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("verdicts");
        let key = |path: &str| Key {
            path: path.to_string(),
            mode: Mode::Strict,
        };
        let row = [
            (Column::Native, Verdict::Pass),
            (Column::Run, Verdict::Fail("TypeError: a b".to_string())),
        ];
        let journal = Journal::open(&file, false).expect("a new file");
        journal
            .add(&key("b.js"), &row.clone().into())
            .expect("written");
        drop(journal);
        let journal = Journal::open(&file, true).expect("the same file");
        journal
            .add(&key("a.js"), &row.clone().into())
            .expect("written");
        let mut expected = Records::default();
        expected.0.insert(key("a.js"), row.clone().into());
        expected.0.insert(key("b.js"), row.into());
        assert_eq!(Records::read(&file).expect("read"), expected);
        expected.write(&file).expect("written");
        let text = std::fs::read_to_string(&file).expect("read");
        assert!(text.starts_with(
            "a.js\tstrict\tnative\tpass\t\na.js\tstrict\trun\tfail\tTypeError: a b\n"
        ));
        std::fs::write(&file, &text[..text.len() - 1]).expect("written");
        let cut = Records::read(&file).expect("read");
        assert_eq!(cut.0[&key("b.js")].len(), 1);
    }
}
