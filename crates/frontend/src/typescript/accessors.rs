//! `accessor` fields, which the engine does not know.
//!
//! ```text
//! accessor x = 1   →   #x = 1; get x() { return this.#x } set x(value) { this.#x = value }
//! ```

use swc_common::DUMMY_SP;
use swc_common::util::take::Take;
use swc_ecma_ast::{
    AssignExpr, AssignOp, AutoAccessor, Class, ClassMember, ClassMethod, ComputedPropName, Expr,
    ExprStmt, Function, FunctionBody, Key, MemberExpr, MemberProp, MethodKind, Param,
    PrivateMethod, PrivateName, PrivateProp, PropName, ReturnStmt, Stmt, ThisExpr,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith};

use super::around::{Around, Surround, visit_lists};

/// Makes private fields, getters and setters of the `accessor` fields that have no decorators.
#[derive(Default)]
pub(super) struct Accessors {
    around: Around,
}

impl Surround for Accessors {
    fn around(&mut self) -> &mut Around {
        &mut self.around
    }
}

impl VisitMut for Accessors {
    visit_lists!();

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.visit_mut_children_with(self);
        let is_accessor = |member: &ClassMember| {
            matches!(member, ClassMember::AutoAccessor(accessor)
                if accessor.decorators.is_empty() && !accessor.is_abstract)
        };
        if !class.body.iter().any(is_accessor) {
            return;
        }
        let mut members = Vec::new();
        for member in class.body.take() {
            match member {
                ClassMember::AutoAccessor(accessor)
                    if accessor.decorators.is_empty() && !accessor.is_abstract =>
                {
                    let number = members.len();
                    members.extend(self.lower(accessor, number));
                }
                other => members.push(other),
            }
        }
        class.body = members;
    }
}

impl Accessors {
    fn lower(&mut self, accessor: AutoAccessor, number: usize) -> [ClassMember; 3] {
        let hint = match &accessor.key {
            Key::Private(name) => name.name.to_string(),
            Key::Public(PropName::Ident(name)) => name.sym.to_string(),
            Key::Public(_) => "accessor".to_string(),
        };
        // No name of the program is like this, and no two of a class are the same.
        let storage = PrivateName {
            span: DUMMY_SP,
            name: format!("_{number}_{hint}_storage").into(),
        };
        let field = MemberExpr {
            span: DUMMY_SP,
            obj: Box::new(Expr::This(ThisExpr { span: DUMMY_SP })),
            prop: MemberProp::PrivateName(storage.clone()),
        };
        let value = private_ident!("value");
        let get = Stmt::Return(ReturnStmt {
            span: DUMMY_SP,
            arg: Some(Box::new(Expr::Member(field.clone()))),
        });
        let set = Stmt::Expr(ExprStmt {
            span: DUMMY_SP,
            expr: Box::new(Expr::Assign(AssignExpr {
                span: DUMMY_SP,
                op: AssignOp::Assign,
                left: field.into(),
                right: Box::new(Expr::Ident(value.clone())),
            })),
        });
        let (first, second) = self.keys(accessor.key);
        let is_static = accessor.is_static;
        let method =
            |kind, key, params, body| method(accessor.span, is_static, kind, key, params, body);
        [
            ClassMember::PrivateProp(PrivateProp {
                span: accessor.span,
                key: storage,
                value: accessor.value,
                is_static,
                ..PrivateProp::default()
            }),
            method(MethodKind::Getter, first, Vec::new(), get),
            method(MethodKind::Setter, second, vec![Param::from(value)], set),
        ]
    }

    /// The key of the getter and that of the setter; a computed one is evaluated once.
    fn keys(&mut self, key: Key) -> (Key, Key) {
        let Key::Public(PropName::Computed(ComputedPropName { span, expr })) = key else {
            return (key.clone(), key);
        };
        let variable = self.around.variable("_key");
        let computed = |expr| Key::Public(PropName::Computed(ComputedPropName { span, expr }));
        let first = Box::new(Expr::Assign(AssignExpr {
            span: DUMMY_SP,
            op: AssignOp::Assign,
            left: variable.clone().into(),
            right: expr,
        }));
        (computed(first), computed(Box::new(Expr::Ident(variable))))
    }
}

fn method(
    span: swc_common::Span,
    is_static: bool,
    kind: MethodKind,
    key: Key,
    params: Vec<Param>,
    body: Stmt,
) -> ClassMember {
    let function = Box::new(Function {
        params,
        body: Some(FunctionBody {
            span: DUMMY_SP,
            stmts: vec![body],
        }),
        ..Function::default()
    });
    match key {
        Key::Private(key) => ClassMember::PrivateMethod(PrivateMethod {
            span,
            key,
            function,
            kind,
            is_static,
            ..PrivateMethod::default()
        }),
        Key::Public(key) => ClassMember::Method(ClassMethod {
            span,
            key,
            function,
            kind,
            is_static,
            ..ClassMethod::default()
        }),
    }
}
