//! What a file says of other modules and of the world: imports, exports, requires, and globals that it uses.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use swc_common::{Mark, Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, Bool, CallExpr, Callee, Constructor, Decl, DefaultDecl, ExportSpecifier, Expr,
    ExprOrSpread, Function, IfStmt, ImportDecl, ImportSpecifier, Lit, MemberExpr, MemberProp,
    ModuleDecl, ModuleExportName, ModuleItem, ObjectLit, ObjectPatProp, OptCall, OptChainBase, Pat,
    Program, Prop, PropName, PropOrSpread, Str, TryStmt, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{Visit, VisitWith};

use crate::exports::required;
use crate::graph::Form;
use crate::members;
use crate::parse::range;
use crate::texts::Constants;
use crate::values::{may_be_function, may_declare_function};

/// What a file says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) references: Vec<Reference>,
    /// Where its default export stands.
    pub(crate) default: Option<Range<usize>>,
    /// The names that it exports; `*` for `export * from`.
    pub(crate) exports: Vec<String>,
    /// Whether a function may be among them.
    pub(crate) exports_functions: bool,
    /// The names that it reads of objects, where one of them may be what an `import()` gives.
    pub(crate) members: BTreeSet<String>,
    /// The names that it does not declare, and where each is used first.
    pub(crate) globals: BTreeMap<String, Range<usize>>,
    /// Where methods are given a locale or options, and which.
    pub(crate) locales: Vec<(String, Range<usize>)>,
    /// Where modules are imported or required whose names are computed.
    pub(crate) computed: Vec<(Usage, Range<usize>)>,
}

impl Found {
    /// In a script `require` is a name as any other.
    pub(crate) fn forget_requires(&mut self) {
        self.references
            .retain(|reference| reference.usage == Usage::Dynamic);
        self.computed.retain(|(usage, _)| *usage == Usage::Dynamic);
    }
}

/// A reference to another module.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) specifier: String,
    pub(crate) usage: Usage,
    pub(crate) form: Form,
    pub(crate) span: Range<usize>,
    /// The names that it takes from there, and where they stand.
    pub(crate) names: Vec<(String, Range<usize>)>,
}

impl Reference {
    fn new(specifier: String, usage: Usage, span: Span) -> Reference {
        Reference {
            specifier,
            usage,
            form: Form::Module,
            span: range(span, usize::MAX),
            names: Vec::new(),
        }
    }

    /// Whether it is by `require`.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.usage, Usage::Require | Usage::RequirePerhaps)
    }
}

/// How a module is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// By an import or export declaration.
    Static,
    /// By `import()`.
    Dynamic,
    /// By `require`, as the file is loaded.
    Require,
    /// By `require` within a function, which need not be called, or where a failure is caught.
    RequirePerhaps,
}

/// Reads `program`. The names that it does not declare have the mark `unresolved`; without one they are not looked for,
/// and `require` is taken for Node's wherever it stands.
pub(crate) fn scan(program: &Program, unresolved: Option<Mark>) -> Found {
    let mut scan = Scan {
        found: Found::default(),
        unresolved,
        constants: Constants::of(program),
        functions: 0,
        tries: 0,
        tested: Vec::new(),
    };
    if let Program::Module(module) = program {
        for item in &module.body {
            if let ModuleItem::ModuleDecl(declaration) = item {
                read_declaration(declaration, &mut scan.found);
            }
        }
    }
    program.visit_with(&mut scan);
    let Scan {
        mut found, tested, ..
    } = scan;
    if found.has_dynamic() {
        found.members = members::of(program);
    }
    for name in tested {
        found.globals.remove(&name);
    }
    found
}

struct Scan {
    found: Found,
    unresolved: Option<Mark>,
    constants: Constants,
    functions: usize,
    tries: usize,
    /// Globals whose existence the program tests by `typeof`.
    tested: Vec<String>,
}

impl Scan {
    fn in_function(&mut self, visit: impl FnOnce(&mut Scan)) {
        self.functions += 1;
        visit(self);
        self.functions -= 1;
    }

