//! Names of classes within what other classes extend: swc's resolver looks at what a class expression extends twice, and
//! so at the innermost of `class extends class extends …` once for each power of two.
//!
//! ```text
//! class extends A {}   →   (A, class {})   →   resolved   →   class extends A {}
//! ```

use swc_common::DUMMY_SP;
use swc_ecma_ast::{Expr, Pass, Program, SeqExpr};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Runs the resolver, which sees what a class extends beside the class. Both are in the same scope.
pub(crate) fn resolve(program: &mut Program, mut resolver: impl Pass) {
    program.visit_mut_with(&mut Detach);
    resolver.process(program);
    program.visit_mut_with(&mut Attach);
}

struct Detach;

impl VisitMut for Detach {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        if let Expr::Class(class) = expression
            && let Some(heritage) = class.class.super_class.take()
        {
            let class = std::mem::take(expression);
            *expression = Expr::Seq(SeqExpr {
                // No sequence of a program stands nowhere.
                span: DUMMY_SP,
                exprs: vec![heritage, Box::new(class)],
            });
        }
    }
}

struct Attach;

impl VisitMut for Attach {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        if let Expr::Seq(SeqExpr { span, exprs }) = expression
            && span.is_dummy()
            && let Some(Expr::Class(mut class)) = exprs.pop().map(|class| *class)
        {
            class.class.super_class = exprs.pop();
            *expression = Expr::Class(class);
        }
    }
}
