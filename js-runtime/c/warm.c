/* Makes the builtins that the program names before the snapshot is taken.
 *
 * QuickJS makes most builtin functions at their first use, which costs one to two thousand instructions each. In a
 * compiled module every call would be the first one. */

/* Returns -1 after an exception. */
int jsc_warm_builtins(JSContext *ctx)
{
    JscMentions mentions;
    struct list_head *el;
    int result = 0;

    if (jsc_find_mentions(ctx, &mentions, JSC_OF_ALL))
        return -1;
    /* New objects join the list's end and are visited too. */
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSObject *p = (JSObject *)header;
        int index;
        if (JS_GC_TYPE(header) != JS_GC_OBJ_TYPE_JS_OBJECT)
            continue;
        for (index = 0; index < p->shape->prop_count && result == 0; index++) {
            JSShapeProperty *shape = &get_shape_prop(p->shape)[index];
            JSProperty *property = &p->prop[index];
            if ((shape->flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT && jsc_is_mentioned(&mentions, shape->atom) &&
                js_autoinit_get_id(property) >= JS_AUTOINIT_ID_PROP && property->u.init.opaque != &jsc_tombstone)
                result = JS_AutoInitProperty(ctx, p, shape->atom, property, shape);
        }
    }
    jsc_end_mentions(&mentions);
    return result;
}
