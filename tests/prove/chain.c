/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/vdev.h"
#include "any_chain.h"

/*
 * The chain builder's fast path: vwr/vqueue_hot.h. Each load returns an arbitrary value. When the fast path
 * hands over to the slow path, the state is a start state of chain_slow.c.
 */

static bool is_slow;

/*
 * What chain_find shows: the host address of a segment in one region. That it may also not find a segment
 * covers a balloon. It remembers no other part: chain_find shows that each part is as from any_part().
 */
uint8_t *vwr_vchain_find_(struct vwr_vqueue *q, uint64_t addr, uint32_t len)
{
    PROVE_ANY(bool, found);
    PROVE_ANY(bool, second);
    const struct vwr_memory_region *const r = second ? &region[1] : &region[0];
    const uint64_t off = addr - r->addr;

    prove_that(q == &queue);
    if (!found)
        return NULL;
    prove_assume(len != 0 && off < r->bytes && len <= r->bytes - off);
    return (uint8_t *)r->host + off;
}

/* The state from any_chain(). The descriptor that was loaded last is not counted yet. */
int vwr_vchain_slow_(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t off,
                     uint64_t half, uint32_t left)
{
    const uint32_t room = ROOM - (uint32_t)c->out - c->in;
    const uint32_t len = (uint32_t)half;
    PROVE_ANY(int, r);

    prove_that(off + q->recent[0].addr == saw.addr);
    check_segments();
    prove_that(table == NULL ? left == room : table->room - left == (uint32_t)c->out + c->in);
    prove_that(table == NULL || prove_readable(table->host, sizeof(*table->host) * (uint64_t)table->count));
    prove_that(saw.before);
    prove_that((half >> 32 & VWR_VIRTQ_DESC_F_INDIRECT) != 0 ||
               saw.out + saw.in == (uint64_t)c->out_bytes + c->in_bytes + len);
    prove_assume(r == 1 || r == VWR_EBADRING);
    is_slow = true;
    return r;
}

void chain_split(void)
{
    any_queue(VWR_LAYOUT_SPLIT);
    if (vwr_vsplit_pop_avail(&queue, &chain) == 1 && !is_slow)
        check_chain();
}

void chain_packed(void)
{
    any_queue(VWR_LAYOUT_PACKED);
    if (vwr_vpacked_pop_avail(&queue, &chain) == 1 && !is_slow)
        check_chain();
    prove_that(queue.packed.next_avail.desc >= queue.packed.ring);
    prove_that(queue.packed.next_avail.desc < queue.packed.end);
}

/* A table that contains the whole chain, at any address and of any size. */
static void any_table(enum vwr_layout layout, uint64_t off)
{
    any_queue(layout);
    queue.indirect = true;
    saw.addr = queue.recent[0].addr + off;
    saw.before = true; /* the descriptor that points to the table */
}

void table_split(void)
{
    PROVE_ANY(uint64_t, off);
    PROVE_ANY(uint32_t, len);

    any_table(VWR_LAYOUT_SPLIT, off);
    if (vwr_vsplit_pop_table_(&queue, &chain, off, len) == 1 && !is_slow)
        check_chain();
}

void table_packed(void)
{
    PROVE_ANY(uint64_t, off);
    PROVE_ANY(uint32_t, len);
    PROVE_ANY(uint32_t, flags);

    any_table(VWR_LAYOUT_PACKED, off);
    prove_assume((flags & VWR_PACKED_WRAP_FLAGS) == 0 && (flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0);
    if (vwr_vpacked_pop_table_(&queue, &chain, off, len, flags) == 1 && !is_slow)
        check_chain();
}
