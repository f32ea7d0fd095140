/* The parser of JSON.
 *
 * QuickJS's parser spends more than a hundred instructions on a byte. This one takes strings eight bytes at a time,
 * finds keys that it has seen without hashing them, and makes an object at once from the shape that its keys ask for.
 * QuickJS's is called for the sake of a reviver only. */

enum { JSC_KEY_CACHE_SIZE = 32, JSC_JSON_INITIAL_STACK = 32 };

typedef enum {
    JSC_FAULT_NONE,
    JSC_FAULT_TOKEN,
    JSC_FAULT_FIRST_KEY,
    JSC_FAULT_KEY,
    JSC_FAULT_COLON,
    JSC_FAULT_BRACE,
    JSC_FAULT_BRACKET,
    JSC_FAULT_MINUS,
    JSC_FAULT_ZERO,
    JSC_FAULT_FRACTION,
    JSC_FAULT_EXPONENT,
    JSC_FAULT_UNICODE,
    JSC_FAULT_ESCAPE,
    JSC_FAULT_STRING,
    JSC_FAULT_CONTROL,
    JSC_FAULT_REST,
} JscJsonFault;

typedef struct {
    JSContext *ctx;
    const uint8_t *p;
    /* Points to a NUL. */
    const uint8_t *end;
    /* ~0 where a byte from 0x80 on starts a UTF-8 sequence, 0 where it is a Latin-1 character. */
    uint64_t non_ascii;
    /* What is wrong where the text is not valid JSON, and where; no exception is pending then. */
    JscJsonFault fault;
    const uint8_t *fault_at;
    /* Values of the arrays and objects that are open, and the keys of the latter (jsc_json_value). */
    JSValue *values;
    JSAtom *keys;
    int value_count, value_size, key_count, key_size;
    JSValue initial_values[JSC_JSON_INITIAL_STACK];
    JSAtom initial_keys[JSC_JSON_INITIAL_STACK];
    /* Keys seen, each kept alive. */
    JSAtom cache[JSC_KEY_CACHE_SIZE];
} JscJsonParser;

static JSValue jsc_json_invalid(JscJsonParser *s, JscJsonFault fault, const uint8_t *at)
{
    s->fault = fault;
    s->fault_at = at;
    return JS_EXCEPTION;
}

static inline __attribute__((always_inline)) void jsc_json_skip_space(JscJsonParser *s)
{
    while (*s->p <= ' ' && (*s->p == ' ' || *s->p == '\n' || *s->p == '\t' || *s->p == '\r'))
        s->p++;
}

/* Doubles a stack that starts in the parser. */
static no_inline int jsc_json_grow(JscJsonParser *s, void **stack, void *initial, int *size, size_t element)
{
    int new_size = *size * 2;
    void *memory = js_realloc(s->ctx, *stack == initial ? NULL : *stack, new_size * element);
    if (!memory)
        return -1;
    if (*stack == initial)
        memcpy(memory, initial, *size * element);
    *stack = memory;
    *size = new_size;
    return 0;
}

/* Takes over `value`. */
static inline int jsc_json_push_value(JscJsonParser *s, JSValue value)
{
    if (unlikely(s->value_count == s->value_size) &&
        jsc_json_grow(s, (void **)&s->values, s->initial_values, &s->value_size, sizeof(value))) {
        JS_FreeValue(s->ctx, value);
        return -1;
    }
    s->values[s->value_count++] = value;
    return 0;
}

/* Takes over `key`. */
static inline int jsc_json_push_key(JscJsonParser *s, JSAtom key)
{
    if (unlikely(s->key_count == s->key_size) &&
        jsc_json_grow(s, (void **)&s->keys, s->initial_keys, &s->key_size, sizeof(key))) {
        JS_FreeAtom(s->ctx, key);
        return -1;
    }
    s->keys[s->key_count++] = key;
    return 0;
}

static int jsc_json_hex4(const uint8_t *p)
{
    int code = 0, i;
    for (i = 0; i < 4; i++) {
        int digit = from_hex(p[i]);
        if (digit < 0)
            return -1;
        code = code << 4 | digit;
    }
    return code;
}

