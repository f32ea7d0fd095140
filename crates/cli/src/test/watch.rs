//! Waits for files to change, by looking at their times: it works on every file system, and a function has few files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::walk::walk;
use crate::watch::wait_for;

/// The time of every file.
pub(crate) type State = BTreeMap<PathBuf, Option<SystemTime>>;

/// Directories whose files are not the function's, or are made of them.
const SKIPPED: [&str; 4] = ["node_modules", "dist", "target", ".git"];

/// The state of all files in a directory.
pub(crate) fn state(directory: &Path) -> State {
    let files = walk(directory, &SKIPPED).files.into_iter();
    files
        .map(|path| {
            let modified = fs::metadata(&path).and_then(|metadata| metadata.modified());
            (path, modified.ok())
        })
        .collect()
}

/// Returns when the state is another one than `seen`, and has stopped changing.
pub(crate) fn wait(directory: &Path, mut seen: State) {
    wait_for(|| {
        let now = state(directory);
        let changed = now != seen;
        seen = now;
        changed
    });
}

#[cfg(test)]
mod tests {
    use super::state;

    #[test]
    fn changes_are_seen() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("a.js");
        let empty = state(directory.path());
        std::fs::write(&path, "1").expect("a file");
        let one = state(directory.path());
        assert_ne!(one, empty);
        let day_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
        let file = std::fs::File::options().write(true).open(&path);
        file.and_then(|file| file.set_modified(day_ago))
            .expect("a time");
        assert_ne!(state(directory.path()), one);
        std::fs::create_dir(directory.path().join("dist")).expect("a directory");
        let before = state(directory.path());
        std::fs::write(directory.path().join("dist/out.wasm"), "").expect("a file");
        assert_eq!(
            state(directory.path()),
            before,
            "what is built does not count"
        );
    }
}
