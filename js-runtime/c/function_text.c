/* What Function.prototype.toString gives (patches/function-text.patch): at build time, and in modules that keep it, the
 * source; else the form that the language has for functions without one.
 *
 *     function name() { [native code] }
 *     async function* name() { [native code] }
 *     class Name { [native code] } */

/* The source of a function, without the marks of the front end (positions.c). */
static JSValue jsc_source_of(JSContext *ctx, const JSFunctionBytecode *b)
{
    const char *text = b->source, *end = text + b->source_len, *mark;
    JSValue result;
    DynBuf buffer;
    js_dbuf_init(ctx, &buffer);
    for (; text < end; text = mark) {
        mark = strstr(text, "/*" JSC_POSITION_MARK_TEXT);
        dbuf_put(&buffer, (const uint8_t *)text, (mark ? mark : end) - text);
        mark = mark ? strstr(mark, "*/") : NULL;
        mark = mark ? mark + 2 : end;
    }
    result = dbuf_error(&buffer) ? JS_ThrowOutOfMemory(ctx) : JS_NewStringLen(ctx, (const char *)buffer.buf, buffer.size);
    dbuf_free(&buffer);
    return result;
}

/* NULL once no function has a source. */
static JSValue (*jsc_source_text)(JSContext *ctx, const JSFunctionBytecode *b) = jsc_source_of;

static JSValue jsc_function_text(JSContext *ctx, JSValueConst function)
{
    /* By JSFunctionKindEnum. */
    static const char *const starts[] = { "function ", "function* ", "async function ", "async function* " };
    JSObject *p = JS_VALUE_GET_OBJ(function);
    JSProperty *property;
    JSShapeProperty *shape = p->class_id == JS_CLASS_BOUND_FUNCTION ? NULL : find_own_property(&property, p, JS_ATOM_name);
    bool has_name = shape && !(shape->flags & JS_PROP_TMASK) &&
                    JS_VALUE_GET_TAG(property->u.value) == JS_TAG_STRING;
    JSValue name = has_name ? js_dup(property->u.value) : js_empty_string(ctx->rt);
    const char *start = starts[JS_FUNC_NORMAL];

    if (js_class_has_bytecode(p->class_id)) {
        const JSFunctionBytecode *b = p->u.func.function_bytecode;
        if (b->source && jsc_source_text) {
            JS_FreeValue(ctx, name);
            return jsc_source_text(ctx, b);
        }
        if (jsc_is_class(ctx, function))
            return JS_ConcatString3(ctx, JS_VALUE_GET_STRING(name)->len > 0 ? "class " : "class", name, " { [native code] }");
        start = starts[b->func_kind];
    }
    return JS_ConcatString3(ctx, start, name, "() { [native code] }");
}
