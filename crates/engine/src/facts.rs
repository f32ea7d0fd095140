//! What the linker knew about the engine's module: its symbols, and the places of code and data that name them.
//!
//! A module alone does not say that the bytes `41 90 a6 04` in a function body are the address of a table of builtins.
//! The linker does, in the custom sections `linking` and `reloc.*`
//! (<https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>), and `link.rs` has it keep them.

use std::ops::Range;

use wasmparser::{DataKind, KnownCustom, Linking, Parser, Payload, RelocationType, SymbolInfo};

use crate::Error;
use crate::sections::constant;

/// Index of a symbol in [`Facts::symbols`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymbolId(pub u32);

/// A function, an object in memory, or a global that the linker placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol<'a> {
    /// Its name in C or Rust (mangled); empty for sections and imports without one.
    pub name: &'a str,
    /// What it is.
    pub definition: Definition,
}

/// What a symbol stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Definition {
    /// A function, by its index in the module's function index space.
    Function(u32),
    /// An object in linear memory, by its addresses.
    Data(Range<u32>),
    /// A global, by its index.
    Global(u32),
    /// Anything that the engine's code does not use: sections, tables, symbols that are defined nowhere.
    Other,
}

/// A place that names a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// Where: for code the offset in the section's contents, for data the address in linear memory.
    pub place: u32,
    /// What is written there.
    pub kind: RelocationKind,
    /// The symbol; for [`RelocationKind::Type`] the index of a type.
    pub symbol: SymbolId,
    /// What is added to the symbol's address, in bytes.
    pub addend: i32,
}

/// How a place names a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelocationKind {
    /// A function's index, in a call.
    Function,
    /// A function's slot in the table: its address in C.
    TableSlot,
    /// An address in linear memory.
    Address,
    /// The index of a type, in an indirect call.
    Type,
    /// The index of a global.
    Global,
    /// The number of a table.
    Table,
}

/// All of it, in the order of the module.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// The symbol table.
    pub symbols: Vec<Symbol<'a>>,
    /// The relocations of the code section, by place.
    pub code: Vec<Relocation>,
    /// The relocations of the data section, by address.
    pub data: Vec<Relocation>,
}

/// A data segment of the module: where its bytes lie in the data section's contents, and in linear memory.
struct Segment {
    contents: Range<usize>,
    address: u32,
}

impl<'a> Facts<'a> {
    /// Reads the facts out of a module that was linked with `--emit-relocs`.
    ///
    /// # Errors
    /// [`Error::Damaged`] where a section cannot be read, [`Error::NoFacts`] where the linker kept none.
    pub fn read(wasm: &'a [u8]) -> Result<Facts<'a>, Error> {
        let mut facts = Facts::default();
        let mut segments = Vec::new();
        let (mut code_section, mut data_section) = (None, None);
        let mut section = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::DataSection(reader) => {
                    data_section = Some(section);
                    for segment in reader.clone() {
                        segments.push(place(&segment?, reader.range().start)?);
                    }
                }
                Payload::CodeSectionStart { .. } => code_section = Some(section),
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(reader) => {
                        for part in reader.subsections() {
                            if let Linking::SymbolTable(table) = part? {
                                for symbol in table {
                                    facts.symbols.push(symbol_of(symbol?, &segments)?);
                                }
                            }
                        }
                    }
                    KnownCustom::Reloc(reader) => {
                        let target = Some(reader.section_index());
                        for entry in reader.entries() {
                            let entry = entry?;
                            let Some(kind) = kind_of(entry.ty) else {
                                continue;
                            };
                            let mut relocation = Relocation {
                                place: entry.offset,
                                kind,
                                symbol: SymbolId(entry.index),
                                addend: entry.addend as i32,
                            };
                            if target == code_section {
                                facts.code.push(relocation);
                            } else if target == data_section {
                                relocation.place = address_of(entry.offset as usize, &segments)?;
                                facts.data.push(relocation);
                            }
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            // The sections of the binary format, as the indices of relocations count them.
            if payload.as_section().is_some() {
                section += 1;
            }
        }
        if facts.symbols.is_empty() || facts.code.is_empty() {
            return Err(Error::NoFacts);
        }
        Ok(facts)
    }

    /// The relocations of code whose places lie in `places`.
    #[must_use]
    pub fn code_between(&self, places: &Range<u32>) -> &[Relocation] {
        between(&self.code, places)
    }

    /// The relocations of data whose addresses lie in `addresses`.
    #[must_use]
    pub fn data_between(&self, addresses: &Range<u32>) -> &[Relocation] {
        between(&self.data, addresses)
    }

    /// The symbol that a relocation names; `None` for a type.
    #[must_use]
    pub fn symbol(&self, relocation: &Relocation) -> Option<&Symbol<'a>> {
        match relocation.kind {
            RelocationKind::Type => None,
            _ => self.symbols.get(relocation.symbol.0 as usize),
        }
    }
}

/// They are sorted by place.
fn between<'a>(relocations: &'a [Relocation], places: &Range<u32>) -> &'a [Relocation] {
    let start = relocations.partition_point(|relocation| relocation.place < places.start);
    let end = relocations.partition_point(|relocation| relocation.place < places.end);
    &relocations[start..end]
}

