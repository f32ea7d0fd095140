//! What has to be known of the engine's structures to read its heap.

use engine::{Facts, Sections};

use crate::Error;
use crate::opcode::{Opcode, Opcodes};
use crate::tables::{Field, Tables};

/// How the engine's structures lie in memory, and what its bytecode is.
#[derive(Debug)]
pub struct Layout {
    pub(crate) runtime: Runtime,
    pub(crate) block: Block,
    pub(crate) object: Object,
    pub(crate) string: Text,
    pub(crate) function: FunctionBytecode,
    pub(crate) variable: VariableDefinition,
    pub(crate) closure_variable: ClosureVariableDefinition,
    pub(crate) tags: Tags,
    pub(crate) lines: LineCode,
    pub(crate) short: ShortOpcodes,
    pub(crate) opcodes: Opcodes,
}

/// `JSRuntime`.
#[derive(Debug)]
pub(crate) struct Runtime {
    pub(crate) atoms: Field,
    pub(crate) atom_count: Field,
    pub(crate) objects: Field,
    pub(crate) classes: Field,
    pub(crate) global: Field,
    /// The first atom that is not the engine's own.
    pub(crate) first_atom: u32,
    /// Set in an atom that is a number.
    pub(crate) number_tag: u32,
    /// Where the string of sleeping atoms and the list of their names are referred to.
    pub(crate) names: u32,
    pub(crate) name_buckets: u32,
    pub(crate) name_header: u32,
}

/// What the allocator puts in front of each block.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) header: u32,
    pub(crate) large_header: u32,
    pub(crate) large_size: Field,
    pub(crate) unit: u32,
    pub(crate) units: Field,
    pub(crate) kind: Field,
    pub(crate) kind_object: u32,
    pub(crate) kind_function: u32,
    pub(crate) kind_shape: u32,
    pub(crate) kind_context: u32,
}

/// `JSObject`.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) class: Field,
    pub(crate) shape: Field,
    pub(crate) class_native: u32,
}

/// `JSString`.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) header: u32,
    pub(crate) length: Field,
    pub(crate) is_wide: Field,
    pub(crate) kind: Field,
    pub(crate) kind_normal: u32,
    pub(crate) kind_slice: u32,
    pub(crate) slice_parent: Field,
    pub(crate) slice_start: Field,
    pub(crate) atom_type: Field,
    pub(crate) atom_symbol: u32,
    pub(crate) atom_private: u32,
}

/// `JSFunctionBytecode`.
#[derive(Debug)]
pub(crate) struct FunctionBytecode {
    pub(crate) code: Field,
    pub(crate) code_length: Field,
    pub(crate) name: Field,
    pub(crate) variables: Field,
    pub(crate) closure_variables: Field,
    pub(crate) argument_count: Field,
    pub(crate) variable_count: Field,
    pub(crate) length: Field,
    pub(crate) stack_size: Field,
    pub(crate) captured_count: Field,
    pub(crate) closure_variable_count: Field,
    pub(crate) constant_count: Field,
    pub(crate) constants: Field,
    pub(crate) file: Field,
    pub(crate) line: Field,
    pub(crate) column: Field,
    pub(crate) lines_length: Field,
    pub(crate) lines: Field,
    pub(crate) kind: Field,
    pub(crate) kinds: [u32; 4],
    pub(crate) is_strict: Field,
    pub(crate) has_prototype: Field,
    pub(crate) has_simple_parameters: Field,
    pub(crate) is_derived_constructor: Field,
    pub(crate) needs_home_object: Field,
    pub(crate) allows_new_target: Field,
    pub(crate) allows_super_call: Field,
    pub(crate) allows_super: Field,
    pub(crate) allows_arguments: Field,
}

/// `JSVarDef`.
#[derive(Debug)]
pub(crate) struct VariableDefinition {
    pub(crate) size: u32,
    pub(crate) name: Field,
    pub(crate) is_constant: Field,
    pub(crate) is_lexical: Field,
    pub(crate) is_captured: Field,
}

