//! Puts constants in the place of names, and folds what hangs on them.
//!
//! ```text
//! process?.env["MODE"] === "test" ? a : b   →   b
//! ```

use swc_common::{DUMMY_SP, Mark};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignPat, AssignTarget, BinExpr, BinaryOp, BlockStmt, CondExpr, Decl,
    EmptyStmt, Expr, IdentName, IfStmt, KeyValueProp, Lit, MemberProp, MetaPropKind, OptChainBase,
    Pat, Prop, PropName, SimpleAssignTarget, Stmt, UnaryExpr, UnaryOp, UpdateExpr, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

use crate::define::{Defines, boolean};

/// Replaces names by constants, and what hangs on them.
pub(crate) struct Fold<'a> {
    defines: &'a Defines,
    unresolved: Mark,
    /// The most parts that a defined name has.
    most_parts: usize,
    replaced: bool,
}

impl<'a> Fold<'a> {
    /// Names that the program does not declare have the mark `unresolved`.
    pub(crate) fn new(defines: &'a Defines, unresolved: Mark, most_parts: usize) -> Fold<'a> {
        Fold {
            defines,
            unresolved,
            most_parts,
            replaced: false,
        }
    }

    /// Whether it has replaced anything.
    pub(crate) fn has_replaced(&self) -> bool {
        self.replaced
    }

    /// The parts of `a.b["c"]` and `a?.b.c`, if `a` is not declared in the program. A name that has more parts than any
    /// that is defined is none.
    fn parts_of(&self, mut expression: &Expr) -> Option<Vec<String>> {
        let mut parts = Vec::new();
        loop {
            let member = match expression {
                Expr::Ident(identifier) if identifier.ctxt.outer() == self.unresolved => {
                    parts.push(identifier.sym.to_string());
                    break;
                }
                Expr::MetaProp(meta) if meta.kind == MetaPropKind::ImportMeta => {
                    parts.extend(["meta".to_string(), "import".to_string()]);
                    break;
                }
                Expr::Paren(paren) => {
                    expression = &paren.expr;
                    continue;
                }
                Expr::Member(member) => member,
                Expr::OptChain(chain) => match &*chain.base {
                    OptChainBase::Member(member) => member,
                    OptChainBase::Call(_) => return None,
                },
                _ => return None,
            };
            // One more for `globalThis`.
            if parts.len() > self.most_parts {
                return None;
            }
            parts.push(key(&member.prop)?);
            expression = &member.obj;
        }
        parts.reverse();
        Some(parts)
    }

    /// What `find` has for the name that an expression is. `globalThis` may stand in front.
    fn constant(
        &self,
        expression: &Expr,
        find: impl Fn(&Defines, &str) -> Option<Expr>,
    ) -> Option<Expr> {
        let parts = self.parts_of(expression)?;
        find(self.defines, &parts.join(".")).or_else(|| match &*parts {
            [first, rest @ ..] if first == "globalThis" || first == "global" => {
                find(self.defines, &rest.join("."))
            }
            _ => None,
        })
    }

    /// Replaces the object that a pattern takes properties from, some of which are constants.
    fn destructured(&mut self, pattern: &Pat, value: &mut Expr) {
        if let Pat::Object(_) = pattern
            && let Some(object) = self.constant(value, Defines::object)
        {
            *value = object;
            self.replaced = true;
        }
    }

    /// Looks within what is assigned to, which is not a value itself.
    fn target(&mut self, target: &mut Expr) {
        match target {
            Expr::Paren(paren) => self.target(&mut paren.expr),
            _ => target.visit_mut_children_with(self),
        }
    }
}

/// The name of a property: `.a`, `["a"]` or [`a`].
fn key(property: &MemberProp) -> Option<String> {
    match property {
        MemberProp::Ident(name) => Some(name.sym.to_string()),
        MemberProp::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
            Expr::Tpl(template) => match &*template.quasis {
                [text] => Some(text.cooked.as_ref()?.to_string_lossy().into_owned()),
                _ => None,
            },
            _ => None,
        },
        MemberProp::PrivateName(_) => None,
    }
}

