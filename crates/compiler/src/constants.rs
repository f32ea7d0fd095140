//! Constants that many instructions push, as immutable globals.
//!
//! An `i64.const` of JavaScript's `undefined` takes seven bytes, a `global.get` two. It costs nothing at run time: whoever
//! compiles a module reads the value of an immutable global while it does.

use std::collections::HashMap;
use std::ops::Range;

use wasm_encoder::{ConstExpr, Encode, GlobalSection, GlobalType, Ieee32, Ieee64, ValType};
use wasmparser::{BinaryReader, FunctionBody, Operator};

use crate::Error;

/// The opcode of `global.get`.
const GLOBAL_GET: u8 = 0x23;

/// What a global takes besides the instruction that gives its value: type, mutability, `end`.
const GLOBAL: usize = 3;

/// A value by its type and bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Constant {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
}

impl Constant {
    fn of(operator: &Operator<'_>) -> Option<Constant> {
        match operator {
            Operator::I32Const { value } => Some(Constant::I32(*value)),
            Operator::I64Const { value } => Some(Constant::I64(*value)),
            Operator::F32Const { value } => Some(Constant::F32(value.bits())),
            Operator::F64Const { value } => Some(Constant::F64(value.bits())),
            _ => None,
        }
    }

    fn ty(self) -> ValType {
        match self {
            Constant::I32(_) => ValType::I32,
            Constant::I64(_) => ValType::I64,
            Constant::F32(_) => ValType::F32,
            Constant::F64(_) => ValType::F64,
        }
    }

    fn expression(self) -> ConstExpr {
        match self {
            Constant::I32(value) => ConstExpr::i32_const(value),
            Constant::I64(value) => ConstExpr::i64_const(value),
            Constant::F32(bits) => ConstExpr::f32_const(Ieee32::new(bits)),
            Constant::F64(bits) => ConstExpr::f64_const(Ieee64::new(bits)),
        }
    }
}

/// How often bodies push a value, and in how many bytes.
#[derive(Default)]
struct Uses {
    count: usize,
    length: usize,
}

impl Uses {
    /// How many bytes a global with this index saves.
    fn saves(&self, index: u32) -> isize {
        let saved = self.count as isize * (self.length as isize - get(index).len() as isize);
        saved - (self.length + GLOBAL) as isize
    }
}

/// Values that globals have.
pub(crate) struct Constants {
    first: u32,
    values: Vec<Constant>,
    indices: HashMap<Constant, u32>,
}

impl Constants {
    /// Picks the values that are worth a global, of those that `bodies` push; `first` is the index of the first.
    pub(crate) fn pick(bodies: &[Vec<u8>], first: u32) -> Result<Constants, Error> {
        let mut uses: HashMap<Constant, Uses> = HashMap::new();
        for body in bodies {
            each_constant(body, |constant, place| {
                let uses = uses.entry(constant).or_default();
                uses.count += 1;
                uses.length = place.len();
            })?;
        }
        let mut by_gain: Vec<(Constant, Uses)> = uses.into_iter().collect();
        by_gain.sort_unstable_by_key(|(constant, uses)| (-uses.saves(first), *constant));
        let mut values = Vec::new();
        for (constant, uses) in by_gain {
            if uses.saves(first + values.len() as u32) > 0 {
                values.push(constant);
            }
        }
        let indices = (first..).zip(&values);
        Ok(Constants {
            first,
            indices: indices.map(|(index, value)| (*value, index)).collect(),
            values,
        })
    }

    /// Adds the globals; as many as the first one's index says are there already.
    pub(crate) fn declare(&self, globals: &mut GlobalSection) {
        assert_eq!(
            globals.len(),
            self.first,
            "globals have the indices they were given"
        );
        for value in &self.values {
            let ty = GlobalType {
                val_type: value.ty(),
                mutable: false,
                shared: false,
            };
            globals.global(ty, &value.expression());
        }
    }

    /// A body with the globals in the place of their values.
    pub(crate) fn rewrite(&self, body: &[u8]) -> Result<Vec<u8>, Error> {
        let mut new = Vec::with_capacity(body.len());
        let mut copied = 0;
        each_constant(body, |constant, place| {
            if let Some(index) = self.indices.get(&constant) {
                new.extend_from_slice(&body[copied..place.start]);
                new.extend_from_slice(&get(*index));
                copied = place.end;
            }
        })?;
        new.extend_from_slice(&body[copied..]);
        Ok(new)
    }
}

/// The instruction that pushes a global.
fn get(index: u32) -> Vec<u8> {
    let mut bytes = vec![GLOBAL_GET];
    index.encode(&mut bytes);
    bytes
}

/// Calls `found` with each constant that a body pushes, and with the place of the instruction.
fn each_constant(body: &[u8], mut found: impl FnMut(Constant, Range<usize>)) -> Result<(), Error> {
    let mut reader = FunctionBody::new(BinaryReader::new(body, 0)).get_operators_reader()?;
    while !reader.eof() {
        let start = reader.original_position();
        let operator = reader.read()?;
        if let Some(constant) = Constant::of(&operator) {
            found(constant, start..reader.original_position());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::Function;

    use super::*;

    fn body(constants: &[i64]) -> Vec<u8> {
        let mut function = Function::new([]);
        for constant in constants {
            function.instructions().i64_const(*constant).drop();
        }
        function.instructions().end();
        function.into_raw_body()
    }

    #[test]
    fn what_is_long_and_frequent_becomes_a_global() {
        let long = 3 << 32;
        let bodies = [
            body(&[long, 1, long, 1, 1, 1]),
            body(&[long, long, long << 1]),
        ];
        let constants = Constants::pick(&bodies, 1).expect("bodies");
        assert!(constants.values == [Constant::I64(long)]);
        let length = bodies[0].len();
        let rewritten = constants.rewrite(&bodies[0]).expect("a body");
        assert_eq!(rewritten.len(), length - 2 * 4);
        let mut found = Vec::new();
        each_constant(&rewritten, |constant, _| found.push(constant)).expect("a body");
        assert!(found == [Constant::I64(1); 4]);
    }

    #[test]
    fn nothing_gets_longer() {
        let constants = Constants::pick(&[body(&[1, 2, 3 << 32])], 0).expect("a body");
        assert!(constants.values.is_empty());
    }
}