/// `JSClosureVar`.
#[derive(Debug)]
pub(crate) struct ClosureVariableDefinition {
    pub(crate) size: u32,
    pub(crate) name: Field,
    pub(crate) index: Field,
    pub(crate) is_constant: Field,
    pub(crate) is_lexical: Field,
}

/// The upper halves of values.
#[derive(Debug)]
pub(crate) struct Tags {
    pub(crate) first: i32,
    pub(crate) big_int: i32,
    pub(crate) symbol: i32,
    pub(crate) string: i32,
    pub(crate) function: i32,
    pub(crate) object: i32,
    pub(crate) int: i32,
    pub(crate) boolean: i32,
    pub(crate) null: i32,
    pub(crate) undefined: i32,
    pub(crate) short_big_int: i32,
    pub(crate) float: i32,
    /// Added to the upper half of a number.
    pub(crate) float_addend: i32,
}

/// The form of `pc2line_buf`.
#[derive(Debug)]
pub(crate) struct LineCode {
    pub(crate) base: i32,
    pub(crate) range: i32,
    pub(crate) first: i32,
}

/// The first of the opcodes whose operand is part of their number.
#[derive(Debug)]
pub(crate) struct ShortOpcodes {
    pub(crate) push_0: Opcode,
    pub(crate) get_loc0_loc1: Opcode,
    pub(crate) get_loc0: Opcode,
    pub(crate) get_arg0: Opcode,
    pub(crate) get_var_ref0: Opcode,
    pub(crate) call0: Opcode,
}

