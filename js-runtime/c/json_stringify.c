/* JSON.stringify for values whose serialisation runs no code of the program.
 *
 * QuickJS's makes an array of every object's keys and a new string of every key and value. This one walks plain objects
 * and arrays as they lie in memory and writes to one buffer. Where it meets anything that could call the program (an
 * accessor, `toJSON`, a proxy, any other class) or throw, it gives up before anything was called, and the second half
 * of this file does the whole work as ECMAScript's SerializeJSONProperty says (25.5.4.2). QuickJS's own is left for
 * replacers and indentation, and out of modules that use neither. */

enum { JSC_JSON_INITIAL_SIZE = 256 };

/* `JSC_JSON_OPENED` is of the second half, and there `JSC_JSON_GIVE_UP` is an exception. */
typedef enum { JSC_JSON_WRITTEN, JSC_JSON_UNDEFINED, JSC_JSON_OPENED, JSC_JSON_GIVE_UP } JscJsonResult;

/* An array or object that the second half has written a part of. */
typedef struct {
    JSObject *object;
    /* The element or property that comes next. */
    uint32_t next, count;
    /* NULL where it is an array. */
    JSPropertyEnum *keys;
    bool is_first;
    /* Its mark is this one's, and not that of a JSON.stringify around this one. */
    bool is_marked;
} JscJsonOpen;

typedef struct {
    JSContext *ctx;
    StringBuffer buffer;
    /* Prototypes that are known to have no `toJSON`, nor those above them. */
    JSObject *plain_protos[2];
    /* What is open, the innermost last: no nesting is too deep for the second half. */
    JscJsonOpen *open;
    int depth, size;
} JscJsonWriter;

/* Room for `size` more characters; the buffer may still be a wide one. */
static inline bool jsc_json_reserve(StringBuffer *b, int size)
{
    return likely(b->len + size <= b->size) || string_buffer_realloc(b, b->len + size, 0) == 0;
}

static inline void jsc_json_putc(JscJsonWriter *w, int c)
{
    string_buffer_putc8(&w->buffer, c);
}

static no_inline int jsc_json_write_escape(StringBuffer *b, int c)
{
    static const char letters[] = "btn\0fr";
    char text[6] = { '\\', 'u' };
    int i;

    if (c == '"' || c == '\\') {
        text[1] = c;
    } else if (c >= '\b' && c <= '\r' && letters[c - '\b']) {
        text[1] = letters[c - '\b'];
    } else {
        for (i = 0; i < 4; i++)
            text[2 + i] = "0123456789abcdef"[c >> (12 - 4 * i) & 15];
        return string_buffer_write8(b, (uint8_t *)text, 6);
    }
    return string_buffer_write8(b, (uint8_t *)text, 2);
}

static no_inline void jsc_json_quote16(StringBuffer *b, const uint16_t *text, int length)
{
    int i;
    string_buffer_putc8(b, '"');
    for (i = 0; i < length; i++) {
        int c = text[i];
        if (c < 0x20 || c == '"' || c == '\\') {
            jsc_json_write_escape(b, c);
        } else if (is_hi_surrogate(c) && i + 1 < length && is_lo_surrogate(text[i + 1])) {
            string_buffer_putc16(b, c);
            string_buffer_putc16(b, text[++i]);
        } else if (is_surrogate(c)) {
            jsc_json_write_escape(b, c);
        } else {
            string_buffer_putc16(b, c);
        }
    }
    string_buffer_putc8(b, '"');
}

static void jsc_json_quote8(StringBuffer *b, const uint8_t *text, int length)
{
    const uint8_t *end = text + length;

    if (!jsc_json_reserve(b, length + 2))
        return;
    string_buffer_putc8(b, '"');
    for (;;) {
        const uint8_t *run = jsc_plain_run(text, end, 0);
        string_buffer_write8(b, text, run - text);
        if (run == end)
            break;
        jsc_json_write_escape(b, *run);
        text = run + 1;
    }
    string_buffer_putc8(b, '"');
}

