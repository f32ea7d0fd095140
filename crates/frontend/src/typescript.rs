//! Makes of TypeScript what swc's own pass, which leaves out types, makes JavaScript of.
//!
//! ```text
//! names known from others ─ namespaces, enums ─ decorators ─ accessors ─ fields ─► swc
//! ```

mod accessors;
mod ambient;
mod around;
mod commonjs;
mod decorators;
mod enums;
mod fields;
mod imports;
mod metadata;
mod namespaces;
mod quote;
mod standard_decorators;
mod types;

use std::collections::BTreeMap;

use swc_common::Mark;
use swc_ecma_ast::{ModuleItem, Program};
use swc_ecma_visit::VisitMutWith;

use crate::transform::Transform;

use accessors::Accessors;
use decorators::Decorators;
use fields::AssignFields;
use metadata::Metadata;
use types::Types;

pub(crate) use types::Kind;

/// Names that a file imports which are types in the module that they come from: specifier and name.
pub(crate) type KnownTypes = BTreeMap<(String, String), Kind>;

/// Says of imports and exports what other files show, and makes references between the blocks of namespaces explicit.
/// Gives the names that the program exports and that are nothing but types, with what stands for each.
pub(crate) fn resolve(program: &mut Program, how: &Transform<'_>) -> BTreeMap<String, Kind> {
    let marks = how.marks;
    imports::mark_types(program, how);
    if !how.is_commonjs {
        commonjs::export_required(program, marks.unresolved);
    }
    let types = imports::exported_types(program, how.known);
    enums::complete(program);
    ambient::release(program, marks.unresolved);
    namespaces::merge(program, marks.unresolved, marks.top_level);
    types
}

/// Makes calls of decorators of the old kind, with the types of what they stand at if `metadata` is to have them.
pub(crate) fn decorate(
    program: &mut Program,
    known: &KnownTypes,
    metadata: bool,
    strict_nulls: bool,
    unresolved: Mark,
) {
    let mut metadata =
        metadata.then(|| Metadata::new(Types::new(program, known, strict_nulls), unresolved));
    program.visit_mut_with(&mut Decorators::new(metadata.as_mut()));
    let test = metadata.and_then(Metadata::into_test);
    if let (Some(test), Program::Module(module)) = (test, program) {
        module.body.push(ModuleItem::Stmt(test));
    }
}

/// Completes what swc's form of the standard's decorators calls.
pub(crate) fn name_parents(program: &mut Program, unresolved: Mark) {
    standard_decorators::name_parents(program, unresolved);
}

/// Mends the helpers of swc, once they are in the program.
pub(crate) fn mend_helpers(program: &mut Program) {
    standard_decorators::mend_helper(program);
}

/// Makes private fields of `accessor` fields.
pub(crate) fn lower_accessors(program: &mut Program) {
    program.visit_mut_with(&mut Accessors::default());
}

/// Makes requires of the imports of a CommonJS module.
pub(crate) fn require_imports(program: &mut Program, unresolved: Mark) {
    commonjs::require_imports(program, unresolved);
}

/// Makes assignments of fields.
pub(crate) fn assign_fields(program: &mut Program) {
    program.visit_mut_with(&mut AssignFields::default());
}