    fn call(&mut self, call: &CallExpr) {
        let literal = call
            .args
            .first()
            .and_then(|argument| text_of(&argument.expr));
        match &call.callee {
            Callee::Import(_) => {
                let Some(name) = call.args.first() else {
                    return;
                };
                let texts = self.constants.texts(&name.expr);
                if !texts.is_all {
                    let span = range(call.span, usize::MAX);
                    self.found.computed.push((Usage::Dynamic, span));
                }
                for text in texts.known {
                    self.found.references.push(Reference {
                        form: call
                            .args
                            .get(1)
                            .map_or(Form::Module, |o| form_of_options(&o.expr)),
                        ..Reference::new(text, Usage::Dynamic, name.expr.span())
                    });
                }
            }
            Callee::Expr(callee) if self.is_require(callee) => {
                let is_perhaps = self.functions > 0 || self.tries > 0 || callee.is_member();
                let usage = if is_perhaps {
                    Usage::RequirePerhaps
                } else {
                    Usage::Require
                };
                match literal {
                    Some((text, span)) if callee.is_member() || required(call).is_some() => {
                        self.found
                            .references
                            .push(Reference::new(text, usage, span));
                    }
                    _ if callee.is_member() => {}
                    _ => self
                        .found
                        .computed
                        .push((usage, range(call.span, usize::MAX))),
                }
            }
            _ => {}
        }
    }

    /// Node's `require` or `require.resolve`.
    fn is_require(&self, callee: &Expr) -> bool {
        match callee {
            Expr::Ident(identifier) => {
                // One that a transformation made has no mark at all.
                let is_own = self.unresolved.is_some_and(|unresolved| {
                    identifier.ctxt.outer() != unresolved
                        && identifier.ctxt != SyntaxContext::empty()
                });
                &*identifier.sym == "require" && !is_own
            }
            Expr::Member(MemberExpr { obj, prop, .. }) => {
                obj.is_ident() && self.is_require(obj) && prop.is_ident_with("resolve")
            }
            _ => false,
        }
    }
}

/// The methods that know of locales, and how many arguments they have without.
const LOCALE_METHODS: [(&str, usize); 6] = [
    ("toLocaleString", 0),
    ("toLocaleDateString", 0),
    ("toLocaleTimeString", 0),
    ("toLocaleUpperCase", 0),
    ("toLocaleLowerCase", 0),
    ("localeCompare", 1),
];

impl Scan {
    /// Notes a call of a method with a locale or with options.
    fn locale(&mut self, callee: &Expr, arguments: &[ExprOrSpread]) {
        let member = match callee {
            Expr::Member(member) => member,
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => member,
                OptChainBase::Call(_) => return,
            },
            _ => return,
        };
        let MemberProp::Ident(name) = &member.prop else {
            return;
        };
        let method = LOCALE_METHODS
            .iter()
            .find(|(method, _)| *method == &*name.sym);
        if let Some((method, before)) = method
            && let Some(argument) = arguments.get(*before)
        {
            let place = range(argument.span(), usize::MAX);
            self.found.locales.push((method.to_string(), place));
        }
    }
}

impl Visit for Scan {
    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.call(call);
        if let Callee::Expr(callee) = &call.callee {
            self.locale(callee, &call.args);
        }
        call.visit_children_with(self);
    }

    fn visit_opt_call(&mut self, call: &OptCall) {
        self.locale(&call.callee, &call.args);
        call.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.in_function(|scan| function.visit_children_with(scan));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.in_function(|scan| constructor.visit_children_with(scan));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.in_function(|scan| arrow.visit_children_with(scan));
    }

    fn visit_try_stmt(&mut self, statement: &TryStmt) {
        if statement.handler.is_some() {
            self.tries += 1;
            statement.block.visit_with(self);
            self.tries -= 1;
        } else {
            statement.block.visit_with(self);
        }
        statement.handler.visit_with(self);
        statement.finalizer.visit_with(self);
    }

    fn visit_if_stmt(&mut self, statement: &IfStmt) {
        // What is left of a condition on a constant: its declarations are needed, but it does not run.
        let test = match &*statement.test {
            Expr::Lit(Lit::Bool(Bool { value, .. })) => Some(*value),
            _ => None,
        };
        statement.test.visit_with(self);
        if test != Some(false) {
            statement.cons.visit_with(self);
        }
        if test != Some(true) {
            statement.alt.visit_with(self);
        }
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if let (UnaryOp::TypeOf, Expr::Ident(identifier)) = (unary.op, &*unary.arg) {
            self.tested.push(identifier.sym.to_string());
            return;
        }
        unary.visit_children_with(self);
    }

    fn visit_expr(&mut self, expression: &Expr) {
        if let (Expr::Ident(identifier), Some(unresolved)) = (expression, self.unresolved)
            && identifier.ctxt.outer() == unresolved
        {
            let name = identifier.sym.to_string();
            let place = range(identifier.span, usize::MAX);
            self.found.globals.entry(name).or_insert(place);
        }
        expression.visit_children_with(self);
    }
}

