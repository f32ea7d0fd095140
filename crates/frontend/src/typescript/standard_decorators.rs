//! What swc leaves undone in its form of the standard's decorators.
//!
//! ```text
//! _apply_decs_2311(this, …)   →   _apply_decs_2311(this, …, 0, void 0, Object.getPrototypeOf(this))
//! ```
//!
//! Without the last argument `Symbol.metadata` does not inherit from the parent's. And a name in that helper, by which
//! private members are read and written for others, is not that of the variable that it means.

use std::collections::{HashMap, HashSet};

use swc_common::{DUMMY_SP, Mark, Spanned, SyntaxContext};
use swc_ecma_ast::{
    BindingIdent, CallExpr, Callee, Class, Decl, Expr, FnDecl, FnExpr, Id, Ident, IdentName, Lit,
    MemberExpr, MemberProp, ModuleItem, Program, Stmt, ThisExpr, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// The function of swc that applies decorators.
const HELPER: &str = "_apply_decs_2311";

/// The arguments in front of the parent class.
const ARGUMENTS: usize = 5;

/// Tells decorators of parent classes.
pub(super) fn name_parents(program: &mut Program, unresolved: Mark) {
    program.visit_mut_with(&mut Parents {
        has_parent: false,
        global: SyntaxContext::empty().apply_mark(unresolved),
    });
}

struct Parents {
    /// Whether the class that the walk is in has a parent.
    has_parent: bool,
    global: SyntaxContext,
}

impl VisitMut for Parents {
    fn visit_mut_class(&mut self, class: &mut Class) {
        let around = std::mem::replace(&mut self.has_parent, class.super_class.is_some());
        class.body.visit_mut_with(self);
        self.has_parent = around;
        class.super_class.visit_mut_with(self);
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.visit_mut_children_with(self);
        let is_helper = matches!(&call.callee, Callee::Expr(callee) if callee.as_ident().is_some_and(|name| &*name.sym == HELPER));
        if !is_helper || !self.has_parent || call.args.len() > ARGUMENTS {
            return;
        }
        let undefined = || {
            Box::new(Expr::Unary(UnaryExpr {
                span: DUMMY_SP,
                op: UnaryOp::Void,
                arg: Box::new(Expr::Lit(Lit::Num(0.0.into()))),
            }))
        };
        call.args.resize_with(ARGUMENTS, || undefined().into());
        let object = Ident::new("Object".into(), DUMMY_SP, self.global);
        let parent = Expr::Call(CallExpr {
            callee: Callee::Expr(Box::new(Expr::Member(MemberExpr {
                span: DUMMY_SP,
                obj: Box::new(Expr::Ident(object)),
                prop: MemberProp::Ident(IdentName::new("getPrototypeOf".into(), DUMMY_SP)),
            }))),
            args: vec![Box::new(Expr::This(ThisExpr { span: DUMMY_SP })).into()],
            ..CallExpr::default()
        });
        call.args.push(Box::new(parent).into());
    }
}

/// Mends the helper, if it is in the program.
pub(super) fn mend_helper(program: &mut Program) {
    match program {
        Program::Module(module) => {
            let statements = module.body.iter_mut().filter_map(ModuleItem::as_mut_stmt);
            statements.for_each(mend);
        }
        Program::Script(script) => script.body.iter_mut().for_each(mend),
    }
}

fn mend(statement: &mut Stmt) {
    if let Stmt::Decl(Decl::Fn(helper)) = statement
        && &*helper.ident.sym == HELPER
        && helper.function.span().is_dummy()
    {
        let mut declared = Declared::default();
        helper.visit_with(&mut declared);
        helper.visit_mut_with(&mut Mend(declared));
    }
}

/// What the helper declares.
#[derive(Default)]
struct Declared {
    ids: HashSet<Id>,
    contexts: HashMap<String, HashSet<SyntaxContext>>,
}

impl Declared {
    fn declare(&mut self, name: &Ident) {
        self.ids.insert(name.to_id());
        let contexts = self.contexts.entry(name.sym.to_string()).or_default();
        contexts.insert(name.ctxt);
    }
}

impl Visit for Declared {
    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        self.declare(&name.id);
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.declare(&function.ident);
        function.visit_children_with(self);
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        if let Some(name) = &function.ident {
            self.declare(name);
        }
        function.visit_children_with(self);
    }
}

/// Makes names that mean nothing mean the one variable of that name.
struct Mend(Declared);

impl VisitMut for Mend {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if self.0.ids.contains(&name.to_id()) {
            return;
        }
        let contexts = self.0.contexts.get(&*name.sym);
        if let Some([context]) = contexts
            .map(|found| found.iter().collect::<Vec<_>>())
            .as_deref()
        {
            name.ctxt = **context;
        }
    }
}
