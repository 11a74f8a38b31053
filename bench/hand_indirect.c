/* SPDX-License-Identifier: MIT */
#include "hand.h"

/*
 * The yardstick for indirect descriptors over a split ring, by the rules of hand_minimal.c and
 * with the same things left out.
 *
 * Each slot has a table of three descriptors, header, data and status, and one descriptor of
 * the ring that points at it: that one is written once and never again, and in the table
 * address and length of the data are all that changes. So there are as many slots as
 * descriptors, and a slot's number is its head.
 */

#define SLOTS HAND_SIZE

/* What the device sees of a request besides its data. */
struct slot {
    struct vwr_virtq_desc table[3];
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[63]; /* a power of 2: no multiplication */
};

static struct hand {
    struct hand_split ring;
    struct slot *slot;
    uint32_t free_head;
} hand;

/* What the driver remembers of a request, where the device cannot reach it. */
static void *token[SLOTS];   /* the caller's; NULL while the slot is free */
static uint32_t next[SLOTS]; /* the next free slot */

static void wire(unsigned head)
{
    struct slot *s = &hand.slot[head];
    struct vwr_virtq_desc *d = s->table;

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT, 1};
    d[1] = (struct vwr_virtq_desc){0, 0, VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE, 2};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    hand.ring.desc[head] =
        (struct vwr_virtq_desc){(uintptr_t)d, sizeof(s->table), VWR_VIRTQ_DESC_F_INDIRECT, 0};
    next[head] = head + 1u < SLOTS ? head + 1u : HAND_NO_SLOT;
}

static void set_up(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    hand_split_set_up(&hand.ring, r, &ring);
    hand.slot = bench_memory(sizeof(*hand.slot) * SLOTS);
    for (unsigned i = 0; i < SLOTS; i++)
        wire(i);
}

static bool submit(uint64_t sector, uint64_t addr, uint32_t bytes, void *mine)
{
    const uint32_t head = hand.free_head;
    struct slot *s = &hand.slot[head];

    if (head == HAND_NO_SLOT)
        return false;
    hand.free_head = next[head];
    token[head] = mine;
    hand_fill(&s->out, &s->in, sector);
    s->table[1].addr = addr;
    s->table[1].len = bytes;
    hand.ring.avail->ring[hand.ring.avail_next++ % HAND_SIZE] = (uint16_t)head;
    return true;
}

static void kick(void)
{
    hand_split_kick(&hand.ring);
}

/* Takes back all that has come back: how many; each token is looked at where a caller would use it. */
static uint32_t reap(void)
{
    const uint16_t idx = hand_load16(&hand.ring.used->idx);
    uint32_t n = 0;

    vwr_port_rmb();
    for (; hand.ring.used_next != idx; hand.ring.used_next++) {
        const uint32_t id =
            *(const volatile vwr_le32 *)&hand.ring.used->ring[hand.ring.used_next % HAND_SIZE].id;

        if (id >= SLOTS || token[id] == NULL)
            bench_fail("the device lied in the used ring");
        if (!hand_is_ok(&hand.slot[id].in))
            bench_fail("status");
        token[id] = NULL;
        next[id] = hand.free_head;
        hand.free_head = id;
        n++;
    }
    return n;
}

__attribute__((noinline)) static uint64_t hand_indirect_measured(const struct bench_run *r)
{
    return hand_loop(r, submit, kick, reap);
}

const struct bench_level bench_hand_indirect = {"hand_indirect", 1, set_up, hand_indirect_measured};
