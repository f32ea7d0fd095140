//! What was read of files, for the next time that the same program is loaded.
//!
//! A file is read each time, and what was found in it is taken from here where its text is the same: neither clocks nor
//! sizes are trusted. What an import means is found anew, since files that come and go change it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::define::Defines;
use crate::task::{Read, Task};

/// What earlier loads have read.
#[derive(Default)]
pub struct Cache {
    files: HashMap<PathBuf, Entry>,
    /// The definitions that the files were read with.
    defines: Option<Defines>,
    /// Counts loads.
    load: u64,
}

struct Entry {
    key: Key,
    read: Read,
    /// The load that used it last.
    used: u64,
}

/// What a file's reading depends on but its text and the definitions.
#[derive(Clone, PartialEq)]
pub(crate) struct Key {
    pub(crate) shown: String,
    pub(crate) goal: crate::parse::Goal,
    pub(crate) settings: crate::transform::Settings,
    pub(crate) globals: bool,
    pub(crate) form: crate::graph::Form,
}

impl Cache {
    /// Begins a load with these definitions.
    pub(crate) fn begin(&mut self, defines: &Defines) {
        if self.defines.as_ref() != Some(defines) {
            self.files.clear();
            self.defines = Some(defines.clone());
        }
        self.load += 1;
    }

    /// What was read of a file with this text.
    pub(crate) fn find(&self, task: &Task, text: &str) -> Option<Read> {
        let entry = self.files.get(&task.path)?;
        (entry.key == task.key && entry.read.source.text == text).then(|| entry.read.clone())
    }

    /// Remembers what was read.
    pub(crate) fn insert(&mut self, path: &Path, key: Key, read: &Read) {
        let used = self.load;
        if let Some(entry) = self.files.get_mut(path)
            && entry.key == key
            && std::sync::Arc::ptr_eq(&entry.read.source, &read.source)
        {
            entry.used = used;
            return;
        }
        let read = read.clone();
        self.files
            .insert(path.to_owned(), Entry { key, read, used });
    }

    /// Forgets the files that are no part of the program any more. A load that failed may not have come to all.
    pub(crate) fn end(&mut self) {
        let load = self.load;
        self.files.retain(|_, entry| entry.used == load);
    }
}
