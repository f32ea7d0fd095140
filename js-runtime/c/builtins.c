/* Which objects are the engine's and the runtime library's, and which the program's. */

typedef struct {
    /* By address. */
    JSObject **objects;
    int count;
} JscObjects;

/* The engine's, and with those the runtime library's. */
static JscObjects jsc_builtins, jsc_library;

/* `Symbol`; only its address is used. */
static JSObject *jsc_symbol_constructor;

static int jsc_compare_addresses(const void *a, const void *b)
{
    uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
    return (x > y) - (x < y);
}

/* Lists every object that there is. Returns -1 after an exception. */
static int jsc_record_objects(JSContext *ctx, JscObjects *list)
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
            list->objects[list->count++] = (JSObject *)header;
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
    JSValue *values;
    int count, size;
} jsc_made;

/* Held until they are adopted: the address of one that was freed could become another object's. */
static void jsc_record_made(JSContext *ctx, JSValueConst value)
{
    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return;
    if (jsc_made.count == jsc_made.size) {
        int size = jsc_made.size ? jsc_made.size * 2 : 256;
        JSValue *values = js_realloc_rt(ctx->rt, jsc_made.values, size * sizeof(*values));
        /* One that is not recorded stays in the module. */
        if (!values)
            return;
        jsc_made.values = values;
        jsc_made.size = size;
    }
    jsc_made.values[jsc_made.count++] = js_dup(value);
}

/* NULL before the program and after it. */
static void (*jsc_note_made)(JSContext *ctx, JSValueConst value);

/* Makes a lazy property of a builtin (patches/lazy-builtin.patch). */
static JSValue jsc_autoinit_listed(JSContext *ctx, JSObject *p, JSAtom atom, void *opaque)
{
    JSValue value = JS_InstantiateFunctionListItem2(ctx, p, atom, opaque);
    if (jsc_note_made)
        jsc_note_made(ctx, value);
    return value;
}

/* console.c */
static void jsc_count_console_references(void);

/* Called before the program is loaded. Returns -1 after an exception. */
int jsc_record_library(JSContext *ctx)
{
    void (*record)(JSContext *, JSValueConst) = jsc_record_made;
    /* The compiler would make a flag of a pointer to a single function, and every module would have that function. */
    __asm__("" : "+r"(record));
    jsc_note_made = record;
    jsc_count_console_references();
    return jsc_record_objects(ctx, &jsc_library);
}

static void jsc_add_objects(JSContext *ctx, JscObjects *list, const JSValue *values, int count)
{
    JSObject **objects = js_realloc_rt(ctx->rt, list->objects, (list->count + count) * sizeof(*objects));
    int i;
    if (!objects)
        return;
    list->objects = objects;
    for (i = 0; i < count; i++)
        objects[list->count++] = JS_VALUE_GET_OBJ(values[i]);
    qsort(objects, list->count, sizeof(*objects), jsc_compare_addresses);
}

/* Called before the seal: from here on builtins that were made are like those that always were there. */
void jsc_adopt_made(JSContext *ctx)
{
    int count = 0, i;
    jsc_note_made = NULL;
    for (i = 0; i < jsc_made.count; i++) {
        JSValue value = jsc_made.values[i];
        if (JS_REF_COUNT(JS_VALUE_GET_OBJ(value)) > 1)
            jsc_made.values[count++] = value;
        JS_FreeValue(ctx, value);
    }
    jsc_add_objects(ctx, &jsc_builtins, jsc_made.values, count);
    jsc_add_objects(ctx, &jsc_library, jsc_made.values, count);
    js_free(ctx, jsc_made.values);
    memset(&jsc_made, 0, sizeof(jsc_made));
}

static bool jsc_is_among(const JscObjects *list, const JSObject *p)
{
    return bsearch(&p, list->objects, list->count, sizeof(p), jsc_compare_addresses) != NULL;
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

static void jsc_forget_objects(JSContext *ctx, JscObjects *list)
{
    js_free(ctx, list->objects);
    *list = (JscObjects){ 0 };
}

/* Called before the snapshot. */
void jsc_forget_builtins(JSContext *ctx)
{
    jsc_forget_objects(ctx, &jsc_builtins);
    jsc_forget_objects(ctx, &jsc_library);
}
