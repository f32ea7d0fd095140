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

/* As UTF-8, on one line. A half of a pair is written like any other code point; who reads it takes it for damaged. */
static size_t jsc_append_string(char *out, size_t capacity, size_t length, JSString *p)
{
    uint32_t i;
    for (i = 0; i < p->len && length + UTF8_CHAR_LEN_MAX <= capacity; i++) {
        uint32_t c = p->is_wide_char ? str16(p)[i] : str8(p)[i];
        if (is_hi_surrogate(c) && i + 1 < p->len && is_lo_surrogate(str16(p)[i + 1]))
            c = from_surrogate(c, str16(p)[++i]);
        length += utf8_encode((uint8_t *)out + length, c < ' ' ? ' ' : c);
    }
    return length;
}

static size_t jsc_append_atom(JSRuntime *rt, char *out, size_t capacity, size_t length, JSAtom atom)
{
    if (__JS_AtomIsTaggedInt(atom))
        return jsc_append_number(out, capacity, length, __JS_AtomToUInt32(atom));
    return jsc_append_string(out, capacity, length, rt->atom_array[atom]);
}

/* The name that a function has as an object: only declarations have one in their bytecode, too. Its properties are gone through
 * one by one, since their hash may be in the middle of a change. */
static size_t jsc_append_function(JSRuntime *rt, char *out, size_t capacity, size_t length, JSObject *p)
{
    JSFunctionBytecode *b = p->u.func.function_bytecode;
    JSShapeProperty *prs = get_shape_prop(p->shape);
    int i;

    /* A computed name can be of any length. */
    if (capacity > length + 256)
        capacity = length + 256;
    for (i = 0; i < p->shape->prop_count; i++) {
        JSValue value = p->prop[i].u.value;
        if (prs[i].atom != JS_ATOM_name || (prs[i].flags & JS_PROP_TMASK) != JS_PROP_NORMAL)
            continue;
        if (JS_VALUE_GET_TAG(value) == JS_TAG_STRING && JS_VALUE_GET_STRING(value)->len > 0)
            return jsc_append_string(out, capacity, length, JS_VALUE_GET_STRING(value));
    }
    if (b->func_name && b->func_name != JS_ATOM__eval_)
        return jsc_append_atom(rt, out, capacity, length, b->func_name);
    return jsc_append(out, capacity, length, "<anonymous>");
}

/* Writes the JavaScript stack to `out`, a line a frame in the form of `Error.prototype.stack`, and a line `...` where there is no
 * more room; returns its length. */
size_t jsc_describe_stack(JSContext *ctx, char *out, size_t capacity)
{
    static const char more[] = "    ...\n";
    JSRuntime *rt = ctx->rt;
    JSStackFrame *sf;
    size_t length = 0;

    capacity -= sizeof(more);
    for (sf = rt->current_stack_frame; sf != NULL; sf = sf->prev_frame) {
        size_t begin = length;
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
        length = jsc_append_function(rt, out, capacity, length, p);
        length = jsc_append(out, capacity, length, " (");
        length = jsc_append_atom(rt, out, capacity, length, b->filename);
        length = jsc_append(out, capacity, length, ":");
        length = jsc_append_number(out, capacity, length, line);
        length = jsc_append(out, capacity, length, ":");
        length = jsc_append_number(out, capacity, length, column);
        length = jsc_append(out, capacity, length, ")\n");
        if (length + UTF8_CHAR_LEN_MAX > capacity)
            return jsc_append(out, capacity + sizeof(more), begin, more);
    }
    return length;
}
