//! Reads QuickJS bytecode out of a snapshot: every function that the heap holds, decoded, and as text.
//!
//! ```text
//! memory …f0 01 d1 00 9d…   →   function double (index.js:1:16)
//!                               0  get_arg0    ; n
//!                               1  push_2
//!                               2  mul
//!                               3  return
//! ```
//!
//! Nothing here knows QuickJS's structures or opcodes by heart: the engine's image has tables of them
//! (`js-runtime/c/layout.c`), which [`Layout`] reads. A build of the engine from a QuickJS with other opcodes fails.

mod function;
mod heap;
mod instruction;
mod layout;
mod lines;
mod list;
mod opcode;
mod tables;
mod value;

pub use function::{ClosureVariable, Function, FunctionKind, Variable};
pub use heap::{Atom, Heap, ObjectKind};
pub use instruction::{Instruction, Operand};
pub use layout::Layout;
pub use lines::Position;
pub use list::list;
pub use opcode::{Format, Opcode, OpcodeInfo, Opcodes};
pub use value::Value;

/// Why bytecode cannot be read.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The engine's image has no table of this name.
    #[error("the engine's image lacks its layout ({0}): build it from this version's js-runtime")]
    NoLayout(String),
    /// The engine's bytecode has operands of a form that is not known here.
    #[error("the engine's bytecode has operands of the unknown form `{0}`")]
    UnknownFormat(String),
    /// The heap is not what the layout says.
    #[error("the snapshot's heap is damaged: {0}")]
    Damaged(&'static str),
    /// The bytecode of a function ends within an instruction.
    #[error("the bytecode of the function at {function:#x} is cut off at {offset}")]
    CutOff {
        /// The function's address.
        function: u32,
        /// Where the last instruction starts.
        offset: u32,
    },
}
