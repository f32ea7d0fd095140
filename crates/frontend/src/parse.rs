//! Parses a file, as an ECMAScript module or as a CommonJS module, and finds all of its syntax errors.

use std::ops::Range;

use swc_common::comments::{Comments, SingleThreadedComments};
use swc_common::{BytePos, FileName, SourceFile, Span, Spanned, sync::Lrc};
use swc_ecma_ast::{
    Callee, EsVersion, Expr, Import, ImportDecl, ImportPhase, ModuleDecl, ModuleItem, NewExpr,
    Program,
};
use swc_ecma_parser::error::{Error, SyntaxError};
use swc_ecma_parser::{
    EsSyntax, Syntax, TsSyntax, parse_file_as_commonjs, parse_file_as_module, parse_file_as_script,
};
use swc_ecma_visit::{Visit, VisitWith};

use crate::depth;
use crate::exports;
use crate::stand_in::StandIns;

/// Which syntax a file is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Language {
    pub(crate) typescript: bool,
    pub(crate) jsx: bool,
}

impl Language {
    /// The language of a file with this name.
    pub(crate) fn of(name: &str) -> Language {
        let extension = name.rsplit('.').next().unwrap_or_default();
        Language {
            typescript: matches!(extension, "ts" | "mts" | "cts" | "tsx"),
            jsx: matches!(extension, "tsx" | "jsx"),
        }
    }

    fn syntax(self) -> Syntax {
        if self.typescript {
            return Syntax::Typescript(TsSyntax {
                tsx: self.jsx,
                decorators: true,
                ..TsSyntax::default()
            });
        }
        Syntax::Es(EsSyntax {
            auto_accessors: true,
            decorators: true,
            decorators_before_export: true,
            import_attributes: true,
            explicit_resource_management: true,
            jsx: self.jsx,
            ..EsSyntax::default()
        })
    }
}

/// Which kind of module a file is, as far as its name and its package say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// An ECMAScript module.
    Module,
    /// A CommonJS module.
    CommonJs,
    /// A script: global code.
    Script,
    /// The text decides: CommonJS unless it has syntax of ECMAScript modules.
    Either,
    /// The text decides: an ECMAScript module unless it exports as CommonJS does, or is right as CommonJS only.
    Entry,
}

/// A parsed file.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// A `Script` is a CommonJS module, unless the goal was a script.
    pub(crate) program: Program,
    pub(crate) comments: SingleThreadedComments,
    /// What of it is not what the text says.
    pub(crate) stand_ins: StandIns,
}

/// A syntax error.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) span: Range<usize>,
}

/// Parses `text`.
pub(crate) fn parse(text: &str, language: Language, goal: Goal) -> Result<Parsed, Vec<Fault>> {
    depth::check(text, language).map_err(|fault| vec![fault])?;
    let as_module = || parse_as(text, language, Goal::Module);
    let as_commonjs = || parse_as(text, language, Goal::CommonJs);
    match goal {
        Goal::Module => as_module(),
        Goal::CommonJs => as_commonjs(),
        Goal::Script => parse_as(text, language, Goal::Script),
        Goal::Either if !text.contains("import") && !text.contains("export") => {
            // `await` at the top level makes a module, too.
            as_commonjs().or_else(|faults| as_module().map_err(|_| faults))
        }
        Goal::Either => match as_module() {
            Ok(parsed) if has_module_syntax(&parsed.program) => Ok(parsed),
            Ok(parsed) => as_commonjs().or(Ok(parsed)),
            Err(faults) => as_commonjs().map_err(|_| faults),
        },
        Goal::Entry => match as_module() {
            Ok(parsed) if has_module_syntax(&parsed.program) => Ok(parsed),
            Ok(parsed) => match as_commonjs() {
                Ok(script) if exports::is_commonjs(&script.program) => Ok(script),
                _ => Ok(parsed),
            },
            Err(faults) => match as_commonjs() {
                // Sloppy code need not be a module to be right.
                Ok(script) => Ok(script),
                Err(_) => Err(faults),
            },
        },
    }
}

/// Whether a program can only be an ECMAScript module: it imports or exports, and does not say `export =`, which makes a
/// CommonJS module of what imports, too.
pub(crate) fn has_module_syntax(program: &Program) -> bool {
    let Program::Module(module) = program else {
        return false;
    };
    let is_declaration = |item: &ModuleItem| match item {
        // `import x = require()` and `export =` are TypeScript's words for CommonJS.
        ModuleItem::ModuleDecl(
            ModuleDecl::TsImportEquals(_) | ModuleDecl::TsExportAssignment(_),
        ) => false,
        ModuleItem::ModuleDecl(_) => true,
        ModuleItem::Stmt(_) => false,
    };
    module.body.iter().any(is_declaration) && !exports_whole(program)
}

