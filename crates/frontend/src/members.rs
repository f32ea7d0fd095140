//! The names that a program reads of objects by writing them.
//!
//! ```text
//! const { a } = await import("fs"); b.c();   →   a, c
//! ```

use std::collections::BTreeSet;

use swc_ecma_ast::{MemberProp, ObjectPat, ObjectPatProp, Program, PropName};
use swc_ecma_visit::{Visit, VisitWith};

/// All of them.
pub(crate) fn of(program: &Program) -> BTreeSet<String> {
    let mut members = Members(BTreeSet::new());
    program.visit_with(&mut members);
    members.0
}

struct Members(BTreeSet<String>);

impl Visit for Members {
    fn visit_member_prop(&mut self, member: &MemberProp) {
        if let MemberProp::Ident(name) = member {
            self.0.insert(name.sym.to_string());
        }
        member.visit_children_with(self);
    }

    fn visit_object_pat(&mut self, pattern: &ObjectPat) {
        for property in &pattern.props {
            match property {
                ObjectPatProp::KeyValue(pair) => {
                    if let PropName::Ident(name) = &pair.key {
                        self.0.insert(name.sym.to_string());
                    }
                }
                ObjectPatProp::Assign(assign) => {
                    self.0.insert(assign.key.id.sym.to_string());
                }
                ObjectPatProp::Rest(_) => {}
            }
        }
        pattern.visit_children_with(self);
    }
}
