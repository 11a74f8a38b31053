/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/vdev.h"
#include "any_chain.h"

/*
 * The chain builder's slow path: vwr_vqueue_chain.c, starting with any chain that the fast path may have
 * built. Each load returns an arbitrary value.
 */

#include "vwr_vqueue_chain.c"

#define TABLE 2u /* descriptors */

/* Replaces the loop: the area that the loop would write must be valid memory. */
void vwr_zero(void *to, size_t bytes)
{
    prove_that(prove_writable(to, bytes));
}

/* A part is as it was, or was set to a part of the region in which the segment is. */
static void check_part(const struct vwr_memory_region *part, const struct vwr_memory_region *was,
                       const struct vwr_memory_region *r)
{
    const uint64_t off = r != NULL ? part->addr - r->addr : 0;

    if (part->addr == was->addr && part->bytes == was->bytes && part->host == was->host)
        return;
    prove_that(r != NULL && off < r->bytes && part->bytes <= r->bytes - off && part->bytes <= PART_MAX);
    prove_that((uint8_t *)part->host == (uint8_t *)r->host + off);
}

/* A segment of guest memory. */
static void any_segment(struct vwr_vseg *s)
{
    PROVE_ANY(bool, second);
    PROVE_ANY(uint64_t, at);
    PROVE_ANY(uint32_t, len);
    const struct vwr_memory_region *const r = second ? &region[1] : &region[0];

    prove_assume(len != 0 && at < r->bytes && len <= r->bytes - at);
    s->at = (uint8_t *)r->host + at;
    s->len = len;
}

/*
 * A chain in a state that the fast path may leave, with `left` segments still to come, and a descriptor that
 * it has loaded.
 */
static void any_chain(struct vwr_vchain_walk *w, uint32_t *left)
{
    PROVE_ANY(uint16_t, out);
    PROVE_ANY(uint16_t, in);
    PROVE_ANY(struct vwr_vchain_walk, any);

    prove_assume((uint32_t)out + in <= ROOM);
    for (uint32_t i = 0; i < ROOM; i++) {
        any_segment(&seg[i]);
        if (i < out)
            saw.out += seg[i].len;
        else if (i < (uint32_t)out + in)
            saw.in += seg[i].len;
    }
    prove_assume(saw.out + saw.in <= UINT32_MAX);
    chain.out = out;
    chain.in = in;
    chain.out_bytes = (uint32_t)saw.out;
    chain.in_bytes = (uint32_t)saw.in;
    any.len = (uint32_t)any.len;
    any.flags = (uint16_t)any.flags;
    any.next = (uint16_t)any.next;
    saw_descriptor((uint32_t)any.len, any.flags);
    *w = any;
    *left = ROOM - out - in;
}

/* The segment is in this region, or in none. */
static void find(uint32_t misses, const struct vwr_memory_region *r)
{
    PROVE_ANY(uint64_t, addr);
    PROVE_ANY(uint32_t, len);
    struct vwr_memory_region was[2];
    uint64_t off;
    const uint8_t *at;

    any_memory();
    was[0] = queue.recent[0];
    was[1] = queue.recent[1];
    queue.memory = &guest;
    queue.misses = misses;
    prove_assume(r != NULL ? addr - r->addr < r->bytes : region_of(addr) == NULL);
    off = r != NULL ? addr - r->addr : 0;
    at = vwr_vchain_find_(&queue, addr, len);
    if (r == NULL || len == 0 || len > r->bytes - off) {
        prove_that(at == NULL);
        r = NULL;
    } else {
        prove_that(at == (uint8_t *)r->host + off);
    }
    check_part(&queue.recent[0], &was[0], r);
    check_part(&queue.recent[1], &was[1], r);
    prove_that(queue.between == queue.recent[0].addr - queue.recent[1].addr);
}

/* The first part is replaced, the second one, or none. */
void chain_find(void)
{
    PROVE_ANY(unsigned, which);

    switch (which) {
    case 0:
        find(0, &region[0]);
        break;
    case 1:
        find(0, &region[1]);
        break;
    case 2:
        find(VCHAIN_MISSES, &region[0]);
        break;
    case 3:
        find(VCHAIN_MISSES, &region[1]);
        break;
    case 4:
        find(1, &region[0]);
        break;
    case 5:
        find(1, &region[1]);
        break;
    default:
        find(0, NULL);
        break;
    }
}

/* A segment that begins in this region, or in none, becomes one segment for each region, in order, or is
 * refused. */
static void add(const struct vwr_memory_region *r)
{
    PROVE_ANY(uint64_t, addr);
    PROVE_ANY(uint32_t, len);
    PROVE_ANY(bool, write);
    uint64_t run, beyond, next;
    bool added;

    any_memory();
    queue.memory = &guest;
    chain.seg = seg;
    chain.room = ROOM;
    prove_assume(r != NULL ? addr - r->addr < r->bytes : region_of(addr) == NULL);
    run = r != NULL ? r->bytes - (addr - r->addr) : 0;
    beyond = len > run ? len - run : 0;
    next = r == &region[0] && region[1].addr == r->addr + r->bytes ? region[1].bytes : 0;
    added = vchain_add(&queue, &chain, addr, len, write);
    prove_that(added == (beyond <= next));
    if (!added)
        return;
    prove_that((write ? chain.in : chain.out) == (len != 0) + (beyond != 0));
    prove_that((write ? chain.out : chain.in) == 0);
    if (len != 0)
        prove_that(seg[0].len == len - beyond && seg[0].at == (uint8_t *)r->host + (addr - r->addr));
    if (beyond != 0)
        prove_that(seg[1].len == beyond && seg[1].at == region[1].host);
}

void chain_add(void)
{
    PROVE_ANY(unsigned, which);

    switch (which) {
    case 0:
        add(&region[0]);
        break;
    case 1:
        add(&region[1]);
        break;
    default:
        add(NULL);
        break;
    }
}

/* From a descriptor of the ring to the end of the chain. */
static void slow_chain(enum vwr_layout layout)
{
    struct vwr_vchain_walk w;
    uint32_t left;

    any_queue(layout);
    any_chain(&w, &left);
    if (vwr_vchain_slow_(&queue, &chain, NULL, w.off, VWR_VCHAIN_HALF(&w), left) == 1)
        check_chain();
}

void chain_slow_split(void)
{
    slow_chain(VWR_LAYOUT_SPLIT);
}

void chain_slow_packed(void)
{
    slow_chain(VWR_LAYOUT_PACKED);
    prove_that(queue.packed.next_avail.desc >= queue.packed.ring);
    prove_that(queue.packed.next_avail.desc < queue.packed.end);
}

/* From a descriptor of an indirect table, which is memory of its size, to the end of the chain. */
void table_slow_split(void)
{
    struct vwr_virtq_desc *const memory = prove_memory(TABLE * sizeof(*memory));
    PROVE_ANY(struct vwr_vtable, table);
    PROVE_ANY(uint32_t, before);
    struct vwr_vchain_walk w;
    uint32_t left;

    any_queue(VWR_LAYOUT_SPLIT);
    any_chain(&w, &left);
    prove_assume(table.count != 0 && table.count <= TABLE && table.room <= SIZE && before <= table.room);
    table.host = memory + TABLE - table.count;
    if (vwr_vchain_slow_(&queue, &chain, &table, w.off, VWR_VCHAIN_HALF(&w), table.room - before) == 1)
        check_chain();
}
