/* SPDX-License-Identifier: MIT */
#include "hand_packed.h"

/*
 * The yardstick for IN_ORDER over a packed ring with a table per slot, by the rules of hand_minimal.c, which
 * also lists what is left out. Type, length and token are handled as there. As in hand_in_order.c, the n-th
 * request has the slot with its number, requests complete in the order in which they were made available, and
 * one used descriptor completes a batch. The number of a slot is a position in the ring and the buffer ID.
 */

#define TABLE 3u /* descriptors per request */

/* Shared memory of a request, except its data and status. */
struct slot {
    struct vwr_pvirtq_desc table[TABLE];
    struct vwr_blk_req_out out; /* makes the size a power of 2: no multiplication */
};

struct hand {
    struct hand_packed ring;
    struct slot *slot;
    struct vwr_blk_req_in *in; /* contiguous status bytes */
    uint32_t free;
    void *token[]; /* of the caller, in private memory */
};

static void bind(struct hand *h, unsigned i)
{
    struct slot *s = &h->slot[i];
    const uint16_t write = VWR_VIRTQ_DESC_F_WRITE;

    s->table[0] = (struct vwr_pvirtq_desc){(uintptr_t)&s->out, sizeof(s->out), 0, 0};
    s->table[1] = (struct vwr_pvirtq_desc){0, 0, 0, write};
    s->table[2] = (struct vwr_pvirtq_desc){(uintptr_t)&h->in[i], sizeof(h->in[i]), 0, write};
}

static void *set_up(const struct bench_run *r)
{
    struct hand *h = bench_memory(sizeof(*h) + sizeof(h->token[0]) * r->queue_size);
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_IN_ORDER);
    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    h->slot = bench_memory(sizeof(*h->slot) * r->queue_size);
    h->in = bench_memory(sizeof(*h->in) * r->queue_size);
    h->free = r->queue_size;
    for (unsigned i = 0; i < r->queue_size; i++)
        bind(h, i);
    hand_packed_set_up(&h->ring, r, &ring);
    return h;
}

VWR_ALWAYS_INLINE bool submit(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    struct hand *h = driver;
    const uint64_t i = h->ring.next;
    struct slot *s = &h->slot[i];

    if (h->free == 0)
        return false;
    h->free--;
    h->token[i] = token;
    hand_fill(&s->out, &h->in[i], sector);
    s->table[1].addr = addr;
    s->table[1].len = bytes;
    hand_packed_put(&h->ring, (uintptr_t)s->table,
                    sizeof(s->table) | i << HAND_ID_SHIFT | HAND_FLAG(VWR_VIRTQ_DESC_F_INDIRECT), true);
    return true;
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    hand_packed_kick(&((struct hand *)driver)->ring);
}

/* Number of requests that a used descriptor completes: all up to its ID. They must be in flight. */
static uint32_t batch_at(const struct hand *h, uint32_t at)
{
    const uint32_t id = hand_load16(&h->ring.desc[at].id);
    const uint32_t n = id - at + 1u + (id < at ? h->ring.size : 0u);

    if (id >= h->ring.size || n > h->ring.size - h->free)
        bench_fail("a used id that is not in flight");
    return n;
}

/*
 * Reaps all completed requests, oldest first, and returns their number. Checks tokens as hand_minimal.c does.
 */
VWR_ALWAYS_INLINE uint32_t reap(void *driver)
{
    struct hand *h = driver;
    uint32_t at = h->ring.used_next;
    uint16_t used = h->ring.used;
    uint32_t all = 0;

    while (hand_packed_is_used(&h->ring, at, used)) {
        uint32_t n;

        vwr_port_rmb();
        n = batch_at(h, at);
        h->free += n;
        all += n;
        for (; n > 0; n--) {
            if (h->token[at] == NULL)
                bench_fail("token");
            if (!hand_is_ok(&h->in[at]))
                bench_fail("status");
            h->token[at] = NULL;
            if (++at == h->ring.size) {
                at = 0;
                used ^= HAND_WRAP;
            }
        }
    }
    h->ring.used_next = at;
    h->ring.used = used;
    return all;
}

__attribute__((noinline)) static uint64_t hand_packed_in_order_measured(const struct bench_run *r,
                                                                        void *driver)
{
    return hand_loop(r, driver, submit, kick, reap);
}

const struct bench_level bench_hand_packed_in_order = {"hand_packed_in_order", 1, set_up,
                                                       hand_packed_in_order_measured};
