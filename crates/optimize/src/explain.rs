//! Why something is kept, and what would go without it.
//!
//! ```text
//! heap ─ js_string_match ─ js_compile_regexp ─ lre_compile      path(lre_compile): a word of the heap, js_string_match, …
//!                                                               without(js_string_match): js_compile_regexp, lre_compile
//! ```
//!
//! [`crate::reach`] answers what is kept; this asks the same graph for paths. What the interpreter names for the sake of one
//! opcode is said to be kept by the opcode.

use std::collections::VecDeque;
use std::ops::Range;

use engine::{Error, Facts, Gate, Reference, Sections};

use crate::blocks::{BlockId, Blocks};
use crate::gates::Gates;
use crate::graph::{Graph, Node};
use crate::trim::{Trimmed, trim};

/// Something that a module keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// A function, by index.
    Function(u32),
    /// A function that can be called through the table, by slot.
    Slot(u32),
    /// An object in memory.
    Object {
        /// The name of its symbol; empty for bytes without one.
        name: &'a str,
        /// Its addresses.
        range: Range<u32>,
        /// Whether it is an entry of a table of builtins.
        is_entry: bool,
    },
    /// An opcode of the program's bytecode.
    Opcode(u8),
}

/// Index of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u32);

/// What keeps an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It is there in any case: something that the module exports needs it.
    Always,
    /// A word of the heap, by its address.
    Reference(u32),
    /// Bytecode has the opcode.
    Bytecode,
    /// Another item.
    Item(ItemId),
}

/// What is known to [`explain`].
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s, 'w> {
    /// The engine's module.
    pub sections: &'s Sections<'w>,
    /// Its symbols and relocations.
    pub facts: &'s Facts<'w>,
    /// Linear memory as the snapshot has it.
    pub memory: &'s [u8],
    /// The words of the heap that refer to the engine, as for [`crate::reach`], in groups: an item that words of two
    /// groups reach is said to be kept by the earlier one.
    pub references: &'s [Vec<Reference>],
    /// The references' gates.
    pub gates: &'s [Gate],
    /// What the module exports, by function.
    pub roots: &'s [u32],
    /// The interpreter as it is written, and the opcodes that it has left; `None` where it is whole.
    pub trimmed: Option<(&'s Trimmed, &'s [bool; 256])>,
}

/// An item that is kept if its gate is open.
#[derive(Debug)]
struct Root {
    item: u32,
    cause: Cause,
    gate: usize,
}

/// The gate that is always open.
const NO_GATE: usize = 0;

/// The graph of everything that is kept.
#[derive(Debug)]
pub struct Explanation<'w> {
    items: Vec<Item<'w>>,
    /// What an item names, by item.
    edges: Vec<Vec<u32>>,
    roots: Vec<Root>,
    gates: Gates,
    /// The first thing found to keep an item, by item; `None` where nothing does.
    causes: Vec<Option<Cause>>,
    /// How many bytes of the interpreter only serve an opcode.
    opcode_bytes: Box<[u32; 256]>,
}

/// Builds the graph of what `subject` keeps.
///
/// # Errors
/// Where a function cannot be decoded.
pub fn explain<'w>(subject: &Subject<'_, 'w>) -> Result<Explanation<'w>, Error> {
    let blocks = Blocks::new(subject.sections, subject.facts);
    let numbers = Numbers {
        functions: subject.sections.function_count() as u32,
        slots: subject.sections.slots.len() as u32,
        blocks: blocks.len() as u32,
    };
    let mut explanation = Explanation {
        items: items(&numbers, &blocks),
        edges: vec![Vec::new(); numbers.count()],
        roots: Vec::new(),
        gates: Gates::new(subject.gates, subject.facts, numbers.functions as usize)?,
        causes: vec![None; numbers.count()],
        opcode_bytes: Box::new([0; 256]),
    };
    let graph = Graph {
        sections: subject.sections,
        facts: subject.facts,
        blocks: &blocks,
        memory: subject.memory,
        trimmed: subject.trimmed.map(|(trimmed, _)| trimmed),
    };
    for id in 0..explanation.items.len() as u32 {
        explanation.edges[id as usize] = numbers.edges(&graph, id)?;
    }
    if let Some((trimmed, opcodes)) = subject.trimmed {
        let interpreter = trimmed.function;
        for opcode in 0..=u8::MAX {
            if opcodes[usize::from(opcode)] {
                explanation.split_off(opcode, &numbers, &graph, interpreter, opcodes)?;
            }
        }
    }

    // Bytes without a symbol cannot be told apart, as in `reach`.
    let nameless = blocks.iter().filter(|(_, block)| block.name.is_empty());
    let nameless = nameless.map(|(id, _)| numbers.of(Node::Block(id)));
    for item in subject.roots.iter().copied().chain(nameless) {
        explanation.add_root(item, Cause::Always, NO_GATE);
    }
    explanation.search();
    if let Some((_, opcodes)) = subject.trimmed {
        for opcode in (0..=u8::MAX).filter(|opcode| opcodes[usize::from(*opcode)]) {
            explanation.add_root(numbers.opcode(opcode), Cause::Bytecode, NO_GATE);
        }
    }
    for group in subject.references {
        for Reference {
            address,
            gate,
            instead,
        } in group
        {
            let cause = Cause::Reference(*address);
            if let Some(node) = graph.of_reference(*address) {
                explanation.add_root(numbers.of(node), cause, *gate);
            }
            let instead = instead.first().and_then(|word| graph.named_by(*word));
            if let Some(node) = instead {
                explanation.add_root(numbers.of(node), cause, NO_GATE);
            }
        }
        explanation.search();
    }
    explanation.search();
    Ok(explanation)
}

