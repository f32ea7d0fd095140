//! Whether an export may be a function, by the look of it.
//!
//! ```text
//! export const rate = JSON.parse(text);   →   no
//! export const handler = make(text);      →   perhaps
//! ```

use swc_ecma_ast::{BinaryOp, Callee, Decl, Expr, MemberExpr, Pat};

/// Builtins of which no call gives a function.
const BUILTINS: [&str; 14] = [
    "Array",
    "BigInt",
    "Boolean",
    "Date",
    "JSON",
    "Javy",
    "Math",
    "Number",
    "String",
    "Symbol",
    "console",
    "parseFloat",
    "parseInt",
    "performance",
];

/// Whether a declaration may declare a function that a module can export. A class is none.
pub(crate) fn may_declare_function(declaration: &Decl) -> bool {
    match declaration {
        Decl::Fn(_) => true,
        Decl::Var(variables) => variables.decls.iter().any(|variable| {
            let value = variable.init.as_deref();
            !matches!(variable.name, Pat::Ident(_)) || value.is_none_or(may_be_function)
        }),
        _ => false,
    }
}

/// Whether an expression may give a function.
pub(crate) fn may_be_function(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(_)
        | Expr::Tpl(_)
        | Expr::Array(_)
        | Expr::Object(_)
        | Expr::Unary(_)
        | Expr::Update(_)
        | Expr::New(_)
        | Expr::Class(_) => false,
        Expr::Paren(inner) => may_be_function(&inner.expr),
        Expr::Await(awaited) => may_be_function(&awaited.arg),
        Expr::Assign(assignment) => may_be_function(&assignment.right),
        Expr::Seq(sequence) => sequence
            .exprs
            .last()
            .is_none_or(|last| may_be_function(last)),
        Expr::Cond(condition) => {
            may_be_function(&condition.cons) || may_be_function(&condition.alt)
        }
        Expr::Bin(binary) => match binary.op {
            BinaryOp::LogicalOr | BinaryOp::LogicalAnd | BinaryOp::NullishCoalescing => {
                may_be_function(&binary.left) || may_be_function(&binary.right)
            }
            _ => false,
        },
        Expr::Call(call) => match &call.callee {
            Callee::Expr(callee) => !is_of_builtin(callee),
            _ => true,
        },
        _ => true,
    }
}

/// A builtin, or what is read from one: `Javy.IO.readSync`.
fn is_of_builtin(callee: &Expr) -> bool {
    match callee {
        Expr::Ident(name) => BUILTINS.contains(&&*name.sym),
        Expr::Member(MemberExpr { obj, .. }) => is_of_builtin(obj),
        _ => false,
    }
}
