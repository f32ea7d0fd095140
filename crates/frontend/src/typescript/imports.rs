//! Imports and exports of types, which are known for what they are only where they are declared.
//!
//! ```text
//! export { Shape } from "./types"   →   export { type Shape } from "./types"
//! ```

use std::collections::BTreeMap;

use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, ExportDecl, ExportSpecifier, Expr, Id, ImportDecl, ImportNamedSpecifier,
    ImportSpecifier, ModuleDecl, ModuleExportName, ModuleItem, Program, Stmt, TsModuleDecl,
    TsNamespaceBody,
};
use swc_ecma_utils::find_pat_ids;

use super::KnownTypes;
use super::types::{Kind, Types};
use crate::parse::range;
use crate::transform::Transform;

/// Marks as types what `known` has, and leaves out imports of nothing, which are no more than a type's remains.
pub(super) fn mark_types(program: &mut Program, how: &Transform<'_>) {
    let known = how.known;
    let Program::Module(module) = program else {
        return;
    };
    let is_known = |from: &str, name: &str| {
        !known.is_empty() && known.contains_key(&(from.to_string(), name.to_string()))
    };
    for item in &mut module.body {
        match item {
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                import.type_only |=
                    !how.settings.verbatim_imports && imports_nothing(import, how.text);
                let from = import.src.value.to_string_lossy();
                for specifier in &mut import.specifiers {
                    let name = match specifier {
                        ImportSpecifier::Named(named) => match &named.imported {
                            Some(imported) => imported.atom().to_string(),
                            None => named.local.sym.to_string(),
                        },
                        ImportSpecifier::Default(_) => "default".to_string(),
                        ImportSpecifier::Namespace(_) => continue,
                    };
                    if is_known(&from, &name) {
                        *specifier = ImportSpecifier::Named(ImportNamedSpecifier {
                            span: specifier.span(),
                            local: specifier.local().clone(),
                            imported: Some(ModuleExportName::Str(name.into())),
                            is_type_only: true,
                        });
                    }
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) => {
                let Some(from) = &export.src else { continue };
                let from = from.value.to_string_lossy();
                for specifier in &mut export.specifiers {
                    if let ExportSpecifier::Named(named) = specifier {
                        named.is_type_only |= is_known(&from, &named.orig.atom());
                    }
                }
            }
            _ => {}
        }
    }
}

/// `import {} from "…"`, which TypeScript leaves out as it does an import of nothing but types.
fn imports_nothing(import: &ImportDecl, text: &str) -> bool {
    let before = range(import.span.with_hi(import.src.span.lo), text.len());
    import.specifiers.is_empty() && text.get(before).is_some_and(|before| before.contains('{'))
}

/// The names that a program exports and that are nothing but types, with what stands for each; `*` for all types of
/// another module.
pub(super) fn exported_types(program: &Program, known: &KnownTypes) -> BTreeMap<String, Kind> {
    let mut exported = BTreeMap::new();
    let Program::Module(module) = program else {
        return exported;
    };
    let mut declared = Declared::default();
    for item in &module.body {
        declared.item(item);
    }
    let types = Types::new(program, known, false);
    let pure = |id: &Id| declared.types.contains(id) && !declared.values.contains(id);
    for item in &module.body {
        let ModuleItem::ModuleDecl(declaration) = item else {
            continue;
        };
        match declaration {
            ModuleDecl::ExportDecl(export) => {
                for id in ids_of(&export.decl) {
                    if pure(&id) {
                        exported.insert(id.0.to_string(), types.kind_of(&id));
                    }
                }
            }
            ModuleDecl::ExportNamed(export) => {
                let from = export.src.as_ref().map(|src| src.value.to_string_lossy());
                for specifier in &export.specifiers {
                    let ExportSpecifier::Named(named) = specifier else {
                        continue;
                    };
                    let name = named.exported.as_ref().unwrap_or(&named.orig).atom();
                    let kind = match (&from, &named.orig) {
                        (Some(from), orig) => {
                            let key = (from.to_string(), orig.atom().to_string());
                            known.get(&key).copied()
                        }
                        (None, ModuleExportName::Ident(local)) if pure(&local.to_id()) => {
                            Some(types.kind_of(&local.to_id()))
                        }
                        _ => None,
                    };
                    let is_type = export.type_only || named.is_type_only;
                    if let Some(kind) = kind.or_else(|| is_type.then_some(Kind::Object)) {
                        exported.insert(name.to_string(), kind);
                    }
                }
            }
            ModuleDecl::ExportAll(export) if export.type_only => {
                exported.insert("*".to_string(), Kind::Object);
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                if let Expr::Ident(name) = &*export.expr
                    && pure(&name.to_id())
                {
                    exported.insert("default".to_string(), types.kind_of(&name.to_id()));
                }
            }
            ModuleDecl::ExportDefaultDecl(export) => {
                if let DefaultDecl::TsInterfaceDecl(_) = &export.decl {
                    exported.insert("default".to_string(), Kind::Object);
                }
            }
            _ => {}
        }
    }
    exported
}

