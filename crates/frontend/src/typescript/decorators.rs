//! Decorators as TypeScript had them before ECMAScript did (`experimentalDecorators`).
//!
//! ```text
//! @d class A { @e m() { return A } }
//! →
//! let A_1; class A { static { A_1 = this; } m() { return A_1 } }
//! _ts_decorate([e], A.prototype, "m", null); A = A_1 = _ts_decorate([d], A);
//! ```
//!
//! As in TypeScript's compiler, members of instances come before static ones, and the class last.

use swc_common::util::take::Take;
use swc_common::{BytePos, DUMMY_SP, Spanned, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, AssignExpr, AssignOp, BlockStmt, CallExpr, Class, ClassDecl, ClassExpr, ClassMember,
    ClassProp, Decorator, DefaultDecl, ExportDecl, ExportDefaultDecl, Expr, ExprOrSpread, ExprStmt,
    Id, Ident, IdentName, Key, Lit, MemberExpr, MemberProp, MethodKind, Null, Number, Param,
    ParamOrTsParamProp, PrivateName, PropName, StaticBlock, Stmt, Str, ThisExpr, TsModuleDecl,
    TsNamespaceDecl, UnaryExpr, UnaryOp,
};
use swc_ecma_transforms_base::helper;
use swc_ecma_utils::{QueryRef, RefRewriter, private_ident};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

use super::around::{Around, Expressions, Surround, visit_lists};
use super::metadata::Metadata;

/// Makes calls of decorators.
pub(super) struct Decorators<'a> {
    around: Around,
    /// Where types are to be noted.
    metadata: Option<&'a mut Metadata>,
    /// The namespace that the walk is in.
    namespace: Option<Id>,
    /// The namespace that exports the declaration that the walk is in.
    exported_by: Option<Id>,
}

impl<'a> Decorators<'a> {
    pub(super) fn new(metadata: Option<&'a mut Metadata>) -> Decorators<'a> {
        Decorators {
            around: Around::default(),
            metadata,
            namespace: None,
            exported_by: None,
        }
    }
}

impl Surround for Decorators<'_> {
    fn around(&mut self) -> &mut Around {
        &mut self.around
    }
}

impl VisitMut for Decorators<'_> {
    visit_lists!();

    fn visit_mut_class_decl(&mut self, class: &mut ClassDecl) {
        let exported_by = self.exported_by.take();
        class.visit_mut_children_with(self);
        if !class.declare {
            self.declaration(&class.ident, &mut class.class, exported_by);
        }
    }

    fn visit_mut_class_expr(&mut self, class: &mut ClassExpr) {
        class.visit_mut_children_with(self);
        let members = self.members(&mut class.class, this_class);
        let class_decorators = self.of_class(&mut class.class);
        in_static_block(&mut class.class, members);
        if !class_decorators.is_empty() {
            let this = Box::new(Expr::This(ThisExpr { span: DUMMY_SP }));
            let call = decorate(class_decorators, vec![this]);
            in_static_block(&mut class.class, vec![call]);
        }
    }

    fn visit_mut_export_default_decl(&mut self, export: &mut ExportDefaultDecl) {
        let DefaultDecl::Class(class) = &mut export.decl else {
            export.visit_mut_children_with(self);
            return;
        };
        class.class.visit_mut_with(self);
        if !has_decorators(&class.class) {
            return;
        }
        let name = class.ident.get_or_insert_with(|| {
            class.class.body.insert(0, named("default"));
            private_ident!("_default")
        });
        let name = name.clone();
        self.declaration(&name, &mut class.class, None);
    }

    fn visit_mut_export_decl(&mut self, export: &mut ExportDecl) {
        self.exported_by = self.namespace.clone();
        export.visit_mut_children_with(self);
        self.exported_by = None;
    }

    fn visit_mut_ts_module_decl(&mut self, namespace: &mut TsModuleDecl) {
        self.exported_by = None;
        let name = namespace.id.as_ident().map(Ident::to_id);
        let around = std::mem::replace(&mut self.namespace, name);
        namespace.visit_mut_children_with(self);
        self.namespace = around;
    }

    fn visit_mut_ts_namespace_decl(&mut self, namespace: &mut TsNamespaceDecl) {
        let around = self.namespace.replace(namespace.id.to_id());
        namespace.visit_mut_children_with(self);
        self.namespace = around;
    }
}

