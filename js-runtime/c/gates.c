/* What the heap refers to but only some functions of the engine ever use.
 *
 * Array.prototype.constructor is there for `Array` in the program and for functions that make arrays of an array's
 * species. The prototype of generators matters once something makes generators. Such references are behind a gate, which
 * opens when one of the functions that use what is behind it can run; whether one can, the optimizer finds out. */

typedef struct {
    /* Names of functions, separated by spaces. `*` stands for any end of a name. */
    const char *openers;
    /* Functions that only what is behind the gate brings to run; calls of them do not count while it is closed. Those of
     * builtins that a program can get at run for any value, and do count. */
    const char *guarded;
    uint32_t is_open;
} JscGate;

typedef enum {
    JSC_GATE_NONE,
    /* Of what nothing asks for. */
    JSC_GATE_NEVER,
    /* Of what is there to be compared with, and is never used. */
    JSC_GATE_COMPARED,
    JSC_GATE_ARRAY_CONSTRUCTOR,
    JSC_GATE_REGEXP_CONSTRUCTOR,
    JSC_GATE_CONSTRUCTOR,
    JSC_GATE_TO_PRIMITIVE,
    JSC_GATE_TO_LOCALE_STRING,
    JSC_GATE_JOIN,
    JSC_GATE_THEN,
    JSC_GATE_RESOLVE,
    JSC_GATE_MAP_ADDERS,
    JSC_GATE_TYPED_ARRAY_SET,
    JSC_GATE_SET_LIKE,
    JSC_GATE_ITERATOR,
    JSC_GATE_HAS_INSTANCE,
    JSC_GATE_SPECIES,
    JSC_GATE_TO_STRING_TAG,
    JSC_GATE_ITERATOR_METHODS,
    JSC_GATE_TYPED_ARRAY,
    JSC_GATE_MATCH,
    JSC_GATE_REPLACE,
    JSC_GATE_SPLIT,
    JSC_GATE_ARRAY_VALUES,
    JSC_GATE_THROW_TYPE_ERROR,
    JSC_GATE_ARGUMENTS,
    JSC_GATE_MAPPED_ARGUMENTS,
    JSC_GATE_NAMESPACE,
    JSC_GATE_BOUND_FUNCTION,
    JSC_GATE_FUNCTION_DATA,
    JSC_GATE_CLOSURE,
    JSC_GATE_TEXT_DECODER,
    JSC_GATE_FOR_IN,
    JSC_GATE_ITERATOR_CONCAT,
    JSC_GATE_ITERATOR_HELPER,
    JSC_GATE_ITERATOR_WRAP,
    JSC_GATE_ARRAY_ITERATOR,
    JSC_GATE_GENERATOR,
    JSC_GATE_ASYNC_GENERATOR,
    JSC_GATE_ASYNC_FUNCTION,
    JSC_GATE_ASYNC_FROM_SYNC,
    JSC_GATE_PROMISE,
    JSC_GATE_SETTLE,
    JSC_GATE_PROXY,
    JSC_GATE_SYMBOL,
    JSC_GATE_BIGINT,
    JSC_GATE_POWER,
    JSC_GATE_CLASS_STRINGS,
    JSC_GATE_IGNORED_CASE,
    JSC_GATE_FLOAT16,
    JSC_GATE_CLAMPED,
    JSC_GATE_WEAK,
    JSC_GATE_ASYNC_STATE,
    JSC_GATE_FORWARDING,
    JSC_GATE_LIST_OF_ARGUMENTS,
    JSC_GATE_COUNT,
} JscGateId;

