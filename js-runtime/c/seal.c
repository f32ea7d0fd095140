/* The last things done to the heap before the snapshot. */

/* Frees the source text of every function: a compiled module carries none. */
void jsc_drop_source_text(JSRuntime *rt)
{
    struct list_head *el;
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE) {
            JSFunctionBytecode *b = (JSFunctionBytecode *)header;
            js_free_rt(rt, b->source);
            b->source = NULL;
            b->source_len = 0;
        }
    }
}

static bool jsc_imports_at_run_time(JSContext *ctx)
{
    struct list_head *el;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSFunctionBytecode *b = (JSFunctionBytecode *)header;
        int position;
        if (JS_GC_TYPE(header) != JS_GC_OBJ_TYPE_FUNCTION_BYTECODE)
            continue;
        for (position = 0; position < b->byte_code_len; position += short_opcode_info(b->byte_code_buf[position]).size) {
            const uint8_t *code = b->byte_code_buf + position;
            if (code[0] == OP_import || (code[0] == OP_special_object && code[1] == OP_SPECIAL_OBJECT_IMPORT_META))
                return true;
        }
    }
    return false;
}

static bool jsc_has_lazy_namespace(JSContext *ctx)
{
    struct list_head *el;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSObject *p = (JSObject *)header;
        int index;
        if (JS_GC_TYPE(header) != JS_GC_OBJ_TYPE_JS_OBJECT || p->class_id != JS_CLASS_MODULE_NS)
            continue;
        for (index = 0; index < p->shape->prop_count; index++)
            if ((get_shape_prop(p->shape)[index].flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT)
                return true;
    }
    return false;
}

/* Lets go of modules that have run to their end, and so of whatever of theirs no function uses. Functions hold the
 * bindings that they use themselves; only `import()`, `import.meta` and namespaces that are not made yet ask modules. */
void jsc_forget_modules(JSContext *ctx)
{
    struct list_head *el, *next;
    /* What the modules' own bodies say is of no account, once they have run. */
    list_for_each(el, &ctx->loaded_modules) {
        JSModuleDef *m = list_entry(el, JSModuleDef, link);
        if (m->status == JS_MODULE_STATUS_EVALUATED && !m->eval_has_exception) {
            JS_FreeValue(ctx, m->func_obj);
            m->func_obj = JS_UNDEFINED;
        }
    }
    JS_RunGC(ctx->rt);
    if (jsc_imports_at_run_time(ctx) || jsc_has_lazy_namespace(ctx))
        return;
    list_for_each(el, &ctx->loaded_modules)
        if (list_entry(el, JSModuleDef, link)->status != JS_MODULE_STATUS_EVALUATED)
            return;
    list_for_each_safe(el, next, &ctx->loaded_modules)
        js_free_module_def(ctx, list_entry(el, JSModuleDef, link));
}

/* The stack check, which QuickJS turns off on WASI. The stack lies at the bottom of memory and grows down to 0
 * (`--stack-first`); `reserve` bytes of it stay free for functions that do not check. */
void jsc_set_stack_limit(JSRuntime *rt, size_t reserve)
{
    rt->stack_limit = reserve;
}

/* Measures time from the first reading in this life, not from the build. */
void jsc_reset_time_origin(JSContext *ctx)
{
    ctx->time_origin = 0;
}

/* Free places in the table of atoms that a module starts with: a call that meets no more new names allocates nothing. */
enum { JSC_FREE_ATOMS = 32 };

/* Makes the tables of atoms as small as they can be. Places between atoms stay empty: as a list they would cost four
 * bytes each. */
void jsc_trim_atoms(JSRuntime *rt)
{
    JSAtomStruct **atoms;
    int end = rt->atom_size, count = 0, hash_size = 64, i;

    while (end > JS_ATOM_END && atom_is_free(rt->atom_array[end - 1]))
        end--;
    atoms = js_calloc_rt(rt, end + JSC_FREE_ATOMS, sizeof(*atoms));
    if (!atoms)
        return;
    for (i = 0; i < end; i++) {
        if (!atom_is_free(rt->atom_array[i])) {
            atoms[i] = rt->atom_array[i];
            count++;
        }
    }
    for (i = 0; i < JSC_FREE_ATOMS; i++)
        atoms[end + i] = atom_set_free(i + 1 < JSC_FREE_ATOMS ? end + i + 1 : 0);
    js_free_rt(rt, rt->atom_array);
    rt->atom_array = atoms;
    rt->atom_size = end + JSC_FREE_ATOMS;
    rt->atom_free_index = end;
    while (hash_size < count)
        hash_size *= 2;
    if (hash_size < rt->atom_hash_size)
        JS_ResizeAtomHash(rt, hash_size);
}
