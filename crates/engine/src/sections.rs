//! The engine's module taken apart.

use std::collections::HashMap;
use std::ops::Range;

use wasmparser::{
    DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, Operator, Parser,
    Payload, TypeRef,
};

use crate::Error;

/// The engine's module taken apart, as far as passes and emission need it.
#[derive(Debug, Default)]
pub struct Sections<'a> {
    /// The types of functions.
    pub types: Vec<FuncType>,
    /// The imported functions, which come first in the index space.
    pub imports: Vec<Import<'a>>,
    /// The type of each function that is defined, by index in [`Sections::types`].
    pub functions: Vec<u32>,
    /// Their bodies.
    pub bodies: Vec<FunctionBody<'a>>,
    /// The exported functions: names and indices.
    pub exports: Vec<(&'a str, u32)>,
    /// The function in each slot of the table, from [`Sections::first_slot`] on.
    pub slots: Vec<u32>,
    /// The first slot that holds a function.
    pub first_slot: u32,
    /// The first slot of each function that has one, by index in [`Sections::slots`].
    slot_of: HashMap<u32, u32>,
    /// The initial contents of linear memory: addresses and bytes.
    pub data: Vec<(u32, &'a [u8])>,
    /// Where the contents of the code section start in the module; relocations count from there.
    pub code_start: usize,
    /// The contents of the `name` section.
    pub names: Option<&'a [u8]>,
}

/// An imported function.
#[derive(Clone, Copy, Debug)]
pub struct Import<'a> {
    /// The module it comes from.
    pub module: &'a str,
    /// Its name there.
    pub name: &'a str,
    /// Its type, by index in [`Sections::types`].
    pub ty: u32,
}

impl<'a> Sections<'a> {
    /// Takes a module apart.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it cannot be read, [`Error::Unsupported`] where it has what a linked engine never has.
    pub fn read(wasm: &'a [u8]) -> Result<Sections<'a>, Error> {
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(reader) => {
                    sections.types = reader
                        .into_iter_err_on_gc_types()
                        .collect::<Result<_, _>>()?;
                }
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        let import = import?;
                        let TypeRef::Func(ty) = import.ty else {
                            return Err(Error::Unsupported("an import that is no function"));
                        };
                        sections.imports.push(Import {
                            module: import.module,
                            name: import.name,
                            ty,
                        });
                    }
                }
                Payload::FunctionSection(reader) => {
                    sections.functions = reader.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            sections.exports.push((export.name, export.index));
                        }
                    }
                }
                Payload::ElementSection(reader) => {
                    for element in reader {
                        let element = element?;
                        let (
                            ElementKind::Active { offset_expr, .. },
                            ElementItems::Functions(functions),
                        ) = (element.kind, element.items)
                        else {
                            return Err(Error::Unsupported("an element segment of expressions"));
                        };
                        if !sections.slots.is_empty() {
                            return Err(Error::Unsupported("a second element segment"));
                        }
                        sections.first_slot = constant(&offset_expr)?;
                        sections.slots = functions.into_iter().collect::<Result<_, _>>()?;
                        for (slot, function) in sections.slots.iter().enumerate().rev() {
                            sections.slot_of.insert(*function, slot as u32);
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => sections.code_start = range.start,
                Payload::CodeSectionEntry(body) => sections.bodies.push(body),
                Payload::DataSection(reader) => {
                    for segment in reader {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = &segment.kind else {
                            return Err(Error::Unsupported("a passive data segment"));
                        };
                        sections.data.push((constant(offset_expr)?, segment.data));
                    }
                }
                Payload::CustomSection(custom) if custom.name() == "name" => {
                    sections.names = Some(custom.data());
                }
                _ => {}
            }
        }
        Ok(sections)
    }

    /// The slot of a function, by index in [`Sections::slots`].
    #[must_use]
    pub fn slot_of(&self, function: u32) -> Option<u32> {
        self.slot_of.get(&function).copied()
    }

    /// How many functions there are, imported ones included.
    #[must_use]
    pub fn function_count(&self) -> usize {
        self.imports.len() + self.functions.len()
    }

    /// The body of the function `index`; `None` for an imported one.
    #[must_use]
    pub fn body(&self, index: u32) -> Option<&FunctionBody<'a>> {
        self.bodies
            .get((index as usize).checked_sub(self.imports.len())?)
    }

    /// The index of an exported function.
    ///
    /// # Errors
    /// [`Error::Unsupported`] where there is none of this name.
    pub fn exported(&self, name: &str) -> Result<u32, Error> {
        let export = self.exports.iter().find(|(export, _)| *export == name);
        export
            .map(|(_, index)| *index)
            .ok_or(Error::Unsupported("a missing export"))
    }

    /// The places in the code section's contents, as relocations count them, that a body takes.
    #[must_use]
    pub fn places(&self, body: &FunctionBody<'_>) -> Range<u32> {
        let range = body.range();
        (range.start - self.code_start) as u32..(range.end - self.code_start) as u32
    }
}

/// The value of an `i32.const` expression.
pub(crate) fn constant(expression: &wasmparser::ConstExpr<'_>) -> Result<u32, Error> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value as u32),
        _ => Err(Error::Unsupported("a computed offset")),
    }
}
