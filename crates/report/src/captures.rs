//! Builtins that the program holds in variables: `const min = Math.min` ran at build time, and what is left of it is a
//! variable of the functions that use it.

use std::collections::{BTreeMap, BTreeSet};

use bytecode::{Function, Heap, ObjectKind, Operand};

use crate::Error;

/// Bytes of the addresses of its neighbours, which every object of the collector begins with.
const LINKS: u32 = 8;

/// Where variables with functions of the engine in them are used first.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    /// The end of a function's block and the use, by the block's start.
    uses: BTreeMap<u32, (u32, String)>,
}

impl Captures {
    /// Looks through the closures of the files.
    pub(crate) fn read(
        heap: &Heap<'_>,
        functions: &[Function],
        files: &[String],
    ) -> Result<Captures, Error> {
        let rank = |function: &Function| {
            let file = heap.atom(function.file);
            files.iter().position(|other| *other == file)
        };
        let mut functions_by_file: Vec<(usize, &Function)> = functions
            .iter()
            .filter_map(|function| Some((rank(function)?, function)))
            .collect();
        functions_by_file.sort_by_key(|(file, function)| (*file, function.position));
        let closures = closures(heap, functions)?;
        let mut natives: BTreeSet<u32> = heap.objects()?.into_iter().collect();
        natives.retain(|object| matches!(heap.object_kind(*object), ObjectKind::NativeFunction));
        let mut captures = Captures::default();
        for (file, function) in functions_by_file {
            let Some(variables) = closures.get(&function.address) else {
                continue;
            };
            for instruction in function.instructions(heap)? {
                for operand in &instruction.operands {
                    let Operand::ClosureVariable(index) = *operand else {
                        continue;
                    };
                    let name = function.closure_variables.get(index as usize);
                    let name = name.map(|variable| heap.atom(variable.name));
                    let variable = heap.word(variables + index * 4);
                    let (Some(name), Some(object)) = (name, value(heap, &natives, variable)) else {
                        continue;
                    };
                    let place = function.position_at(instruction.offset);
                    let file = &files[file];
                    let text = format!("{name} in {file}:{}:{}", place.line, place.column);
                    let block = heap.block(object);
                    let uses = captures.uses.entry(block.start);
                    uses.or_insert((block.end, text));
                }
            }
        }
        Ok(captures)
    }

    /// The first use of the function that a word of the heap belongs to.
    pub(crate) fn of_word(&self, address: u32) -> Option<&str> {
        let (_, (end, text)) = self.uses.range(..=address).next_back()?;
        (address < *end).then_some(text)
    }
}

/// The variables of a closure of each function, by the address of its bytecode.
fn closures(heap: &Heap<'_>, functions: &[Function]) -> Result<BTreeMap<u32, u32>, Error> {
    let known: BTreeMap<u32, &Function> = functions
        .iter()
        .map(|function| (function.address, function))
        .collect();
    let mut closures = BTreeMap::new();
    for object in heap.objects()? {
        if !matches!(heap.object_kind(object), ObjectKind::Object { .. }) {
            continue;
        }
        // The word behind that of the bytecode is that of the variables.
        let mut words = (object..heap.block(object).end).step_by(4);
        let function = words.find_map(|at| Some((known.get(&heap.word(at))?, at)));
        if let Some((function, at)) = function {
            let variables = heap.word(at + 4);
            if variables != 0 && !function.closure_variables.is_empty() {
                closures.entry(function.address).or_insert(variables);
            }
        }
    }
    Ok(closures)
}

/// The function of the engine that a variable has.
fn value(heap: &Heap<'_>, natives: &BTreeSet<u32>, variable: u32) -> Option<u32> {
    let words = (variable + LINKS..heap.block(variable).end).step_by(4);
    words
        .map(|at| heap.word(at))
        .find(|word| natives.contains(word))
}