static inline void jsc_json_quote(JscJsonWriter *w, JSString *text)
{
    if (text->is_wide_char)
        jsc_json_quote16(&w->buffer, str16(text), text->len);
    else
        jsc_json_quote8(&w->buffer, str8(text), text->len);
}

/* Whether a `toJSON` may be found in `p` or above it. */
static bool jsc_json_may_have_to_json(JscJsonWriter *w, JSObject *p)
{
    JSObject *proto = p->shape->proto;
    JSObject *q;

    if (find_own_property1(p, JS_ATOM_toJSON))
        return true;
    if (proto == w->plain_protos[0] || proto == w->plain_protos[1])
        return false;
    for (q = proto; q != NULL; q = q->shape->proto) {
        if ((q->is_exotic && q->class_id != JS_CLASS_ARRAY) || find_own_property1(q, JS_ATOM_toJSON))
            return true;
    }
    w->plain_protos[1] = w->plain_protos[0];
    w->plain_protos[0] = proto;
    return false;
}

static JscJsonResult jsc_json_write(JscJsonWriter *w, JSValueConst value);

static JscJsonResult jsc_json_write_array(JscJsonWriter *w, JSObject *p)
{
    uint32_t i;

    if (!p->fast_array || JS_VALUE_GET_TAG(p->prop[0].u.value) != JS_TAG_INT ||
        (uint32_t)JS_VALUE_GET_INT(p->prop[0].u.value) != p->u.array.count)
        return JSC_JSON_GIVE_UP;
    jsc_json_putc(w, '[');
    for (i = 0; i < p->u.array.count; i++) {
        if (i)
            jsc_json_putc(w, ',');
        switch (jsc_json_write(w, p->u.array.u.values[i])) {
        case JSC_JSON_WRITTEN:
            break;
        case JSC_JSON_UNDEFINED:
            string_buffer_write8(&w->buffer, (const uint8_t *)"null", 4);
            break;
        default:
            return JSC_JSON_GIVE_UP;
        }
    }
    jsc_json_putc(w, ']');
    return JSC_JSON_WRITTEN;
}

static JscJsonResult jsc_json_write_object(JscJsonWriter *w, JSObject *p)
{
    JSShape *sh = p->shape;
    JSShapeProperty *property = get_shape_prop(sh);
    JSRuntime *rt = w->ctx->rt;
    bool is_first = true;
    int i;

    jsc_json_putc(w, '{');
    for (i = 0; i < sh->prop_count; i++, property++) {
        JSAtomStruct *name;
        int before;
        /* A deleted property. */
        if (property->atom == JS_ATOM_NULL)
            continue;
        /* Indices come first and in ascending order, wherever they stand. */
        if (__JS_AtomIsTaggedInt(property->atom))
            return JSC_JSON_GIVE_UP;
        name = jsc_atom_text(rt, property->atom);
        if (!name)
            return JSC_JSON_GIVE_UP;
        if (!(property->flags & JS_PROP_ENUMERABLE) || name->atom_type != JS_ATOM_TYPE_STRING)
            continue;
        if (property->flags & JS_PROP_TMASK)
            return JSC_JSON_GIVE_UP;
        before = w->buffer.len;
        if (!is_first)
            jsc_json_putc(w, ',');
        jsc_json_quote(w, name);
        jsc_json_putc(w, ':');
        switch (jsc_json_write(w, p->prop[i].u.value)) {
        case JSC_JSON_WRITTEN:
            is_first = false;
            break;
        case JSC_JSON_UNDEFINED:
            w->buffer.len = before;
            break;
        default:
            return JSC_JSON_GIVE_UP;
        }
    }
    jsc_json_putc(w, '}');
    return JSC_JSON_WRITTEN;
}

