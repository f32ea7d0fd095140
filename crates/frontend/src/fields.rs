//! Fields of classes as assignments, which is what TypeScript made of them before ECMAScript had them, and what
//! `useDefineForClassFields: false` asks for.
//!
//! ```text
//! class A extends B { x = 1; y: T }   →   class A extends B { constructor(...args) { super(...args); this.x = 1; } }
//! ```

use swc_common::{DUMMY_SP, Spanned, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, CallExpr, Callee, Class, ClassMember, ComputedPropName,
    Constructor, Expr, ExprOrSpread, ExprStmt, FunctionBody, Ident, Lit, MemberExpr, MemberProp,
    Param, ParamOrTsParamProp, Pat, PropName, RestPat, SimpleAssignTarget, Stmt, Super, ThisExpr,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Moves the fields of classes into their constructors. A field without a value is no more than a type.
pub(crate) struct AssignFields;

impl VisitMut for AssignFields {
    fn visit_mut_class(&mut self, class: &mut Class) {
        class.visit_mut_children_with(self);
        if !can_assign(class) {
            return;
        }
        let mut assignments = Vec::new();
        class.body.retain_mut(|member| {
            let ClassMember::ClassProp(property) = member else {
                return true;
            };
            let is_other = property.is_static || property.declare || property.is_abstract;
            if is_other || !property.decorators.is_empty() {
                return true;
            }
            let Some(key) = key(&property.key) else {
                return true;
            };
            let Some(value) = property.value.take() else {
                return false;
            };
            assignments.push(assignment(property.span.lo, key, value));
            false
        });
        if assignments.is_empty() {
            return;
        }
        if !class
            .body
            .iter_mut()
            .any(|member| body_of(member).is_some())
        {
            let constructor = new_constructor(class.super_class.is_some());
            class.body.insert(0, ClassMember::Constructor(constructor));
        }
        if let Some(body) = class.body.iter_mut().find_map(body_of) {
            let start = body.stmts.iter().position(is_super).map_or(0, |at| at + 1);
            body.stmts.splice(start..start, assignments);
        }
    }
}

/// Whether fields can be assigned in the constructor: not where it calls `super` in a place that nothing can be put
/// behind.
fn can_assign(class: &mut Class) -> bool {
    let has_parent = class.super_class.is_some();
    match class.body.iter_mut().find_map(body_of) {
        Some(body) => !has_parent || body.stmts.iter().any(is_super),
        None => true,
    }
}

fn body_of(member: &mut ClassMember) -> Option<&mut FunctionBody> {
    match member {
        ClassMember::Constructor(constructor) => constructor.body.as_mut(),
        _ => None,
    }
}

fn is_super(statement: &Stmt) -> bool {
    let Stmt::Expr(ExprStmt { expr, .. }) = statement else {
        return false;
    };
    matches!(
        &**expr,
        Expr::Call(CallExpr {
            callee: Callee::Super(_),
            ..
        })
    )
}

fn key(name: &PropName) -> Option<MemberProp> {
    let literal = |literal: Lit, span| {
        MemberProp::Computed(ComputedPropName {
            span,
            expr: Box::new(Expr::Lit(literal)),
        })
    };
    match name {
        PropName::Ident(name) => Some(MemberProp::Ident(name.clone())),
        PropName::Str(text) => Some(literal(Lit::Str(text.clone()), name.span())),
        PropName::Num(number) => Some(literal(Lit::Num(number.clone()), name.span())),
        // It is computed once, when the class is made.
        PropName::Computed(_) | PropName::BigInt(_) => None,
    }
}

fn assignment(start: swc_common::BytePos, key: MemberProp, value: Box<Expr>) -> Stmt {
    let span = swc_common::Span::new(start, value.span().hi);
    Stmt::Expr(ExprStmt {
        span,
        expr: Box::new(Expr::Assign(AssignExpr {
            span,
            op: AssignOp::Assign,
            left: AssignTarget::Simple(SimpleAssignTarget::Member(MemberExpr {
                span,
                obj: Box::new(Expr::This(ThisExpr { span: DUMMY_SP })),
                prop: key,
            })),
            right: value,
        })),
    })
}

fn new_constructor(has_parent: bool) -> Constructor {
    let rest = Ident::new(
        "args".into(),
        DUMMY_SP,
        SyntaxContext::empty().apply_mark(swc_common::Mark::new()),
    );
    let mut constructor = Constructor {
        span: DUMMY_SP,
        ctxt: SyntaxContext::empty(),
        key: PropName::Ident(swc_ecma_ast::IdentName::new("constructor".into(), DUMMY_SP)),
        params: Vec::new(),
        body: Some(FunctionBody {
            span: DUMMY_SP,
            stmts: Vec::new(),
        }),
        accessibility: None,
        is_optional: false,
    };
    if has_parent {
        constructor
            .params
            .push(ParamOrTsParamProp::Param(Param::from(Pat::Rest(RestPat {
                span: DUMMY_SP,
                dot3_token: DUMMY_SP,
                arg: Box::new(Pat::Ident(rest.clone().into())),
                type_ann: None,
            }))));
        let call = Expr::Call(CallExpr {
            callee: Callee::Super(Super { span: DUMMY_SP }),
            args: vec![ExprOrSpread {
                spread: Some(DUMMY_SP),
                expr: Box::new(Expr::Ident(rest)),
            }],
            ..CallExpr::default()
        });
        if let Some(body) = &mut constructor.body {
            body.stmts.push(Stmt::Expr(ExprStmt {
                span: DUMMY_SP,
                expr: Box::new(call),
            }));
        }
    }
    constructor
}
