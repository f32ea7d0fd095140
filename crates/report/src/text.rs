//! A report as text.

use std::fmt::Write as _;

use crate::{Anatomy, Reason, Report};

/// How much of a list is shown.
const MAX_LINES: usize = 20;

/// A report for people.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut text = String::new();
    let mut rows = |title: &str, rows: Vec<(String, usize, String)>| {
        if rows.is_empty() {
            return;
        }
        let _ = writeln!(text, "{title}");
        let shown = |(name, bytes, why): &(String, usize, String)| {
            let [name, why] = [name, why].map(|text| figures::name(text).into_owned());
            (name, *bytes, why)
        };
        let rows: Vec<(String, usize, String)> = rows.iter().map(shown).collect();
        let width = rows
            .iter()
            .take(MAX_LINES)
            .map(|(name, _, _)| name.chars().count())
            .max()
            .unwrap_or_default();
        for (name, bytes, why) in rows.iter().take(MAX_LINES) {
            let pad = width - name.chars().count();
            let line = format!("  {:>9}  {name}{:pad$}  {why}", number(*bytes), "");
            let _ = writeln!(text, "{}", line.trim_end());
        }
        if rows.len() > MAX_LINES {
            let rest: usize = rows[MAX_LINES..].iter().map(|(_, bytes, _)| bytes).sum();
            let count = rows.len() - MAX_LINES;
            let _ = writeln!(text, "  {:>9}  {count} more", number(rest));
        }
        text.push('\n');
    };
    rows(
        &sizes(report.bytes, report.gzip_bytes),
        report
            .parts
            .iter()
            .map(|part| (part.name.to_string(), part.bytes, String::new()))
            .collect(),
    );
    rows(
        "the engine, by feature",
        report
            .features
            .iter()
            .map(|feature| {
                let why = words(feature.name, feature.why.as_ref());
                (feature.name.to_string(), feature.bytes(), why)
            })
            .collect(),
    );
    rows(
        "builtins, with what would go with each",
        report
            .builtins
            .iter()
            .map(|builtin| {
                let why = builtin.why.of(&builtin.name);
                (builtin.name.clone(), builtin.bytes, why)
            })
            .collect(),
    );
    rows(
        "the program, by file",
        report
            .modules
            .iter()
            .map(|module| {
                let (bytecode, heap) = (number(module.bytecode), number(module.heap));
                let parts = format!("{bytecode} functions, {heap} objects and texts");
                (module.name.clone(), module.bytecode + module.heap, parts)
            })
            .collect(),
    );
    let functions = report
        .modules
        .iter()
        .flat_map(|module| module.functions.iter().map(move |each| (module, each)))
        .filter(|(module, _)| module.name != "the runtime library");
    let mut functions: Vec<(String, usize, String)> = functions
        .map(|(module, function)| {
            let name = match function.name.as_str() {
                "" => "(anonymous)".to_string(),
                // What QuickJS calls the body of a module.
                "<eval>" => "(top level)".to_string(),
                name => name.to_string(),
            };
            let place = format!("{}:{}", module.name, function.line);
            (name, function.bytes, place)
        })
        .collect();
    functions.sort_by_key(|(_, bytes, _)| std::cmp::Reverse(*bytes));
    rows("the program, by function", functions);
    rows(
        "what could go",
        report
            .savings
            .iter()
            .map(|saving| {
                let why = words(&saving.what, saving.why.as_ref());
                (saving.what.clone(), saving.bytes, why)
            })
            .collect(),
    );
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The reason why `what` is kept in words, if there is one.
pub(crate) fn words(what: &str, why: Option<&Reason>) -> String {
    why.map(|why| why.of(what)).unwrap_or_default()
}

/// What can be seen of any module, for people.
#[must_use]
pub fn anatomy_text(anatomy: &Anatomy) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", sizes(anatomy.bytes, anatomy.gzip_bytes));
    for section in &anatomy.sections {
        let (bytes, count) = (number(section.bytes), section.count);
        let name = figures::name(&section.name);
        let _ = writeln!(text, "  {bytes:>9}  {name}  {count}");
    }
    let pages = anatomy.memory_pages;
    let _ = writeln!(text, "memory: {pages} pages, {} KiB", pages * 64);
    let mut list = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            let _ = writeln!(text, "{title}");
        }
        for line in lines {
            let _ = writeln!(text, "  {}", figures::name(line));
        }
    };
    list("imports", &anatomy.imports);
    list("exports", &anatomy.exports);
    list("made by", &anatomy.producers);
    text
}

/// The size of a module, raw and compressed.
pub(crate) fn sizes(bytes: usize, gzip: usize) -> String {
    format!("{} bytes, {} gzipped", number(bytes), number(gzip))
}

/// A count of bytes.
pub(crate) fn number(bytes: usize) -> String {
    figures::grouped(bytes as u64)
}
