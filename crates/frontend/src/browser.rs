//! Packages that have one form for Node and one for browsers: the one for browsers is taken where that for Node needs
//! Node's own modules, which do not exist here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::absent;
use crate::file_system::Resolver;

/// More files than this are not looked through for one package.
const MAX_FILES: usize = 500;

/// The entries of packages that were looked at, and whether they need modules of Node.
#[derive(Default)]
pub(crate) struct NodeNeeds(HashMap<PathBuf, bool>);

impl NodeNeeds {
    /// Whether `entry`, or a file of its package that it imports, imports a module of Node. Only the text is looked at: a
    /// wrong answer picks the other form of the package.
    pub(crate) fn of(&mut self, entry: &Path, resolver: &Resolver) -> bool {
        if let Some(needs) = self.0.get(entry) {
            return *needs;
        }
        let needs = needs_node(entry, resolver);
        self.0.insert(entry.to_owned(), needs);
        needs
    }
}

fn needs_node(entry: &Path, resolver: &Resolver) -> bool {
    let mut files = vec![entry.to_owned()];
    let mut next = 0;
    while let Some(file) = files.get(next).cloned() {
        next += 1;
        let text = inputs::read_text(&file, inputs::SOURCE).unwrap_or_default();
        for specifier in specifiers(&text) {
            if absent::is_builtin(specifier) && resolver.resolve_file(&file, specifier).is_err() {
                return true;
            }
            if specifier.starts_with('.')
                && files.len() < MAX_FILES
                && let Ok(resolution) = resolver.resolve_file(&file, specifier)
            {
                let path = resolution.into_path_buf();
                if !files.contains(&path) {
                    files.push(path);
                }
            }
        }
    }
    false
}

/// What stands in quotes behind `require(`, `import` and `from`.
fn specifiers(text: &str) -> impl Iterator<Item = &str> {
    ["require(", "import", "from"]
        .into_iter()
        .flat_map(move |word| {
            text.match_indices(word).filter_map(move |(start, _)| {
                let rest = text[start + word.len()..].trim_start_matches([' ', '(', '\n']);
                let quote = rest
                    .chars()
                    .next()
                    .filter(|quote| matches!(quote, '\'' | '"'))?;
                let rest = &rest[1..];
                let end = rest.find(quote)?;
                (end < 200).then(|| &rest[..end])
            })
        })
}

#[cfg(test)]
mod tests {
    use super::specifiers;

    #[test]
    fn specifiers_are_found_in_text() {
        let text = "import a from 'a';import\"b\";const c = require(\"c\"), d = import( 'd');";
        let mut found: Vec<&str> = specifiers(text).collect();
        found.sort_unstable();
        assert_eq!(found, ["a", "b", "c", "d"]);
    }
}
