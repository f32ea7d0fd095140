/* TextEncoder and TextDecoder (https://encoding.spec.whatwg.org), for UTF-8 and UTF-16LE. */

typedef enum { JSC_UTF_8, JSC_UTF_16LE } JscEncoding;

typedef struct {
    JscEncoding encoding;
    bool fatal, ignore_bom;
    /* Whether the last call said that more is to come, and whether a byte order mark may not come any more. */
    bool streaming, bom_seen;
    /* UTF-8: the character that has begun, how many bytes it has and needs, and the bounds of the next one. */
    uint32_t code_point;
    uint8_t seen, needed, lower, upper;
    /* UTF-16: a byte and a high surrogate that wait for their other half, -1 for none. */
    int lead_byte, lead_surrogate;
} JscDecoder;

static JSClassID jsc_encoder_class, jsc_decoder_class;

static void jsc_decoder_reset(JscDecoder *d)
{
    d->bom_seen = false;
    d->code_point = d->seen = d->needed = 0;
    d->lower = 0x80;
    d->upper = 0xBF;
    d->lead_byte = d->lead_surrogate = -1;
}

static void jsc_decoder_finalizer(JSRuntime *rt, JSValueConst value)
{
    js_free_rt(rt, JS_GetOpaque(value, jsc_decoder_class));
}

/* An optional argument: QuickJS fills up only those that a function's `length` counts. */
static inline JSValueConst jsc_argument(int argc, JSValueConst *argv, int index)
{
    return index < argc ? argv[index] : JS_UNDEFINED;
}

/* The encoding that `label` names, -1 for none. */
static int jsc_encoding_of(const char *label, size_t length)
{
    static const struct {
        const char *label;
        JscEncoding encoding;
    } labels[] = {
        { "utf-8", JSC_UTF_8 },           { "utf8", JSC_UTF_8 },
        { "unicode-1-1-utf-8", JSC_UTF_8 }, { "unicode11utf8", JSC_UTF_8 },
        { "unicode20utf8", JSC_UTF_8 },   { "x-unicode20utf8", JSC_UTF_8 },
        { "utf-16le", JSC_UTF_16LE },     { "utf-16", JSC_UTF_16LE },
        { "ucs-2", JSC_UTF_16LE },        { "csunicode", JSC_UTF_16LE },
        { "iso-10646-ucs-2", JSC_UTF_16LE }, { "unicode", JSC_UTF_16LE },
        { "unicodefeff", JSC_UTF_16LE },
    };
    size_t i, k;
    while (length && strchr(" \t\n\f\r", label[length - 1]))
        length--;
    while (length && strchr(" \t\n\f\r", *label))
        label++, length--;
    for (i = 0; i < countof(labels); i++) {
        const char *known = labels[i].label;
        for (k = 0; k < length && known[k]; k++) {
            char c = label[k];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != known[k])
                break;
        }
        if (k == length && !known[k])
            return labels[i].encoding;
    }
    return -1;
}

/* The boolean property `name` of an options object, which may be undefined or null; -1 after an exception. */
static int jsc_option(JSContext *ctx, JSValueConst options, const char *name)
{
    if (JS_IsUndefined(options) || JS_IsNull(options))
        return false;
    if (!JS_IsObject(options)) {
        JS_ThrowTypeError(ctx, "the options are not an object");
        return -1;
    }
    return JS_ToBoolFree(ctx, JS_GetPropertyStr(ctx, options, name));
}

/* The bytes of an ArrayBuffer or a view; where it is detached or out of bounds they are none. -1 for other values. */
static int jsc_bytes_of(JSValueConst value, uint8_t **bytes, size_t *size)
{
    JSArrayBuffer *buffer;
    JSTypedArray *view;
    JSObject *p;

    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return -1;
    p = JS_VALUE_GET_OBJ(value);
    if (p->class_id == JS_CLASS_ARRAY_BUFFER || p->class_id == JS_CLASS_SHARED_ARRAY_BUFFER) {
        buffer = p->u.array_buffer;
        *bytes = buffer->data;
        *size = buffer->byte_length;
        return 0;
    }
    if (!is_typed_array(p->class_id) && p->class_id != JS_CLASS_DATAVIEW)
        return -1;
    view = p->u.typed_array;
    buffer = view->buffer->u.array_buffer;
    *bytes = buffer->data + view->offset;
    *size = view->track_rab ? buffer->byte_length - view->offset : view->length;
    if (buffer->detached || view->offset + *size > (size_t)buffer->byte_length)
        *size = 0;
    return 0;
}

