//! The state that a compiled module starts from.

use engine::{Gate, Reference};

use crate::guest::Guest;
use crate::{Error, Strip};

/// Bytes in a page of linear memory.
const PAGE: usize = 64 * 1024;

/// What a compiled module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It calls a function of the program: JSON in, JSON out.
    Function(Vec<Handler>),
    /// It goes on with the body of the entry module.
    Program,
    /// Nothing: the program has run to its end.
    Ended,
}

/// A function that a module exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The name of the export in JavaScript.
    pub name: String,
    /// The argument of the engine's `jsc_call`.
    pub index: u32,
}

/// The engine's memory and globals after the program's top level has run.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Linear memory from address 0. Its length is a multiple of the page size, 64 KiB.
    pub memory: Vec<u8>,
    /// The value of `__stack_pointer`, the engine's only global.
    pub stack_pointer: i32,
    /// The words above the engine's own data that refer to its functions (by table slot) and data. No other word there
    /// does.
    pub references: Vec<Reference>,
    /// What the references' gates are, by number.
    pub gates: Vec<Gate>,
    /// The opcodes that QuickJS bytecode in the module can have, by number; `None` where any may come to be.
    pub opcodes: Option<[bool; 256]>,
    /// The bytes of bytecode of each of the program's modules, by name; of those that left any.
    pub bytecode: Vec<(String, u64)>,
    /// The address of the engine's `JSRuntime`, from which the heap can be walked.
    pub runtime: u32,
    /// What the module will do.
    pub mode: Mode,
}

/// What the guest tells of its heap.
pub(crate) struct Heap {
    pub(crate) references: Vec<Reference>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) opcodes: [bool; 256],
    pub(crate) bytecode: Vec<(String, u64)>,
}

/// Seals the guest and copies its state.
pub(crate) fn take(
    guest: &mut Guest,
    mode: Mode,
    strip: Strip,
    keep_source: bool,
    stack: u64,
) -> Result<Snapshot, Error> {
    if mode == Mode::Ended {
        return Ok(nothing(guest.memory.data_size(&guest.store)));
    }
    let heap = guest.seal(strip, keep_source)?;
    let runtime = guest.runtime()?;
    let build_stack = guest.stack_pointer()?;
    let stack_pointer = guest.fit_stack(stack)?;
    let mut memory = guest.memory.data(&guest.store).to_vec();
    // The stack lies below all else and is empty; what earlier calls left in it is rubbish.
    memory[..build_stack as u32 as usize].fill(0);
    Ok(Snapshot {
        memory,
        stack_pointer,
        references: heap.references,
        gates: heap.gates,
        opcodes: (strip == Strip::Names).then_some(heap.opcodes),
        bytecode: heap.bytecode,
        runtime,
        mode,
    })
}

/// What is left of a program that has ended: memory in which nothing is.
fn nothing(size: usize) -> Snapshot {
    Snapshot {
        memory: vec![0; size],
        stack_pointer: PAGE as i32,
        references: Vec::new(),
        gates: Vec::new(),
        opcodes: None,
        bytecode: Vec::new(),
        runtime: 0,
        mode: Mode::Ended,
    }
}
