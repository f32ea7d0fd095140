/* Takes out of the heap what the program cannot name, so that the optimizer finds it unreachable.
 *
 * A builtin that nothing names leaves a tombstone: the property is still there, but what it gives throws an error that
 * says how to keep it (left_out.c). Code generation from strings is replaced by an error in the same way. */

/* Whether names may be packed (names.c): programs that keep everything keep these as they are. */
static bool jsc_names_may_sleep;

/* Whether a property of a builtin object can be made again by nobody: a function, an accessor, an object of functions,
 * a member of `Symbol`. */
static bool jsc_can_be_buried(const JscMentions *m, const JSObject *p, const JSProperty *property, int flags)
{
    switch (flags & JS_PROP_TMASK) {
    case JS_PROP_AUTOINIT:
        return js_autoinit_get_id((JSProperty *)property) >= JS_AUTOINIT_ID_PROP &&
               !jsc_is_buried((JSProperty *)property);
    case JS_PROP_GETSET:
        return (!property->u.getset.getter || jsc_is_of_boot(property->u.getset.getter)) &&
               (!property->u.getset.setter || jsc_is_of_boot(property->u.getset.setter));
    case JS_PROP_NORMAL:
        if (JS_VALUE_GET_TAG(property->u.value) == JS_TAG_SYMBOL)
            return p == jsc_symbol_constructor &&
                   !jsc_is_mentioned(m, js_get_atom_index(m->ctx->rt, JS_VALUE_GET_PTR(property->u.value)));
        return JS_VALUE_GET_TAG(property->u.value) == JS_TAG_OBJECT &&
               jsc_is_of_boot(JS_VALUE_GET_OBJ(property->u.value));
    default:
        return false;
    }
}

/* Whether a lazy property makes a function. */
static bool jsc_is_lazy_function(const JSProperty *property)
{
    const JSCFunctionListEntry *entry = property->u.init.opaque;
    return js_autoinit_get_id((JSProperty *)property) == JS_AUTOINIT_ID_BYTECODE || entry->def_type == JS_DEF_CFUNC;
}

/* One more than the `length` of the function that a property holds. Of objects that inherit from none but `Object`, whose
 * keys are data, any property may be looked at; elsewhere it is not noted, as zeros take no place in a module. */
