//! CommonJS in TypeScript: `export =` makes a CommonJS module of a file, whose imports then are requires.
//!
//! ```text
//! import { a } from "./a"; export = a   →   const _module = require("./a"); module.exports = _module.a
//! ```

use std::collections::HashMap;

use swc_common::{DUMMY_SP, Mark, SyntaxContext};
use swc_ecma_ast::{
    CallExpr, Callee, Decl, ExportDecl, Expr, ExprStmt, Id, Ident, IdentName, ImportDecl,
    ImportSpecifier, JSXElementName, JSXMemberExpr, JSXObject, Lit, MemberExpr, MemberProp,
    ModuleDecl, ModuleItem, Pat, Program, Stmt, Str, TsExternalModuleRef, TsModuleRef, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{QueryRef, RefRewriter, private_ident};
use swc_ecma_visit::VisitMutWith;

use super::quote;

/// Writes `export import a = require("./a")` of an ECMAScript module as the constant that it is.
pub(super) fn export_required(program: &mut Program, unresolved: Mark) {
    let Program::Module(module) = program else {
        return;
    };
    for item in &mut module.body {
        let ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) = item else {
            continue;
        };
        let TsModuleRef::TsExternalModuleRef(TsExternalModuleRef { expr, .. }) = &import.module_ref
        else {
            continue;
        };
        if import.is_export && !import.is_type_only {
            let value = require(expr, unresolved);
            *item = ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
                span: import.span,
                decl: constant(import.id.clone(), value),
            }));
        }
    }
}

/// Makes requires of the imports of a CommonJS module.
pub(super) fn require_imports(program: &mut Program, unresolved: Mark) {
    let Program::Module(module) = program else {
        return;
    };
    let mut names = Names::default();
    let mut requires = Vec::new();
    let mut interop = None;
    module.body.retain(|item| {
        let ModuleItem::ModuleDecl(ModuleDecl::Import(import)) = item else {
            return true;
        };
        let value = require(&import.src, unresolved);
        requires.push(match import.specifiers.is_empty() {
            true => Stmt::Expr(ExprStmt {
                span: import.span,
                expr: value,
            }),
            false => {
                let needs_interop = import.specifiers.iter().any(is_default);
                let interop = needs_interop.then(|| {
                    let (name, _) = interop.get_or_insert_with(|| interop_function(unresolved));
                    name.clone()
                });
                Stmt::Decl(names.bind(import, value, interop))
            }
        });
        false
    });
    if requires.is_empty() {
        return;
    }
    module
        .body
        .visit_mut_with(&mut RefRewriter { query: names });
    let first = interop.map(|(_, function)| function);
    let statements = first.into_iter().chain(requires).map(ModuleItem::Stmt);
    module.body.splice(0..0, statements);
}

/// What stands for a module whose default export is imported: the module, or an object that has it as its default
/// export.
fn interop_function(unresolved: Mark) -> (Ident, Stmt) {
    let text = "function _interop(value) { \
                return value != null && (value.__esModule || Object.prototype.toString.call(value) === \"[object Module]\") \
                ? value : { default: value }; }";
    quote::function(text, &["Object"], unresolved)
}

fn is_default(specifier: &ImportSpecifier) -> bool {
    match specifier {
        ImportSpecifier::Default(_) => true,
        ImportSpecifier::Named(named) => named
            .imported
            .as_ref()
            .is_some_and(|name| &*name.atom() == "default"),
        ImportSpecifier::Namespace(_) => false,
    }
}

/// What the names that a file imports are.
#[derive(Default)]
struct Names {
    properties: HashMap<Id, (Ident, String)>,
}

impl Names {
    /// Declares the constant that holds what an import requires.
    fn bind(&mut self, import: &ImportDecl, value: Box<Expr>, interop: Option<Ident>) -> Decl {
        let module = private_ident!("_module");
        let mut namespace = None;
        for specifier in &import.specifiers {
            let (local, name) = match specifier {
                ImportSpecifier::Default(default) => (&default.local, "default".to_string()),
                ImportSpecifier::Named(named) => {
                    let imported = named.imported.as_ref().map(|name| name.atom().to_string());
                    let name = imported.unwrap_or_else(|| named.local.sym.to_string());
                    (&named.local, name)
                }
                ImportSpecifier::Namespace(whole) => {
                    namespace = Some(whole.local.clone());
                    continue;
                }
            };
            self.properties
                .insert(local.to_id(), (module.clone(), name));
        }
        let value = match interop {
            Some(interop) => call(interop, value),
            None => value,
        };
        // `import a, * as b` has both in one.
        match namespace {
            Some(namespace) if import.specifiers.len() == 1 => constant(namespace, value),
            Some(namespace) => {
                let mut both = declaration(module.clone(), value);
                both.decls
                    .extend(declaration(namespace, Box::new(Expr::Ident(module))).decls);
                Decl::Var(Box::new(both))
            }
            None => constant(module, value),
        }
    }
}

impl QueryRef for Names {
    fn query_ref(&self, reference: &Ident) -> Option<Box<Expr>> {
        let (module, name) = self.properties.get(&reference.to_id())?;
        let mut obj = module.clone();
        obj.span = reference.span;
        Some(Box::new(Expr::Member(MemberExpr {
            span: reference.span,
            obj: Box::new(Expr::Ident(obj)),
            prop: MemberProp::Ident(IdentName::new(name.as_str().into(), reference.span)),
        })))
    }

    fn query_jsx(&self, reference: &Ident) -> Option<JSXElementName> {
        let (module, name) = self.properties.get(&reference.to_id())?;
        Some(JSXElementName::JSXMemberExpr(JSXMemberExpr {
            span: reference.span,
            obj: JSXObject::Ident(module.clone()),
            prop: IdentName::new(name.as_str().into(), reference.span),
        }))
    }

    fn should_fix_this(&self, reference: &Ident) -> bool {
        self.properties.contains_key(&reference.to_id())
    }
}

fn require(specifier: &Str, unresolved: Mark) -> Box<Expr> {
    let name = Ident::new(
        "require".into(),
        specifier.span,
        SyntaxContext::empty().apply_mark(unresolved),
    );
    call(name, Box::new(Expr::Lit(Lit::Str(specifier.clone()))))
}

fn call(function: Ident, argument: Box<Expr>) -> Box<Expr> {
    Box::new(Expr::Call(CallExpr {
        span: function.span,
        callee: Callee::Expr(Box::new(Expr::Ident(function))),
        args: vec![argument.into()],
        ..CallExpr::default()
    }))
}

fn constant(name: Ident, value: Box<Expr>) -> Decl {
    Decl::Var(Box::new(declaration(name, value)))
}

fn declaration(name: Ident, value: Box<Expr>) -> VarDecl {
    VarDecl {
        span: DUMMY_SP,
        kind: VarDeclKind::Const,
        decls: vec![VarDeclarator {
            span: DUMMY_SP,
            name: Pat::Ident(name.into()),
            init: Some(value),
            definite: false,
        }],
        ..VarDecl::default()
    }
}
