/* What is left of a body that is suspended: the bytecode that its frame can still reach.
 *
 * A module's body runs once. What has run of it is cleared before the snapshot, and so are the constants and variables that
 * nothing else in it uses, and their lines. What only these referred to goes, and what they alone named is not mentioned any
 * more. Zeros take no place in a module. */

typedef struct {
    JSContext *ctx;
    /* A function and its bytecode, which no other function shares. */
    JSObject *function;
    JSFunctionBytecode *b;
    /* By offset in the bytecode: whether an instruction that can run starts there. */
    bool *is_live;
    /* By index. */
    bool *uses_constant, *uses_variable;
    /* Offsets of live instructions whose successors are to be looked at. */
    uint32_t *waiting;
    int waiting_count;
} JscRemainder;

/* The body's frame if it waits at the suspension. */
static JSStackFrame *jsc_find_suspended_frame(JSContext *ctx)
{
    struct list_head *el;
    if (!jsc_body_waits())
        return NULL;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSAsyncFunctionData *data = (JSAsyncFunctionData *)header;
        JSStackFrame *frame = &data->func_state.frame;
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_ASYNC_FUNCTION && data->is_active && frame->cur_sp &&
            JS_VALUE_GET_TAG(frame->cur_func) == JS_TAG_OBJECT &&
            JS_VALUE_GET_OBJ(frame->cur_func)->u.func.function_bytecode == jsc_items.bytecode)
            return frame;
    }
    return NULL;
}

static void jsc_reach_instruction(JscRemainder *r, uint32_t position)
{
    if (position >= r->b->byte_code_len || r->is_live[position])
        return;
    r->is_live[position] = true;
    r->waiting[r->waiting_count++] = position;
}

/* Where the instruction at `code` can go, as an offset from `code`; 0 for nowhere but on. */
static int32_t jsc_jump_of(const uint8_t *code)
{
    switch (short_opcode_info(code[0]).fmt) {
    case OP_FMT_label8:
        return 1 + get_i8(code + 1);
    case OP_FMT_label16:
        return 1 + (int16_t)get_u16(code + 1);
    case OP_FMT_label:
    case OP_FMT_label_u16:
        return 1 + (int32_t)get_u32(code + 1);
    case OP_FMT_atom_label_u8:
    case OP_FMT_atom_label_u16:
        return 5 + (int32_t)get_u32(code + 5);
    default:
        return 0;
    }
}

static bool jsc_goes_on(uint8_t opcode)
{
    switch (opcode) {
    case OP_goto:
    case OP_goto8:
    case OP_goto16:
    case OP_return:
    case OP_return_undef:
    case OP_return_async:
    case OP_tail_call:
    case OP_tail_call_method:
    case OP_throw:
    case OP_throw_error:
    case OP_ret:
        return false;
    default:
        return true;
    }
}

/* What a function that is made takes from the variables of the function around it. */
static void jsc_use_variables_of(JscRemainder *r, JSValueConst function)
{
    const JSFunctionBytecode *b;
    int i;
    if (JS_VALUE_GET_TAG(function) != JS_TAG_FUNCTION_BYTECODE)
        return;
    b = JS_VALUE_GET_PTR(function);
    for (i = 0; i < b->closure_var_count; i++)
        if (b->closure_var[i].closure_type == JS_CLOSURE_REF || b->closure_var[i].closure_type == JS_CLOSURE_GLOBAL_REF)
            r->uses_variable[b->closure_var[i].var_idx] = true;
}

static void jsc_use_constant(JscRemainder *r, int index)
{
    r->uses_constant[index] = true;
    jsc_use_variables_of(r, r->b->cpool[index]);
}

static void jsc_use_operands(JscRemainder *r, const uint8_t *code)
{
    switch (short_opcode_info(code[0]).fmt) {
    case OP_FMT_const8:
        jsc_use_constant(r, code[1]);
        break;
    case OP_FMT_const:
        jsc_use_constant(r, get_u32(code + 1));
        break;
    case OP_FMT_var_ref:
        r->uses_variable[get_u16(code + 1)] = true;
        break;
    case OP_FMT_none_var_ref:
        r->uses_variable[(code[0] - OP_get_var_ref0) % 4] = true;
        break;
    case OP_FMT_atom_u16:
        if (code[0] == OP_make_var_ref_ref)
            r->uses_variable[get_u16(code + 5)] = true;
        break;
    default:
        break;
    }
}

/* Returns false where the body has to stay whole: what `eval` uses of it cannot be told. */
static bool jsc_reach_remainder(JscRemainder *r, const JSStackFrame *frame)
{
    const JSFunctionBytecode *b = r->b;
    const JSValue *value;
    jsc_reach_instruction(r, frame->cur_pc - b->byte_code_buf);
    for (value = frame->var_buf + b->var_count; value < frame->cur_sp; value++)
        if (JS_VALUE_GET_TAG(*value) == JS_TAG_CATCH_OFFSET)
            jsc_reach_instruction(r, JS_VALUE_GET_INT(*value));
    while (r->waiting_count > 0) {
        uint32_t position = r->waiting[--r->waiting_count];
        const uint8_t *code = b->byte_code_buf + position;
        int32_t jump = jsc_jump_of(code);
        if (code[0] == OP_eval || code[0] == OP_apply_eval)
            return false;
        jsc_use_operands(r, code);
        if (jump)
            jsc_reach_instruction(r, position + jump);
        if (jsc_goes_on(code[0]))
            jsc_reach_instruction(r, position + short_opcode_info(code[0]).size);
    }
    return true;
}

