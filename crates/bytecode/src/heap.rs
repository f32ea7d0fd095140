//! The engine's heap: linear memory as its structures divide it.

use std::ops::Range;

use crate::layout::Layout;
use crate::tables::Field;
use crate::{Error, Function, Opcodes};

/// A name or symbol, by its number in the engine's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom(pub u32);

/// What an object of the garbage collector is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// A function of the engine.
    NativeFunction,
    /// Any other object that programs see.
    Object {
        /// The address of its shape.
        shape: u32,
    },
    /// A function's bytecode.
    Bytecode,
    /// Names and prototype of objects.
    Shape,
    /// The engine's context.
    Context {
        /// The address of the global object.
        global: u32,
    },
    /// A variable of a closure, a suspended function.
    Other,
}

/// The heap of a snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Heap<'a> {
    pub(crate) layout: &'a Layout,
    memory: &'a [u8],
    runtime: u32,
}

impl<'a> Heap<'a> {
    /// The heap in `memory`, whose `JSRuntime` lies at `runtime`.
    #[must_use]
    pub fn new(layout: &'a Layout, memory: &'a [u8], runtime: u32) -> Heap<'a> {
        Heap {
            layout,
            memory,
            runtime,
        }
    }

    /// The engine's opcodes.
    #[must_use]
    pub fn opcodes(&self) -> &'a Opcodes {
        self.layout.opcodes()
    }

    /// Linear memory.
    #[must_use]
    pub fn memory(&self) -> &'a [u8] {
        self.memory
    }

    /// Every function of the heap, in the order of their making.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the heap is not what the layout says.
    pub fn functions(&self) -> Result<Vec<Function>, Error> {
        let mut functions = Vec::new();
        for object in self.objects()? {
            if self.kind(object) == self.layout.block.kind_function {
                functions.push(Function::read(self, object)?);
            }
        }
        Ok(functions)
    }

    /// The addresses of all objects of the garbage collector: objects, functions, variables, …
    ///
    /// # Errors
    /// [`Error::Damaged`] where their list does not end.
    pub fn objects(&self) -> Result<Vec<u32>, Error> {
        let mut objects = Vec::new();
        // A program that has ended has no runtime, and no heap.
        if self.runtime == 0 {
            return Ok(objects);
        }
        let head = self.runtime + self.layout.runtime.objects.offset;
        // A list's node is two addresses, that of the node before and of the one behind; objects start with it.
        let mut node = self.word(head + 4);
        while node != head {
            if node == 0 || objects.len() > self.memory.len() / 8 {
                return Err(Error::Damaged("the list of objects does not end"));
            }
            objects.push(node);
            node = self.word(node + 4);
        }
        Ok(objects)
    }

    fn kind(&self, object: u32) -> u32 {
        let header = object.saturating_sub(self.layout.block.header);
        self.field(header, &self.layout.block.kind)
    }

    /// What the collector's object at `address` is.
    #[must_use]
    pub fn object_kind(&self, address: u32) -> ObjectKind {
        let (block, object) = (&self.layout.block, &self.layout.object);
        let kind = self.kind(address);
        if kind == block.kind_object {
            if self.field(address, &object.class) == object.class_native {
                ObjectKind::NativeFunction
            } else {
                ObjectKind::Object {
                    shape: self.field(address, &object.shape),
                }
            }
        } else if kind == block.kind_function {
            ObjectKind::Bytecode
        } else if kind == block.kind_shape {
            ObjectKind::Shape
        } else if kind == block.kind_context {
            ObjectKind::Context {
                global: self.field(address, &self.layout.runtime.global),
            }
        } else {
            ObjectKind::Other
        }
    }

    /// The block of the engine's `JSRuntime`, and that of its classes.
    #[must_use]
    pub fn runtime_blocks(&self) -> [Range<u32>; 2] {
        let classes = self.field(self.runtime, &self.layout.runtime.classes);
        [self.block(self.runtime), self.block(classes)]
    }

    /// The blocks of the engine's contexts.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the list of objects does not end.
    pub fn contexts(&self) -> Result<Vec<Range<u32>>, Error> {
        let mut objects = self.objects()?;
        objects.retain(|object| matches!(self.object_kind(*object), ObjectKind::Context { .. }));
        Ok(objects.iter().map(|object| self.block(*object)).collect())
    }

    /// The string of an atom that is not one of the engine's own, by its address.
    #[must_use]
    pub fn atom_string(&self, atom: Atom) -> Option<u32> {
        let runtime = &self.layout.runtime;
        let is_own = atom.0 & runtime.number_tag == 0
            && (runtime.first_atom..self.field(self.runtime, &runtime.atom_count))
                .contains(&atom.0);
        if !is_own {
            return None;
        }
        let string = self.word(self.field(self.runtime, &runtime.atoms) + atom.0 * 4);
        (string & 1 == 0 && string != self.sleeper()).then_some(string)
    }

    /// The string that the atoms share whose own are packed (`js-runtime/c/names.c`); 0 for none.
    fn sleeper(&self) -> u32 {
        self.word(self.layout.runtime.names)
    }

    /// The text of an atom whose string is packed.
    fn sleeping(&self, atom: Atom) -> String {
        let runtime = &self.layout.runtime;
        let ends = self.word(runtime.names + 4);
        let names = ends + runtime.name_buckets * 2;
        let half = |address| self.word(address) & 0xFFFF;
        let end = names + half(names - 2);
        let mut name = names;
        while name < end {
            let length = half(name + 2) & 0xFF;
            if half(name) == atom.0 {
                let text = self.bytes(name + runtime.name_header, length);
                return text.iter().map(|byte| char::from(*byte)).collect();
            }
            name += runtime.name_header + length;
        }
        String::new()
    }

    /// The addresses that the allocator's block at `address` takes, its header included. The block of an address that is
    /// none of a block is meaningless.
    #[must_use]
    pub fn block(&self, address: u32) -> Range<u32> {
        let block = &self.layout.block;
        let header = address.saturating_sub(block.header);
        let units = self.field(header, &block.units);
        if units == 0 {
            let start = address.saturating_sub(block.large_header);
            start..address.saturating_add(self.field(start, &block.large_size))
        } else {
            header..header + units * block.unit
        }
    }

    /// The text of an atom; a symbol's is its description.
    #[must_use]
    pub fn atom(&self, atom: Atom) -> String {
        let runtime = &self.layout.runtime;
        if atom.0 & runtime.number_tag != 0 {
            return (atom.0 & !runtime.number_tag).to_string();
        }
        if atom.0 == 0 || atom.0 >= self.field(self.runtime, &runtime.atom_count) {
            return String::new();
        }
        let atoms = self.field(self.runtime, &runtime.atoms);
        match self.word(atoms + atom.0 * 4) {
            // Free atoms are odd numbers.
            free if free & 1 != 0 => String::new(),
            sleeper if sleeper == self.sleeper() => self.sleeping(atom),
            string => self.text(string),
        }
    }

    /// Whether an atom is a symbol, not a text.
    #[must_use]
    pub fn is_symbol(&self, atom: Atom) -> bool {
        let (runtime, string) = (&self.layout.runtime, &self.layout.string);
        if atom.0 & runtime.number_tag != 0 {
            return false;
        }
        let address = self.word(self.field(self.runtime, &runtime.atoms) + atom.0 * 4);
        let kind = self.field(address, &string.atom_type);
        kind == string.atom_symbol || kind == string.atom_private
    }

    /// The text of the string at `address`.
    #[must_use]
    pub fn text(&self, address: u32) -> String {
        let layout = &self.layout.string;
        let length = self.field(address, &layout.length);
        let is_wide = self.field(address, &layout.is_wide) != 0;
        let header = address + layout.header;
        let kind = self.field(address, &layout.kind);
        let start = if kind == layout.kind_normal {
            header
        } else if kind == layout.kind_slice {
            let parent = self.field(header, &layout.slice_parent);
            parent + layout.header + self.field(header, &layout.slice_start)
        } else {
            // The text lies in a block of its own.
            self.word(header)
        };
        let size = if is_wide { length * 2 } else { length };
        let bytes = self.bytes(start, size);
        if is_wide {
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        } else {
            bytes.iter().map(|byte| char::from(*byte)).collect()
        }
    }

    /// The word at `address`; 0 outside of memory.
    #[must_use]
    pub fn word(&self, address: u32) -> u32 {
        let bytes = self.bytes(address, 4);
        bytes
            .try_into()
            .map_or(0, |bytes: [u8; 4]| u32::from_le_bytes(bytes))
    }

    /// The bytes at `address`; none where they do not lie in memory.
    #[must_use]
    pub fn bytes(&self, address: u32, length: u32) -> &'a [u8] {
        let start = address as usize;
        self.memory
            .get(start..start + length as usize)
            .unwrap_or_default()
    }

    /// A member of the structure at `address`.
    pub(crate) fn field(&self, address: u32, field: &Field) -> u32 {
        let bytes = self.bytes(address.saturating_add(field.offset), field.size.min(4));
        let word = bytes
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u32::from(*byte));
        field.extract(word)
    }
}
