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
