//! Types for decorators (`emitDecoratorMetadata`).
//!
//! ```text
//! @d m(a: string): Date {}   →   …, _ts_metadata("design:type", Function), _ts_metadata("design:paramtypes", [String]), …
//! ```

use swc_common::{DUMMY_SP, Mark, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, ArrowExpr, ArrowFunctionBody, CallExpr, Callee, ClassMember, ClassMethod,
    Constructor, Expr, Ident, IdentName, Lit, MemberExpr, MemberProp, MethodKind,
    ParamOrTsParamProp, Pat, Stmt, TsEntityName, TsParamPropParam, TsType, UnaryExpr, UnaryOp,
};
use swc_ecma_transforms_base::helper;

use super::around::Expressions;
use super::quote;
use super::types::{Kind, Types, Value};

/// Notes types.
pub(super) struct Metadata {
    types: Types,
    unresolved: Mark,
    /// The function that looks whether a name is a class, once it is needed.
    test: Option<(Ident, Stmt)>,
}

impl Metadata {
    pub(super) fn new(types: Types, unresolved: Mark) -> Metadata {
        Metadata {
            types,
            unresolved,
            test: None,
        }
    }

    /// What is to be said of a member, one of `members`.
    pub(super) fn of_member(
        &mut self,
        member: &ClassMember,
        members: &[ClassMember],
    ) -> Expressions {
        match member {
            ClassMember::ClassProp(property) => {
                let written = property.type_ann.as_ref().map(|found| &*found.type_ann);
                vec![self.note("type", written)]
            }
            ClassMember::AutoAccessor(accessor) => {
                let written = accessor.type_ann.as_ref().map(|found| &*found.type_ann);
                vec![self.note("type", written)]
            }
            ClassMember::Method(method) if method.kind == MethodKind::Method => {
                let function = &method.function;
                let of_type = entry("type", self.kind(Kind::Function));
                let result = function.return_type.as_ref().map(|found| &*found.type_ann);
                let result = match result {
                    Some(written) => self.value(Some(written)),
                    None if function.is_async => self.kind(Kind::Promise),
                    None => self.kind(Kind::Undefined),
                };
                let parameters = self.parameters(function.params.iter().map(|found| &found.pat));
                vec![of_type, parameters, entry("returntype", result)]
            }
            ClassMember::Method(method) => self.of_accessor(method, members),
            _ => Vec::new(),
        }
    }

    /// The types of a property by its getter and setter.
    fn of_accessor(&mut self, method: &ClassMethod, members: &[ClassMember]) -> Expressions {
        let of_kind = |kind| {
            members.iter().find_map(|member| match member {
                ClassMember::Method(other)
                    if other.kind == kind
                        && other.is_static == method.is_static
                        && swc_common::EqIgnoreSpan::eq_ignore_span(&other.key, &method.key) =>
                {
                    Some(&other.function)
                }
                _ => None,
            })
        };
        let setter = of_kind(MethodKind::Setter);
        let of_setter = setter
            .and_then(|setter| setter.params.first())
            .and_then(|parameter| type_of(&parameter.pat));
        let of_getter = of_kind(MethodKind::Getter)
            .and_then(|getter| getter.return_type.as_ref())
            .map(|found| &*found.type_ann);
        let parameters = setter.map_or(&[][..], |setter| &setter.params);
        vec![
            self.note("type", of_setter.or(of_getter)),
            self.parameters(parameters.iter().map(|found| &found.pat)),
        ]
    }

    pub(super) fn of_constructor(&mut self, constructor: &Constructor) -> Box<Expr> {
        let patterns: Vec<Pat> = constructor
            .params
            .iter()
            .map(|parameter| match parameter {
                ParamOrTsParamProp::Param(parameter) => parameter.pat.clone(),
                ParamOrTsParamProp::TsParamProp(property) => match &property.param {
                    TsParamPropParam::Ident(name) => Pat::Ident(name.clone()),
                    TsParamPropParam::Assign(assign) => Pat::Assign(assign.clone()),
                },
            })
            .collect();
        self.parameters(patterns.iter())
    }