/* The bytes of a Uint8Array, NULL for other values. */
uint8_t *jsc_uint8_array(JSValueConst value, size_t *size)
{
    static uint8_t none;
    uint8_t *bytes;
    if (JS_GetClassID(value) != JS_CLASS_UINT8_ARRAY || jsc_bytes_of(value, &bytes, size) < 0)
        return NULL;
    return *size ? bytes : &none;
}

static JSValue jsc_decoder_constructor(JSContext *ctx, JSValueConst new_target, int argc, JSValueConst *argv)
{
    JSValueConst name = jsc_argument(argc, argv, 0), options = jsc_argument(argc, argv, 1);
    int encoding = JSC_UTF_8, fatal, ignore_bom;
    JscDecoder *d;
    JSValue object;

    if (!JS_IsUndefined(name)) {
        size_t length;
        const char *label = JS_ToCStringLen(ctx, &length, name);
        if (!label)
            return JS_EXCEPTION;
        encoding = jsc_encoding_of(label, length);
        if (encoding < 0)
            JS_ThrowRangeError(ctx, "TextDecoder: the encoding '%s' is not supported; utf-8 and utf-16le are", label);
        JS_FreeCString(ctx, label);
        if (encoding < 0)
            return JS_EXCEPTION;
    }
    fatal = jsc_option(ctx, options, "fatal");
    ignore_bom = fatal < 0 ? -1 : jsc_option(ctx, options, "ignoreBOM");
    if (ignore_bom < 0)
        return JS_EXCEPTION;
    object = js_create_from_ctor(ctx, new_target, jsc_decoder_class);
    if (JS_IsException(object))
        return object;
    d = js_mallocz(ctx, sizeof(*d));
    if (!d) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    d->encoding = encoding;
    d->fatal = fatal;
    d->ignore_bom = ignore_bom;
    jsc_decoder_reset(d);
    JS_SetOpaque(object, d);
    return object;
}

/* Writes a character; the first one may be the byte order mark. */
static inline void jsc_decoder_emit(JscDecoder *d, StringBuffer *b, uint32_t c)
{
    if (!d->bom_seen) {
        d->bom_seen = true;
        if (c == 0xFEFF && !d->ignore_bom)
            return;
    }
    string_buffer_putc(b, c);
}

/* False where the decoder is a fatal one. */
static inline bool jsc_decoder_replace(JscDecoder *d, StringBuffer *b)
{
    if (d->fatal)
        return false;
    jsc_decoder_emit(d, b, 0xFFFD);
    return true;
}

/* The end of the run of ASCII that starts at `p`. */
static const uint8_t *jsc_ascii_run(const uint8_t *p, const uint8_t *end)
{
    while (end - p >= 8 && !(jsc_load8(p) & JSC_EACH_BYTE(0x80)))
        p += 8;
    while (p < end && *p < 0x80)
        p++;
    return p;
}