/// Whether a program says `export =`.
pub(crate) fn exports_whole(program: &Program) -> bool {
    let is_whole = |item: &ModuleItem| {
        matches!(
            item,
            ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(_))
        )
    };
    program
        .as_module()
        .is_some_and(|module| module.body.iter().any(is_whole))
}

/// Parses `text` with this goal, which is `Module`, `CommonJs` or `Script`.
fn parse_as(text: &str, language: Language, goal: Goal) -> Result<Parsed, Vec<Fault>> {
    let comments = SingleThreadedComments::default();
    let (program, errors) = parse_once(text.to_string(), language, goal, Some(&comments));
    let errors = errors
        .iter()
        .filter(|error| !is_for_the_engine(error, goal, language));
    let mut faults: Vec<Fault> = errors.map(|error| fault(error, text)).collect();
    match program {
        Ok(program) => {
            faults.extend(unsupported(&program, text));
            if faults.is_empty() {
                let stand_ins = StandIns::default();
                return Ok(Parsed {
                    program,
                    comments,
                    stand_ins,
                });
            }
        }
        Err(error) => {
            if let Some(parsed) = parse_with_stand_ins(text, language, goal) {
                return Ok(parsed);
            }
            let first = fault(&error, text);
            let mut from = first.span.start;
            faults.push(first);
            faults.extend(parse_behind(text, &mut from, language, goal));
        }
    }
    faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    faults.dedup_by_key(|fault| fault.span.start);
    faults.truncate(MOST_FAULTS);
    Err(faults)
}

/// Parses what swc's parser does not know by something else in its place.
fn parse_with_stand_ins(text: &str, language: Language, goal: Goal) -> Option<Parsed> {
    let (replaced, stand_ins) = StandIns::of(text)?;
    let comments = SingleThreadedComments::default();
    let (program, errors) = parse_once(replaced, language, goal, Some(&comments));
    let mut errors = errors
        .iter()
        .filter(|error| !is_for_the_engine(error, goal, language));
    let program = program.ok().filter(|_| errors.next().is_none())?;
    Some(Parsed {
        program,
        comments,
        stand_ins,
    })
}

/// Whether swc takes for an error what may be none: `if (a) function b() {}` of sloppy code. The engine knows.
fn is_for_the_engine(error: &Error, goal: Goal, language: Language) -> bool {
    matches!(goal, Goal::CommonJs | Goal::Script)
        && !language.typescript
        && matches!(error.kind(), SyntaxError::DeclNotAllowed)
}

