/* What a function does with closed objects: its bytecode run on sets of them instead of values.
 *
 * Local variables have one set each for the whole function, the stack has one at each place. An instruction that is not
 * listed here lets what it takes from the stack escape, and gives nothing closed. */

/* The stack in front of an instruction that can be jumped to. */
typedef struct {
    int depth;
    JscFlowValue values[];
} JscFlowState;

typedef struct {
    JSContext *ctx;
    const JscCode *code;
    JscFlowValue *stack;
    int depth;
    JscClosedSet *locals;
    /* By offset in the bytecode. */
    JscFlowState **states;
    bool *is_waiting;
    uint32_t *waiting;
    int waiting_count;
    /* Whether a variable may be more than it was known to be when the function was begun. */
    bool must_repeat;
    /* Whether something came up that is not understood, or memory ran out. */
    bool has_failed;
} JscFlow;

static const JscFlowValue jsc_not_closed;

static void jsc_push_value(JscFlow *f, JscFlowValue value)
{
    if (f->depth < f->code->b->stack_size)
        f->stack[f->depth++] = value;
    else
        f->has_failed = true;
}

static void jsc_push_closed(JscFlow *f, JscClosedSet may)
{
    jsc_push_value(f, (JscFlowValue){ .may = may });
}

static JscFlowValue jsc_pop_value(JscFlow *f)
{
    if (f->depth > 0)
        return f->stack[--f->depth];
    f->has_failed = true;
    return jsc_not_closed;
}

static void jsc_pop_to_escape(JscFlow *f, int count)
{
    while (count-- > 0)
        jsc_let_escape(jsc_pop_value(f).may);
}

/* Control can go to `position` with the stack as it is. */
static void jsc_flow_to(JscFlow *f, uint32_t position)
{
    JscFlowState *state;
    bool has_changed = false;
    int i;
    if (position >= f->code->b->byte_code_len) {
        f->has_failed = true;
        return;
    }
    state = f->states[position];
    if (!state) {
        state = js_malloc(f->ctx, sizeof(*state) + f->depth * sizeof(*f->stack));
        if (!state) {
            f->has_failed = true;
            return;
        }
        state->depth = f->depth;
        memcpy(state->values, f->stack, f->depth * sizeof(*f->stack));
        f->states[position] = state;
        has_changed = true;
    } else if (state->depth != f->depth) {
        f->has_failed = true;
        return;
    }
    for (i = 0; i < f->depth; i++) {
        JscFlowValue *old = &state->values[i], merged = f->stack[i];
        merged.may |= old->may;
        merged.looked_up_in &= old->looked_up_in;
        merged.function = merged.function == old->function ? old->function : NULL;
        has_changed |= merged.may != old->may || merged.looked_up_in != old->looked_up_in || merged.function != old->function;
        *old = merged;
    }
    if (has_changed && !f->is_waiting[position]) {
        f->is_waiting[position] = true;
        f->waiting[f->waiting_count++] = position;
    }
}

static void jsc_put_in_local(JscFlow *f, int index, JscClosedSet may)
{
    const JSFunctionBytecode *b = f->code->b;
    if (b->vardefs[b->arg_count + index].is_captured)
        jsc_let_escape(may);
    else if (may & ~f->locals[index])
        f->must_repeat = true;
    f->locals[index] |= may;
}

static JscClosedSet jsc_value_of_argument(JscFlow *f, int index)
{
    return index < f->code->b->arg_count ? f->code->arguments[index] : 0;
}

/* `code` may be called with these as the argument at `index`, or as its `this` behind the last. */
static void jsc_give(JscCode *code, int index, JscClosedSet may)
{
    if (may & ~code->arguments[index])
        jsc_closed.has_changed = true;
    code->arguments[index] |= may;
}

/* A call of `callee` with the `count` values on top of the stack, which it takes. */
static void jsc_pass_arguments(JscFlow *f, int count, JSObject *callee)
{
    JscCode *code = callee ? jsc_code_of(f->ctx, callee->u.func.function_bytecode) : NULL;
    while (count-- > 0) {
        JscClosedSet may = jsc_pop_value(f).may;
        if (!may)
            continue;
        if (!code || code->has_frame)
            jsc_let_escape(may);
        else if (count < code->b->arg_count)
            jsc_give(code, count, may);
    }
}

/* The callee lies below the arguments. */
static JscFlowValue jsc_flow_of_call(JscFlow *f, int count)
{
    JscFlowValue callee = jsc_not_closed;
    if (f->depth > count)
        callee = f->stack[f->depth - count - 1];
    jsc_pass_arguments(f, count, callee.function);
    jsc_pop_value(f);
    jsc_call_closed(callee.may);
    return callee;
}