/// What the top level of a module declares.
#[derive(Default)]
struct Declared {
    types: Vec<Id>,
    values: Vec<Id>,
}

impl Declared {
    fn item(&mut self, item: &ModuleItem) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration))
            | ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
                decl: declaration,
                ..
            })) => {
                let ids = ids_of(declaration);
                match is_type(declaration) {
                    true => self.types.extend(ids),
                    false => self.values.extend(ids),
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                for specifier in &import.specifiers {
                    let is_type =
                        matches!(specifier, ImportSpecifier::Named(named) if named.is_type_only);
                    if import.type_only || is_type {
                        self.types.push(specifier.local().to_id());
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a declaration is gone when the program runs.
pub(super) fn is_type(declaration: &Decl) -> bool {
    match declaration {
        Decl::TsInterface(_) | Decl::TsTypeAlias(_) => true,
        Decl::Class(class) => class.declare,
        Decl::Fn(function) => function.declare,
        Decl::Var(variables) => variables.declare,
        // A constant one is in the program even so.
        Decl::TsEnum(declaration) => declaration.declare && !declaration.is_const,
        Decl::TsModule(namespace) => namespace.declare || !has_values(namespace),
        Decl::Using(_) => false,
    }
}

/// Whether a namespace has anything but types.
fn has_values(namespace: &TsModuleDecl) -> bool {
    let mut body = namespace.body.as_ref();
    while let Some(TsNamespaceBody::TsNamespaceDecl(inner)) = body {
        body = Some(&inner.body);
    }
    let Some(TsNamespaceBody::TsModuleBlock(block)) = body else {
        return false;
    };
    block.body.iter().any(|item| match item {
        ModuleItem::Stmt(Stmt::Decl(declaration))
        | ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
            decl: declaration, ..
        })) => !is_type(declaration),
        ModuleItem::Stmt(Stmt::Empty(_)) => false,
        _ => true,
    })
}

/// The names that a declaration declares.
pub(super) fn ids_of(declaration: &Decl) -> Vec<Id> {
    match declaration {
        Decl::Class(class) => vec![class.ident.to_id()],
        Decl::Fn(function) => vec![function.ident.to_id()],
        Decl::Var(variables) => find_pat_ids(&variables.decls),
        Decl::Using(using) => find_pat_ids(&using.decls),
        Decl::TsInterface(interface) => vec![interface.id.to_id()],
        Decl::TsTypeAlias(alias) => vec![alias.id.to_id()],
        Decl::TsEnum(declaration) => vec![declaration.id.to_id()],
        Decl::TsModule(namespace) => namespace
            .id
            .as_ident()
            .map(|name| name.to_id())
            .into_iter()
            .collect(),
    }
}