static uint32_t jsc_note_length(JSContext *ctx, const JSObject *p, const JSProperty *property, int flags)
{
    JSProperty *length;
    if (p != JS_VALUE_GET_OBJ(ctx->class_proto[JS_CLASS_OBJECT]))
        return 0;
    if ((flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT)
        return ((const JSCFunctionListEntry *)property->u.init.opaque)->u.func.length + 1;
    return find_own_property(&length, JS_VALUE_GET_OBJ(property->u.value), JS_ATOM_length)
               ? JS_VALUE_GET_INT(length->u.value) + 1
               : 0;
}

static JscBuried jsc_kind_of_property(JSContext *ctx, const JSProperty *property, int flags)
{
    switch (flags & JS_PROP_TMASK) {
    case JS_PROP_AUTOINIT:
        return jsc_is_lazy_function(property) ? JSC_BURIED_FUNCTION : JSC_BURIED_VALUE;
    case JS_PROP_GETSET:
        return property->u.getset.setter ? JSC_BURIED_ACCESSOR : JSC_BURIED_GETTER;
    default:
        return JS_IsFunction(ctx, property->u.value) ? JSC_BURIED_FUNCTION : JSC_BURIED_VALUE;
    }
}

static int jsc_bury_property(JSContext *ctx, JSObject *p, int index)
{
    JSShapeProperty *shape = &get_shape_prop(p->shape)[index];
    JSProperty *property = &p->prop[index];
    JscBuried kind = jsc_kind_of_property(ctx, property, shape->flags);
    uint32_t noted_length = kind == JSC_BURIED_FUNCTION ? jsc_note_length(ctx, p, property, shape->flags) : 0;
    if (js_shape_prepare_update(ctx, p, &shape))
        return -1;
    free_property(ctx->rt, property, shape->flags);
    shape->flags = (shape->flags & ~JS_PROP_TMASK) | JS_PROP_AUTOINIT;
    property->u.init.realm_and_id = kind;
    property->u.init.opaque = (void *)(uintptr_t)noted_length;
    return 0;
}

/* Whether a property holds a constructor that the program can have by its own name: both must be the same. */
static bool jsc_has_mentioned_constructor(const JscMentions *m, const JSProperty *property, const JSShapeProperty *shape)
{
    JSValueConst name;
    JSAtom atom;
    bool result;
    if (shape->atom != JS_ATOM_constructor || (shape->flags & JS_PROP_TMASK) || !JS_IsObject(property->u.value))
        return false;
    name = jsc_own_string(JS_VALUE_GET_OBJ(property->u.value), JS_ATOM_name);
    if (JS_IsUndefined(name))
        return false;
    atom = JS_ValueToAtom(m->ctx, name);
    result = jsc_is_callable(m, atom);
    JS_FreeAtom(m->ctx, atom);
    return result;
}

/* What is behind a gate may be needed though nothing mentions it; if it is not, the optimizer takes it out. */
static bool jsc_may_be_needed(const JscMentions *m, const JSObject *p, JSAtom name)
{
    if (jsc_gate_of_name(name) == JSC_GATE_NONE)
        return false;
    return !jsc_has_gates || jsc_gate_of_property(m, p, name) != JSC_GATE_NEVER;
}

/* Buries the properties of `p` that are not mentioned. */
static int jsc_bury_unmentioned(JSContext *ctx, JSObject *p, const JscMentions *m)
{
    int index;
    for (index = 0; index < p->shape->prop_count; index++) {
        const JSShapeProperty *shape = &get_shape_prop(p->shape)[index];
        if (shape->atom == JS_ATOM_NULL || !jsc_is_text(m->ctx, shape->atom) || jsc_is_mentioned(m, shape->atom) ||
            jsc_is_read(m, shape->atom) || jsc_may_be_needed(m, p, shape->atom) ||
            jsc_has_mentioned_constructor(m, &p->prop[index], shape) || !jsc_can_be_buried(m, p, &p->prop[index], shape->flags))
            continue;
        if (jsc_bury_property(ctx, p, index))
            return -1;
    }
    return 0;
}

static bool jsc_has_value(const JSObject *holder, const JSObject *p)
{
    const JSShapeProperty *shape = get_shape_prop(holder->shape);
    int index;
    for (index = 0; index < holder->shape->prop_count; index++, shape++) {
        JSValue value = holder->prop[index].u.value;
        if (!(shape->flags & JS_PROP_TMASK) && JS_VALUE_GET_TAG(value) == JS_TAG_OBJECT && JS_VALUE_GET_OBJ(value) == p)
            return true;
    }
    return false;
}

/* `console`, `Javy`, `Javy.JSON` and the like: what lies further inside the library is its own business. */
static bool jsc_is_namespace_of_library(JSContext *ctx, const JSObject *p)
{
    JSObject *global = JS_VALUE_GET_OBJ(ctx->global_obj);
    const JSShapeProperty *shape = get_shape_prop(global->shape);
    int index;
    if (!jsc_is_of_boot(p))
        return false;
    for (index = 0; index < global->shape->prop_count; index++, shape++) {
        JSValue value = global->prop[index].u.value;
        const JSObject *member;
        if (shape->flags & JS_PROP_TMASK || JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
            continue;
        member = JS_VALUE_GET_OBJ(value);
        if (member == p)
            return true;
        if (p->class_id == JS_CLASS_OBJECT && member != global && jsc_is_of_boot(member) && !jsc_is_builtin(member) &&
            jsc_has_value(member, p))
            return true;
    }
    return false;
}

static int jsc_bury_in_builtins(JSContext *ctx, const JscMentions *m)
{
    struct list_head *el;
    int count = 0, result = 0, i;
    JSObject **objects = js_malloc(ctx, jsc_library.count * sizeof(*objects));
    if (!objects)
        return -1;
    /* Held, since burying frees. */
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_JS_OBJECT &&
            (jsc_is_builtin((JSObject *)header) || jsc_is_namespace_of_library(ctx, (JSObject *)header))) {
            js_dup(JS_MKPTR(JS_TAG_OBJECT, header));
            objects[count++] = (JSObject *)header;
        }
    }
    for (i = 0; i < count; i++) {
        if (result == 0)
            result = jsc_bury_unmentioned(ctx, objects[i], m);
        JS_FreeValue(ctx, JS_MKPTR(JS_TAG_OBJECT, objects[i]));
    }
    js_free(ctx, objects);
    return result;
}

