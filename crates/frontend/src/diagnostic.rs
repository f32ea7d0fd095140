//! Messages about a program to its author.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::json;

use crate::source::SourceFile;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// There will be no module.
    Error,
    /// There will be one, but it may not do what its author wants.
    Warning,
    /// There will be one, and this is how it came about.
    Note,
}

/// A message about a program.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of message it is: stable, in kebab-case.
    pub code: &'static str,
    /// What is wrong: starts in lower case, no final period, names the thing.
    pub message: String,
    /// The places that it is about, the most important first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<Box<str>>,
    /// What else there is to know.
    pub note: Option<Box<str>>,
    /// The JavaScript stack: a line a frame.
    pub stack: Option<Box<str>>,
}

/// A place in a file, and what is there.
#[derive(Clone, Debug)]
pub struct Label {
    /// The file.
    pub source: Arc<SourceFile>,
    /// The place, in bytes.
    pub span: Range<usize>,
    /// What is there; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// An error without a place.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic {
            severity: Severity::Error,
            code,
            message,
            labels: Vec::new(),
            help: None,
            note: None,
            stack: None,
        }
    }

    /// A warning without a place.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message)
        }
    }

    /// A note without a place.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Note,
            ..Diagnostic::error(code, message)
        }
    }

    /// Adds a place.
    #[must_use]
    pub fn with_label(
        mut self,
        source: Arc<SourceFile>,
        span: Range<usize>,
        text: impl Into<String>,
    ) -> Diagnostic {
        self.labels.push(Label {
            source,
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Box<str>>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds what else there is to know.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Box<str>>) -> Diagnostic {
        self.note = Some(note.into());
        self
    }

    /// Adds the JavaScript stack.
    #[must_use]
    pub fn with_stack(mut self, stack: impl Into<Box<str>>) -> Diagnostic {
        self.stack = Some(stack.into());
        self
    }

    /// Whether there will be no module.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The message for programs: one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let label = |label: &Label| {
            let (line, column) = label.source.position(label.span.start);
            let (end_line, end_column) =
                label.source.position(label.span.end.max(label.span.start));
            json!({
                "file": label.source.name,
                "line": line,
                "column": column,
                "endLine": end_line,
                "endColumn": end_column,
                "text": label.text,
            })
        };
        json!({
            "type": "diagnostic",
            "severity": match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "code": self.code,
            "message": self.message,
            "labels": self.labels.iter().map(label).collect::<Vec<_>>(),
            "help": self.help,
            "note": self.note,
            "stack": self.stack,
        })
        .to_string()
    }

    /// The message with the source lines that it is about, for people; in colours if `colour`.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = level
            .primary_title(figures::lines(&self.message))
            .id(self.code)
            .elements(self.labels.iter().map(snippet));
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(figures::lines(help)));
        }
        if let Some(note) = &self.note {
            group = group.element(Level::NOTE.message(figures::lines(note)));
        }
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        let mut text = self.labels.iter().fold(text, with_column);
        text.push('\n');
        if let Some(stack) = &self.stack {
            text.push_str(figures::lines(stack.trim_end()).as_ref());
            text.push('\n');
        }
        text
    }
}

/// The source line of a place, for people; in colours if `colour`.
#[must_use]
pub fn render_frame(label: &Label, colour: bool) -> String {
    let group = annotate_snippets::Group::with_level(Level::ERROR).element(snippet(label));
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    let mut text = with_column(text, label);
    text.push('\n');
    text
}

/// A text without the control characters that the renderer leaves in, which some terminals obey. The others have as many
/// bytes, so that places stay where they are.
fn visible(text: &str) -> Cow<'_, str> {
    const CONTROLS: RangeInclusive<char> = '\u{80}'..='\u{9f}';
    let is_control = |character: char| CONTROLS.contains(&character);
    match text.contains(is_control) {
        true => text.replace(is_control, "·").into(),
        false => text.into(),
    }
}

/// A rendered text with the column of `label` as it is everywhere else: the renderer counts characters.
fn with_column(text: String, label: &Label) -> String {
    let (line, column) = label.source.position(label.span.start);
    let start = label.source.line_start(line);
    let before = label.source.text.get(start..label.span.start);
    let shown = before.map_or(column, |before| before.chars().count() + 1);
    if shown == column {
        return text;
    }
    let place = |column: usize| format!("{}:{line}:{column}", label.source.name);
    text.replacen(&place(shown), &place(column), 1)
}

/// The lines of a label. Only they go to the renderer, which would look through the whole of a large file.
fn snippet(label: &Label) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let Label { source, span, text } = label;
    let first = source.position(span.start).0;
    let last = source.position(span.end.max(span.start)).0.min(first + 8);
    let start = source.line_start(first);
    let end = source.line_start(last) + source.line(last).len();
    let within =
        span.start.min(end) - start..span.end.clamp(span.start, end.max(span.start)) - start;
    let annotation = AnnotationKind::Primary.span(within);
    let annotation = if text.is_empty() {
        annotation
    } else {
        annotation.label(figures::lines(text))
    };
    Snippet::source(visible(&source.text[start..end]))
        .line_start(first)
        .path(figures::name(&source.name))
        .annotation(annotation)
}
