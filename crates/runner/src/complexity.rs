//! How long a module takes to compile, before it is compiled.
//!
//! Cranelift takes about a microsecond for a byte of code, but for some of its work the square of a function's basic blocks,
//! or the blocks times the variables: 30 kB of empty loops take as long as 10 MB of ordinary code. Nobody writes such
//! functions, whatever their language, but for those who mean to stop a host.

use wasmparser::{BinaryReaderError, FunctionBody, Operator, Parser, Payload};

use crate::error::Error;

/// What a module may come to: about a second and a half. QuickJS's interpreter, a function of 60 kB, is 7 million.
const MOST: u64 = 500_000_000;

/// What more it may come to for each of its bytes.
const MOST_PER_BYTE: u64 = 32;

/// Refuses a valid module that would take too long.
pub(crate) fn check(wasm: &[u8]) -> Result<(), Error> {
    let most = MOST + MOST_PER_BYTE * wasm.len() as u64;
    let mut sum = 0_u64;
    let mut index = 0;
    // What is wrong with a module is said by whoever compiles it.
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let Payload::CodeSectionEntry(body) = payload else {
            continue;
        };
        let Ok(steps) = steps(&body) else {
            return Ok(());
        };
        sum = sum.saturating_add(steps);
        if sum > most {
            return Err(Error::TooComplex { function: index });
        }
        index += 1;
    }
    Ok(())
}

/// What a function takes, in steps of some nanoseconds.
fn steps(body: &FunctionBody<'_>) -> Result<u64, BinaryReaderError> {
    /// A loop has blocks of its own to look at the clock and the fuel.
    const LOOP: u64 = 6;
    /// Each local has a value at the beginning.
    const LOCAL: u64 = 5;
    let mut locals = 0_u64;
    for local in body.get_locals_reader()? {
        locals += u64::from(local?.0);
    }
    let mut blocks = 1_u64;
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        blocks += match operators.read()? {
            Operator::Loop { .. } => LOOP,
            Operator::If { .. } | Operator::BrIf { .. } => 2,
            Operator::Block { .. } | Operator::Else | Operator::TryTable { .. } => 1,
            Operator::BrTable { targets } => u64::from(targets.len()),
            // They look at the clock as loops do.
            Operator::MemoryFill { .. }
            | Operator::MemoryCopy { .. }
            | Operator::MemoryInit { .. } => LOOP,
            _ => 0,
        };
    }
    // A module is not larger than 2³² bytes, and so neither is this.
    Ok(blocks
        .saturating_mul(blocks + locals)
        .saturating_add(locals * LOCAL))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::check;

    fn is_good(functions: &str) -> bool {
        let wat = format!("(module (memory 1) {functions})");
        check(&wat::parse_str(wat).unwrap()).is_ok()
    }

    #[test]
    fn squares_count() {
        let function = |body: &str, times| format!("(func {})", body.repeat(times));
        assert!(is_good(&function("(loop)", 2_000)));
        assert!(!is_good(&function("(loop)", 10_000)));
        assert!(!is_good(&function("(if (i32.const 0) (then))", 20_000)));
        assert!(!is_good(&function("(loop)", 2_000).repeat(10)));
        // Straight lines are long, and many functions are many.
        assert!(is_good(&function("(drop (i32.const 0))", 100_000)));
        assert!(is_good(&function("(loop)", 2).repeat(5_000)));
        let locals = |body| format!("(func (local{}) {body})", " i32".repeat(20_000));
        assert!(is_good(&locals("(loop)".repeat(10))));
        assert!(!is_good(&locals("(loop)".repeat(4_000))));
    }
}
