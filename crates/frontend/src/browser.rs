//! Packages that have one form for Node and one for browsers: the one for browsers is taken where that for Node needs
//! Node's own modules, which do not exist here, and is handed on to the packages that it imports, so that all of a family
//! have the same.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use oxc_resolver::ResolveOptions;

use crate::absent;
use crate::file_system::{Files, Resolver};
use crate::package::Packages;

/// More files than this are not looked through for one package.
const MAX_FILES: usize = 500;

/// Finds the forms of packages.
pub(crate) struct Forms {
    /// For Node.
    plain: Resolver,
    plain_require: Resolver,
    /// For browsers.
    browser: Resolver,
    browser_require: Resolver,
    /// For browsers, of packages that say it of their form for bundlers.
    bundled: Resolver,
    /// The entries of packages that were looked at, and which module of Node each needs.
    needs: HashMap<PathBuf, Option<String>>,
    preference: Preference,
    files: Files,
}

/// Which form the user has asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    /// That for browsers only where the other cannot work.
    None,
    Browser,
    Node,
}

/// The form for browsers of a package.
pub(crate) struct Form {
    pub(crate) entry: PathBuf,
    /// The module that the form for Node needs; none where the user has asked for this form.
    pub(crate) reason: Option<String>,
}

impl Forms {
    /// With the options for packages: for `import` and for `require`.
    pub(crate) fn new(
        first: &Resolver,
        import: &ResolveOptions,
        require: &ResolveOptions,
        preference: Preference,
        files: Files,
    ) -> Forms {
        let in_browser = |options: &ResolveOptions, main_fields: [&str; 3]| {
            let mut options = options.clone();
            options.condition_names.push("browser".to_string());
            options.main_fields = main_fields.map(str::to_string).to_vec();
            options.alias_fields = vec![vec!["browser".to_string()]];
            first.clone_with_options(options)
        };
        Forms {
            plain: first.clone_with_options(import.clone()),
            plain_require: first.clone_with_options(require.clone()),
            browser: in_browser(import, ["browser", "main", "module"]),
            browser_require: in_browser(require, ["browser", "main", "module"]),
            bundled: in_browser(import, ["browser", "module", "main"]),
            needs: HashMap::new(),
            preference,
            files,
        }
    }

    /// For imports in a package whose form for browsers is used, and into others.
    pub(crate) fn resolver(&self, by_require: bool) -> &Resolver {
        match by_require {
            true => &self.browser_require,
            false => &self.browser,
        }
    }

    /// The entry for bundlers of a package that has one for browsers among them.
    pub(crate) fn bundled(
        &self,
        file: &Path,
        specifier: &str,
        entry: &Path,
        packages: &mut Packages,
    ) -> Option<PathBuf> {
        if !packages.of(entry).is_for_bundlers() {
            return None;
        }
        let resolution = self.bundled.resolve_file(file, specifier).ok()?;
        Some(resolution.into_path_buf())
    }

    /// The form for browsers of the package that `specifier` means in `file`, if it has one and that at `path` needs
    /// modules of Node.
    pub(crate) fn of(
        &mut self,
        file: &Path,
        specifier: &str,
        by_require: bool,
        path: &Path,
        packages: &mut Packages,
    ) -> Option<Form> {
        if self.preference == Preference::Node {
            return None;
        }
        let other = self.resolver(by_require).resolve_file(file, specifier);
        let other = other.ok()?.into_path_buf();
        packages.of(&other).file.as_ref()?;
        // The entry may be the same, and another file of the package replaced.
        let is_for_bundlers = packages.of(&other).is_for_bundlers();
        let has_form = other != path || packages.of(&other).has_browser_files();
        // What is said of the form for bundlers is not said of that which is required.
        if !has_form || (is_for_bundlers && by_require && other == path) {
            return None;
        }
        let reason = match self.preference {
            Preference::Browser => None,
            _ => Some(self.needs(path, packages)?),
        };
        let bundled = match by_require {
            true => None,
            false => self.bundled(file, specifier, &other, packages),
        };
        Some(Form {
            entry: bundled.unwrap_or(other),
            reason,
        })
    }

    /// The module of Node that `entry`, a file of its package that it imports, or a package that they import and that has a form
    /// for browsers, imports. Only the text is looked at: a wrong answer picks the other form of the package.
    fn needs(&mut self, entry: &Path, packages: &mut Packages) -> Option<String> {
        if let Some(needs) = self.needs.get(entry) {
            return needs.clone();
        }
        // Packages may import each other.
        self.needs.insert(entry.to_owned(), None);
        let needs = self.look(entry, packages);
        self.needs.insert(entry.to_owned(), needs.clone());
        needs
    }

    fn look(&mut self, entry: &Path, packages: &mut Packages) -> Option<String> {
        let mut files = vec![entry.to_owned()];
        let mut others = Vec::new();
        let mut next = 0;
        while let Some(file) = files.get(next).cloned() {
            next += 1;
            let text = self.files.source(&file).unwrap_or_default();
            for (specifier, by_require) in specifiers(&text) {
                let resolver = match by_require {
                    true => &self.plain_require,
                    false => &self.plain,
                };
                let resolved = resolver.resolve_file(&file, specifier);
                let path = match resolved {
                    Ok(resolution) => resolution.into_path_buf(),
                    Err(_) if absent::is_builtin(specifier) => return Some(specifier.to_string()),
                    Err(_) => continue,
                };
                if !specifier.starts_with('.') {
                    others.push((file.clone(), specifier.to_string(), by_require, path));
                } else if files.len() < MAX_FILES && !files.contains(&path) {
                    files.push(path);
                }
            }
        }
        others
            .into_iter()
            .find_map(|(file, specifier, by_require, path)| {
                self.of(&file, &specifier, by_require, &path, packages)?
                    .reason
            })
    }
}

/// What stands in quotes behind `require(`, `import` and `from`, and whether it is required.
fn specifiers(text: &str) -> impl Iterator<Item = (&str, bool)> {
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
                (end < 200).then(|| (&rest[..end], word == "require("))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::specifiers;

    #[test]
    fn specifiers_are_found_in_text() {
        let text = "import a from 'a';import\"b\";const c = require(\"c\"), d = import( 'd');";
        let mut found: Vec<&str> = specifiers(text).map(|(specifier, _)| specifier).collect();
        found.sort_unstable();
        assert_eq!(found, ["a", "b", "c", "d"]);
    }
}
