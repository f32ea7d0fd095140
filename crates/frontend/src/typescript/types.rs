//! What is left of a type when the program runs, as `emitDecoratorMetadata` has it.
//!
//! ```text
//! name: string   →   String         when: Date | undefined   →   Date        of: Shape   →   Object
//! ```

use std::collections::{BTreeMap, HashMap};

use swc_common::Mark;
use swc_ecma_ast::{
    ClassDecl, Expr, Id, ImportDecl, ImportSpecifier, Lit, MemberProp, Program, TsEntityName,
    TsEnumDecl, TsEnumMember, TsImportEqualsDecl, TsInterfaceDecl, TsKeywordTypeKind, TsLit,
    TsModuleDecl, TsType, TsTypeAliasDecl, TsTypeOperatorOp, TsTypeRef, TsUnionOrIntersectionType,
    UnaryOp,
};
use swc_ecma_visit::{Visit, VisitWith};

/// A value that stands for types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Array,
    BigInt,
    Boolean,
    Function,
    Number,
    Object,
    Promise,
    String,
    Symbol,
    Undefined,
}

impl Kind {
    /// The name of the value.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Array => "Array",
            Kind::BigInt => "BigInt",
            Kind::Boolean => "Boolean",
            Kind::Function => "Function",
            Kind::Number => "Number",
            Kind::Object => "Object",
            Kind::Promise => "Promise",
            Kind::String => "String",
            Kind::Symbol => "Symbol",
            Kind::Undefined => "undefined",
        }
    }
}

/// What stands for a type at run time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Kind(Kind),
    /// A class of this file.
    Class(Id),
    /// What has this name, if it is a class when the program runs.
    Perhaps(Vec<String>, Id),
}

/// What names of types mean in a file.
#[derive(Default)]
pub(super) struct Types {
    named: HashMap<Id, Named>,
    strict_nulls: bool,
}

enum Named {
    Class,
    Kind(Kind),
    Alias(Box<TsType>),
    /// Something of another module, or a namespace.
    Perhaps,
}

impl Types {
    /// The types that a program declares and imports, of which `known` are those that other modules declare.
    pub(super) fn new(
        program: &Program,
        known: &BTreeMap<(String, String), Kind>,
        strict_nulls: bool,
    ) -> Types {
        let mut finder = Finder {
            types: Types {
                named: HashMap::new(),
                strict_nulls,
            },
            known,
        };
        program.visit_with(&mut finder);
        finder.types
    }

    /// What stands for the type that has this name.
    pub(super) fn kind_of(&self, name: &Id) -> Kind {
        match self.named.get(name) {
            Some(Named::Kind(kind)) => *kind,
            Some(Named::Alias(alias)) => match self.of(alias, 0) {
                Value::Kind(kind) => kind,
                _ => Kind::Object,
            },
            _ => Kind::Object,
        }
    }

    /// What stands for a type, which may not be written.
    pub(super) fn value(&self, written: Option<&TsType>, unresolved: Mark) -> Value {
        let value = written.map_or(Value::Kind(Kind::Object), |written| self.of(written, 0));
        match value {
            Value::Perhaps(path, id) if path.len() == 1 && id.1.outer() == unresolved => {
                of_global(&path[0]).unwrap_or(Value::Perhaps(path, id))
            }
            value => value,
        }
    }

