/* Makes the builtins that the program names before the snapshot is taken.
 *
 * QuickJS makes most builtin functions at their first use, which costs one to two thousand instructions each. In a
 * compiled module every call would be the first one. */

/* Makes the builtins of this kind that are mentioned. Returns -1 after an exception. */
static int jsc_make_mentioned(JSContext *ctx, const JscMentions *m, JSAutoInitIDEnum kind)
{
    struct list_head *el;
    /* New objects join the list's end and are visited too. */
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSObject *p = (JSObject *)header;
        int index;
        if (JS_GC_TYPE(header) != JS_GC_OBJ_TYPE_JS_OBJECT)
            continue;
        for (index = 0; index < p->shape->prop_count; index++) {
            JSShapeProperty *shape = &get_shape_prop(p->shape)[index];
            JSProperty *property = &p->prop[index];
            /* What symbols name, the engine uses by itself. */
            if ((shape->flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT &&
                (jsc_is_mentioned(m, shape->atom) || !jsc_is_text(ctx, shape->atom)) &&
                js_autoinit_get_id(property) == kind && !jsc_is_buried(property) &&
                JS_AutoInitProperty(ctx, p, shape->atom, property, shape))
                return -1;
        }
    }
    return 0;
}

/* Returns -1 after an exception. */
int jsc_warm_builtins(JSContext *ctx)
{
    JscMentions mentions;
    int result;
    if (jsc_find_mentions(ctx, &mentions, JSC_OF_ALL))
        return -1;
    result = jsc_make_mentioned(ctx, &mentions, JS_AUTOINIT_ID_PROP);
    jsc_end_mentions(&mentions);
    return result;
}
