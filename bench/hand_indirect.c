/* SPDX-License-Identifier: MIT */
#include "hand.h"

/*
 * The yardstick for indirect descriptors over a split ring, by the rules of hand_minimal.c, which also lists
 * what is left out.
 *
 * Each slot has a table of three descriptors (header, data, status) and one ring descriptor that points to it
 * and is written once. In the table, only address and length of the data change. So there are as many slots
 * as descriptors, and the number of a slot is its head.
 */

/* Shared memory of a request besides its data. */
struct slot {
    struct vwr_virtq_desc table[3];
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[63]; /* makes the size a power of 2: no multiplication */
};

/* Private memory of a request. */
struct request {
    void *token;   /* of the caller; NULL: the slot is free */
    uint32_t next; /* next free slot */
};

struct hand {
    struct hand_split ring;
    struct slot *slot;
    uint32_t free_head;
    struct request request[];
};

static void bind(struct hand *h, unsigned head, unsigned slots)
{
    struct slot *s = &h->slot[head];
    struct vwr_virtq_desc *d = s->table;

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT, 1};
    d[1] = (struct vwr_virtq_desc){0, 0, VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE, 2};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    h->ring.desc[head] =
        (struct vwr_virtq_desc){(uintptr_t)d, sizeof(s->table), VWR_VIRTQ_DESC_F_INDIRECT, 0};
    h->request[head].next = head + 1u < slots ? head + 1u : HAND_NO_SLOT;
}

static void *set_up(const struct bench_run *r)
{
    struct hand *h = bench_memory(sizeof(*h) + sizeof(h->request[0]) * r->queue_size);
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    hand_split_set_up(&h->ring, r, &ring);
    h->slot = bench_memory(sizeof(*h->slot) * r->queue_size);
    for (unsigned i = 0; i < r->queue_size; i++)
        bind(h, i, r->queue_size);
    return h;
}

VWR_ALWAYS_INLINE bool submit(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    struct hand *h = driver;
    const uint32_t head = h->free_head;
    struct slot *s = &h->slot[head];

    if (head == HAND_NO_SLOT)
        return false;
    h->free_head = h->request[head].next;
    h->request[head].token = token;
    hand_fill(&s->out, &s->in, sector);
    s->table[1].addr = addr;
    s->table[1].len = bytes;
    h->ring.avail->ring[h->ring.avail_next++ & h->ring.mask] = (uint16_t)head;
    return true;
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    hand_split_kick(&((struct hand *)driver)->ring);
}

/* Reaps all completed requests and returns their number. Checks the token where a caller would use it. */
VWR_ALWAYS_INLINE uint32_t reap(void *driver)
{
    struct hand *h = driver;
    const uint16_t idx = hand_load16(&h->ring.used->idx);
    uint32_t n = 0;

    vwr_port_rmb();
    for (; h->ring.used_next != idx; h->ring.used_next++) {
        const uint32_t id =
            *(const volatile vwr_le32 *)&h->ring.used->ring[h->ring.used_next & h->ring.mask].id;

        if (id > h->ring.mask || h->request[id].token == NULL)
            bench_fail("a used id that is not in flight");
        if (!hand_is_ok(&h->slot[id].in))
            bench_fail("status");
        h->request[id].token = NULL;
        h->request[id].next = h->free_head;
        h->free_head = id;
        n++;
    }
    return n;
}

__attribute__((noinline)) static uint64_t hand_indirect_measured(const struct bench_run *r, void *driver)
{
    return hand_loop(r, driver, submit, kick, reap);
}

const struct bench_level bench_hand_indirect = {"hand_indirect", 1, set_up, hand_indirect_measured};
