/* SPDX-License-Identifier: MIT */
#include "hand.h"

/*
 * The yardstick for IN_ORDER over a split ring: the floor, since the device uses requests in the
 * order in which they were made available.
 *
 * The n-th request goes into slot n modulo the number of slots, so nothing is searched and
 * nothing given back: the available ring is written once and never again, as are all
 * descriptors, but for the address of the data; of the header only the sector changes. Requests
 * come back in the order they went in, so the caller knows which they are by counting, and what
 * the device says is one index and one used entry for a batch, which has to be of a request
 * that is out.
 *
 * With IN_ORDER a driver has to use descriptors in ring order, without a gap, and three of them
 * do not divide a power of 2: the header comes in two pieces, so that a request has four and
 * its slot always lies in the same place.
 *
 * Besides what hand_minimal.c leaves out: requests that are not reads, and reads of another
 * length.
 */

#define PIECES 4u /* header in two, data, status */
#define SLOTS (HAND_SIZE / PIECES)

/* What the device sees of a request besides its data and its status. */
struct slot {
    struct vwr_blk_req_out out;
    uint8_t pad[48]; /* as long as the descriptors of a slot */
};

struct pieces {
    struct vwr_virtq_desc desc[PIECES];
};

static struct hand {
    struct hand_split ring;
    struct pieces *pieces; /* the descriptor table, by slots */
    struct slot *slot;
    struct vwr_blk_req_in *in; /* status bytes side by side */
} hand;

static void wire(unsigned i)
{
    const unsigned head = PIECES * i;
    struct vwr_virtq_desc *d = hand.pieces[i].desc;
    struct slot *s = &hand.slot[i];
    const uint32_t split = offsetof(struct vwr_blk_req_out, sector);

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, split, VWR_VIRTQ_DESC_F_NEXT, (uint16_t)(head + 1u)};
    d[1] = (struct vwr_virtq_desc){(uintptr_t)&s->out.sector, sizeof(s->out.sector), VWR_VIRTQ_DESC_F_NEXT,
                                   (uint16_t)(head + 2u)};
    d[2] = (struct vwr_virtq_desc){0, BENCH_BYTES, VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE,
                                   (uint16_t)(head + 3u)};
    d[3] = (struct vwr_virtq_desc){(uintptr_t)&hand.in[i], sizeof(hand.in[i]), VWR_VIRTQ_DESC_F_WRITE, 0};
    s->out.type = VWR_BLK_T_IN;
}

static void set_up(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_IN_ORDER);
    (void)bench_take(r, &ring, VWR_F_INDIRECT_DESC); /* offered for the drivers that want it; not used */
    hand_split_set_up(&hand.ring, r, &ring);
    hand.pieces = (void *)hand.ring.desc;
    hand.slot = bench_memory(sizeof(*hand.slot) * SLOTS);
    hand.in = bench_memory(sizeof(*hand.in) * SLOTS);
    for (unsigned i = 0; i < SLOTS; i++)
        wire(i);
    for (unsigned i = 0; i < HAND_SIZE; i++)
        hand.ring.avail->ring[i] = (uint16_t)(i % SLOTS * PIECES);
}

/* Length and token are the caller's to know: the one is always the same, the other goes by order. */
static bool submit(uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    const unsigned i = hand.ring.avail_next % SLOTS;

    (void)bytes;
    (void)token;
    if ((uint16_t)(hand.ring.avail_next - hand.ring.used_next) == SLOTS)
        return false;
    hand.slot[i].out.sector = sector;
    hand.in[i].status = 0xff;
    hand.pieces[i].desc[2].addr = addr;
    hand.ring.avail_next++;
    return true;
}

static void kick(void)
{
    hand_split_kick(&hand.ring);
}

/*
 * One used entry stands for all requests up to the one that it names. How many those are: that
 * many must be out, which bounds used.idx as well, since the loop below ends nowhere else.
 */
static uint16_t batch_at(uint16_t at)
{
    const uint32_t id = *(const volatile vwr_le32 *)&hand.ring.used->ring[at % HAND_SIZE].id;
    const uint16_t n = (uint16_t)((id / PIECES - at) % SLOTS + 1u);

    if ((id & ~(HAND_SIZE - PIECES)) != 0 || n > (uint16_t)(hand.ring.published - at))
        bench_fail("the device lied in the used ring");
    return n;
}

/* Takes back all that has come back, the oldest: how many. */
static uint32_t reap(void)
{
    const uint16_t idx = hand_load16(&hand.ring.used->idx);
    const uint16_t begin = hand.ring.used_next;
    uint16_t at = begin;

    vwr_port_rmb();
    while (at != idx)
        for (uint16_t end = (uint16_t)(at + batch_at(at)); at != end; at++)
            if (!hand_is_ok(&hand.in[at % SLOTS]))
                bench_fail("status");
    hand.ring.used_next = at;
    return (uint16_t)(at - begin);
}

__attribute__((noinline)) static uint64_t hand_in_order_measured(const struct bench_run *r)
{
    return hand_loop(r, submit, kick, reap);
}

const struct bench_level bench_hand_in_order = {"hand_in_order", 1, set_up, hand_in_order_measured};