/* Functions of these kinds make objects of these classes, and call them. */
static const struct {
    uint16_t class_id;
    JSFunctionKindEnum kind;
} jsc_function_classes[] = {
    { JS_CLASS_GENERATOR, JS_FUNC_GENERATOR },
    { JS_CLASS_GENERATOR_FUNCTION, JS_FUNC_GENERATOR },
    { JS_CLASS_ASYNC_GENERATOR, JS_FUNC_ASYNC_GENERATOR },
    { JS_CLASS_ASYNC_GENERATOR_FUNCTION, JS_FUNC_ASYNC_GENERATOR },
};

/* A class whose prototype is needed only where its constructor, or a named function, makes objects of it. */
typedef struct {
    uint16_t class_id;
    /* Prototypes of the classes from the first to the last keep it; 0 for none. */
    uint16_t needed_by[2];
    /* So do these names, separated by spaces. */
    const char *names;
} JscOptionalClass;

static const JscOptionalClass jsc_optional_classes[] = {
    { JS_CLASS_MAP, { 0 }, "groupBy" },
    { JS_CLASS_SET, { 0 }, NULL },
    { JS_CLASS_WEAKMAP, { 0 }, NULL },
    { JS_CLASS_WEAKSET, { 0 }, NULL },
    { JS_CLASS_WEAK_REF, { 0 }, NULL },
    { JS_CLASS_FINALIZATION_REGISTRY, { 0 }, NULL },
    { JS_CLASS_DATE, { 0 }, NULL },
    { JS_CLASS_DATAVIEW, { 0 }, NULL },
    { JS_CLASS_SHARED_ARRAY_BUFFER, { 0 }, NULL },
    { JS_CLASS_UINT8C_ARRAY, { 0 }, NULL },
    { JS_CLASS_INT8_ARRAY, { 0 }, NULL },
    { JS_CLASS_UINT8_ARRAY, { 0 }, "encode" },
    { JS_CLASS_INT16_ARRAY, { 0 }, NULL },
    { JS_CLASS_UINT16_ARRAY, { 0 }, NULL },
    { JS_CLASS_INT32_ARRAY, { 0 }, NULL },
    { JS_CLASS_UINT32_ARRAY, { 0 }, NULL },
    { JS_CLASS_BIG_INT64_ARRAY, { 0 }, NULL },
    { JS_CLASS_BIG_UINT64_ARRAY, { 0 }, NULL },
    { JS_CLASS_FLOAT16_ARRAY, { 0 }, NULL },
    { JS_CLASS_FLOAT32_ARRAY, { 0 }, NULL },
    { JS_CLASS_FLOAT64_ARRAY, { 0 }, NULL },
    { JS_CLASS_DISPOSABLE_STACK, { 0 }, NULL },
    { JS_CLASS_ASYNC_DISPOSABLE_STACK, { 0 }, NULL },
    { JS_CLASS_ITERATOR_CONCAT, { 0 }, "concat" },
    { JS_CLASS_ITERATOR_HELPER, { 0 }, "drop filter flatMap map take zip zipKeyed" },
    { JS_CLASS_ITERATOR_WRAP, { 0 }, "from" },
    { JS_CLASS_DOM_EXCEPTION, { 0 }, "atob btoa structuredClone" },
    { JS_CLASS_CALL_SITE, { 0 }, "prepareStackTrace" },
    { JS_CLASS_RAWJSON, { 0 }, "rawJSON" },
    /* Made by the classes above. */
    { JS_CLASS_ARRAY_BUFFER, { JS_CLASS_UINT8C_ARRAY, JS_CLASS_DATAVIEW }, NULL },
    { JS_CLASS_MAP_ITERATOR, { JS_CLASS_MAP, JS_CLASS_MAP }, NULL },
    { JS_CLASS_SET_ITERATOR, { JS_CLASS_SET, JS_CLASS_SET }, NULL },
};

