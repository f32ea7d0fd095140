//! Values in the heap.

use crate::Heap;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number that is a small integer.
    Integer(i32),
    /// Any other number.
    Float(f64),
    /// A small BigInt.
    ShortBigInt(i32),
    /// A BigInt, by its address.
    BigInt(u32),
    /// A string.
    String(String),
    /// A symbol, by its address.
    Symbol(u32),
    /// An object, by its address.
    Object(u32),
    /// A function's bytecode, by its address.
    Function(u32),
    /// What programs never see, by its tag.
    Internal(i32),
}

impl Value {
    /// The value at `address`: eight bytes, the upper half a tag or part of a number.
    pub(crate) fn read(heap: &Heap<'_>, address: u32) -> Value {
        let tags = &heap.layout.tags;
        let (payload, tag) = (heap.word(address), heap.word(address + 4).cast_signed());
        let kinds: [(i32, fn(&Heap<'_>, u32) -> Value); 10] = [
            (tags.undefined, |_, _| Value::Undefined),
            (tags.null, |_, _| Value::Null),
            (tags.boolean, |_, payload| Value::Boolean(payload != 0)),
            (tags.int, |_, payload| Value::Integer(payload.cast_signed())),
            (tags.short_big_int, |_, payload| {
                Value::ShortBigInt(payload.cast_signed())
            }),
            (tags.big_int, |_, payload| Value::BigInt(payload)),
            (tags.string, |heap, payload| {
                Value::String(heap.text(payload))
            }),
            (tags.symbol, |_, payload| Value::Symbol(payload)),
            (tags.object, |_, payload| Value::Object(payload)),
            (tags.function, |_, payload| Value::Function(payload)),
        ];
        if let Some((_, value)) = kinds.iter().find(|(kind, _)| *kind == tag) {
            return value(heap, payload);
        }
        let float_tags = (tags.float - tags.first).cast_unsigned();
        if tag.wrapping_sub(tags.first).cast_unsigned() < float_tags {
            return Value::Internal(tag);
        }
        let upper = tag.wrapping_add(tags.float_addend).cast_unsigned();
        Value::Float(f64::from_bits(u64::from(upper) << 32 | u64::from(payload)))
    }
}
