//! Keeps the directory from growing without end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// When the bound is passed, this part of it is freed: not each store need look for what to remove.
const FREED: u64 = 4;

/// Files that are being written are younger than this; older ones belong to processes that were killed.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// An entry's time of last use is written down at most so often.
const USE_RECORDED: Duration = Duration::from_secs(60 * 60);

/// Removes abandoned files, and entries that have not been used for long until the others fit in `bound` bytes. Code
/// that is in use stays mapped when its file goes.
pub(crate) fn sweep(directory: &Path, bound: u64) -> io::Result<()> {
    let now = SystemTime::now();
    let mut entries: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        // Another process may be sweeping too.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        let used = metadata.modified().unwrap_or(now);
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(".writing-") {
            if now.duration_since(used).is_ok_and(|age| age > ABANDONED) {
                let _ = fs::remove_file(entry.path());
            }
        } else if name.ends_with(".cwasm") {
            entries.push((used, on_disk(&metadata), entry.path()));
        }
    }
    let mut size: u64 = entries.iter().map(|(_, size, _)| size).sum();
    if size <= bound {
        return Ok(());
    }
    entries.sort();
    for (_, length, path) in entries {
        if size <= bound - bound / FREED {
            break;
        }
        if fs::remove_file(path).is_ok() {
            size -= length;
        }
    }
    Ok(())
}

/// What a file takes, which is less than its length where it has holes.
fn on_disk(metadata: &fs::Metadata) -> u64 {
    /// The unit of `st_blocks`, whatever the file system's own is.
    #[cfg(unix)]
    const UNIT: u64 = 512;
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::blocks(metadata) * UNIT;
    #[cfg(not(unix))]
    metadata.len()
}

/// Notes that an entry is in use.
pub(crate) fn record_use(file: &fs::File) {
    let modified = file.metadata().and_then(|metadata| metadata.modified());
    let now = SystemTime::now();
    let is_recent = modified.is_ok_and(|modified| {
        now.duration_since(modified)
            .is_ok_and(|age| age < USE_RECORDED)
    });
    if !is_recent {
        // In a directory that may only be read, entries are not removed either.
        let _ = file.set_modified(now);
    }
}