/// Items are numbered: functions, slots, blocks, opcodes.
struct Numbers {
    functions: u32,
    slots: u32,
    blocks: u32,
}

impl Numbers {
    fn count(&self) -> usize {
        (self.functions + self.slots + self.blocks) as usize + 256
    }

    fn of(&self, node: Node) -> u32 {
        match node {
            Node::Function(index) => index,
            Node::Slot(slot) | Node::Builtin(slot) => self.functions + slot,
            Node::Block(id) => self.functions + self.slots + id.0,
        }
    }

    fn opcode(&self, opcode: u8) -> u32 {
        self.functions + self.slots + self.blocks + u32::from(opcode)
    }

    /// What an item names.
    fn edges(&self, graph: &Graph<'_, '_>, id: u32) -> Result<Vec<u32>, Error> {
        let mut edges = Vec::new();
        if let Some(block) = id.checked_sub(self.functions + self.slots) {
            if block < self.blocks {
                graph.of_block(BlockId(block), |node| edges.push(self.of(node)));
            }
        } else if let Some(slot) = id.checked_sub(self.functions) {
            edges.push(graph.sections.slots[slot as usize]);
        } else {
            graph.of_function(id, |node| edges.push(self.of(node)))?;
        }
        edges.sort_unstable();
        edges.dedup();
        Ok(edges)
    }
}

fn items<'w>(numbers: &Numbers, blocks: &Blocks<'w>) -> Vec<Item<'w>> {
    let functions = (0..numbers.functions).map(Item::Function);
    let slots = (0..numbers.slots).map(Item::Slot);
    let objects = blocks.iter().map(|(_, block)| Item::Object {
        name: block.name,
        range: block.range.clone(),
        is_entry: block.table.is_some(),
    });
    let opcodes = (0..=u8::MAX).map(Item::Opcode);
    functions
        .chain(slots)
        .chain(objects)
        .chain(opcodes)
        .collect()
}

