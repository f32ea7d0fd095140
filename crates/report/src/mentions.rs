//! Where the program says a name or has an opcode.

use std::collections::BTreeMap;

use bytecode::{Function, Heap, Operand, Position, Value};

use crate::Error;

/// Files of the runtime library are called so.
const LIBRARY: &str = "jsc:";

/// A place in a file: the file's number among those of the program, none for the runtime library, and the position.
type Place = (Option<usize>, Position);

/// The first places, by what is said there.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    names: BTreeMap<String, Place>,
    opcodes: BTreeMap<u8, Place>,
    files: Vec<String>,
}

impl Mentions {
    /// Reads the bytecode of `functions`.
    pub(crate) fn read(
        heap: &Heap<'_>,
        functions: &[Function],
        files: &[String],
    ) -> Result<Mentions, Error> {
        let mut mentions = Mentions {
            files: files.to_vec(),
            ..Mentions::default()
        };
        for function in functions {
            let file = heap.atom(function.file);
            let file = files.iter().position(|other| *other == file);
            if file.is_none() && !heap.atom(function.file).starts_with(LIBRARY) {
                continue;
            }
            for instruction in function.instructions(heap)? {
                let place = (file, function.position_at(instruction.offset));
                earliest(&mut mentions.opcodes, instruction.opcode.0, place);
                for operand in instruction.operands {
                    match operand {
                        Operand::Atom(atom) if !heap.is_symbol(atom) => {
                            earliest(&mut mentions.names, heap.atom(atom), place);
                        }
                        Operand::Constant(index) => {
                            let constant = function.constants.get(index as usize);
                            if let Some(Value::String(text)) = constant {
                                earliest(&mut mentions.names, text.clone(), place);
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        Ok(mentions)
    }

    /// Where the program says the name.
    pub(crate) fn of_name(&self, name: &str) -> Option<String> {
        self.names.get(name).map(|place| self.show(*place))
    }

    /// Whether a file of the program says the name.
    pub(crate) fn program_says(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|(file, _)| file.is_some())
    }

    /// Where the program has the opcode.
    pub(crate) fn of_opcode(&self, opcode: u8) -> Option<String> {
        self.opcodes.get(&opcode).map(|place| self.show(*place))
    }

    /// Whether a file of the program has the opcode.
    pub(crate) fn program_has(&self, opcode: u8) -> bool {
        let place = self.opcodes.get(&opcode);
        place.is_some_and(|(file, _)| file.is_some())
    }

    fn show(&self, (file, position): Place) -> String {
        match file {
            Some(file) => {
                let Position { line, column } = position;
                format!("{}:{line}:{column}", self.files[file])
            }
            None => "the runtime library".to_string(),
        }
    }
}

/// Keeps the first place in the first file; the program's files come before the library.
fn earliest<K: Ord>(places: &mut BTreeMap<K, Place>, key: K, place: Place) {
    let order = |(file, position): Place| (file.unwrap_or(usize::MAX), position);
    let known = places.entry(key).or_insert(place);
    if order(place) < order(*known) {
        *known = place;
    }
}

/// Whether a file is one of the runtime library.
pub(crate) fn is_library(file: &str) -> bool {
    file.starts_with(LIBRARY)
}