static JscGate jsc_gates[JSC_GATE_COUNT] = {
    [JSC_GATE_NONE] = { "", "", true },
    [JSC_GATE_NEVER] = { "", "" },
    [JSC_GATE_COMPARED] = { "", "" },
    [JSC_GATE_ARRAY_CONSTRUCTOR] = { "JS_ArraySpeciesCreate", "" },
    /* `js_string_match` makes a regular expression of what is none. */
    [JSC_GATE_REGEXP_CONSTRUCTOR] = { "js_string_match js_regexp_Symbol_matchAll js_regexp_Symbol_split", "" },
    [JSC_GATE_CONSTRUCTOR] = { "JS_SpeciesConstructor", "" },
    [JSC_GATE_TO_PRIMITIVE] = { "JS_ToPrimitiveFree js_object_toLocaleString", "" },
    [JSC_GATE_TO_LOCALE_STRING] = { "JS_ToLocaleStringFree", "" },
    [JSC_GATE_JOIN] = { "js_array_toString", "" },
    [JSC_GATE_THEN] = { "js_promise_resolve_function_call js_promise_all js_promise_race js_promise_catch "
                        "js_promise_finally js_promise_then_finally_func js_async_iterator_proto_dispose "
                        "js_async_dispose_step js_disposable_stack_dispose", "" },
    [JSC_GATE_RESOLVE] = { "js_promise_all js_promise_race", "" },
    [JSC_GATE_MAP_ADDERS] = { "js_map_constructor", "" },
    /* `filter` of typed arrays copies with it. */
    [JSC_GATE_TYPED_ARRAY_SET] = { "", "" },
    [JSC_GATE_SET_LIKE] = { "js_setlike_get_props", "" },
    [JSC_GATE_ITERATOR] = { "JS_GetIterator js_array_from js_iterator_concat js_iterator_from "
                            "js_iterator_helper_next js_typed_array_from js_typed_array_constructor", "" },
    [JSC_GATE_HAS_INSTANCE] = { "JS_IsInstanceOf", "" },
    [JSC_GATE_SPECIES] = { "JS_SpeciesConstructor JS_ArraySpeciesCreate", "" },
    [JSC_GATE_TO_STRING_TAG] = { "js_object_toString js_iterator_proto_set_toStringTag", "" },
    [JSC_GATE_ITERATOR_METHODS] = { "", "" },
    [JSC_GATE_TYPED_ARRAY] = { "", "js_typed_array___speciesCreate js_typed_array_constructor* "
                                   "JS_AtomIsNumericIndex*" },
    [JSC_GATE_MATCH] = { "js_string_match", "" },
    [JSC_GATE_REPLACE] = { "js_string_replace", "" },
    [JSC_GATE_SPLIT] = { "js_string_split", "" },
    [JSC_GATE_ARRAY_VALUES] = { "js_build_arguments js_build_mapped_arguments", "" },
    [JSC_GATE_THROW_TYPE_ERROR] = { "js_build_arguments", "" },
    [JSC_GATE_ARGUMENTS] = { "js_build_arguments", "" },
    [JSC_GATE_MAPPED_ARGUMENTS] = { "js_build_mapped_arguments", "" },
    [JSC_GATE_NAMESPACE] = { "JS_GetModuleNamespace", "js_module_ns_autoinit" },
    [JSC_GATE_BOUND_FUNCTION] = { "js_function_bind", "jsc_bound_arguments" },
    [JSC_GATE_FUNCTION_DATA] = { "JS_NewCFunctionData2", "" },
    [JSC_GATE_CLOSURE] = { "", "" },
    [JSC_GATE_TEXT_DECODER] = { "jsc_decoder_constructor", "" },
    [JSC_GATE_FOR_IN] = { "", "" },
    [JSC_GATE_ITERATOR_CONCAT] = { "js_iterator_concat", "" },
    [JSC_GATE_ITERATOR_HELPER] = { "js_create_iterator_helper", "" },
    [JSC_GATE_ITERATOR_WRAP] = { "js_iterator_from", "" },
    [JSC_GATE_ARRAY_ITERATOR] = { "js_create_array_iterator", "" },
    [JSC_GATE_GENERATOR] = { "", "jsc_begin_generator jsc_leave_generator" },
    [JSC_GATE_ASYNC_GENERATOR] = { "", "" },
    [JSC_GATE_ASYNC_FUNCTION] = { "", "jsc_begin_async_call jsc_end_async_call" },
    [JSC_GATE_ASYNC_FROM_SYNC] = { "JS_GetIterator", "" },
    [JSC_GATE_PROMISE] = { "js_promise_new", "" },
    /* Thenables are objects with `then`, or made by code that names it. */
    [JSC_GATE_SETTLE] = { "", "jsc_resolve" },
    [JSC_GATE_PROXY] = { "js_proxy_constructor js_proxy_revocable", "js_proxy_*" },
    [JSC_GATE_SYMBOL] = { "js_symbol_constructor js_symbol_for", "" },
    [JSC_GATE_BIGINT] = { "js_bigint_constructor js_bigint_asUintN", "js_bigint_* JS_NewBigInt64 JS_NewBigUint64 JS_ToBigIntFree "
                                                   "JS_ToBigInt64Free JS_StringToBigInt js_compare_bigint" },
    /* The slow path of all arithmetic has it, though only `**` gets there. */
    [JSC_GATE_POWER] = { "", "js_math_pow" },
    /* Sets of characters are all sets of strings to the compiler of regular expressions. */
    [JSC_GATE_CLASS_STRINGS] = { "parse_class_string_disjunction seq_prop_cb", "re_emit_string_list re_string_find2" },
    [JSC_GATE_IGNORED_CASE] = { "", "cr_regexp_canonicalize lre_canonicalize" },
    /* Reading and writing elements of any kind has these kinds, too. */
    [JSC_GATE_FLOAT16] = { "", "tofp16 fromfp16" },
    [JSC_GATE_CLAMPED] = { "", "JS_ToUint8ClampFree" },
    /* Freeing an object looks for who refers to it weakly. */
    [JSC_GATE_WEAK] = { "insert_weakref_record", "reset_weak_ref" },
    /* The garbage collector knows all kinds of objects. */
    [JSC_GATE_ASYNC_STATE] = { "async_func_init", "async_func_mark async_func_free js_async_function_free" },
    /* The interpreter does the work of these. */
    [JSC_GATE_FORWARDING] = { "js_function_call js_function_apply js_reflect_apply js_generator_next js_call_bound_function "
                              "js_async_function_call", "jsc_forward jsc_leave_coroutine" },
    [JSC_GATE_LIST_OF_ARGUMENTS] = { "js_function_apply js_reflect_apply js_call_bound_function",
                                     "jsc_list_arguments jsc_free_arguments" },
};

