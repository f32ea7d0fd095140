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

/* Atoms that a module can make before it needs a larger table. */
#define JSC_FREE_ATOMS 128

/* Clears the table of atoms of what the build made and freed again: its free places are linked through the table, which
 * would be a word of the module each. Nothing reads a place that is not in the list. */
void jsc_trim_atoms(JSRuntime *rt)
{
    uint32_t i, kept = 0;
    rt->atom_free_index = 0;
    for (i = rt->atom_size; i-- > 1;) {
        if (!atom_is_free(rt->atom_array[i]))
            continue;
        if (kept++ < JSC_FREE_ATOMS) {
            rt->atom_array[i] = atom_set_free(rt->atom_free_index);
            rt->atom_free_index = i;
        } else {
            rt->atom_array[i] = NULL;
        }
    }
}