static void jsc_clear_instructions(JscRemainder *r)
{
    uint8_t *code = r->b->byte_code_buf, *end = code + r->b->byte_code_len;
    while (code < end) {
        int size = short_opcode_info(code[0]).size;
        if (!r->is_live[code - r->b->byte_code_buf]) {
            free_bytecode_atoms(r->ctx->rt, code, size, true);
            memset(code, OP_invalid, size);
        }
        code += size;
    }
}

static void jsc_clear_operands(JscRemainder *r)
{
    JSFunctionBytecode *b = r->b;
    JSVarRef **variables = r->function->u.func.var_refs;
    int i;
    for (i = 0; i < b->cpool_count; i++) {
        if (!r->uses_constant[i]) {
            JSValue constant = b->cpool[i];
            b->cpool[i] = JS_MKVAL(JS_TAG_INT, 0);
            JS_FreeValue(r->ctx, constant);
        }
    }
    for (i = 0; i < b->closure_var_count; i++) {
        if (!r->uses_variable[i]) {
            JSVarRef *variable = variables[i];
            variables[i] = NULL;
            free_var_ref(r->ctx->rt, variable);
            JS_FreeAtom(r->ctx, b->closure_var[i].var_name);
            memset(&b->closure_var[i], 0, sizeof(b->closure_var[i]));
        }
    }
}

static uint8_t *jsc_put_leb128(uint8_t *p, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        *p++ = value | 0x80;
    *p++ = value;
    return p;
}

static uint8_t *jsc_put_sleb128(uint8_t *p, int32_t value)
{
    return jsc_put_leb128(p, ((uint32_t)value << 1) ^ (value >> 31));
}

/* Replaces the entries of the table of lines up to the first live instruction by one. `find_line_num` has the format. */
static void jsc_clear_lines(JscRemainder *r)
{
    JSFunctionBytecode *b = r->b;
    const uint8_t *p = b->pc2line_buf, *end = p + b->pc2line_len;
    uint32_t first = 0, pc = 0;
    int32_t line = 0, column = 0;
    uint8_t entry[16], *entry_end;

    while (first < b->byte_code_len && !r->is_live[first])
        first++;
    while (p && p < end) {
        const uint8_t *next = p + 1;
        uint32_t skipped = (*p - PC2LINE_OP_FIRST) / PC2LINE_RANGE;
        int32_t lines = (*p - PC2LINE_OP_FIRST) % PC2LINE_RANGE + PC2LINE_BASE, columns;
        if (*p == 0) {
            next += get_leb128(&skipped, next, end);
            next += get_sleb128(&lines, next, end);
        }
        next += get_sleb128(&columns, next, end);
        if (pc + skipped > first)
            break;
        pc += skipped;
        line += lines;
        column += columns;
        p = next;
    }
    entry[0] = 0;
    entry_end = jsc_put_leb128(entry + 1, pc);
    entry_end = jsc_put_sleb128(entry_end, line);
    entry_end = jsc_put_sleb128(entry_end, column);
    if (p - b->pc2line_buf > entry_end - entry) {
        int length = entry_end - entry;
        uint8_t *shorter;
        memmove(b->pc2line_buf + length, p, end - p);
        memcpy(b->pc2line_buf, entry, length);
        b->pc2line_len = length + (end - p);
        shorter = js_realloc(r->ctx, b->pc2line_buf, b->pc2line_len);
        if (shorter)
            b->pc2line_buf = shorter;
    }
}

static void jsc_end_remainder(JscRemainder *r)
{
    js_free(r->ctx, r->is_live);
    js_free(r->ctx, r->uses_constant);
    js_free(r->ctx, r->uses_variable);
    js_free(r->ctx, r->waiting);
}

/* Returns -1 where memory ran out. `jsc_end_remainder` frees it in any case. */
static int jsc_begin_remainder(JscRemainder *r, JSContext *ctx, JSObject *function)
{
    JSFunctionBytecode *b = function->u.func.function_bytecode;
    *r = (JscRemainder){ .ctx = ctx, .function = function, .b = b };
    r->is_live = js_mallocz(ctx, b->byte_code_len);
    r->uses_constant = js_mallocz(ctx, b->cpool_count + 1);
    r->uses_variable = js_mallocz(ctx, b->closure_var_count + 1);
    r->waiting = js_malloc(ctx, b->byte_code_len * sizeof(*r->waiting));
    return r->is_live && r->uses_constant && r->uses_variable && r->waiting ? 0 : -1;
}

static void jsc_clear_remainder(JscRemainder *r)
{
    jsc_clear_lines(r);
    jsc_clear_instructions(r);
    jsc_clear_operands(r);
}

/* Returns -1 where memory ran out. */
int jsc_drop_what_has_run(JSContext *ctx)
{
    JSStackFrame *frame = jsc_find_suspended_frame(ctx);
    JscRemainder r;
    int result;

    if (!frame)
        return 0;
    result = jsc_begin_remainder(&r, ctx, JS_VALUE_GET_OBJ(frame->cur_func));
    if (result == 0 && jsc_reach_remainder(&r, frame))
        jsc_clear_remainder(&r);
    jsc_end_remainder(&r);
    return result;
}

/* Clears the code of a function that nothing calls any more. Returns -1 where memory ran out. */
static int jsc_clear_code(JSContext *ctx, JSObject *function)
{
    JscRemainder r;
    int result = jsc_begin_remainder(&r, ctx, function);
    if (result == 0)
        jsc_clear_remainder(&r);
    jsc_end_remainder(&r);
    return result;
}
