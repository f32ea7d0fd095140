//! Fields of classes as assignments, which is what TypeScript made of them before ECMAScript had them, and what
//! `useDefineForClassFields: false` asks for.
//!
//! ```text
//! class A extends B { x = 1; #y = this.x; z: T; static s = 2 }
//! →
//! class A extends B { #y; constructor(...args) { super(...args); this.x = 1; this.#y = this.x; } static { this.s = 2; } }
//! ```
//!
//! What has a private name is declared all the same; all are given their values in the order of the source.

use swc_common::util::take::Take;
use swc_common::{BytePos, DUMMY_SP, Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BlockStmt, CallExpr, Callee, Class, ClassMember,
    ComputedPropName, Constructor, Expr, ExprOrSpread, ExprStmt, Function, FunctionBody, Ident,
    IdentName, Lit, MemberExpr, MemberProp, Param, ParamOrTsParamProp, Pat, PrivateMethod,
    PrivateName, PropName, RestPat, SeqExpr, SimpleAssignTarget, StaticBlock, Stmt, Super,
    ThisExpr, TsParamPropParam,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_type};

use super::around::{Around, Expressions, Surround, visit_lists};

/// Moves the fields of classes into their constructors. A field without a value is no more than a type.
#[derive(Default)]
pub(super) struct AssignFields {
    around: Around,
}

impl Surround for AssignFields {
    fn around(&mut self) -> &mut Around {
        &mut self.around
    }
}

impl VisitMut for AssignFields {
    visit_lists!();

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.visit_mut_children_with(self);
        let parameters = parameter_properties(class);
        let fields = self.take_fields(class);
        if !parameters.is_empty() || !fields.is_empty() {
            initialize(class, parameters, fields);
        }
    }
}

impl AssignFields {
    /// Takes the fields of instances out of a class, as assignments, and makes assignments of its static ones.
    fn take_fields(&mut self, class: &mut Class) -> Vec<Stmt> {
        let mut assignments = Vec::new();
        // Computed keys that are still to be evaluated, each once and in its order.
        let mut keys: Expressions = Vec::new();
        let mut members = Vec::with_capacity(class.body.len());
        for mut member in class.body.drain(..) {
            match &mut member {
                ClassMember::ClassProp(property) if property.declare || property.is_abstract => {}
                ClassMember::ClassProp(property) => {
                    let key = self.key(&mut property.key, &mut keys);
                    let span = property.span;
                    let value = property.value.take();
                    let assignment = value.map(|value| assignment(span.lo, key, value));
                    if property.is_static {
                        let body = assignment.into_iter().collect::<Vec<_>>();
                        if !body.is_empty() {
                            members.push(static_block(body));
                        }
                    } else {
                        assignments.extend(assignment);
                    }
                    continue;
                }
                ClassMember::PrivateProp(property) if !property.is_static => {
                    let key = MemberProp::PrivateName(property.key.clone());
                    let value = property.value.take();
                    assignments.extend(value.map(|value| assignment(property.span.lo, key, value)));
                }
                other => {
                    if let Some(key) = computed(other).filter(|_| !keys.is_empty()) {
                        keys.push(key.take());
                        *key = sequence(std::mem::take(&mut keys));
                    }
                }
            }
            members.push(member);
        }
        class.body = members;
        if !keys.is_empty() {
            let keys = statement(sequence(keys));
            class.body.insert(0, static_block(vec![keys]));
        }
        assignments
    }

    /// The key of a field as that of an assignment. A computed one is evaluated when the class is.
    fn key(&mut self, name: &mut PropName, keys: &mut Expressions) -> MemberProp {
        let span = name.span();
        let literal = |literal| Box::new(Expr::Lit(literal));
        let expr = match name {
            PropName::Ident(name) => return MemberProp::Ident(name.clone()),
            PropName::Str(text) => literal(Lit::Str(text.clone())),
            PropName::Num(number) => literal(Lit::Num(number.clone())),
            PropName::BigInt(number) => literal(Lit::BigInt(number.clone())),
            PropName::Computed(computed) if computed.expr.is_lit() => computed.expr.take(),
            PropName::Computed(computed) => {
                let variable = self.around.variable("_key");
                keys.push(assign(variable.clone().into(), computed.expr.take()));
                Box::new(Expr::Ident(variable))
            }
        };
        MemberProp::Computed(ComputedPropName { span, expr })
    }
}