    fn parameters<'p>(&mut self, patterns: impl Iterator<Item = &'p Pat>) -> Box<Expr> {
        let is_this = |pattern: &&Pat| pattern.as_ident().is_some_and(|name| &*name.sym == "this");
        let values: Vec<_> = patterns
            .filter(|pattern| !is_this(pattern))
            .map(|pattern| Some(self.value(type_of(pattern)).into()))
            .collect();
        let list = Expr::Array(ArrayLit {
            span: DUMMY_SP,
            elems: values,
        });
        entry("paramtypes", Box::new(list))
    }

    fn note(&mut self, what: &str, written: Option<&TsType>) -> Box<Expr> {
        let value = self.value(written);
        entry(what, value)
    }

    /// What stands for a type at run time.
    fn value(&mut self, written: Option<&TsType>) -> Box<Expr> {
        match self.types.value(written, self.unresolved) {
            Value::Kind(found) => self.kind(found),
            Value::Class((name, context)) => {
                Box::new(Expr::Ident(Ident::new(name, DUMMY_SP, context)))
            }
            Value::Perhaps(path, id) => {
                let first = Ident::new(id.0, DUMMY_SP, id.1);
                let named = path[1..]
                    .iter()
                    .fold(Box::new(Expr::Ident(first)), |obj, name| {
                        Box::new(Expr::Member(MemberExpr {
                            span: DUMMY_SP,
                            obj,
                            prop: MemberProp::Ident(IdentName::new(name.as_str().into(), DUMMY_SP)),
                        }))
                    });
                let unresolved = self.unresolved;
                let (test, _) = self
                    .test
                    .get_or_insert_with(|| quote::function(TEST, &["Object"], unresolved));
                call(test.clone(), arrow(named))
            }
        }
    }

    /// The function that looks whether a name is a class, if it is needed.
    pub(super) fn into_test(self) -> Option<Stmt> {
        self.test.map(|(_, function)| function)
    }

    fn kind(&self, kind: Kind) -> Box<Expr> {
        if kind == Kind::Undefined {
            return Box::new(Expr::Unary(UnaryExpr {
                span: DUMMY_SP,
                op: UnaryOp::Void,
                arg: Box::new(Expr::Lit(Lit::Num(0.0.into()))),
            }));
        }
        let global = SyntaxContext::empty().apply_mark(self.unresolved);
        Box::new(Expr::Ident(Ident::new(
            kind.name().into(),
            DUMMY_SP,
            global,
        )))
    }
}

/// Gives what a name means if that is a class. Modules that import each other may not have it yet.
const TEST: &str = "function _class(read) { let value; try { value = read(); } catch {} \
                    return typeof value === \"function\" ? value : Object; }";

/// The type that is written at a parameter; of one for the rest, that of its elements.
fn type_of(pattern: &Pat) -> Option<&TsType> {
    let annotation = match pattern {
        Pat::Ident(name) => &name.type_ann,
        Pat::Array(array) => &array.type_ann,
        Pat::Object(object) => &object.type_ann,
        Pat::Assign(assign) => return type_of(&assign.left),
        Pat::Rest(rest) => {
            return match &*rest
                .type_ann
                .as_ref()
                .or(match &*rest.arg {
                    Pat::Ident(name) => name.type_ann.as_ref(),
                    _ => None,
                })?
                .type_ann
            {
                TsType::TsArrayType(array) => Some(&array.elem_type),
                TsType::TsTypeRef(reference) if matches!(&reference.type_name, TsEntityName::Ident(name) if matches!(&*name.sym, "Array" | "ReadonlyArray")) =>
                {
                    let arguments = reference.type_params.as_ref()?;
                    arguments.params.first().map(|first| &**first)
                }
                _ => None,
            };
        }
        Pat::Invalid(_) | Pat::Expr(_) => &None,
    };
    annotation.as_ref().map(|found| &*found.type_ann)
}

/// `_ts_metadata("design:what", value)`
fn entry(what: &str, value: Box<Expr>) -> Box<Expr> {
    let name = Box::new(Expr::Lit(Lit::Str(format!("design:{what}").into())));
    Box::new(Expr::Call(CallExpr {
        callee: helper!(ts, ts_metadata),
        args: vec![name.into(), value.into()],
        ..CallExpr::default()
    }))
}

fn call(function: Ident, argument: Box<Expr>) -> Box<Expr> {
    Box::new(Expr::Call(CallExpr {
        callee: Callee::Expr(Box::new(Expr::Ident(function))),
        args: vec![argument.into()],
        ..CallExpr::default()
    }))
}

fn arrow(result: Box<Expr>) -> Box<Expr> {
    Box::new(Expr::Arrow(ArrowExpr {
        body: Box::new(ArrowFunctionBody::Expr(result)),
        ..ArrowExpr::default()
    }))
}
