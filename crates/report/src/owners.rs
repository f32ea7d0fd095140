//! Whose the blocks of the heap are.
//!
//! A function's bytecode says which file it comes from; its closure's variables, and what they hold, belong to the same file.
//! Values are followed by their addresses, wherever a word of a block looks like one of another block: a number that does
//! puts a few bytes on the wrong account, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bytecode::{Function, Heap, ObjectKind, Operand};

use crate::Error;
use crate::mentions::is_library;

/// The number of a file among those of the program; the runtime library comes behind them.
pub(crate) type Owner = usize;

/// The blocks that are somebody's, and whose.
pub(crate) struct Owners<'h> {
    heap: Heap<'h>,
    /// Ends and owners, by start.
    claimed: BTreeMap<u32, (u32, Owner)>,
    objects: BTreeSet<u32>,
    /// What belongs to nobody: the engine's context and global object.
    shared: Vec<u32>,
    /// Where the engine's own data end.
    start: u32,
}

/// Finds the owner of each file's functions and of what they hold. The runtime library's come first: what both use is its.
pub(crate) fn owners(
    heap: Heap<'_>,
    functions: &[Function],
    files: &[String],
    start: u32,
) -> Result<BTreeMap<u32, (u32, Owner)>, Error> {
    let objects = heap.objects()?;
    let mut shared = Vec::new();
    for object in &objects {
        if let ObjectKind::Context { global } = heap.object_kind(*object) {
            shared.extend([*object, global]);
        }
    }
    let mut owners = Owners {
        heap,
        claimed: BTreeMap::new(),
        objects: objects.iter().copied().collect(),
        shared,
        start,
    };
    let owner_of: BTreeMap<u32, Owner> = functions
        .iter()
        .filter_map(|function| {
            let file = heap.atom(function.file);
            let owner = match files.iter().position(|other| *other == file) {
                None if is_library(&file) => files.len(),
                owner => owner?,
            };
            Some((function.address, owner))
        })
        .collect();
    for function in functions {
        if let Some(owner) = owner_of.get(&function.address) {
            for block in function.blocks(&heap) {
                owners.claim(block, *owner);
            }
        }
    }
    // Closures name their bytecode, not the other way round. All of them first: files hold each other's functions.
    let mut closures = Vec::new();
    for object in &objects {
        let block = heap.block(*object);
        let is_object = matches!(heap.object_kind(*object), ObjectKind::Object { .. });
        let owner = words(&heap, *object, &block).find_map(|word| owner_of.get(&word));
        if let Some(owner) = owner
            && is_object
            && !owners.shared.contains(object)
            && owners.claim(block, *owner)
        {
            closures.push((*object, *owner));
        }
    }
    let library_first = std::iter::once(files.len()).chain(0..files.len());
    for owner in library_first {
        for function in functions {
            if owner_of.get(&function.address) == Some(&owner) {
                owners.claim_names(function, owner)?;
                owners.follow(vec![function.address], owner);
            }
        }
        let own = closures.iter().filter(|(_, other)| *other == owner);
        for (closure, _) in own {
            owners.follow(vec![*closure], owner);
        }
    }
    Ok(owners.claimed)
}

/// The words of a block.
fn words<'h>(
    heap: &'h Heap<'_>,
    address: u32,
    block: &Range<u32>,
) -> impl Iterator<Item = u32> + use<'h> {
    (address..block.end)
        .step_by(4)
        .map(|address| heap.word(address))
}

impl Owners<'_> {
    /// Gives a block to an owner; false if it is somebody's already.
    fn claim(&mut self, block: Range<u32>, owner: Owner) -> bool {
        let before = self.claimed.range(..block.end).next_back();
        if before.is_some_and(|(_, (end, _))| *end > block.start) {
            return false;
        }
        self.claimed.insert(block.start, (block.end, owner));
        true
    }

    fn claim_names(&mut self, function: &Function, owner: Owner) -> Result<(), Error> {
        let instructions = function.instructions(&self.heap)?;
        let operands = instructions
            .iter()
            .flat_map(|instruction| &instruction.operands);
        let atoms = operands.filter_map(|operand| match operand {
            Operand::Atom(atom) => Some(*atom),
            _ => None,
        });
        let locals = function.locals.iter().chain(&function.arguments);
        let atoms = atoms.chain(locals.map(|variable| variable.name));
        for atom in atoms.chain([function.name]) {
            if let Some(string) = self.heap.atom_string(atom) {
                self.claim(self.heap.block(string), owner);
            }
        }
        Ok(())
    }

    /// Gives everything that these blocks refer to, and that is nobody's, to an owner.
    fn follow(&mut self, mut waiting: Vec<u32>, owner: Owner) {
        while let Some(address) = waiting.pop() {
            let block = self.heap.block(address);
            let is_object = self.objects.contains(&address);
            // The first two words of an object link it with all others.
            let start = if is_object { address + 8 } else { address };
            let kind = is_object.then(|| self.heap.object_kind(address));
            for word in words(&self.heap, start, &block).collect::<Vec<u32>>() {
                let Some(target) = self.target(word) else {
                    continue;
                };
                let follows = match self
                    .objects
                    .contains(&word)
                    .then(|| self.heap.object_kind(word))
                {
                    // Everybody's functions and prototypes lie behind these.
                    Some(ObjectKind::NativeFunction | ObjectKind::Context { .. }) => continue,
                    Some(ObjectKind::Bytecode) => continue,
                    Some(ObjectKind::Shape) => false,
                    _ => !matches!(kind, Some(ObjectKind::Object { shape }) if shape == word),
                };
                if self.claim(target, owner) && follows {
                    waiting.push(word);
                }
            }
        }
    }

    /// The block that a word refers to, if it looks like a reference.
    fn target(&self, word: u32) -> Option<Range<u32>> {
        let memory = self.heap.memory().len() as u32;
        // The allocator's blocks lie at multiples of four (JSC_UNIT in js-runtime/c/allocator.c).
        if !word.is_multiple_of(4)
            || word <= self.start
            || word >= memory
            || self.shared.contains(&word)
        {
            return None;
        }
        let block = self.heap.block(word);
        let is_sound = block.start >= self.start
            && block.start < word
            && block.end > word
            && block.end <= memory
            && block.len() < memory as usize / 2;
        is_sound.then_some(block)
    }
}
