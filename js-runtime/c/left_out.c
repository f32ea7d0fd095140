/* What stands for builtins that were left out, where a program touches them at run time.
 *
 * A buried property (strip.c, patches/tombstone.patch) can be written, defined, deleted and listed like any other. One that
 * held a function gives a function when it is read, and one that was an accessor has functions for that: with their names,
 * but they throw when they are called, and say how to keep the builtin. Nothing can stand for other values, for which
 * reading throws.
 *
 *     counts["constructor"] = 1               // as ever
 *     typeof counts["to" + "String"]          // "function"
 *     [1][["flat", "Map"].join("")](f)        // TypeError: Array.prototype.flatMap was left out of this module, … */

/* A property of the object's own, if it is a string; undefined where it is not. */
static JSValueConst jsc_own_string(JSObject *p, JSAtom name)
{
    JSProperty *property;
    JSShapeProperty *shape = find_own_property(&property, p, name);
    bool is_string = shape && !(shape->flags & JS_PROP_TMASK) && JS_VALUE_GET_TAG(property->u.value) == JS_TAG_STRING;
    return is_string ? property->u.value : JS_UNDEFINED;
}

/* The global name that a builtin object stands under, which the engine holds, and what follows it in a path; undefined
 * for other objects. */
static JSValueConst jsc_name_of_builtin(JSContext *ctx, JSObject *p, const char **end)
{
    JSProperty *property;
    JSValueConst name;
    int class_id;
    *end = ".prototype";
    for (class_id = 1; class_id < ctx->rt->class_count; class_id++) {
        JSValueConst proto = ctx->class_proto[class_id];
        /* What typed arrays inherit together has no name. */
        if (JS_IsObject(proto) && (JS_VALUE_GET_OBJ(proto) == p ||
                                   (is_typed_array(class_id) && JS_VALUE_GET_OBJ(proto)->shape->proto == p)))
            return JS_MKPTR(JS_TAG_STRING, jsc_atom_text(ctx->rt, ctx->rt->class_array[class_id].class_name));
    }
    name = jsc_own_string(p, JS_ATOM_name);
    if (p->class_id == JS_CLASS_C_FUNCTION || !find_own_property(&property, p, JS_ATOM_constructor))
        *end = "";
    if (p->class_id == JS_CLASS_C_FUNCTION)
        return name;
    if (p == JS_VALUE_GET_OBJ(ctx->global_obj))
        return JS_MKPTR(JS_TAG_STRING, ctx->rt->atom_array[JS_ATOM_empty_string]);
    /* The prototypes of errors have names, namespaces such as Math and other prototypes have tags. */
    return JS_IsUndefined(name) ? jsc_own_string(p, JS_ATOM_Symbol_toStringTag) : name;
}

/* Finds a builtin with a property that holds an object; NULL where there is none. */
static JSObject *jsc_find_holder(JSContext *ctx, const JSObject *held, JSAtom *name)
{
    struct list_head *el;
    const char *end;
    int index;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSObject *p = (JSObject *)list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(p) != JS_GC_OBJ_TYPE_JS_OBJECT || p == held)
            continue;
        for (index = 0; index < p->shape->prop_count; index++) {
            const JSShapeProperty *shape = &get_shape_prop(p->shape)[index];
            const JSProperty *property = &p->prop[index];
            int type = shape->flags & JS_PROP_TMASK;
            *name = shape->atom;
            if ((type == JS_PROP_NORMAL ? JS_VALUE_GET_TAG(property->u.value) == JS_TAG_OBJECT &&
                                              JS_VALUE_GET_OBJ(property->u.value) == held
                                        : type == JS_PROP_GETSET && (property->u.getset.getter == held ||
                                                                     property->u.getset.setter == held)) &&
                !JS_IsUndefined(jsc_name_of_builtin(ctx, p, &end)))
                return p;
        }
    }
    return NULL;
}

/* As `--keep` takes it: "Array.prototype.flatMap", "Promise[Symbol.species]". Without an object that has it, the name alone. */
static JSValue jsc_path_of_property(JSContext *ctx, JSObject *p, JSAtom name)
{
    const char *end = "";
    JSValueConst start = p ? jsc_name_of_builtin(ctx, p, &end) : JS_UNDEFINED;
    JSValue key = JS_AtomToString(ctx, name);
    if (!jsc_is_text(ctx, name))
        key = JS_ConcatString3(ctx, "[", key, "]");
    if (JS_IsUndefined(start) || JS_VALUE_GET_STRING(start)->len == 0)
        return key;
    return JS_ConcatString(ctx, JS_ConcatString3(ctx, "", js_dup(start), end),
                           jsc_is_text(ctx, name) ? JS_ConcatString3(ctx, ".", key, "") : key);
}

