//! The files of a function's directory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What there is in a directory and below it.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<PathBuf>,
    /// Directories that cannot be read, and why.
    pub(crate) unreadable: Vec<(PathBuf, io::Error)>,
}

/// All files in `directory` and below, but for those in directories whose names are `skipped`. Symbolic links are followed,
/// but not back to where they are: each of these is gone through once only.
pub(crate) fn walk(directory: &Path, skipped: &[&str]) -> Found {
    let mut found = Found::default();
    collect(directory, skipped, &mut Vec::new(), &mut found);
    found
}

/// `above` are the real paths of the directories that have led here.
fn collect(directory: &Path, skipped: &[&str], above: &mut Vec<PathBuf>, found: &mut Found) {
    let read = directory
        .canonicalize()
        .and_then(|real| Ok((real, fs::read_dir(directory)?)));
    let (real, entries) = match read {
        Ok(read) => read,
        Err(error) => return found.unreadable.push((directory.to_owned(), error)),
    };
    if above.contains(&real) {
        return;
    }
    above.push(real);
    // What vanishes while it is looked at counts as not there.
    for entry in entries.flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.files.push(path);
        } else if !skipped.iter().any(|skipped| entry.file_name() == *skipped) {
            collect(&path, skipped, above, found);
        }
    }
    above.pop();
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::walk;

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_in_circles() {
        use std::os::unix::fs::symlink;
        let directory = tempfile::tempdir().expect("a directory");
        let root = directory.path();
        for name in ["a", "b", "dist"] {
            fs::create_dir(root.join(name)).expect("a directory");
            fs::write(root.join(name).join("file"), "").expect("a file");
        }
        symlink(root, root.join("a/up")).expect("a link");
        symlink(root.join("b"), root.join("a/to-b")).expect("a link");
        symlink(root.join("a"), root.join("b/to-a")).expect("a link");
        let found = walk(root, &["dist"]);
        let mut names: Vec<String> = found
            .files
            .iter()
            .map(|path| {
                path.strip_prefix(root)
                    .expect("below")
                    .display()
                    .to_string()
            })
            .collect();
        names.sort();
        assert_eq!(names, ["a/file", "a/to-b/file", "b/file", "b/to-a/file"]);
        assert!(found.unreadable.is_empty());
        assert_eq!(walk(&root.join("none"), &[]).unreadable.len(), 1);
    }
}