/* The Encoding Standard's UTF-8 decoder, whose state outlives the call. */
static bool jsc_decode_utf8(JscDecoder *d, StringBuffer *b, const uint8_t *p, const uint8_t *end)
{
    while (p < end) {
        uint8_t byte = *p;
        if (d->needed == 0) {
            const uint8_t *run = jsc_ascii_run(p, end);
            if (run != p) {
                d->bom_seen = true;
                string_buffer_write8(b, p, run - p);
                p = run;
                continue;
            }
            p++;
            if (byte >= 0xC2 && byte <= 0xDF) {
                d->needed = 1;
                d->code_point = byte & 0x1F;
            } else if (byte >= 0xE0 && byte <= 0xEF) {
                d->lower = byte == 0xE0 ? 0xA0 : 0x80;
                d->upper = byte == 0xED ? 0x9F : 0xBF;
                d->needed = 2;
                d->code_point = byte & 0xF;
            } else if (byte >= 0xF0 && byte <= 0xF4) {
                d->lower = byte == 0xF0 ? 0x90 : 0x80;
                d->upper = byte == 0xF4 ? 0x8F : 0xBF;
                d->needed = 3;
                d->code_point = byte & 0x7;
            } else if (!jsc_decoder_replace(d, b)) {
                return false;
            }
            continue;
        }
        if (byte < d->lower || byte > d->upper) {
            /* The byte is looked at again, as the first of a character. */
            d->code_point = d->seen = d->needed = 0;
            d->lower = 0x80;
            d->upper = 0xBF;
            if (!jsc_decoder_replace(d, b))
                return false;
            continue;
        }
        p++;
        d->lower = 0x80;
        d->upper = 0xBF;
        d->code_point = d->code_point << 6 | (byte & 0x3F);
        if (++d->seen == d->needed) {
            jsc_decoder_emit(d, b, d->code_point);
            d->code_point = d->seen = d->needed = 0;
        }
    }
    return true;
}

/* The Encoding Standard's shared UTF-16 decoder, little-endian. */
static bool jsc_decode_utf16(JscDecoder *d, StringBuffer *b, const uint8_t *p, const uint8_t *end)
{
    for (; p < end; p++) {
        int unit;
        if (d->lead_byte < 0) {
            d->lead_byte = *p;
            continue;
        }
        unit = *p << 8 | d->lead_byte;
        d->lead_byte = -1;
        if (d->lead_surrogate >= 0) {
            int high = d->lead_surrogate;
            d->lead_surrogate = -1;
            if (is_lo_surrogate(unit)) {
                jsc_decoder_emit(d, b, from_surrogate(high, unit));
                continue;
            }
            if (!jsc_decoder_replace(d, b))
                return false;
        }
        if (is_hi_surrogate(unit))
            d->lead_surrogate = unit;
        else if (!is_lo_surrogate(unit))
            jsc_decoder_emit(d, b, unit);
        else if (!jsc_decoder_replace(d, b))
            return false;
    }
    return true;
}

static JSValue jsc_decoder_decode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JscDecoder *d = JS_GetOpaque2(ctx, this_val, jsc_decoder_class);
    JSValueConst input = jsc_argument(argc, argv, 0);
    StringBuffer buffer, *b = &buffer;
    uint8_t *bytes = NULL;
    size_t size = 0;
    int stream;
    bool valid;

    if (!d)
        return JS_EXCEPTION;
    stream = jsc_option(ctx, jsc_argument(argc, argv, 1), "stream");
    if (stream < 0)
        return JS_EXCEPTION;
    if (!JS_IsUndefined(input) && jsc_bytes_of(input, &bytes, &size) < 0)
        return JS_ThrowTypeError(ctx, "TextDecoder.decode: not an ArrayBuffer or a view of one");
    if (!d->streaming)
        jsc_decoder_reset(d);
    d->streaming = stream;
    if (size > INT32_MAX)
        return JS_ThrowRangeError(ctx, "TextDecoder.decode: the text is too long");
    string_buffer_init(ctx, b, d->encoding == JSC_UTF_8 ? size : size / 2);
    if (d->encoding == JSC_UTF_8)
        valid = jsc_decode_utf8(d, b, bytes, bytes + size);
    else
        valid = jsc_decode_utf16(d, b, bytes, bytes + size);
    /* Nothing comes after this: what has begun stays unfinished. */
    if (valid && !stream && (d->needed || d->lead_byte >= 0 || d->lead_surrogate >= 0))
        valid = jsc_decoder_replace(d, b);
    if (!valid) {
        string_buffer_free(b);
        return JS_ThrowTypeError(ctx, "TextDecoder.decode: the encoded data is not valid %s",
                                 d->encoding == JSC_UTF_8 ? "UTF-8" : "UTF-16");
    }
    return string_buffer_end(b);
}