/* A string with escapes or sequences of UTF-8; `start` is behind its quote, `s->p` at the first of them. */
static no_inline JSValue jsc_json_long_string(JscJsonParser *s, const uint8_t *start)
{
    StringBuffer buffer, *b = &buffer;
    const uint8_t *next;
    JscJsonFault fault;
    int c;

    string_buffer_init(s->ctx, b, s->p - start + 32);
    for (;;) {
        string_buffer_write8(b, start, s->p - start);
        c = *s->p;
        if (c == '"')
            break;
        if (c == '\\') {
            c = s->p[1];
            next = s->p + 2;
            switch (c) {
            case '"': case '\\': case '/': break;
            case 'b': c = '\b'; break;
            case 'f': c = '\f'; break;
            case 'n': c = '\n'; break;
            case 'r': c = '\r'; break;
            case 't': c = '\t'; break;
            case 'u':
                c = jsc_json_hex4(next);
                if (c < 0) {
                    fault = JSC_FAULT_UNICODE;
                    while (from_hex(*next) >= 0)
                        next++;
                    goto invalid;
                }
                next += 4;
                break;
            default:
                next--;
                fault = next < s->end ? JSC_FAULT_ESCAPE : JSC_FAULT_TOKEN;
                goto invalid;
            }
            string_buffer_putc16(b, c);
        } else if (c >= 0x80) {
            c = utf8_decode(s->p, &next);
            if (next == s->p + 1) {
                fault = JSC_FAULT_TOKEN;
                next = s->p;
                goto invalid;
            }
            string_buffer_putc(b, c);
        } else {
            next = s->p;
            fault = next < s->end ? JSC_FAULT_CONTROL : JSC_FAULT_STRING;
            goto invalid;
        }
        start = next;
        s->p = jsc_plain_run(start, s->end, s->non_ascii);
    }
    s->p++;
    return string_buffer_end(b);

invalid:
    string_buffer_free(b);
    return jsc_json_invalid(s, fault, next);
}

/* `s->p` is behind the quote. */
static JSValue jsc_json_string(JscJsonParser *s)
{
    const uint8_t *start = s->p;
    s->p = jsc_plain_run(start, s->end, s->non_ascii);
    if (unlikely(*s->p != '"'))
        return jsc_json_long_string(s, start);
    return js_new_string8_len(s->ctx, (const char *)start, s->p++ - start);
}

/* `s->p` is behind the quote. JS_ATOM_NULL where it is invalid or an exception is pending. */
static JSAtom jsc_json_key(JscJsonParser *s)
{
    JSContext *ctx = s->ctx;
    JSRuntime *rt = ctx->rt;
    const uint8_t *start = s->p;
    JSAtom *cached, atom;
    JSValue name;
    size_t length;

    s->p = jsc_plain_run(start, s->end, s->non_ascii);
    if (unlikely(*s->p != '"' || s->p == start || is_digit(*start))) {
        s->p = start;
        name = jsc_json_string(s);
        return JS_IsException(name) ? JS_ATOM_NULL : JS_NewAtomStr(ctx, JS_VALUE_GET_STRING(name));
    }
    length = s->p++ - start;
    cached = &s->cache[(start[0] + start[length - 1] * 2 + length * 8) % JSC_KEY_CACHE_SIZE];
    atom = *cached;
    if (atom != JS_ATOM_NULL) {
        JSAtomStruct *known = rt->atom_array[atom];
        if (known->len == length && !known->is_wide_char && memcmp(str8(known), start, length) == 0)
            return JS_DupAtom(ctx, atom);
    }
    atom = __JS_FindAtom(rt, (const char *)start, length, JS_ATOM_TYPE_STRING);
    if (atom == JS_ATOM_NULL) {
        name = js_new_string8_len(ctx, (const char *)start, length);
        if (JS_IsException(name))
            return JS_ATOM_NULL;
        atom = __JS_NewAtom(rt, JS_VALUE_GET_STRING(name), JS_ATOM_TYPE_STRING);
    }
    JS_FreeAtom(ctx, *cached);
    *cached = JS_DupAtom(ctx, atom);
    return atom;
}

/* For decimal numbers, as the grammar of JSON has them. */
double jsc_strtod(const char *text, char **end)
{
    JSATODTempMem memory;
    (void)end;
    return js_atod(text, NULL, 10, 0, &memory);
}

