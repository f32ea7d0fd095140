/* How the engine's structures lie in memory, and what its bytecode is, for those who read snapshots (crates/bytecode).
 *
 * The tables are read out of the engine's image by the names of their symbols; no code refers to them, so no stripped module
 * has them. */

#define JSC_LAYOUT static const __attribute__((used))

/* Texts that belong together are one symbol, each text ended by a zero. */
#define JSC_NAME(text) text "\0"

/* The opcodes of finished bytecode, by number. Those of the compiler's passes share numbers with them. The header takes its
 * macros away again. */
JSC_LAYOUT char jsc_layout_opcode_names[] =
#define FMT(f)
#define def(id, size, n_pop, n_push, f)
#define DEF(id, size, n_pop, n_push, f) JSC_NAME(#id)
#include "quickjs-opcode.h"
    ;

JSC_LAYOUT struct {
    uint8_t size, pops, pushes, format;
} jsc_layout_opcodes[] = {
#define FMT(f)
#define def(id, size, n_pop, n_push, f)
#define DEF(id, size, n_pop, n_push, f) { size, n_pop, n_push, OP_FMT_##f },
#include "quickjs-opcode.h"
};

JSC_LAYOUT char jsc_layout_format_names[] =
#define FMT(f) JSC_NAME(#f)
#define def(id, size, n_pop, n_push, f)
#define DEF(id, size, n_pop, n_push, f)
#include "quickjs-opcode.h"
    ;

/* Whoever reads bytecode knows what each opcode does; those of another QuickJS have to be looked at first, with
 * crates/bytecode/tests/opcodes.txt, which lists them. */