static void jsc_flow_of_method_call(JscFlow *f, int count)
{
    JscFlowValue callee = jsc_flow_of_call(f, count);
    jsc_let_escape(jsc_pop_value(f).may & ~callee.looked_up_in);
}

/* The receiver stays on the stack. */
static void jsc_flow_of_get_field2(JscFlow *f, JSAtom name)
{
    JscFlowValue value = jsc_not_closed;
    JscClosedSet set;
    if (f->depth > 0)
        value.looked_up_in = f->stack[f->depth - 1].may;
    value.may = jsc_read_closed(value.looked_up_in, name);
    for (set = value.looked_up_in; set; set &= set - 1) {
        JSObject *method = jsc_method_of_closed(jsc_first_closed(set), name);
        JscCode *code = method ? jsc_code_of(f->ctx, method->u.func.function_bytecode) : NULL;
        JscClosedSet this_value = set & -set;
        if (code)
            jsc_give(code, code->b->arg_count, this_value);
        else if (method)
            jsc_let_escape(this_value);
    }
    jsc_push_value(f, value);
}

/* What instructions that only move values make of the topmost ones, of which `a` is the lowest. */
static const struct {
    uint8_t opcode;
    const char *result;
} jsc_moves[] = {
    { OP_nip, "b" },        { OP_nip1, "bc" },     { OP_dup, "aa" },        { OP_dup1, "aab" },
    { OP_dup2, "abab" },    { OP_dup3, "abcabc" }, { OP_insert2, "bab" },   { OP_insert3, "cabc" },
    { OP_insert4, "dabcd" }, { OP_perm3, "bac" },  { OP_perm4, "cabd" },    { OP_perm5, "dabce" },
    { OP_swap, "ba" },      { OP_swap2, "cdab" },  { OP_rot3l, "bca" },     { OP_rot3r, "cab" },
    { OP_rot4l, "bcda" },   { OP_rot5l, "bcdea" }, { OP_to_object, "a" },
};

static bool jsc_flow_of_move(JscFlow *f, uint8_t opcode)
{
    JscFlowValue values[5];
    int count = short_opcode_info(opcode).n_pop, i;
    const char *letter;
    for (i = 0; i < (int)countof(jsc_moves) && jsc_moves[i].opcode != opcode; i++)
        ;
    if (i == (int)countof(jsc_moves))
        return false;
    letter = jsc_moves[i].result;
    for (i = count - 1; i >= 0; i--)
        values[i] = jsc_pop_value(f);
    for (; *letter; letter++)
        jsc_push_value(f, values[*letter - 'a']);
    return true;
}

/* Instructions that take values only to compare them with others or to ask for their type. */
static bool jsc_only_looks(uint8_t opcode)
{
    switch (opcode) {
    case OP_drop:
    case OP_strict_eq:
    case OP_strict_neq:
    case OP_typeof:
    case OP_typeof_is_function:
    case OP_typeof_is_undefined:
    case OP_is_undefined:
    case OP_is_null:
    case OP_is_undefined_or_null:
    case OP_lnot:
    case OP_if_false:
    case OP_if_true:
    case OP_if_false8:
    case OP_if_true8:
        return true;
    default:
        return false;
    }
}

static void jsc_flow_of_others(JscFlow *f, const uint8_t *code)
{
    const JSOpCode *info = &short_opcode_info(code[0]);
    int count = info->n_pop, i;
    if (info->fmt == OP_FMT_npop || info->fmt == OP_FMT_npop_u16)
        count += get_u16(code + 1);
    if (jsc_only_looks(code[0])) {
        for (i = 0; i < count; i++)
            jsc_pop_value(f);
    } else {
        jsc_pop_to_escape(f, count);
    }
    for (i = 0; i < info->n_push; i++)
        jsc_push_closed(f, 0);
}

/* All that lies on the stack. */
static void jsc_let_stack_escape(JscFlow *f)
{
    int i;
    for (i = 0; i < f->depth; i++) {
        jsc_let_escape(f->stack[i].may);
        f->stack[i] = jsc_not_closed;
    }
}

