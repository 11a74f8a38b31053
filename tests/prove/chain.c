/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/vdev.h"
#include "any_chain.h"

/*
 * The chain builder's fast path: vwr/vqueue_hot.h. Each load gives any value. Where the fast path hands over
 * to the slow path, the state is one that chain_slow.c starts from.
 */

#define TABLE 2u /* descriptors */

static bool is_slow;
static struct vwr_vtable in_table;
static bool has_table;

/* The state of any_chain(): the descriptor that was loaded last is not counted yet. */
int vwr_vchain_slow_(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t off,
                     uint64_t half, uint32_t left)
{
    const uint32_t room = ROOM - (uint32_t)c->out - c->in;
    const uint32_t len = (uint32_t)half;
    PROVE_ANY(int, r);

    (void)q, (void)off;
    check_segments();
    prove_that(table == (has_table ? &in_table : NULL) && left == room);
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

/* A table that is all of a chain, as vchain_indirect() in vwr_vqueue_chain.c walks it, in host memory. */
const struct vwr_virtq_desc *vwr_vtable_desc_(const struct vwr_vqueue *q, struct vwr_vtable *table,
                                              uint32_t at)
{
    (void)q;
    prove_that(at < table->count);
    return &table->host[at];
}

static void walk_table(enum vwr_layout layout)
{
    struct vwr_virtq_desc *const memory = prove_memory(TABLE * sizeof(*memory));
    PROVE_ANY(uint32_t, count);
    struct vwr_vchain_walk w;
    bool slow;

    any_queue(layout);
    prove_assume(count != 0 && count <= TABLE);
    has_table = true;
    in_table.host = memory + TABLE - count;
    in_table.count = count;
    in_table.room = ROOM;
    vwr_vtable_load(&queue, &in_table, &w, 0);
    w.seg = chain.seg;
    w.left = in_table.room;
    w.out_bytes = VWR_VCHAIN_NO_BYTES;
    if (vwr_vchain_walk(&queue, &chain, &in_table, &w, false, &slow) == 1 && !is_slow)
        check_chain();
}

void table_split(void)
{
    walk_table(VWR_LAYOUT_SPLIT);
}

void table_packed(void)
{
    walk_table(VWR_LAYOUT_PACKED);
}