enum {
    JSC_OPCODES_FINGERPRINT =
#define FMT(f)
#define def(id, size, n_pop, n_push, f)
#define DEF(id, size, n_pop, n_push, f) \
    (OP_##id + 1u) * (1u + sizeof(#id) + 31u * size + 257u * n_pop + 1031u * n_push + 4099u * OP_FMT_##f) +
#include "quickjs-opcode.h"
        0u
};
_Static_assert(JSC_OPCODES_FINGERPRINT == 791076931u, "crates/bytecode knows the opcodes of another QuickJS");

/* Members that take whole bytes. */
#define JSC_LAYOUT_FIELDS(FIELD)              \
    FIELD(JSRuntime, atom_array)              \
    FIELD(JSRuntime, atom_size)               \
    FIELD(JSRuntime, gc_obj_list)             \
    FIELD(JSRuntime, class_array)             \
    FIELD(JSContext, global_obj)              \
    FIELD(JSObject, class_id)                 \
    FIELD(JSObject, shape)                    \
    FIELD(JSMallocBlockHeader, block_size_idx) \
    FIELD(JSMallocBlockHeader, ref_count)     \
    FIELD(JscLargeBlock, size)                \
    FIELD(JSStringSlice, parent)              \
    FIELD(JSStringSlice, start)               \
    FIELD(JSFunctionBytecode, byte_code_buf)  \
    FIELD(JSFunctionBytecode, byte_code_len)  \
    FIELD(JSFunctionBytecode, func_name)      \
    FIELD(JSFunctionBytecode, vardefs)        \
    FIELD(JSFunctionBytecode, closure_var)    \
    FIELD(JSFunctionBytecode, arg_count)      \
    FIELD(JSFunctionBytecode, var_count)      \
    FIELD(JSFunctionBytecode, defined_arg_count) \
    FIELD(JSFunctionBytecode, stack_size)     \
    FIELD(JSFunctionBytecode, var_ref_count)  \
    FIELD(JSFunctionBytecode, closure_var_count) \
    FIELD(JSFunctionBytecode, cpool_count)    \
    FIELD(JSFunctionBytecode, cpool)          \
    FIELD(JSFunctionBytecode, filename)       \
    FIELD(JSFunctionBytecode, line_num)       \
    FIELD(JSFunctionBytecode, col_num)        \
    FIELD(JSFunctionBytecode, pc2line_len)    \
    FIELD(JSFunctionBytecode, pc2line_buf)    \
    FIELD(JSVarDef, var_name)                 \
    FIELD(JSClosureVar, var_idx)              \
    FIELD(JSClosureVar, var_name)

#define JSC_FIELD_NAME(structure, member) JSC_NAME(#structure "." #member)
#define JSC_FIELD(structure, member) { sizeof(structure), offsetof(structure, member), sizeof(((structure *)0)->member) },

JSC_LAYOUT char jsc_layout_field_names[] = JSC_LAYOUT_FIELDS(JSC_FIELD_NAME);
JSC_LAYOUT struct {
    uint16_t structure_size, offset, size;
} jsc_layout_fields[] = { JSC_LAYOUT_FIELDS(JSC_FIELD) };

/* Members of some bits. C cannot say where they are, so each has a structure in which it alone is set. */
#define JSC_LAYOUT_BITS(BITS)                         \
    BITS(JSMallocBlockHeader, gc_obj_type)            \
    BITS(JSString, len)                               \
    BITS(JSString, is_wide_char)                      \
    BITS(JSString, kind)                              \
    BITS(JSString, atom_type)                         \
    BITS(JSFunctionBytecode, is_strict_mode)          \
    BITS(JSFunctionBytecode, has_prototype)           \
    BITS(JSFunctionBytecode, has_simple_parameter_list) \
    BITS(JSFunctionBytecode, is_derived_class_constructor) \
    BITS(JSFunctionBytecode, need_home_object)        \
    BITS(JSFunctionBytecode, func_kind)               \
    BITS(JSFunctionBytecode, new_target_allowed)      \
    BITS(JSFunctionBytecode, super_call_allowed)      \
    BITS(JSFunctionBytecode, super_allowed)           \
    BITS(JSFunctionBytecode, arguments_allowed)       \
    BITS(JSFunctionBytecode, backtrace_barrier)       \
    BITS(JSVarDef, is_const)                          \
    BITS(JSVarDef, is_lexical)                        \
    BITS(JSVarDef, is_captured)                       \
    BITS(JSVarDef, var_kind)                          \
    BITS(JSClosureVar, closure_type)                  \
    BITS(JSClosureVar, is_lexical)                    \
    BITS(JSClosureVar, is_const)                      \
    BITS(JSClosureVar, var_kind)

#define JSC_SAMPLE(structure, member) { .of_##structure = { .member = -1 } },

JSC_LAYOUT char jsc_layout_bit_names[] = JSC_LAYOUT_BITS(JSC_FIELD_NAME);
JSC_LAYOUT union {
    JSMallocBlockHeader of_JSMallocBlockHeader;
    JSString of_JSString;
    JSVarDef of_JSVarDef;
    JSClosureVar of_JSClosureVar;
    JSFunctionBytecode of_JSFunctionBytecode;
} jsc_layout_bits[] = { JSC_LAYOUT_BITS(JSC_SAMPLE) };

enum {
    JSC_BLOCK_HEADER = sizeof(JSMallocBlockHeader),
    JSC_LARGE_BLOCK_HEADER = offsetof(JscLargeBlock, header) + sizeof(JSMallocBlockHeader),
    JSC_STRING_HEADER = sizeof(JSString),
};

/* Where what sleeping atoms are is to be found (names.c). */
#define JSC_NAMES_ADDRESS (uintptr_t)&jsc_names

#define JSC_LAYOUT_CONSTANTS(CONSTANT)             \
    CONSTANT(JSC_BLOCK_HEADER)                     \
    CONSTANT(JSC_LARGE_BLOCK_HEADER)               \
    CONSTANT(JSC_STRING_HEADER)                    \
    CONSTANT(JSC_UNIT)                             \
    CONSTANT(JSC_NAMES_ADDRESS)                    \
    CONSTANT(JSC_NAME_BUCKETS)                     \
    CONSTANT(JSC_NAME_HEADER)                      \
    CONSTANT(JS_GC_OBJ_TYPE_JS_OBJECT)             \
    CONSTANT(JS_GC_OBJ_TYPE_FUNCTION_BYTECODE)     \
    CONSTANT(JS_GC_OBJ_TYPE_SHAPE)                 \
    CONSTANT(JS_GC_OBJ_TYPE_JS_CONTEXT)            \
    CONSTANT(JS_CLASS_C_FUNCTION)                  \
    CONSTANT(JS_ATOM_END)                          \
    CONSTANT(JS_STRING_KIND_NORMAL)                \
    CONSTANT(JS_STRING_KIND_SLICE)                 \
    CONSTANT(JS_ATOM_TYPE_SYMBOL)                  \
    CONSTANT(JS_ATOM_TYPE_PRIVATE)                 \
    CONSTANT(JS_ATOM_TAG_INT)                      \
    CONSTANT(JS_TAG_BIG_INT)                       \
    CONSTANT(JS_TAG_SYMBOL)                        \
    CONSTANT(JS_TAG_STRING)                        \
    CONSTANT(JS_TAG_FUNCTION_BYTECODE)             \
    CONSTANT(JS_TAG_OBJECT)                        \
    CONSTANT(JS_TAG_INT)                           \
    CONSTANT(JS_TAG_BOOL)                          \
    CONSTANT(JS_TAG_NULL)                          \
    CONSTANT(JS_TAG_UNDEFINED)                     \
    CONSTANT(JS_TAG_SHORT_BIG_INT)                 \
    CONSTANT(JS_TAG_FLOAT64)                       \
    CONSTANT(JS_TAG_FIRST)                         \
    CONSTANT(JS_FLOAT64_TAG_ADDEND)                \
    CONSTANT(JS_FUNC_NORMAL)                       \
    CONSTANT(JS_FUNC_GENERATOR)                    \
    CONSTANT(JS_FUNC_ASYNC)                        \
    CONSTANT(JS_FUNC_ASYNC_GENERATOR)              \
    CONSTANT(PC2LINE_BASE)                         \
    CONSTANT(PC2LINE_RANGE)                        \
    CONSTANT(PC2LINE_OP_FIRST)                     \
    CONSTANT(OP_push_0)                            \
    CONSTANT(OP_get_loc0_loc1)                     \
    CONSTANT(OP_get_loc0)                          \
    CONSTANT(OP_get_arg0)                          \
    CONSTANT(OP_get_var_ref0)                      \
    CONSTANT(OP_call0)

#define JSC_CONSTANT_NAME(constant) JSC_NAME(#constant)
#define JSC_CONSTANT(constant) (int32_t)(constant),

JSC_LAYOUT char jsc_layout_constant_names[] = JSC_LAYOUT_CONSTANTS(JSC_CONSTANT_NAME);
JSC_LAYOUT int32_t jsc_layout_constants[] = { JSC_LAYOUT_CONSTANTS(JSC_CONSTANT) };