static void jsc_flow_of_variables(JscFlow *f, const uint8_t *code)
{
    uint8_t opcode = code[0];
    switch (opcode) {
    case OP_get_loc:
    case OP_get_loc_check:
        jsc_push_closed(f, f->locals[get_u16(code + 1)]);
        break;
    case OP_get_loc8:
        jsc_push_closed(f, f->locals[code[1]]);
        break;
    case OP_get_loc0_loc1:
        jsc_push_closed(f, f->locals[0]);
        jsc_push_closed(f, f->locals[1]);
        break;
    case OP_get_loc0 ... OP_get_loc3:
        jsc_push_closed(f, f->locals[opcode - OP_get_loc0]);
        break;
    case OP_put_loc:
    case OP_put_loc_check:
    case OP_put_loc_check_init:
        jsc_put_in_local(f, get_u16(code + 1), jsc_pop_value(f).may);
        break;
    case OP_put_loc8:
        jsc_put_in_local(f, code[1], jsc_pop_value(f).may);
        break;
    case OP_put_loc0 ... OP_put_loc3:
        jsc_put_in_local(f, opcode - OP_put_loc0, jsc_pop_value(f).may);
        break;
    case OP_set_loc:
    case OP_set_loc8:
    case OP_set_loc0 ... OP_set_loc3: {
        JscFlowValue value = jsc_pop_value(f);
        jsc_put_in_local(f,
                         opcode == OP_set_loc    ? get_u16(code + 1)
                         : opcode == OP_set_loc8 ? code[1]
                                                 : opcode - OP_set_loc0,
                         value.may);
        jsc_push_value(f, value);
        break;
    }
    case OP_get_arg:
        jsc_push_closed(f, jsc_value_of_argument(f, get_u16(code + 1)));
        break;
    case OP_get_arg0 ... OP_get_arg3:
        jsc_push_closed(f, jsc_value_of_argument(f, opcode - OP_get_arg0));
        break;
    case OP_get_var_ref:
    case OP_get_var_ref_check:
        jsc_push_value(f, f->code->variables[get_u16(code + 1)]);
        break;
    case OP_get_var_ref0 ... OP_get_var_ref3:
        jsc_push_value(f, f->code->variables[opcode - OP_get_var_ref0]);
        break;
    case OP_inc_loc:
    case OP_dec_loc:
    case OP_add_loc:
        jsc_let_escape(f->locals[code[1]]);
        jsc_flow_of_others(f, code);
        break;
    default:
        jsc_flow_of_others(f, code);
        break;
    }
}

/* Runs the instruction at `position`. Returns whether the next one can follow it. */
static bool jsc_flow_of_instruction(JscFlow *f, uint32_t position)
{
    const uint8_t *code = f->code->b->byte_code_buf + position;
    uint8_t opcode = code[0];
    int32_t jump = jsc_jump_of(code);
    JscFlowValue value;

    if (jsc_flow_of_move(f, opcode))
        return true;
    switch (opcode) {
    case OP_invalid:
        return false;
    case OP_eval:
    case OP_apply_eval:
    case OP_make_loc_ref:
    case OP_make_arg_ref:
    case OP_make_var_ref_ref:
    case OP_with_get_var ... OP_with_get_ref_undef:
        f->has_failed = true;
        return false;
    case OP_push_this:
        jsc_push_closed(f, f->code->arguments[f->code->b->arg_count]);
        return true;
    case OP_get_field:
        value = jsc_pop_value(f);
        jsc_push_closed(f, jsc_read_closed(value.may, get_u32(code + 1)));
        return true;
    case OP_get_length:
        value = jsc_pop_value(f);
        jsc_push_closed(f, jsc_read_closed(value.may, JS_ATOM_length));
        return true;
    case OP_get_field2:
        jsc_flow_of_get_field2(f, get_u32(code + 1));
        return true;
    case OP_put_field:
        jsc_let_escape(jsc_pop_value(f).may);
        jsc_write_closed(jsc_pop_value(f).may, get_u32(code + 1));
        return true;
    case OP_instanceof:
        jsc_read_closed(jsc_pop_value(f).may, JS_ATOM_prototype);
        jsc_pop_to_escape(f, 1);
        jsc_push_closed(f, 0);
        return true;
    case OP_call0 ... OP_call3:
        jsc_flow_of_call(f, opcode - OP_call0);
        jsc_push_closed(f, 0);
        return true;
    case OP_call:
        jsc_flow_of_call(f, get_u16(code + 1));
        jsc_push_closed(f, 0);
        return true;
    case OP_tail_call:
        jsc_flow_of_call(f, get_u16(code + 1));
        return false;
    case OP_call_method:
        jsc_flow_of_method_call(f, get_u16(code + 1));
        jsc_push_closed(f, 0);
        return true;
    case OP_tail_call_method:
        jsc_flow_of_method_call(f, get_u16(code + 1));
        return false;
    /* These reach further down the stack than the table of opcodes says. */
    case OP_nip_catch:
    case OP_copy_data_properties:
    case OP_for_of_next:
        jsc_let_stack_escape(f);
        jsc_flow_of_others(f, code);
        return true;
    case OP_gosub:
        jsc_push_closed(f, 0);
        jsc_flow_to(f, position + jump);
        jsc_pop_value(f);
        return true;
    default:
        jsc_flow_of_variables(f, code);
        if (jump)
            jsc_flow_to(f, position + jump);
        return jsc_goes_on(opcode);
    }
}

