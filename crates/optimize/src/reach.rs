//! Follows the edges from what the module exports and from the heap.

use std::ops::Range;

use engine::{Error, Facts, Sections};

use crate::blocks::Blocks;
use crate::graph::{Graph, Node};
use crate::trim::Trimmed;

/// What can still be reached.
#[derive(Clone, Debug)]
pub struct Live {
    /// By function index, imported functions included.
    pub functions: Vec<bool>,
    /// By table slot, from the first that holds a function.
    pub slots: Vec<bool>,
    /// The addresses of memory that nothing will read.
    pub dead_memory: Vec<Range<u32>>,
}

impl Live {
    /// Everything, without a look.
    #[must_use]
    pub fn all(sections: &Sections<'_>) -> Live {
        Live {
            functions: vec![true; sections.function_count()],
            slots: vec![true; sections.slots.len()],
            dead_memory: Vec::new(),
        }
    }
}

/// Finds what `roots` (functions, by index) and the heap in `memory` can reach. `references` are the addresses of the
/// heap's words that name functions (by table slot) and the engine's data; no other word of it does. `trimmed` is a
/// function that will be written with less in it.
///
/// # Errors
/// Where a function cannot be decoded.
pub fn reach(
    sections: &Sections<'_>,
    facts: &Facts<'_>,
    memory: &[u8],
    references: &[u32],
    trimmed: Option<&Trimmed>,
    roots: impl IntoIterator<Item = u32>,
) -> Result<Live, Error> {
    let blocks = Blocks::new(sections, facts);
    let graph = Graph {
        sections,
        facts,
        blocks: &blocks,
        memory,
        trimmed,
    };
    let mut functions = vec![false; sections.function_count()];
    let mut slots = vec![false; sections.slots.len()];
    let mut live_blocks = vec![false; blocks.len()];

    let mut waiting: Vec<Node> = roots.into_iter().map(Node::Function).collect();
    // Bytes without a symbol cannot be told apart.
    waiting.extend(
        blocks
            .iter()
            .filter(|(_, block)| block.name.is_empty())
            .map(|(id, _)| Node::Block(id)),
    );
    for address in references {
        graph.of_words(*address..*address + 4, |node| waiting.push(node));
    }

    while let Some(node) = waiting.pop() {
        let mark = match node {
            Node::Function(index) => &mut functions[index as usize],
            Node::Slot(slot) => &mut slots[slot as usize],
            Node::Block(id) => &mut live_blocks[id.0 as usize],
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        match node {
            Node::Function(index) => graph.of_function(index, |node| waiting.push(node))?,
            Node::Slot(slot) => waiting.push(Node::Function(sections.slots[slot as usize])),
            Node::Block(id) => graph.of_block(id, |node| waiting.push(node)),
        }
    }

    let dead_memory = blocks
        .iter()
        .filter(|(id, _)| !live_blocks[id.0 as usize])
        .map(|(_, block)| block.range.clone())
        .collect();
    Ok(Live {
        functions,
        slots,
        dead_memory,
    })
}
