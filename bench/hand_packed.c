/* SPDX-License-Identifier: MIT */
#include "hand_packed.h"

/*
 * The yardsticks for the packed ring, by the rules of hand_minimal.c and with the same things
 * left out: with a table of three descriptors to a slot, wired once, and one descriptor of the
 * ring to a request (hand_packed); and with three descriptors of the ring (hand_packed_direct).
 * What comes back is found by its flags, one by one, and the barrier is needed for each.
 */

#define TABLE 3u /* descriptors of a request */
#define SLOTS HAND_SIZE

/* What the device sees of a request besides its data. */
struct slot {
    struct vwr_pvirtq_desc table[TABLE];
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[63]; /* a power of 2: no multiplication */
};

static struct hand {
    struct hand_packed ring;
    struct slot *slot;
    uint32_t free_head;
} hand;

/* What the driver remembers of a request, where the device cannot reach it. */
static void *token[SLOTS];   /* the caller's; NULL while the slot is free */
static uint32_t next[SLOTS]; /* the next free slot */

static void wire(unsigned id, unsigned slots)
{
    struct slot *s = &hand.slot[id];

    s->table[0] = (struct vwr_pvirtq_desc){(uintptr_t)&s->out, sizeof(s->out), 0, 0};
    s->table[1] = (struct vwr_pvirtq_desc){0, 0, 0, VWR_VIRTQ_DESC_F_WRITE};
    s->table[2] = (struct vwr_pvirtq_desc){(uintptr_t)&s->in, sizeof(s->in), 0, VWR_VIRTQ_DESC_F_WRITE};
    next[id] = id + 1u < slots ? id + 1u : HAND_NO_SLOT;
}

static void set_up(const struct bench_run *r, struct bench_ring *ring, unsigned slots)
{
    hand.slot = bench_memory(sizeof(*hand.slot) * SLOTS);
    for (unsigned i = 0; i < slots; i++)
        wire(i, slots);
    hand_packed_set_up(&hand.ring, r, ring);
}

static void set_up_table(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    set_up(r, &ring, SLOTS);
}

static void set_up_direct(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    set_up(r, &ring, HAND_SIZE / TABLE);
}

static inline struct slot *take_slot(uint64_t sector, void *mine)
{
    const uint32_t id = hand.free_head;
    struct slot *s = &hand.slot[id];

    if (id == HAND_NO_SLOT)
        return NULL;
    hand.free_head = next[id];
    token[id] = mine;
    hand_fill(&s->out, &s->in, sector);
    return s;
}

static bool submit_table(uint64_t sector, uint64_t addr, uint32_t bytes, void *mine)
{
    const uint64_t id = hand.free_head;
    struct slot *s = take_slot(sector, mine);

    if (s == NULL)
        return false;
    s->table[1].addr = addr;
    s->table[1].len = bytes;
    hand_packed_put(&hand.ring, (uintptr_t)s->table,
                    sizeof(s->table) | id << HAND_ID_SHIFT |
                        (uint64_t)VWR_VIRTQ_DESC_F_INDIRECT << HAND_FLAGS_SHIFT,
                    true);
    return true;
}

/* Three descriptors that the end of the ring is not between: one look at where the ring ends. */
static bool submit_direct(uint64_t sector, uint64_t addr, uint32_t bytes, void *mine)
{
    const uint64_t next = (uint64_t)VWR_VIRTQ_DESC_F_NEXT << HAND_FLAGS_SHIFT;
    const uint64_t write = (uint64_t)VWR_VIRTQ_DESC_F_WRITE << HAND_FLAGS_SHIFT;
    const uint64_t id = (uint64_t)hand.free_head << HAND_ID_SHIFT;
    const uint32_t at = hand.ring.next;
    const uint64_t turn = hand.ring.turn;
    struct slot *s = take_slot(sector, mine);

    if (s == NULL)
        return false;
    if (at < HAND_SIZE - TABLE) {
        hand_packed_write(&hand.ring, at, (uintptr_t)&s->out, sizeof(s->out) | next | turn, true);
        hand_packed_write(&hand.ring, at + 1u, addr, bytes | next | write | turn, false);
        hand_packed_write(&hand.ring, at + 2u, (uintptr_t)&s->in, sizeof(s->in) | id | write | turn, false);
        hand.ring.next = at + TABLE;
        return true;
    }
    hand_packed_put(&hand.ring, (uintptr_t)&s->out, sizeof(s->out) | next, true);
    hand_packed_put(&hand.ring, addr, bytes | next | write, false);
    hand_packed_put(&hand.ring, (uintptr_t)&s->in, sizeof(s->in) | id | write, false);
    return true;
}

static void kick(void)
{
    hand_packed_kick(&hand.ring);
}

/* Takes back all that has come back: how many; each token is looked at where a caller would use it. */
static inline uint32_t reap(uint32_t descriptors)
{
    uint32_t at = hand.ring.used_next;
    uint16_t turn = hand.ring.used_turn;
    uint32_t n = 0;

    while ((hand_load16(&hand.ring.desc[at].flags) & HAND_TURN) == turn) {
        uint32_t id;

        vwr_port_rmb();
        id = hand_load16(&hand.ring.desc[at].id);
        if (id >= SLOTS || token[id] == NULL)
            bench_fail("the device lied in the ring");
        if (!hand_is_ok(&hand.slot[id].in))
            bench_fail("status");
        token[id] = NULL;
        next[id] = hand.free_head;
        hand.free_head = id;
        at += descriptors;
        if (at >= HAND_SIZE) {
            at -= HAND_SIZE;
            turn ^= HAND_TURN;
        }
        n++;
    }
    hand.ring.used_next = at;
    hand.ring.used_turn = turn;
    return n;
}

static uint32_t reap_table(void)
{
    return reap(1);
}

static uint32_t reap_direct(void)
{
    return reap(TABLE);
}

__attribute__((noinline)) static uint64_t hand_packed_measured(const struct bench_run *r)
{
    return hand_loop(r, submit_table, kick, reap_table);
}

__attribute__((noinline)) static uint64_t hand_packed_direct_measured(const struct bench_run *r)
{
    return hand_loop(r, submit_direct, kick, reap_direct);
}

const struct bench_level bench_hand_packed = {"hand_packed", 1, set_up_table, hand_packed_measured};
const struct bench_level bench_hand_packed_direct = {"hand_packed_direct", 1, set_up_direct,
                                                     hand_packed_direct_measured};
