//! What programs write for opcodes.

/// Opcodes that a program can do without, by what is written for them.
const SYNTAX: &[(&str, &str)] = &[
    ("regular expressions", "regexp"),
    (
        "generators",
        "initial_yield yield yield_star async_yield_star",
    ),
    ("await", "await"),
    ("for await", "for_await_of_start"),
    ("for … of", "for_of_start for_of_next"),
    ("for … in", "for_in_start for_in_next"),
    (
        "classes",
        "define_class define_class_computed check_ctor check_ctor_return init_ctor",
    ),
    (
        "private members",
        "get_private_field put_private_field define_private_field private_in add_brand check_brand",
    ),
    ("super", "get_super get_super_value put_super_value"),
    ("BigInt literals", "push_bigint_i32"),
    ("spread", "append apply"),
    ("object rest and spread", "copy_data_properties"),
    ("rest parameters", "rest"),
    ("import()", "import"),
    ("eval()", "eval apply_eval"),
    (
        "with",
        "with_get_var with_put_var with_delete_var with_make_ref with_get_ref with_get_ref_undef",
    ),
    (
        "using",
        "using_dispose_init using_dispose using_dispose_async using_dispose_merge using_dispose_end using_check",
    ),
    ("instanceof", "instanceof"),
    ("in", "in"),
    ("delete", "delete delete_var"),
    ("==", "eq neq"),
    ("comparisons", "lt lte gt gte"),
    ("bit operations", "shl sar shr and or xor not"),
    ("**", "pow"),
    ("%", "mod"),
];

/// What a program writes for the opcode of this name; `None` where there is no way without it.
pub(crate) fn of_opcode(name: &str) -> Option<&'static str> {
    let syntax = SYNTAX
        .iter()
        .find(|(_, opcodes)| opcodes.split(' ').any(|opcode| opcode == name));
    syntax.map(|(syntax, _)| *syntax)
}

/// The names of all opcodes above.
#[cfg(test)]
pub(crate) fn opcodes() -> impl Iterator<Item = &'static str> {
    SYNTAX.iter().flat_map(|(_, opcodes)| opcodes.split(' '))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_opcode_exists() {
        let image = engine::EngineImage::bundled();
        let (sections, facts) = (
            image.sections().expect("sections"),
            image.facts().expect("facts"),
        );
        let layout = bytecode::Layout::read(&sections, &facts).expect("a layout");
        for name in super::opcodes() {
            assert!(layout.opcodes().named(name).is_some(), "{name}");
        }
    }
}