static no_inline JSValue jsc_json_number(JscJsonParser *s)
{
    /* Powers of ten that are exact as a double. */
    static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    const uint8_t *start = s->p, *p = start, *fraction;
    bool negative = *p == '-';
    uint64_t digits = 0;
    int count, places = 0;
    double value;

    p += negative;
    if (!is_digit(*p))
        return jsc_json_invalid(s, negative ? JSC_FAULT_MINUS : JSC_FAULT_TOKEN, p);
    if (*p == '0' && is_digit(p[1]))
        return jsc_json_invalid(s, JSC_FAULT_ZERO, p + 1);
    fraction = p;
    while (is_digit(*p))
        digits = digits * 10 + (*p++ - '0');
    count = p - fraction;
    if (*p == '.') {
        fraction = ++p;
        if (!is_digit(*p))
            return jsc_json_invalid(s, JSC_FAULT_FRACTION, p);
        while (is_digit(*p))
            digits = digits * 10 + (*p++ - '0');
        places = p - fraction;
        count += places;
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '+' || *p == '-';
        if (!is_digit(*p))
            return jsc_json_invalid(s, JSC_FAULT_EXPONENT, p);
        while (is_digit(*p))
            p++;
        count = INT32_MAX;
    }
    s->p = p;
    /* Fifteen digits and a power of ten up to 22 are exact, and so their quotient is rounded once (Clinger 1990). */
    if (likely(count <= 15)) {
        if (places == 0 && digits <= INT32_MAX && (digits || !negative))
            return js_int32(negative ? -(int32_t)digits : (int32_t)digits);
        value = (double)digits / powers[places];
        return js_number(negative ? -value : value);
    }
    return js_number(jsc_strtod((const char *)start, NULL));
}

static JSValue jsc_json_literal(JscJsonParser *s, const char *literal, JSValue value)
{
    for (; *literal; s->p++, literal++) {
        if (*s->p != (uint8_t)*literal)
            return jsc_json_invalid(s, JSC_FAULT_TOKEN, s->p);
    }
    return value;
}

/* A new shape with `keys` in this order; NULL without an exception where one of them is there twice. */
static no_inline JSShape *jsc_json_new_shape(JSContext *ctx, JSObject *proto, uint32_t hash, const JSAtom *keys,
                                             int count)
{
    JSRuntime *rt = ctx->rt;
    JSShapeProperty *properties;
    JSShape *sh;
    int hash_size = JS_PROP_INITIAL_HASH_SIZE, i;

    if (2 * (rt->shape_hash_count + 1) > rt->shape_hash_size)
        resize_shape_hash(rt, rt->shape_hash_bits + 1);
    while (hash_size < count)
        hash_size *= 2;
    sh = js_new_shape_nohash(ctx, proto, hash_size, max_int(count, JS_PROP_INITIAL_SIZE));
    if (!sh)
        return NULL;
    properties = get_shape_prop(sh);
    for (i = 0; i < count; i++) {
        uint32_t *bucket = &prop_hash_end(sh)[-(intptr_t)hash_atom(keys[i], sh->prop_hash_mask) - 1];
        uint32_t other;
        for (other = *bucket; other != 0; other = properties[other - 1].hash_next) {
            if (properties[other - 1].atom == keys[i]) {
                js_free_shape(rt, sh);
                return NULL;
            }
        }
        properties[i].atom = JS_DupAtom(ctx, keys[i]);
        properties[i].flags = JS_PROP_C_W_E;
        properties[i].hash_next = *bucket;
        *bucket = i + 1;
        sh->prop_count = i + 1;
    }
    sh->hash = hash;
    sh->is_hashed = true;
    js_shape_hash_link(rt, sh);
    return sh;
}

/* The shape of an object whose properties are `keys` in this order, if there is one. */
static JSShape *jsc_json_find_shape(JSRuntime *rt, JSObject *proto, uint32_t hash, const JSAtom *keys, int count)
{
    JSShape *sh;
    for (sh = rt->shape_hash[get_shape_hash(hash, rt->shape_hash_bits)]; sh != NULL; sh = sh->shape_hash_next) {
        if (sh->hash == hash && sh->proto == proto && sh->prop_count == count) {
            const JSShapeProperty *property = get_shape_prop(sh);
            int i;
            for (i = 0; i < count; i++, property++) {
                if (property->atom != keys[i] || property->flags != JS_PROP_C_W_E)
                    break;
            }
            if (i == count)
                return sh;
        }
    }
    return NULL;
}