impl Layout {
    /// Reads the layout from the engine's image.
    ///
    /// # Errors
    /// [`Error::NoLayout`] for an image without it, [`Error::UnknownFormat`] for one with other bytecode.
    pub fn read(sections: &Sections<'_>, facts: &Facts<'_>) -> Result<Layout, Error> {
        let tables = Tables::read(sections, facts)?;
        let field = |name| tables.field(name);
        let constant = |name| tables.constant(name);
        let unsigned = |name| constant(name).map(i32::cast_unsigned);
        let opcode = |name| constant(name).map(|number| Opcode(number as u8));
        let function = |member: &str| tables.field(&format!("JSFunctionBytecode.{member}"));
        Ok(Layout {
            runtime: Runtime {
                atoms: field("JSRuntime.atom_array")?,
                atom_count: field("JSRuntime.atom_size")?,
                objects: field("JSRuntime.gc_obj_list")?,
                classes: field("JSRuntime.class_array")?,
                global: field("JSContext.global_obj")?,
                first_atom: unsigned("JS_ATOM_END")?,
                number_tag: unsigned("JS_ATOM_TAG_INT")?,
                names: unsigned("JSC_NAMES_ADDRESS")?,
                name_buckets: unsigned("JSC_NAME_BUCKETS")?,
                name_header: unsigned("JSC_NAME_HEADER")?,
            },
            block: Block {
                header: unsigned("JSC_BLOCK_HEADER")?,
                large_header: unsigned("JSC_LARGE_BLOCK_HEADER")?,
                large_size: field("JscLargeBlock.size")?,
                unit: unsigned("JSC_UNIT")?,
                units: field("JSMallocBlockHeader.block_size_idx")?,
                kind: field("JSMallocBlockHeader.gc_obj_type")?,
                kind_object: unsigned("JS_GC_OBJ_TYPE_JS_OBJECT")?,
                kind_shape: unsigned("JS_GC_OBJ_TYPE_SHAPE")?,
                kind_context: unsigned("JS_GC_OBJ_TYPE_JS_CONTEXT")?,
                kind_function: unsigned("JS_GC_OBJ_TYPE_FUNCTION_BYTECODE")?,
            },
            object: Object {
                class: field("JSObject.class_id")?,
                shape: field("JSObject.shape")?,
                class_native: unsigned("JS_CLASS_C_FUNCTION")?,
            },
            string: Text {
                header: unsigned("JSC_STRING_HEADER")?,
                length: field("JSString.len")?,
                is_wide: field("JSString.is_wide_char")?,
                kind: field("JSString.kind")?,
                kind_normal: unsigned("JS_STRING_KIND_NORMAL")?,
                kind_slice: unsigned("JS_STRING_KIND_SLICE")?,
                slice_parent: field("JSStringSlice.parent")?,
                slice_start: field("JSStringSlice.start")?,
                atom_type: field("JSString.atom_type")?,
                atom_symbol: unsigned("JS_ATOM_TYPE_SYMBOL")?,
                atom_private: unsigned("JS_ATOM_TYPE_PRIVATE")?,
            },
            function: FunctionBytecode {
                code: function("byte_code_buf")?,
                code_length: function("byte_code_len")?,
                name: function("func_name")?,
                variables: function("vardefs")?,
                closure_variables: function("closure_var")?,
                argument_count: function("arg_count")?,
                variable_count: function("var_count")?,
                length: function("defined_arg_count")?,
                stack_size: function("stack_size")?,
                captured_count: function("var_ref_count")?,
                closure_variable_count: function("closure_var_count")?,
                constant_count: function("cpool_count")?,
                constants: function("cpool")?,
                file: function("filename")?,
                line: function("line_num")?,
                column: function("col_num")?,
                lines_length: function("pc2line_len")?,
                lines: function("pc2line_buf")?,
                kind: function("func_kind")?,
                kinds: [
                    unsigned("JS_FUNC_NORMAL")?,
                    unsigned("JS_FUNC_GENERATOR")?,
                    unsigned("JS_FUNC_ASYNC")?,
                    unsigned("JS_FUNC_ASYNC_GENERATOR")?,
                ],
                is_strict: function("is_strict_mode")?,
                has_prototype: function("has_prototype")?,
                has_simple_parameters: function("has_simple_parameter_list")?,
                is_derived_constructor: function("is_derived_class_constructor")?,
                needs_home_object: function("need_home_object")?,
                allows_new_target: function("new_target_allowed")?,
                allows_super_call: function("super_call_allowed")?,
                allows_super: function("super_allowed")?,
                allows_arguments: function("arguments_allowed")?,
            },
            variable: VariableDefinition {
                size: tables.size("JSVarDef")?,
                name: field("JSVarDef.var_name")?,
                is_constant: field("JSVarDef.is_const")?,
                is_lexical: field("JSVarDef.is_lexical")?,
                is_captured: field("JSVarDef.is_captured")?,
            },
            closure_variable: ClosureVariableDefinition {
                size: tables.size("JSClosureVar")?,
                name: field("JSClosureVar.var_name")?,
                index: field("JSClosureVar.var_idx")?,
                is_constant: field("JSClosureVar.is_const")?,
                is_lexical: field("JSClosureVar.is_lexical")?,
            },
            tags: Tags {
                first: constant("JS_TAG_FIRST")?,
                big_int: constant("JS_TAG_BIG_INT")?,
                symbol: constant("JS_TAG_SYMBOL")?,
                string: constant("JS_TAG_STRING")?,
                function: constant("JS_TAG_FUNCTION_BYTECODE")?,
                object: constant("JS_TAG_OBJECT")?,
                int: constant("JS_TAG_INT")?,
                boolean: constant("JS_TAG_BOOL")?,
                null: constant("JS_TAG_NULL")?,
                undefined: constant("JS_TAG_UNDEFINED")?,
                short_big_int: constant("JS_TAG_SHORT_BIG_INT")?,
                float: constant("JS_TAG_FLOAT64")?,
                float_addend: constant("JS_FLOAT64_TAG_ADDEND")?,
            },
            lines: LineCode {
                base: constant("PC2LINE_BASE")?,
                range: constant("PC2LINE_RANGE")?,
                first: constant("PC2LINE_OP_FIRST")?,
            },
            short: ShortOpcodes {
                push_0: opcode("OP_push_0")?,
                get_loc0_loc1: opcode("OP_get_loc0_loc1")?,
                get_loc0: opcode("OP_get_loc0")?,
                get_arg0: opcode("OP_get_arg0")?,
                get_var_ref0: opcode("OP_get_var_ref0")?,
                call0: opcode("OP_call0")?,
            },
            opcodes: Opcodes(tables.opcodes),
        })
    }

    /// The engine's opcodes.
    #[must_use]
    pub fn opcodes(&self) -> &Opcodes {
        &self.opcodes
    }
}
