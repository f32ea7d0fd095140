/* Where the heap refers to functions and static data of the engine.
 *
 * To the optimizer a word of the heap is a number; 5137 may be a price or a slot of the function table. The engine knows
 * which of them are addresses, and lists them. Everything else in the heap points into the heap. */

typedef struct {
    /* The address of a word. */
    uint32_t address;
    /* The reference counts only where this is open; a `JscGateId`. */
    uint32_t gate;
    /* How many words from there on are others where nothing can use them any more, and what they are then. */
    uint32_t replaced_count;
    uint32_t replacement[2];
} JscReference;

typedef struct {
    JSContext *ctx;
    JscReference *items;
    uint32_t count, size;
    bool failed;
} JscReferences;

static JscReferences jsc_references;

/* Which opcodes the heap's bytecode has. */
static bool jsc_live_opcodes[256];

static void jsc_add_opcodes(const JSFunctionBytecode *b)
{
    int position;
    for (position = 0; position < b->byte_code_len; position += short_opcode_info(b->byte_code_buf[position]).size)
        jsc_live_opcodes[b->byte_code_buf[position]] = true;
    /* What is left of code that has run (remainder.c). */
    jsc_live_opcodes[OP_invalid] = false;
}

static JscReference *jsc_add_reference(JscReferences *r, const void *word, JscGateId gate)
{
    if (r->count == r->size) {
        uint32_t size = r->size ? r->size * 2 : 1024;
        JscReference *items = r->failed ? NULL : js_realloc(r->ctx, r->items, size * sizeof(*items));
        if (!items) {
            r->failed = true;
            return NULL;
        }
        r->items = items;
        r->size = size;
    }
    r->items[r->count] = (JscReference){ .address = (uint32_t)(uintptr_t)word, .gate = gate };
    return &r->items[r->count++];
}

/* A lazy property of a builtin, which can become a buried one. */
static void jsc_add_lazy_property(JscReferences *r, const JSObject *p, const JSProperty *property, JscGateId gate)
{
    JscReference *reference = jsc_add_reference(r, &property->u.init.opaque, gate);
    JSProperty instead;
    if (!reference || js_autoinit_get_id((JSProperty *)property) < JS_AUTOINIT_ID_PROP)
        return;
    instead.u.init.realm_and_id = jsc_is_lazy_function(property) ? JSC_BURIED_FUNCTION : JSC_BURIED_VALUE;
    instead.u.init.opaque = jsc_is_lazy_function(property)
                                ? (void *)(uintptr_t)jsc_note_length(r->ctx, p, property, JS_PROP_AUTOINIT)
                                : NULL;
    reference->replaced_count = 2;
    memcpy(reference->replacement, &instead.u.init, sizeof(reference->replacement));
}

/* A function of the engine, whose place `jsc_call_left_out` can take. */
static void jsc_add_c_function(JscReferences *r, const JSObject *p, JscGateId gate)
{
    JscReference *reference = jsc_add_reference(r, &p->u.cfunc.c_function, gate);
    JSObject instead = *p;
    if (!reference)
        return;
    instead.u.cfunc.c_function.generic = jsc_call_left_out;
    instead.u.cfunc.cproto = JS_CFUNC_generic;
    reference->replaced_count = 2;
    memcpy(reference->replacement, &instead.u.cfunc.c_function, sizeof(reference->replacement));
}

/* Every word of a structure, most of which are references or point into the heap. */
static void jsc_add_words(JscReferences *r, const void *structure, size_t size, JscGateId gate)
{
    const uint32_t *word = structure, *end = word + size / sizeof(*word);
    for (; word < end; word++)
        jsc_add_reference(r, word, gate);
}

