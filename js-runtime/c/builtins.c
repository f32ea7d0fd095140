/* Which objects are the engine's and the runtime library's, and which the program's. */

typedef struct {
    /* By address. */
    JSObject **objects;
    int count;
} JscObjects;

/* The engine's, and with those the runtime library's. */
static JscObjects jsc_builtins, jsc_library;

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
    return jsc_record_objects(ctx, &jsc_builtins);
}

/* Called before the program is loaded. Returns -1 after an exception. */
int jsc_record_library(JSContext *ctx)
{
    return jsc_record_objects(ctx, &jsc_library);
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