impl VisitMut for Fold<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        if let Some(constant) = self.constant(expression, Defines::get) {
            *expression = constant;
            self.replaced = true;
            return;
        }
        expression.visit_mut_children_with(self);
        if !self.replaced {
            // Conditions that hang on no constant of ours are left as they are.
            return;
        }
        let folded = match expression {
            Expr::Bin(BinExpr {
                op, left, right, ..
            }) => fold_binary(*op, left, right),
            Expr::Unary(UnaryExpr {
                op: UnaryOp::Bang,
                arg,
                ..
            }) => truth(arg).map(|value| boolean(!value)),
            Expr::Cond(CondExpr {
                test, cons, alt, ..
            }) => truth(test).map(|value| *std::mem::take(if value { cons } else { alt })),
            Expr::Paren(paren) if matches!(&*paren.expr, Expr::Lit(Lit::Bool(_))) => {
                Some(*std::mem::take(&mut paren.expr))
            }
            _ => None,
        };
        if let Some(folded) = folded {
            *expression = folded;
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(identifier) = property
            && identifier.ctxt.outer() == self.unresolved
            && let Some(constant) = self.defines.get(&identifier.sym)
        {
            self.replaced = true;
            *property = Prop::KeyValue(KeyValueProp {
                key: PropName::Ident(IdentName::new(identifier.sym.clone(), identifier.span)),
                value: Box::new(constant),
            });
            return;
        }
        property.visit_mut_children_with(self);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        let Stmt::If(IfStmt {
            test, cons, alt, ..
        }) = statement
        else {
            return;
        };
        let Some(value) = self.replaced.then(|| truth(test)).flatten() else {
            return;
        };
        let dead = if value { alt.as_deref() } else { Some(&**cons) };
        if dead.is_some_and(declares) {
            return;
        }
        let live = if value {
            Some(std::mem::take(&mut **cons))
        } else {
            alt.take().map(|alt| *alt)
        };
        *statement = match live {
            // A declaration may only stand in a block.
            Some(Stmt::Decl(declaration)) => Stmt::Block(BlockStmt {
                stmts: vec![Stmt::Decl(declaration)],
                ..BlockStmt::default()
            }),
            Some(live) => live,
            None => Stmt::Empty(EmptyStmt { span: DUMMY_SP }),
        };
    }

    fn visit_mut_var_declarator(&mut self, declarator: &mut VarDeclarator) {
        if let Some(value) = &mut declarator.init {
            self.destructured(&declarator.name, value);
        }
        declarator.visit_mut_children_with(self);
    }

    fn visit_mut_assign_pat(&mut self, assignment: &mut AssignPat) {
        self.destructured(&assignment.left, &mut assignment.right);
        assignment.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assignment: &mut AssignExpr) {
        if let (AssignOp::Assign, AssignTarget::Pat(pattern)) = (assignment.op, &assignment.left) {
            let pattern = Pat::from(pattern.clone());
            self.destructured(&pattern, &mut assignment.right);
        }
        assignment.visit_mut_children_with(self);
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        self.target(&mut update.arg);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Paren(paren) => self.target(&mut paren.expr),
            _ => target.visit_mut_children_with(self),
        }
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Expr(target) => self.target(target),
            _ => pattern.visit_mut_children_with(self),
        }
    }
}

fn fold_binary(op: BinaryOp, left: &mut Box<Expr>, right: &mut Box<Expr>) -> Option<Expr> {
    match op {
        BinaryOp::LogicalAnd => match truth(left)? {
            true => Some(*std::mem::take(right)),
            false => Some(*std::mem::take(left)),
        },
        BinaryOp::LogicalOr => match truth(left)? {
            true => Some(*std::mem::take(left)),
            false => Some(*std::mem::take(right)),
        },
        BinaryOp::EqEqEq | BinaryOp::EqEq => Some(boolean(same(left, right)?)),
        BinaryOp::NotEqEq | BinaryOp::NotEq => Some(boolean(!same(left, right)?)),
        _ => None,
    }
}

/// Whether two constants of the same type are equal.
fn same(left: &Expr, right: &Expr) -> Option<bool> {
    match (left, right) {
        (Expr::Lit(Lit::Str(left)), Expr::Lit(Lit::Str(right))) => Some(left.value == right.value),
        (Expr::Lit(Lit::Bool(left)), Expr::Lit(Lit::Bool(right))) => {
            Some(left.value == right.value)
        }
        (Expr::Lit(Lit::Num(left)), Expr::Lit(Lit::Num(right))) => Some(left.value == right.value),
        (Expr::Unary(void), Expr::Lit(Lit::Str(_)))
        | (Expr::Lit(Lit::Str(_)), Expr::Unary(void))
            if void.op == UnaryOp::Void =>
        {
            Some(false)
        }
        _ => None,
    }
}

/// Whether a constant is true. Numbers stay: `0 && (module.exports = { … })` tells what a module exports.
fn truth(expression: &Expr) -> Option<bool> {
    match expression {
        Expr::Lit(Lit::Bool(value)) => Some(value.value),
        Expr::Lit(Lit::Str(text)) => Some(!text.value.is_empty()),
        Expr::Lit(Lit::Null(_)) => Some(false),
        Expr::Unary(UnaryExpr {
            op: UnaryOp::Void,
            arg,
            ..
        }) if arg.is_lit() => Some(false),
        Expr::Paren(paren) => truth(&paren.expr),
        _ => None,
    }
}

/// Whether a statement declares a name that is known outside of it.
fn declares(statement: &Stmt) -> bool {
    struct Declarations(bool);
    impl Visit for Declarations {
        fn visit_decl(&mut self, declaration: &Decl) {
            match declaration {
                Decl::Var(variables) if variables.kind != VarDeclKind::Var => {}
                Decl::Class(_) => {}
                _ => self.0 = true,
            }
        }

        fn visit_function(&mut self, _: &swc_ecma_ast::Function) {}

        fn visit_arrow_expr(&mut self, _: &swc_ecma_ast::ArrowExpr) {}
    }
    let mut declarations = Declarations(false);
    statement.visit_with(&mut declarations);
    declarations.0
}
