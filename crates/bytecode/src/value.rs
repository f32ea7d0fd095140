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
        let is = |kind: i32| tag == kind;
        if is(tags.undefined) {
            return Value::Undefined;
        } else if is(tags.null) {
            return Value::Null;
        } else if is(tags.boolean) {
            return Value::Boolean(payload != 0);
        } else if is(tags.int) {
            return Value::Integer(payload.cast_signed());
        } else if is(tags.short_big_int) {
            return Value::ShortBigInt(payload.cast_signed());
        } else if is(tags.big_int) {
            return Value::BigInt(payload);
        } else if is(tags.string) {
            return Value::String(heap.text(payload));
        } else if is(tags.symbol) {
            return Value::Symbol(payload);
        } else if is(tags.object) {
            return Value::Object(payload);
        } else if is(tags.function) {
            return Value::Function(payload);
        }
        let float_tags = (tags.float - tags.first).cast_unsigned();
        if tag.wrapping_sub(tags.first).cast_unsigned() < float_tags {
            return Value::Internal(tag);
        }
        let upper = tag.wrapping_add(tags.float_addend).cast_unsigned();
        Value::Float(f64::from_bits(u64::from(upper) << 32 | u64::from(payload)))
    }
}