static no_inline JscJsonResult jsc_json_write_number(JscJsonWriter *w, double value)
{
    char text[32];
    JSDTOATempMem memory;
    int length;

    if (!isfinite(value)) {
        string_buffer_write8(&w->buffer, (const uint8_t *)"null", 4);
        return JSC_JSON_WRITTEN;
    }
    length = js_dtoa(text, value, 10, 0, JS_DTOA_FORMAT_FREE, &memory);
    string_buffer_write8(&w->buffer, (uint8_t *)text, length);
    return JSC_JSON_WRITTEN;
}

static JscJsonResult jsc_json_write_reference(JscJsonWriter *w, JSObject *p)
{
    JscJsonResult result;

    if (p->class_id != JS_CLASS_OBJECT && p->class_id != JS_CLASS_ARRAY) {
        /* A function is left out, unless it has a `toJSON`. */
        return p->class_id == JS_CLASS_BYTECODE_FUNCTION && !jsc_json_may_have_to_json(w, p) ? JSC_JSON_UNDEFINED
                                                                                           : JSC_JSON_GIVE_UP;
    }
    JSC_RESERVE_STACK(256);
    /* A marked object is one that is being written: a cycle. */
    if (p->tmp_mark || js_check_stack_overflow(w->ctx->rt, 1) || jsc_json_may_have_to_json(w, p))
        return JSC_JSON_GIVE_UP;
    p->tmp_mark = 1;
    if (p->class_id == JS_CLASS_ARRAY)
        result = jsc_json_write_array(w, p);
    else
        result = p->is_exotic ? JSC_JSON_GIVE_UP : jsc_json_write_object(w, p);
    p->tmp_mark = 0;
    return result;
}

static JscJsonResult jsc_json_write(JscJsonWriter *w, JSValueConst value)
{
    StringBuffer *b = &w->buffer;

    switch (JS_VALUE_GET_NORM_TAG(value)) {
    case JS_TAG_STRING:
        jsc_json_quote(w, JS_VALUE_GET_STRING(value));
        return JSC_JSON_WRITTEN;
    case JS_TAG_STRING_ROPE: {
        JSValue text = js_linearize_string_rope(w->ctx, value);
        if (JS_IsException(text)) {
            string_buffer_set_error(b);
            return JSC_JSON_WRITTEN;
        }
        jsc_json_quote(w, JS_VALUE_GET_STRING(text));
        JS_FreeValue(w->ctx, text);
        return JSC_JSON_WRITTEN;
    }
    case JS_TAG_INT: {
        char text[16];
        string_buffer_write8(b, (uint8_t *)text, i32toa(text, JS_VALUE_GET_INT(value)));
        return JSC_JSON_WRITTEN;
    }
    case JS_TAG_FLOAT64:
        return jsc_json_write_number(w, JS_VALUE_GET_FLOAT64(value));
    case JS_TAG_BOOL:
        if (JS_VALUE_GET_BOOL(value))
            string_buffer_write8(b, (const uint8_t *)"true", 4);
        else
            string_buffer_write8(b, (const uint8_t *)"false", 5);
        return JSC_JSON_WRITTEN;
    case JS_TAG_NULL:
        string_buffer_write8(b, (const uint8_t *)"null", 4);
        return JSC_JSON_WRITTEN;
    case JS_TAG_UNDEFINED:
    case JS_TAG_SYMBOL:
        return JSC_JSON_UNDEFINED;
    case JS_TAG_OBJECT:
        return jsc_json_write_reference(w, JS_VALUE_GET_OBJ(value));
    default:
        return JSC_JSON_GIVE_UP;
    }
}