static bool jsc_is_in_heap(JSRuntime *rt, const void *object)
{
    struct list_head *el;
    list_for_each(el, &rt->gc_obj_list) {
        if (list_entry(el, JSGCObjectHeader, link) == object)
            return true;
    }
    return false;
}

/* For a class of which no object can come to be. */
static void jsc_disable_class(JSRuntime *rt, int class_id)
{
    JSClass *class = &rt->class_array[class_id];
    class->finalizer = NULL;
    class->gc_mark = NULL;
    class->call = NULL;
    class->exotic = NULL;
}

/* Lets go of a class's prototype; it stays where anything else still refers to it. */
static void jsc_release_class(JSContext *ctx, int class_id)
{
    JSValue proto = ctx->class_proto[class_id];
    JSObject *p = JS_VALUE_GET_OBJ(proto);

    ctx->class_proto[class_id] = JS_NULL;
    JS_FreeValue(ctx, proto);
    JS_RunGC(ctx->rt);
    if (jsc_is_in_heap(ctx->rt, p)) {
        ctx->class_proto[class_id] = js_dup(proto);
        return;
    }
    /* An object of it would hold it. */
    jsc_disable_class(ctx->rt, class_id);
}

/* Lets go of regular expressions, which literals and methods of strings make, too. */
static void jsc_release_regexp(JSContext *ctx, JscMentions *m)
{
    static const JSShapeProperty properties[] = { { .atom = JS_ATOM_lastIndex, .flags = JS_PROP_WRITABLE } };
    JSValue constructor = ctx->regexp_ctor;

    if (m->opcodes[OP_regexp] || jsc_has_instance(ctx->rt, JS_CLASS_REGEXP) ||
        jsc_mentions_one_of(m, "RegExp match matchAll search [Symbol.matchAll] [Symbol.split]"))
        return;
    ctx->regexp_ctor = JS_UNDEFINED;
    js_free_shape(ctx->rt, ctx->regexp_shape);
    ctx->regexp_shape = NULL;
    JS_FreeValue(ctx, constructor);
    jsc_release_class(ctx, JS_CLASS_REGEXP_STRING_ITERATOR);
    jsc_release_class(ctx, JS_CLASS_REGEXP);
    if (jsc_has_prototype(ctx, JS_CLASS_REGEXP)) {
        JSValue proto = ctx->class_proto[JS_CLASS_REGEXP];
        ctx->regexp_ctor = JS_GetProperty(ctx, proto, JS_ATOM_constructor);
        js_new_shape_with(ctx, &ctx->regexp_shape, proto, countof(properties), properties);
    }
}

static bool jsc_is_needed(JSContext *ctx, const JscOptionalClass *optional)
{
    int class_id;
    for (class_id = optional->needed_by[0]; class_id <= optional->needed_by[1]; class_id++)
        if (jsc_has_prototype(ctx, class_id))
            return true;
    return false;
}

static void jsc_release_classes(JSContext *ctx, JscMentions *m)
{
    size_t i;
    for (i = 0; i < countof(jsc_optional_classes); i++) {
        const JscOptionalClass *optional = &jsc_optional_classes[i];
        if (jsc_has_prototype(ctx, optional->class_id) && !jsc_is_needed(ctx, optional) &&
            !jsc_mentions_one_of(m, optional->names))
            jsc_release_class(ctx, optional->class_id);
    }
    jsc_release_regexp(ctx, m);
    for (i = 0; i < countof(jsc_function_classes); i++) {
        int class_id = jsc_function_classes[i].class_id;
        if (jsc_has_prototype(ctx, class_id) && !m->kinds[jsc_function_classes[i].kind] &&
            !jsc_has_instance(ctx->rt, class_id))
            jsc_release_class(ctx, class_id);
    }
    if (!m->opcodes[OP_for_await_of_start] && !m->kinds[JS_FUNC_ASYNC_GENERATOR])
        jsc_release_class(ctx, JS_CLASS_ASYNC_FROM_SYNC_ITERATOR);
    if (!jsc_mentions_one_of(m, "Proxy") && !jsc_has_instance(ctx->rt, JS_CLASS_PROXY))
        jsc_disable_class(ctx->rt, JS_CLASS_PROXY);
}

