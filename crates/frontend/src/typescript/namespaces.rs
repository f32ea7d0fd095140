//! Namespaces and enums that are written in several blocks.
//!
//! ```text
//! namespace Cart { export const rate = 0.5 }        namespace Cart { export const rate = 0.5 }
//! namespace Cart { export const half = rate }   →   namespace Cart { export const half = Cart.rate }
//! ```
//!
//! The blocks of a namespace share what they export though each is a scope of its own, and so do the blocks of an enum.
//! swc knows only scopes: for it, what another block declares lies outside, or nowhere.

use std::collections::{HashMap, HashSet};

use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{
    BindingIdent, Decl, ExportDecl, Expr, FnDecl, Id, Ident, IdentName, JSXElementName,
    JSXMemberExpr, JSXObject, MemberExpr, MemberProp, ModuleDecl, ModuleItem, ObjectPatProp, Pat,
    Program, Prop, SimpleAssignTarget, Stmt, TsEntityName, TsEnumDecl, TsEnumMember,
    TsEnumMemberId, TsImportEqualsDecl, TsModuleBlock, TsModuleDecl, TsModuleName, TsModuleRef,
    TsNamespaceBody, TsNamespaceDecl, TsQualifiedName,
};
use swc_ecma_utils::{QueryRef, RefRewriter, find_pat_ids};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// Makes the references between the blocks of namespaces and of enums explicit.
pub(super) fn merge(program: &mut Program, unresolved: Mark, top_level: Mark) {
    let Program::Module(module) = &*program else {
        return;
    };
    let mut symbols = Symbols::default();
    symbols.block(None, &module.body);
    program.visit_with(&mut Inner(&mut symbols));
    if symbols.all.is_empty() {
        return;
    }
    let marked = |mark| SyntaxContext::empty().apply_mark(mark);
    let unresolved = marked(unresolved);
    let scopes = Scopes {
        symbols,
        levels: Vec::new(),
        outside: vec![unresolved, marked(top_level)],
        members: None,
    };
    program.visit_mut_with(&mut Merge {
        rewriter: RefRewriter { query: scopes },
        unresolved,
    });
}

/// A namespace or an enum.
#[derive(Default)]
struct Symbol {
    /// What its first block calls it, which is what all are made to call it.
    id: Id,
    blocks: usize,
    /// What the blocks of a namespace export, and which of it are namespaces and enums.
    exports: HashMap<String, Option<usize>>,
    is_enum: bool,
    /// The members of an enum.
    members: HashSet<String>,
    /// Whether it is declared within a function or a block.
    is_inner: bool,
}

/// All namespaces and enums of a module.
#[derive(Default)]
struct Symbols {
    all: Vec<Symbol>,
    by_id: HashMap<Id, usize>,
    /// What later blocks call what the first calls otherwise.
    renamed: HashMap<Id, Id>,
    /// What has no variable of its own, and the namespaces of which it is a property.
    properties: HashMap<Id, Id>,
}

impl Symbols {
    /// The symbol that a declaration means, which other blocks of its namespace may have declared before.
    fn declare(&mut self, namespace: Option<usize>, id: Id, is_exported: bool) -> usize {
        let namespace = namespace.filter(|_| is_exported);
        let shared =
            namespace.and_then(|index| *self.all[index].exports.get(&*id.0).unwrap_or(&None));
        let index = match shared.or_else(|| self.by_id.get(&id).copied()) {
            Some(index) => index,
            None => {
                self.all.push(Symbol {
                    id: id.clone(),
                    ..Symbol::default()
                });
                self.all.len() - 1
            }
        };
        self.all[index].blocks += 1;
        let first = self.all[index].id.clone();
        if first != id {
            self.renamed.insert(id.clone(), first);
        }
        if let Some(namespace) = namespace {
            self.property(namespace, id.clone());
            let name = id.0.to_string();
            self.all[namespace].exports.insert(name, Some(index));
        }
        self.by_id.insert(id, index);
        index
    }

