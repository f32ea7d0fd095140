//! The engine's objects in linear memory: every address belongs to a block, to a gap between blocks, or to the heap.

use std::ops::Range;

use engine::{Definition, Facts, RelocationKind, Sections};

/// Bytes of a `JSCFunctionListEntry`: a builtin's name, flags, and what it is.
const TABLE_ENTRY: u32 = 16;

/// Index of a block in [`Blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BlockId(pub(crate) u32);

/// An object that lives or dies as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Block<'a> {
    pub(crate) range: Range<u32>,
    /// The symbol's name; empty for a gap.
    pub(crate) name: &'a str,
    /// The table that this is an entry of.
    pub(crate) table: Option<TableId>,
}

/// Index of a table of builtins, whose entries are blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TableId(pub(crate) u32);

/// All blocks of the module's data, by address.
#[derive(Debug, Default)]
pub(crate) struct Blocks<'a> {
    blocks: Vec<Block<'a>>,
    /// The entries of each table.
    tables: Vec<Range<u32>>,
    /// Which block a symbol lies in, by symbol.
    of_symbol: Vec<Option<BlockId>>,
}

impl<'a> Blocks<'a> {
    /// Divides the module's data by its symbols.
    pub(crate) fn new(sections: &Sections<'_>, facts: &Facts<'a>) -> Blocks<'a> {
        let mut objects: Vec<(Range<u32>, &'a str)> = facts
            .symbols
            .iter()
            .filter_map(|symbol| match &symbol.definition {
                Definition::Data(range) if !range.is_empty() => Some((range.clone(), symbol.name)),
                _ => None,
            })
            .collect();
        objects.sort_by_key(|(range, _)| (range.start, range.end));
        let mut blocks = Blocks::default();
        let (start, end) = (data_start(sections), data_end(sections, &objects));
        let mut position = start;
        let mut objects = objects.into_iter().peekable();
        while let Some((mut range, name)) = objects.next() {
            // Symbols that share bytes (merged strings, aliases) are one block.
            while let Some((next, _)) = objects.next_if(|(next, _)| next.start < range.end) {
                range.end = range.end.max(next.end);
            }
            blocks.push_gap(position..range.start);
            position = range.end;
            if is_table(&range, facts) {
                blocks.push_table(range, name);
            } else {
                blocks.blocks.push(Block {
                    range,
                    name,
                    table: None,
                });
            }
        }
        blocks.push_gap(position..end);
        blocks.of_symbol = facts
            .symbols
            .iter()
            .map(|symbol| match &symbol.definition {
                Definition::Data(range) => blocks.at(range.start),
                _ => None,
            })
            .collect();
        blocks
    }

    fn push_gap(&mut self, range: Range<u32>) {
        if !range.is_empty() {
            self.blocks.push(Block {
                range,
                name: "",
                table: None,
            });
        }
    }

    fn push_table(&mut self, range: Range<u32>, name: &'a str) {
        let table = Some(TableId(self.tables.len() as u32));
        let first = self.blocks.len() as u32;
        for start in range.step_by(TABLE_ENTRY as usize) {
            self.blocks.push(Block {
                range: start..start + TABLE_ENTRY,
                name,
                table,
            });
        }
        self.tables.push(first..self.blocks.len() as u32);
    }

    /// All of them, by address.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (BlockId, &Block<'a>)> {
        self.blocks
            .iter()
            .enumerate()
            .map(|(index, block)| (BlockId(index as u32), block))
    }

    pub(crate) fn len(&self) -> usize {
        self.blocks.len()
    }

    pub(crate) fn get(&self, id: BlockId) -> &Block<'a> {
        &self.blocks[id.0 as usize]
    }

    /// The block that `address` lies in.
    pub(crate) fn at(&self, address: u32) -> Option<BlockId> {
        let index = self
            .blocks
            .partition_point(|block| block.range.end <= address);
        let block = self.blocks.get(index)?;
        block
            .range
            .contains(&address)
            .then_some(BlockId(index as u32))
    }

    /// What a place of code or data that names a symbol keeps alive: its block, or all entries of its table.
    pub(crate) fn named(&self, symbol: engine::SymbolId) -> Range<u32> {
        match self.of_symbol.get(symbol.0 as usize).copied().flatten() {
            None => 0..0,
            Some(id) => match self.get(id).table {
                Some(table) => self.tables[table.0 as usize].clone(),
                None => id.0..id.0 + 1,
            },
        }
    }

    /// Where the module's data ends and the heap begins.
    pub(crate) fn end(&self) -> u32 {
        self.blocks.last().map_or(0, |block| block.range.end)
    }

    /// Where the module's data starts.
    pub(crate) fn start(&self) -> u32 {
        self.blocks.first().map_or(0, |block| block.range.start)
    }
}

fn data_start(sections: &Sections<'_>) -> u32 {
    sections
        .data
        .iter()
        .map(|(address, _)| *address)
        .min()
        .unwrap_or(0)
}

/// Objects without initial contents have symbols, but are in no segment.
fn data_end(sections: &Sections<'_>, objects: &[(Range<u32>, &str)]) -> u32 {
    let segments = sections
        .data
        .iter()
        .map(|(address, bytes)| address + bytes.len() as u32);
    segments
        .chain(objects.iter().map(|(range, _)| range.end))
        .max()
        .unwrap_or(0)
}

/// Whether a block is a table of builtins. Each of its entries starts with the address of a name; the heap points at
/// single entries, for builtins that are made at their first use (`JS_DefineAutoInitProperty`).
fn is_table(range: &Range<u32>, facts: &Facts<'_>) -> bool {
    let length = range.end - range.start;
    if length == 0 || !length.is_multiple_of(TABLE_ENTRY) || !range.start.is_multiple_of(8) {
        return false;
    }
    let first = facts
        .data
        .partition_point(|relocation| relocation.place < range.start);
    let mut relocations = facts.data[first..]
        .iter()
        .take_while(|relocation| relocation.place < range.end)
        .peekable();
    for entry in range.clone().step_by(TABLE_ENTRY as usize) {
        match relocations.next() {
            Some(name) if name.place == entry && name.kind == RelocationKind::Address => {}
            _ => return false,
        }
        // A value may be the address of a string or of another table; flags and numbers stand in between.
        while relocations
            .next_if(|other| other.place >= entry + 8 && other.place < entry + TABLE_ENTRY)
            .is_some()
        {}
    }
    relocations.next().is_none()
}
