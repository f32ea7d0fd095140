//! A function of the heap.

use std::ops::Range;

use crate::heap::{Atom, Heap};
use crate::instruction::{self, Instruction};
use crate::lines::{self, Position};
use crate::tables::Field;
use crate::{Error, Value};

/// What a call of a function makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// What it returns.
    Normal,
    /// A generator.
    Generator,
    /// A promise.
    Async,
    /// An asynchronous generator.
    AsyncGenerator,
}

/// An argument or a local variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: Atom,
    /// Whether it is a `const`.
    pub is_constant: bool,
    /// Whether it is a `let`, `const` or `class`.
    pub is_lexical: bool,
    /// Whether a closure uses it.
    pub is_captured: bool,
}

/// A variable of a function around this one, or of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosureVariable {
    /// Its name.
    pub name: Atom,
    /// Its number in the function around this one.
    pub index: u32,
    /// Whether it is a `const`.
    pub is_constant: bool,
    /// Whether it is a `let`, `const` or `class`.
    pub is_lexical: bool,
}

/// A function: its bytecode and what it says of itself.
#[derive(Clone, Debug)]
pub struct Function {
    /// Where its `JSFunctionBytecode` lies.
    pub address: u32,
    /// Its name; the empty atom for none.
    pub name: Atom,
    /// The file that it was written in.
    pub file: Atom,
    /// Where it starts in there.
    pub position: Position,
    /// What a call makes.
    pub kind: FunctionKind,
    /// Whether its code is strict.
    pub is_strict: bool,
    /// Whether it has a `prototype`.
    pub has_prototype: bool,
    /// Whether its parameters are names only.
    pub has_simple_parameters: bool,
    /// Whether it is the constructor of a class that extends another.
    pub is_derived_constructor: bool,
    /// Whether `super` in it needs the object that it is a method of.
    pub needs_home_object: bool,
    /// Whether it may say `new.target`.
    pub allows_new_target: bool,
    /// Whether it may call `super(…)`.
    pub allows_super_call: bool,
    /// Whether it may say `super.name`.
    pub allows_super: bool,
    /// Whether it may say `arguments`.
    pub allows_arguments: bool,
    /// Its `length`.
    pub length: u32,
    /// How many values its stack holds at most.
    pub stack_size: u32,
    /// How many of its variables closures use.
    pub captured_count: u32,
    /// Its arguments.
    pub arguments: Vec<Variable>,
    /// Its local variables.
    pub locals: Vec<Variable>,
    /// What it uses of the functions around it.
    pub closure_variables: Vec<ClosureVariable>,
    /// Its constants.
    pub constants: Vec<Value>,
    /// Where its bytecode lies.
    pub code: Range<u32>,
    /// The places of its instructions in the file, by offset in its bytecode.
    pub lines: Vec<(u32, Position)>,
}

impl Function {
    pub(crate) fn read(heap: &Heap<'_>, address: u32) -> Result<Function, Error> {
        let layout = &heap.layout.function;
        let get = |field: &Field| heap.field(address, field);
        let flag = |field: &Field| get(field) != 0;
        let kind = match layout
            .kinds
            .iter()
            .position(|kind| *kind == get(&layout.kind))
        {
            Some(0) => FunctionKind::Normal,
            Some(1) => FunctionKind::Generator,
            Some(2) => FunctionKind::Async,
            _ => FunctionKind::AsyncGenerator,
        };
        let code = get(&layout.code);
        let end = code.saturating_add(get(&layout.code_length));
        let constants = (0..get(&layout.constant_count))
            .map(|index| Value::read(heap, get(&layout.constants) + index * 8))
            .collect();
        let (argument_count, variable_count) =
            (get(&layout.argument_count), get(&layout.variable_count));
        let mut arguments = variables(
            heap,
            get(&layout.variables),
            argument_count + variable_count,
        );
        let locals = arguments.split_off(argument_count as usize);
        let position = Position {
            line: get(&layout.line),
            column: get(&layout.column),
        };
        let lines = heap.bytes(get(&layout.lines), get(&layout.lines_length));
        let function = Function {
            address,
            name: Atom(get(&layout.name)),
            file: Atom(get(&layout.file)),
            position,
            kind,
            is_strict: flag(&layout.is_strict),
            has_prototype: flag(&layout.has_prototype),
            has_simple_parameters: flag(&layout.has_simple_parameters),
            is_derived_constructor: flag(&layout.is_derived_constructor),
            needs_home_object: flag(&layout.needs_home_object),
            allows_new_target: flag(&layout.allows_new_target),
            allows_super_call: flag(&layout.allows_super_call),
            allows_super: flag(&layout.allows_super),
            allows_arguments: flag(&layout.allows_arguments),
            length: get(&layout.length),
            stack_size: get(&layout.stack_size),
            captured_count: get(&layout.captured_count),
            arguments,
            locals,
            closure_variables: closure_variables(
                heap,
                get(&layout.closure_variables),
                get(&layout.closure_variable_count),
            ),
            constants,
            code: code..end,
            lines: lines::read(lines, &heap.layout.lines, position),
        };
        if end as usize > heap.memory().len() || function.code.is_empty() {
            return Err(Error::Damaged("a function without bytecode"));
        }
        Ok(function)
    }

    /// Its instructions.
    ///
    /// # Errors
    /// [`Error::CutOff`] where the last one is not whole.
    pub fn instructions(&self, heap: &Heap<'_>) -> Result<Vec<Instruction>, Error> {
        instruction::decode(heap, self)
    }

    /// Where the instruction at this offset of its bytecode stands in the file.
    #[must_use]
    pub fn position_at(&self, offset: u32) -> Position {
        let index = self.lines.partition_point(|(start, _)| *start <= offset);
        match index.checked_sub(1) {
            Some(index) => self.lines[index].1,
            None => self.position,
        }
    }

    /// The blocks of memory that are its own: its bytecode with names and constants, and its table of lines.
    #[must_use]
    pub fn blocks(&self, heap: &Heap<'_>) -> Vec<Range<u32>> {
        let lines = heap.field(self.address, &heap.layout.function.lines);
        let mut blocks = vec![heap.block(self.address)];
        if lines != 0 && !blocks[0].contains(&lines) {
            blocks.push(heap.block(lines));
        }
        blocks
    }
}

fn variables(heap: &Heap<'_>, start: u32, count: u32) -> Vec<Variable> {
    let layout = &heap.layout.variable;
    let addresses = (0..count).map(|index| start + index * layout.size);
    addresses
        .map(|address| Variable {
            name: Atom(heap.field(address, &layout.name)),
            is_constant: heap.field(address, &layout.is_constant) != 0,
            is_lexical: heap.field(address, &layout.is_lexical) != 0,
            is_captured: heap.field(address, &layout.is_captured) != 0,
        })
        .collect()
}

fn closure_variables(heap: &Heap<'_>, start: u32, count: u32) -> Vec<ClosureVariable> {
    let layout = &heap.layout.closure_variable;
    let addresses = (0..count).map(|index| start + index * layout.size);
    addresses
        .map(|address| ClosureVariable {
            name: Atom(heap.field(address, &layout.name)),
            index: heap.field(address, &layout.index),
            is_constant: heap.field(address, &layout.is_constant) != 0,
            is_lexical: heap.field(address, &layout.is_lexical) != 0,
        })
        .collect()
}
