//! How much of its stack in linear memory a call has used. That is one of two stacks: what the address of nothing is taken
//! of is on the runtime's own, which cannot be looked at.
//!
//! Compilers that go by LLVM keep the stack's address in the module's first global. Where the stack is below all data
//! (`--stack-first` of the linker, as in modules of jsc), it is all zeros before the call; the lowest byte that is something
//! else after it tells how deep the stack has been.

use wasmparser::{Operator, Parser, Payload, TypeRef, ValType};

/// The stack in linear memory that a call had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinearStack {
    /// How many bytes deep it was, as far as its content tells: a frame that holds but zeros is not seen.
    pub used: u64,
    /// The bytes that there are.
    pub size: u64,
}

/// Where the stack of a valid module begins, if it has one by the convention. It goes down from there.
pub(crate) fn top(wasm: &[u8]) -> Option<usize> {
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.ok()? {
            Payload::ImportSection(section) => {
                let mut imports = section.into_imports();
                if imports.any(|import| {
                    import.is_ok_and(|import| matches!(import.ty, TypeRef::Global(_)))
                }) {
                    return None;
                }
            }
            Payload::GlobalSection(section) => {
                let global = section.into_iter().next()?.ok()?;
                let is_pointer = global.ty.mutable && global.ty.content_type == ValType::I32;
                return match global.init_expr.get_operators_reader().read().ok()? {
                    Operator::I32Const { value } if is_pointer && value > 0 && value % 16 == 0 => {
                        usize::try_from(value).ok()
                    }
                    _ => None,
                };
            }
            Payload::CodeSectionStart { .. } => return None,
            _ => {}
        }
    }
    None
}

/// What the call has used of the stack below `top`; `None` when there was something before.
pub(crate) fn used(before: &[u8], after: &[u8], top: usize) -> Option<LinearStack> {
    if before.get(..top)?.iter().any(|byte| *byte != 0) {
        return None;
    }
    let lowest = after.get(..top)?.iter().position(|byte| *byte != 0);
    Some(LinearStack {
        used: lowest.map_or(0, |lowest| top - lowest) as u64,
        size: top as u64,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::{LinearStack, top, used};

    fn check(globals: &str, expected: Option<usize>) {
        let wat = format!("(module {globals} (memory 1) (func (export \"_start\")))");
        assert_eq!(top(&wat::parse_str(wat).unwrap()), expected, "{globals}");
    }

    #[test]
    fn the_first_global_is_the_pointer() {
        check("(global (mut i32) (i32.const 65536))", Some(65536));
        let more = "(global (mut i32) (i32.const 4096)) (global i32 (i32.const 8192))";
        check(more, Some(4096));
    }

    #[test]
    fn other_globals_are_not() {
        check("", None);
        check("(global i32 (i32.const 65536))", None);
        check("(global (mut i64) (i64.const 65536))", None);
        check("(global (mut i32) (i32.const 0))", None);
        check("(global (mut i32) (i32.const 7))", None);
        let imported = "(import \"env\" \"base\" (global i32)) (global (mut i32) (global.get 0))";
        check(imported, None);
    }

    #[test]
    fn depth_is_told_by_content() {
        let mut after = vec![0; 64];
        let stack = |used| Some(LinearStack { used, size: 32 });
        assert_eq!(used(&[0; 64], &after, 32), stack(0));
        after[40] = 1;
        assert_eq!(used(&[0; 64], &after, 32), stack(0));
        after[20] = 1;
        assert_eq!(used(&[0; 64], &after, 32), stack(12));
        assert_eq!(used(&[1; 64], &after, 32), None);
        assert_eq!(used(&[0; 16], &after, 32), None);
    }
}
