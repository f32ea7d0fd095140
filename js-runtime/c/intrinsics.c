/* Builtins of the engine that the runtime library replaces by its own. */

extern uint64_t jsc_random_bits(void);

/* `Math.random` from a generator that is seeded at its first use in this life of the module. */
static JSValue jsc_math_random(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSFloat64Union u;
    (void)ctx, (void)this_val, (void)argc, (void)argv;
    /* 52 random bits as the fraction of a number in [1, 2) */
    u.u64 = ((uint64_t)0x3ff << 52) | (jsc_random_bits() >> 12);
    return js_float64(u.d - 1.0);
}

/* Puts a function of ours in the place of the builtin `object_name.name`. */
static int jsc_replace(JSContext *ctx, const char *object_name, const char *name, JSCFunction *function, int length)
{
    JSValue object = JS_GetPropertyStr(ctx, ctx->global_obj, object_name);
    int result = JS_DefinePropertyValueStr(ctx, object, name, JS_NewCFunction(ctx, function, name, length),
                                           JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
    JS_FreeValue(ctx, object);
    return result;
}

static int jsc_make_spare_error(JSContext *ctx)
{
    JSValue message = JS_NewString(ctx, "out of memory");
    jsc_spare_error = JS_NewObjectProtoClass(ctx, ctx->native_error_proto[JS_INTERNAL_ERROR], JS_CLASS_ERROR);
    return JS_DefinePropertyValue(ctx, jsc_spare_error, JS_ATOM_message, message,
                                  JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
}

static int jsc_define_match_parts(JSContext *ctx);

/* Takes away what QuickJS alone gives functions. */
static int jsc_remove_positions(JSContext *ctx)
{
    static const char *const names[] = { "fileName", "lineNumber", "columnNumber" };
    size_t i;
    for (i = 0; i < countof(names); i++) {
        JSAtom name = JS_NewAtom(ctx, names[i]);
        int result = JS_DeleteProperty(ctx, ctx->function_proto, name, 0);
        JS_FreeAtom(ctx, name);
        if (result < 0)
            return -1;
    }
    return 0;
}

int jsc_replace_intrinsics(JSContext *ctx)
{
    JS_SetCanBlock(ctx->rt, true);
    if (jsc_make_spare_error(ctx) < 0 || jsc_remove_positions(ctx) < 0 || jsc_define_match_parts(ctx) < 0 ||
        jsc_replace(ctx, "Math", "random", jsc_math_random, 0) < 0 ||
        jsc_replace(ctx, "JSON", "parse", jsc_json_parse, 2) < 0 ||
        jsc_replace(ctx, "JSON", "stringify", jsc_json_stringify, 3) < 0)
        return -1;
    return 0;
}

/* The name of an object's class ("Array", "Error", "Map", ...) as a string, undefined for other values. A module's
 * namespace is a "Module" and a proxy a "Proxy": the engine calls both an "Object". */
JSValue jsc_class_name(JSContext *ctx, JSValueConst value)
{
    JSObject *p;
    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return JS_UNDEFINED;
    p = JS_VALUE_GET_OBJ(value);
    if (p->class_id == JS_CLASS_MODULE_NS)
        return JS_AtomToString(ctx, JS_ATOM_Module);
    if (p->class_id == JS_CLASS_PROXY)
        return JS_AtomToString(ctx, JS_ATOM_Proxy);
    return JS_AtomToString(ctx, ctx->rt->class_array[p->class_id].class_name);
}

/* True for a class constructor, which cannot be called: its `prototype` is not writable. */
bool jsc_is_class(JSContext *ctx, JSValueConst value)
{
    JSObject *p;
    JSProperty *property;
    JSShapeProperty *shape;
    (void)ctx;
    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return false;
    p = JS_VALUE_GET_OBJ(value);
    if (p->class_id != JS_CLASS_BYTECODE_FUNCTION || !p->is_constructor)
        return false;
    shape = find_own_property(&property, p, JS_ATOM_prototype);
    return shape && !(shape->flags & JS_PROP_WRITABLE);
}

/* What makes an object a thenable. */
JSValue jsc_get_then(JSContext *ctx, JSValueConst value)
{
    return JS_GetProperty(ctx, value, JS_ATOM_then);
}

/* Promise.resolve(value): the promise that settles as `value` does. */
JSValue jsc_resolve(JSContext *ctx, JSValueConst value)
{
    return js_promise_resolve(ctx, ctx->promise_ctor, 1, &value, 0);
}