    /// Notes that a namespace exports a name, in which another block may have put a namespace.
    fn export(&mut self, namespace: Option<usize>, name: &str) {
        if let Some(namespace) = namespace {
            self.all[namespace]
                .exports
                .entry(name.to_string())
                .or_insert(None);
        }
    }

    fn property(&mut self, namespace: usize, id: Id) {
        let object = self.all[namespace].id.clone();
        self.properties.insert(id, object);
    }

    /// Declares what the items of a block declare, which is one of `namespace`.
    fn block(&mut self, namespace: Option<usize>, items: &[ModuleItem]) {
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) => {
                    self.declaration(namespace, declaration, false);
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl { decl, .. })) => {
                    self.declaration(namespace, decl, true);
                }
                ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import))
                    if import.is_export && !import.is_type_only =>
                {
                    self.variable(namespace, import.id.to_id());
                }
                _ => {}
            }
        }
    }

    fn declaration(&mut self, namespace: Option<usize>, declaration: &Decl, is_exported: bool) {
        match declaration {
            Decl::TsModule(module) if !module.global => {
                if let (TsModuleName::Ident(name), Some(body)) = (&module.id, &module.body) {
                    let index = self.declare(namespace, name.to_id(), is_exported);
                    self.body(index, body);
                }
            }
            Decl::TsEnum(declaration) => {
                let index = self.declare(namespace, declaration.id.to_id(), is_exported);
                let members = declaration.members.iter().filter_map(member_name);
                self.all[index].is_enum = true;
                self.all[index].members.extend(members);
            }
            Decl::Class(class) if is_exported => self.export(namespace, &class.ident.sym),
            Decl::Fn(function) if is_exported => self.export(namespace, &function.ident.sym),
            Decl::Var(variables) if is_exported => {
                for id in find_pat_ids::<_, Id>(&variables.decls) {
                    self.variable(namespace, id);
                }
            }
            _ => {}
        }
    }

    fn variable(&mut self, namespace: Option<usize>, id: Id) {
        self.export(namespace, &id.0);
        if let Some(namespace) = namespace {
            self.property(namespace, id);
        }
    }

    fn body(&mut self, namespace: usize, body: &TsNamespaceBody) {
        match body {
            TsNamespaceBody::TsModuleBlock(block) => self.block(Some(namespace), &block.body),
            TsNamespaceBody::TsNamespaceDecl(inner) => {
                let index = self.declare(Some(namespace), inner.id.to_id(), true);
                self.body(index, &inner.body);
            }
        }
    }
}

fn member_name(member: &TsEnumMember) -> Option<String> {
    match &member.id {
        TsEnumMemberId::Ident(name) => Some(name.sym.to_string()),
        TsEnumMemberId::Str(name) => name.value.as_str().map(str::to_string),
    }
}

/// Finds the enums that are declared within functions and blocks.
struct Inner<'a>(&'a mut Symbols);

impl Visit for Inner<'_> {
    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        let id = declaration.id.to_id();
        let known = self.0.by_id.get(&id).copied();
        if known.is_some_and(|index| !self.0.all[index].is_inner) {
            return;
        }
        let index = self.0.declare(None, id, false);
        let symbol = &mut self.0.all[index];
        symbol.is_inner = true;
        let members = declaration.members.iter().filter_map(member_name);
        symbol.members.extend(members);
    }
}

/// The block of a namespace that the walk is in.
struct Level {
    symbol: usize,
    /// How many of the scopes in [`Scopes::outside`] lie outside of it.
    outside: usize,
}

/// What a reference means, by the blocks around it.
struct Scopes {
    symbols: Symbols,
    levels: Vec<Level>,
    /// The contexts of names that are declared around the block that the walk is in, from the outermost scope on.
    outside: Vec<SyntaxContext>,
    /// The enum that the walk is in, whose members are nearer than all namespaces.
    members: Option<usize>,
}

