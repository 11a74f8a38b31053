/* SPDX-License-Identifier: MIT */
#include "hand.h"

/*
 * The yardstick for IN_ORDER over a split ring, by the rules of hand_minimal.c and with the same
 * things left out; type, length and token are carried as there.
 *
 * The device uses requests in the order in which they were made available, so the n-th request has
 * its slot by its number: nothing is searched and nothing given back. Each slot has a table of
 * three descriptors, header, data and status, and the ring's descriptor of the same number points
 * at it. That one is written once and never again, and so is the available ring. What the
 * device says is one index and one used entry for a batch, which has to be of a request in flight;
 * since a request in flight is known by its number its token need not be cleared.
 */

/* What the device sees of a request besides its data and its status. */
struct slot {
    struct vwr_virtq_desc table[3];
    struct vwr_blk_req_out out; /* a power of 2 in all: no multiplication */
};

struct hand {
    struct hand_split ring;
    struct slot *slot;
    struct vwr_blk_req_in *in; /* status bytes side by side */
    void *token[];             /* the caller's, where the device cannot reach them */
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
 * One used entry stands for all requests up to the one that it names. How many those are: that
 * many must be in flight, which bounds used.idx as well, since the loop below ends nowhere else.
 */
static uint16_t batch_at(const struct hand *h, uint16_t at)
{
    const uint32_t id = *(const volatile vwr_le32 *)&h->ring.used->ring[at & h->ring.mask].id;
    const uint16_t n = (uint16_t)(((id - at) & h->ring.mask) + 1u);

    if (id > h->ring.mask || n > (uint16_t)(h->ring.published - at))
        bench_fail("a used id that is not in flight");
    return n;
}

/* Takes back all that has come back, the oldest: how many; tokens as in hand_minimal.c. */
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
