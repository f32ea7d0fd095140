//! Where instructions stand in the source.
//!
//! QuickJS writes the table in steps: how far the next place is in the bytecode, in lines and in columns. A byte holds a
//! short step and few lines; others are written out behind a zero.

use crate::layout::LineCode;

/// A place in a source file, both numbers from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// The places that `table` tells, by offset in the bytecode; `start` is that of the function.
pub(crate) fn read(table: &[u8], code: &LineCode, start: Position) -> Vec<(u32, Position)> {
    let mut places = Vec::new();
    let mut rest = table;
    let (mut offset, mut position) = (0, start);
    while let Some((step, tail)) = rest.split_first() {
        rest = tail;
        let lines = if *step == 0 {
            offset += unsigned(&mut rest);
            signed(&mut rest)
        } else {
            let step = i32::from(*step) - code.first;
            offset += (step / code.range).cast_unsigned();
            step % code.range + code.base
        };
        position.line = position.line.saturating_add_signed(lines);
        position.column = position.column.saturating_add_signed(signed(&mut rest));
        places.push((offset, position));
    }
    places
}

/// The next number in LEB128.
fn unsigned(bytes: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0, 0);
    while let Some((byte, tail)) = bytes.split_first() {
        *bytes = tail;
        value |= u32::from(byte & 0x7F)
            .checked_shl(shift)
            .unwrap_or_default();
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

/// The next signed number: its sign is the lowest bit.
fn signed(bytes: &mut &[u8]) -> i32 {
    let value = unsigned(bytes);
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up() {
        let code = LineCode {
            base: -1,
            range: 5,
            first: 1,
        };
        let start = Position { line: 3, column: 9 };
        let at = |line, column| Position { line, column };
        // 2 bytes on, 1 line on, 4 columns back; then 300 bytes on, 10 lines back, 1 column on.
        let table = [1 + 2 * 5 + 2, 7, 0, 0xAC, 0x02, 3, 2];
        assert_eq!(read(&table, &code, start), [(2, at(4, 5)), (302, at(2, 6))]);
    }
}
