//! The texts that a module was made of: `--source-map` writes them beside it, and `jsc run` shows the line that threw.
//!
//! Stack traces name files and lines of the source by themselves: the module's functions are bytecode, which has a table of
//! its lines, and no place in the module's code is a place in the source. So the map has sources and no mappings.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use compiler::{Artifact, Label, SourceFile, render_frame};
use serde_json::{Value, json};

/// Sources by the names that stack traces have for them.
#[derive(Default)]
pub(crate) struct Sources(Vec<(String, Arc<SourceFile>)>);

impl Sources {
    /// Those of a program that was just compiled.
    pub(crate) fn of(artifact: &Artifact) -> Sources {
        Sources(artifact.sources.clone())
    }

    /// Those of the map beside a module; none where there is no map, or it is none.
    pub(crate) fn beside(module: &Path) -> Sources {
        let map = inputs::read_text(&map_path(module), inputs::SOURCE).unwrap_or_default();
        let map: Value = serde_json::from_str(&map).unwrap_or_default();
        let texts = |key: &str| map[key].as_array().cloned().unwrap_or_default();
        let pairs = texts("sources").into_iter().zip(texts("sourcesContent"));
        let source = |(name, text): (Value, Value)| {
            let name = name.as_str()?.to_string();
            let file = SourceFile::new(name.clone(), text.as_str()?.to_string());
            Some((name, Arc::new(file)))
        };
        Sources(pairs.filter_map(source).collect())
    }

    /// Whether there was a map with sources.
    pub(crate) fn is_map(&self) -> bool {
        !self.is_empty()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The source map of `module`.
    pub(crate) fn map(&self, module: &Path) -> String {
        let file = module
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        let texts: Vec<&str> = self
            .0
            .iter()
            .map(|(_, source)| source.text.as_str())
            .collect();
        json!({
            "version": 3,
            "file": file,
            "sources": names,
            "sourcesContent": texts,
            "names": [],
            "mappings": "",
        })
        .to_string()
    }

    /// The source line of the innermost frame that lies in one of them, of the frames that `text` begins with; none where the
    /// place does not exist, as in a map of another module.
    pub(crate) fn frame(&self, text: &str) -> Option<String> {
        let mut frames = text
            .lines()
            .map_while(|line| line.trim_end().strip_prefix("    at "));
        frames.find_map(|frame| {
            let place = frame
                .rsplit_once(" (")
                .map_or(frame, |(_, place)| place.trim_end_matches(')'));
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            let (_, source) = self.0.iter().find(|(known, _)| known == name)?;
            let start = source.offset(line.parse().ok()?, column.parse().ok()?)?;
            let at = source.text[start..].chars().next()?;
            if matches!(at, '\n' | '\r') {
                return None;
            }
            let label = Label {
                source: Arc::clone(source),
                span: start..start + at.len_utf8(),
                text: String::new(),
            };
            let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            Some(render_frame(&label, colour))
        })
    }
}

/// `fn.wasm` → `fn.wasm.map`
pub(crate) fn map_path(module: &Path) -> PathBuf {
    let mut name = OsString::from(module);
    name.push(".map");
    PathBuf::from(name)
}

/// Standard error, of which the last write is remembered: a module that fails ends with one that begins with the frames of
/// the error (`js-runtime/src/uncaught.rs`).
#[derive(Clone, Default)]
pub(crate) struct LastWrite(Arc<Mutex<Vec<u8>>>);

impl LastWrite {
    pub(crate) fn text(&self) -> String {
        let bytes = self
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for LastWrite {
    /// Writes all of `bytes`, so that they are remembered as one.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::stderr().write_all(bytes)?;
        let mut last = self
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        last.clear();
        last.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