/* From an instruction that can be jumped to on to the next such one. */
static void jsc_flow_from(JscFlow *f, uint32_t position)
{
    const JSFunctionBytecode *b = f->code->b;
    const JscFlowState *state = f->states[position];
    f->depth = state->depth;
    memcpy(f->stack, state->values, state->depth * sizeof(*f->stack));
    for (;;) {
        if (!jsc_flow_of_instruction(f, position) || f->has_failed)
            return;
        position += short_opcode_info(b->byte_code_buf[position]).size;
        if (position >= b->byte_code_len) {
            f->has_failed = true;
            return;
        }
        if (f->states[position]) {
            jsc_flow_to(f, position);
            return;
        }
    }
}

/* All that the function may have of closed objects. */
static JscClosedSet jsc_closed_in(const JscCode *code)
{
    JscClosedSet set = 0;
    int i;
    for (i = 0; i < code->b->closure_var_count; i++)
        set |= code->variables[i].may;
    for (i = 0; i <= code->b->arg_count; i++)
        set |= code->arguments[i];
    return set;
}

/* Where the function is entered: at its start, or where it is suspended. */
static void jsc_enter_flow(JscFlow *f, const JSStackFrame *suspended)
{
    uint32_t position = 0;
    f->depth = 0;
    if (suspended && JS_VALUE_GET_OBJ(suspended->cur_func)->u.func.function_bytecode == f->code->b) {
        const JSValue *value = suspended->var_buf + f->code->b->var_count;
        position = suspended->cur_pc - f->code->b->byte_code_buf;
        for (; value < suspended->cur_sp; value++) {
            jsc_push_closed(f, 0);
            if (JS_VALUE_GET_TAG(*value) == JS_TAG_CATCH_OFFSET)
                jsc_flow_to(f, JS_VALUE_GET_INT(*value));
        }
    }
    jsc_flow_to(f, position);
    while (f->waiting_count > 0 && !f->has_failed) {
        position = f->waiting[--f->waiting_count];
        f->is_waiting[position] = false;
        jsc_flow_from(f, position);
    }
}

static void jsc_forget_states(JscFlow *f)
{
    int position;
    for (position = 0; f->states && position < f->code->b->byte_code_len; position++) {
        js_free(f->ctx, f->states[position]);
        f->states[position] = NULL;
    }
}

/* Finds out what the function does with the closed objects that it may have. */
static void jsc_flow_through(JSContext *ctx, const JscCode *code, const JSStackFrame *suspended)
{
    const JSFunctionBytecode *b = code->b;
    JscFlow f = { .ctx = ctx, .code = code };
    int i;

    if (!jsc_closed_in(code))
        return;
    for (i = 0; i < b->arg_count; i++)
        if (b->vardefs[i].is_captured || code->has_frame)
            jsc_let_escape(code->arguments[i]);
    f.stack = js_malloc(ctx, b->stack_size * sizeof(*f.stack) + 1);
    f.locals = js_mallocz(ctx, b->var_count * sizeof(*f.locals) + 1);
    f.states = js_mallocz(ctx, b->byte_code_len * sizeof(*f.states));
    f.is_waiting = js_mallocz(ctx, b->byte_code_len);
    f.waiting = js_malloc(ctx, b->byte_code_len * sizeof(*f.waiting));
    f.has_failed = !f.stack || !f.locals || !f.states || !f.is_waiting || !f.waiting;
    do {
        f.must_repeat = false;
        if (!f.has_failed)
            jsc_enter_flow(&f, suspended);
        jsc_forget_states(&f);
    } while (f.must_repeat && !f.has_failed);
    if (f.has_failed)
        jsc_let_escape(jsc_closed_in(code));
    js_free(ctx, f.stack);
    js_free(ctx, f.locals);
    js_free(ctx, f.states);
    js_free(ctx, f.is_waiting);
    js_free(ctx, f.waiting);
}
