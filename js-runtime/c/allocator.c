/* Where the engine's blocks come from: a free list for each size of small blocks, malloc for the large ones.
 *
 * QuickJS's own small-block allocator spends about a hundred instructions on a free and eighty on an allocation; these
 * take a dozen each. Blocks lie in the order of their allocation, so that a short run touches few pages of the
 * snapshot. Free small blocks are kept for their size: linear memory never shrinks anyway.
 *
 * Included by quickjs.c in the place of the functions of these names (patches/allocator.patch). */

enum {
    /* Sizes are counted in units, header included. Loads and stores of WebAssembly need no alignment, so that eight bytes
     * of a number need not begin at a multiple of eight. */
    JSC_UNIT = 4,
    JSC_SMALL_UNITS = 128,
    /* A header, and the link of a free block. */
    JSC_LEAST_UNITS = 3,
    /* What is asked of malloc for small blocks at once, in bytes; grows with the heap, which needs fewer calls then. */
    JSC_CHUNK_MIN = 4096,
    JSC_CHUNK_MAX = 65536,
    /* Where the snapshot has more runs than this, those smaller than so many bytes are given up. */
    JSC_ALL_RUNS = 64,
    JSC_RUN_MIN = 2048,
    /* The least holes between large blocks that stay in use, in bytes, and how exactly others are filled. */
    JSC_HOLE_MIN = 16384,
    JSC_HOLE_STEP = 16,
    /* More than nearly all holes have, in bytes. */
    JSC_TOP = 65536,
    /* For an error with its stack, in bytes. */
    JSC_RESERVE = 8192,
};

/* In front of the header of a large block, whose `block_size_idx` is 0. */
typedef struct {
    size_t size; /* of the user's data */
    _Alignas(JS_ARENA_ALIGN) JSMallocBlockHeader header;
} JscLargeBlock;

/* Free memory that blocks are cut from. */
typedef struct JscRun {
    struct JscRun *following;
    size_t size;
} JscRun;

static struct {
    /* By units; a free block's first word points to the next. */
    void *free[JSC_SMALL_UNITS + 1];
    /* The rest of the current run. */
    uint8_t *next, *end;
    /* Runs between the snapshot's blocks, the largest first. */
    JscRun *runs;
    /* Kept for the error that says that memory has run out. */
    uint8_t *reserve;
} jsc_heap;

/* blocks.c */
extern bool jsc_erases;

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

/* Makes what is left of the current run free blocks: there is no list for those that are not small. */
static void jsc_keep_rest(void)
{
    size_t rest = (jsc_heap.end - jsc_heap.next) / JSC_UNIT;
    while (rest >= JSC_LEAST_UNITS) {
        JSMallocBlockHeader *header = (JSMallocBlockHeader *)jsc_heap.next;
        size_t units = rest < JSC_SMALL_UNITS ? rest : JSC_SMALL_UNITS;
        header->block_size_idx = units;
        jsc_keep_free(header->user_data, units);
        jsc_heap.next += units * JSC_UNIT;
        rest -= units;
    }
    jsc_heap.next = jsc_heap.end = NULL;
}

/* Finds a run of `size` bytes: one of the snapshot's, or a new chunk. */
static no_inline int jsc_next_run(JSRuntime *rt, size_t size)
{
    jsc_keep_rest();
    if (jsc_heap.runs && jsc_heap.runs->size >= size) {
        JscRun *run = jsc_heap.runs;
        jsc_heap.runs = run->following;
        jsc_heap.next = (uint8_t *)run;
        jsc_heap.end = jsc_heap.next + run->size;
    } else {
        size_t chunk = rt->malloc_state.malloc_size / 16;
        chunk = chunk < JSC_CHUNK_MIN ? JSC_CHUNK_MIN : chunk > JSC_CHUNK_MAX ? JSC_CHUNK_MAX : chunk & -(size_t)JSC_UNIT;
        jsc_heap.next = malloc(chunk);
        if (!jsc_heap.next)
            return -1;
        jsc_heap.end = jsc_heap.next + chunk;
        if (!jsc_heap.reserve)
            jsc_heap.reserve = malloc(JSC_RESERVE);
    }
    return 0;
}

/* Makes the reserve the current run: called when there is nothing else. */
static void jsc_open_reserve(void)
{
    if (!jsc_heap.reserve)
        return;
    jsc_keep_rest();
    jsc_heap.next = jsc_heap.reserve;
    jsc_heap.end = jsc_heap.next + JSC_RESERVE;
    jsc_heap.reserve = NULL;
}

