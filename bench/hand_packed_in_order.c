/* SPDX-License-Identifier: MIT */
#include "hand_packed.h"

/*
 * The yardstick for IN_ORDER over a packed ring, with a table to a slot. As in hand_in_order.c
 * the n-th request has its slot by its number, requests come back in the order they went in, and
 * one used descriptor stands for a batch. A slot is a place of the ring, and that is its id.
 *
 * Besides what hand_minimal.c leaves out: requests that are not reads, and reads of another
 * length.
 */

#define TABLE 3u /* descriptors of a request */
#define SLOTS HAND_SIZE

/* What the device sees of a request besides its data and its status. */
struct slot {
    struct vwr_pvirtq_desc table[TABLE];
    struct vwr_blk_req_out out; /* a power of 2 in all: no multiplication */
};

static struct hand {
    struct hand_packed ring;
    struct slot *slot;
    struct vwr_blk_req_in *in; /* status bytes side by side */
    uint32_t free;
} hand;

static void wire(unsigned i)
{
    struct slot *s = &hand.slot[i];
    const uint16_t write = VWR_VIRTQ_DESC_F_WRITE;

    s->table[0] = (struct vwr_pvirtq_desc){(uintptr_t)&s->out, sizeof(s->out), 0, 0};
    s->table[1] = (struct vwr_pvirtq_desc){0, BENCH_BYTES, 0, write};
    s->table[2] = (struct vwr_pvirtq_desc){(uintptr_t)&hand.in[i], sizeof(hand.in[i]), 0, write};
    s->out.type = VWR_BLK_T_IN;
}

static void set_up(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_IN_ORDER);
    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    hand.slot = bench_memory(sizeof(*hand.slot) * SLOTS);
    hand.in = bench_memory(sizeof(*hand.in) * SLOTS);
    hand.free = SLOTS;
    for (unsigned i = 0; i < SLOTS; i++)
        wire(i);
    hand_packed_set_up(&hand.ring, r, &ring);
}

/* Length and token are the caller's to know: the one is always the same, the other goes by order. */
static bool submit(uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    const uint64_t i = hand.ring.next;
    struct slot *s = &hand.slot[i];

    (void)bytes;
    (void)token;
    if (hand.free == 0)
        return false;
    hand.free--;
    s->out.sector = sector;
    hand.in[i].status = 0xff;
    s->table[1].addr = addr;
    hand_packed_put(&hand.ring, (uintptr_t)s->table,
                    sizeof(s->table) | i << HAND_ID_SHIFT |
                        (uint64_t)VWR_VIRTQ_DESC_F_INDIRECT << HAND_FLAGS_SHIFT,
                    true);
    return true;
}

static void kick(void)
{
    hand_packed_kick(&hand.ring);
}

/* One used descriptor stands for all requests up to the one that it names: how many, which must be out. */
static uint32_t batch_at(uint32_t at)
{
    const uint32_t id = hand_load16(&hand.ring.desc[at].id);
    const uint32_t n = (id - at) % SLOTS + 1u;

    if (id >= SLOTS || n > SLOTS - hand.free)
        bench_fail("the device lied in the ring");
    return n;
}

/* Takes back all that has come back, the oldest: how many. */
static uint32_t reap(void)
{
    uint32_t at = hand.ring.used_next;
    uint16_t turn = hand.ring.used_turn;
    uint32_t all = 0;

    while ((hand_load16(&hand.ring.desc[at].flags) & HAND_TURN) == turn) {
        uint32_t n;

        vwr_port_rmb();
        n = batch_at(at);
        hand.free += n;
        all += n;
        for (; n > 0; n--) {
            if (!hand_is_ok(&hand.in[at]))
                bench_fail("status");
            if (++at == SLOTS) {
                at = 0;
                turn ^= HAND_TURN;
            }
        }
    }
    hand.ring.used_next = at;
    hand.ring.used_turn = turn;
    return all;
}

__attribute__((noinline)) static uint64_t hand_packed_in_order_measured(const struct bench_run *r)
{
    return hand_loop(r, submit, kick, reap);
}

const struct bench_level bench_hand_packed_in_order = {"hand_packed_in_order", 1, set_up,
                                                       hand_packed_in_order_measured};