/* Where a key comes twice its last value counts, in the place of the first. */
static no_inline JSValue jsc_json_object_with_duplicates(JSContext *ctx, const JSAtom *keys, JSValue *values, int count)
{
    JSValue object = JS_NewObject(ctx);
    int i;
    for (i = 0; i < count; i++) {
        JSValue value = values[i];
        values[i] = JS_UNDEFINED;
        if (JS_IsException(object))
            JS_FreeValue(ctx, value);
        else if (JS_DefinePropertyValue(ctx, object, keys[i], value, JS_PROP_C_W_E) < 0) {
            JS_FreeValue(ctx, object);
            object = JS_EXCEPTION;
        }
    }
    return object;
}

/* Makes an object of the topmost `count` keys and values, and takes them off. */
static JSValue jsc_json_make_object(JscJsonParser *s, int count)
{
    JSContext *ctx = s->ctx;
    JSValue *values = s->values + s->value_count - count;
    JSAtom *keys = s->keys + s->key_count - count;
    JSObject *proto = JS_VALUE_GET_OBJ(ctx->class_proto[JS_CLASS_OBJECT]);
    uint32_t hash = shape_initial_hash(proto);
    JSValue object;
    JSShape *sh;
    int i;

    for (i = 0; i < count; i++)
        hash = shape_hash(shape_hash(hash, keys[i]), JS_PROP_C_W_E);
    sh = jsc_json_find_shape(ctx->rt, proto, hash, keys, count);
    sh = sh ? js_dup_shape(sh) : jsc_json_new_shape(ctx, proto, hash, keys, count);
    if (sh) {
        object = JS_NewObjectFromShape(ctx, sh, JS_CLASS_OBJECT, NULL);
        if (JS_IsException(object))
            return object;
        memcpy(JS_VALUE_GET_OBJ(object)->prop, values, count * sizeof(*values));
    } else {
        if (JS_HasException(ctx))
            return JS_EXCEPTION;
        object = jsc_json_object_with_duplicates(ctx, keys, values, count);
    }
    for (i = 0; i < count; i++)
        JS_FreeAtom(ctx, keys[i]);
    s->value_count -= count;
    s->key_count -= count;
    return object;
}

/* Makes an array of the topmost `count` values, and takes them off. */
static JSValue jsc_json_make_array(JscJsonParser *s, int count)
{
    JSContext *ctx = s->ctx;
    JSValue *elements, array = JS_NewArray(ctx);
    JSObject *p;

    if (JS_IsException(array))
        return array;
    elements = js_malloc(ctx, count * sizeof(*elements));
    if (!elements) {
        JS_FreeValue(ctx, array);
        return JS_EXCEPTION;
    }
    s->value_count -= count;
    memcpy(elements, s->values + s->value_count, count * sizeof(*elements));
    p = JS_VALUE_GET_OBJ(array);
    p->u.array.u.values = elements;
    p->u.array.u1.size = count;
    p->u.array.count = count;
    p->prop[0].u.value = js_int32(count);
    return array;
}

/* The key of a property and the colon behind it; `s->p` is where its quote should be. */
static inline int jsc_json_begin_property(JscJsonParser *s, JscJsonFault fault)
{
    JSAtom key;
    if (*s->p != '"') {
        jsc_json_invalid(s, fault, s->p);
        return -1;
    }
    s->p++;
    key = jsc_json_key(s);
    if (key == JS_ATOM_NULL || jsc_json_push_key(s, key))
        return -1;
    jsc_json_skip_space(s);
    if (*s->p != ':') {
        jsc_json_invalid(s, JSC_FAULT_COLON, s->p);
        return -1;
    }
    s->p++;
    return 0;
}

/* A value with the white space around it. Arrays and objects that are open wait in `s->values`, so that no nesting is too
 * deep. */