/* Which properties of builtins, where the program does not mention them. */
static const struct {
    JSAtom name;
    JscGateId gate;
} jsc_property_gates[] = {
    { JS_ATOM_constructor, JSC_GATE_CONSTRUCTOR },
    { JS_ATOM_toLocaleString, JSC_GATE_TO_LOCALE_STRING },
    { JS_ATOM_resolve, JSC_GATE_RESOLVE },
    { JS_ATOM_toString, JSC_GATE_TO_PRIMITIVE },
    { JS_ATOM_valueOf, JSC_GATE_TO_PRIMITIVE },
    { JS_ATOM_Symbol_toPrimitive, JSC_GATE_TO_PRIMITIVE },
    { JS_ATOM_join, JSC_GATE_JOIN },
    { JS_ATOM_then, JSC_GATE_THEN },
    { JS_ATOM_add, JSC_GATE_MAP_ADDERS },
    { JS_ATOM_set, JSC_GATE_MAP_ADDERS },
    { JS_ATOM_has, JSC_GATE_SET_LIKE },
    { JS_ATOM_keys, JSC_GATE_SET_LIKE },
    { JS_ATOM_size, JSC_GATE_SET_LIKE },
    { JS_ATOM_Symbol_iterator, JSC_GATE_ITERATOR },
    { JS_ATOM_Symbol_asyncIterator, JSC_GATE_ITERATOR },
    { JS_ATOM_Symbol_hasInstance, JSC_GATE_HAS_INSTANCE },
    { JS_ATOM_Symbol_species, JSC_GATE_SPECIES },
    { JS_ATOM_Symbol_toStringTag, JSC_GATE_TO_STRING_TAG },
    { JS_ATOM_Symbol_match, JSC_GATE_MATCH },
    { JS_ATOM_Symbol_matchAll, JSC_GATE_MATCH },
    { JS_ATOM_Symbol_search, JSC_GATE_MATCH },
    { JS_ATOM_Symbol_replace, JSC_GATE_REPLACE },
    { JS_ATOM_Symbol_split, JSC_GATE_SPLIT },
};