impl Decorators<'_> {
    /// Puts the calls for a class behind its declaration.
    fn declaration(&mut self, name: &Ident, class: &mut Class, exported_by: Option<Id>) {
        if !has_decorators(class) {
            return;
        }
        let own = named_class(name);
        let members = self.members(class, |is_static| match is_static {
            true => own.clone(),
            false => prototype_of(own.clone()),
        });
        let decorators = self.of_class(class);
        let mut uses = UsesPrivateNames(false);
        members.visit_with(&mut uses);
        if uses.0 {
            in_static_block(class, members);
        } else {
            self.around.behind(members.into_iter().map(statement));
        }
        if decorators.is_empty() {
            return;
        }
        let mut call = decorate(decorators, vec![own.clone()]);
        // Within itself, too, the name of the class means what the decorators made of it.
        let alias = Alias {
            id: name.to_id(),
            alias: private_ident!(format!("{}_1", name.sym)),
            is_used: std::cell::Cell::new(false),
        };
        let mut rewriter = RefRewriter { query: alias };
        class.body.visit_mut_with(&mut rewriter);
        let Alias { alias, is_used, .. } = rewriter.query;
        if is_used.get() {
            self.around.declare(alias.clone());
            let this = Box::new(Expr::This(ThisExpr { span: DUMMY_SP }));
            let first = statement(assign(&alias, this));
            class.body.insert(0, static_block(vec![first]));
            call = assign(&alias, call);
        }
        self.around.behind([statement(assign(name, call))]);
        if let Some(namespace) = exported_by {
            let property = MemberExpr {
                span: DUMMY_SP,
                obj: Box::new(Expr::Ident(Ident::new(namespace.0, DUMMY_SP, namespace.1))),
                prop: MemberProp::Ident(IdentName::new(name.sym.clone(), DUMMY_SP)),
            };
            let again = Box::new(Expr::Assign(AssignExpr {
                span: DUMMY_SP,
                op: AssignOp::Assign,
                left: property.into(),
                right: own,
            }));
            self.around.behind([statement(again)]);
        }
    }

    /// The calls for the members of a class; `target` is the class, or its prototype, by whether a member is static.
    fn members(&mut self, class: &mut Class, target: impl Fn(bool) -> Box<Expr>) -> Expressions {
        let accessors = self.metadata.as_ref().map(|_| class.body.clone());
        let mut seen: Vec<(Key, bool)> = Vec::new();
        let mut calls = [Vec::new(), Vec::new()];
        for member in &mut class.body {
            let Some((mut decorators, is_static)) = take_decorators(member) else {
                continue;
            };
            let accessor = accessor_key(member).map(|key| (key, is_static));
            let parameters = match member {
                ClassMember::Method(method) => {
                    take_parameter_decorators(method.function.params.iter_mut().enumerate())
                }
                _ => Vec::new(),
            };
            if let Some(accessor) = accessor {
                // Those of a getter or setter count only for the first of the two that has any.
                if decorators.is_empty() || seen.contains(&accessor) {
                    continue;
                }
                seen.push(accessor);
            }
            decorators.extend(parameters);
            if decorators.is_empty() {
                continue;
            }
            if let (Some(metadata), Some(members)) = (&mut self.metadata, &accessors) {
                decorators.extend(metadata.of_member(member, members));
            }
            let key = self.key(member);
            let descriptor = match member {
                ClassMember::ClassProp(_) => undefined(),
                _ => Box::new(Expr::Lit(Lit::Null(Null { span: DUMMY_SP }))),
            };
            let call = decorate(decorators, vec![target(is_static), key, descriptor]);
            calls[usize::from(is_static)].push(call);
        }
        calls.into_iter().flatten().collect()
    }

    /// The decorators of a class, those of its constructor's parameters included.
    fn of_class(&mut self, class: &mut Class) -> Expressions {
        let mut decorators: Vec<_> = class.decorators.drain(..).map(|found| found.expr).collect();
        let constructor = class.body.iter_mut().find_map(|member| match member {
            ClassMember::Constructor(constructor) if constructor.body.is_some() => {
                Some(constructor)
            }
            _ => None,
        });
        let Some(constructor) = constructor else {
            return decorators;
        };
        for (index, parameter) in constructor.params.iter_mut().enumerate() {
            let found = match parameter {
                ParamOrTsParamProp::TsParamProp(property) => property.decorators.take(),
                ParamOrTsParamProp::Param(parameter) => parameter.decorators.take(),
            };
            decorators.extend(of_parameter(index, found));
        }
        if !decorators.is_empty()
            && let Some(metadata) = &mut self.metadata
        {
            decorators.push(metadata.of_constructor(constructor));
        }
        decorators
    }

    /// The key of a member as an expression; a computed one is evaluated once, with the class.
    fn key(&mut self, member: &mut ClassMember) -> Box<Expr> {
        let key = match member {
            ClassMember::Method(method) => &mut method.key,
            ClassMember::ClassProp(property) => &mut property.key,
            ClassMember::AutoAccessor(accessor) => match &mut accessor.key {
                Key::Public(key) => key,
                Key::Private(_) => return undefined(),
            },
            _ => return undefined(),
        };
        let span = DUMMY_SP;
        let literal = |literal| Box::new(Expr::Lit(literal));
        match key {
            PropName::Ident(name) => literal(Lit::Str(Str {
                span,
                value: name.sym.clone().into(),
                raw: None,
            })),
            PropName::Str(text) => literal(Lit::Str(text.clone())),
            PropName::Num(number) => literal(Lit::Num(number.clone())),
            PropName::BigInt(number) => literal(Lit::BigInt(number.clone())),
            PropName::Computed(computed) if computed.expr.is_lit() => computed.expr.clone(),
            PropName::Computed(computed) => {
                let variable = self.around.variable("_key");
                computed.expr = assign(&variable, computed.expr.take());
                Box::new(Expr::Ident(variable))
            }
        }
    }
}

