/* SPDX-License-Identifier: MIT */
#include "bounce.h"
#include "poison.h"
#include "vwr/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNMAPPED 0xdb
#define RECENT 64u

/* A mapping, stored at the index of its first block. bytes == 0: the entry is free. */
struct mapping {
    const void *d;
    uint8_t *p;
    size_t bytes;
    bool in;
};

struct shared {
    const void *d;
    uint64_t addr;
    const void *p;
    size_t bytes; /* 0: the entry is free */
};

struct bounce_stats bounce_stats;

static struct {
    uint8_t *pool;
    uint64_t addr;
    size_t bytes;
    size_t limit;
    size_t used; /* bytes in mapped blocks */
    size_t cut;
    size_t next;                /* first block to try */
    const void *recent[RECENT]; /* data addresses of the last mappings */
    bool taken[BOUNCE_BLOCKS];
    struct mapping mapping[BOUNCE_BLOCKS];
    struct shared shared[BOUNCE_SHARED];
} bounce;

static void check(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "bounce: FAILED: %s\n", what);
    abort();
}

static size_t blocks(size_t bytes)
{
    return (bytes + BOUNCE_BLOCK - 1) / BOUNCE_BLOCK;
}

static uint8_t *at_block(size_t block)
{
    return bounce.pool + block * BOUNCE_BLOCK;
}

static void check_unwritten(size_t block)
{
    ASAN_UNPOISON_MEMORY_REGION(at_block(block), BOUNCE_BLOCK);
    check(at_block(block)[0] == UNMAPPED &&
              memcmp(at_block(block), at_block(block) + 1, BOUNCE_BLOCK - 1) == 0,
          "the device has written where nothing is mapped");
}

static void forget(size_t block)
{
    memset(at_block(block), UNMAPPED, BOUNCE_BLOCK);
    ASAN_POISON_MEMORY_REGION(at_block(block), BOUNCE_BLOCK);
    bounce.taken[block] = false;
}

void bounce_begin(void *pool, size_t bytes, uint64_t addr)
{
    memset(&bounce, 0, sizeof(bounce));
    memset(&bounce_stats, 0, sizeof(bounce_stats));
    check(bytes <= BOUNCE_BYTES && bytes % BOUNCE_BLOCK == 0, "pool");
    bounce.pool = pool;
    bounce.addr = addr;
    bounce.bytes = bounce.limit = bytes;
    ASAN_UNPOISON_MEMORY_REGION(pool, bytes);
    for (size_t i = 0; i < bytes / BOUNCE_BLOCK; i++)
        forget(i);
}

void bounce_orphan(void)
{
    memset(bounce.shared, 0, sizeof(bounce.shared));
}

void bounce_limit(size_t bytes)
{
    memset(bounce.recent, 0, sizeof(bounce.recent)); /* the next test uses the memory anew */
    bounce.limit = bytes;
}

void bounce_cut(size_t bytes)
{
    bounce.cut = bytes;
}

unsigned bounce_mapped(void)
{
    return bounce_stats.maps - bounce_stats.unmaps;
}

unsigned bounce_mapped_by(const void *d)
{
    unsigned n = 0;

    for (size_t i = 0; i < BOUNCE_BLOCKS; i++)
        n += bounce.mapping[i].bytes != 0 && (d == NULL || bounce.mapping[i].d == d);
    return n;
}

unsigned bounce_shared_by(const void *d)
{
    unsigned n = 0;

    for (size_t i = 0; i < BOUNCE_SHARED; i++)
        n += bounce.shared[i].bytes != 0 && (d == NULL || bounce.shared[i].d == d);
    return n;
}

static struct shared *find_shared(const void *d, uint64_t addr, const void *p, size_t n)
{
    for (size_t i = 0; i < BOUNCE_SHARED; i++) {
        struct shared *const s = &bounce.shared[i];

        if (s->bytes == n && (n == 0 || (s->d == d && s->addr == addr && s->p == p)))
            return s;
    }
    return NULL;
}

static void share(const void *d, uint64_t addr, const void *p, size_t n)
{
    struct shared *const s = find_shared(NULL, 0, NULL, 0);

    check(n != 0, "shared memory of no size");
    check(find_shared(d, addr, p, n) == NULL, "shared memory is mapped twice");
    check(s != NULL, "too much shared memory is mapped");
    *s = (struct shared){d, addr, p, n};
}

static void unshare(const void *d, uint64_t addr, const void *p, size_t n)
{
    struct shared *const s = n != 0 ? find_shared(d, addr, p, n) : NULL;

    check(s != NULL, "unmap of shared memory that is not mapped, or not as it was mapped");
    s->bytes = 0;
}