static JscGateId jsc_gate_of_name(JSAtom name)
{
    size_t i;
    for (i = 0; i < countof(jsc_property_gates); i++)
        if (jsc_property_gates[i].name == name)
            return jsc_property_gates[i].gate;
    return JSC_GATE_NONE;
}

/* Which classes' prototypes and functions are behind which gate. Objects of the others are made everywhere. */
static const struct {
    uint16_t class_id;
    uint16_t gate;
} jsc_class_gates[] = {
    { JS_CLASS_SYMBOL, JSC_GATE_SYMBOL },
    { JS_CLASS_ARGUMENTS, JSC_GATE_ARGUMENTS },
    { JS_CLASS_MAPPED_ARGUMENTS, JSC_GATE_MAPPED_ARGUMENTS },
    { JS_CLASS_MODULE_NS, JSC_GATE_NAMESPACE },
    { JS_CLASS_BOUND_FUNCTION, JSC_GATE_BOUND_FUNCTION },
    { JS_CLASS_C_FUNCTION_DATA, JSC_GATE_FUNCTION_DATA },
    { JS_CLASS_C_CLOSURE, JSC_GATE_CLOSURE },
    { JS_CLASS_GENERATOR_FUNCTION, JSC_GATE_GENERATOR },
    { JS_CLASS_FOR_IN_ITERATOR, JSC_GATE_FOR_IN },
    { JS_CLASS_BIG_INT, JSC_GATE_BIGINT },
    { JS_CLASS_ITERATOR_CONCAT, JSC_GATE_ITERATOR_CONCAT },
    { JS_CLASS_ITERATOR_HELPER, JSC_GATE_ITERATOR_HELPER },
    { JS_CLASS_ITERATOR_WRAP, JSC_GATE_ITERATOR_WRAP },
    { JS_CLASS_ARRAY_ITERATOR, JSC_GATE_ARRAY_ITERATOR },
    { JS_CLASS_STRING_ITERATOR, JSC_GATE_ARRAY_ITERATOR },
    { JS_CLASS_GENERATOR, JSC_GATE_GENERATOR },
    { JS_CLASS_PROXY, JSC_GATE_PROXY },
    { JS_CLASS_PROMISE, JSC_GATE_PROMISE },
    { JS_CLASS_PROMISE_RESOLVE_FUNCTION, JSC_GATE_PROMISE },
    { JS_CLASS_PROMISE_REJECT_FUNCTION, JSC_GATE_PROMISE },
    { JS_CLASS_ASYNC_FUNCTION, JSC_GATE_ASYNC_FUNCTION },
    { JS_CLASS_ASYNC_FUNCTION_RESOLVE, JSC_GATE_ASYNC_FUNCTION },
    { JS_CLASS_ASYNC_FUNCTION_REJECT, JSC_GATE_ASYNC_FUNCTION },
    { JS_CLASS_ASYNC_FROM_SYNC_ITERATOR, JSC_GATE_ASYNC_FROM_SYNC },
    { JS_CLASS_ASYNC_GENERATOR_FUNCTION, JSC_GATE_ASYNC_GENERATOR },
    { JS_CLASS_ASYNC_GENERATOR, JSC_GATE_ASYNC_GENERATOR },
};

/* False where code can still come to be, which could use anything. */
static bool jsc_has_gates;

static JscGateId jsc_gate_of_class(int class_id)
{
    size_t i;
    if (!jsc_has_gates)
        return JSC_GATE_NONE;
    if (class_id == jsc_decoder_class)
        return JSC_GATE_TEXT_DECODER;
    for (i = 0; i < countof(jsc_class_gates); i++)
        if (jsc_class_gates[i].class_id == class_id)
            return jsc_class_gates[i].gate;
    return JSC_GATE_NONE;
}

/* Whether the program can call functions on any object that ask it for its species. */
static bool jsc_asks_objects_for_species(const JscMentions *m)
{
    return jsc_is_mentioned(m, JS_ATOM_Symbol_split) || jsc_is_mentioned(m, JS_ATOM_Symbol_matchAll) ||
           jsc_is_callable(m, JS_ATOM_finally);
}

