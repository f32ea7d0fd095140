//! Follows the edges from what the module exports and from the heap.

use std::ops::Range;

use engine::{Definition, Error, Facts, Gate, Reference, Sections};

use crate::blocks::Blocks;
use crate::gates::Gates;
use crate::graph::{Graph, Node};
use crate::trim::Trimmed;

/// What can still be reached.
#[derive(Clone, Debug)]
pub struct Live {
    /// By function index, imported functions included: what can run, or is at least named.
    pub functions: Vec<bool>,
    /// Those of `functions` that never run, though code that can run names them.
    pub stubs: Vec<bool>,
    /// By table slot, from the first that holds a function.
    pub slots: Vec<bool>,
    /// The addresses of memory that nothing will read.
    pub dead_memory: Vec<Range<u32>>,
    /// Words that become others, by address.
    pub replaced: Vec<(u32, u32)>,
}

impl Live {
    /// Nothing.
    #[must_use]
    pub fn none(sections: &Sections<'_>) -> Live {
        Live {
            functions: vec![false; sections.function_count()],
            stubs: vec![false; sections.function_count()],
            slots: vec![false; sections.slots.len()],
            dead_memory: Vec::new(),
            replaced: Vec::new(),
        }
    }

    /// Everything, without a look.
    #[must_use]
    pub fn all(sections: &Sections<'_>) -> Live {
        Live {
            functions: vec![true; sections.function_count()],
            stubs: vec![false; sections.function_count()],
            slots: vec![true; sections.slots.len()],
            dead_memory: Vec::new(),
            replaced: Vec::new(),
        }
    }
}

/// Finds what `roots` (functions, by index) and the heap in `memory` can reach. `references` are the
/// heap's words that name functions and the engine's data, which no other word of it does, and count where their `gates`
/// are open. `trimmed` is a function that will be written with less in it.
///
/// # Errors
/// Where a function cannot be decoded, a gate names one that does not exist, or the memory ends within the engine's data.
/// Everything else is expected to fit together ([`engine::check`]).
pub fn reach(
    sections: &Sections<'_>,
    facts: &Facts<'_>,
    memory: &[u8],
    references: &[Reference],
    gates: &[Gate],
    trimmed: Option<&Trimmed>,
    roots: impl IntoIterator<Item = u32>,
) -> Result<Live, Error> {
    let is_in_memory = |end: u64| end <= memory.len() as u64;
    let ends_of_data = sections
        .data
        .iter()
        .map(|(address, bytes)| u64::from(*address) + bytes.len() as u64);
    let ends_of_objects = facts
        .symbols
        .iter()
        .filter_map(|symbol| match &symbol.definition {
            Definition::Data(range) => Some(u64::from(range.end)),
            _ => None,
        });
    if !ends_of_data.chain(ends_of_objects).all(is_in_memory) {
        return Err(Error::Contradiction(
            "the snapshot is smaller than the engine's data",
        ));
    }
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
    let mut gates = Gates::new(gates, facts, functions.len())?;
    for reference in references {
        if let Some(node) = graph.of_reference(reference.address) {
            gates.pass(node, reference.gate, &mut waiting);
        }
        let instead = reference.instead.first();
        waiting.extend(instead.and_then(|word| graph.named_by(*word)));
    }

    while let Some(node) = waiting.pop() {
        let mark = match node {
            Node::Function(index) => {
                if let Some(gate) = gates.guard(index) {
                    gates.pass(node, gate, &mut waiting);
                    continue;
                }
                &mut functions[index as usize]
            }
            Node::Slot(slot) => &mut slots[slot as usize],
            Node::Builtin(slot) => {
                let function = sections.slots[slot as usize];
                gates.lift_guard(function);
                waiting.extend([Node::Slot(slot), Node::Function(function)]);
                continue;
            }
            Node::Block(id) => &mut live_blocks[id.0 as usize],
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        match node {
            Node::Function(index) => {
                gates.open(index, &mut waiting);
                graph.of_function(index, |node| waiting.push(node))?;
            }
            Node::Slot(slot) | Node::Builtin(slot) => {
                waiting.push(Node::Function(sections.slots[slot as usize]));
            }
            Node::Block(id) => graph.of_block(id, |node| waiting.push(node)),
        }
    }

    let mut stubs = vec![false; functions.len()];
    for function in gates.guarded() {
        functions[function as usize] = true;
        stubs[function as usize] = true;
    }
    let is_live = |node| match node {
        Node::Function(index) => functions[index as usize],
        Node::Slot(slot) | Node::Builtin(slot) => slots[slot as usize],
        Node::Block(id) => live_blocks[id.0 as usize],
    };
    let mut replaced = Vec::new();
    for Reference {
        address, instead, ..
    } in references
    {
        if graph
            .of_reference(*address)
            .is_some_and(|node| !is_live(node))
        {
            replaced.extend((*address..).step_by(4).zip(instead.iter().copied()));
        }
    }
    let dead_memory = blocks
        .iter()
        .filter(|(id, _)| !live_blocks[id.0 as usize])
        .map(|(_, block)| block.range.clone())
        .collect();
    Ok(Live {
        functions,
        stubs,
        slots,
        dead_memory,
        replaced,
    })
}