bool bounce_has(const void *p, size_t n)
{
    const uintptr_t from = (uintptr_t)p;

    for (size_t i = 0; i < BOUNCE_BLOCKS; i++) {
        const struct mapping *const m = &bounce.mapping[i];

        if (m->bytes != 0 && from < (uintptr_t)m->p + m->bytes && (uintptr_t)m->p < from + n)
            return true;
    }
    return false;
}

void bounce_check_idle(void)
{
    check(bounce_mapped() == 0, "something is mapped yet");
    for (size_t i = 0; i < bounce.bytes / BOUNCE_BLOCK; i++) {
        check_unwritten(i);
        forget(i);
    }
}

/* The first of `count` contiguous free blocks at or after `from`, or BOUNCE_BLOCKS. */
static size_t find_from(size_t from, size_t count)
{
    size_t run = 0;

    for (size_t i = from; i < bounce.bytes / BOUNCE_BLOCK; i++) {
        run = bounce.taken[i] ? 0 : run + 1;
        if (run == count)
            return i + 1 - count;
    }
    return BOUNCE_BLOCKS;
}

/*
 * Searches after the last mapping first, so that freed blocks stay unused for a while and late writes are
 * detected.
 */
static size_t find(size_t count)
{
    const size_t first = find_from(bounce.next, count);

    return first != BOUNCE_BLOCKS ? first : find_from(0, count);
}

static uint64_t map(const void *d, void *p, size_t n, bool in, size_t *run)
{
    const size_t bytes = bounce.cut != 0 && bounce.cut < n ? bounce.cut : n;
    const size_t count = blocks(bytes);
    const size_t first = find(count);

    check(n != 0 && bounce.pool != NULL, "a mapping of nothing");
    *run = 0;
    if (first == BOUNCE_BLOCKS || bounce.used + count * BOUNCE_BLOCK > bounce.limit) {
        bounce_stats.refused++;
        return 0;
    }
    if (bounce_mapped() == 0) /* a new mapping may be other memory at the same address */
        memset(bounce.recent, 0, sizeof(bounce.recent));
    for (size_t i = first; i < first + count; i++) {
        check_unwritten(i);
        bounce.taken[i] = true;
    }
    memcpy(at_block(first), p, bytes);
    bounce.mapping[first] = (struct mapping){d, p, bytes, in};
    bounce.used += count * BOUNCE_BLOCK;
    bounce.next = first + count;
    bounce.recent[bounce_stats.maps++ % RECENT] = p;
    *run = bytes;
    return bounce.addr + first * BOUNCE_BLOCK;
}

static void unmap(const void *d, uint64_t addr, void *p, size_t n, bool in)
{
    const size_t first = (size_t)(addr - bounce.addr) / BOUNCE_BLOCK;
    struct mapping *const m = &bounce.mapping[first % BOUNCE_BLOCKS];

    check(addr >= bounce.addr && addr - bounce.addr < bounce.bytes &&
              (addr - bounce.addr) % BOUNCE_BLOCK == 0,
          "unmap of what is no address of the pool");
    check(m->bytes != 0, "unmap of what is not mapped");
    check(m->d == d && m->p == p && m->bytes == n && m->in == in, "unmap, not as it was mapped");
    for (size_t i = n; i < blocks(n) * BOUNCE_BLOCK; i++)
        check(at_block(first)[i] == UNMAPPED, "the device has written behind the data");
    if (in)
        memcpy(p, at_block(first), n);
    else
        check(memcmp(p, at_block(first), n) == 0, "the device has written to data that it was to read");
    m->bytes = 0;
    for (size_t i = first; i < first + blocks(n); i++)
        forget(i);
    bounce.used -= blocks(n) * BOUNCE_BLOCK;
    bounce_stats.unmaps++;
}

uint64_t bounce_dma_map(const void *d, void *p, size_t n, unsigned dma, size_t *run)
{
    uint64_t addr;

    if (dma != VWR_DMA_SHARED)
        return map(d, p, n, dma == VWR_DMA_IN, run);
    addr = vwr_port_dma(p, n, run);
    if (*run != 0)
        share(d, addr, p, *run < n ? *run : n);
    return addr;
}

void bounce_dma_unmap(const void *d, uint64_t addr, void *p, size_t n, unsigned dma)
{
    if (dma != VWR_DMA_SHARED)
        unmap(d, addr, p, n, dma == VWR_DMA_IN);
    else
        unshare(d, addr, p, n);
}

static bool is_shared(const void *p)
{
    for (size_t i = 0; i < BOUNCE_SHARED; i++) {
        const struct shared *const s = &bounce.shared[i];

        if ((uintptr_t)p - (uintptr_t)s->p < s->bytes)
            return true;
    }
    return false;
}

void bounce_sync(const void *p, size_t n)
{
    if (is_shared(p)) /* messages of a GPU are data in the memory of its queue */
        return;
    for (unsigned i = 0; i < RECENT && n != 0; i++)
        check(bounce.recent[i] != p, "a sync of data that are or were mapped");
}