static no_inline JSValue jsc_json_value(JscJsonParser *s)
{
    /* Where the values of the innermost one that is open begin, 0 where none is. In front of them is a number that says
     * where those of the next begin, and whether this one is an object. */
    int open = 0;
    bool is_object = false;

    for (;;) {
        JSValue value;

        jsc_json_skip_space(s);
        switch (*s->p) {
        case '"':
            s->p++;
            value = jsc_json_string(s);
            break;
        case '{':
        case '[': {
            bool begins_object = *s->p++ == '{';
            jsc_json_skip_space(s);
            if (*s->p == (begins_object ? '}' : ']')) {
                s->p++;
                value = begins_object ? JS_NewObject(s->ctx) : JS_NewArray(s->ctx);
                break;
            }
            if (jsc_json_push_value(s, js_int32(open << 1 | is_object)))
                return JS_EXCEPTION;
            open = s->value_count;
            is_object = begins_object;
            if (is_object && jsc_json_begin_property(s, JSC_FAULT_FIRST_KEY))
                return JS_EXCEPTION;
            continue;
        }
        case 't':
            value = jsc_json_literal(s, "true", JS_TRUE);
            break;
        case 'f':
            value = jsc_json_literal(s, "false", JS_FALSE);
            break;
        case 'n':
            value = jsc_json_literal(s, "null", JS_NULL);
            break;
        default:
            value = jsc_json_number(s);
            break;
        }
        /* With a value may end what it is the last of. */
        for (;;) {
            int outer, count;

            if (JS_IsException(value))
                return value;
            jsc_json_skip_space(s);
            if (open == 0)
                return value;
            if (jsc_json_push_value(s, value))
                return JS_EXCEPTION;
            if (*s->p == ',')
                break;
            if (*s->p != (is_object ? '}' : ']'))
                return jsc_json_invalid(s, is_object ? JSC_FAULT_BRACE : JSC_FAULT_BRACKET, s->p);
            s->p++;
            count = s->value_count - open;
            value = is_object ? jsc_json_make_object(s, count) : jsc_json_make_array(s, count);
            if (JS_IsException(value))
                return value;
            outer = JS_VALUE_GET_INT(s->values[--s->value_count]);
            open = outer >> 1;
            is_object = outer & 1;
        }
        s->p++;
        if (is_object) {
            jsc_json_skip_space(s);
            if (jsc_json_begin_property(s, JSC_FAULT_KEY))
                return JS_EXCEPTION;
        }
    }
}

/* Parses `text[0..length]`, which a NUL follows. An exception without one pending says that the text has a fault. */
static JSValue jsc_json_parse_text(JscJsonParser *s, JSContext *ctx, const uint8_t *text, size_t length, bool utf8)
{
    JSValue value;
    int i;

    s->ctx = ctx;
    s->p = text;
    s->end = text + length;
    s->non_ascii = utf8 ? ~(uint64_t)0 : 0;
    s->fault = JSC_FAULT_NONE;
    s->values = s->initial_values;
    s->keys = s->initial_keys;
    s->value_count = s->key_count = 0;
    s->value_size = s->key_size = JSC_JSON_INITIAL_STACK;
    memset(s->cache, 0, sizeof(s->cache));

    value = jsc_json_value(s);
    if (!JS_IsException(value) && s->p != s->end) {
        JS_FreeValue(ctx, value);
        value = jsc_json_invalid(s, JSC_FAULT_REST, s->p);
    }
    for (i = 0; i < s->value_count; i++)
        JS_FreeValue(ctx, s->values[i]);
    for (i = 0; i < s->key_count; i++)
        JS_FreeAtom(ctx, s->keys[i]);
    for (i = 0; i < JSC_KEY_CACHE_SIZE; i++)
        JS_FreeAtom(ctx, s->cache[i]);
    if (s->values != s->initial_values)
        js_free(ctx, s->values);
    if (s->keys != s->initial_keys)
        js_free(ctx, s->keys);
    return value;
}

/* Parses UTF-8; `text[length]` must be NUL. Where the text is not JSON, an exception is returned and none is pending. */
JSValue jsc_parse_input(JSContext *ctx, const char *text, size_t length)
{
    JscJsonParser parser;
    return jsc_json_parse_text(&parser, ctx, (const uint8_t *)text, length, true);
}
