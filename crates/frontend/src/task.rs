//! The reading of one file, which depends on no other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::analyze::{Analysis, Request, analyze};
use crate::cache::{Cache, Key};
use crate::define::Defines;
use crate::diagnostic::Diagnostic;
use crate::graph::Form;
use crate::parse::{Fault, Goal, Language, parse};
use crate::read;
use crate::source::SourceFile;

/// What reading a file gave.
#[derive(Clone)]
pub(crate) struct Read {
    pub(crate) source: Arc<SourceFile>,
    pub(crate) content: Result<Content, Vec<Diagnostic>>,
}

#[derive(Clone)]
pub(crate) enum Content {
    Json,
    Text,
    Bytes(Vec<u8>),
    Script(Box<Analysis>),
}

/// The reading of one file.
pub(crate) struct Task {
    /// The content of what is in no file.
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) path: PathBuf,
    pub(crate) key: Key,
}

impl Task {
    /// How messages call the file.
    pub(crate) fn shown(&self) -> &str {
        &self.key.shown
    }

    /// Reads the file, or looks up in the cache what is in it.
    pub(crate) fn run(mut self, defines: &Defines, cache: &Cache) -> (PathBuf, Key, Read) {
        let shown = &self.key.shown;
        let bytes = match self.bytes.take() {
            Some(bytes) => Ok(bytes),
            None => inputs::read(&self.path, inputs::SOURCE)
                .map_err(|error| read::cannot_read(shown, &error)),
        };
        let text = match (self.key.form, bytes) {
            (Form::Module, bytes) => bytes.and_then(|bytes| read::text(shown, bytes)),
            (Form::Text, Ok(bytes)) => {
                let text = read::decode(&bytes);
                let read = self.data(text, Content::Text);
                return (self.path, self.key, read);
            }
            (Form::Bytes, Ok(bytes)) => {
                let read = self.data(String::new(), Content::Bytes(bytes));
                return (self.path, self.key, read);
            }
            (_, Err(error)) => Err(error),
        };
        let read = match text {
            Ok(text) => cache
                .find(&self, &text)
                .unwrap_or_else(|| self.read(text, None, defines)),
            Err(error) => self.read(String::new(), Some(error), defines),
        };
        (self.path, self.key, read)
    }

    /// A file that is no program.
    fn data(&self, text: String, content: Content) -> Read {
        Read {
            source: Arc::new(SourceFile::new(self.key.shown.clone(), text)),
            content: Ok(content),
        }
    }

    /// What is in the text, unless there is an error.
    fn read(&self, text: String, error: Option<Diagnostic>, defines: &Defines) -> Read {
        let source = Arc::new(SourceFile::new(self.key.shown.clone(), text));
        if let Some(error) = error {
            return Read {
                source,
                content: Err(vec![error]),
            };
        }
        if self
            .path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let content = read::check_json(&source).map_err(|error| vec![error]);
            return Read {
                source,
                content: content.map(|()| Content::Json),
            };
        }
        let request = Request {
            source: &source,
            goal: self.key.goal,
            settings: &self.key.settings,
            defines,
            known: &BTreeMap::new(),
            globals: self.key.globals,
        };
        let content =
            analyze(&request).map_err(|faults| {
                if let Some(error) = read::binary(&source.name, source.text.as_bytes()) {
                    return vec![error];
                }
                let error =
                    |fault: Fault| {
                        let diagnostic = Diagnostic::error("syntax-error", fault.message)
                            .with_label(Arc::clone(&source), fault.span, "");
                        if self.key.goal == Goal::CommonJs
                            && source.name.ends_with(".cjs")
                            && is_of_modules(&diagnostic)
                        {
                            return diagnostic.with_help(
                                "a .cjs file is a CommonJS module: use require, or name it .mjs",
                            );
                        }
                        diagnostic
                    };
                let help = match self.key.goal {
                    Goal::CommonJs | Goal::Script => None,
                    _ => help_for(&source.text, Language::of(&source.name)),
                };
                let mut errors: Vec<Diagnostic> = faults.into_iter().map(error).collect();
                if let (Some(first), Some(help)) = (errors.first_mut(), help) {
                    first.help = Some(help.into());
                }
                errors
            });
        Read {
            content: content.map(|analysis| Content::Script(Box::new(analysis))),
            source,
        }
    }
}

/// What to do about a text that would be right in another language.
fn help_for(text: &str, language: Language) -> Option<&'static str> {
    if language.typescript || language.jsx {
        return None;
    }
    // Other faults of JavaScript are none in TypeScript, which leaves them to its checker.
    const WORDS: [&str; 5] = [":", "<", "interface", "enum", " as "];
    if !WORDS.iter().any(|word| text.contains(word)) {
        return None;
    }
    let is = |typescript: bool, jsx: bool| {
        parse(text, Language { typescript, jsx }, Goal::Module).is_ok()
    };
    if is(true, false) {
        Some("this is TypeScript; name the file .ts")
    } else if is(false, true) {
        Some("this is JSX; name the file .jsx")
    } else if is(true, true) {
        Some("this is TypeScript with JSX; name the file .tsx")
    } else {
        None
    }
}

/// Whether a syntax error stands at an `import` or `export`.
fn is_of_modules(diagnostic: &Diagnostic) -> bool {
    diagnostic.labels.iter().any(|label| {
        let text = label
            .source
            .text
            .get(label.span.start..)
            .unwrap_or_default();
        text.starts_with("import") || text.starts_with("export")
    })
}