static void jsc_add_object(JscReferences *r, const JscMentions *m, JSObject *p, JscGateId gate)
{
    JSShapeProperty *shape = get_shape_prop(p->shape);
    int index;
    for (index = 0; index < p->shape->prop_count; index++, shape++) {
        if ((shape->flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT && !jsc_is_buried(&p->prop[index])) {
            JscGateId of_property = jsc_gate_of_property(m, p, shape->atom);
            if (jsc_counts_in_pass(m, p, shape->atom, JSC_GATE_NONE))
                jsc_add_lazy_property(r, p, &p->prop[index], gate);
            if (of_property != JSC_GATE_NONE)
                jsc_add_lazy_property(r, p, &p->prop[index], of_property);
        }
    }
    switch (p->class_id) {
    case JS_CLASS_C_FUNCTION:
        jsc_add_c_function(r, p, gate);
        break;
    case JS_CLASS_C_FUNCTION_DATA:
        jsc_add_reference(r, &p->u.c_function_data_record->func, gate);
        break;
    case JS_CLASS_C_CLOSURE:
        jsc_add_reference(r, &p->u.c_closure_record->func, gate);
        jsc_add_reference(r, &p->u.c_closure_record->opaque_finalize, gate);
        break;
    case JS_CLASS_ARRAY_BUFFER:
    case JS_CLASS_SHARED_ARRAY_BUFFER:
        if (p->u.array_buffer)
            jsc_add_words(r, p->u.array_buffer, sizeof(JSArrayBuffer), gate);
        break;
    default:
        break;
    }
}

static void jsc_reach_property(JSRuntime *rt, const JSProperty *property, int flags)
{
    switch (flags & JS_PROP_TMASK) {
    case JS_PROP_GETSET:
        if (property->u.getset.getter)
            jsc_reach_node(rt, &property->u.getset.getter->header);
        if (property->u.getset.setter)
            jsc_reach_node(rt, &property->u.getset.setter->header);
        break;
    case JS_PROP_NORMAL:
        JS_MarkValue(rt, property->u.value, jsc_reach_node);
        break;
    default:
        break;
    }
}

/* What the context holds for itself. */
static void jsc_reach_from_context(JSRuntime *rt, JSGCObjectHeader *to)
{
    JSObject *p = (JSObject *)to;
    if (JS_GC_TYPE(to) != JS_GC_OBJ_TYPE_JS_OBJECT) {
        if (jsc_graph.pass == JSC_GATE_NONE)
            jsc_reach_node(rt, to);
        return;
    }
    /* `Error`'s properties are read, but it is not called. */
    if (JS_IsObject(jsc_graph.ctx->error_ctor) && JS_VALUE_GET_OBJ(jsc_graph.ctx->error_ctor) == p) {
        if (jsc_graph.pass == JSC_GATE_NONE)
            mark_children(rt, to, jsc_reach_node);
        return;
    }
    if (jsc_is_field_behind(jsc_graph.ctx, p, jsc_graph.pass))
        jsc_reach_node(rt, to);
}

/* Follows the references of a builtin that are behind the gate of this pass, or behind none. */
static void jsc_reach_from_builtin(JSRuntime *rt, JSObject *p, JscGateId gate)
{
    JSShapeProperty *shape = get_shape_prop(p->shape);
    int index;
    for (index = 0; index < p->shape->prop_count; index++, shape++) {
        if (jsc_counts_in_pass(jsc_graph.mentions, p, shape->atom, gate))
            jsc_reach_property(rt, &p->prop[index], shape->flags);
    }
    if (gate != JSC_GATE_NONE)
        return;
    jsc_reach_node(rt, &p->shape->header);
    if (p->class_id != JS_CLASS_OBJECT && rt->class_array[p->class_id].gc_mark)
        rt->class_array[p->class_id].gc_mark(rt, JS_MKPTR(JS_TAG_OBJECT, p), jsc_reach_node);
}

/* Lists what is reached behind `gate` and is not without it. */
static void jsc_list_behind(JscReferences *r, JscGateId gate)
{
    JSContext *ctx = jsc_graph.ctx;
    JSRuntime *rt = ctx->rt;
    int index;

    jsc_graph.pass = gate;
    for (index = 0; index < jsc_graph.nodes.count; index++) {
        JSGCObjectHeader *node = (JSGCObjectHeader *)jsc_graph.nodes.objects[index];
        /* Something outside of the heap holds it. */
        if (gate == JSC_GATE_NONE && JS_REF_COUNT(node) > jsc_graph.degrees[index])
            jsc_reach_node(rt, node);
        else if (gate != JSC_GATE_NONE && JS_GC_TYPE(node) == JS_GC_OBJ_TYPE_JS_OBJECT &&
                 jsc_is_of_boot((JSObject *)node))
            jsc_reach_from_builtin(rt, (JSObject *)node, gate);
    }
    mark_children(rt, &ctx->header, jsc_reach_from_context);
    while (jsc_graph.waiting_count > 0) {
        JSGCObjectHeader *node = jsc_graph.waiting[--jsc_graph.waiting_count];
        if (node == &ctx->header)
            continue;
        if (JS_GC_TYPE(node) != JS_GC_OBJ_TYPE_JS_OBJECT) {
            mark_children(rt, node, jsc_reach_node);
            continue;
        }
        jsc_add_object(r, jsc_graph.mentions, (JSObject *)node, gate);
        if (jsc_is_of_boot((JSObject *)node))
            jsc_reach_from_builtin(rt, (JSObject *)node, JSC_GATE_NONE);
        else
            mark_children(rt, node, jsc_reach_node);
    }
    for (index = 0; index < jsc_graph.nodes.count; index++)
        if (jsc_graph.marks[index] == JSC_REACHED_IN_PASS)
            jsc_graph.marks[index] = JSC_UNREACHED;
}

static void jsc_list_functions_of_classes(JscReferences *r, JSRuntime *rt)
{
    int class_id;
    for (class_id = 0; class_id < rt->class_count; class_id++) {
        JSClass *class = &rt->class_array[class_id];
        JscGateId gate = jsc_gate_of_class(class_id);
        /* Not all words: a name's atom can look like a slot of the function table. */
        jsc_add_reference(r, &class->finalizer, gate);
        jsc_add_reference(r, &class->gc_mark, gate);
        jsc_add_reference(r, &class->call, gate);
        jsc_add_reference(r, &class->exotic, gate);
    }
}

static void jsc_add_runtime(JscReferences *r, JSRuntime *rt)
{
    /* Not all words: a number such as the collector's threshold can look like an address. */
    jsc_add_words(r, &rt->mf, sizeof(rt->mf), JSC_GATE_NONE);
    jsc_add_reference(r, &rt->rt_info, JSC_GATE_NONE);
    jsc_add_words(r, &rt->interrupt_handler, offsetof(JSRuntime, parent_promise) - offsetof(JSRuntime, interrupt_handler),
                  JSC_GATE_NONE);
    jsc_add_reference(r, &rt->host_promise_rejection_tracker, jsc_has_gates ? JSC_GATE_PROMISE : JSC_GATE_NONE);
    jsc_add_reference(r, &rt->normalize_u, JSC_GATE_NONE);
    jsc_add_words(r, &rt->u, offsetof(JSRuntime, module_loader_opaque) - offsetof(JSRuntime, u), JSC_GATE_NONE);
    jsc_add_words(r, &rt->sab_funcs, sizeof(rt->sab_funcs), JSC_GATE_NONE);
}

/* Lists them for the host, which reads as many as `jsc_count_references` says. Returns NULL if memory ran out. */
JscReference *jsc_list_references(JSContext *ctx)
{
    JscReferences *r = &jsc_references;
    JSRuntime *rt = ctx->rt;
    JscMentions mentions;
    struct list_head *el;
    int gate;

    r->ctx = ctx;
    if (jsc_find_mentions(ctx, &mentions, JSC_OF_ALL))
        return NULL;
    jsc_mention_kept(&mentions);
    jsc_forget_kept(ctx);
    jsc_open_gates(ctx, &mentions);
    r->failed = jsc_begin_graph(ctx, &mentions) < 0;
    for (gate = JSC_GATE_NONE; !r->failed && gate < JSC_GATE_COUNT; gate++)
        jsc_list_behind(r, gate);
    jsc_end_graph(ctx);
    jsc_end_mentions(&mentions);
    jsc_add_runtime(r, rt);
    jsc_add_reference(r, &ctx->compile_regexp, JSC_GATE_NONE);
    jsc_add_reference(r, &ctx->eval_internal, JSC_GATE_NONE);
    jsc_add_reference(r, &ctx->user_opaque, JSC_GATE_NONE);
    jsc_list_functions_of_classes(r, rt);
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE)
            jsc_add_opcodes((JSFunctionBytecode *)header);
    }
    list_for_each(el, &ctx->loaded_modules)
        jsc_add_reference(r, &list_entry(el, JSModuleDef, link)->init_func, JSC_GATE_NONE);
    list_for_each(el, &rt->job_list)
        jsc_add_reference(r, &list_entry(el, JSJobEntry, link)->job_func, JSC_GATE_NONE);
    return r->failed ? NULL : r->items;
}

uint32_t jsc_count_references(void)
{
    return jsc_references.count;
}

const bool *jsc_opcodes(void)
{
    return jsc_live_opcodes;
}

/* After the host has read the lists. */
void jsc_forget_references(JSContext *ctx)
{
    js_free(ctx, jsc_references.items);
    jsc_references = (JscReferences){ 0 };
    memset(jsc_live_opcodes, 0, sizeof(jsc_live_opcodes));
}
