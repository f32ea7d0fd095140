//! Instructions, decoded.

use crate::heap::{Atom, Heap};
use crate::opcode::{Format, Opcode};
use crate::{Error, Function};

/// An instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Where it starts in the function's bytecode.
    pub offset: u32,
    /// What it does.
    pub opcode: Opcode,
    /// What it does it with.
    pub operands: Vec<Operand>,
}

/// An operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A number.
    Number(i64),
    /// A local variable.
    Local(u32),
    /// An argument.
    Argument(u32),
    /// A variable of the closure.
    ClosureVariable(u32),
    /// A constant of the function.
    Constant(u32),
    /// An offset in the function's bytecode.
    Label(u32),
    /// A name.
    Atom(Atom),
}

/// The instructions of a function.
pub(crate) fn decode(heap: &Heap<'_>, function: &Function) -> Result<Vec<Instruction>, Error> {
    let code = heap.bytes(function.code.start, function.code.len() as u32);
    let mut instructions = Vec::new();
    let mut offset = 0;
    while let Some(number) = code.get(offset) {
        let opcode = Opcode(*number);
        let cut_off = Error::CutOff {
            function: function.address,
            offset: offset as u32,
        };
        let info = heap.layout.opcodes.get(opcode).ok_or(cut_off.clone())?;
        let operands = code
            .get(offset + 1..offset + info.size as usize)
            .ok_or(cut_off)?;
        let reader = Reader {
            bytes: operands,
            start: offset as i64 + 1,
        };
        instructions.push(Instruction {
            offset: offset as u32,
            opcode,
            operands: reader.operands(info.format, opcode, heap),
        });
        offset += info.size as usize;
    }
    Ok(instructions)
}

/// Reads the operands of one instruction.
struct Reader<'a> {
    bytes: &'a [u8],
    /// Their offset in the function's bytecode.
    start: i64,
}

impl Reader<'_> {
    fn operands(&self, format: Format, opcode: Opcode, heap: &Heap<'_>) -> Vec<Operand> {
        let short = &heap.layout.short;
        let behind = |first: Opcode| i64::from(opcode.0) - i64::from(first.0);
        // Four opcodes in a row are for the variables 0 to 3.
        let of_four = |first: Opcode| (behind(first) % 4) as u32;
        match format {
            Format::None => vec![],
            Format::NoneInt => vec![Operand::Number(behind(short.push_0))],
            Format::NpopX => vec![Operand::Number(behind(short.call0))],
            Format::NoneLoc if opcode == short.get_loc0_loc1 => {
                vec![Operand::Local(0), Operand::Local(1)]
            }
            Format::NoneLoc => vec![Operand::Local(of_four(short.get_loc0))],
            Format::NoneArg => vec![Operand::Argument(of_four(short.get_arg0))],
            Format::NoneVarRef => vec![Operand::ClosureVariable(of_four(short.get_var_ref0))],
            Format::U8 => vec![self.unsigned(0, 1)],
            Format::I8 => vec![self.signed(0, 1)],
            Format::Loc8 => vec![Operand::Local(self.number(0, 1))],
            Format::Const8 => vec![Operand::Constant(self.number(0, 1))],
            Format::Label8 => vec![self.label(0, 1)],
            Format::U16 | Format::Npop => vec![self.unsigned(0, 2)],
            Format::I16 => vec![self.signed(0, 2)],
            Format::Label16 => vec![self.label(0, 2)],
            Format::NpopU16 => vec![self.unsigned(0, 2), self.unsigned(2, 2)],
            Format::Loc => vec![Operand::Local(self.number(0, 2))],
            Format::Arg => vec![Operand::Argument(self.number(0, 2))],
            Format::VarRef => vec![Operand::ClosureVariable(self.number(0, 2))],
            Format::U32 => vec![self.unsigned(0, 4)],
            Format::U32x2 => vec![self.unsigned(0, 4), self.unsigned(4, 4)],
            Format::I32 => vec![self.signed(0, 4)],
            Format::Const => vec![Operand::Constant(self.number(0, 4))],
            Format::Label => vec![self.label(0, 4)],
            Format::LabelU16 => vec![self.label(0, 4), self.unsigned(4, 2)],
            Format::Atom => vec![self.atom()],
            Format::AtomU8 => vec![self.atom(), self.unsigned(4, 1)],
            Format::AtomU16 => vec![self.atom(), self.unsigned(4, 2)],
            Format::AtomLabelU8 => vec![self.atom(), self.label(4, 4), self.unsigned(8, 1)],
            Format::AtomLabelU16 => vec![self.atom(), self.label(4, 4), self.unsigned(8, 2)],
        }
    }

    fn number(&self, at: usize, size: usize) -> u32 {
        let bytes = self.bytes.get(at..at + size).unwrap_or_default();
        bytes
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | u32::from(*byte))
    }

    fn sign_extended(&self, at: usize, size: usize) -> i64 {
        let unused = 64 - 8 * size;
        i64::from(self.number(at, size)) << unused >> unused
    }

    fn unsigned(&self, at: usize, size: usize) -> Operand {
        Operand::Number(i64::from(self.number(at, size)))
    }

    fn signed(&self, at: usize, size: usize) -> Operand {
        Operand::Number(self.sign_extended(at, size))
    }

    /// Labels count from where they are written.
    fn label(&self, at: usize, size: usize) -> Operand {
        let target = self.start + at as i64 + self.sign_extended(at, size);
        Operand::Label(u32::try_from(target).unwrap_or(u32::MAX))
    }

    fn atom(&self) -> Operand {
        Operand::Atom(Atom(self.number(0, 4)))
    }
}
