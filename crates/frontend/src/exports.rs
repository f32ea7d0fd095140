//! What a CommonJS module exports, as far as its text shows: the names that an ECMAScript module can import.
//!
//! ```text
//! exports.a = 1; module.exports = { b, ...require("./c.js") }   →   a, b, and those of ./c.js
//! ```
//!
//! Like Node, this goes by how the text looks, not by what it does: `exports` is matched by name wherever it stands,
//! so that it is also found within the functions that packers wrap modules in.

use std::collections::HashMap;

use swc_ecma_ast::{
    AssignExpr, AssignTarget, CallExpr, Callee, Expr, Lit, MemberExpr, MemberProp, ObjectLit, Pat,
    Program, Prop, PropName, PropOrSpread, SimpleAssignTarget, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith};

/// What a CommonJS module exports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exports {
    /// The names, without `default`.
    pub(crate) names: Vec<String>,
    /// The specifiers of the modules whose names it passes on.
    pub(crate) passed_on: Vec<String>,
    /// Whether it assigns to its exports at all.
    pub(crate) any: bool,
    /// Whether what it exports may be something else than an object of names.
    pub(crate) value: bool,
}

/// Finds what `program` exports.
pub(crate) fn find(program: &Program) -> Exports {
    let mut finder = Finder::default();
    program.visit_with(&mut finder);
    let mut exports = finder.exports;
    exports.value |= exports.names.is_empty() || exports.names.iter().any(|name| name == "default");
    exports.names.retain(|name| name != "default");
    exports
}

/// Whether a program assigns to its exports or requires modules, which only CommonJS modules can.
pub(crate) fn is_commonjs(program: &Program) -> bool {
    struct Words(bool);
    impl Visit for Words {
        fn visit_expr(&mut self, expression: &Expr) {
            self.0 |= match expression {
                Expr::Member(member) => is_exports(&member.obj) || is_exports(expression),
                Expr::Call(call) => required(call).is_some(),
                _ => false,
            };
            expression.visit_children_with(self);
        }

        fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
            if let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assignment.left {
                self.0 |= is_exports(&member.obj) || is_module_exports(member);
            }
            assignment.visit_children_with(self);
        }
    }
    let mut words = Words(false);
    program.visit_with(&mut words);
    words.0
}

#[derive(Default)]
struct Finder {
    exports: Exports,
    /// Variables that hold a required module.
    required: HashMap<String, String>,
}

impl Finder {
    fn name(&mut self, name: &str) {
        self.exports.any = true;
        if !self.exports.names.iter().any(|other| other == name) {
            self.exports.names.push(name.to_string());
        }
    }

    fn pass_on(&mut self, specifier: String) {
        if !self.exports.passed_on.contains(&specifier) {
            self.exports.passed_on.push(specifier);
        }
    }

    /// `module.exports = value`
    fn whole(&mut self, value: &Expr) {
        self.exports.any = true;
        match value {
            Expr::Object(object) => self.object(object),
            Expr::Call(call) => match required(call) {
                Some(specifier) => self.pass_on(specifier),
                None => self.exports.value = true,
            },
            Expr::Paren(paren) => self.whole(&paren.expr),
            Expr::Assign(assignment) => self.whole(&assignment.right),
            Expr::Ident(identifier) => {
                if let Some(specifier) = self.required.get(&*identifier.sym) {
                    self.pass_on(specifier.clone());
                } else {
                    self.exports.value = true;
                }
            }
            _ => self.exports.value = true,
        }
    }

    fn object(&mut self, object: &ObjectLit) {
        for property in &object.props {
            match property {
                PropOrSpread::Spread(spread) => {
                    if let Expr::Call(call) = &*spread.expr
                        && let Some(specifier) = required(call)
                    {
                        self.pass_on(specifier);
                    }
                }
                PropOrSpread::Prop(property) => {
                    let key = match &**property {
                        Prop::Shorthand(identifier) => Some(identifier.sym.to_string()),
                        Prop::KeyValue(pair) => key(&pair.key),
                        Prop::Getter(getter) => key(&getter.key),
                        Prop::Method(method) => key(&method.key),
                        Prop::Setter(_) | Prop::Assign(_) => None,
                    };
                    if let Some(key) = key {
                        self.name(&key);
                    }
                }
            }
        }
    }

    /// `Object.defineProperty(exports, "name", …)`, `__exportStar(require("…"), exports)`,
    /// `Object.keys(required).forEach(…)`
    fn call(&mut self, call: &CallExpr) {
        let Callee::Expr(callee) = &call.callee else {
            return;
        };
        let argument = |index: usize| call.args.get(index).map(|argument| &*argument.expr);
        let function = match &**callee {
            Expr::Ident(identifier) => Some(identifier.sym.to_string()),
            Expr::Paren(_) | Expr::Seq(_) => last_name(callee),
            Expr::Member(member) => property(&member.prop),
            _ => None,
        };
        match function.as_deref() {
            Some("defineProperty") => {
                if argument(0).is_some_and(is_exports)
                    && let Some(Expr::Lit(Lit::Str(name))) = argument(1)
                {
                    self.name(&name.value.to_string_lossy());
                }
            }
            Some("__exportStar" | "__export" | "__reExport") => {
                let first = argument(0).and_then(required_by);
                if let Some(specifier) = first.or_else(|| argument(1).and_then(required_by)) {
                    self.pass_on(specifier);
                }
            }
            Some("forEach") => {
                if let Expr::Member(member) = &**callee
                    && let Expr::Call(keys) = &*member.obj
                    && let Callee::Expr(of) = &keys.callee
                    && let Expr::Member(of) = &**of
                    && property(&of.prop).is_some_and(|name| name == "keys")
                    && let Some(Expr::Ident(variable)) = keys.args.first().map(|first| &*first.expr)
                    && let Some(specifier) = self.required.get(&*variable.sym)
                {
                    self.pass_on(specifier.clone());
                }
            }
            _ => {}
        }
    }
}

