//! What names what: edges between functions, blocks and the heap.

use engine::{Definition, Error, Facts, Relocation, RelocationKind, Sections};
use wasmparser::Operator;

use crate::blocks::{BlockId, Blocks};
use crate::trim::Trimmed;

/// Something that lives or dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// A function, by index.
    Function(u32),
    /// An object in memory.
    Block(BlockId),
    /// A slot of the table: a function that may be called through it.
    Slot(u32),
    /// The same of a builtin function: an object, or an entry of a table of builtins, names it.
    Builtin(u32),
}

/// Everything that edges are found in.
pub(crate) struct Graph<'a, 'w> {
    pub(crate) sections: &'a Sections<'w>,
    pub(crate) facts: &'a Facts<'w>,
    pub(crate) blocks: &'a Blocks<'w>,
    /// Linear memory as the snapshot has it.
    pub(crate) memory: &'a [u8],
    /// A function whose code is not what the engine's is.
    pub(crate) trimmed: Option<&'a Trimmed>,
}

impl Graph<'_, '_> {
    /// Calls `found` with everything that a function names.
    pub(crate) fn of_function(&self, index: u32, mut found: impl FnMut(Node)) -> Result<(), Error> {
        let Some(body) = self.sections.body(index) else {
            return Ok(());
        };
        let places = self.sections.places(body);
        let relocations = self.facts.code_between(&places);
        let trimmed = self.trimmed.filter(|trimmed| trimmed.function == index);
        for relocation in relocations {
            if !trimmed.is_some_and(|trimmed| trimmed.covers(relocation.place)) {
                self.of_relocation(relocation, &mut found);
            }
        }
        if relocations.is_empty() {
            // The linker's own functions carry no relocations.
            for operator in body.get_operators_reader()? {
                if let Operator::Call { function_index } = operator? {
                    if function_index as usize >= self.sections.function_count() {
                        return Err(Error::Contradiction("a call of a missing function"));
                    }
                    found(Node::Function(function_index));
                }
            }
        }
        Ok(())
    }

    /// Calls `found` with everything that an object in memory names.
    pub(crate) fn of_block(&self, id: BlockId, mut found: impl FnMut(Node)) {
        let block = self.blocks.get(id);
        let range = block.range.clone();
        let is_entry = block.table.is_some();
        let mut found = |node| match node {
            Node::Slot(slot) if is_entry => found(Node::Builtin(slot)),
            node => found(node),
        };
        if self.is_initial(&range) {
            for relocation in self.facts.data_between(&range) {
                self.of_relocation(relocation, &mut found);
            }
        } else {
            // What the linker put there may have been overwritten.
            self.of_words(range, found);
        }
    }

    /// Calls `found` with everything that the aligned words of `range` could name.
    ///
    /// A number that looks like an address or a slot keeps too much, never too little.
    pub(crate) fn of_words(&self, range: std::ops::Range<u32>, mut found: impl FnMut(Node)) {
        let (start, end) = (range.start.next_multiple_of(4) as usize, range.end as usize);
        // What has no aligned word has no address.
        let words = self.memory.get(start..end.min(self.memory.len()));
        for word in words.unwrap_or_default().chunks_exact(4) {
            let word = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
            self.of_word(word, &mut found);
        }
    }

    /// Calls `found` with everything that `word` could name.
    fn of_word(&self, word: u32, mut found: impl FnMut(Node)) {
        if let Some(node) = self.named_by(word) {
            found(node);
        }
        // One past the end of an object is its own, too.
        if let Some(node @ Node::Block(_)) = self.named_by(word.wrapping_sub(1)) {
            found(node);
        }
    }

    /// What a word of the heap names that is known to be a reference.
    pub(crate) fn of_reference(&self, address: u32) -> Option<Node> {
        let word = self.memory.get(address as usize..)?.first_chunk()?;
        match self.named_by(u32::from_le_bytes(*word))? {
            Node::Slot(slot) => Some(Node::Builtin(slot)),
            node => Some(node),
        }
    }

    /// The function or object that `word` is the slot or lies at an address of.
    pub(crate) fn named_by(&self, word: u32) -> Option<Node> {
        let slot = word.wrapping_sub(self.sections.first_slot);
        if (slot as usize) < self.sections.slots.len() {
            return Some(Node::Slot(slot));
        }
        let is_data = (self.blocks.start()..self.blocks.end()).contains(&word);
        self.blocks.at(word).filter(|_| is_data).map(Node::Block)
    }

    fn of_relocation(&self, relocation: &Relocation, found: &mut impl FnMut(Node)) {
        let Some(symbol) = self.facts.symbol(relocation) else {
            return;
        };
        match (relocation.kind, &symbol.definition) {
            (RelocationKind::Function, Definition::Function(index)) => {
                found(Node::Function(*index));
            }
            (RelocationKind::TableSlot, Definition::Function(index)) => {
                if let Some(slot) = self.sections.slot_of(*index) {
                    found(Node::Slot(slot));
                }
            }
            (RelocationKind::Address, _) => {
                for block in self.blocks.named(relocation.symbol) {
                    found(Node::Block(BlockId(block)));
                }
            }
            _ => {}
        }
    }

    /// Whether memory still has what the module's data put there.
    fn is_initial(&self, range: &std::ops::Range<u32>) -> bool {
        let mut initial = vec![0; range.len()];
        for (address, bytes) in &self.sections.data {
            let (start, end) = (*address, address + bytes.len() as u32);
            let (from, to) = (range.start.max(start), range.end.min(end));
            if from < to {
                initial[(from - range.start) as usize..(to - range.start) as usize]
                    .copy_from_slice(&bytes[(from - start) as usize..(to - start) as usize]);
            }
        }
        self.memory[range.start as usize..range.end as usize] == initial
    }
}