impl<'w> Explanation<'w> {
    /// Everything that the engine has.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &Item<'w>)> {
        (0..).map(ItemId).zip(&self.items)
    }

    /// Everything that is kept.
    pub fn kept(&self) -> impl Iterator<Item = (ItemId, &Item<'w>)> {
        self.items().filter(|(id, _)| self.is_kept(*id))
    }

    /// Whether anything keeps an item.
    #[must_use]
    pub fn is_kept(&self, id: ItemId) -> bool {
        self.causes[id.0 as usize].is_some()
    }

    /// An item.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &Item<'w> {
        &self.items[id.0 as usize]
    }

    /// How an item is reached: the way from itself to what keeps it, and that.
    #[must_use]
    pub fn path(&self, id: ItemId) -> (Vec<ItemId>, Cause) {
        let mut path = vec![id];
        let mut at = id;
        loop {
            match self.causes[at.0 as usize] {
                Some(Cause::Item(next)) => {
                    path.push(next);
                    at = next;
                }
                Some(cause) => return (path, cause),
                None => return (path, Cause::Always),
            }
        }
    }

    /// What would go if `gone` were not there.
    #[must_use]
    pub fn without(&self, gone: &[ItemId]) -> Vec<ItemId> {
        let mut live = vec![false; self.items.len()];
        for id in gone {
            live[id.0 as usize] = true;
        }
        let found = |item: u32, _: Cause| !std::mem::replace(&mut live[item as usize], true);
        self.walk(found);
        for id in gone {
            live[id.0 as usize] = false;
        }
        self.kept()
            .map(|(id, _)| id)
            .filter(|id| !live[id.0 as usize])
            .collect()
    }

    /// How many bytes of the interpreter only serve this opcode.
    #[must_use]
    pub fn opcode_bytes(&self, opcode: u8) -> u32 {
        self.opcode_bytes[usize::from(opcode)]
    }

    /// Gives the opcode what the interpreter names for its sake only.
    fn split_off(
        &mut self,
        opcode: u8,
        numbers: &Numbers,
        graph: &Graph<'_, '_>,
        interpreter: u32,
        opcodes: &[bool; 256],
    ) -> Result<(), Error> {
        let mut others = *opcodes;
        others[usize::from(opcode)] = false;
        let without = trim(graph.sections, graph.facts, &others)?;
        let bytes = written(&without).saturating_sub(graph.trimmed.map_or(0, written));
        self.opcode_bytes[usize::from(opcode)] = bytes;
        let graph = Graph {
            trimmed: Some(&without),
            ..*graph
        };
        let kept = numbers.edges(&graph, interpreter)?;
        let (of_others, own): (Vec<u32>, Vec<u32>) = self.edges[interpreter as usize]
            .iter()
            .partition(|edge| kept.binary_search(edge).is_ok());
        if !own.is_empty() {
            self.edges[numbers.opcode(opcode) as usize] = own;
            self.edges[interpreter as usize] = of_others;
        }
        Ok(())
    }

    fn add_root(&mut self, item: u32, cause: Cause, gate: usize) {
        self.roots.push(Root { item, cause, gate });
    }

    /// Notes the first cause of everything that the roots reach.
    fn search(&mut self) {
        let mut causes = std::mem::take(&mut self.causes);
        let mut seen = vec![false; causes.len()];
        self.walk(|item, cause| {
            causes[item as usize].get_or_insert(cause);
            !std::mem::replace(&mut seen[item as usize], true)
        });
        self.causes = causes;
    }

    /// Whether `item` is the slot of a builtin function, as `cause` tells it: what it calls has no guard.
    fn is_builtin(&self, item: u32, cause: Cause) -> bool {
        let is_named = match cause {
            Cause::Reference(_) => true,
            Cause::Item(by) => matches!(self.item(by), Item::Object { is_entry: true, .. }),
            Cause::Always | Cause::Bytecode => false,
        };
        is_named && matches!(self.items[item as usize], Item::Slot(_))
    }

    /// Goes breadth first from the roots, as [`crate::reach`] does. `found` is told of each item that is come by and by what, and
    /// says whether to go on from it.
    fn walk(&self, mut found: impl FnMut(u32, Cause) -> bool) {
        let mut is_open = self.gates.is_open.clone();
        let is_closed = |is_open: &[bool], gate: usize| is_open.get(gate) == Some(&false);
        // What was come by behind a closed gate.
        let mut behind: Vec<Vec<(u32, Cause)>> = vec![Vec::new(); is_open.len()];
        let mut waiting = VecDeque::new();
        for root in &self.roots {
            if is_closed(&is_open, root.gate) {
                behind[root.gate].push((root.item, root.cause));
            } else {
                waiting.push_back((root.item, root.cause));
            }
        }
        let mut is_builtin = vec![false; self.items.len()];
        while let Some((item, cause)) = waiting.pop_front() {
            if self.is_builtin(item, cause) {
                for function in &self.edges[item as usize] {
                    is_builtin[*function as usize] = true;
                    waiting.push_back((*function, Cause::Item(ItemId(item))));
                }
            }
            let function = match self.items[item as usize] {
                Item::Function(index) => Some(index as usize),
                _ => None,
            };
            if let Some(gate) = function.and_then(|index| self.gates.guard_of(index))
                && is_closed(&is_open, gate)
                && !is_builtin[item as usize]
            {
                behind[gate].push((item, cause));
                continue;
            }
            if !found(item, cause) {
                continue;
            }
            let opened = function.map_or(&[][..], |index| &self.gates.opened_by[index]);
            for gate in opened {
                is_open[*gate] = true;
                waiting.extend(behind[*gate].drain(..));
            }
            let edges = self.edges[item as usize].iter();
            waiting.extend(edges.map(|edge| (*edge, Cause::Item(ItemId(item)))));
        }
    }
}

/// By how much a trimmed function is shorter.
fn written(trimmed: &Trimmed) -> u32 {
    let edits = trimmed.edits.iter();
    edits
        .map(|edit| {
            edit.places.len() as u32 - (edit.bytes.len() as u32).min(edit.places.len() as u32)
        })
        .sum()
}