/// The computed key of a member.
fn computed(member: &mut ClassMember) -> Option<&mut Box<Expr>> {
    let key = match member {
        ClassMember::Method(method) => &mut method.key,
        ClassMember::ClassProp(property) => &mut property.key,
        _ => return None,
    };
    match key {
        PropName::Computed(computed) => Some(&mut computed.expr),
        _ => None,
    }
}

/// Makes plain parameters of those that declare properties; the assignments to these.
fn parameter_properties(class: &mut Class) -> Vec<Stmt> {
    let mut assignments = Vec::new();
    let constructors = class.body.iter_mut().filter_map(|member| match member {
        ClassMember::Constructor(constructor) if constructor.body.is_some() => Some(constructor),
        _ => None,
    });
    for parameter in constructors.flat_map(|constructor| &mut constructor.params) {
        let ParamOrTsParamProp::TsParamProp(property) = parameter else {
            continue;
        };
        let pat = match &property.param {
            TsParamPropParam::Ident(name) => Pat::Ident(name.clone()),
            TsParamPropParam::Assign(assign) => Pat::Assign(assign.clone()),
        };
        let name = match &pat {
            Pat::Assign(assign) => assign.left.as_ident(),
            other => other.as_ident(),
        };
        if let Some(name) = name {
            let key = MemberProp::Ident(IdentName::new(name.sym.clone(), name.span));
            let value = Expr::Ident(Ident::new(name.sym.clone(), name.span, name.ctxt));
            assignments.push(assignment(name.span.lo, key, Box::new(value)));
        }
        *parameter = ParamOrTsParamProp::Param(Param {
            span: property.span,
            decorators: property.decorators.take(),
            pat,
        });
    }
    assignments
}

/// Lets a class make these assignments when it makes an object: first those of parameters.
fn initialize(class: &mut Class, parameters: Vec<Stmt>, fields: Vec<Stmt>) {
    let has_parent = class.super_class.is_some();
    if !class
        .body
        .iter_mut()
        .any(|member| body_of(member).is_some())
    {
        let constructor = new_constructor(has_parent);
        class.body.insert(0, ClassMember::Constructor(constructor));
    }
    let Some(body) = class.body.iter_mut().find_map(body_of) else {
        return;
    };
    let start = match has_parent {
        false => Some(
            body.stmts
                .iter()
                .take_while(|first| is_directive(first))
                .count(),
        ),
        true => body.stmts.iter().position(is_super).map(|at| at + 1),
    };
    let mut calls = SuperCalls(0);
    body.visit_with(&mut calls);
    if let Some(start) = start.filter(|_| !has_parent || calls.0 == 1) {
        let assignments = parameters.into_iter().chain(fields);
        body.stmts.splice(start..start, assignments);
        return;
    }
    // `super` is called in a place that nothing can be put behind, or in several.
    let method = PrivateName {
        span: DUMMY_SP,
        name: "_initialize".into(),
    };
    let call = Expr::Call(CallExpr {
        callee: Callee::Expr(Box::new(Expr::Member(MemberExpr {
            span: DUMMY_SP,
            obj: this(),
            prop: MemberProp::PrivateName(method.clone()),
        }))),
        ..CallExpr::default()
    });
    let mut behind: Expressions = parameters.into_iter().filter_map(expression).collect();
    behind.push(Box::new(call));
    behind.push(this());
    body.visit_mut_with(&mut BehindSuper(&behind));
    class.body.push(ClassMember::PrivateMethod(PrivateMethod {
        key: method,
        function: Box::new(Function {
            body: Some(FunctionBody {
                span: DUMMY_SP,
                stmts: fields,
            }),
            ..Function::default()
        }),
        ..PrivateMethod::default()
    }));
}

fn body_of(member: &mut ClassMember) -> Option<&mut FunctionBody> {
    match member {
        ClassMember::Constructor(constructor) => constructor.body.as_mut(),
        _ => None,
    }
}

