/* The stack of an error. The engine keeps its frames, each behind the end of a line; what the error says of itself comes in front
 * of them when a program first asks for `stack`, as in V8. */

/* Whether there is nothing in front of the frames. */
static bool jsc_is_bare_stack(JSValueConst stack)
{
    if (JS_VALUE_GET_TAG(stack) != JS_TAG_STRING)
        return false;
    return JS_VALUE_GET_STRING(stack)->len == 0 || string_get(JS_VALUE_GET_STRING(stack), 0) == '\n';
}

/* Frees the frames. Where the error cannot say anything, they stay as they are. */
static JSValue jsc_add_error_header(JSContext *ctx, JSValueConst error, JSValue frames)
{
    JSValue header;
    if (!jsc_is_bare_stack(frames))
        return frames;
    header = js_error_toString(ctx, error, 0, NULL);
    if (JS_IsException(header)) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        return frames;
    }
    return JS_ConcatString(ctx, header, frames);
}

/* Called where `stack` is read. */
static JSValue jsc_get_error_stack(JSContext *ctx, JSObject *p)
{
    JSValue stack = js_dup(p->u.object_data);
    if (jsc_is_bare_stack(stack)) {
        stack = jsc_add_error_header(ctx, JS_MKPTR(JS_TAG_OBJECT, p), stack);
        if (!JS_IsException(stack))
            set_value(ctx, &p->u.object_data, js_dup(stack));
    }
    return stack;
}

/* What is kept of an error's stack, or what a program has put in its place. */
JSValue jsc_error_stack(JSContext *ctx, JSValueConst error)
{
    JSObject *p = JS_VALUE_GET_OBJ(error);
    JSProperty *own;
    JSShapeProperty *shape = find_own_property(&own, p, JS_ATOM_stack);
    return js_dup(shape && !(shape->flags & JS_PROP_TMASK) ? own->u.value : p->u.object_data);
}
