//! Parses a module: its syntax errors, all of them, and what it imports and exports.

use std::ops::Range;

use swc_common::{BytePos, FileName, SourceFile, Span, Spanned, sync::Lrc};
use swc_ecma_ast::{
    Decl, DefaultDecl, EsVersion, ExportSpecifier, ImportDecl, ImportSpecifier, Module, ModuleDecl,
    ModuleExportName, ModuleItem, ObjectPatProp, Pat, Str,
};
use swc_ecma_parser::error::{Error, SyntaxError};
use swc_ecma_parser::{EsSyntax, Syntax, parse_file_as_module};

/// What a module says of itself.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// The specifiers of its imports and where they stand.
    pub(crate) imports: Vec<(String, Range<usize>)>,
    /// The names that it takes from other modules: the specifier's place in `imports`, the name, and where it stands.
    pub(crate) names: Vec<(usize, String, Range<usize>)>,
    /// Where its default export stands.
    pub(crate) default: Option<Range<usize>>,
    /// The names that it exports; `*` for `export * from`.
    pub(crate) exports: Vec<String>,
}

/// A syntax error.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) span: Range<usize>,
}

/// Parses `text`.
pub(crate) fn parse(text: &str) -> Result<Parsed, Vec<Fault>> {
    let (module, errors) = parse_once(text.to_string());
    let mut faults: Vec<Fault> = errors.iter().map(|error| fault(error, text)).collect();
    match module {
        Ok(module) if faults.is_empty() => return Ok(read(&module)),
        Ok(_) => {}
        Err(error) => {
            let first = fault(&error, text);
            let mut from = first.span.start;
            faults.push(first);
            faults.extend(parse_behind(text, &mut from));
        }
    }
    faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    faults.dedup_by_key(|fault| fault.span.start);
    Err(faults)
}

/// More errors than this help nobody.
const MAX_RESTARTS: usize = 20;

