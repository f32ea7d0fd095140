//! The files that the resolver sees: it reads regular files only, within a bound, and what it has read is remembered.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use oxc_resolver::{FileMetadata, FileSystem, FileSystemOs, ResolveError, ResolverGeneric};

/// A resolver of these files.
pub(crate) type Resolver = ResolverGeneric<Files>;

/// The machine's files. Clones remember together.
#[derive(Clone, Default)]
pub(crate) struct Files {
    read: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Files {
    /// The text of a module that is only looked at.
    pub(crate) fn source(&self, path: &Path) -> io::Result<String> {
        self.remember(path);
        inputs::read_text(path, inputs::SOURCE)
    }

    fn remember(&self, path: &Path) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(path.to_owned());
    }

    /// Every `package.json` and `tsconfig.json` that was read, and every module that was looked at.
    pub(crate) fn read(&self) -> Vec<PathBuf> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().cloned().collect()
    }
}

impl FileSystem for Files {
    fn new() -> Files {
        Files::default()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let bytes = inputs::read(path, inputs::SETTINGS)?;
        self.remember(path);
        Ok(bytes)
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        FileSystemOs::validate_string(FileSystem::read(self, path)?)
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        FileSystemOs::metadata(path)
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        FileSystemOs::symlink_metadata(path)
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        FileSystemOs::read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }
}
