//! The tables of `js-runtime/c/layout.c`, by name.

use std::collections::BTreeMap;
use std::ops::Range;

use engine::{Definition, Facts, Sections};

use crate::Error;
use crate::opcode::{Format, OpcodeInfo};

/// Where a member of a structure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Of its first byte, or of the word that holds its bits.
    pub(crate) offset: u32,
    /// In bytes.
    pub(crate) size: u32,
    /// The bits of the word that are its own; none for a member of whole bytes.
    mask: u32,
}

impl Field {
    /// The member's value, given the bytes at its offset as a number.
    pub(crate) fn extract(&self, word: u32) -> u32 {
        if self.mask == 0 {
            word
        } else {
            (word & self.mask) >> self.mask.trailing_zeros()
        }
    }
}

/// All tables.
#[derive(Debug)]
pub(crate) struct Tables {
    fields: BTreeMap<String, Field>,
    structures: BTreeMap<String, u32>,
    constants: BTreeMap<String, i32>,
    pub(crate) opcodes: Vec<OpcodeInfo>,
}

impl Tables {
    /// Reads them from the engine's data.
    pub(crate) fn read(sections: &Sections<'_>, facts: &Facts<'_>) -> Result<Tables, Error> {
        let table = |name: &str| symbol(sections, facts, name);
        let names = |name: &str| table(name).map(|bytes| texts(&bytes));
        let mut tables = Tables {
            fields: BTreeMap::new(),
            structures: BTreeMap::new(),
            constants: BTreeMap::new(),
            opcodes: Vec::new(),
        };

        let bytes = table("jsc_layout_fields")?;
        let numbers: Vec<u32> = bytes
            .chunks_exact(2)
            .map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])))
            .collect();
        for (name, numbers) in names("jsc_layout_field_names")?
            .into_iter()
            .zip(numbers.chunks_exact(3))
        {
            let field = Field {
                offset: numbers[1],
                size: numbers[2],
                mask: 0,
            };
            if let Some((structure, _)) = name.split_once('.') {
                tables.structures.insert(structure.to_string(), numbers[0]);
            }
            tables.fields.insert(name, field);
        }

        let (names_of_bits, samples) = (names("jsc_layout_bit_names")?, table("jsc_layout_bits")?);
        let size = samples.len() / names_of_bits.len().max(1);
        for (name, sample) in names_of_bits
            .into_iter()
            .zip(samples.chunks_exact(size.max(1)))
        {
            let words = sample.chunks_exact(4).map(word).zip((0..).step_by(4));
            let (mask, offset) = words
                .into_iter()
                .find(|(mask, _)| *mask != 0)
                .ok_or_else(|| Error::NoLayout(name.clone()))?;
            tables.fields.insert(
                name,
                Field {
                    offset,
                    size: 4,
                    mask,
                },
            );
        }

        let constants = table("jsc_layout_constants")?;
        tables.constants = names("jsc_layout_constant_names")?
            .into_iter()
            .zip(
                constants
                    .chunks_exact(4)
                    .map(|bytes| word(bytes).cast_signed()),
            )
            .collect();

        let formats: Vec<Format> = names("jsc_layout_format_names")?
            .iter()
            .map(|name| Format::named(name))
            .collect::<Result<_, _>>()?;
        let bytes = table("jsc_layout_opcodes")?;
        for (name, info) in names("jsc_layout_opcode_names")?
            .into_iter()
            .zip(bytes.chunks_exact(4))
        {
            let format = formats
                .get(usize::from(info[3]))
                .ok_or_else(|| Error::UnknownFormat(info[3].to_string()))?;
            tables.opcodes.push(OpcodeInfo {
                name,
                size: u32::from(info[0]),
                pops: u32::from(info[1]),
                pushes: u32::from(info[2]),
                format: *format,
            });
        }
        Ok(tables)
    }

    /// A member, as `Structure.member`.
    pub(crate) fn field(&self, name: &str) -> Result<Field, Error> {
        self.fields
            .get(name)
            .copied()
            .ok_or_else(|| Error::NoLayout(name.to_string()))
    }

    /// The size of a structure.
    pub(crate) fn size(&self, structure: &str) -> Result<u32, Error> {
        self.structures
            .get(structure)
            .copied()
            .ok_or_else(|| Error::NoLayout(structure.to_string()))
    }

    /// A constant.
    pub(crate) fn constant(&self, name: &str) -> Result<i32, Error> {
        self.constants
            .get(name)
            .copied()
            .ok_or_else(|| Error::NoLayout(name.to_string()))
    }
}

/// The initial contents of a data symbol.
fn symbol(sections: &Sections<'_>, facts: &Facts<'_>, name: &str) -> Result<Vec<u8>, Error> {
    let missing = || Error::NoLayout(name.to_string());
    let range: Range<u32> = facts
        .symbols
        .iter()
        .find_map(|symbol| match &symbol.definition {
            Definition::Data(range) if symbol.name == name => Some(range.clone()),
            _ => None,
        })
        .ok_or_else(missing)?;
    sections
        .data
        .iter()
        .find_map(|(address, bytes)| {
            let start = range.start.checked_sub(*address)? as usize;
            bytes.get(start..start + range.len())
        })
        .map(<[u8]>::to_vec)
        .ok_or_else(missing)
}

/// Texts that are each ended by a zero.
fn texts(bytes: &[u8]) -> Vec<String> {
    bytes
        .split(|byte| *byte == 0)
        .filter(|text| !text.is_empty())
        .map(|text| String::from_utf8_lossy(text).into_owned())
        .collect()
}

fn word(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_moved_down() {
        let field = |mask| Field {
            offset: 0,
            size: 4,
            mask,
        };
        assert_eq!(field(0).extract(0x1234_5678), 0x1234_5678);
        assert_eq!(field(0x0000_0F00).extract(0x1234_5678), 6);
        assert_eq!(field(0x8000_0000).extract(0x9234_5678), 1);
    }

    #[test]
    fn texts_end_at_zeros() {
        assert_eq!(texts(b"one\0two\0\0"), ["one", "two"]);
    }
}
