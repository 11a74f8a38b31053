/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/vdev.h"
#include "any_chain.h"

/*
 * The chain builder's fast path: vwr/vqueue_hot.h. Each load gives any value. Where the fast path hands over
 * to the slow path, the state is one that chain_slow.c starts from.
 */

static bool is_slow;

/* The state of any_chain(): the descriptor that was loaded last is not counted yet. */
int vwr_vchain_slow(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vtable *table, uint64_t off,
                    uint64_t half, uint32_t left)
{
    const uint32_t room = ROOM - (uint32_t)c->out - c->in;
    const uint32_t len = (uint32_t)half;
    PROVE_ANY(int, r);

    (void)q, (void)off;
    check_segments();
    prove_that(table == NULL && left == room);
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