/// What swc lets pass and nobody can run: `new import("a")`, `import defer * as a from "a"`.
fn unsupported(program: &Program, text: &str) -> Vec<Fault> {
    struct Finder(Vec<(&'static str, Span)>);

    impl Finder {
        fn phase(&mut self, phase: ImportPhase, span: Span) {
            match phase {
                ImportPhase::Evaluation => {}
                ImportPhase::Defer => self.0.push((
                    "`import defer` is not known: import the module, or load it by import()",
                    span,
                )),
                ImportPhase::Source => self.0.push((
                    "`import source` is not known: a compiled module loads no others",
                    span,
                )),
            }
        }
    }

    impl Visit for Finder {
        fn visit_new_expr(&mut self, new: &NewExpr) {
            if let Expr::Call(call) = &*new.callee
                && let Callee::Import(import) = &call.callee
            {
                self.0
                    .push(("import() cannot be called with new", import.span));
            }
            new.visit_children_with(self);
        }

        fn visit_import(&mut self, import: &Import) {
            self.phase(import.phase, import.span);
        }

        fn visit_import_decl(&mut self, import: &ImportDecl) {
            self.phase(import.phase, import.span);
        }
    }

    const WORDS: [&str; 3] = ["new", "defer", "source"];
    if !text.contains("import") || !WORDS.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let mut finder = Finder(Vec::new());
    program.visit_with(&mut finder);
    let fault = |(message, span): (&str, Span)| Fault {
        message: message.to_string(),
        span: range(span, text.len()),
    };
    finder.0.into_iter().map(fault).collect()
}

/// More errors than this help nobody.
const MOST_FAULTS: usize = 50;

/// How often parsing goes on behind an error.
const MAX_RESTARTS: usize = 20;

/// Finds the errors behind a fatal one: parses on from the next line that looks like the start of a statement at the
/// top level. What is not closed there belongs to the first error, so an error at the very end is not reported.
fn parse_behind(text: &str, from: &mut usize, language: Language, goal: Goal) -> Vec<Fault> {
    let mut faults = Vec::new();
    for _ in 0..MAX_RESTARTS {
        let Some(restart) = next_statement(text, *from) else {
            break;
        };
        // Blanks instead of a cut keep every position what it is.
        let mut rest: Vec<u8> = text
            .bytes()
            .map(|byte| if byte == b'\n' { byte } else { b' ' })
            .collect();
        rest[restart..].copy_from_slice(&text.as_bytes()[restart..]);
        let Ok(rest) = String::from_utf8(rest) else {
            break;
        };
        let (module, errors) = parse_once(rest, language, goal, None);
        let behind = |fault: &Fault| fault.span.start >= restart;
        faults.extend(errors.iter().map(|error| fault(error, text)).filter(behind));
        let Err(error) = module else { break };
        let fatal = fault(&error, text);
        *from = fatal.span.start.max(restart);
        // A closing bracket too many at the start of a line closes what the first error broke open.
        let (before, behind) = text.split_at(fatal.span.start);
        let opens_line = before
            .rsplit('\n')
            .next()
            .is_some_and(|line| line.trim().is_empty());
        let is_consequence = (opens_line && behind.starts_with(['}', ')', ']']))
            || fatal.span.start >= text.trim_end().len();
        if !is_consequence {
            faults.push(fatal);
        }
    }
    faults
}

/// The start of the first line behind the one of `from` that begins with a word or a statement's keyword.
fn next_statement(text: &str, from: usize) -> Option<usize> {
    const STARTS: [&str; 16] = [
        "import ",
        "export ",
        "const ",
        "let ",
        "var ",
        "function ",
        "function* ",
        "class ",
        "async ",
        "if ",
        "for ",
        "while ",
        "switch ",
        "try ",
        "return ",
        "throw ",
    ];
    let mut line_start = from + text.get(from..)?.find('\n')? + 1;
    loop {
        let rest = &text[line_start..];
        if STARTS.iter().any(|start| rest.starts_with(start)) {
            return Some(line_start);
        }
        line_start += rest.find('\n')? + 1;
    }
}

fn parse_once(
    text: String,
    language: Language,
    goal: Goal,
    comments: Option<&SingleThreadedComments>,
) -> (Result<Program, Error>, Vec<Error>) {
    // Positions count from 1: 0 means "nowhere" to swc.
    let file = SourceFile::new(
        Lrc::new(FileName::Anon),
        false,
        Lrc::new(FileName::Anon),
        text.into(),
        BytePos(1),
    );
    let mut errors = Vec::new();
    let syntax = language.syntax();
    // Only transformations of JSX and TypeScript read comments.
    let comments = comments
        .filter(|_| language != Language::default())
        .map(|comments| comments as &dyn Comments);
    let version = EsVersion::EsNext;
    let program =
        match goal {
            Goal::Script => parse_file_as_script(&file, syntax, version, comments, &mut errors)
                .map(Program::Script),
            Goal::CommonJs if !language.typescript => {
                parse_file_as_commonjs(&file, syntax, version, comments, &mut errors)
                    .map(Program::Script)
            }
            _ => parse_file_as_module(&file, syntax, version, comments, &mut errors)
                .map(Program::Module),
        };
    (program, errors)
}

fn fault(error: &Error, text: &str) -> Fault {
    Fault {
        message: message(error.kind()),
        span: range(error.span(), text.len()),
    }
}

/// swc's message, in our form.
fn message(error: &SyntaxError) -> String {
    let text = match error {
        SyntaxError::WithLabel { inner, .. } => return message(inner.kind()),
        SyntaxError::Eof => "the file ends in the middle of a statement".to_string(),
        SyntaxError::Unexpected { got, expected: "" } => format!("unexpected {got}"),
        SyntaxError::Unexpected { got, expected } => format!("expected {expected}, found {got}"),
        SyntaxError::Expected(token, got) => format!(
            "expected `{}`, found {got}",
            format!("{token:?}")
                .to_lowercase()
                .trim_matches(['\'', '"'])
        ),
        other => other.msg().into_owned(),
    };
    // TypeScript's parser lists all that a type can begin with.
    if text.starts_with("expected an identifier, void,")
        || text.starts_with("Expected an identifier, void,")
    {
        return "expected a type".to_string();
    }
    let text = text.trim_end_matches('.').to_string();
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        // "JSX …" stays, "Unexpected …" becomes "unexpected …".
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text,
    }
}

/// A span as offsets from 0.
pub(crate) fn range(span: Span, length: usize) -> Range<usize> {
    let offset = |position: BytePos| (position.0.saturating_sub(1) as usize).min(length);
    offset(span.lo)..offset(span.hi).max(offset(span.lo))
}

#[cfg(test)]
mod tests {
    use super::{Goal, Language, parse};

    #[test]
    fn every_syntax_error_is_found_once() {
        let lines = |text: &str| -> Vec<usize> {
            let parsed = parse(text, Language::default(), Goal::Module);
            let faults = parsed.expect_err("it does not parse");
            faults
                .iter()
                .map(|fault| text[..fault.span.start].matches('\n').count() + 1)
                .collect()
        };
        assert_eq!(
            lines("const a = ;\nconst b = 1;\nlet c = );\nfunction f() {}\n"),
            [1, 3]
        );
        assert_eq!(
            lines("function f() {\n  return (;\n}\n\nconst x = 1;\nconst y = [1,,;\n"),
            [2, 6]
        );
        assert_eq!(lines("const x = {\n"), [2]);
    }
}