fn has_decorators(class: &Class) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_decorator(&mut self, _: &Decorator) {
            self.0 = true;
        }

        // Those of classes within are theirs.
        fn visit_expr(&mut self, _: &Expr) {}
        fn visit_stmt(&mut self, _: &Stmt) {}
    }
    let mut finder = Finder(false);
    class.visit_with(&mut finder);
    finder.0
}

/// The decorators of a member that can have some, and whether it is static.
fn take_decorators(member: &mut ClassMember) -> Option<(Expressions, bool)> {
    let (decorators, is_static) = match member {
        // Only the last of several signatures has a body.
        ClassMember::Method(method) if method.function.body.is_some() => {
            (&mut method.function.decorators, method.is_static)
        }
        ClassMember::Method(method) => {
            method.function.decorators.clear();
            return None;
        }
        ClassMember::ClassProp(property) => (&mut property.decorators, property.is_static),
        ClassMember::AutoAccessor(accessor) => (&mut accessor.decorators, accessor.is_static),
        _ => return None,
    };
    let decorators = decorators.drain(..).map(|found| found.expr).collect();
    Some((decorators, is_static))
}

/// The key of a getter or setter.
fn accessor_key(member: &ClassMember) -> Option<Key> {
    match member {
        ClassMember::Method(method) if method.kind != MethodKind::Method => {
            let mut key = method.key.clone();
            key.visit_mut_with(&mut WithoutSpans);
            Some(Key::Public(key))
        }
        _ => None,
    }
}

/// Makes equal what is written alike.
struct WithoutSpans;

impl VisitMut for WithoutSpans {
    fn visit_mut_span(&mut self, span: &mut swc_common::Span) {
        *span = DUMMY_SP;
    }
}

fn take_parameter_decorators<'a>(
    parameters: impl Iterator<Item = (usize, &'a mut Param)>,
) -> Expressions {
    parameters
        .flat_map(|(index, parameter)| of_parameter(index, parameter.decorators.take()))
        .collect()
}

