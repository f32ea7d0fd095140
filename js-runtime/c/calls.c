/* How many arguments methods are called with: a parameter that no call passes may have code of its own that can go.
 *
 * `JSON.parse` needs the engine's slower parser for a reviver. Where every mention of `parse` is a call of a method with
 * one argument, that parser is left out; and so is what `JSON.stringify` needs for a replacer or an indentation. */

/* How many values the instruction takes from the stack; -1 where another may come in front of the one behind it. */
static int jsc_count_taken(const uint8_t *code)
{
    const JSOpCode *info = &short_opcode_info(*code);
    switch (info->fmt) {
    case OP_FMT_npop:
    case OP_FMT_npop_u16:
        return info->n_pop + get_u16(code + 1);
    case OP_FMT_npopx:
        return info->n_pop + *code - OP_call0;
    case OP_FMT_label:
    case OP_FMT_label8:
    case OP_FMT_label16:
    case OP_FMT_label_u16:
    case OP_FMT_atom_label_u8:
    case OP_FMT_atom_label_u16:
        return -1;
    default:
        return info->n_pop;
    }
}

/* Whether this calls the method that `depth` values lie on top of. */
static bool jsc_calls_method_below(const uint8_t *code, int depth)
{
    return (*code == OP_call_method || *code == OP_tail_call_method) && get_u16(code + 1) == depth;
}

/* How many arguments the method gets that the OP_get_field2 at `position` reads; -1 where that cannot be seen. */
static int jsc_count_arguments(const JSFunctionBytecode *b, int position)
{
    /* What lies on the stack above the method. */
    int depth = 0;
    for (;;) {
        const uint8_t *code;
        int taken;
        position += short_opcode_info(b->byte_code_buf[position]).size;
        if (position >= b->byte_code_len)
            return -1;
        code = b->byte_code_buf + position;
        if (jsc_calls_method_below(code, depth))
            return depth;
        taken = jsc_count_taken(code);
        /* What takes the method itself is none of the calls above. */
        if (taken < 0 || depth < taken)
            return -1;
        depth += short_opcode_info(*code).n_push - taken;
    }
}

/* Whether the code of `b` does no more with what is called `name` than to call it with one argument. */
static bool jsc_calls_with_one_argument(const JSFunctionBytecode *b, JSAtom name)
{
    int position;
    for (position = 0; position < b->byte_code_len; position += short_opcode_info(b->byte_code_buf[position]).size) {
        const uint8_t *code = b->byte_code_buf + position;
        if (jsc_atom_of(code) == name && *code != OP_set_name &&
            (*code != OP_get_field2 || jsc_count_arguments(b, position) != 1))
            return false;
    }
    return true;
}

/* Whether nothing can pass more than one argument to what is called `name`. False where memory runs out. */
static bool jsc_takes_one_argument(JSContext *ctx, const char *name)
{
    JSAtom atom = __JS_FindAtom(ctx->rt, name, strlen(name), JS_ATOM_TYPE_STRING);
    JscMentions values;
    struct list_head *el;
    bool result = true;

    if (atom == JS_ATOM_NULL)
        return true;
    if (jsc_find_mentions(ctx, &values, JSC_OF_VALUES)) {
        JS_FreeAtom(ctx, atom);
        return false;
    }
    jsc_mention_kept(&values);
    result = !jsc_is_callable(&values, atom);
    jsc_end_mentions(&values);
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE)
            result = result && jsc_calls_with_one_argument((JSFunctionBytecode *)header, atom);
    }
    JS_FreeAtom(ctx, atom);
    return result;
}

/* Takes the place of the parser with a reviver: who comes by `JSON.parse` without its name may still pass one. */
static JSValue jsc_refuse_reviver(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_ThrowTypeError(ctx, "JSON.parse with a reviver was left out of this module, which nowhere passes one; "
                                  "compile it with --keep JSON.parse");
}

static JSValue jsc_refuse_stringify_options(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_ThrowTypeError(ctx, "JSON.stringify with a replacer or an indentation was left out of this module, which "
                                  "nowhere passes one; compile it with --keep JSON.stringify");
}

static void jsc_drop_json_options(JSContext *ctx)
{
    if (jsc_takes_one_argument(ctx, "parse"))
        jsc_parse_with_reviver = jsc_refuse_reviver;
    if (jsc_takes_one_argument(ctx, "stringify"))
        jsc_stringify_with_options = jsc_refuse_stringify_options;
}