impl Visit for Finder {
    fn visit_assign_expr(&mut self, assignment: &AssignExpr) {
        if let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = &assignment.left {
            if is_module_exports(member) {
                self.whole(&assignment.right);
            } else if is_exports(&member.obj)
                && let Some(name) = property(&member.prop)
            {
                self.name(&name);
            }
        }
        assignment.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.call(call);
        call.visit_children_with(self);
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init)
            && let Some(specifier) = required_by(value)
        {
            self.required.insert(name.sym.to_string(), specifier);
        }
        declarator.visit_children_with(self);
    }
}

/// The specifier of `require("…")`.
pub(crate) fn required(call: &CallExpr) -> Option<String> {
    let Callee::Expr(callee) = &call.callee else {
        return None;
    };
    let (Expr::Ident(function), [argument]) = (&**callee, &*call.args) else {
        return None;
    };
    match &*argument.expr {
        Expr::Lit(Lit::Str(specifier)) if &*function.sym == "require" => {
            Some(specifier.value.to_string_lossy().into_owned())
        }
        _ => None,
    }
}

/// The same, also within a call like `__importStar(require("…"))`.
fn required_by(value: &Expr) -> Option<String> {
    let Expr::Call(call) = value else { return None };
    required(call).or_else(|| match &*call.args.first()?.expr {
        Expr::Call(inner) => required(inner),
        _ => None,
    })
}

/// `exports` or `module.exports`
fn is_exports(expression: &Expr) -> bool {
    match expression {
        Expr::Ident(identifier) => &*identifier.sym == "exports",
        Expr::Member(member) => is_module_exports(member),
        Expr::Paren(paren) => is_exports(&paren.expr),
        Expr::Assign(assignment) => is_exports(&assignment.right),
        _ => false,
    }
}

fn is_module_exports(member: &MemberExpr) -> bool {
    matches!(&*member.obj, Expr::Ident(object) if &*object.sym == "module")
        && property(&member.prop).is_some_and(|name| name == "exports")
}

/// The name of `.name` or `["name"]`.
fn property(property: &MemberProp) -> Option<String> {
    match property {
        MemberProp::Ident(name) => Some(name.sym.to_string()),
        MemberProp::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(name)) => Some(name.value.to_string_lossy().into_owned()),
            _ => None,
        },
        MemberProp::PrivateName(_) => None,
    }
}

fn key(name: &PropName) -> Option<String> {
    match name {
        PropName::Ident(name) => Some(name.sym.to_string()),
        PropName::Str(name) => Some(name.value.to_string_lossy().into_owned()),
        _ => None,
    }
}

/// `f` of `(0, m.f)`
fn last_name(callee: &Expr) -> Option<String> {
    match callee {
        Expr::Paren(paren) => last_name(&paren.expr),
        Expr::Seq(sequence) => last_name(sequence.exprs.last()?),
        Expr::Member(member) => property(&member.prop),
        Expr::Ident(identifier) => Some(identifier.sym.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::parse::{Goal, Language, parse};

    fn check(text: &str, names: &[&str], passed_on: &[&str]) {
        let parsed = parse(text, Language::default(), Goal::CommonJs);
        let exports = find(&parsed.expect("it parses").program);
        assert_eq!(exports.names, names, "{text}");
        assert_eq!(exports.passed_on, passed_on, "{text}");
    }

    #[test]
    fn assignments_are_found() {
        check("exports.a = 1; exports['b-c'] = 2;", &["a", "b-c"], &[]);
        check("module.exports.a = 1", &["a"], &[]);
        check("exports.a = exports.b = void 0;", &["a", "b"], &[]);
        check("exports = module.exports = f; exports.a = 1", &["a"], &[]);
        check("exports.default = 1; exports.a = 1", &["a"], &[]);
        check("if (x) { exports.a = 1 }", &["a"], &[]);
    }

    #[test]
    fn objects_are_found() {
        check(
            "module.exports = { a, b: 1, 'c': 2, d() {}, get e() {} }",
            &["a", "b", "c", "d", "e"],
            &[],
        );
        check(
            "0 && (module.exports = { a, ...require('./b') });",
            &["a"],
            &["./b"],
        );
        check("module.exports = { [a]: 1, b }", &["b"], &[]);
    }

    #[test]
    fn definitions_are_found() {
        check(
            "Object.defineProperty(exports, '__esModule', { value: true });",
            &["__esModule"],
            &[],
        );
        check(
            "Object.defineProperty(module.exports, 'a', { get: f });",
            &["a"],
            &[],
        );
        check("(function (exports) { exports.a = 1 })(this)", &["a"], &[]);
    }

    #[test]
    fn names_of_others_are_found() {
        check("module.exports = require('./a')", &[], &["./a"]);
        check(
            "const a = require('./a'); module.exports = a",
            &[],
            &["./a"],
        );
        check("__exportStar(require('./a'), exports)", &[], &["./a"]);
        check(
            "(0, tslib_1.__exportStar)(require('./a'), exports)",
            &[],
            &["./a"],
        );
        check(
            "var _a = require('./a'); Object.keys(_a).forEach(function (key) { exports[key] = _a[key] })",
            &[],
            &["./a"],
        );
    }
}
