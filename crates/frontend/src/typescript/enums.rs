//! Enums that swc does not make right: members behind a value that is only known at run time, and ambient ones.
//!
//! ```text
//! enum E { A = imported, B }          →   enum E { A = imported, B = E.A + 1 }
//! declare const enum D { A = 1 }      →   const enum D { A = 1 }
//! ```

use swc_common::util::take::Take;
use swc_common::{DUMMY_SP, Spanned};
use swc_ecma_ast::{
    BinExpr, BinaryOp, ComputedPropName, Decl, ExportDecl, Expr, Ident, Lit, MemberExpr,
    MemberProp, ModuleDecl, ModuleItem, Program, Stmt, Str, TsEnumDecl, TsEnumMemberId,
    TsModuleDecl, TsNamespaceBody,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Writes out what swc does not see.
pub(super) fn complete(program: &mut Program) {
    program.visit_mut_with(&mut Complete);
}

struct Complete;

impl VisitMut for Complete {
    fn visit_mut_ts_enum_decl(&mut self, declaration: &mut TsEnumDecl) {
        // The values of its members are in the program only where this is.
        if declaration.is_const {
            declaration.declare = false;
        }
        number(declaration);
        declaration.visit_mut_children_with(self);
    }

    fn visit_mut_ts_module_decl(&mut self, namespace: &mut TsModuleDecl) {
        if namespace.declare
            && !namespace.global
            && namespace.id.is_ident()
            && let Some(body) = &mut namespace.body
            && has_only_enums(body)
        {
            namespace.declare = false;
            export_all(body);
        }
        namespace.visit_mut_children_with(self);
    }
}

/// Gives those members a value that have none behind one whose value need not be known: one more than that.
fn number(declaration: &mut TsEnumDecl) {
    let name = declaration.id.clone();
    let mut before: Option<TsEnumMemberId> = None;
    for member in &mut declaration.members {
        match (&member.init, &before) {
            (Some(value), _) => {
                let is_open = !matches!(&**value, Expr::Lit(_) | Expr::Tpl(_));
                before = is_open.then(|| member.id.clone());
            }
            (None, Some(last)) => {
                let sum = Expr::Bin(BinExpr {
                    span: member.span,
                    op: BinaryOp::Add,
                    left: Box::new(read(&name, last)),
                    right: Box::new(Expr::Lit(Lit::Num(1.0.into()))),
                });
                member.init = Some(Box::new(sum));
                before = Some(member.id.clone());
            }
            (None, None) => {}
        }
    }
}

/// `E.A`
fn read(name: &Ident, member: &TsEnumMemberId) -> Expr {
    let prop = match member {
        TsEnumMemberId::Ident(member) => MemberProp::Ident(member.clone().into()),
        TsEnumMemberId::Str(member) => MemberProp::Computed(ComputedPropName {
            span: DUMMY_SP,
            expr: Box::new(Expr::Lit(Lit::Str(Str {
                span: DUMMY_SP,
                ..member.clone()
            }))),
        }),
    };
    Expr::Member(MemberExpr {
        span: DUMMY_SP,
        obj: Box::new(Expr::Ident(name.clone())),
        prop,
    })
}

/// Whether an ambient namespace declares nothing that exists somewhere else: constant enums, and types.
fn has_only_enums(body: &TsNamespaceBody) -> bool {
    let block = match body {
        TsNamespaceBody::TsModuleBlock(block) => block,
        TsNamespaceBody::TsNamespaceDecl(inner) => return has_only_enums(&inner.body),
    };
    let mut any = false;
    let all = block.body.iter().all(|item| {
        let declaration = match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl { decl, .. })) => decl,
            _ => return false,
        };
        match declaration {
            Decl::TsEnum(declaration) => {
                any = true;
                declaration.is_const
            }
            Decl::TsModule(inner) => {
                any = true;
                inner.body.as_ref().is_some_and(has_only_enums)
            }
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) => true,
            _ => false,
        }
    });
    any && all
}

/// All that is in an ambient namespace is exported by it.
fn export_all(body: &mut TsNamespaceBody) {
    let TsNamespaceBody::TsModuleBlock(block) = body else {
        return;
    };
    for item in &mut block.body {
        if let ModuleItem::Stmt(Stmt::Decl(Decl::TsModule(inner)))
        | ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
            decl: Decl::TsModule(inner),
            ..
        })) = item
            && let Some(body) = &mut inner.body
        {
            inner.declare = false;
            export_all(body);
        }
        if let ModuleItem::Stmt(Stmt::Decl(declaration)) = item {
            *item = ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
                span: declaration.span(),
                decl: declaration.take(),
            }));
        }
    }
}
