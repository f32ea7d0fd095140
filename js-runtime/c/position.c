/* Where the program is, told without allocating: it must work after a trap in the middle of anything. */

static size_t jsc_append(char *out, size_t capacity, size_t length, const char *text)
{
    while (*text && length < capacity)
        out[length++] = *text++;
    return length;
}

static size_t jsc_append_number(char *out, size_t capacity, size_t length, unsigned number)
{
    char digits[12];
    int i = sizeof(digits) - 1;
    digits[i] = '\0';
    do {
        digits[--i] = '0' + number % 10;
        number /= 10;
    } while (number);
    return jsc_append(out, capacity, length, digits + i);
}

/* Writes the JavaScript stack to `out`, a line a frame in the form of `Error.prototype.stack`; returns its length. */
size_t jsc_describe_stack(JSContext *ctx, char *out, size_t capacity)
{
    JSRuntime *rt = ctx->rt;
    JSStackFrame *sf;
    size_t length = 0;
    int frames = 0;

    for (sf = rt->current_stack_frame; sf != NULL && frames < 32; sf = sf->prev_frame) {
        char name[ATOM_GET_STR_BUF_SIZE];
        JSObject *p;
        JSFunctionBytecode *b;
        int line, column;

        if (JS_VALUE_GET_TAG(sf->cur_func) != JS_TAG_OBJECT)
            continue;
        p = JS_VALUE_GET_OBJ(sf->cur_func);
        if (!js_class_has_bytecode(p->class_id))
            continue;
        b = p->u.func.function_bytecode;
        line = find_line_num(ctx, b, sf->cur_pc ? sf->cur_pc - b->byte_code_buf - 1 : 0, &column);
        length = jsc_append(out, capacity, length, "    at ");
        length = jsc_append(out, capacity, length,
                            b->func_name && b->func_name != JS_ATOM__eval_ ? JS_AtomGetStrRT(rt, name, sizeof(name), b->func_name) : "<anonymous>");
        length = jsc_append(out, capacity, length, " (");
        length = jsc_append(out, capacity, length, JS_AtomGetStrRT(rt, name, sizeof(name), b->filename));
        length = jsc_append(out, capacity, length, ":");
        length = jsc_append_number(out, capacity, length, line);
        length = jsc_append(out, capacity, length, ":");
        length = jsc_append_number(out, capacity, length, column);
        length = jsc_append(out, capacity, length, ")\n");
        frames++;
    }
    return length;
}