impl Scopes {
    /// The namespace of which another block exports this name, unless something nearer has it.
    fn exporter(&self, reference: &Ident) -> Option<&Symbol> {
        let is_member = |index: usize| self.symbols.all[index].members.contains(&*reference.sym);
        if self.members.is_some_and(is_member) {
            return None;
        }
        let place = self
            .outside
            .iter()
            .position(|context| *context == reference.ctxt)?;
        let mut around = self.levels.iter().rev();
        around
            .by_ref()
            .take_while(|level| place < level.outside)
            .map(|level| &self.symbols.all[level.symbol])
            .find(|symbol| symbol.exports.contains_key(&*reference.sym))
    }
}

impl QueryRef for Scopes {
    fn query_ref(&self, reference: &Ident) -> Option<Box<Expr>> {
        let symbol = self.exporter(reference)?;
        let named = |id: &Id| Box::new(Expr::Ident(Ident::new(id.0.clone(), reference.span, id.1)));
        if let Some(Some(index)) = symbol.exports.get(&*reference.sym)
            && let other = &self.symbols.all[*index]
            && other.is_enum
        {
            // swc puts the namespace in front of it, or the value of a member in its place.
            return Some(named(&other.id));
        }
        Some(Box::new(Expr::Member(MemberExpr {
            span: reference.span,
            obj: named(&symbol.id),
            prop: MemberProp::Ident(IdentName::new(reference.sym.clone(), reference.span)),
        })))
    }

    fn query_lhs(&self, reference: &Ident) -> Option<Box<Expr>> {
        self.query_ref(reference)
    }

    fn query_jsx(&self, reference: &Ident) -> Option<JSXElementName> {
        if reference
            .sym
            .starts_with(|first: char| first.is_lowercase())
        {
            return None;
        }
        match *self.query_ref(reference)? {
            Expr::Ident(object) => Some(JSXElementName::Ident(object)),
            Expr::Member(MemberExpr {
                obj,
                prop: MemberProp::Ident(prop),
                span,
            }) => Some(JSXElementName::JSXMemberExpr(JSXMemberExpr {
                span,
                obj: JSXObject::Ident(obj.ident()?),
                prop,
            })),
            _ => None,
        }
    }
}

struct Merge {
    rewriter: RefRewriter<Scopes>,
    unresolved: SyntaxContext,
}

impl Merge {
    fn scopes(&mut self) -> &mut Scopes {
        &mut self.rewriter.query
    }

    /// Walks through a block of the namespace that is called `name`.
    fn block(&mut self, name: &mut Ident, body: &mut TsNamespaceBody) {
        let symbol = self.scopes().symbols.by_id.get(&name.to_id()).copied();
        name.visit_mut_with(self);
        let outside = self.scopes().outside.len();
        if let Some(symbol) = symbol {
            self.scopes().levels.push(Level { symbol, outside });
        }
        match body {
            TsNamespaceBody::TsModuleBlock(block) => {
                let own = scope_of(block);
                self.scopes().outside.extend(own);
                block.visit_mut_with(self);
            }
            // Both names of `A.B` are in one scope.
            TsNamespaceBody::TsNamespaceDecl(TsNamespaceDecl { id, body, .. }) => {
                self.block(id, body);
            }
        }
        self.scopes().outside.truncate(outside);
        if symbol.is_some() {
            self.scopes().levels.pop();
        }
    }
}

/// The context of the names that a block declares.
fn scope_of(block: &TsModuleBlock) -> Option<SyntaxContext> {
    block.body.iter().find_map(|item| {
        let declaration = match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl { decl, .. })) => decl,
            ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
                return Some(import.id.ctxt);
            }
            _ => return None,
        };
        match declaration {
            Decl::Class(class) => Some(class.ident.ctxt),
            Decl::Fn(function) => Some(function.ident.ctxt),
            Decl::Var(variables) => find_pat_ids::<_, Id>(&variables.decls)
                .first()
                .map(|id| id.1),
            Decl::TsEnum(declaration) => Some(declaration.id.ctxt),
            Decl::TsModule(module) => module.id.as_ident().map(|name| name.ctxt),
            Decl::Using(_) | Decl::TsInterface(_) | Decl::TsTypeAlias(_) => None,
        }
    })
}

