/* What is known of functions' bytecode while closed objects are looked at: what it is given of them, and what it can do to
 * variables. */

typedef struct {
    /* What it may be of the closed objects. */
    JscClosedSet may;
    /* The function that it certainly is, NULL where that is not known. */
    JSObject *function;
    /* The closed objects that it was looked up in to be called as their method. */
    JscClosedSet looked_up_in;
} JscFlowValue;

/* What is known of a function's bytecode. */
typedef struct {
    JSFunctionBytecode *b;
    /* What its variables of functions around it hold, and which of them it writes, functions within it included. */
    JscFlowValue *variables;
    bool *writes;
    /* What it is called with: its arguments, then its `this`. */
    JscClosedSet *arguments;
    /* Whether it can get at all of its arguments or at itself, or runs code that is not known yet. */
    bool has_frame;
    /* Whether its function objects have told what their variables hold. */
    bool has_variables;
} JscCode;

/* By node of the graph, made when it is asked for. */
static JscCode **jsc_codes;

/* What its instructions tell without being run. */
static void jsc_scan_code(JscCode *code)
{
    const JSFunctionBytecode *b = code->b;
    int position;
    for (position = 0; position < b->byte_code_len; position += short_opcode_info(b->byte_code_buf[position]).size) {
        const uint8_t *p = b->byte_code_buf + position;
        switch (p[0]) {
        case OP_put_var_ref:
        case OP_set_var_ref:
        case OP_put_var_ref_check:
        case OP_put_var_ref_check_init:
            code->writes[get_u16(p + 1)] = true;
            break;
        case OP_put_var_ref0 ... OP_put_var_ref3:
        case OP_set_var_ref0 ... OP_set_var_ref3:
            code->writes[(p[0] - OP_put_var_ref0) % 4] = true;
            break;
        case OP_make_var_ref_ref:
            code->writes[get_u16(p + 5)] = true;
            break;
        case OP_special_object:
            code->has_frame |= p[1] == OP_SPECIAL_OBJECT_ARGUMENTS || p[1] == OP_SPECIAL_OBJECT_MAPPED_ARGUMENTS ||
                               p[1] == OP_SPECIAL_OBJECT_THIS_FUNC || p[1] == OP_SPECIAL_OBJECT_NEW_TARGET;
            break;
        case OP_rest:
            code->has_frame = true;
            break;
        case OP_eval:
        case OP_apply_eval:
            code->has_frame = true;
            memset(code->writes, true, b->closure_var_count);
            break;
        case OP_get_field:
        case OP_get_field2:
            jsc_closed.knows_callers |= get_u32(p + 1) == jsc_closed.get_function;
            break;
        default:
            break;
        }
    }
}

/* NULL where memory ran out. */
static JscCode *jsc_code_of(JSContext *ctx, JSFunctionBytecode *b)
{
    int node = jsc_index_of(b);
    JscCode *code;
    if (node < 0)
        return NULL;
    if (jsc_codes[node])
        return jsc_codes[node];
    code = js_mallocz(ctx, sizeof(*code));
    if (!code)
        return NULL;
    code->b = b;
    code->variables = js_mallocz(ctx, b->closure_var_count * sizeof(*code->variables) + 1);
    code->writes = js_mallocz(ctx, b->closure_var_count + 1);
    code->arguments = js_mallocz(ctx, (b->arg_count + 1) * sizeof(*code->arguments));
    jsc_codes[node] = code;
    if (!code->variables || !code->writes || !code->arguments)
        return NULL;
    jsc_scan_code(code);
    return code;
}

static void jsc_free_codes(JSContext *ctx)
{
    int node;
    for (node = 0; jsc_codes && node < jsc_graph.nodes.count; node++) {
        if (!jsc_codes[node])
            continue;
        js_free(ctx, jsc_codes[node]->variables);
        js_free(ctx, jsc_codes[node]->writes);
        js_free(ctx, jsc_codes[node]->arguments);
        js_free(ctx, jsc_codes[node]);
    }
    js_free(ctx, jsc_codes);
    jsc_codes = NULL;
}
