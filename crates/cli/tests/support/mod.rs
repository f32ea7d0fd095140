//! Runs `jsc` in a directory of its own.
#![allow(
    dead_code,
    reason = "each test target that has this module uses a part of it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use tempfile::TempDir;

/// A directory with files, which goes with this value.
pub(crate) struct Project {
    directory: TempDir,
}

impl Project {
    /// A directory with these files: name and text.
    pub(crate) fn new(files: &[(&str, &str)]) -> Project {
        let project = Project {
            directory: tempfile::tempdir().expect("a temporary directory"),
        };
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    /// A directory with the program `index.js` compiled to `index.wasm`.
    pub(crate) fn compiled(program: &str) -> Project {
        Project::compiled_with(program, &[])
    }

    /// The same, with more arguments of `jsc compile`.
    pub(crate) fn compiled_with(program: &str, arguments: &[&str]) -> Project {
        let project = Project::new(&[("index.js", program)]);
        project.succeed(&[&["compile", "index.js", "-q"], arguments].concat(), "");
        project
    }

    /// The path of a file of this directory.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file, and the directories that lead to it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        let parent = path.parent().expect("a path in the directory");
        fs::create_dir_all(parent).expect("a directory for the file");
        fs::write(path, content).expect("a file");
    }

    /// The content of a file.
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// All files in here, with their contents.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn collect(directory: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in fs::read_dir(directory).expect("a directory") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    collect(&path, files);
                } else {
                    let content = fs::read(&path).expect("a file");
                    files.insert(path, content);
                }
            }
        }
        let mut files = BTreeMap::new();
        collect(self.directory.path(), &mut files);
        files
    }

    /// `jsc` with these arguments in this directory, untouched by the user's settings.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jsc"));
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env(
                "JSC_CACHE_DIR",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"),
            )
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("COLUMNS");
        command
    }

    /// Runs `jsc` with this standard input to its end.
    pub(crate) fn jsc(&self, arguments: &[&str], stdin: impl AsRef<[u8]>) -> Finished {
        finish(&mut self.command(arguments), stdin.as_ref())
    }

    /// Runs `jsc`, which must succeed; what it writes to standard output.
    pub(crate) fn succeed(&self, arguments: &[&str], stdin: impl AsRef<[u8]>) -> String {
        let finished = self.jsc(arguments, stdin);
        assert_eq!(
            finished.code, 0,
            "jsc {arguments:?} fails: {}",
            finished.stderr
        );
        finished.stdout
    }
}

/// A process that has ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finished {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Finished {
    fn from(output: Output) -> Finished {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("jsc writes UTF-8");
        Finished {
            code: output.status.code().expect("jsc exits by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// Runs a command with this standard input to its end.
pub(crate) fn finish(command: &mut Command, stdin: &[u8]) -> Finished {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("jsc starts");
    let mut pipe = child.stdin.take().expect("standard input is a pipe");
    thread::scope(|scope| {
        // A program need not read all of its input.
        scope.spawn(move || drop(pipe.write_all(stdin)));
        child.wait_with_output().expect("jsc ends").into()
    })
}