/* Cuts a small block off the current run, or off the next. */
static inline void *jsc_carve(JSRuntime *rt, size_t units)
{
    size_t size = units * JSC_UNIT;
    JSMallocBlockHeader *header;

    if (unlikely((size_t)(jsc_heap.end - jsc_heap.next) < size && jsc_next_run(rt, size)))
        return NULL;
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

static int jsc_compare_run_addresses(const void *a, const void *b)
{
    const JscRun *const *x = a, *const *y = b;
    return (*x > *y) - (*x < *y);
}

static int jsc_compare_run_sizes(const void *a, const void *b)
{
    const JscRun *const *x = a, *const *y = b;
    if ((*x)->size != (*y)->size)
        return (*x)->size < (*y)->size ? 1 : -1;
    return jsc_compare_run_addresses(a, b);
}

/* Leaves of free blocks only what links them, so that nothing that was in them is taken for a reference. */
static void jsc_erase_free_blocks(void)
{
    size_t units;
    void **block;
    for (units = JSC_LEAST_UNITS; units <= JSC_SMALL_UNITS; units++) {
        for (block = jsc_heap.free[units]; block != NULL; block = *block)
            memset(block + 1, 0, units * JSC_UNIT - sizeof(JSMallocBlockHeader) - sizeof(*block));
    }
}

/* Takes the holes between the snapshot's large blocks out of use, but for those of several pages: what a call allocates
 * shall lie together, where nothing was before. */
static void jsc_plug_holes(void)
{
    struct hole { struct hole *following; } *kept = NULL;
    struct hole *block = malloc(JSC_TOP), *top = block;
    size_t size;
    /* A block of its size is behind all others, or in a hole that is large enough by far. */
    free(block);
    if (!block)
        return;
    while ((block = malloc(JSC_HOLE_MIN)) != NULL && block < top) {
        block->following = kept;
        kept = block;
    }
    free(block);
    /* Ever smaller ones, so that each fills a hole to its end. */
    for (size = JSC_HOLE_MIN - JSC_HOLE_STEP; size >= JSC_HOLE_STEP; size -= JSC_HOLE_STEP) {
        while ((block = malloc(size)) != NULL && block < top) {
            memset(block, 0, size);
            /* The compiler takes what nobody reads for dead. */
            __asm__ volatile("" : : "r"(block) : "memory");
        }
        free(block);
    }
    while (kept) {
        block = kept;
        kept = block->following;
        block->following = NULL;
        free(block);
    }
}

/* Called before the snapshot: erases all free blocks and joins those that lie side by side to runs. */
void jsc_join_free_blocks(void)
{
    size_t units, count = 0, joined = 0, i;
    JscRun **runs;
    void **block;

    jsc_keep_rest();
    for (units = 0; units <= JSC_SMALL_UNITS; units++) {
        for (block = jsc_heap.free[units]; block != NULL; block = *block)
            count++;
    }
    runs = malloc(count * sizeof(*runs) + 1);
    jsc_erases = false;
    if (!runs)
        return;
    count = 0;
    for (units = 0; units <= JSC_SMALL_UNITS; units++) {
        void **next;
        for (block = jsc_heap.free[units]; block != NULL; block = next) {
            JscRun *run = (JscRun *)jsc_header(block);
            next = *block;
            memset(run, 0, units * JSC_UNIT);
            run->size = units * JSC_UNIT;
            runs[count++] = run;
        }
        jsc_heap.free[units] = NULL;
    }
    qsort(runs, count, sizeof(*runs), jsc_compare_run_addresses);
    for (i = 0; i < count; i++) {
        JscRun *last = joined ? runs[joined - 1] : NULL;
        if (last && (uint8_t *)last + last->size == (uint8_t *)runs[i]) {
            last->size += runs[i]->size;
            memset(runs[i], 0, sizeof(*runs[i]));
        } else {
            runs[joined++] = runs[i];
        }
    }
    /* Large runs first: what a call allocates shall lie together. */
    qsort(runs, joined, sizeof(*runs), jsc_compare_run_sizes);
    for (i = joined; i-- > 0;) {
        /* Each costs a segment of the module; memory costs nothing. */
        if (joined > JSC_ALL_RUNS && runs[i]->size < JSC_RUN_MIN) {
            memset(runs[i], 0, sizeof(*runs[i]));
            continue;
        }
        runs[i]->following = jsc_heap.runs;
        jsc_heap.runs = runs[i];
    }
    /* The compiler takes what is written in front of `free` for dead. */
    memset(runs, 0, count * sizeof(*runs));
    __asm__ volatile("" : : "r"(runs) : "memory");
    free(runs);
    jsc_plug_holes();
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

/* A header holds the reference count and what the collector knows of the block. */
static void jsc_copy_header(void *to, const void *from)
{
    jsc_header(to)->gc_obj_type = jsc_header(from)->gc_obj_type;
    jsc_header(to)->mark = jsc_header(from)->mark;
    jsc_header(to)->ref_count = jsc_header(from)->ref_count;
}

/* Grows or shrinks a large block in its place where malloc can. */
static void *jsc_realloc_large(JSRuntime *rt, void *block, size_t size)
{
    JscLargeBlock *large = jsc_large(block);
    size_t before = large->size;
    if (size > INT32_MAX)
        return NULL;
    if (jsc_erases) {
        void *moved = jsc_malloc_large(rt, size);
        if (!moved)
            return NULL;
        memcpy(moved, block, size < before ? size : before);
        jsc_copy_header(moved, block);
        jsc_free_large(rt, block);
        return moved;
    }
    large = realloc(large, sizeof(*large) + size);
    if (!large)
        return NULL;
    large->size = size;
    rt->malloc_state.malloc_size += size - before;
    return large->header.user_data;
}

void *js_realloc_rt(JSRuntime *rt, void *block, size_t size)
{
    size_t usable, units;
    void *moved;

    if (!block)
        return js_malloc_rt(rt, size);
    if (unlikely(size == 0)) {
        js_free_rt(rt, block);
        return NULL;
    }
    units = jsc_header(block)->block_size_idx;
    if (units) {
        usable = units * JSC_UNIT - sizeof(JSMallocBlockHeader);
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
    jsc_copy_header(moved, block);
    memcpy(moved, block, usable);
    js_free_rt(rt, block);
    return moved;
}