/* Of the property `constructor` of a prototype. The engine asks objects with species for it; that of promises it only
 * compares with its own, that of objects it only asks for a species. */
static JscGateId jsc_gate_of_constructor(const JscMentions *m, const JSObject *p)
{
    JSContext *ctx = m->ctx;
    int class_id;
    for (class_id = 1; class_id < ctx->rt->class_count; class_id++) {
        JSValue proto = ctx->class_proto[class_id];
        if (!JS_IsObject(proto) || JS_VALUE_GET_OBJ(proto) != p)
            continue;
        if (class_id == JS_CLASS_ARRAY)
            return JSC_GATE_ARRAY_CONSTRUCTOR;
        if (class_id == JS_CLASS_PROMISE || (class_id == JS_CLASS_OBJECT && jsc_asks_objects_for_species(m)))
            return JSC_GATE_COMPARED;
        if (class_id == JS_CLASS_REGEXP)
            return JSC_GATE_REGEXP_CONSTRUCTOR;
        if (class_id >= JS_CLASS_ARRAY_BUFFER && class_id <= JS_CLASS_DATAVIEW)
            return JSC_GATE_CONSTRUCTOR;
    }
    return JSC_GATE_NEVER;
}

static bool jsc_is_iterator_prototype(JSContext *ctx, const JSObject *p)
{
    JSValue proto = ctx->class_proto[JS_CLASS_ITERATOR];
    return JS_IsObject(proto) && JS_VALUE_GET_OBJ(proto) == p;
}

static bool jsc_has_prototype(JSContext *ctx, int class_id)
{
    return class_id && JS_IsObject(ctx->class_proto[class_id]);
}

/* Whether it is what the prototypes of all typed arrays inherit from. */
static bool jsc_is_typed_array_prototype(JSContext *ctx, const JSObject *p)
{
    int class_id;
    for (class_id = JS_CLASS_UINT8C_ARRAY; class_id <= JS_CLASS_FLOAT64_ARRAY; class_id++)
        if (jsc_has_prototype(ctx, class_id) && JS_VALUE_GET_OBJ(ctx->class_proto[class_id])->shape->proto == p)
            return true;
    return false;
}

/* The gate of the class whose objects have this prototype, if it is one of those for symbols and numbers of type bigint: the
 * engine converts none to a primitive value where there are none. */
static JscGateId jsc_gate_of_wrapper(JSContext *ctx, const JSObject *p)
{
    static const uint16_t classes[] = { JS_CLASS_SYMBOL, JS_CLASS_BIG_INT };
    size_t i;
    for (i = 0; i < countof(classes); i++)
        if (JS_IsObject(ctx->class_proto[classes[i]]) && JS_VALUE_GET_OBJ(ctx->class_proto[classes[i]]) == p)
            return jsc_gate_of_class(classes[i]);
    return JSC_GATE_NONE;
}

/* Which functions of the engine ask for a property by themselves; JSC_GATE_NONE where any may. */
static JscGateId jsc_gate_of_property(const JscMentions *m, const JSObject *p, JSAtom name)
{
    JscGateId gate = jsc_gate_of_name(name);
    if (!jsc_has_gates || !jsc_is_of_boot(p))
        return JSC_GATE_NONE;
    if (jsc_is_iterator_prototype(m->ctx, p) && (jsc_is_text(m->ctx, name) || gate == JSC_GATE_TO_STRING_TAG))
        return jsc_is_mentioned(m, name) ? JSC_GATE_ITERATOR_METHODS : JSC_GATE_NEVER;
    if (gate == JSC_GATE_CONSTRUCTOR)
        return jsc_gate_of_constructor(m, p);
    if (gate == JSC_GATE_TO_PRIMITIVE && jsc_gate_of_wrapper(m->ctx, p) != JSC_GATE_NONE)
        return jsc_gate_of_wrapper(m->ctx, p);
    if (name == JS_ATOM_set && jsc_is_typed_array_prototype(m->ctx, p))
        return JSC_GATE_TYPED_ARRAY_SET;
    return gate;
}