enum { JSC_DECODER_ENCODING, JSC_DECODER_FATAL, JSC_DECODER_IGNORE_BOM };

static JSValue jsc_decoder_get(JSContext *ctx, JSValueConst this_val, int magic)
{
    JscDecoder *d = JS_GetOpaque2(ctx, this_val, jsc_decoder_class);
    if (!d)
        return JS_EXCEPTION;
    switch (magic) {
    case JSC_DECODER_FATAL:
        return js_bool(d->fatal);
    case JSC_DECODER_IGNORE_BOM:
        return js_bool(d->ignore_bom);
    default:
        return JS_NewString(ctx, d->encoding == JSC_UTF_8 ? "utf-8" : "utf-16le");
    }
}

static JSValue jsc_encoder_constructor(JSContext *ctx, JSValueConst new_target, int argc, JSValueConst *argv)
{
    return js_create_from_ctor(ctx, new_target, jsc_encoder_class);
}

static bool jsc_is_encoder(JSContext *ctx, JSValueConst value)
{
    if (JS_GetClassID(value) == jsc_encoder_class)
        return true;
    JS_ThrowTypeError(ctx, "not a TextEncoder");
    return false;
}

static JSValue jsc_encoder_get_encoding(JSContext *ctx, JSValueConst this_val)
{
    return jsc_is_encoder(ctx, this_val) ? JS_NewString(ctx, "utf-8") : JS_EXCEPTION;
}

/* The character of `text` at `*index`, which is moved behind it; a lone surrogate is U+FFFD. */
static inline uint32_t jsc_scalar_at(JSString *text, int *index)
{
    int c = string_getc(text, index);
    return is_surrogate(c) ? 0xFFFD : c;
}

static inline size_t jsc_utf8_size(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* Writes as much of `text` as fits into `target`, whole characters only; `*read` is set to the code units taken. */
static size_t jsc_write_utf8(JSString *text, uint8_t *target, size_t size, int *read)
{
    size_t written = 0;
    int index = 0;
    if (!text->is_wide_char) {
        const uint8_t *source = str8(text);
        index = jsc_ascii_run(source, source + (text->len < size ? text->len : size)) - source;
        memcpy(target, source, index);
        written = index;
    }
    *read = index;
    while (index < text->len) {
        uint32_t c = jsc_scalar_at(text, &index);
        if (written + jsc_utf8_size(c) > size)
            break;
        written += utf8_encode(target + written, c);
        *read = index;
    }
    return written;
}

static size_t jsc_utf8_length(JSString *text)
{
    size_t length = 0;
    int index = 0;
    if (!text->is_wide_char)
        length = index = jsc_ascii_run(str8(text), str8(text) + text->len) - str8(text);
    while (index < text->len)
        length += jsc_utf8_size(jsc_scalar_at(text, &index));
    return length;
}

/* The string in UTF-8, lone surrogates replaced; the caller frees it by js_free. NULL after an exception. */
uint8_t *jsc_to_utf8(JSContext *ctx, JSValueConst value, size_t *length)
{
    JSValue text = JS_ToString(ctx, value);
    uint8_t *bytes;
    int read;
    if (JS_IsException(text))
        return NULL;
    *length = jsc_utf8_length(JS_VALUE_GET_STRING(text));
    /* One more, since no block is empty. */
    bytes = js_malloc(ctx, *length + 1);
    if (bytes)
        jsc_write_utf8(JS_VALUE_GET_STRING(text), bytes, *length, &read);
    JS_FreeValue(ctx, text);
    return bytes;
}

static JSValue jsc_encoder_encode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValueConst input = jsc_argument(argc, argv, 0);
    JSValue array;
    size_t length = 0;
    uint8_t *bytes = NULL;

    if (!jsc_is_encoder(ctx, this_val))
        return JS_EXCEPTION;
    if (!JS_IsUndefined(input)) {
        bytes = jsc_to_utf8(ctx, input, &length);
        if (!bytes)
            return JS_EXCEPTION;
    }
    array = JS_NewUint8ArrayCopy(ctx, bytes, length);
    js_free(ctx, bytes);
    return array;
}