static JSValue jsc_throw_error(JSContext *ctx, JSErrorEnum kind, const char *message, ...)
{
    JSValue result;
    va_list arguments;
    va_start(arguments, message);
    result = JS_ThrowError(ctx, kind, message, arguments);
    va_end(arguments);
    return result;
}

/* Makes the builtins that QuickJS brings as bytecode (patches/tombstone.patch). */
static JSAutoInitFunc *jsc_load_builtin = js_bytecode_autoinit;

static JSValue jsc_autoinit_bytecode(JSContext *ctx, JSObject *p, JSAtom atom, void *opaque)
{
    return jsc_load_builtin ? jsc_load_builtin(ctx, p, atom, opaque) : JS_UNDEFINED;
}

/* Takes the place of JS_InstantiateFunctionListItem2, which can make objects, too. */
static JSValue jsc_make_listed_function(JSContext *ctx, JSObject *p, JSAtom atom, void *opaque)
{
    const JSCFunctionListEntry *entry = opaque;
    return JS_NewCFunction2(ctx, entry->u.func.cfunc.generic, entry->name, entry->u.func.length, entry->u.func.cproto,
                            entry->magic);
}

/* Whether all lazy properties that are left make functions. */
static bool jsc_has_only_lazy_functions(JSRuntime *rt)
{
    struct list_head *el;
    int index;
    list_for_each(el, &rt->gc_obj_list) {
        JSObject *p = (JSObject *)list_entry(el, JSGCObjectHeader, link);
        for (index = 0; JS_GC_TYPE(p) == JS_GC_OBJ_TYPE_JS_OBJECT && index < p->shape->prop_count; index++) {
            const JSProperty *property = &p->prop[index];
            if ((get_shape_prop(p->shape)[index].flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT && !jsc_is_buried(property) &&
                js_autoinit_get_id((JSProperty *)property) == JS_AUTOINIT_ID_PROP && !jsc_is_lazy_function(property))
                return false;
        }
    }
    return true;
}

/* Takes the place of the compiler. */
static JSValue jsc_refuse_eval(JSContext *ctx, JSValueConst this_obj, const char *input, size_t length,
                               const char *filename, int line, int flags, int scope_idx)
{
    return jsc_throw_error(ctx, JS_EVAL_ERROR,
                           "code cannot be made from strings in this module; compile it with --allow-eval");
}

static JSValue (*jsc_make_code)(JSContext *ctx, JSValueConst this_obj, const char *input, size_t length,
                                const char *filename, int line, int flags, int scope_idx);

/* A function without parameters and body is made to learn whether functions can be made, and the answer is kept: it has
 * to be that of the run. */
static JSValue jsc_make_code_but_probes(JSContext *ctx, JSValueConst this_obj, const char *input, size_t length,
                                        const char *filename, int line, int flags, int scope_idx)
{
    static const char probe[] = "(functionanonymous(){})";
    size_t i, matched = 0;
    for (i = 0; i < length && matched < sizeof(probe); i++) {
        if (input[i] == ' ' || input[i] == '\n')
            continue;
        if (input[i] != probe[matched])
            break;
        matched++;
    }
    if (i == length && matched == sizeof(probe) - 1)
        return jsc_refuse_eval(ctx, this_obj, input, length, filename, line, flags, scope_idx);
    return jsc_make_code(ctx, this_obj, input, length, filename, line, flags, scope_idx);
}

/* Called before a program whose module will not have the compiler. */
void jsc_refuse_probes(JSContext *ctx)
{
    jsc_make_code = ctx->eval_internal;
    ctx->eval_internal = jsc_make_code_but_probes;
}

/* Whether the program has `import()`, or has called it and the module is yet to be loaded. */
static bool jsc_imports;

static bool jsc_import_waits(JSContext *ctx)
{
    struct list_head *el;
    list_for_each(el, &ctx->rt->job_list)
        if (list_entry(el, JSJobEntry, link)->job_func == js_dynamic_import_job)
            return true;
    return false;
}

/* Takes the place of the loader of modules (`load` in src/define.rs), and says the same. */
static JSModuleDef *jsc_refuse_module(JSContext *ctx, const char *name, void *opaque)
{
    JS_ThrowReferenceError(
        ctx, "the module '%s' is not part of this program: only modules known at build time can be imported", name);
    return NULL;
}

static void jsc_release_value(JSContext *ctx, JSValue *field)
{
    JSValue value = *field;
    *field = JS_UNDEFINED;
    JS_FreeValue(ctx, value);
}

/* Lets go of what the context holds only to compare with it. */
static void jsc_release_constructors(JSContext *ctx, JscMentions *m)
{
    jsc_release_value(ctx, &ctx->array_ctor);
    jsc_release_value(ctx, &ctx->function_ctor);
    if (!jsc_mentions_one_of(m, "eval"))
        jsc_release_value(ctx, &ctx->eval_obj);
    if (!jsc_mentions_one_of(m, "Iterator")) {
        jsc_release_value(ctx, &ctx->iterator_ctor);
        jsc_release_value(ctx, &ctx->iterator_ctor_getset);
    }
}

/* Returns -1 after an exception; what could not be taken out stays. */
int jsc_strip_names(JSContext *ctx, bool gated)
{
    JscMentions mentions;
    int result;

    jsc_has_gates = gated;
    jsc_texts_are_code = !gated;
    jsc_names_may_sleep = true;
    if (jsc_drop_unread(ctx))
        return -1;
    if (jsc_find_mentions(ctx, &mentions, JSC_OF_PROGRAM))
        return -1;
    jsc_mention_kept(&mentions);
    result = jsc_bury_unmentioned(ctx, JS_VALUE_GET_OBJ(ctx->global_obj), &mentions);
    /* Those that QuickJS brings as bytecode mention names themselves. */
    if (result == 0)
        result = jsc_make_mentioned(ctx, &mentions, JS_AUTOINIT_ID_BYTECODE);
    jsc_end_mentions(&mentions);
    JS_RunGC(ctx->rt);
    if (result || jsc_find_mentions(ctx, &mentions, JSC_OF_ALL))
        return -1;
    jsc_mention_kept(&mentions);
    result = jsc_bury_in_builtins(ctx, &mentions);
    if (gated) {
        jsc_release_constructors(ctx, &mentions);
        if (!jsc_is_kept("RegExp"))
            jsc_drop_pattern_parts(&mentions.patterns);
        jsc_drop_json_options(ctx);
        jsc_drop_last_match(&mentions);
    }
    JS_RunGC(ctx->rt);
    jsc_release_classes(ctx, &mentions);
    jsc_imports = mentions.opcodes[OP_import] || jsc_import_waits(ctx);
    jsc_end_mentions(&mentions);
    return result;
}

/* Cuts off what makes code and modules; after this the heap's bytecode is all there will be, unless `allow_eval`. */
void jsc_drop_loaders(JSContext *ctx, bool allow_eval)
{
    if (allow_eval)
        return;
    if (jsc_has_only_lazy_functions(ctx->rt))
        jsc_make_listed = jsc_make_listed_function;
    ctx->eval_internal = jsc_refuse_eval;
    jsc_make_code = NULL;
    ctx->compile_regexp = NULL;
    /* What the program names of it has been made. */
    jsc_load_builtin = NULL;
    if (jsc_imports) {
        ctx->rt->u.module_loader_func = jsc_refuse_module;
    } else {
        ctx->rt->u.module_loader_func = NULL;
        ctx->rt->normalize_u.module_normalize_func = NULL;
    }
}
