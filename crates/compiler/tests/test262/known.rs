//! Tests that differ and may: those that read builtins by names that they put together.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// By path, how each differs.
pub(crate) struct Known(BTreeMap<String, String>);

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/test262/known.txt")
}

impl Known {
    /// Reads the file, each line of which is `path: difference`.
    pub(crate) fn read() -> Known {
        let text = fs::read_to_string(file()).expect("the list of known differences");
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        Known(
            lines
                .map(|(path, difference)| (path.into(), difference.into()))
                .collect(),
        )
    }

    /// Takes over what was found of the tests that were compared.
    pub(crate) fn update(&mut self, outcomes: &[(String, Option<String>)]) {
        for (path, difference) in outcomes {
            match difference {
                Some(difference) => self.0.insert(path.clone(), difference.clone()),
                None => self.0.remove(path),
            };
        }
        let lines = self
            .0
            .iter()
            .map(|(path, difference)| format!("{path}: {difference}\n"));
        fs::write(file(), lines.collect::<String>()).expect("the list is written");
    }

    /// What of the outcomes is not known.
    pub(crate) fn faults(&self, outcomes: &[(String, Option<String>)]) -> Vec<String> {
        let show = |difference: Option<&String>| difference.cloned().unwrap_or("the same".into());
        let unknown = outcomes.iter().filter_map(|(path, actual)| {
            let expected = self.0.get(path);
            (expected != actual.as_ref()).then(|| {
                format!(
                    "{path}: {}; known is: {}",
                    show(actual.as_ref()),
                    show(expected)
                )
            })
        });
        unknown.collect()
    }
}