/* What stands for `value`, which is taken over: the result of its `toJSON`, the primitive of a wrapper. */
static JSValue jsc_json_replace(JSContext *ctx, JSValue value, JSValueConst key)
{
    JSObject *p;

    JSC_RESERVE_STACK(176);
    if (JS_IsObject(value) || JS_IsBigInt(value)) {
        JSValue to_json = JS_GetProperty(ctx, value, JS_ATOM_toJSON);
        if (JS_IsFunction(ctx, to_json)) {
            JSValue name = JS_ToString(ctx, key), result = JS_EXCEPTION;
            if (!JS_IsException(name))
                result = JS_Call(ctx, to_json, value, 1, vc(&name));
            JS_FreeValue(ctx, name);
            JS_FreeValue(ctx, value);
            value = result;
        } else if (JS_IsException(to_json)) {
            JS_FreeValue(ctx, value);
            return to_json;
        }
        JS_FreeValue(ctx, to_json);
    }
    if (!JS_IsObject(value))
        return value;
    p = JS_VALUE_GET_OBJ(value);
    switch (p->class_id) {
    case JS_CLASS_STRING:
        return JS_ToStringFree(ctx, value);
    case JS_CLASS_NUMBER:
        return JS_ToNumberFree(ctx, value);
    case JS_CLASS_BOOLEAN:
    case JS_CLASS_BIG_INT:
        set_value(ctx, &value, js_dup(p->u.object_data));
        return value;
    default:
        return value;
    }
}

/* Opens an array or object, which is taken over. */
static JscJsonResult jsc_json_begin(JscJsonWriter *w, JSValue value)
{
    JSObject *p = JS_VALUE_GET_OBJ(value);
    JSPropertyEnum *keys = NULL;
    uint32_t count = 0;
    int is_array, fails, i;

    for (i = 0; p->tmp_mark && i < w->depth; i++) {
        if (w->open[i].object == p) {
            JS_ThrowTypeError(w->ctx, "circular reference");
            goto fail;
        }
    }
    is_array = js_is_array(w->ctx, value);
    if (is_array < 0)
        goto fail;
    if (is_array) {
        int64_t length;
        fails = js_get_length64(w->ctx, &length, value);
        /* No text is so long. */
        count = fails || length > UINT32_MAX ? UINT32_MAX : length;
    } else {
        fails = JS_GetOwnPropertyNames(w->ctx, &keys, &count, value, JS_GPN_ENUM_ONLY | JS_GPN_STRING_MASK);
    }
    if (fails)
        goto fail;
    if (js_resize_array(w->ctx, (void **)&w->open, sizeof(*w->open), &w->size, w->depth + 1)) {
        js_free_prop_enum(w->ctx, keys, count);
        goto fail;
    }
    jsc_json_putc(w, is_array ? '[' : '{');
    w->open[w->depth++] = (JscJsonOpen){
        .object = p, .count = count, .keys = is_array ? NULL : keys, .is_first = true, .is_marked = !p->tmp_mark
    };
    p->tmp_mark = 1;
    return JSC_JSON_OPENED;
fail:
    JS_FreeValue(w->ctx, value);
    return JSC_JSON_GIVE_UP;
}

/* Closes the innermost array or object. */
static void jsc_json_end(JscJsonWriter *w)
{
    JscJsonOpen *open = &w->open[--w->depth];
    if (open->is_marked)
        open->object->tmp_mark = 0;
    if (open->keys)
        js_free_prop_enum(w->ctx, open->keys, open->count);
    JS_FreeValue(w->ctx, JS_MKPTR(JS_TAG_OBJECT, open->object));
}

/* Serialises a value, of an array or object but its beginning. Takes over `value`, which may be an exception; `key` is its
 * name or index. */
static JscJsonResult jsc_json_serialize(JscJsonWriter *w, JSValue value, JSValue key)
{
    JSContext *ctx = w->ctx;
    JscJsonResult result = JSC_JSON_WRITTEN;

    value = JS_IsException(value) ? value : jsc_json_replace(ctx, value, key);
    if (JS_IsException(value) || w->buffer.error_status) {
        result = JSC_JSON_GIVE_UP;
    } else if (JS_IsBigInt(value)) {
        JS_ThrowTypeError(ctx, "BigInt are forbidden in JSON.stringify");
        result = JSC_JSON_GIVE_UP;
    } else if (JS_IsObject(value) && JS_VALUE_GET_OBJ(value)->class_id == JS_CLASS_RAWJSON) {
        string_buffer_concat_value_free(&w->buffer, JS_GetProperty(ctx, value, JS_ATOM_rawJSON));
    } else if (JS_IsFunction(ctx, value)) {
        result = JSC_JSON_UNDEFINED;
    } else if (JS_IsObject(value)) {
        return jsc_json_begin(w, value);
    } else {
        result = jsc_json_write(w, value);
    }
    JS_FreeValue(ctx, value);
    return result;
}

