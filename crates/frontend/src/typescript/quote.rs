//! Statements from text, for what a transformed file needs besides its own.

use swc_common::{DUMMY_SP, Mark, Span, SyntaxContext};
use swc_ecma_ast::{Ident, Program, Stmt};
use swc_ecma_visit::{VisitMut, VisitMutWith};

use crate::parse::{Goal, Language, parse};

/// The function that `text` declares, and the name that it has, which is none of the program's. It may use `globals`.
///
/// # Panics
/// If the text is not a function declaration.
pub(super) fn function(text: &str, globals: &[&str], unresolved: Mark) -> (Ident, Stmt) {
    let parsed = parse(text, Language::default(), Goal::CommonJs);
    let Ok(Program::Script(mut script)) = parsed.map(|parsed| parsed.program) else {
        panic!("this is no script: {text}");
    };
    let mut place = Place {
        own: SyntaxContext::empty().apply_mark(Mark::new()),
        unresolved: SyntaxContext::empty().apply_mark(unresolved),
        globals,
    };
    script.visit_mut_with(&mut place);
    let statement = script.body.remove(0);
    match &statement {
        Stmt::Decl(swc_ecma_ast::Decl::Fn(function)) => (function.ident.clone(), statement),
        _ => panic!("this is no function: {text}"),
    }
}

/// Takes names out of the text that they were parsed in.
struct Place<'a> {
    own: SyntaxContext,
    unresolved: SyntaxContext,
    globals: &'a [&'a str],
}

impl VisitMut for Place<'_> {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        name.span = DUMMY_SP;
        name.ctxt = match self.globals.contains(&&*name.sym) {
            true => self.unresolved,
            false => self.own,
        };
    }

    fn visit_mut_span(&mut self, span: &mut Span) {
        *span = DUMMY_SP;
    }
}
