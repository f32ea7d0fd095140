//! The files of a suite: its tests, and the harness that they include.
//!
//! ```text
//! harness/assert.js …        scripts that are evaluated before a test
//! test/language/… .js        tests; those whose names contain `_FIXTURE` are modules that tests import
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::Error;
use crate::frontmatter::Frontmatter;
use crate::mode::Mode;

/// A copy of the suite.
#[derive(Debug)]
pub struct Suite {
    /// The directory of the tests.
    pub root: PathBuf,
    /// Paths of the tests from there on, sorted.
    pub paths: Vec<String>,
    /// The files of the harness, by name.
    pub harness: BTreeMap<String, Script>,
}

/// A file of the harness.
#[derive(Clone, Debug)]
pub struct Script {
    /// The text.
    pub text: String,
    /// The names that it defines.
    pub defines: Vec<String>,
}

/// A test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its path in the suite's `test`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// What it says of itself.
    pub frontmatter: Frontmatter,
}

/// What marks files that are no tests.
const FIXTURE: &str = "_FIXTURE";

impl Suite {
    /// Finds the tests and reads the harness of the suite in this directory.
    ///
    /// # Errors
    /// If there is none.
    pub fn open(directory: &Path) -> Result<Suite, Error> {
        let root = directory.join("test");
        let files = files(&root)?;
        let is_test = |path: &String| path.ends_with(".js") && !path.contains(FIXTURE);
        let paths = files.into_iter().filter(is_test).collect();
        let mut harness = BTreeMap::new();
        let place = directory.join("harness");
        for name in files_of_harness(&place)? {
            let text = read(&place.join(&name))?;
            let defines = match Frontmatter::read(&text) {
                Some(front) => front.defines,
                None => Vec::new(),
            };
            harness.insert(name, Script { text, defines });
        }
        Ok(Suite {
            root,
            paths,
            harness,
        })
    }

    /// Reads a test.
    ///
    /// # Errors
    /// If the file cannot be read, or has no front matter.
    pub fn test(&self, path: &str) -> Result<Test, Error> {
        let text = read(&self.root.join(path))?;
        match Frontmatter::read(&text) {
            Some(frontmatter) => Ok(Test {
                path: path.to_string(),
                text,
                frontmatter,
            }),
            None => Err(Error::Frontmatter(path.to_string())),
        }
    }

    /// Copies what tests import into a directory that says of itself that its files are ECMAScript modules, as the suite
    /// does not: the fixtures, and the tests that are modules, which can import themselves.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn lay_out(&self, directory: &Path) -> Result<(), Error> {
        let write = |path: &Path, text: &[u8]| {
            let made = fs::create_dir_all(path.parent().unwrap_or(path));
            made.and_then(|()| fs::write(path, text))
                .map_err(|error| Error::File(path.to_owned(), error))
        };
        write(
            &directory.join("package.json"),
            b"{ \"type\": \"module\" }\n",
        )?;
        for path in files(&self.root)? {
            let source = self.root.join(&path);
            let text = fs::read(&source).map_err(|error| Error::File(source, error))?;
            let is_test = path.ends_with(".js") && !path.contains(FIXTURE);
            if !is_test || is_module(&text) {
                write(&directory.join(&path), &text)?;
            }
        }
        Ok(())
    }
}

fn is_module(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    // Most tests are none, and reading YAML takes longer than this.
    text.contains("module")
        && Frontmatter::read(&text).is_some_and(|front| front.has_flag("module"))
}

impl Test {
    /// The modes in which it is to be run.
    #[must_use]
    pub fn modes(&self) -> Vec<Mode> {
        let has = |flag| self.frontmatter.has_flag(flag);
        if has("module") {
            vec![Mode::Module]
        } else if has("raw") || has("noStrict") {
            vec![Mode::Sloppy]
        } else if has("onlyStrict") {
            vec![Mode::Strict]
        } else {
            vec![Mode::Sloppy, Mode::Strict]
        }
    }

    /// Whether nothing may stand before or behind its text.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        self.frontmatter.has_flag("raw")
    }

    /// Whether it ends when it has called `$DONE`.
    #[must_use]
    pub fn is_async(&self) -> bool {
        self.frontmatter.has_flag("async")
    }
}

/// All files below a directory, by their paths from there on, sorted.
fn files(root: &Path) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(root) {
        let entry = entry.map_err(|error| Error::File(root.to_owned(), error.into()))?;
        let path = entry.path().strip_prefix(root).ok().and_then(Path::to_str);
        if let Some(path) = path
            && entry.file_type().is_file()
        {
            paths.push(path.to_string());
        }
    }
    paths.sort();
    Ok(paths)
}

fn files_of_harness(place: &Path) -> Result<Vec<String>, Error> {
    let is_script = |name: &String| name.ends_with(".js");
    Ok(files(place)?.into_iter().filter(is_script).collect())
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::File(path.to_owned(), error))
}
