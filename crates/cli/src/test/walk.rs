//! The files of a function's directory.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// What there is in a directory and below it.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<PathBuf>,
    /// Directories that cannot be read, and why.
    pub(crate) unreadable: Vec<(PathBuf, io::Error)>,
}

/// All files in `directory` and below, but for those in directories whose names are `skipped`. Symbolic links are followed,
/// but not back to where they are.
pub(crate) fn walk(directory: &Path, skipped: &[&str]) -> Found {
    let mut found = Found::default();
    let entries = WalkDir::new(directory).follow_links(true).into_iter();
    let entries = entries.filter_entry(|entry| {
        let is_skipped = skipped.iter().any(|skipped| entry.file_name() == *skipped);
        entry.depth() == 0 || !(is_skipped && entry.file_type().is_dir())
    });
    for entry in entries {
        match entry {
            Ok(entry) if !entry.file_type().is_dir() => found.files.push(entry.into_path()),
            Ok(_) => {}
            // A circle.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(directory).to_owned();
                if path.is_symlink() && !path.exists() {
                    // It leads nowhere, which whoever reads it will say.
                    found.files.push(path);
                } else if let Some(error) = error.into_io_error() {
                    found.unreadable.push((path, error));
                }
            }
        }
    }
    found
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
        symlink(root.join("none"), root.join("b/to-none")).expect("a link");
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
        let expected = [
            "a/file",
            "a/to-b/file",
            "a/to-b/to-none",
            "b/file",
            "b/to-a/file",
            "b/to-none",
        ];
        assert_eq!(names, expected);
        assert!(found.unreadable.is_empty());
        assert_eq!(walk(&root.join("none"), &[]).unreadable.len(), 1);
    }
}