fn place(segment: &wasmparser::Data<'_>, section_start: usize) -> Result<Segment, Error> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        return Err(Error::NoFacts);
    };
    // The bytes are the last of the entry.
    let end = segment.range.end - section_start;
    Ok(Segment {
        contents: end - segment.data.len()..end,
        address: constant(offset_expr)?,
    })
}

/// The address of a place in the data section's contents.
fn address_of(offset: usize, segments: &[Segment]) -> Result<u32, Error> {
    segments
        .iter()
        .find(|segment| segment.contents.contains(&offset))
        .and_then(|segment| {
            let distance = u32::try_from(offset - segment.contents.start).ok()?;
            segment.address.checked_add(distance)
        })
        .ok_or(Error::NoFacts)
}

fn symbol_of<'a>(symbol: SymbolInfo<'a>, segments: &[Segment]) -> Result<Symbol<'a>, Error> {
    let (name, definition) = match symbol {
        SymbolInfo::Func { index, name, .. } => (name, Definition::Function(index)),
        SymbolInfo::Data {
            name,
            symbol: Some(data),
            ..
        } => {
            let segment = segments.get(data.index as usize).ok_or(Error::NoFacts)?;
            let start = segment.address.checked_add(data.offset);
            let end = start.and_then(|start| start.checked_add(data.size));
            let (Some(start), Some(end)) = (start, end) else {
                return Err(Error::Contradiction("an object lies beyond the memory"));
            };
            (Some(name), Definition::Data(start..end))
        }
        SymbolInfo::Data {
            name, symbol: None, ..
        } => (Some(name), Definition::Other),
        SymbolInfo::Global { index, name, .. } => (name, Definition::Global(index)),
        SymbolInfo::Table { name, .. } | SymbolInfo::Event { name, .. } => {
            (name, Definition::Other)
        }
        SymbolInfo::Section { .. } => (None, Definition::Other),
    };
    Ok(Symbol {
        name: name.unwrap_or_default(),
        definition,
    })
}

fn kind_of(relocation: RelocationType) -> Option<RelocationKind> {
    Some(match relocation {
        RelocationType::FunctionIndexLeb => RelocationKind::Function,
        RelocationType::TableIndexSleb | RelocationType::TableIndexI32 => RelocationKind::TableSlot,
        RelocationType::MemoryAddrLeb
        | RelocationType::MemoryAddrSleb
        | RelocationType::MemoryAddrI32 => RelocationKind::Address,
        RelocationType::TypeIndexLeb => RelocationKind::Type,
        RelocationType::GlobalIndexLeb => RelocationKind::Global,
        RelocationType::TableNumberLeb => RelocationKind::Table,
        _ => return None,
    })
}
