/* Where the heap refers to functions and static data of the engine.
 *
 * To the optimizer a word of the heap is a number; 5137 may be a price or a slot of the function table. The engine knows
 * which of them are addresses, and lists them. Everything else in the heap points into the heap. */

typedef struct {
    JSContext *ctx;
    /* Addresses of words. */
    uint32_t *addresses;
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
}

static void jsc_add_reference(JscReferences *r, const void *word)
{
    if (r->count == r->size) {
        uint32_t size = r->size ? r->size * 2 : 1024;
        uint32_t *addresses = js_realloc(r->ctx, r->addresses, size * sizeof(*addresses));
        if (!addresses) {
            r->failed = true;
            return;
        }
        r->addresses = addresses;
        r->size = size;
    }
    r->addresses[r->count++] = (uint32_t)(uintptr_t)word;
}

/* Every word of a structure, most of which are references or point into the heap. */
static void jsc_add_words(JscReferences *r, const void *structure, size_t size)
{
    const uint32_t *word = structure, *end = word + size / sizeof(*word);
    for (; word < end; word++)
        jsc_add_reference(r, word);
}

/* Sizes and limits look like addresses: 256 KiB, where the collector starts, is one of the engine's texts. */
static void jsc_add_runtime(JscReferences *r, JSRuntime *rt)
{
    size_t numbers = offsetof(JSRuntime, malloc_state), behind = offsetof(JSRuntime, rt_info);
    size_t threshold = offsetof(JSRuntime, malloc_gc_threshold), exception = offsetof(JSRuntime, current_exception);
    jsc_add_words(r, rt, numbers);
    jsc_add_words(r, (uint8_t *)rt + behind, threshold - behind);
    jsc_add_words(r, (uint8_t *)rt + exception, sizeof(*rt) - exception);
}

static void jsc_add_object(JscReferences *r, JSObject *p)
{
    JSShapeProperty *shape = get_shape_prop(p->shape);
    int index;
    for (index = 0; index < p->shape->prop_count; index++, shape++) {
        if ((shape->flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT)
            jsc_add_reference(r, &p->prop[index].u.init.opaque);
    }
    switch (p->class_id) {
    case JS_CLASS_C_FUNCTION:
        jsc_add_reference(r, &p->u.cfunc.c_function);
        break;
    case JS_CLASS_C_FUNCTION_DATA:
        jsc_add_reference(r, &p->u.c_function_data_record->func);
        break;
    case JS_CLASS_C_CLOSURE:
        jsc_add_reference(r, &p->u.c_closure_record->func);
        jsc_add_reference(r, &p->u.c_closure_record->opaque_finalize);
        break;
    case JS_CLASS_ARRAY_BUFFER:
    case JS_CLASS_SHARED_ARRAY_BUFFER:
        if (p->u.array_buffer)
            jsc_add_words(r, p->u.array_buffer, sizeof(JSArrayBuffer));
        break;
    default:
        break;
    }
}

/* Lists them for the host. Returns the list, whose length is `jsc_count_references`; NULL if memory ran out. */
uint32_t *jsc_list_references(JSContext *ctx)
{
    JscReferences *r = &jsc_references;
    JSRuntime *rt = ctx->rt;
    struct list_head *el;

    r->ctx = ctx;
    jsc_add_runtime(r, rt);
    jsc_add_words(r, ctx, sizeof(*ctx));
    jsc_add_words(r, rt->class_array, rt->class_count * sizeof(*rt->class_array));
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_JS_OBJECT)
            jsc_add_object(r, (JSObject *)header);
        else if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE)
            jsc_add_opcodes((JSFunctionBytecode *)header);
    }
    list_for_each(el, &ctx->loaded_modules)
        jsc_add_reference(r, &list_entry(el, JSModuleDef, link)->init_func);
    list_for_each(el, &rt->job_list)
        jsc_add_reference(r, &list_entry(el, JSJobEntry, link)->job_func);
    return r->failed ? NULL : r->addresses;
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
    js_free(ctx, jsc_references.addresses);
    jsc_references = (JscReferences){ 0 };
    memset(jsc_live_opcodes, 0, sizeof(jsc_live_opcodes));
}
