/* SPDX-License-Identifier: MIT */
#include "hand_any_shape.h"

/* Requests of any shape over a split ring: see hand_any_shape.h. */

/* Chains in flight, by head. */
struct state {
    void *token; /* of the caller; NULL: not in flight */
    uint16_t tail;
    uint16_t count; /* descriptors */
};

struct hand {
    struct hand_split ring;
    struct hand_pool pool;
    struct state *state;
    uint16_t *link; /* links of the free list and of the chains, so that the ring is never read back */
    uint32_t free_head;
    uint32_t free; /* descriptors */
};

static void *set_up(const struct bench_run *r)
{
    struct hand *h = bench_memory(sizeof(*h));
    struct bench_ring ring = {0};

    h->state = bench_memory(sizeof(*h->state) * r->queue_size);
    h->link = bench_memory(sizeof(*h->link) * r->queue_size);
    for (unsigned i = 0; i < r->queue_size; i++)
        h->link[i] = (uint16_t)(i + 1u);
    h->free = r->queue_size;
    hand_pool_set_up(&h->pool, r);
    hand_split_set_up(&h->ring, r, &ring);
    return h;
}

/* False: no segment, or not enough free descriptors. */
static inline bool add(struct hand *h, const struct hand_seg *seg, unsigned out, unsigned in, void *token)
{
    const struct hand_seg *const write_from = seg + out;
    const struct hand_seg *const last = seg + out + in - 1;
    const uint32_t head = h->free_head;
    struct state *s = &h->state[head];
    uint64_t flags = HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT);
    uint64_t next;
    uint32_t i = head;

    if (out + in == 0 || out + in > h->free)
        return false;
    for (;; seg++, i = (uint32_t)next) {
        next = h->link[i];
        if (seg == write_from)
            flags |= HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE);
        if (seg == last)
            break;
        hand_split_write(&h->ring.desc[i], seg->addr, seg->len | flags | next << HAND_SPLIT_NEXT_SHIFT);
    }
    hand_split_write(&h->ring.desc[i], seg->addr,
                     seg->len | (flags & ~HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT)));
    h->free_head = (uint32_t)next;
    h->free -= out + in;
    s->token = token;
    s->tail = (uint16_t)i;
    s->count = (uint16_t)(out + in);
    h->ring.avail->ring[h->ring.avail_next++ & h->ring.mask] = (uint16_t)head;
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
    hand_split_kick(&((struct hand *)driver)->ring);
}

/* Takes the next used entry, which must exist. */
static inline void *get_used(struct hand *h, uint32_t *written)
{
    const struct vwr_virtq_used_elem *e = &h->ring.used->ring[h->ring.used_next & h->ring.mask];
    const uint32_t id = *(const volatile vwr_le32 *)&e->id;
    struct state *s = &h->state[id];
    void *token;

    if (id > h->ring.mask || s->token == NULL)
        bench_fail("a used id that is not in flight");
    *written = *(const volatile vwr_le32 *)&e->len;
    token = s->token;
    s->token = NULL;
    h->link[s->tail] = (uint16_t)h->free_head;
    h->free_head = id;
    h->free += s->count;
    h->ring.used_next++;
    return token;
}

VWR_ALWAYS_INLINE uint32_t reap(void *driver)
{
    struct hand *h = driver;
    const uint16_t idx = hand_load16(&h->ring.used->idx);
    uint32_t written;
    uint32_t n = 0;

    vwr_port_rmb();
    for (; h->ring.used_next != idx; n++) {
        struct hand_request *q = get_used(h, &written);

        hand_pool_give(&h->pool, q, written);
    }
    return n;
}

__attribute__((noinline)) static uint64_t hand_any_shape_measured(const struct bench_run *r, void *driver)
{
    return hand_loop(r, driver, submit, kick, reap);
}

const struct bench_level bench_hand_any_shape = {"hand_any_shape", 1, set_up, hand_any_shape_measured};
