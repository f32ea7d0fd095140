//! Waits until a file of a program changes.
//!
//! Files are looked at rather than listened to: it works the same on every system and file system, whatever way an editor
//! saves a file, and a thousand files take a few milliseconds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

const INTERVAL: Duration = Duration::from_millis(30);

/// Packages change seldom, and have many files: they are looked at once in so many times.
const LOOKS_AT_PACKAGES: u32 = 10;

/// Time and size of a file; none where there is no file.
type State = Option<(SystemTime, u64)>;

/// What was seen last of a file, or of a directory.
struct Seen {
    state: State,
    is_directory: bool,
    is_in_package: bool,
}

pub(crate) struct Watch {
    seen: BTreeMap<PathBuf, Seen>,
    /// Counts the looks.
    looks: u32,
}

impl Watch {
    /// Watches the files, and their directories: a file that was missing may come.
    pub(crate) fn new(entry: &Path, files: Vec<PathBuf>) -> Watch {
        let mut seen = BTreeMap::new();
        for path in files.into_iter().chain([entry.to_owned()]) {
            let is_in_package = path
                .components()
                .any(|part| part.as_os_str() == "node_modules");
            if let Some(parent) = path.parent().filter(|_| !is_in_package) {
                let directory = match parent.as_os_str().is_empty() {
                    true => PathBuf::from("."),
                    false => parent.to_owned(),
                };
                seen.entry(directory)
                    .or_insert_with_key(|directory| Seen::new(directory, true, false));
            }
            let file = Seen::new(&path, false, is_in_package);
            seen.insert(path, file);
        }
        Watch { seen, looks: 0 }
    }

    /// Returns when one of them has changed, and has stopped changing.
    pub(crate) fn wait(&mut self) {
        wait_for(|| self.changed());
    }

    /// Whether one has changed since the last look.
    fn changed(&mut self) -> bool {
        self.looks += 1;
        let is_for_packages = self.looks.is_multiple_of(LOOKS_AT_PACKAGES);
        let mut changed = false;
        for (path, seen) in &mut self.seen {
            if seen.is_in_package && !is_for_packages {
                continue;
            }
            let now = Seen::new(path, seen.is_directory, seen.is_in_package);
            changed |= now.state != seen.state;
            *seen = now;
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
        thread::sleep(INTERVAL / 2);
        if !changed() {
            break;
        }
    }
}

impl Seen {
    fn new(path: &Path, is_directory: bool, is_in_package: bool) -> Seen {
        let state = if is_directory {
            names(path)
        } else {
            state(path)
        };
        Seen {
            state,
            is_directory,
            is_in_package,
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
    use super::{LOOKS_AT_PACKAGES, Watch};

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

    #[test]
    fn changes_in_packages_are_seen_in_time() {
        let directory = tempfile::tempdir().expect("a directory");
        let package = directory.path().join("node_modules/a");
        std::fs::create_dir_all(&package).expect("a directory");
        let file = package.join("index.js");
        std::fs::write(&file, "1").expect("a file");
        let mut watch = Watch::new(&directory.path().join("index.js"), vec![file.clone()]);
        std::fs::write(&file, "12").expect("a file");
        assert!((0..LOOKS_AT_PACKAGES).any(|_| watch.changed()));
    }
}