fn is_directive(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(ExprStmt { expr, .. }) if matches!(&**expr, Expr::Lit(Lit::Str(_))))
}

fn is_super(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(ExprStmt { expr, .. }) if is_super_call(expr))
}

fn is_super_call(expression: &Expr) -> bool {
    matches!(expression, Expr::Call(call) if call.callee.is_super_())
}

/// Counts the calls of `super`, of which those in functions within are not this class's.
struct SuperCalls(usize);

impl Visit for SuperCalls {
    noop_visit_type!();

    fn visit_expr(&mut self, expression: &Expr) {
        self.0 += usize::from(is_super_call(expression));
        expression.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_class(&mut self, class: &Class) {
        class.super_class.visit_with(self);
    }
}

/// Makes `(super(…), …)` of every `super(…)`.
struct BehindSuper<'a>(&'a [Box<Expr>]);

impl VisitMut for BehindSuper<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        if is_super_call(expression) {
            let mut exprs = vec![Box::new(expression.take())];
            exprs.extend(self.0.iter().cloned());
            *expression = *sequence(exprs);
        }
    }

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.super_class.visit_mut_with(self);
    }
}

fn this() -> Box<Expr> {
    Box::new(Expr::This(ThisExpr { span: DUMMY_SP }))
}

fn statement(expr: Box<Expr>) -> Stmt {
    let span = expr.span();
    Stmt::Expr(ExprStmt { span, expr })
}

fn expression(statement: Stmt) -> Option<Box<Expr>> {
    match statement {
        Stmt::Expr(statement) => Some(statement.expr),
        _ => None,
    }
}

fn sequence(mut exprs: Expressions) -> Box<Expr> {
    match exprs.len() {
        1 => exprs.remove(0),
        _ => Box::new(Expr::Seq(SeqExpr {
            span: DUMMY_SP,
            exprs,
        })),
    }
}

fn assign(left: AssignTarget, right: Box<Expr>) -> Box<Expr> {
    Box::new(Expr::Assign(AssignExpr {
        span: right.span(),
        op: AssignOp::Assign,
        left,
        right,
    }))
}

fn static_block(stmts: Vec<Stmt>) -> ClassMember {
    ClassMember::StaticBlock(StaticBlock {
        span: DUMMY_SP,
        body: BlockStmt {
            span: DUMMY_SP,
            ctxt: SyntaxContext::empty(),
            stmts,
        },
    })
}

/// `this.key = value`, which begins where the field does.
fn assignment(start: BytePos, key: MemberProp, value: Box<Expr>) -> Stmt {
    let span = Span::new(start, value.span().hi);
    let target = SimpleAssignTarget::Member(MemberExpr {
        span,
        obj: this(),
        prop: key,
    });
    let mut assigned = assign(AssignTarget::Simple(target), value);
    if let Expr::Assign(assigned) = &mut *assigned {
        assigned.span = span;
    }
    Stmt::Expr(ExprStmt {
        span,
        expr: assigned,
    })
}

fn new_constructor(has_parent: bool) -> Constructor {
    let mut constructor = Constructor {
        span: DUMMY_SP,
        ctxt: SyntaxContext::empty(),
        key: PropName::Ident(IdentName::new("constructor".into(), DUMMY_SP)),
        params: Vec::new(),
        body: Some(FunctionBody {
            span: DUMMY_SP,
            stmts: Vec::new(),
        }),
        accessibility: None,
        is_optional: false,
    };
    if has_parent {
        let rest = private_ident!("args");
        let parameter = Pat::Rest(RestPat {
            span: DUMMY_SP,
            dot3_token: DUMMY_SP,
            arg: Box::new(Pat::Ident(rest.clone().into())),
            type_ann: None,
        });
        constructor
            .params
            .push(ParamOrTsParamProp::Param(Param::from(parameter)));
        let call = Expr::Call(CallExpr {
            callee: Callee::Super(Super { span: DUMMY_SP }),
            args: vec![ExprOrSpread {
                spread: Some(DUMMY_SP),
                expr: Box::new(Expr::Ident(rest)),
            }],
            ..CallExpr::default()
        });
        if let Some(body) = &mut constructor.body {
            body.stmts.push(statement(Box::new(call)));
        }
    }
    constructor
}
