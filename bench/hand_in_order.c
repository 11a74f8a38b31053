/* SPDX-License-Identifier: MIT */
#include "hand.h"

/*
 * The yardstick for IN_ORDER over a split ring, by the rules of hand_minimal.c, which also lists what is left
 * out. Type, length and token are handled as there.
 *
 * The device uses requests in the order in which they were made available, so the n-th request has the slot
 * with its number: there is no search and no free list. Each slot has a table of three descriptors (header,
 * data, status) and a ring descriptor of the same number that points to it. The ring descriptors and the
 * available ring are written once. The device reports a batch by one index and one used entry, which must be
 * of a request in flight.
 */

/* Shared memory of a request, except its data and status. */
struct slot {
    struct vwr_virtq_desc table[3];
    struct vwr_blk_req_out out; /* makes the size a power of 2: no multiplication */
};

struct hand {
    struct hand_split ring;
    struct slot *slot;
    struct vwr_blk_req_in *in; /* contiguous status bytes */
    void *token[];             /* of the caller, in private memory */
};

static void bind(struct hand *h, unsigned i)
{
    struct slot *s = &h->slot[i];
    struct vwr_virtq_desc *d = s->table;

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT, 1};
    d[1] = (struct vwr_virtq_desc){0, 0, VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE, 2};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&h->in[i], sizeof(h->in[i]), VWR_VIRTQ_DESC_F_WRITE, 0};
    h->ring.desc[i] = (struct vwr_virtq_desc){(uintptr_t)d, sizeof(s->table), VWR_VIRTQ_DESC_F_INDIRECT, 0};
    h->ring.avail->ring[i] = (uint16_t)i;
}

static void *set_up(const struct bench_run *r)
{
    struct hand *h = bench_memory(sizeof(*h) + sizeof(h->token[0]) * r->queue_size);
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_IN_ORDER);
    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    hand_split_set_up(&h->ring, r, &ring);
    h->slot = bench_memory(sizeof(*h->slot) * r->queue_size);
    h->in = bench_memory(sizeof(*h->in) * r->queue_size);
    for (unsigned i = 0; i < r->queue_size; i++)
        bind(h, i);
    return h;
}

VWR_ALWAYS_INLINE bool submit(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    struct hand *h = driver;
    const uint32_t i = h->ring.avail_next & h->ring.mask;
    struct slot *s = &h->slot[i];

    if ((uint16_t)(h->ring.avail_next - h->ring.used_next) > h->ring.mask)
        return false;
    h->token[i] = token;
    hand_fill(&s->out, &h->in[i], sector);
    s->table[1].addr = addr;
    s->table[1].len = bytes;
    h->ring.avail_next++;
    return true;
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    hand_split_kick(&((struct hand *)driver)->ring);
}

/*
 * Number of requests that a used entry completes: all up to its id. They must be in flight. That also bounds
 * used.idx, because the loop in reap ends only at used.idx.
 */
static uint16_t batch_at(const struct hand *h, uint16_t at)
{
    const uint32_t id = *(const volatile vwr_le32 *)&h->ring.used->ring[at & h->ring.mask].id;
    const uint16_t n = (uint16_t)(((id - at) & h->ring.mask) + 1u);

    if (id > h->ring.mask || n > (uint16_t)(h->ring.published - at))
        bench_fail("a used id that is not in flight");
    return n;
}

/*
 * Reaps all completed requests, oldest first, and returns their number. Checks tokens as hand_minimal.c does.
 */
VWR_ALWAYS_INLINE uint32_t reap(void *driver)
{
    struct hand *h = driver;
    const uint16_t idx = hand_load16(&h->ring.used->idx);
    const uint16_t begin = h->ring.used_next;
    uint16_t at = begin;

    vwr_port_rmb();
    while (at != idx)
        for (uint16_t end = (uint16_t)(at + batch_at(h, at)); at != end; at++) {
            const uint32_t i = at & h->ring.mask;

            if (h->token[i] == NULL)
                bench_fail("token");
            if (!hand_is_ok(&h->in[i]))
                bench_fail("status");
            h->token[i] = NULL;
        }
    h->ring.used_next = at;
    return (uint16_t)(at - begin);
}

__attribute__((noinline)) static uint64_t hand_in_order_measured(const struct bench_run *r, void *driver)
{
    return hand_loop(r, driver, submit, kick, reap);
}

const struct bench_level bench_hand_in_order = {"hand_in_order", 1, set_up, hand_in_order_measured};
