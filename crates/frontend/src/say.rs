//! How messages call a program's modules, and what they say of the way to them.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::graph::ModuleId;
use crate::load::Loader;

impl Loader<'_> {
    pub(crate) fn error(&mut self, index: Option<usize>, error: Diagnostic) {
        // What is wrong with a tsconfig.json is wrong with every file below it.
        let is_of_project = error.labels.is_empty() || error.code == "invalid-tsconfig";
        let is_known = is_of_project
            && self
                .errors
                .iter()
                .any(|(_, other)| other.message == error.message);
        if !is_known {
            let error = self.with_chain(index, error);
            self.errors.push((index.map(ModuleId), error));
        }
    }

    /// Says which imports led to a module.
    pub(crate) fn with_chain(&self, index: Option<usize>, diagnostic: Diagnostic) -> Diagnostic {
        let mut names = Vec::new();
        let mut at = index;
        while let Some(index) = at {
            names.push(self.shown(&self.queue[index].name));
            at = self.queue[index]
                .importer
                .as_ref()
                .map(|(importer, _)| importer.0);
        }
        if names.len() < 2 {
            return diagnostic;
        }
        names.reverse();
        diagnostic.with_note(format!("imported along {}", names.join(" → ")))
    }

    /// A module's name as a path that the user can open.
    pub(crate) fn shown(&self, name: &str) -> String {
        let mut shown = self.shown.clone();
        let mut rest = name;
        while let Some(parent) = rest.strip_prefix("../")
            && shown.file_name().is_some()
        {
            shown.pop();
            rest = parent;
        }
        shown.join(rest).to_string_lossy().replace('\\', "/")
    }

    /// The path from the entry's directory, with forward slashes.
    pub(crate) fn name(&self, path: &Path) -> String {
        let common = self
            .root
            .components()
            .zip(path.components())
            .take_while(|(a, b)| a == b)
            .count();
        let up = self
            .root
            .components()
            .skip(common)
            .map(|_| "..".to_string());
        let down = path
            .components()
            .skip(common)
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}