/// Finds the errors behind a fatal one: parses on from the next line that looks like the start of a statement at the
/// top level. What is not closed there belongs to the first error, so an error at the very end is not reported.
fn parse_behind(text: &str, from: &mut usize) -> Vec<Fault> {
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
        let (module, errors) = parse_once(rest);
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

fn parse_once(text: String) -> (Result<Module, Error>, Vec<Error>) {
    // Positions count from 1: 0 means "nowhere" to swc.
    let file = SourceFile::new(
        Lrc::new(FileName::Anon),
        false,
        Lrc::new(FileName::Anon),
        text.into(),
        BytePos(1),
    );
    let mut errors = Vec::new();
    let syntax = Syntax::Es(EsSyntax {
        import_attributes: true,
        explicit_resource_management: true,
        ..EsSyntax::default()
    });
    let module = parse_file_as_module(&file, syntax, EsVersion::EsNext, None, &mut errors);
    (module, errors)
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

fn range(span: Span, length: usize) -> Range<usize> {
    let offset = |position: BytePos| (position.0.saturating_sub(1) as usize).min(length);
    offset(span.lo)..offset(span.hi).max(offset(span.lo))
}

fn read(module: &Module) -> Parsed {
    let mut parsed = Parsed::default();
    for item in &module.body {
        if let ModuleItem::ModuleDecl(declaration) = item {
            read_declaration(declaration, &mut parsed);
        }
    }
    parsed
}

fn read_declaration(declaration: &ModuleDecl, parsed: &mut Parsed) {
    match declaration {
        ModuleDecl::Import(ImportDecl {
            src, specifiers, ..
        }) => {
            parsed.import(src);
            for specifier in specifiers {
                match specifier {
                    ImportSpecifier::Named(named) => match &named.imported {
                        Some(imported) => parsed.take(name(imported), imported.span()),
                        None => parsed.take(named.local.sym.to_string(), named.span),
                    },
                    ImportSpecifier::Default(default) => {
                        parsed.take("default".to_string(), default.span);
                    }
                    ImportSpecifier::Namespace(_) => {}
                }
            }
        }
        ModuleDecl::ExportAll(all) => {
            parsed.import(&all.src);
            parsed.exports.push("*".to_string());
        }
        ModuleDecl::ExportNamed(named) => {
            if let Some(src) = &named.src {
                parsed.import(src);
            }
            for specifier in &named.specifiers {
                if let (Some(_), ExportSpecifier::Named(named)) = (&named.src, specifier) {
                    parsed.take(name(&named.orig), named.orig.span());
                }
                parsed.exports.push(match specifier {
                    ExportSpecifier::Namespace(namespace) => name(&namespace.name),
                    ExportSpecifier::Default(default) => default.exported.sym.to_string(),
                    ExportSpecifier::Named(named) => {
                        name(named.exported.as_ref().unwrap_or(&named.orig))
                    }
                });
            }
        }
        ModuleDecl::ExportDecl(export) => match &export.decl {
            Decl::Class(class) => parsed.exports.push(class.ident.sym.to_string()),
            Decl::Fn(function) => parsed.exports.push(function.ident.sym.to_string()),
            Decl::Var(variables) => {
                for declarator in &variables.decls {
                    bindings(&declarator.name, &mut parsed.exports);
                }
            }
            _ => {}
        },
        ModuleDecl::ExportDefaultDecl(default)
            if !matches!(default.decl, DefaultDecl::TsInterfaceDecl(_)) =>
        {
            parsed.default = Some(range(default.decl.span(), usize::MAX));
            parsed.exports.push("default".to_string());
        }
        ModuleDecl::ExportDefaultExpr(default) => {
            parsed.default = Some(range(default.expr.span(), usize::MAX));
            parsed.exports.push("default".to_string());
        }
        _ => {}
    }
}

impl Parsed {
    fn import(&mut self, specifier: &Str) {
        let text = specifier.value.to_string_lossy().into_owned();
        self.imports.push((text, range(specifier.span, usize::MAX)));
    }

    /// Notes a name that the last import takes.
    fn take(&mut self, name: String, span: Span) {
        let import = self.imports.len() - 1;
        self.names.push((import, name, range(span, usize::MAX)));
    }
}

fn name(name: &ModuleExportName) -> String {
    name.atom().to_string()
}

/// The names that a pattern binds.
fn bindings(pattern: &Pat, names: &mut Vec<String>) {
    match pattern {
        Pat::Ident(identifier) => names.push(identifier.id.sym.to_string()),
        Pat::Array(array) => array
            .elems
            .iter()
            .flatten()
            .for_each(|element| bindings(element, names)),
        Pat::Rest(rest) => bindings(&rest.arg, names),
        Pat::Assign(assign) => bindings(&assign.left, names),
        Pat::Object(object) => {
            for property in &object.props {
                match property {
                    ObjectPatProp::KeyValue(pair) => bindings(&pair.value, names),
                    ObjectPatProp::Assign(assign) => names.push(assign.key.id.sym.to_string()),
                    ObjectPatProp::Rest(rest) => bindings(&rest.arg, names),
                }
            }
        }
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn imports_and_exports_are_found() {
        let parsed = parse(
            "import a from './a.js';\nexport * from './b.js';\nexport { c as d } from './c.js';\n\
             export const e = 1, { f, g: [h] } = {};\nexport function i() {}\nexport default class {}\n",
        )
        .expect("it parses");
        let specifiers: Vec<&str> = parsed
            .imports
            .iter()
            .map(|(specifier, _)| specifier.as_str())
            .collect();
        assert_eq!(specifiers, ["./a.js", "./b.js", "./c.js"]);
        assert_eq!(parsed.imports[0].1, 14..22);
        assert_eq!(
            parsed.names,
            [(0, "default".into(), 7..8), (2, "c".into(), 57..58)]
        );
        assert_eq!(parsed.default, Some(159..167));
        assert_eq!(parsed.exports, ["*", "d", "e", "f", "h", "i", "default"]);
    }

    #[test]
    fn every_syntax_error_is_found_once() {
        let lines = |text: &str| -> Vec<usize> {
            let faults = parse(text).expect_err("it does not parse");
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