impl VisitMut for Merge {
    fn visit_mut_ts_module_decl(&mut self, module: &mut TsModuleDecl) {
        if let (TsModuleName::Ident(name), Some(body)) = (&mut module.id, &mut module.body) {
            self.block(name, body);
        }
    }

    fn visit_mut_ts_enum_decl(&mut self, declaration: &mut TsEnumDecl) {
        let unresolved = self.unresolved;
        let symbols = &self.scopes().symbols;
        let symbol = symbols.by_id.get(&declaration.id.to_id()).copied();
        if let Some(symbol) = symbol.map(|index| &symbols.all[index])
            && symbol.blocks > 1
        {
            // swc knows the members of an enum by names that are declared nowhere.
            let mut bound = Bound::default();
            declaration.members.visit_with(&mut bound);
            let mut members = Members {
                names: &symbol.members,
                bound: bound.0,
                unresolved,
            };
            declaration.members.visit_mut_with(&mut members);
        }
        declaration.id.visit_mut_with(self);
        let around = std::mem::replace(&mut self.scopes().members, symbol);
        declaration.members.visit_mut_with(self);
        self.scopes().members = around;
    }

    fn visit_mut_ts_import_equals_decl(&mut self, import: &mut TsImportEqualsDecl) {
        import.id.visit_mut_with(self);
        let TsModuleRef::TsEntityName(name) = &mut import.module_ref else {
            return;
        };
        let mut leftmost = name;
        while let TsEntityName::TsQualifiedName(qualified) = leftmost {
            leftmost = &mut qualified.left;
        }
        let TsEntityName::Ident(first) = leftmost else {
            return;
        };
        let scopes = self.scopes();
        let object = match scopes.exporter(first) {
            Some(symbol) => Some(symbol.id.clone()),
            None => scopes.symbols.properties.get(&first.to_id()).cloned(),
        };
        if let Some((sym, ctxt)) = object {
            *leftmost = TsEntityName::TsQualifiedName(Box::new(TsQualifiedName {
                span: first.span,
                left: TsEntityName::Ident(Ident::new(sym, first.span, ctxt)),
                right: IdentName::new(first.sym.clone(), first.span),
            }));
        }
    }

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(first) = self.scopes().symbols.renamed.get(&name.to_id()) {
            name.ctxt = first.1;
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        property.visit_mut_children_with(self);
        self.rewriter.exit_prop(property);
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        pattern.visit_mut_children_with(self);
        self.rewriter.exit_pat(pattern);
    }

    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        self.rewriter.exit_expr(expression);
    }

    fn visit_mut_simple_assign_target(&mut self, target: &mut SimpleAssignTarget) {
        target.visit_mut_children_with(self);
        self.rewriter.exit_simple_assign_target(target);
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        property.visit_mut_children_with(self);
        self.rewriter.exit_object_pat_prop(property);
    }

    fn visit_mut_jsx_element_name(&mut self, name: &mut JSXElementName) {
        name.visit_mut_children_with(self);
        self.rewriter.exit_jsx_element_name(name);
    }

    fn visit_mut_jsx_object(&mut self, object: &mut JSXObject) {
        object.visit_mut_children_with(self);
        self.rewriter.exit_jsx_object(object);
    }
}

/// The names that functions within an enum's initializers declare.
#[derive(Default)]
struct Bound(HashSet<Id>);

impl Visit for Bound {
    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        self.0.insert(name.id.to_id());
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.0.insert(function.ident.to_id());
        function.visit_children_with(self);
    }
}

/// Gives the members of an enum that other blocks declare the context that swc expects.
struct Members<'a> {
    names: &'a HashSet<String>,
    bound: HashSet<Id>,
    unresolved: SyntaxContext,
}

impl VisitMut for Members<'_> {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if self.names.contains(&*name.sym) && !self.bound.contains(&name.to_id()) {
            name.ctxt = self.unresolved;
        }
    }
}
