/* What JSON.parse says of a text that is not JSON, and JSON.parse itself. */

/* Says what is wrong, and where, as V8 does. */
static no_inline void jsc_json_throw(const JscJsonParser *s, const uint8_t *text)
{
    /* By fault. */
    static const char messages[] = "Unexpected token\0"
                                   "Expected property name or '}'\0"
                                   "Expected double-quoted property name\0"
                                   "Expected ':' after property name\0"
                                   "Expected ',' or '}' after property value\0"
                                   "Expected ',' or ']' after array element\0"
                                   "No number after minus sign\0"
                                   "Unexpected number\0"
                                   "Unterminated fractional number\0"
                                   "Exponent part is missing a number\0"
                                   "Bad Unicode escape\0"
                                   "Bad escaped character\0"
                                   "Unterminated string\0"
                                   "Bad control character in string literal\0"
                                   "Unexpected non-whitespace character after JSON";
    const char *message = messages;
    const uint8_t *at = s->fault_at, *p, *line_start = text;
    uint8_t token[8] = { 0 };
    int line = 1, i;

    if (s->fault == JSC_FAULT_TOKEN) {
        uint32_t c = s->non_ascii && *at >= 0x80 ? utf8_decode(at, &p) : *at;
        if (at >= s->end) {
            JS_ThrowSyntaxError(s->ctx, "Unexpected end of JSON input");
            return;
        }
        memcpy(token, " '", 2);
        token[2 + utf8_encode(token + 2, c)] = '\'';
    }
    for (p = text; p < at; p++) {
        if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
            line++;
            line_start = p + 1;
        }
    }
    for (i = JSC_FAULT_TOKEN; i < s->fault; i++)
        message += strlen(message) + 1;
    JS_ThrowSyntaxError(s->ctx, "%s%s%s at position %d (line %d column %d)", message, token,
                        s->fault == JSC_FAULT_REST ? "" : " in JSON", (int)(at - text), line, (int)(at - line_start) + 1);
}

static JSValue jsc_json_parse_or_throw(JSContext *ctx, const uint8_t *text, size_t length, bool utf8)
{
    JscJsonParser parser;
    JSValue value = jsc_json_parse_text(&parser, ctx, text, length, utf8);
    if (parser.fault)
        jsc_json_throw(&parser, text);
    return value;
}

/* Parses UTF-8; `text[length]` must be NUL. */
JSValue jsc_parse_json(JSContext *ctx, const char *text, size_t length)
{
    return jsc_json_parse_or_throw(ctx, (const uint8_t *)text, length, true);
}

/* `jsc_refuse_reviver` (calls.c) where nothing passes a reviver. */
static JSCFunction *jsc_parse_with_reviver = js_json_parse;

static JSValue jsc_json_parse(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValue text, value;
    JSString *p;

    if (argc > 1 && JS_IsFunction(ctx, argv[1]))
        return jsc_parse_with_reviver(ctx, this_val, argc, argv);
    text = JS_ToString(ctx, argv[0]);
    if (JS_IsException(text))
        return text;
    p = JS_VALUE_GET_STRING(text);
    if (!p->is_wide_char && p->kind == JS_STRING_KIND_NORMAL) {
        value = jsc_json_parse_or_throw(ctx, str8(p), p->len, false);
    } else {
        size_t length;
        const char *utf8 = JS_ToCStringLen(ctx, &length, text);
        value = utf8 ? jsc_parse_json(ctx, utf8, length) : JS_EXCEPTION;
        JS_FreeCString(ctx, utf8);
    }
    JS_FreeValue(ctx, text);
    return value;
}