    fn of(&self, written: &TsType, depth: usize) -> Value {
        /// An alias may mean itself.
        const DEPTH: usize = 100;
        let kind = match written {
            _ if depth > DEPTH => Kind::Object,
            TsType::TsKeywordType(keyword) => match keyword.kind {
                TsKeywordTypeKind::TsNumberKeyword => Kind::Number,
                TsKeywordTypeKind::TsBooleanKeyword => Kind::Boolean,
                TsKeywordTypeKind::TsBigIntKeyword => Kind::BigInt,
                TsKeywordTypeKind::TsStringKeyword => Kind::String,
                TsKeywordTypeKind::TsSymbolKeyword => Kind::Symbol,
                TsKeywordTypeKind::TsVoidKeyword
                | TsKeywordTypeKind::TsUndefinedKeyword
                | TsKeywordTypeKind::TsNullKeyword
                | TsKeywordTypeKind::TsNeverKeyword => Kind::Undefined,
                TsKeywordTypeKind::TsAnyKeyword
                | TsKeywordTypeKind::TsUnknownKeyword
                | TsKeywordTypeKind::TsObjectKeyword
                | TsKeywordTypeKind::TsIntrinsicKeyword => Kind::Object,
            },
            TsType::TsFnOrConstructorType(_) => Kind::Function,
            TsType::TsArrayType(_) | TsType::TsTupleType(_) => Kind::Array,
            TsType::TsTypePredicate(predicate) if predicate.asserts => Kind::Undefined,
            TsType::TsTypePredicate(_) => Kind::Boolean,
            TsType::TsLitType(literal) => match &literal.lit {
                TsLit::Number(_) => Kind::Number,
                TsLit::Str(_) | TsLit::Tpl(_) => Kind::String,
                TsLit::Bool(_) => Kind::Boolean,
                TsLit::BigInt(_) => Kind::BigInt,
            },
            TsType::TsParenthesizedType(inner) => return self.of(&inner.type_ann, depth + 1),
            TsType::TsTypeOperator(operator) if operator.op == TsTypeOperatorOp::ReadOnly => {
                return self.of(&operator.type_ann, depth + 1);
            }
            TsType::TsConditionalType(conditional) => {
                let branches = [&conditional.true_type, &conditional.false_type];
                return self.of_all(&branches.map(|branch| &**branch), false, depth);
            }
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsUnionType(union)) => {
                let types: Vec<_> = union.types.iter().map(|part| &**part).collect();
                return self.of_all(&types, false, depth);
            }
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsIntersectionType(
                intersection,
            )) => {
                let types: Vec<_> = intersection.types.iter().map(|part| &**part).collect();
                return self.of_all(&types, true, depth);
            }
            TsType::TsTypeRef(reference) => return self.of_reference(reference, depth),
            _ => Kind::Object,
        };
        Value::Kind(kind)
    }

    /// What stands for a union or an intersection: what stands for all of its parts, if that is the same.
    fn of_all(&self, parts: &[&TsType], is_intersection: bool, depth: usize) -> Value {
        let mut found: Option<Value> = None;
        for part in parts {
            if let TsType::TsKeywordType(keyword) = without_parentheses(part) {
                match keyword.kind {
                    TsKeywordTypeKind::TsNeverKeyword if is_intersection => {
                        return Value::Kind(Kind::Undefined);
                    }
                    TsKeywordTypeKind::TsNeverKeyword => continue,
                    TsKeywordTypeKind::TsUnknownKeyword if is_intersection => continue,
                    TsKeywordTypeKind::TsUndefinedKeyword | TsKeywordTypeKind::TsNullKeyword
                        if !self.strict_nulls =>
                    {
                        continue;
                    }
                    _ => {}
                }
            }
            let value = self.of(part, depth + 1);
            match &found {
                _ if value == Value::Kind(Kind::Object) => return value,
                Some(other) if *other != value => return Value::Kind(Kind::Object),
                _ => found = Some(value),
            }
        }
        found.unwrap_or(Value::Kind(Kind::Undefined))
    }

    fn of_reference(&self, reference: &TsTypeRef, depth: usize) -> Value {
        let mut path = Vec::new();
        let mut name = &reference.type_name;
        while let TsEntityName::TsQualifiedName(qualified) = name {
            path.push(qualified.right.sym.to_string());
            name = &qualified.left;
        }
        let TsEntityName::Ident(first) = name else {
            return Value::Kind(Kind::Object);
        };
        path.push(first.sym.to_string());
        path.reverse();
        let id = first.to_id();
        match self.named.get(&id) {
            Some(Named::Class) if path.len() == 1 => Value::Class(id),
            // A member of an enum.
            Some(Named::Kind(kind)) => Value::Kind(*kind),
            Some(Named::Alias(alias)) => self.of(alias, depth + 1),
            Some(Named::Perhaps | Named::Class) => Value::Perhaps(path, id),
            // Of a global or, with the context of a scope, a parameter of a type.
            None => Value::Perhaps(path, id),
        }
    }
}

fn without_parentheses(mut written: &TsType) -> &TsType {
    while let TsType::TsParenthesizedType(inner) = written {
        written = &inner.type_ann;
    }
    written
}