/// `_ts_param(index, decorator)`
fn of_parameter(index: usize, decorators: Vec<Decorator>) -> Expressions {
    let index = Box::new(Expr::Lit(Lit::Num(Number {
        span: DUMMY_SP,
        value: index as f64,
        raw: None,
    })));
    let call = |decorator: Decorator| {
        Box::new(Expr::Call(CallExpr {
            span: decorator.span,
            callee: helper!(ts, ts_param),
            args: [index.clone(), decorator.expr]
                .map(ExprOrSpread::from)
                .into(),
            ..CallExpr::default()
        }))
    };
    decorators.into_iter().map(call).collect()
}

/// `_ts_decorate([…], target, key, descriptor)`
fn decorate(decorators: Expressions, rest: Expressions) -> Box<Expr> {
    let start = decorators
        .first()
        .map_or(BytePos::DUMMY, |first| first.span().lo);
    let list = Expr::Array(ArrayLit {
        span: DUMMY_SP,
        elems: decorators
            .into_iter()
            .map(|decorator| Some(decorator.into()))
            .collect(),
    });
    let mut args: Vec<ExprOrSpread> = vec![Box::new(list).into()];
    args.extend(rest.into_iter().map(ExprOrSpread::from));
    Box::new(Expr::Call(CallExpr {
        span: swc_common::Span::new(start, start),
        callee: helper!(ts, ts_decorate),
        args,
        ..CallExpr::default()
    }))
}

fn this_class(is_static: bool) -> Box<Expr> {
    let this = Box::new(Expr::This(ThisExpr { span: DUMMY_SP }));
    match is_static {
        true => this,
        false => prototype_of(this),
    }
}

fn named_class(name: &Ident) -> Box<Expr> {
    Box::new(Expr::Ident(Ident::new(
        name.sym.clone(),
        DUMMY_SP,
        name.ctxt,
    )))
}

fn prototype_of(obj: Box<Expr>) -> Box<Expr> {
    Box::new(Expr::Member(MemberExpr {
        span: DUMMY_SP,
        obj,
        prop: MemberProp::Ident(IdentName::new("prototype".into(), DUMMY_SP)),
    }))
}

fn undefined() -> Box<Expr> {
    Box::new(Expr::Unary(UnaryExpr {
        span: DUMMY_SP,
        op: UnaryOp::Void,
        arg: Box::new(Expr::Lit(Lit::Num(0.0.into()))),
    }))
}

fn assign(name: &Ident, right: Box<Expr>) -> Box<Expr> {
    let left = Ident::new(name.sym.clone(), DUMMY_SP, name.ctxt);
    Box::new(Expr::Assign(AssignExpr {
        span: DUMMY_SP,
        op: AssignOp::Assign,
        left: left.into(),
        right,
    }))
}

fn statement(expr: Box<Expr>) -> Stmt {
    Stmt::Expr(ExprStmt {
        span: DUMMY_SP,
        expr,
    })
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

fn in_static_block(class: &mut Class, calls: Expressions) {
    if !calls.is_empty() {
        let statements = calls.into_iter().map(statement).collect();
        class.body.push(static_block(statements));
    }
}

/// A member that gives a class without a name the name that it would have.
fn named(name: &str) -> ClassMember {
    let name = Box::new(Expr::Lit(Lit::Str(name.into())));
    ClassMember::ClassProp(ClassProp {
        key: PropName::Ident(IdentName::new("name".into(), DUMMY_SP)),
        value: Some(name),
        is_static: true,
        ..ClassProp::default()
    })
}

struct UsesPrivateNames(bool);

impl Visit for UsesPrivateNames {
    fn visit_private_name(&mut self, _: &PrivateName) {
        self.0 = true;
    }
}

/// The name of a class within itself.
struct Alias {
    id: Id,
    alias: Ident,
    is_used: std::cell::Cell<bool>,
}

impl QueryRef for Alias {
    fn query_ref(&self, reference: &Ident) -> Option<Box<Expr>> {
        (reference.to_id() == self.id).then(|| {
            self.is_used.set(true);
            let mut alias = self.alias.clone();
            alias.span = reference.span;
            Box::new(Expr::Ident(alias))
        })
    }

    fn query_lhs(&self, reference: &Ident) -> Option<Box<Expr>> {
        self.query_ref(reference)
    }
}
