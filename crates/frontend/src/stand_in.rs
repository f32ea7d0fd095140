//! What the language has and swc's parser has not: it is given something else of the same length, which says the same of
//! names and imports, and which is turned back before the program is printed.
//!
//! ```text
//! for (using a = b; c;) d();      →   for (const a = b; c;) d();   →   { using a = b; for (; c;) d(); }
//! for (var a = b in c) d();       →   for (var a = b ;; c) d();    →   for (var a = b in c) d();
//! "\uD83D\u{1F438}"               →   "\uD83D_________"            →   "\uD83D\u{1F438}"
//! ```
//!
//! A file that is not printed goes to the engine as it is.

use std::ops::Range;

use swc_common::{DUMMY_SP, Span, SyntaxContext};
use swc_ecma_ast::{
    BlockStmt, Decl, ForHead, ForInStmt, ForStmt, LabeledStmt, Program, Stmt, Str, TplElement,
    UsingDecl, VarDecl, VarDeclOrExpr,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

use crate::parse::range;

/// Where something stands in for something else, in bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct StandIns {
    /// `const` for `using`; true for `await using`.
    using: Vec<(usize, bool)>,
    /// `var` in a `for (var … in …)`.
    variables: Vec<usize>,
    /// Escapes in strings and templates.
    escapes: Vec<Range<usize>>,
}

impl StandIns {
    /// A text with stand-ins, if `text` may have anything that needs one.
    pub(crate) fn of(text: &str) -> Option<(String, StandIns)> {
        let mut stand_ins = StandIns::default();
        let mut bytes = text.as_bytes().to_vec();
        for (at, _) in text.match_indices("for") {
            stand_ins.head(text, at, &mut bytes);
        }
        for (at, _) in text.match_indices("\\u{") {
            stand_ins.escape(text, at, &mut bytes);
        }
        let is_none = stand_ins.using.is_empty()
            && stand_ins.variables.is_empty()
            && stand_ins.escapes.is_empty();
        let text = String::from_utf8(bytes).ok()?;
        (!is_none).then_some((text, stand_ins))
    }

    /// Looks at the head of the loop at `at`, if there is one.
    fn head(&mut self, text: &str, at: usize, bytes: &mut [u8]) {
        let mut words = Words { text, at: at + 3 };
        if text[..at].ends_with(is_part) || !words.eat("(") {
            return;
        }
        let first = words.skip_blanks();
        let is_await = words.word() == "await";
        let start = if is_await { words.skip_blanks() } else { first };
        words.at = start;
        let kind = words.word();
        words.skip_blanks();
        let is_variable =
            !words.word().is_empty() && words.eat("=") && !words.rest().starts_with(['=', '>']);
        match kind {
            "using" if is_variable => {
                bytes[first..start].fill(b' ');
                bytes[start..start + 5].copy_from_slice(b"const");
                self.using.push((start, is_await));
            }
            "var" if is_variable && !is_await => {
                if let Some(end) = words.end_of_initializer() {
                    bytes[end..end + 2].copy_from_slice(b";;");
                    self.variables.push(start);
                }
            }
            _ => {}
        }
    }

    /// Looks at the escape at `at`, behind which half a character may stand.
    fn escape(&mut self, text: &str, at: usize, bytes: &mut [u8]) {
        let half = at.checked_sub(6).and_then(|start| text.get(start..at));
        let is_half = half.is_some_and(|half| {
            let digits = half.strip_prefix("\\u").unwrap_or_default();
            u32::from_str_radix(digits, 16).is_ok_and(|unit| (0xD800..0xDC00).contains(&unit))
        });
        let end = text[at..].find('}').map(|length| at + length + 1);
        if let Some(end) = end.filter(|_| is_half) {
            bytes[at..end].fill(b'_');
            self.escapes.push(at..end);
        }
    }

    /// Turns all of them back in the program that was parsed from the text with stand-ins for those in `text`.
    pub(crate) fn turn_back(&self, program: &mut Program, text: &str) {
        program.visit_mut_with(&mut TurnBack {
            stand_ins: self,
            text,
        });
    }
}

struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) -> usize {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.at
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let is_there = self.rest().starts_with(token);
        self.at += if is_there { token.len() } else { 0 };
        is_there
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Where the `in` behind an initializer stands.
    fn end_of_initializer(&mut self) -> Option<usize> {
        let mut depth = 0_usize;
        while let Some(next) = self.rest().chars().next() {
            match next {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.checked_sub(1)?,
                ';' | ',' if depth == 0 => return None,
                _ if is_part(next) => {
                    let at = self.at;
                    if self.word() == "in" && depth == 0 {
                        return Some(at);
                    }
                    continue;
                }
                _ => {}
            }
            self.at += next.len_utf8();
        }
        None
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

struct TurnBack<'a> {
    stand_ins: &'a StandIns,
    text: &'a str,
}

impl TurnBack<'_> {
    fn raw(&self, span: Span) -> Option<&str> {
        let span = range(span, self.text.len());
        let mut escapes = self.stand_ins.escapes.iter();
        let is_within = escapes.any(|escape| span.start <= escape.start && escape.end <= span.end);
        if is_within { self.text.get(span) } else { None }
    }

    fn loop_in(&self, statement: &mut ForStmt) -> Option<Stmt> {
        let Some(VarDeclOrExpr::VarDecl(variables)) = &statement.init else {
            return None;
        };
        let start = range(variables.span, usize::MAX).start;
        let mut using = self.stand_ins.using.iter();
        if let Some((_, is_await)) = using.find(|(at, _)| *at == start) {
            let using = using_of(variables, *is_await);
            statement.init = None;
            let rest = Stmt::For(std::mem::take(statement));
            return Some(block(using, rest));
        }
        if !self.stand_ins.variables.contains(&start) || statement.test.is_some() {
            return None;
        }
        Some(Stmt::ForIn(ForInStmt {
            span: statement.span,
            left: ForHead::VarDecl(variables.clone()),
            right: statement.update.take()?,
            body: std::mem::take(&mut statement.body),
        }))
    }
}

fn using_of(variables: &VarDecl, is_await: bool) -> Stmt {
    Stmt::Decl(Decl::Using(Box::new(UsingDecl {
        span: variables.span,
        is_await,
        decls: variables.decls.clone(),
    })))
}

fn block(first: Stmt, second: Stmt) -> Stmt {
    Stmt::Block(BlockStmt {
        span: DUMMY_SP,
        ctxt: SyntaxContext::empty(),
        stmts: vec![first, second],
    })
}

impl VisitMut for TurnBack<'_> {
    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        let turned = match statement {
            Stmt::For(statement) => self.loop_in(statement),
            // `continue` looks for the label at the loop.
            Stmt::Labeled(LabeledStmt { span, label, body }) => match &mut **body {
                Stmt::Block(BlockStmt {
                    span: of_block,
                    stmts,
                    ..
                }) if of_block.is_dummy() => {
                    let rest = stmts.pop();
                    let using = stmts.pop();
                    using.zip(rest).map(|(using, rest)| {
                        let labelled = LabeledStmt {
                            span: *span,
                            label: label.clone(),
                            body: Box::new(rest),
                        };
                        block(using, Stmt::Labeled(labelled))
                    })
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(turned) = turned {
            *statement = turned;
        }
    }

    fn visit_mut_str(&mut self, text: &mut Str) {
        if let Some(raw) = self.raw(text.span) {
            text.raw = Some(raw.into());
        }
    }

    fn visit_mut_tpl_element(&mut self, text: &mut TplElement) {
        if let Some(raw) = self.raw(text.span) {
            text.raw = raw.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StandIns;

    #[test]
    fn what_the_parser_does_not_know_is_replaced() {
        let check = |text: &str, expected: Option<&str>| {
            let replaced = StandIns::of(text).map(|(text, _)| text);
            assert_eq!(replaced.as_deref(), expected, "{text}");
        };
        check(
            "for (using a = b; c;) d();",
            Some("for (const a = b; c;) d();"),
        );
        check("for(await using a=b;;){}", Some("for(      const a=b;;){}"));
        check("for (using a of b) c();", None);
        check("for (using of b) c();", None);
        check("for (using = 1;;) c();", None);
        check("for (var a = (b in c), d; ;) e();", None);
        check("for (var a = b in c);", Some("for (var a = b ;; c);"));
        check(
            "for (var a = (b in {}) in c);",
            Some("for (var a = (b in {}) ;; c);"),
        );
        check("for (var a = 1, b in c);", None);
        check("for (var a of b);", None);
        check(r#""\uD83D\u{1F438}""#, Some(r#""\uD83D_________""#));
        check(r#""\uDC00\u{1F438}""#, None);
    }
}