/// The text of a literal.
fn text_of(expression: &Expr) -> Option<(String, Span)> {
    match expression {
        Expr::Lit(Lit::Str(text)) => Some((text.value.to_string_lossy().into_owned(), text.span)),
        Expr::Tpl(template) => match &*template.quasis {
            [whole] => Some((
                whole.cooked.as_ref()?.to_string_lossy().into_owned(),
                template.span,
            )),
            _ => None,
        },
        _ => None,
    }
}

/// What the options of an `import()` say.
fn form_of_options(options: &Expr) -> Form {
    let with = match options {
        Expr::Object(options) => value_of(options, "with"),
        _ => None,
    };
    match with {
        Some(Expr::Object(attributes)) => form_of(attributes),
        _ => Form::Module,
    }
}

/// What the attributes of an import say.
fn form_of(attributes: &ObjectLit) -> Form {
    let text = value_of(attributes, "type").and_then(text_of);
    text.map_or(Form::Module, |(text, _)| Form::of_attribute(&text))
}

fn value_of<'a>(object: &'a ObjectLit, key: &str) -> Option<&'a Expr> {
    object.props.iter().find_map(|property| match property {
        PropOrSpread::Prop(property) => match &**property {
            Prop::KeyValue(pair) => {
                let is_key = match &pair.key {
                    PropName::Ident(name) => name.sym == *key,
                    PropName::Str(text) => text.value.to_string_lossy() == key,
                    _ => false,
                };
                is_key.then_some(&*pair.value)
            }
            _ => None,
        },
        PropOrSpread::Spread(_) => None,
    })
}

fn read_declaration(declaration: &ModuleDecl, found: &mut Found) {
    match declaration {
        ModuleDecl::Import(ImportDecl {
            src,
            specifiers,
            with,
            ..
        }) => {
            found.import(src, with.as_deref());
            for specifier in specifiers {
                match specifier {
                    ImportSpecifier::Named(named) => match &named.imported {
                        Some(imported) => found.take(name(imported), imported.span()),
                        None => found.take(named.local.sym.to_string(), named.span),
                    },
                    ImportSpecifier::Default(default) => {
                        found.take("default".to_string(), default.span);
                    }
                    ImportSpecifier::Namespace(_) => {}
                }
            }
        }
        ModuleDecl::ExportAll(all) => {
            found.import(&all.src, all.with.as_deref());
            found.exports_functions = true;
            found.exports.push("*".to_string());
        }
        ModuleDecl::ExportNamed(named) => {
            if let Some(src) = &named.src {
                found.import(src, named.with.as_deref());
            }
            found.exports_functions |= !named.specifiers.is_empty();
            for specifier in &named.specifiers {
                if let (Some(_), ExportSpecifier::Named(named)) = (&named.src, specifier) {
                    found.take(name(&named.orig), named.orig.span());
                }
                found.exports.push(match specifier {
                    ExportSpecifier::Namespace(namespace) => name(&namespace.name),
                    ExportSpecifier::Default(default) => default.exported.sym.to_string(),
                    ExportSpecifier::Named(named) => {
                        name(named.exported.as_ref().unwrap_or(&named.orig))
                    }
                });
            }
        }
        ModuleDecl::ExportDecl(export) => {
            found.exports_functions |= may_declare_function(&export.decl);
            match &export.decl {
                Decl::Class(class) => found.exports.push(class.ident.sym.to_string()),
                Decl::Fn(function) => found.exports.push(function.ident.sym.to_string()),
                Decl::Var(variables) => {
                    for declarator in &variables.decls {
                        bindings(&declarator.name, &mut found.exports);
                    }
                }
                _ => {}
            }
        }
        ModuleDecl::ExportDefaultDecl(default)
            if !matches!(default.decl, DefaultDecl::TsInterfaceDecl(_)) =>
        {
            found.default = Some(range(default.decl.span(), usize::MAX));
            found.exports_functions |= matches!(default.decl, DefaultDecl::Fn(_));
            found.exports.push("default".to_string());
        }
        ModuleDecl::ExportDefaultExpr(default) => {
            found.default = Some(range(default.expr.span(), usize::MAX));
            found.exports_functions |= may_be_function(&default.expr);
            found.exports.push("default".to_string());
        }
        _ => {}
    }
}