static int jsc_throw_left_out(JSContext *ctx, JSValue path)
{
    const char *text = JS_ToCString(ctx, path);
    if (text)
        JS_ThrowTypeError(ctx, "%s was left out of this module, which nowhere names it; compile it with --keep %s", text,
                          text);
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, path);
    return -1;
}

/* What is called in place of a builtin function that was left out. */
static JSValue jsc_call_left_out(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValueConst function = ctx->rt->current_stack_frame->cur_func;
    JSAtom name;
    JSObject *holder = jsc_find_holder(ctx, JS_VALUE_GET_OBJ(function), &name);
    jsc_throw_left_out(ctx, holder ? jsc_path_of_property(ctx, holder, name) : JS_GetProperty(ctx, function, JS_ATOM_name));
    return JS_EXCEPTION;
}

/* Makes a function that stands for a builtin one. Where its length is not noted, reading that throws as well. */
static JSValue jsc_make_left_out(JSContext *ctx, const char *kind, JSValue name, int noted_length, JSCFunctionEnum type)
{
    JSValue function =
        JS_NewCFunction3(ctx, jsc_call_left_out, NULL, noted_length - (noted_length > 0), type, 0, ctx->function_proto, 0);
    name = JS_ConcatString3(ctx, kind, name, "");
    if (JS_DefinePropertyValue(ctx, function, JS_ATOM_name, name, JS_PROP_CONFIGURABLE) < 0 ||
        (!noted_length && JS_DefineProperty(ctx, function, JS_ATOM_length, JS_UNDEFINED, function, JS_UNDEFINED,
                                            JS_PROP_HAS_GET) < 0)) {
        JS_FreeValue(ctx, function);
        return JS_EXCEPTION;
    }
    return function;
}

/* Called where a buried property is about to get another value. Returns -1 after an exception. */
static int jsc_clear_buried(JSContext *ctx, JSObject *p, JSProperty *property, JSShapeProperty *shape)
{
    if (js_shape_prepare_update(ctx, p, &shape))
        return -1;
    shape->flags &= ~JS_PROP_TMASK;
    property->u.value = JS_UNDEFINED;
    return 0;
}

/* Called where a buried property is read: makes what stands for it. Returns -1 after an exception. */
static int jsc_unearth(JSContext *ctx, JSObject *p, JSAtom name, JSProperty *property, JSShapeProperty *shape)
{
    JscBuried kind = property->u.init.realm_and_id;
    JSValue value, setter = JS_UNDEFINED;
    const char *end;
    int result;
    /* Constructors are more than functions, and who asks for a global asks for all that it is. */
    if (kind == JSC_BURIED_VALUE || p == JS_VALUE_GET_OBJ(ctx->global_obj))
        return jsc_throw_left_out(ctx, jsc_path_of_property(ctx, p, name));
    value = jsc_make_left_out(ctx, kind == JSC_BURIED_FUNCTION ? "" : "get ",
                              name == JS_ATOM_constructor ? js_dup(jsc_name_of_builtin(ctx, p, &end))
                                                          : JS_AtomToString(ctx, name),
                              kind == JSC_BURIED_FUNCTION ? (uintptr_t)property->u.init.opaque : 1,
                              name == JS_ATOM_constructor ? JS_CFUNC_constructor_or_func : JS_CFUNC_generic);
    if (kind == JSC_BURIED_ACCESSOR)
        setter = jsc_make_left_out(ctx, "set ", JS_AtomToString(ctx, name), 2, JS_CFUNC_generic);
    result = JS_IsException(value) || JS_IsException(setter) || jsc_clear_buried(ctx, p, property, shape) ? -1 : 0;
    if (result == 0 && kind == JSC_BURIED_FUNCTION) {
        property->u.value = value;
        return 0;
    }
    if (result == 0)
        result = JS_DefineProperty(ctx, JS_MKPTR(JS_TAG_OBJECT, p), name, JS_UNDEFINED, value, setter,
                                   JS_PROP_HAS_GET | JS_PROP_HAS_SET);
    JS_FreeValue(ctx, value);
    JS_FreeValue(ctx, setter);
    return result < 0 ? -1 : 0;
}