/// What stands for the types of the language itself.
fn of_global(name: &str) -> Option<Value> {
    let kind = match name {
        "Array" | "ReadonlyArray" => Kind::Array,
        "BigInt" => Kind::BigInt,
        "Boolean" => Kind::Boolean,
        "Function" | "CallableFunction" | "NewableFunction" => Kind::Function,
        "Number" => Kind::Number,
        "Object" => Kind::Object,
        "Promise" => Kind::Promise,
        "String" => Kind::String,
        "Symbol" => Kind::Symbol,
        "Record" | "Partial" | "Required" | "Readonly" | "Pick" | "Omit" | "PromiseLike"
        | "Iterable" | "Iterator" | "AsyncIterable" | "Generator" | "AsyncGenerator" => {
            Kind::Object
        }
        _ => return None,
    };
    Some(Value::Kind(kind))
}

struct Finder<'a> {
    types: Types,
    known: &'a BTreeMap<(String, String), Kind>,
}

impl Finder<'_> {
    /// Interfaces and namespaces may share their names with classes.
    fn name(&mut self, id: Id, named: Named) {
        let is_weak = matches!(named, Named::Kind(Kind::Object) | Named::Perhaps);
        if !is_weak || !self.types.named.contains_key(&id) {
            self.types.named.insert(id, named);
        }
    }
}

impl Visit for Finder<'_> {
    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.name(class.ident.to_id(), Named::Class);
        class.visit_children_with(self);
    }

    fn visit_ts_interface_decl(&mut self, interface: &TsInterfaceDecl) {
        self.name(interface.id.to_id(), Named::Kind(Kind::Object));
    }

    fn visit_ts_type_alias_decl(&mut self, alias: &TsTypeAliasDecl) {
        let named = Named::Alias(alias.type_ann.clone());
        self.name(alias.id.to_id(), named);
    }

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        let kind = kind_of_enum(&declaration.members);
        self.name(declaration.id.to_id(), Named::Kind(kind));
    }

    fn visit_ts_module_decl(&mut self, namespace: &TsModuleDecl) {
        if let Some(name) = namespace.id.as_ident() {
            self.name(name.to_id(), Named::Perhaps);
        }
        namespace.visit_children_with(self);
    }

    fn visit_ts_import_equals_decl(&mut self, import: &TsImportEqualsDecl) {
        self.name(import.id.to_id(), Named::Perhaps);
    }

    fn visit_import_decl(&mut self, import: &ImportDecl) {
        let specifier = import.src.value.to_string_lossy().into_owned();
        for part in &import.specifiers {
            let (name, is_type) = match part {
                ImportSpecifier::Named(named) => {
                    let name = named.imported.as_ref().map(|name| name.atom().to_string());
                    let name = name.unwrap_or_else(|| named.local.sym.to_string());
                    (name, named.is_type_only)
                }
                ImportSpecifier::Default(_) => ("default".to_string(), false),
                ImportSpecifier::Namespace(_) => ("*".to_string(), false),
            };
            let known = self.known.get(&(specifier.clone(), name)).copied();
            let is_type = is_type || import.type_only;
            let named = match known.or_else(|| is_type.then_some(Kind::Object)) {
                Some(kind) => Named::Kind(kind),
                None => Named::Perhaps,
            };
            self.name(part.local().to_id(), named);
        }
    }
}

/// What stands for an enum: what its members are, if they are all of one kind.
fn kind_of_enum(members: &[TsEnumMember]) -> Kind {
    let mut kinds = members.iter().map(|member| match member.init.as_deref() {
        None => Kind::Number,
        Some(value) => kind_of_member(value),
    });
    match kinds.next() {
        None => Kind::Number,
        Some(first) if kinds.all(|kind| kind == first) => first,
        Some(_) => Kind::Object,
    }
}

fn kind_of_member(value: &Expr) -> Kind {
    match value {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => Kind::String,
        Expr::Paren(inner) => kind_of_member(&inner.expr),
        Expr::Bin(sum) if sum.op == swc_ecma_ast::BinaryOp::Add => {
            match (kind_of_member(&sum.left), kind_of_member(&sum.right)) {
                (Kind::Number, Kind::Number) => Kind::Number,
                _ => Kind::String,
            }
        }
        Expr::Unary(unary) if unary.op == UnaryOp::TypeOf => Kind::String,
        Expr::Member(member) if matches!(&member.prop, MemberProp::Ident(name) if &*name.sym == "length") => {
            Kind::Number
        }
        _ => Kind::Number,
    }
}
