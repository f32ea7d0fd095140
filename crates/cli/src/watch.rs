//! Waits until a file of a program changes.
//!
//! Files are looked at rather than listened to: it works the same on every system and file system, whatever way an editor
//! saves a file, and a thousand files take a few milliseconds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

const INTERVAL: Duration = Duration::from_millis(100);

/// Time and size of a file; none where there is no file.
type State = Option<(SystemTime, u64)>;

pub(crate) struct Watch {
    states: BTreeMap<PathBuf, State>,
}

impl Watch {
    /// Watches the files, and their directories: a file that was missing may come.
    pub(crate) fn new(entry: &Path, files: Vec<PathBuf>) -> Watch {
        let mut paths = files;
        paths.push(entry.to_owned());
        let directories: Vec<PathBuf> = paths
            .iter()
            .filter(|path| {
                !path
                    .components()
                    .any(|part| part.as_os_str() == "node_modules")
            })
            .filter_map(|path| path.parent())
            .map(|parent| match parent.as_os_str().is_empty() {
                true => PathBuf::from("."),
                false => parent.to_owned(),
            })
            .collect();
        let in_files = paths.into_iter().map(|path| (state(&path), path));
        let mut states: BTreeMap<PathBuf, State> =
            in_files.map(|(state, path)| (path, state)).collect();
        for directory in directories {
            let state = names(&directory);
            states.insert(directory, state);
        }
        Watch { states }
    }

    /// Returns when one of them has changed, and has stopped changing.
    pub(crate) fn wait(&mut self) {
        wait_for(|| self.changed());
    }

    /// Whether one has changed since the last look.
    fn changed(&mut self) -> bool {
        let mut changed = false;
        for (path, known) in &mut self.states {
            let now = if path.is_dir() {
                names(path)
            } else {
                state(path)
            };
            changed |= now != *known;
            *known = now;
        }
        changed
    }
}

/// Returns when `changed`, which tells whether anything has changed since it was called last, has become true, and then
/// false again: a file that is being written is read when it is complete.
pub(crate) fn wait_for(mut changed: impl FnMut() -> bool) {
    while !changed() {
        thread::sleep(INTERVAL);
    }
    loop {
        thread::sleep(INTERVAL / 4);
        if !changed() {
            break;
        }
    }
}

fn state(path: &Path) -> State {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// A directory's sources, as a state. Its own time would change with each module that is written into it.
fn names(directory: &Path) -> State {
    let entries = fs::read_dir(directory).ok()?;
    let sources = entries
        .filter_map(|entry| entry.ok())
        .map(|entry| entry.path())
        .filter(|path| {
            crate::build::is_source(path)
                || path
                    .extension()
                    .is_some_and(|extension| extension == "json")
        });
    let sum = sources.fold(0_u64, |sum, path| {
        let name = path
            .file_name()
            .map(|name| name.as_encoded_bytes().to_vec())
            .unwrap_or_default();
        let hash = name.iter().fold(7_u64, |hash, byte| {
            hash.wrapping_mul(31).wrapping_add(u64::from(*byte))
        });
        sum.wrapping_add(hash)
    });
    Some((SystemTime::UNIX_EPOCH, sum))
}

#[cfg(test)]
mod tests {
    use super::Watch;

    #[test]
    fn changes_are_seen() {
        let directory = tempfile::tempdir().expect("a directory");
        let entry = directory.path().join("index.js");
        std::fs::write(&entry, "1").expect("a file");
        let mut watch = Watch::new(&entry, Vec::new());
        assert!(!watch.changed());
        std::fs::write(&entry, "12").expect("a file");
        assert!(watch.changed());
        assert!(!watch.changed());
        std::fs::write(directory.path().join("index.wasm"), "").expect("a file");
        assert!(!watch.changed());
        std::fs::write(directory.path().join("other.js"), "").expect("a file");
        assert!(watch.changed());
        std::fs::remove_file(&entry).expect("it was there");
        assert!(watch.changed());
    }
}
