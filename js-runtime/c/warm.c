/* Makes the builtins that the program names before the snapshot is taken.
 *
 * QuickJS makes most builtin functions at their first use, which costs one to two thousand instructions each. In a
 * compiled module every call would be the first one. */

/* Marks the atoms that a function's bytecode mentions. */
static void jsc_mark_atoms(JSFunctionBytecode *b, uint8_t *named)
{
    int pos = 0;
    while (pos < b->byte_code_len) {
        const JSOpCode *info = &short_opcode_info(b->byte_code_buf[pos]);
        JSAtom atom;
        switch (info->fmt) {
        case OP_FMT_atom:
        case OP_FMT_atom_u8:
        case OP_FMT_atom_u16:
        case OP_FMT_atom_label_u8:
        case OP_FMT_atom_label_u16:
            atom = get_u32(b->byte_code_buf + pos + 1);
            if (!__JS_AtomIsTaggedInt(atom))
                named[atom] = 1;
            break;
        default:
            break;
        }
        pos += info->size;
    }
}

/* Returns -1 after an exception. */
int jsc_warm_builtins(JSContext *ctx)
{
    /* What the language itself asks builtins for: iteration, promises, conversions. */
    static const JSAtom implicit[] = {
        JS_ATOM_next, JS_ATOM_then, JS_ATOM_constructor, JS_ATOM_resolve, JS_ATOM_Symbol_iterator,
        JS_ATOM_Symbol_asyncIterator, JS_ATOM_Symbol_species, JS_ATOM_toString, JS_ATOM_valueOf,
    };
    JSRuntime *rt = ctx->rt;
    struct list_head *el;
    uint8_t *named = js_mallocz(ctx, rt->atom_size);
    size_t i;
    int result = 0;

    if (!named)
        return -1;
    for (i = 0; i < countof(implicit); i++)
        named[implicit[i]] = 1;
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE)
            jsc_mark_atoms((JSFunctionBytecode *)header, named);
    }
    /* New objects join the list's end and are visited too. */
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSObject *p = (JSObject *)header;
        int index;
        if (JS_GC_TYPE(header) != JS_GC_OBJ_TYPE_JS_OBJECT)
            continue;
        for (index = 0; index < p->shape->prop_count; index++) {
            /* The shape may be replaced by the call below. */
            JSShapeProperty *property = &get_shape_prop(p->shape)[index];
            JSAtom atom = property->atom;
            if ((property->flags & JS_PROP_TMASK) != JS_PROP_AUTOINIT || __JS_AtomIsTaggedInt(atom) || !named[atom])
                continue;
            if (JS_AutoInitProperty(ctx, p, atom, &p->prop[index], property) < 0) {
                result = -1;
                goto done;
            }
        }
    }
done:
    js_free(ctx, named);
    return result;
}
