/* Which objects are the engine's and the runtime library's, and which the program's. */

typedef struct {
    JSObject *p;
    /* How many properties it was made with. */
    int property_count;
} JscBuiltin;

typedef struct {
    /* By address. */
    JscBuiltin *objects;
    int count;
} JscBuiltins;

/* The engine's, and with those the runtime library's. */
static JscBuiltins jsc_builtins, jsc_library;

/* `Symbol`; only its address is used. */
static JSObject *jsc_symbol_constructor;

static int jsc_compare_addresses(const void *a, const void *b)
{
    uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
    return (x > y) - (x < y);
}

/* Lists every object that there is. Returns -1 after an exception. */
static int jsc_record_objects(JSContext *ctx, JscBuiltins *list)
{
    struct list_head *el;
    int count = 0;
    list_for_each(el, &ctx->rt->gc_obj_list)
        count += JS_GC_TYPE(list_entry(el, JSGCObjectHeader, link)) == JS_GC_OBJ_TYPE_JS_OBJECT;
    list->objects = js_malloc(ctx, count * sizeof(*list->objects));
    if (!list->objects)
        return -1;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_JS_OBJECT)
            list->objects[list->count++] =
                (JscBuiltin){ (JSObject *)header, ((JSObject *)header)->shape->prop_count };
    }
    qsort(list->objects, count, sizeof(*list->objects), jsc_compare_addresses);
    return 0;
}

/* Called before the runtime library is loaded. Returns -1 after an exception. */
int jsc_record_builtins(JSContext *ctx)
{
    JSValue symbol = JS_GetPropertyStr(ctx, ctx->global_obj, "Symbol");
    if (JS_IsException(symbol))
        return -1;
    jsc_symbol_constructor = JS_VALUE_GET_OBJ(symbol);
    JS_FreeValue(ctx, symbol);
    return jsc_record_objects(ctx, &jsc_builtins);
}

/* What lazy properties of builtins have become since boot: builtins, too. */
static struct {
    JscBuiltin *objects;
    int count, size;
} jsc_made;

/* Held until they are adopted: the address of one that was freed could become another object's. */
static void jsc_record_made(JSContext *ctx, JSValueConst value)
{
    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return;
    if (jsc_made.count == jsc_made.size) {
        int size = jsc_made.size ? jsc_made.size * 2 : 256;
        JscBuiltin *objects = js_realloc_rt(ctx->rt, jsc_made.objects, size * sizeof(*objects));
        /* One that is not recorded stays in the module. */
        if (!objects)
            return;
        jsc_made.objects = objects;
        jsc_made.size = size;
    }
    js_dup(value);
    jsc_made.objects[jsc_made.count++] = (JscBuiltin){ JS_VALUE_GET_OBJ(value), JS_VALUE_GET_OBJ(value)->shape->prop_count };
}

/* NULL before the program and after it. */
static void (*jsc_note_made)(JSContext *ctx, JSValueConst value);

static JSAutoInitFunc *jsc_make_listed = JS_InstantiateFunctionListItem2;

/* Makes a lazy property of a builtin (patches/lazy-builtin.patch). */
static JSValue jsc_autoinit_listed(JSContext *ctx, JSObject *p, JSAtom atom, void *opaque)
{
    JSValue value = jsc_make_listed(ctx, p, atom, opaque);
    if (jsc_note_made)
        jsc_note_made(ctx, value);
    return value;
}

/* Called before the program is loaded. Returns -1 after an exception. */
int jsc_record_library(JSContext *ctx)
{
    void (*record)(JSContext *, JSValueConst) = jsc_record_made;
    /* The compiler would make a flag of a pointer to a single function, and every module would have that function. */
    __asm__("" : "+r"(record));
    jsc_note_made = record;
    return jsc_record_objects(ctx, &jsc_library);
}

static void jsc_add_objects(JSContext *ctx, JscBuiltins *list, const JscBuiltin *added, int count)
{
    JscBuiltin *objects = js_realloc_rt(ctx->rt, list->objects, (list->count + count) * sizeof(*objects));
    int i;
    if (!objects)
        return;
    list->objects = objects;
    for (i = 0; i < count; i++)
        objects[list->count++] = added[i];
    qsort(objects, list->count, sizeof(*objects), jsc_compare_addresses);
}

/* Called before the seal: from here on builtins that were made are like those that always were there. */
void jsc_adopt_made(JSContext *ctx)
{
    int count = 0, i;
    jsc_note_made = NULL;
    for (i = 0; i < jsc_made.count; i++) {
        JscBuiltin made = jsc_made.objects[i];
        if (JS_REF_COUNT(made.p) > 1)
            jsc_made.objects[count++] = made;
        JS_FreeValue(ctx, JS_MKPTR(JS_TAG_OBJECT, made.p));
    }
    jsc_add_objects(ctx, &jsc_builtins, jsc_made.objects, count);
    jsc_add_objects(ctx, &jsc_library, jsc_made.objects, count);
    js_free(ctx, jsc_made.objects);
    memset(&jsc_made, 0, sizeof(jsc_made));
}

/* NULL where it is none of them. */
static const JscBuiltin *jsc_find_among(const JscBuiltins *list, const JSObject *p)
{
    return bsearch(&p, list->objects, list->count, sizeof(*list->objects), jsc_compare_addresses);
}

static bool jsc_is_among(const JscBuiltins *list, const JSObject *p)
{
    return jsc_find_among(list, p) != NULL;
}

static bool jsc_is_builtin(const JSObject *p)
{
    return jsc_is_among(&jsc_builtins, p);
}

/* Whether an object is older than the program. */
static bool jsc_is_of_boot(const JSObject *p)
{
    return jsc_is_among(&jsc_library, p);
}

/* The index of the first property that the program gave to an object older than itself. */
static int jsc_first_added(const JSObject *p)
{
    const JscBuiltin *builtin = jsc_find_among(&jsc_library, p);
    /* Where properties were deleted, the others may have moved. */
    return builtin && builtin->property_count <= p->shape->prop_count ? builtin->property_count : 0;
}

static void jsc_forget_objects(JSContext *ctx, JscBuiltins *list)
{
    js_free(ctx, list->objects);
    *list = (JscBuiltins){ 0 };
}

/* Called before the snapshot. */
void jsc_forget_builtins(JSContext *ctx)
{
    jsc_forget_objects(ctx, &jsc_builtins);
    jsc_forget_objects(ctx, &jsc_library);
}