/* Whether a property counts in the pass of this gate: the program, too, can ask for what it mentions, of objects that it
 * has. */
static bool jsc_counts_in_pass(const JscMentions *m, const JSObject *p, JSAtom name, JscGateId pass)
{
    JscGateId gate = jsc_gate_of_property(m, p, name);
    bool is_asked_for = gate != JSC_GATE_ITERATOR_METHODS && jsc_is_mentioned(m, name);
    return gate == pass || (pass == JSC_GATE_NONE && is_asked_for);
}

/* What the context refers to for itself; of its fields that are not here, anything may be used. */
static bool jsc_is_field_behind(JSContext *ctx, const JSObject *p, JscGateId gate)
{
    const struct {
        JSValue value;
        JscGateId gate;
    } fields[] = {
        { ctx->array_ctor, JSC_GATE_COMPARED },
        { ctx->function_ctor, JSC_GATE_COMPARED },
        { ctx->promise_ctor, JSC_GATE_COMPARED },
        { ctx->regexp_ctor, JSC_GATE_REGEXP_CONSTRUCTOR },
        { ctx->iterator_ctor, JSC_GATE_COMPARED },
        { ctx->iterator_ctor_getset, JSC_GATE_COMPARED },
        { ctx->eval_obj, JSC_GATE_COMPARED },
        { ctx->async_iterator_proto, JSC_GATE_COMPARED },
        { ctx->array_proto_values, JSC_GATE_ARRAY_VALUES },
        { ctx->throw_type_error, JSC_GATE_THROW_TYPE_ERROR },
    };
    bool is_prototype = false;
    size_t i;
    if (!jsc_has_gates)
        return gate == JSC_GATE_NONE;
    for (i = 0; i < countof(fields); i++)
        if (JS_IsObject(fields[i].value) && JS_VALUE_GET_OBJ(fields[i].value) == p)
            return fields[i].gate == gate;
    /* Classes can share a prototype. */
    for (i = 1; i < ctx->rt->class_count; i++) {
        if (!JS_IsObject(ctx->class_proto[i]) || JS_VALUE_GET_OBJ(ctx->class_proto[i]) != p)
            continue;
        if (jsc_gate_of_class(i) == gate)
            return true;
        is_prototype = true;
    }
    return !is_prototype && gate == JSC_GATE_NONE;
}

/* Whether a handler's result can be settled where it is a thenable, not a promise. */
static bool jsc_settles = true;

bool jsc_can_settle(void)
{
    return jsc_settles;
}

static void jsc_open_gate(JscGateId gate, bool condition)
{
    if (condition)
        jsc_gates[gate].is_open = true;
}

/* Whether `await` may take the object for a promise: code that named its `then` may have run and be gone. */
static bool jsc_may_settle(JSContext *ctx, JSObject *p)
{
    const JSValue promise = ctx->class_proto[JS_CLASS_PROMISE];
    JSProperty *property;
    if (JS_IsObject(promise) && JS_VALUE_GET_OBJ(promise) == p)
        return false;
    return p->class_id == JS_CLASS_PROXY || find_own_property(&property, p, JS_ATOM_then);
}

