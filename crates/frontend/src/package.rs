//! What the `package.json` files above a module say about it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::parse::Goal;

/// A package that modules lie in.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Its `package.json`.
    pub(crate) file: Option<PathBuf>,
    kind: Option<String>,
    browser: Value,
    /// Whether it has an entry for bundlers, `module`.
    has_module: bool,
}

impl Package {
    /// Whether it says that its files are CommonJS.
    pub(crate) fn is_commonjs(&self) -> bool {
        self.kind.as_deref() == Some("commonjs")
    }

    /// Whether browsers get other files in the place of some.
    pub(crate) fn has_browser_files(&self) -> bool {
        self.browser
            .as_object()
            .is_some_and(|map| map.keys().any(|name| name.starts_with('.')))
    }

    /// Whether what browsers get is said of the files that bundlers get.
    pub(crate) fn is_for_bundlers(&self) -> bool {
        self.has_module && self.has_browser_files()
    }

    /// What the field `browser` has in place of a module of Node: `false` for an empty module, or another specifier.
    pub(crate) fn in_place_of(&self, builtin: &str) -> Option<&Value> {
        let map = self.browser.as_object()?;
        map.get(builtin)
            .or_else(|| map.get(builtin.strip_prefix("node:")?))
    }
}

/// The packages that were looked at, by directory.
#[derive(Default)]
pub(crate) struct Packages(HashMap<PathBuf, Arc<Package>>);

impl Packages {
    /// The package of a file.
    pub(crate) fn of(&mut self, file: &Path) -> Arc<Package> {
        match file.parent() {
            Some(directory) => self.of_directory(directory),
            None => Arc::default(),
        }
    }

    /// Every `package.json` that was read.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.values().filter_map(|package| package.file.as_ref())
    }

    fn of_directory(&mut self, directory: &Path) -> Arc<Package> {
        if let Some(package) = self.0.get(directory) {
            return Arc::clone(package);
        }
        let package = match read(directory) {
            Some(package) => Arc::new(package),
            None => match directory.parent() {
                // A package ends where its own packages are kept.
                Some(parent)
                    if directory
                        .file_name()
                        .is_none_or(|name| name != "node_modules") =>
                {
                    self.of_directory(parent)
                }
                _ => Arc::default(),
            },
        };
        self.0.insert(directory.to_owned(), Arc::clone(&package));
        package
    }
}

fn read(directory: &Path) -> Option<Package> {
    let file = directory.join("package.json");
    let text = inputs::read_text(&file, inputs::SETTINGS).ok()?;
    // What is wrong with it is said by whoever resolves an import by it.
    let mut value: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    Some(Package {
        file: Some(file),
        kind: value["type"].as_str().map(str::to_string),
        has_module: value["module"].is_string(),
        browser: value
            .get_mut("browser")
            .map(Value::take)
            .unwrap_or_default(),
    })
}

/// What kind of module a file is by its name and its package.
pub(crate) fn goal(file: &Path, package: &Package) -> Goal {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("mjs" | "mts") => Goal::Module,
        Some("cjs" | "cts") => Goal::CommonJs,
        _ if package.kind.as_deref() == Some("module") => Goal::Module,
        _ => Goal::Either,
    }
}
