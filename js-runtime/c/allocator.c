/* Where the engine's blocks come from: a free list for each size of small blocks, malloc for the large ones.
 *
 * QuickJS's own small-block allocator spends about a hundred instructions on a free and eighty on an allocation; these
 * take a dozen each. Blocks lie in the order of their allocation, so that a short run touches few pages of the
 * snapshot. Free small blocks are kept for their size: linear memory never shrinks anyway.
 *
 * Included by quickjs.c in the place of the functions of these names (patches/allocator.patch). */

enum {
    /* Sizes are counted in units, header included. */
    JSC_UNIT = 8,
    JSC_SMALL_UNITS = 64,
    /* What is asked of malloc for small blocks at once, in bytes; grows with the heap, which needs fewer calls then. */
    JSC_CHUNK_MIN = 4096,
    JSC_CHUNK_MAX = 65536,
};

/* In front of the header of a large block, whose `block_size_idx` is 0. */
typedef struct {
    size_t size; /* of the user's data */
    _Alignas(JS_ARENA_ALIGN) JSMallocBlockHeader header;
} JscLargeBlock;

static struct {
    /* By units; a free block's first word points to the next. */
    void *free[JSC_SMALL_UNITS + 1];
    /* The rest of the current chunk. */
    uint8_t *next, *end;
} jsc_heap;

static inline JSMallocBlockHeader *jsc_header(const void *block)
{
    return container_of((void *)block, JSMallocBlockHeader, user_data);
}

static inline JscLargeBlock *jsc_large(const void *block)
{
    return container_of(jsc_header(block), JscLargeBlock, header);
}

static inline size_t jsc_units(size_t size)
{
    return (size + sizeof(JSMallocBlockHeader) + JSC_UNIT - 1) / JSC_UNIT;
}

static inline void jsc_keep_free(void *block, size_t units)
{
    *(void **)block = jsc_heap.free[units];
    jsc_heap.free[units] = block;
}

/* Cuts a small block off the chunk, or off a new one. */
static no_inline void *jsc_carve(JSRuntime *rt, size_t units)
{
    size_t size = units * JSC_UNIT;
    JSMallocBlockHeader *header;

    if ((size_t)(jsc_heap.end - jsc_heap.next) < size) {
        size_t rest = (jsc_heap.end - jsc_heap.next) / JSC_UNIT;
        size_t chunk = rt->malloc_state.malloc_size / 16;
        uint8_t *memory;
        chunk = chunk < JSC_CHUNK_MIN ? JSC_CHUNK_MIN : chunk > JSC_CHUNK_MAX ? JSC_CHUNK_MAX : chunk & -(size_t)JSC_UNIT;
        memory = malloc(chunk);
        if (!memory)
            return NULL;
        if (rest >= 2) {
            header = (JSMallocBlockHeader *)jsc_heap.next;
            header->block_size_idx = rest;
            jsc_keep_free(header->user_data, rest);
        }
        jsc_heap.next = memory;
        jsc_heap.end = memory + chunk;
    }
    header = (JSMallocBlockHeader *)jsc_heap.next;
    jsc_heap.next += size;
    header->block_size_idx = units;
    return header->user_data;
}

static no_inline void *jsc_malloc_large(JSRuntime *rt, size_t size)
{
    JscLargeBlock *large;
    if (size > INT32_MAX)
        return NULL;
    large = malloc(sizeof(*large) + size);
    if (!large)
        return NULL;
    large->size = size;
    large->header.block_size_idx = 0;
    rt->malloc_state.malloc_size += size;
    return large->header.user_data;
}

static no_inline void jsc_free_large(JSRuntime *rt, void *block)
{
    JscLargeBlock *large = jsc_large(block);
    rt->malloc_state.malloc_size -= large->size;
    free(large);
}

void *js_malloc_rt(JSRuntime *rt, size_t size)
{
    size_t units = jsc_units(size);
    void *block;

    if (unlikely(units > JSC_SMALL_UNITS || size == 0))
        return size == 0 ? NULL : jsc_malloc_large(rt, size);
    block = jsc_heap.free[units];
    if (likely(block != NULL)) {
        jsc_heap.free[units] = *(void **)block;
    } else {
        block = jsc_carve(rt, units);
        if (!block)
            return NULL;
    }
    rt->malloc_state.malloc_size += units * JSC_UNIT;
    return block;
}

void *js_calloc_rt(JSRuntime *rt, size_t count, size_t size)
{
    size_t bytes;
    void *block;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    block = js_malloc_rt(rt, bytes);
    return block ? memset(block, 0, bytes) : NULL;
}

void js_free_rt(JSRuntime *rt, void *block)
{
    size_t units;
    if (!block)
        return;
    units = jsc_header(block)->block_size_idx;
    if (unlikely(units == 0)) {
        jsc_free_large(rt, block);
        return;
    }
    rt->malloc_state.malloc_size -= units * JSC_UNIT;
    jsc_keep_free(block, units);
}

size_t js_malloc_usable_size_rt(JSRuntime *rt, const void *block)
{
    size_t units;
    (void)rt;
    if (!block)
        return 0;
    units = jsc_header(block)->block_size_idx;
    return units ? units * JSC_UNIT - sizeof(JSMallocBlockHeader) : jsc_large(block)->size;
}

/* Grows or shrinks a large block in its place where malloc can. */
static void *jsc_realloc_large(JSRuntime *rt, void *block, size_t size)
{
    JscLargeBlock *large = jsc_large(block);
    size_t before = large->size;
    if (size > INT32_MAX)
        return NULL;
    large = realloc(large, sizeof(*large) + size);
    if (!large)
        return NULL;
    large->size = size;
    rt->malloc_state.malloc_size += size - before;
    return large->header.user_data;
}

void *js_realloc_rt(JSRuntime *rt, void *block, size_t size)
{
    JSMallocBlockHeader *from, *to;
    size_t usable, units;
    void *moved;

    if (!block)
        return js_malloc_rt(rt, size);
    if (unlikely(size == 0)) {
        js_free_rt(rt, block);
        return NULL;
    }
    from = jsc_header(block);
    units = from->block_size_idx;
    if (units) {
        usable = units * JSC_UNIT - sizeof(*from);
        if (size <= usable) {
            /* Half a block is worth a copy. */
            if (jsc_units(size) * 2 > units)
                return block;
            usable = size;
        }
    } else {
        if (jsc_units(size) > JSC_SMALL_UNITS)
            return jsc_realloc_large(rt, block, size);
        usable = size;
    }
    moved = js_malloc_rt(rt, size);
    if (!moved)
        return NULL;
    /* The header holds the reference count and what the collector knows of the block. */
    to = jsc_header(moved);
    to->gc_obj_type = from->gc_obj_type;
    to->mark = from->mark;
    to->ref_count = from->ref_count;
    memcpy(moved, block, usable);
    js_free_rt(rt, block);
    return moved;
}
