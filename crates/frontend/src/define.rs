//! Constants that replace expressions before anything else reads the program.
//!
//! ```text
//! if (process.env.NODE_ENV !== "production") check();   →   (nothing)
//! ```

use std::collections::BTreeMap;

use serde_json::Value;
use swc_common::{DUMMY_SP, Mark, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, BinExpr, BinaryOp, BlockStmt, Bool, CondExpr, Decl, EmptyStmt, Expr, ExprOrSpread,
    Ident, IdentName, IfStmt, KeyValueProp, Lit, MemberExpr, MemberProp, ModuleItem, Null, Number,
    ObjectLit, Prop, PropName, PropOrSpread, Stmt, Str, UnaryExpr, UnaryOp, VarDeclKind,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// What stands for what: dotted names and the constants that replace them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Defines(BTreeMap<String, Constant>);

#[derive(Clone, Debug, PartialEq)]
enum Constant {
    Json(Value),
    /// A name of the program, dotted or not.
    Name(String),
}

impl Defines {
    /// From names and texts: JSON or a name. `process.env.NODE_ENV` is `"production"` unless they say something else.
    pub(crate) fn new(pairs: &[(String, String)]) -> Result<Defines, String> {
        let production = Constant::Json(Value::String("production".to_string()));
        let mut defines = BTreeMap::from([("process.env.NODE_ENV".to_string(), production)]);
        for (name, text) in pairs {
            if !is_dotted_name(name) {
                return Err(format!(
                    "`{name}` is no name that can be defined: it is not a dotted name like `a.b`"
                ));
            }
            let constant = match serde_json::from_str(text) {
                Ok(value) => Constant::Json(value),
                Err(_) if is_dotted_name(text) => Constant::Name(text.clone()),
                Err(_) => {
                    return Err(format!(
                        "`{text}`, the value of `{name}`, is neither JSON nor a name; strings need quotes: '{name}=\"{text}\"'"
                    ));
                }
            };
            defines.insert(name.clone(), constant);
        }
        Ok(Defines(defines))
    }

    /// Whether `text` may have any of them: cheaper than to look through the syntax tree.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        text.contains("process")
            || self
                .0
                .keys()
                .any(|name| text.contains(name.split('.').next().unwrap_or(name)))
    }

    /// Replaces them in `program`; true if there were any. Names that the program declares are its own.
    pub(crate) fn fold<N>(&self, program: &mut N, unresolved: Mark) -> bool
    where
        N: for<'a> VisitMutWith<Fold<'a>>,
    {
        let mut fold = Fold {
            defines: self,
            unresolved,
            replaced: false,
        };
        program.visit_mut_with(&mut fold);
        fold.replaced
    }

    /// The constant for a dotted name. Of the environment there is only what is defined.
    fn get(&self, name: &str) -> Option<Expr> {
        if let Some(constant) = self.0.get(name) {
            return Some(match constant {
                Constant::Json(value) => literal(value),
                Constant::Name(name) => dotted(name),
            });
        }
        let rest = name.strip_prefix("process.env")?;
        if rest.is_empty() {
            let variables = self.0.iter().filter_map(|(name, constant)| {
                let key = name.strip_prefix("process.env.")?;
                let value = match constant {
                    Constant::Json(value) => literal(value),
                    Constant::Name(name) => dotted(name),
                };
                Some(property(key, value))
            });
            return Some(object(variables.collect()));
        }
        let variable = rest.strip_prefix('.')?;
        (!variable.contains('.')).then(|| {
            Expr::Unary(UnaryExpr {
                span: DUMMY_SP,
                op: UnaryOp::Void,
                arg: Box::new(number(0.0)),
            })
        })
    }
}

fn is_dotted_name(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut characters = part.chars();
        let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
        characters.next().is_some_and(is_start) && characters.all(|c| is_start(c) || c.is_numeric())
    })
}

fn number(value: f64) -> Expr {
    Expr::Lit(Lit::Num(Number {
        span: DUMMY_SP,
        value,
        raw: None,
    }))
}

fn boolean(value: bool) -> Expr {
    Expr::Lit(Lit::Bool(Bool {
        span: DUMMY_SP,
        value,
    }))
}

fn object(props: Vec<PropOrSpread>) -> Expr {
    Expr::Object(ObjectLit {
        span: DUMMY_SP,
        props,
    })
}

fn property(key: &str, value: Expr) -> PropOrSpread {
    PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp {
        key: PropName::Str(Str::from(key)),
        value: Box::new(value),
    })))
}

fn literal(value: &Value) -> Expr {
    match value {
        Value::Null => Expr::Lit(Lit::Null(Null { span: DUMMY_SP })),
        Value::Bool(value) => boolean(*value),
        Value::Number(value) => number(value.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Expr::Lit(Lit::Str(Str::from(text.as_str()))),
        Value::Array(values) => Expr::Array(ArrayLit {
            span: DUMMY_SP,
            elems: values
                .iter()
                .map(|value| Some(ExprOrSpread::from(Box::new(literal(value)))))
                .collect(),
        }),
        Value::Object(entries) => object(
            entries
                .iter()
                .map(|(key, value)| property(key, literal(value)))
                .collect(),
        ),
    }
}

fn dotted(name: &str) -> Expr {
    let mut parts = name.split('.');
    let first = parts.next().unwrap_or(name);
    let start = Expr::Ident(Ident::new(first.into(), DUMMY_SP, SyntaxContext::empty()));
    parts.fold(start, |object, part| {
        Expr::Member(MemberExpr {
            span: DUMMY_SP,
            obj: Box::new(object),
            prop: MemberProp::Ident(IdentName::new(part.into(), DUMMY_SP)),
        })
    })
}

/// Replaces names by constants, and what hangs on them.
pub(crate) struct Fold<'a> {
    defines: &'a Defines,
    unresolved: Mark,
    replaced: bool,
}

impl Fold<'_> {
    /// `a.b.c` as text, if `a` is not declared in the program.
    fn name_of(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Ident(identifier) if identifier.ctxt.outer() == self.unresolved => {
                Some(identifier.sym.to_string())
            }
            Expr::Member(MemberExpr { obj, prop, .. }) => {
                let name = self.name_of(obj)?;
                match prop {
                    MemberProp::Ident(property) => Some(format!("{name}.{}", property.sym)),
                    MemberProp::Computed(computed) => match &*computed.expr {
                        Expr::Lit(Lit::Str(text)) => {
                            Some(format!("{name}.{}", text.value.to_string_lossy()))
                        }
                        _ => None,
                    },
                    MemberProp::PrivateName(_) => None,
                }
            }
            _ => None,
        }
    }
}

impl VisitMut for Fold<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        if let Some(constant) = self
            .name_of(expression)
            .and_then(|name| self.defines.get(&name))
        {
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

    fn visit_mut_module_item(&mut self, item: &mut ModuleItem) {
        item.visit_mut_children_with(self);
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