static void jsc_open_gates_of_object(JSContext *ctx, JSObject *p)
{
    JscGateId gate = jsc_gate_of_class(p->class_id);
    int index;
    jsc_open_gate(gate, gate != JSC_GATE_NONE);
    jsc_open_gate(JSC_GATE_WEAK, p->first_weak_ref);
    jsc_open_gate(JSC_GATE_SETTLE, jsc_may_settle(ctx, p));
    jsc_open_gate(JSC_GATE_ASYNC_STATE, p->class_id == JS_CLASS_GENERATOR || p->class_id == JS_CLASS_ASYNC_GENERATOR);
    for (index = 0; index < p->shape->prop_count; index++)
        jsc_open_gate(JSC_GATE_NAMESPACE,
                      (get_shape_prop(p->shape)[index].flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT &&
                          !jsc_is_buried(&p->prop[index]) && js_autoinit_get_id(&p->prop[index]) == JS_AUTOINIT_ID_MODULE_NS);
}

/* Opens the gates that the heap itself needs open: the interpreter, too, makes things. */
static void jsc_open_gates(JSContext *ctx, const JscMentions *m)
{
    struct list_head *el;
    int i;
    for (i = 0; i < JSC_GATE_COUNT; i++)
        jsc_open_gate(i, !jsc_has_gates);
    jsc_open_gate(JSC_GATE_ITERATOR, m->opcodes[OP_append]);
    jsc_open_gate(JSC_GATE_ARRAY_VALUES, m->opcodes[OP_append]);
    jsc_open_gate(JSC_GATE_LIST_OF_ARGUMENTS, m->opcodes[OP_apply_eval]);
    jsc_open_gate(JSC_GATE_GENERATOR, m->kinds[JS_FUNC_GENERATOR]);
    jsc_open_gate(JSC_GATE_ASYNC_FUNCTION, m->kinds[JS_FUNC_ASYNC]);
    jsc_open_gate(JSC_GATE_ASYNC_GENERATOR, m->kinds[JS_FUNC_ASYNC_GENERATOR]);
    jsc_open_gate(JSC_GATE_ITERATOR_METHODS, m->has_iterator || jsc_is_mentioned(m, JS_ATOM_Symbol_iterator) ||
                                                 jsc_is_mentioned(m, JS_ATOM_Symbol_asyncIterator));
    for (i = JS_CLASS_UINT8C_ARRAY; i <= JS_CLASS_FLOAT64_ARRAY; i++)
        jsc_open_gate(JSC_GATE_TYPED_ARRAY, jsc_has_prototype(ctx, i));
    jsc_open_gate(JSC_GATE_TYPED_ARRAY_SET, jsc_gates[JSC_GATE_TYPED_ARRAY].is_open && jsc_mentions_one_of(m, "filter"));
    jsc_open_gate(JSC_GATE_FOR_IN, m->opcodes[OP_for_in_start]);
    jsc_open_gate(JSC_GATE_BIGINT, m->opcodes[OP_push_bigint_i32] || m->has_bigint ||
                                       jsc_has_prototype(ctx, JS_CLASS_BIG_INT64_ARRAY) ||
                                       jsc_has_prototype(ctx, JS_CLASS_BIG_UINT64_ARRAY) ||
                                       jsc_mentions_one_of(m, "BigInt getBigInt64 getBigUint64 setBigInt64 setBigUint64"));
    jsc_open_gate(JSC_GATE_POWER, m->opcodes[OP_pow] || jsc_mentions_one_of(m, "pow"));
    jsc_open_gate(JSC_GATE_IGNORED_CASE, jsc_keeps_case);
    jsc_open_gate(JSC_GATE_FLOAT16, jsc_has_prototype(ctx, JS_CLASS_FLOAT16_ARRAY) ||
                                        jsc_mentions_one_of(m, "f16round getFloat16 setFloat16"));
    jsc_open_gate(JSC_GATE_CLAMPED, jsc_has_prototype(ctx, JS_CLASS_UINT8C_ARRAY));
    jsc_open_gate(JSC_GATE_SYMBOL, m->has_symbol);
    /* A proxy's trap gives whatever it likes. */
    jsc_open_gate(JSC_GATE_SETTLE, jsc_mentions_one_of(m, "then Proxy"));
    for (i = 0; i < ctx->rt->atom_size; i++)
        jsc_open_gate(JSC_GATE_WEAK, !atom_is_free(ctx->rt->atom_array[i]) && ctx->rt->atom_array[i]->first_weak_ref);
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_JS_OBJECT)
            jsc_open_gates_of_object(ctx, (JSObject *)header);
        jsc_open_gate(JSC_GATE_ASYNC_STATE, JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_ASYNC_FUNCTION);
    }
    jsc_settles = jsc_gates[JSC_GATE_SETTLE].is_open;
}

const JscGate *jsc_list_gates(void)
{
    return jsc_gates;
}

uint32_t jsc_count_gates(void)
{
    return JSC_GATE_COUNT;
}
