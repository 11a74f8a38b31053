/* SPDX-License-Identifier: MIT */
#include "hand.h"
#include "vwr/gen/packed_ring.h"

/*
 * The yardsticks for the packed ring, by the rules of hand_minimal.c and with the same things
 * left out: with a table of three descriptors to a slot, wired once, and one descriptor of the
 * ring to a request (hand_packed); and with three descriptors of the ring (hand_packed_direct).
 *
 * Descriptors of a packed ring are written anew for each request: two stores for each of them,
 * the address, and length, id and flags as one. Of a batch the first one's flags, and with
 * them its length and id, are stored last, behind a barrier: the device does not look further
 * than a descriptor that is not available. What comes back is found by its flags, one by one,
 * and the barrier is needed for each.
 */

#define TABLE 3u /* descriptors of a request */
#define SLOTS HAND_SIZE

/* Where the parts of the second half of a descriptor lie in 64 bits. */
#define ID_SHIFT 32u
#define FLAGS_SHIFT 48u

#define TURN (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

/* What the device sees of a request besides its data. */
struct slot {
    struct vwr_pvirtq_desc table[TABLE];
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[63]; /* a power of 2: no multiplication */
};

static struct hand {
    struct vwr_pvirtq_desc *desc;
    struct vwr_pvirtq_event_suppress *driver;
    const struct vwr_pvirtq_event_suppress *device;
    struct slot *slot;
    volatile void *notify;
    uint64_t first_rest; /* what makes the first descriptor of the batch available */
    uint64_t turn;       /* AVAIL and USED of a descriptor made available now, in place */
    uint32_t next;       /* where the next descriptor goes */
    uint32_t published;  /* where the batch begins */
    uint32_t used_next;  /* where the next used descriptor is expected */
    uint16_t used_turn;  /* its AVAIL and USED */
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
    hand.notify = hand_begin(r);
    hand.desc = bench_memory(vwr_packed_ring_desc_bytes(HAND_SIZE));
    hand.driver = bench_memory(sizeof(*hand.driver));
    hand.device = bench_memory(sizeof(*hand.device));
    hand.slot = bench_memory(sizeof(*hand.slot) * SLOTS);
    hand.driver->flags = VWR_RING_EVENT_FLAGS_DISABLE;
    hand.turn = (uint64_t)VWR_VIRTQ_DESC_F_AVAIL << FLAGS_SHIFT;
    hand.used_turn = TURN;
    for (unsigned i = 0; i < slots; i++)
        wire(i, slots);
    hand_need(r, ring, VWR_F_RING_PACKED);
    (void)bench_take(r, ring, VWR_F_EVENT_IDX); /* what the device says shows it: nothing to remember */
    ring->size = HAND_SIZE;
    ring->desc = hand.desc;
    ring->driver = hand.driver;
    ring->device = (void *)(uintptr_t)hand.device;
    bench_attach(0, ring);
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

/* One descriptor of the ring; `first`: of its request, which may be the first of the batch. */
static inline void put(uint64_t addr, uint64_t rest, bool first)
{
    struct vwr_pvirtq_desc *d = &hand.desc[hand.next];

    rest |= hand.turn;
    d->addr = addr;
    if (first && hand.next == hand.published)
        hand.first_rest = rest;
    else
        __builtin_memcpy((uint8_t *)d + offsetof(struct vwr_pvirtq_desc, len), &rest, sizeof(rest));
    if (++hand.next == HAND_SIZE) {
        hand.next = 0;
        hand.turn ^= (uint64_t)TURN << FLAGS_SHIFT;
    }
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
    put((uintptr_t)s->table,
        sizeof(s->table) | id << ID_SHIFT | (uint64_t)VWR_VIRTQ_DESC_F_INDIRECT << FLAGS_SHIFT, true);
    return true;
}

static bool submit_direct(uint64_t sector, uint64_t addr, uint32_t bytes, void *mine)
{
    const uint64_t next = (uint64_t)VWR_VIRTQ_DESC_F_NEXT << FLAGS_SHIFT;
    const uint64_t write = (uint64_t)VWR_VIRTQ_DESC_F_WRITE << FLAGS_SHIFT;
    const uint64_t id = hand.free_head;
    struct slot *s = take_slot(sector, mine);

    if (s == NULL)
        return false;
    put((uintptr_t)&s->out, sizeof(s->out) | next, true);
    put(addr, bytes | next | write, false);
    put((uintptr_t)&s->in, sizeof(s->in) | id << ID_SHIFT | write, false);
    return true;
}

/* Whether the batch, which ends before `next`, has the descriptor in it that the device waits for. */
static bool is_reached(uint16_t desc)
{
    const uint16_t wrap = (hand.turn >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_AVAIL) != 0;
    const uint16_t count = (uint16_t)((hand.next - hand.published) % HAND_SIZE);
    uint16_t event = desc & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (desc >> VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT != wrap)
        event = (uint16_t)(event - HAND_SIZE);
    return (uint16_t)(hand.next - event - 1u) < (count != 0 ? count : HAND_SIZE);
}

static void kick(void)
{
    uint64_t *rest = (uint64_t *)(void *)&hand.desc[hand.published].len;
    uint16_t flags;
    bool wanted;

    vwr_port_wmb();
    *(volatile uint64_t *)rest = hand.first_rest;
    vwr_port_mb();
    flags = hand_load16(&hand.device->flags) & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;
    if (flags == VWR_RING_EVENT_FLAGS_DESC)
        wanted = is_reached(hand_load16(&hand.device->desc));
    else
        wanted = flags == VWR_RING_EVENT_FLAGS_ENABLE;
    hand.published = hand.next;
    if (wanted)
        vwr_port_write32(hand.notify, 0);
}

/* Takes back all that has come back: how many; each token is looked at where a caller would use it. */
static inline uint32_t reap(uint32_t descriptors)
{
    uint32_t at = hand.used_next;
    uint16_t turn = hand.used_turn;
    uint32_t n = 0;

    while ((hand_load16(&hand.desc[at].flags) & TURN) == turn) {
        uint32_t id;

        vwr_port_rmb();
        id = hand_load16(&hand.desc[at].id);
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
            turn ^= TURN;
        }
        n++;
    }
    hand.used_next = at;
    hand.used_turn = turn;
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
