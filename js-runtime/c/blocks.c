/* malloc: large blocks of linear memory, in the place of the C library's, whose many cases cost a compiled module ten
 * kilobytes.
 *
 * Blocks lie side by side and know their neighbours by boundary tags. Free ones are joined at once and hang in lists by
 * the logarithm of their size. Behind the last block is the top, which grows with linear memory. What is small comes from
 * allocator.c, which asks for a few thousand bytes at a time. */

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    BLOCK_UNIT = 16,
    /* The log2 of a free block is at least this, its links included. */
    FIRST_BIN = 5,
    BINS = 27,
    /* How many blocks of the same bin are looked at before a larger one is cut. */
    TRIES = 8,
    PAGE = 65536,
};

typedef struct Block {
    /* Of the block in front, in bytes; 0 where it is in use, or is none. */
    uint32_t free_before;
    /* In bytes, header included; the lowest bit is set where the block is in use. */
    uint32_t size;
    /* In a free block; in others, data starts here. */
    struct Block *next, *previous;
} Block;

enum { HEADER = offsetof(Block, next), IN_USE = 1 };

extern uint8_t __heap_base;

/* True until the snapshot, in which nothing of what was freed may be left: it would cost bytes. */
bool jsc_erases = true;

static struct {
    Block *bins[BINS];
    /* The first byte of no block, and the end of linear memory as far as it is ours. */
    uint8_t *top, *end;
    /* Of the block below the top, if it is free. */
    uint32_t free_below;
} heap;

static int bin_of(uint32_t size)
{
    int bin = 31 - __builtin_clz(size) - FIRST_BIN;
    return bin < BINS ? bin : BINS - 1;
}

static uint32_t size_of(const Block *block)
{
    return block->size & ~(uint32_t)IN_USE;
}

static uint8_t *end_of(Block *block)
{
    return (uint8_t *)block + size_of(block);
}

/* Tells what is behind `block` whether it is free. */
static void tell_following(Block *block, uint32_t free_before)
{
    if (end_of(block) == heap.top)
        heap.free_below = free_before;
    else
        ((Block *)end_of(block))->free_before = free_before;
}

static void unlink_block(Block *block)
{
    if (block->previous)
        block->previous->next = block->next;
    else
        heap.bins[bin_of(block->size)] = block->next;
    if (block->next)
        block->next->previous = block->previous;
    block->next = block->previous = NULL;
}

static void link_block(Block *block)
{
    Block **bin = &heap.bins[bin_of(block->size)];
    block->previous = NULL;
    block->next = *bin;
    if (*bin)
        (*bin)->previous = block;
    *bin = block;
}

/* Makes `block`, whose neighbours know nothing of it yet, free. */
static void release(Block *block)
{
    uint32_t size = size_of(block);
    Block *following = (Block *)((uint8_t *)block + size);
    if (block->free_before) {
        Block *before = (Block *)((uint8_t *)block - block->free_before);
        unlink_block(before);
        block->free_before = block->size = 0;
        size += before->size;
        block = before;
    }
    if ((uint8_t *)following == heap.top) {
        heap.top = (uint8_t *)block;
        heap.free_below = 0;
        block->free_before = block->size = 0;
        return;
    }
    if (!(following->size & IN_USE)) {
        unlink_block(following);
        size += following->size;
        following->free_before = following->size = 0;
    }
    block->size = size;
    tell_following(block, size);
    link_block(block);
}

/* Gives back what `block`, which is in use, has beyond `size`. */
static void cut(Block *block, uint32_t size)
{
    uint32_t rest = size_of(block) - size;
    Block *tail = (Block *)((uint8_t *)block + size);
    if (rest < 1 << FIRST_BIN)
        return;
    block->size = size | IN_USE;
    tail->free_before = 0;
    tail->size = rest | IN_USE;
    release(tail);
}

static int grow(uint32_t size)
{
    uint32_t pages = __builtin_wasm_memory_size(0), wanted, old;
    if (!heap.top) {
        heap.top = (uint8_t *)(((uintptr_t)&__heap_base + BLOCK_UNIT - 1 & -BLOCK_UNIT) + BLOCK_UNIT - HEADER);
        heap.end = (uint8_t *)(uintptr_t)(pages * PAGE);
    }
    if (heap.top + size <= heap.end)
        return 0;
    wanted = (size - (heap.end - heap.top) + PAGE - 1) / PAGE;
    /* Each growth is a call of the host. */
    if (wanted < pages / 16)
        wanted = pages / 16;
    old = __builtin_wasm_memory_grow(0, wanted);
    if (old == UINT32_MAX)
        return -1;
    heap.end = (uint8_t *)(uintptr_t)((old + wanted) * PAGE);
    return 0;
}

static Block *find(uint32_t size)
{
    int bin = bin_of(size), tries = 0;
    Block *block;
    for (block = heap.bins[bin]; block && tries < TRIES; block = block->next, tries++)
        if (block->size >= size)
            return block;
    while (++bin < BINS)
        if (heap.bins[bin])
            return heap.bins[bin];
    return NULL;
}

void *malloc(size_t bytes)
{
    uint32_t size = bytes < (1 << FIRST_BIN) - HEADER ? 1 << FIRST_BIN : bytes + HEADER + BLOCK_UNIT - 1 & -BLOCK_UNIT;
    Block *block;
    if (bytes > INT32_MAX) {
        errno = ENOMEM;
        return NULL;
    }
    block = find(size);
    if (block) {
        unlink_block(block);
        block->size |= IN_USE;
        tell_following(block, 0);
        cut(block, size);
    } else {
        if (grow(size)) {
            errno = ENOMEM;
            return NULL;
        }
        block = (Block *)heap.top;
        block->free_before = heap.free_below;
        block->size = size | IN_USE;
        heap.top += size;
        heap.free_below = 0;
    }
    return &block->next;
}

void free(void *data)
{
    Block *block = (Block *)((uint8_t *)data - HEADER);
    if (!data)
        return;
    if (jsc_erases)
        memset(data, 0, size_of(block) - HEADER);
    release(block);
}

void *calloc(size_t count, size_t size)
{
    size_t bytes;
    void *data;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    data = malloc(bytes);
    return data ? memset(data, 0, bytes) : NULL;
}

void *realloc(void *data, size_t bytes)
{
    Block *block = (Block *)((uint8_t *)data - HEADER), *following;
    uint32_t size = bytes + HEADER + BLOCK_UNIT - 1 & -BLOCK_UNIT, usable;
    void *moved;
    if (!data)
        return malloc(bytes);
    if (bytes > INT32_MAX)
        return NULL;
    if (size < 1 << FIRST_BIN)
        size = 1 << FIRST_BIN;
    if (size > size_of(block)) {
        uint32_t missing = size - size_of(block);
        following = (Block *)end_of(block);
        if ((uint8_t *)following == heap.top && !grow(missing)) {
            block->size += missing;
            heap.top += missing;
        } else if ((uint8_t *)following != heap.top && !(following->size & IN_USE) && following->size >= missing) {
            unlink_block(following);
            block->size += following->size;
            following->size = following->free_before = 0;
            tell_following(block, 0);
        }
    }
    if (size <= size_of(block)) {
        cut(block, size);
        return data;
    }
    usable = size_of(block) - HEADER;
    moved = malloc(bytes);
    if (!moved)
        return NULL;
    memcpy(moved, data, usable);
    free(data);
    return moved;
}

size_t malloc_usable_size(void *data)
{
    return data ? size_of((Block *)((uint8_t *)data - HEADER)) - HEADER : 0;
}
