/* SPDX-License-Identifier: MIT */
#include "hand_any_shape.h"
#include "hand_packed.h"

/* Requests of any shape over a packed ring, with one ring descriptor per segment: see hand_any_shape.h. */

/* Buffers in flight, by buffer ID. */
struct state {
    void *token;    /* of the caller; NULL: not in flight */
    uint16_t count; /* descriptors */
    uint16_t next;  /* next free ID */
};

struct hand {
    struct hand_packed ring;
    struct hand_pool pool;
    struct state *state;
    uint32_t free_id;
    uint32_t free; /* free descriptors, with one ID each */
};

static void *set_up(const struct bench_run *r)
{
    struct hand *h = bench_memory(sizeof(*h));
    struct bench_ring ring = {0};

    h->state = bench_memory(sizeof(*h->state) * r->queue_size);
    for (unsigned i = 0; i < r->queue_size; i++)
        h->state[i].next = (uint16_t)(i + 1u);
    h->free = r->queue_size;
    hand_pool_set_up(&h->pool, r);
    hand_packed_set_up(&h->ring, r, &ring);
    return h;
}

/* False: no segment, or not enough free descriptors. */
static inline bool add(struct hand *h, const struct hand_seg *seg, unsigned out, unsigned in, void *token)
{
    const struct hand_seg *const write_from = seg + out;
    const struct hand_seg *const last = seg + out + in - 1;
    const uint64_t id = (uint64_t)h->free_id << HAND_ID_SHIFT;
    struct state *s = &h->state[h->free_id];
    uint64_t flags = h->ring.avail | id | HAND_FLAG(VWR_VIRTQ_DESC_F_NEXT);

    if (out + in == 0 || out + in > h->free)
        return false;
    for (;; seg++) {
        if (seg == write_from)
            flags |= HAND_FLAG(VWR_VIRTQ_DESC_F_WRITE);
        if (seg == last)
            break;
        hand_packed_write(&h->ring, h->ring.next, seg->addr, seg->len | flags, true);
        if (++h->ring.next == h->ring.size) {
            h->ring.next = 0;
            h->ring.avail ^= HAND_FLAG(HAND_WRAP);
            flags ^= HAND_FLAG(HAND_WRAP);
        }
    }
    hand_packed_put(&h->ring, seg->addr, seg->len | id | (flags & HAND_FLAG(VWR_VIRTQ_DESC_F_WRITE)), true);
    h->free_id = s->next;
    h->free -= out + in;
    s->token = token;
    s->count = (uint16_t)(out + in);
    return true;
}

VWR_ALWAYS_INLINE bool submit(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    struct hand *h = driver;
    struct hand_request *q = hand_pool_take(&h->pool, sector, addr, bytes);

    (void)token; /* the request is the token */
    return q != NULL && add(h, q->seg, h->pool.out, h->pool.in, q);
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    hand_packed_kick(&((struct hand *)driver)->ring);
}

/* Takes the next used descriptor, which must exist. */
static inline void *get_used(struct hand *h, uint32_t *written)
{
    const struct vwr_pvirtq_desc *d = &h->ring.desc[h->ring.used_next];
    const uint32_t id = hand_load16(&d->id);
    struct state *s = &h->state[id];
    void *token;

    if (id >= h->ring.size || s->token == NULL)
        bench_fail("a used id that is not in flight");
    *written = *(const volatile vwr_le32 *)&d->len;
    token = s->token;
    s->token = NULL;
    s->next = (uint16_t)h->free_id;
    h->free_id = id;
    h->free += s->count;
    h->ring.used_next += s->count;
    if (h->ring.used_next >= h->ring.size) {
        h->ring.used_next -= h->ring.size;
        h->ring.used ^= HAND_WRAP;
    }
    return token;
}

VWR_ALWAYS_INLINE uint32_t reap(void *driver)
{
    struct hand *h = driver;
    uint32_t written;
    uint32_t n = 0;

    for (; hand_packed_is_used(&h->ring, h->ring.used_next, h->ring.used); n++) {
        struct hand_request *q;

        vwr_port_rmb();
        q = get_used(h, &written);
        hand_pool_give(&h->pool, q, written);
    }
    return n;
}

__attribute__((noinline)) static uint64_t hand_packed_any_shape_measured(const struct bench_run *r,
                                                                         void *driver)
{
    return hand_loop(r, driver, submit, kick, reap);
}

const struct bench_level bench_hand_packed_any_shape = {"hand_packed_any_shape", 1, set_up,
                                                        hand_packed_any_shape_measured};