impl Found {
    fn has_dynamic(&self) -> bool {
        let mut references = self.references.iter();
        references.any(|reference| reference.usage == Usage::Dynamic)
    }

    fn import(&mut self, specifier: &Str, attributes: Option<&ObjectLit>) {
        let text = specifier.value.to_string_lossy().into_owned();
        self.references.push(Reference {
            form: attributes.map_or(Form::Module, form_of),
            ..Reference::new(text, Usage::Static, specifier.span)
        });
    }

    /// Notes a name that the last import takes.
    fn take(&mut self, name: String, span: Span) {
        if let Some(import) = self.references.last_mut() {
            import.names.push((name, range(span, usize::MAX)));
        }
    }
}

fn name(name: &ModuleExportName) -> String {
    name.atom().to_string()
}

/// The names that a pattern binds.
fn bindings(pattern: &Pat, names: &mut Vec<String>) {
    match pattern {
        Pat::Ident(identifier) => names.push(identifier.id.sym.to_string()),
        Pat::Array(array) => array
            .elems
            .iter()
            .flatten()
            .for_each(|element| bindings(element, names)),
        Pat::Rest(rest) => bindings(&rest.arg, names),
        Pat::Assign(assign) => bindings(&assign.left, names),
        Pat::Object(object) => {
            for property in &object.props {
                match property {
                    ObjectPatProp::KeyValue(pair) => bindings(&pair.value, names),
                    ObjectPatProp::Assign(assign) => names.push(assign.key.id.sym.to_string()),
                    ObjectPatProp::Rest(rest) => bindings(&rest.arg, names),
                }
            }
        }
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Usage, scan};
    use crate::parse::{Goal, Language, parse};

    fn found(text: &str, goal: Goal) -> Found {
        let parsed = parse(text, Language::default(), goal);
        scan(&parsed.expect("it parses").program, None)
    }

    #[test]
    fn imports_and_exports_are_found() {
        let found = found(
            "import a from './a.js';\nexport * from './b.js';\nexport { c as d } from './c.js';\n\
             export const e = 1, { f, g: [h] } = {};\nexport function i() {}\nexport default class {}\n\
             import('./e.js');\n",
            Goal::Module,
        );
        let references: Vec<_> = found
            .references
            .iter()
            .map(|reference| (reference.specifier.as_str(), reference.usage))
            .collect();
        let is = Usage::Static;
        assert_eq!(
            references,
            [
                ("./a.js", is),
                ("./b.js", is),
                ("./c.js", is),
                ("./e.js", Usage::Dynamic)
            ]
        );
        assert_eq!(found.references[0].span, 14..22);
        assert_eq!(found.references[0].names, [("default".into(), 7..8)]);
        assert_eq!(found.references[2].names, [("c".into(), 57..58)]);
        assert_eq!(found.default, Some(159..167));
        assert_eq!(found.exports, ["*", "d", "e", "f", "h", "i", "default"]);
    }

    #[test]
    fn requires_are_found_with_what_hangs_on_them() {
        let found = found(
            "require('a'); try { require('b') } catch {} function f() { require('c') } require(d); \
             require.resolve('e'); if (false) { require('f') } else require('g')",
            Goal::CommonJs,
        );
        let references: Vec<_> = found
            .references
            .iter()
            .map(|reference| {
                (
                    reference.specifier.as_str(),
                    reference.usage == Usage::Require,
                )
            })
            .collect();
        assert_eq!(
            references,
            [
                ("a", true),
                ("b", false),
                ("c", false),
                ("e", false),
                ("g", true)
            ]
        );
        assert_eq!(found.computed, [(Usage::Require, 74..84)]);
    }
}
