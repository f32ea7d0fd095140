//! What a transformed expression needs around the statement that it is in.
//!
//! ```text
//! f(class { [key()] = 1 })   →   let _key; f(class { … });
//! ```

use swc_common::util::take::Take;
use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Expr, FunctionBody, Ident, Pat, ReturnStmt, Stmt, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Expressions, as swc keeps them.
#[allow(
    clippy::vec_box,
    reason = "swc has expressions in boxes, and takes them so"
)]
pub(super) type Expressions = Vec<Box<Expr>>;

/// What goes around the statement that a pass is in.
#[derive(Default)]
pub(super) struct Around {
    variables: Vec<Ident>,
    behind: Vec<Stmt>,
}

impl Around {
    /// A new variable, which is declared in front of the statement.
    pub(super) fn variable(&mut self, name: &str) -> Ident {
        let variable = private_ident!(name);
        self.variables.push(variable.clone());
        variable
    }

    /// Declares a variable in front of the statement.
    pub(super) fn declare(&mut self, variable: Ident) {
        self.variables.push(variable);
    }

    /// Puts statements behind the statement.
    pub(super) fn behind(&mut self, statements: impl IntoIterator<Item = Stmt>) {
        self.behind.extend(statements);
    }

    fn declarations(&mut self) -> Option<Stmt> {
        if self.variables.is_empty() {
            return None;
        }
        let declare = |variable: Ident| VarDeclarator {
            span: DUMMY_SP,
            name: Pat::Ident(variable.into()),
            init: None,
            definite: false,
        };
        Some(Stmt::from(VarDecl {
            span: DUMMY_SP,
            ctxt: SyntaxContext::empty(),
            kind: VarDeclKind::Let,
            declare: false,
            decls: self.variables.drain(..).map(declare).collect(),
        }))
    }
}

/// A pass that puts something around statements.
pub(super) trait Surround: VisitMut + Sized {
    fn around(&mut self) -> &mut Around;

    /// Walks through a list of statements, and puts around each what it needs.
    fn list<T: From<Stmt> + VisitMutWith<Self>>(&mut self, list: &mut Vec<T>) {
        let outer = std::mem::take(self.around());
        let mut new = Vec::with_capacity(list.len());
        for mut item in list.drain(..) {
            item.visit_mut_with(self);
            let around = self.around();
            new.extend(around.declarations().map(T::from));
            new.push(item);
            new.extend(around.behind.drain(..).map(T::from));
        }
        *list = new;
        *self.around() = outer;
    }

    /// The same for a function that is only an expression, which becomes a block if the expression needs something.
    fn arrow(&mut self, arrow: &mut ArrowExpr) {
        arrow.params.visit_mut_with(self);
        let outer = std::mem::take(self.around());
        arrow.body.visit_mut_with(self);
        let declarations = self.around().declarations();
        *self.around() = outer;
        if let (Some(declarations), ArrowFunctionBody::Expr(result)) =
            (declarations, &mut *arrow.body)
        {
            let result = result.take();
            let result = Stmt::Return(ReturnStmt {
                span: DUMMY_SP,
                arg: Some(result),
            });
            *arrow.body = ArrowFunctionBody::FunctionBody(FunctionBody {
                span: DUMMY_SP,
                stmts: vec![declarations, result],
            });
        }
    }
}

/// The methods of a visitor by which a pass keeps to [`Surround`].
macro_rules! visit_lists {
    () => {
        fn visit_mut_stmts(&mut self, list: &mut Vec<swc_ecma_ast::Stmt>) {
            self.list(list);
        }

        fn visit_mut_module_items(&mut self, list: &mut Vec<swc_ecma_ast::ModuleItem>) {
            self.list(list);
        }

        fn visit_mut_arrow_expr(&mut self, arrow: &mut swc_ecma_ast::ArrowExpr) {
            self.arrow(arrow);
        }
    };
}
pub(super) use visit_lists;
