//! Ambient declarations, which declare nothing: their names are those of what exists anyway.
//!
//! ```text
//! declare const VERSION: string; f(VERSION)   →   f(VERSION), of the global VERSION
//! ```

use std::collections::HashSet;

use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{Decl, ExportDecl, Id, Ident, Program, TsModuleDecl};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

use super::imports::{ids_of, is_type};

/// Makes the names of ambient values those of globals.
pub(super) fn release(program: &mut Program, unresolved: Mark) {
    let mut finder = Finder::default();
    program.visit_with(&mut finder);
    finder.ambient.retain(|id| !finder.declared.contains(id));
    if !finder.ambient.is_empty() {
        program.visit_mut_with(&mut Release {
            names: finder.ambient,
            unresolved: SyntaxContext::empty().apply_mark(unresolved),
        });
    }
}

#[derive(Default)]
struct Finder {
    ambient: HashSet<Id>,
    declared: HashSet<Id>,
}

impl Visit for Finder {
    fn visit_decl(&mut self, declaration: &Decl) {
        let is_ambient = match declaration {
            Decl::Class(class) => class.declare,
            Decl::Fn(function) => function.declare,
            Decl::Var(variables) => variables.declare,
            Decl::TsEnum(declaration) => declaration.declare,
            Decl::TsModule(namespace) => namespace.declare && !namespace.global,
            _ => false,
        };
        if is_ambient {
            self.ambient.extend(ids_of(declaration));
        } else if !is_type(declaration) {
            self.declared.extend(ids_of(declaration));
        }
        declaration.visit_children_with(self);
    }

    /// What is exported is a property of its namespace, or the module's.
    fn visit_export_decl(&mut self, export: &ExportDecl) {
        self.declared.extend(ids_of(&export.decl));
        export.visit_children_with(self);
    }

    /// What an ambient namespace has within is none of the program's.
    fn visit_ts_module_decl(&mut self, namespace: &TsModuleDecl) {
        if !namespace.declare && !namespace.global {
            namespace.visit_children_with(self);
        }
    }
}

struct Release {
    names: HashSet<Id>,
    unresolved: SyntaxContext,
}

impl VisitMut for Release {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if self.names.contains(&name.to_id()) {
            name.ctxt = self.unresolved;
        }
    }
}
