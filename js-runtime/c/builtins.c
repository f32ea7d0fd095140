/* Which objects are the engine's and the runtime library's, and which the program's. */

static struct {
    /* Every object that there was before the program, by address. */
    JSObject **objects;
    int count;
} jsc_builtins;

static int jsc_compare_addresses(const void *a, const void *b)
{
    uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
    return (x > y) - (x < y);
}

/* Called when the globals are complete and before the program is loaded. Returns -1 after an exception. */
int jsc_record_builtins(JSContext *ctx)
{
    struct list_head *el;
    int count = 0;
    list_for_each(el, &ctx->rt->gc_obj_list)
        count += JS_GC_TYPE(list_entry(el, JSGCObjectHeader, link)) == JS_GC_OBJ_TYPE_JS_OBJECT;
    jsc_builtins.objects = js_malloc(ctx, count * sizeof(*jsc_builtins.objects));
    if (!jsc_builtins.objects)
        return -1;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_JS_OBJECT)
            jsc_builtins.objects[jsc_builtins.count++] = (JSObject *)header;
    }
    qsort(jsc_builtins.objects, count, sizeof(*jsc_builtins.objects), jsc_compare_addresses);
    return 0;
}

static bool jsc_is_builtin(const JSObject *p)
{
    return bsearch(&p, jsc_builtins.objects, jsc_builtins.count, sizeof(p), jsc_compare_addresses) != NULL;
}
