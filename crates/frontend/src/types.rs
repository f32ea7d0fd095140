//! Leaves out of imports and exports what is nothing but a type in the file that declares it.
//!
//! ```text
//! export { Shape } from "./shape"   and   export interface Shape { }   →   nothing
//! ```
//!
//! A file alone does not show whether a name that it passes on is a type. Where another turns out to declare no such
//! value, it is read once more with that in mind; what it passed on is then one of its own types.

use std::collections::HashMap;

use crate::analyze::{Request, analyze};
use crate::graph::{Import, ImportKind, ModuleId, ModuleKind};
use crate::link::has_export;
use crate::load::Loader;
use crate::parse::Language;
use crate::scan::Usage;
use crate::typescript::{Kind, KnownTypes};

impl Loader<'_> {
    /// Reads files again until none takes a type for a value.
    pub(crate) fn leave_out_types(&mut self) {
        loop {
            let found: Vec<(usize, KnownTypes)> = (0..self.modules.len())
                .map(|index| (index, self.imported_types(index)))
                .filter(|(_, types)| !types.is_empty())
                .collect();
            if found.is_empty() {
                return;
            }
            for (index, types) in found {
                self.read_again(index, types);
            }
        }
    }

    /// What a file imports that is a type where it comes from.
    fn imported_types(&self, index: usize) -> KnownTypes {
        let module = &self.modules[index];
        let mut types = KnownTypes::new();
        if !Language::of(&module.name).typescript {
            return types;
        }
        for import in &module.imports {
            let target = import.target;
            if import.kind != ImportKind::Static
                || self.modules[target.0].kind != ModuleKind::EcmaScript
            {
                continue;
            }
            for (name, _) in &import.names {
                if !has_export(&self.modules, target, name, &mut Vec::new())
                    && let Some(kind) = self.type_of(target, name, &mut Vec::new())
                {
                    types.insert((import.specifier.clone(), name.clone()), kind);
                }
            }
        }
        types
    }

    /// What stands for a type that a module exports, itself or by `export *`.
    fn type_of(&self, id: ModuleId, name: &str, seen: &mut Vec<ModuleId>) -> Option<Kind> {
        let own = &self.types[id.0].exported;
        if let Some(kind) = own.get(name) {
            return Some(*kind);
        }
        if name == "default" || seen.contains(&id) {
            return None;
        }
        seen.push(id);
        let module = &self.modules[id.0];
        let passes_on = module.exports.iter().any(|export| export == "*");
        let found = module
            .imports
            .iter()
            .filter(|import| passes_on && import.kind == ImportKind::Static)
            .find_map(|import| self.type_of(import.target, name, seen));
        found.or_else(|| own.get("*").copied())
    }

    /// Reads a file with more types in mind.
    fn read_again(&mut self, index: usize, types: KnownTypes) {
        self.types[index].known.extend(types);
        let of_file = &self.types[index];
        let source = self.modules[index].source.clone();
        let Some(key) = &of_file.key else { return };
        let read = analyze(&Request {
            source: &source,
            goal: key.goal,
            settings: &key.settings,
            defines: &self.defines,
            known: &of_file.known,
            globals: key.globals,
        });
        // It has been read without a fault before.
        let Ok(analysis) = read else { return };
        let module = &mut self.modules[index];
        let mut names: HashMap<_, Vec<_>> = HashMap::new();
        for reference in analysis.found.references {
            if reference.usage == Usage::Static {
                let place = (reference.specifier, reference.form);
                names.entry(place).or_default().extend(reference.names);
            }
        }
        module.imports.retain_mut(|import: &mut Import| {
            if import.kind != ImportKind::Static {
                return true;
            }
            let left = names.remove(&(import.specifier.clone(), import.form));
            let is_left = left.is_some();
            import.names = left.unwrap_or_default();
            is_left
        });
        module.exports_values =
            !analysis.found.exports.is_empty() && !analysis.found.exports_functions;
        module.exports = analysis.found.exports;
        module.default_export = analysis.found.default;
        module.rewritten = analysis.rewritten;
        self.types[index].exported = analysis.types;
    }
}
