/* SPDX-License-Identifier: MIT */
#include "hand_packed.h"

/*
 * The yardsticks for the packed ring, by the rules of hand_minimal.c, which also lists what is left out.
 * hand_packed has a table of three descriptors per slot, written once, and one ring descriptor per request;
 * hand_packed_direct has three ring descriptors per request. Used descriptors are detected by their flags, so
 * each one needs a barrier.
 */

#define TABLE 3u /* descriptors per request */

/* Shared memory of a request besides its data. */
struct slot {
    struct vwr_pvirtq_desc table[TABLE];
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
    struct hand_packed ring;
    struct slot *slot;
    uint32_t free_head;
    struct request request[]; /* by buffer ID */
};

static void bind(struct hand *h, unsigned id, unsigned slots)
{
    struct slot *s = &h->slot[id];

    s->table[0] = (struct vwr_pvirtq_desc){(uintptr_t)&s->out, sizeof(s->out), 0, 0};
    s->table[1] = (struct vwr_pvirtq_desc){0, 0, 0, VWR_VIRTQ_DESC_F_WRITE};
    s->table[2] = (struct vwr_pvirtq_desc){(uintptr_t)&s->in, sizeof(s->in), 0, VWR_VIRTQ_DESC_F_WRITE};
    h->request[id].next = id + 1u < slots ? id + 1u : HAND_NO_SLOT;
}

static struct hand *set_up(const struct bench_run *r, struct bench_ring *ring, unsigned slots)
{
    struct hand *h = bench_memory(sizeof(*h) + sizeof(h->request[0]) * r->queue_size);

    h->slot = bench_memory(sizeof(*h->slot) * r->queue_size);
    for (unsigned i = 0; i < slots; i++)
        bind(h, i, slots);
    hand_packed_set_up(&h->ring, r, ring);
    return h;
}

static void *set_up_table(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_need(r, &ring, VWR_F_INDIRECT_DESC);
    return set_up(r, &ring, r->queue_size);
}

static void *set_up_direct(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    return set_up(r, &ring, r->queue_size / TABLE);
}

static inline struct slot *take_slot(struct hand *h, uint64_t sector, void *token)
{
    const uint32_t id = h->free_head;
    struct slot *s = &h->slot[id];

    if (id == HAND_NO_SLOT)
        return NULL;
    h->free_head = h->request[id].next;
    h->request[id].token = token;
    hand_fill(&s->out, &s->in, sector);
    return s;
}

VWR_ALWAYS_INLINE bool submit_table(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    struct hand *h = driver;
    const uint64_t id = h->free_head;
    struct slot *s = take_slot(h, sector, token);

    if (s == NULL)
        return false;
    s->table[1].addr = addr;
    s->table[1].len = bytes;
    hand_packed_put(&h->ring, (uintptr_t)s->table,
                    sizeof(s->table) | id << HAND_ID_SHIFT | HAND_FLAG(VWR_VIRTQ_DESC_F_INDIRECT), true);
    return true;
}

/* If the three descriptors do not wrap around the ring, a single comparison replaces one per descriptor. */
VWR_ALWAYS_INLINE bool submit_direct(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes,
                                     void *token)
{
    struct hand *h = driver;
    const uint64_t next = HAND_FLAG(VWR_VIRTQ_DESC_F_NEXT);
    const uint64_t write = HAND_FLAG(VWR_VIRTQ_DESC_F_WRITE);
    const uint64_t id = (uint64_t)h->free_head << HAND_ID_SHIFT;
    const uint32_t at = h->ring.next;
    const uint64_t avail = h->ring.avail;
    struct slot *s = take_slot(h, sector, token);

    if (s == NULL)
        return false;
    if (at + TABLE < h->ring.size) {
        hand_packed_write(&h->ring, at, (uintptr_t)&s->out, sizeof(s->out) | next | avail, true);
        hand_packed_write(&h->ring, at + 1u, addr, bytes | next | write | avail, false);
        hand_packed_write(&h->ring, at + 2u, (uintptr_t)&s->in, sizeof(s->in) | id | write | avail, false);
        h->ring.next = at + TABLE;
        return true;
    }
    hand_packed_put(&h->ring, (uintptr_t)&s->out, sizeof(s->out) | next, true);
    hand_packed_put(&h->ring, addr, bytes | next | write, false);
    hand_packed_put(&h->ring, (uintptr_t)&s->in, sizeof(s->in) | id | write, false);
    return true;
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    hand_packed_kick(&((struct hand *)driver)->ring);
}

/* Reaps all completed requests and returns their number. Checks the token where a caller would use it. */
VWR_ALWAYS_INLINE uint32_t reap(struct hand *h, uint32_t descriptors)
{
    uint32_t at = h->ring.used_next;
    uint16_t used = h->ring.used;
    uint32_t n = 0;

    while (hand_packed_is_used(&h->ring, at, used)) {
        uint32_t id;

        vwr_port_rmb();
        id = hand_load16(&h->ring.desc[at].id);
        if (id >= h->ring.size || h->request[id].token == NULL)
            bench_fail("a used id that is not in flight");
        if (!hand_is_ok(&h->slot[id].in))
            bench_fail("status");
        h->request[id].token = NULL;
        h->request[id].next = h->free_head;
        h->free_head = id;
        at += descriptors;
        if (at >= h->ring.size) {
            at -= h->ring.size;
            used ^= HAND_WRAP;
        }
        n++;
    }
    h->ring.used_next = at;
    h->ring.used = used;
    return n;
}

VWR_ALWAYS_INLINE uint32_t reap_table(void *driver)
{
    return reap(driver, 1);
}

VWR_ALWAYS_INLINE uint32_t reap_direct(void *driver)
{
    return reap(driver, TABLE);
}

__attribute__((noinline)) static uint64_t hand_packed_measured(const struct bench_run *r, void *driver)
{
    return hand_loop(r, driver, submit_table, kick, reap_table);
}

__attribute__((noinline)) static uint64_t hand_packed_direct_measured(const struct bench_run *r, void *driver)
{
    return hand_loop(r, driver, submit_direct, kick, reap_direct);
}

const struct bench_level bench_hand_packed = {"hand_packed", 1, set_up_table, hand_packed_measured};
const struct bench_level bench_hand_packed_direct = {"hand_packed_direct", 1, set_up_direct,
                                                     hand_packed_direct_measured};