static JSValue jsc_encoder_encode_into(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValue text, result;
    uint8_t *bytes;
    size_t size, written;
    int read;

    if (!jsc_is_encoder(ctx, this_val))
        return JS_EXCEPTION;
    text = JS_ToString(ctx, argv[0]);
    if (JS_IsException(text))
        return text;
    bytes = jsc_uint8_array(argv[1], &size);
    if (!bytes) {
        JS_FreeValue(ctx, text);
        return JS_ThrowTypeError(ctx, "TextEncoder.encodeInto: not a Uint8Array");
    }
    written = jsc_write_utf8(JS_VALUE_GET_STRING(text), bytes, size, &read);
    JS_FreeValue(ctx, text);
    result = JS_NewObject(ctx);
    if (JS_IsException(result))
        return result;
    JS_DefinePropertyValueStr(ctx, result, "read", js_int32(read), JS_PROP_C_W_E);
    JS_DefinePropertyValueStr(ctx, result, "written", js_uint32(written), JS_PROP_C_W_E);
    return result;
}

#define JSC_METHOD (JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE | JS_PROP_ENUMERABLE)
#define JSC_GETTER (JS_PROP_CONFIGURABLE | JS_PROP_ENUMERABLE)
#define JSC_DECODER_GETTER(name, magic)                                              \
    {                                                                                \
        name, JSC_GETTER, JS_DEF_CGETSET_MAGIC, magic,                               \
            { .getset = { .get = { .getter_magic = jsc_decoder_get }, .set = { 0 } } } \
    }

static const JSCFunctionListEntry jsc_encoder_members[] = {
    JS_CGETSET_DEF2("encoding", jsc_encoder_get_encoding, NULL, JSC_GETTER),
    JS_CFUNC_DEF2("encode", 0, jsc_encoder_encode, JSC_METHOD),
    JS_CFUNC_DEF2("encodeInto", 2, jsc_encoder_encode_into, JSC_METHOD),
    JS_PROP_STRING_DEF("[Symbol.toStringTag]", "TextEncoder", JS_PROP_CONFIGURABLE),
};

static const JSCFunctionListEntry jsc_decoder_members[] = {
    JSC_DECODER_GETTER("encoding", JSC_DECODER_ENCODING),
    JSC_DECODER_GETTER("fatal", JSC_DECODER_FATAL),
    JSC_DECODER_GETTER("ignoreBOM", JSC_DECODER_IGNORE_BOM),
    JS_CFUNC_DEF2("decode", 0, jsc_decoder_decode, JSC_METHOD),
    JS_PROP_STRING_DEF("[Symbol.toStringTag]", "TextDecoder", JS_PROP_CONFIGURABLE),
};

static int jsc_define_class(JSContext *ctx, JSClassID *id, const JSClassDef *class, JSCFunction *constructor,
                            const JSCFunctionListEntry *members, int count)
{
    JSValue function;
    JS_NewClassID(ctx->rt, id);
    if (JS_NewClass(ctx->rt, *id, class) < 0)
        return -1;
    function = JS_NewCConstructor(ctx, *id, class->class_name, constructor, 0, JS_CFUNC_constructor, 0, JS_UNDEFINED,
                                  NULL, 0, members, count, 0);
    if (JS_IsException(function))
        return -1;
    JS_FreeValue(ctx, function);
    return 0;
}

int jsc_define_text(JSContext *ctx)
{
    static const JSClassDef encoder = { "TextEncoder" };
    static const JSClassDef decoder = { "TextDecoder", .finalizer = jsc_decoder_finalizer };
    if (jsc_define_class(ctx, &jsc_encoder_class, &encoder, jsc_encoder_constructor, jsc_encoder_members,
                         countof(jsc_encoder_members)) < 0)
        return -1;
    return jsc_define_class(ctx, &jsc_decoder_class, &decoder, jsc_decoder_constructor, jsc_decoder_members,
                            countof(jsc_decoder_members));
}
