/* The last things done to the heap before the snapshot. */

/* Frees the source text of every function. */
void jsc_drop_source_text(JSRuntime *rt)
{
    struct list_head *el;
    jsc_source_text = NULL;
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

enum {
    /* Bytes of the stack in linear memory that stay free for functions that do not check. */
    JSC_STACK_RESERVE = 48 * 1024,
    /* The runtime's stack that all measures are for, and what of it functions without a check need. */
    JSC_HOST_STACK = 512 * 1024,
    JSC_HOST_RESERVE = 64 * 1024,
};

/* The stack check, which QuickJS turns off on WASI. The stack lies at the bottom of memory and grows down to 0
 * (`--stack-first`). */
void jsc_set_stack_limit(JSRuntime *rt)
{
    rt->stack_limit = JSC_STACK_RESERVE;
}

/* Changes how deep calls can be nested to what a host allows that gives `size` bytes instead of JSC_HOST_STACK. The stack in
 * linear memory begins at `begin`, and afterwards where this returns, since a larger one needs another place; 0 where there
 * is none. */
uintptr_t jsc_fit_stack(JSRuntime *rt, uint32_t size, uintptr_t begin)
{
    size_t depth = (uint64_t)(begin - JSC_STACK_RESERVE) * (size - JSC_HOST_RESERVE) / (JSC_HOST_STACK - JSC_HOST_RESERVE);
    uintptr_t bottom = begin - JSC_STACK_RESERVE - depth;

    jsc_frames.left = (uint64_t)jsc_frames.left * size / JSC_HOST_STACK;
    if (depth + JSC_STACK_RESERVE > begin) {
        size_t bytes = (depth + JSC_STACK_RESERVE + 15) & ~(size_t)15;
        bottom = (uintptr_t)malloc(bytes);
        if (!bottom)
            return 0;
        begin = bottom + bytes;
    }
    rt->stack_limit = bottom + JSC_STACK_RESERVE;
    return begin;
}

/* Measures time from the first reading in this life, not from the build. */
void jsc_reset_time_origin(JSContext *ctx)
{
    ctx->time_origin = 0;
}

/* Free places in the table of atoms that a module starts with: a call that meets no more new names allocates nothing. */
enum { JSC_FREE_ATOMS = 32 };

/* Makes the table of hashes as small as it can be. */
static void jsc_trim_atom_hash(JSRuntime *rt)
{
    int size = 64;
    while (size < rt->atom_count)
        size *= 2;
    if (size < rt->atom_hash_size)
        JS_ResizeAtomHash(rt, size);
}

/* Makes the tables of atoms as small as they can be. Places between atoms stay empty: as a list they would cost four
 * bytes each. */
void jsc_trim_atoms(JSRuntime *rt)
{
    JSAtomStruct **atoms;
    int end = rt->atom_size, i;

    while (end > JS_ATOM_END && atom_is_free(rt->atom_array[end - 1]))
        end--;
    atoms = js_calloc_rt(rt, end + JSC_FREE_ATOMS, sizeof(*atoms));
    if (!atoms)
        return;
    for (i = 0; i < end; i++) {
        if (!atom_is_free(rt->atom_array[i]))
            atoms[i] = rt->atom_array[i];
    }
    for (i = 0; i < JSC_FREE_ATOMS; i++)
        atoms[end + i] = atom_set_free(i + 1 < JSC_FREE_ATOMS ? end + i + 1 : 0);
    js_free_rt(rt, rt->atom_array);
    rt->atom_array = atoms;
    rt->atom_size = end + JSC_FREE_ATOMS;
    rt->atom_free_index = end;
    jsc_trim_atom_hash(rt);
}

/* Sorts the first `count` nodes by their addresses; returns the first of them, and the rest in `*rest`. */
static struct list_head *jsc_sort_nodes(struct list_head *nodes, size_t count, struct list_head **rest)
{
    struct list_head *a, *b, *sorted, **last = &sorted;
    size_t left = count / 2, right = count - left;
    if (count <= 1) {
        *rest = count ? nodes->next : nodes;
        return nodes;
    }
    a = jsc_sort_nodes(nodes, left, &b);
    b = jsc_sort_nodes(b, right, rest);
    while (left || right) {
        struct list_head **lower = !right || (left && a < b) ? &a : &b;
        --*(lower == &a ? &left : &right);
        *last = *lower;
        last = &(*lower)->next;
        *lower = (*lower)->next;
    }
    return sorted;
}

/* Has the collector's list in the order of addresses: whoever leaves it changes its neighbours, which then lie in the same
 * pages. Collections leave the list in the order in which they came by. */
void jsc_sort_objects(JSRuntime *rt)
{
    struct list_head *el, *rest, *head = &rt->gc_obj_list, *last = head;
    size_t count = 0;
    list_for_each(el, head)
        count++;
    head->next = jsc_sort_nodes(head->next, count, &rest);
    for (el = head->next; count-- > 0; last = el, el = el->next)
        el->prev = last;
    last->next = head;
    head->prev = last;
}