/* Serialises the next element of an array. */
static JscJsonResult jsc_json_serialize_element(JscJsonWriter *w, JscJsonOpen *open)
{
    uint32_t index = open->next++;
    JscJsonResult result;
    if (index)
        jsc_json_putc(w, ',');
    result = jsc_json_serialize(w, JS_GetPropertyInt64(w->ctx, JS_MKPTR(JS_TAG_OBJECT, open->object), index),
                                js_int64(index));
    if (result == JSC_JSON_UNDEFINED)
        string_buffer_write8(&w->buffer, (const uint8_t *)"null", 4);
    return result;
}

/* Serialises the next property of an object. */
static JscJsonResult jsc_json_serialize_property(JscJsonWriter *w, JscJsonOpen *open)
{
    JSAtom key = open->keys[open->next++].atom;
    JSValue name = JS_AtomToString(w->ctx, key);
    int depth = w->depth, before = w->buffer.len;
    JscJsonResult result;

    if (JS_IsException(name))
        return JSC_JSON_GIVE_UP;
    if (!open->is_first)
        jsc_json_putc(w, ',');
    jsc_json_quote(w, JS_VALUE_GET_STRING(name));
    jsc_json_putc(w, ':');
    result = jsc_json_serialize(w, JS_GetProperty(w->ctx, JS_MKPTR(JS_TAG_OBJECT, open->object), key), name);
    if (result == JSC_JSON_UNDEFINED)
        w->buffer.len = before;
    else
        w->open[depth - 1].is_first = false;
    JS_FreeValue(w->ctx, name);
    return result;
}

static JscJsonResult jsc_json_serialize_all(JscJsonWriter *w, JSValue value)
{
    JscJsonResult result = jsc_json_serialize(w, value, js_empty_string(w->ctx->rt));

    while (w->depth > 0) {
        JscJsonOpen *open = &w->open[w->depth - 1];
        if (result != JSC_JSON_GIVE_UP && open->next < open->count) {
            result = open->keys ? jsc_json_serialize_property(w, open) : jsc_json_serialize_element(w, open);
            continue;
        }
        if (result != JSC_JSON_GIVE_UP) {
            jsc_json_putc(w, open->keys ? '}' : ']');
            result = JSC_JSON_WRITTEN;
        }
        jsc_json_end(w);
    }
    return result;
}

/* JSON.stringify(value). */
JSValue jsc_stringify_json(JSContext *ctx, JSValueConst value)
{
    JscJsonWriter writer = { .ctx = ctx };
    JscJsonResult result;

    string_buffer_init(ctx, &writer.buffer, JSC_JSON_INITIAL_SIZE);
    result = jsc_json_write(&writer, value);
    if (result == JSC_JSON_GIVE_UP && !writer.buffer.error_status) {
        writer.buffer.len = 0;
        result = jsc_json_serialize_all(&writer, js_dup(value));
        js_free(ctx, writer.open);
    }
    if (result == JSC_JSON_WRITTEN)
        return string_buffer_end(&writer.buffer);
    string_buffer_free(&writer.buffer);
    return result == JSC_JSON_UNDEFINED ? JS_UNDEFINED : JS_EXCEPTION;
}

/* Does what a replacer or an indentation asks for (c/calls.c). */
static JSCFunction *jsc_stringify_with_options = js_json_stringify;

static JSValue jsc_json_stringify(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    /* A replacer that is neither function nor array and an indentation of null or undefined mean nothing. */
    if (JS_IsObject(argv[1]) || !(JS_IsUndefined(argv[2]) || JS_IsNull(argv[2])))
        return jsc_stringify_with_options(ctx, this_val, argc, argv);
    return jsc_stringify_json(ctx, argv[0]);
}
