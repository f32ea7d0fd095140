//! New indices for the functions and types that stay, and bodies that use them.
//!
//! The linker left every index and address that it may have had to change five bytes long; here they get as short as
//! they can be, which alone makes the code a sixth smaller.

use std::collections::BTreeSet;
use std::ops::Range;

use engine::{Definition, Facts, RelocationKind, Sections};
use optimize::{Edit, Live, Trimmed};
use wasm_encoder::Encode as _;

use crate::Error;

/// `i32.const`, whose immediate is signed; that of a load or store is not.
const I32_CONST: u8 = 0x41;

/// Where functions and types have gone; `None` where they are left out.
pub(crate) struct Indices {
    /// What stays, by the new indices.
    order: Vec<u32>,
    functions: Vec<Option<u32>>,
    types: Vec<Option<u32>>,
}

impl Indices {
    /// Numbers what is live: types in the engine's order, functions by how many calls name them, since the first 128
    /// indices are a byte long.
    pub(crate) fn new(
        sections: &Sections<'_>,
        facts: &Facts<'_>,
        live: &Live,
        trimmed: Option<&Trimmed>,
    ) -> Indices {
        let mut calls = vec![0u32; live.functions.len()];
        let mut used = BTreeSet::new();
        for (index, _) in live.functions.iter().enumerate().filter(|(_, live)| **live) {
            used.insert(type_of(sections, index));
            let body = sections.body(index as u32);
            let Some(body) = body.filter(|_| !live.stubs[index]) else {
                continue;
            };
            let trimmed = trimmed.filter(|trimmed| trimmed.function as usize == index);
            let is_trimmed = |place| trimmed.is_some_and(|trimmed| trimmed.covers(place));
            let relocations = facts.code_between(&sections.places(body)).iter();
            for relocation in relocations.filter(|relocation| !is_trimmed(relocation.place)) {
                match relocation.kind {
                    RelocationKind::Type => {
                        used.insert(relocation.symbol.0);
                    }
                    RelocationKind::Function => {
                        if let Some(Definition::Function(callee)) =
                            facts.symbol(relocation).map(|symbol| &symbol.definition)
                        {
                            calls[*callee as usize] += 1;
                        }
                    }
                    _ => {}
                }
            }
        }
        let is_live = |index: &u32| live.functions[*index as usize];
        let imported = sections.imports.len() as u32;
        let mut order: Vec<u32> = (0..live.functions.len() as u32).filter(is_live).collect();
        let first = order.partition_point(|index| *index < imported);
        order[first..].sort_by_key(|index| std::cmp::Reverse(calls[*index as usize]));
        let mut functions = vec![None; live.functions.len()];
        for (new, old) in (0..).zip(&order) {
            functions[*old as usize] = Some(new);
        }
        let types: Vec<bool> = (0..sections.types.len())
            .map(|index| used.contains(&(index as u32)))
            .collect();
        Indices {
            order,
            functions,
            types: number(&types),
        }
    }

    /// The old indices of the functions that stay, by their new ones; imported functions first.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    pub(crate) fn function(&self, index: u32) -> Result<u32, Error> {
        self.functions[index as usize].ok_or_else(|| dead("function", index))
    }

    pub(crate) fn ty(&self, index: u32) -> Result<u32, Error> {
        self.types[index as usize].ok_or_else(|| dead("type", index))
    }

    pub(crate) fn has_type(&self, index: usize) -> bool {
        self.types[index].is_some()
    }
}

fn dead(what: &str, index: u32) -> Error {
    Error::Engine(format!("{what} {index} was taken for dead, but is named"))
}

fn number(live: &[bool]) -> Vec<Option<u32>> {
    let mut next = 0..;
    live.iter()
        .map(|live| if *live { next.next() } else { None })
        .collect()
}

/// The index of a function's type.
pub(crate) fn type_of(sections: &Sections<'_>, function: usize) -> u32 {
    match function.checked_sub(sections.imports.len()) {
        Some(defined) => sections.functions[defined],
        None => sections.imports[function].ty,
    }
}

/// The body of a function with the new indices, and with `edits` where there are any.
pub(crate) fn body(
    sections: &Sections<'_>,
    facts: &Facts<'_>,
    indices: &Indices,
    function: u32,
    edits: &[Edit],
) -> Result<Vec<u8>, Error> {
    let Some(body) = sections.body(function) else {
        return Err(dead("import", function));
    };
    let places = sections.places(body);
    let old = body.as_bytes();
    let mut new = Vec::with_capacity(old.len());
    let mut position = places.start;
    for edit in edits {
        let kept = position..edit.places.start;
        copy(old, places.start, kept, facts, indices, &mut new)?;
        new.extend_from_slice(&edit.bytes);
        position = edit.places.end;
    }
    copy(
        old,
        places.start,
        position..places.end,
        facts,
        indices,
        &mut new,
    )?;
    Ok(new)
}

/// Copies the part of a body at `places`; the body starts at `start`.
fn copy(
    old: &[u8],
    start: u32,
    places: Range<u32>,
    facts: &Facts<'_>,
    indices: &Indices,
    new: &mut Vec<u8>,
) -> Result<(), Error> {
    let mut copied = (places.start - start) as usize;
    for relocation in facts.code_between(&places) {
        let place = (relocation.place - start) as usize;
        new.extend_from_slice(&old[copied..place]);
        let (value, length) = padded(&old[place..]);
        copied = place + length;
        match relocation.kind {
            RelocationKind::Function => indices.function(value)?.encode(new),
            RelocationKind::Type => indices.ty(value)?.encode(new),
            RelocationKind::TableSlot | RelocationKind::Address if old[place - 1] == I32_CONST => {
                // The upper bits of a signed number are its sign, in 35 bits as in 32.
                (value as i32).encode(new);
            }
            _ => value.encode(new),
        }
    }
    new.extend_from_slice(&old[copied..(places.end - start) as usize]);
    Ok(())
}

/// The low 32 bits of a LEB128 number, and how many bytes it takes.
fn padded(bytes: &[u8]) -> (u32, usize) {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= u32::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 {
            return (value, index + 1);
        }
    }
    (value, 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padded_numbers_are_read_whole() {
        assert_eq!(padded(&[0x85, 0x80, 0x80, 0x80, 0x00, 0xFF]), (5, 5));
        assert_eq!(padded(&[0xFF, 0xFF, 0xFF, 0xFF, 0x7F]), (u32::MAX, 5));
        assert_eq!(padded(&[0x05]), (5, 1));
    }
}
