/* SPDX-License-Identifier: MIT */
#include "guest.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"

/*
 * Our driver at the ring level: vwr_queue_post, _kick, _get_used and _reap under a minimal driver, as in
 * ../ring_level.c on the host. It is accessed through a pointer from main.c, has the features of the run, and
 * waits for interrupts if the run requests it.
 */

#define NO_STATUS 0xffu /* until the device has completed the request */

/* Shared memory of a request besides its data. */
struct shared {
    struct vwr_virtq_desc table[3]; /* used with INDIRECT_DESC */
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15]; /* aligns the next table */
};

struct slot {
    struct vwr_chain chain; /* first: get_used and reap return it */
    struct shared *shared;
    struct slot *next;
    struct vwr_seg seg[3];
};

struct driver {
    struct vwr_queue queue;
    struct slot *free;
    struct slot slot[GUEST_DEPTH_MAX];
};

/* Ends the run unless r is VWR_OK. */
static void need(int r, const char *what)
{
    char words[200];

    if (r == VWR_OK)
        return;
    (void)vwr_dev_explain(&guest_disk()->dev, words, sizeof(words));
    if (r == VWR_EFEATURE)
        guest_leave_out(what, words);
    guest_fail(what, words);
}

static void start_device(struct vwr_queue *q, const struct guest_run *r, uint16_t size)
{
    struct vwr_dev *d = &guest_disk()->dev;
    struct vwr_features want;
    struct vwr_features avoid = {{0, 0, 0, 0}}; /* that the driver would accept by default */
    const struct vwr_feature_policy request = {.want = &want, .need = &want, .avoid = &avoid};
    struct vwr_queue_memory m = {
        .shared_bytes = VWR_QUEUE_SHARED_BYTES(size), .own_bytes = VWR_QUEUE_OWN_BYTES(size), .size = size};

    m.shared = guest_memory(m.shared_bytes);
    m.own = guest_memory(m.own_bytes);
    vwr_features_add(&avoid, VWR_F_EVENT_IDX);
    vwr_features_add(&avoid, VWR_F_INDIRECT_DESC);
    vwr_features_add(&avoid, VWR_F_RING_PACKED);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        want.w[i] = r->want[i];
        avoid.w[i] &= ~want.w[i];
    }
    need(vwr_dev_negotiate(d, &request), "features");
    need(vwr_dev_add_queue(d, 0, q, &m, 0), "queue");
    need(vwr_dev_start(d), "start");
    if (vwr_queue_size(q) != size)
        guest_fail("the queue has not the size asked for", NULL);
}

static void *ring_prepare(const struct guest_run *r, uint16_t size)
{
    struct shared *shared = guest_memory(sizeof(*shared) * r->depth);
    struct driver *d = guest_memory(sizeof(*d));

    start_device(&d->queue, r, size);
    for (unsigned i = r->depth; i-- > 0;) {
        struct slot *s = &d->slot[i];

        s->shared = &shared[i];
        s->seg[0] = (struct vwr_seg){(uintptr_t)&shared[i].out, sizeof(shared[i].out)};
        s->seg[1] = (struct vwr_seg){0, r->bytes};
        s->seg[2] = (struct vwr_seg){(uintptr_t)&shared[i].in, sizeof(shared[i].in)};
        if (vwr_chain_lend_table(&s->chain, shared[i].table, (uintptr_t)shared[i].table,
                                 sizeof(shared[i].table)) != VWR_OK ||
            vwr_queue_bind(&d->queue, &s->chain, s->seg[0].addr, (uint16_t)s->seg[0].len,
                           (uint16_t)(s->seg[2].addr - s->seg[0].addr), (uint16_t)s->seg[2].len) != VWR_OK)
            guest_fail("bind", NULL);
        s->next = d->free;
        d->free = s;
    }
    return d;
}

VWR_ALWAYS_INLINE void submit_one(void *driver, uint64_t sector, uint8_t *buffer, uint32_t bytes)
{
    struct driver *d = driver;
    struct slot *s = d->free;

    if (s == NULL)
        guest_fail("no free slot", NULL);
    d->free = s->next;
    s->shared->out.type = VWR_BLK_T_IN;
    s->shared->out.reserved = 0;
    s->shared->out.sector = sector;
    s->shared->in.status = NO_STATUS;
    if (vwr_queue_post(&d->queue, &s->chain, (uintptr_t)buffer, bytes, true) != VWR_OK)
        guest_fail("post", NULL);
}

VWR_ALWAYS_INLINE bool kick_all(void *driver)
{
    return vwr_queue_kick(&((struct driver *)driver)->queue);
}

/* Checks a completed request, and returns its slot, linked to the free slot `next`. */
VWR_ALWAYS_INLINE struct slot *give_back(struct vwr_chain *chain, struct slot *next)
{
    struct slot *const s = (struct slot *)(void *)chain;

    if (*(volatile uint8_t *)&s->shared->in.status != VWR_BLK_S_OK)
        guest_fail("status", NULL);
    s->next = next;
    return s;
}

/* One by one, as a driver with one request in flight, or many, as a driver with many. */
VWR_ALWAYS_INLINE uint32_t take_back(void *driver, uint32_t most)
{
    struct driver *d = driver;
    struct vwr_chain *chains[GUEST_DEPTH_MAX];
    struct vwr_chain *chain;
    struct slot *free;
    int n;

    if (__builtin_expect(most == 1, 1)) { /* this branch is not part of the driver */
        n = vwr_queue_get_used(&d->queue, &chain);
        if (n > 0)
            d->free = give_back(chain, d->free);
    } else {
        n = vwr_queue_reap(&d->queue, chains, most);
        free = d->free;
        for (int i = 0; i < n; i++)
            free = give_back(chains[i], free);
        d->free = free;
    }
    if (n < 0)
        guest_fail("reap", vwr_strerror(n));
    return (uint32_t)n;
}

static bool answered(void *driver, uint32_t depth)
{
    const struct driver *d = driver;

    for (unsigned i = 0; i < depth; i++)
        if (*(volatile uint8_t *)&d->slot[i].shared->in.status == NO_STATUS)
            return false;
    return true;
}

#include "measure.h"

/* Sleeps if there are no used buffers, unless one arrives before the interrupt is enabled. */
static void idle(void *driver)
{
    struct vwr_queue *q = &((struct driver *)driver)->queue;

    if (vwr_queue_arm(q, vwr_queue_in_flight(q))) /* waits for the whole batch, if the device supports it */
        guest_sleep();
    guest_let_in();
    vwr_queue_disarm(q);
}

static void ring_run(const struct guest_run *r, void *driver, struct guest_result *result)
{
    if (r->measure == GUEST_COUNT)
        measure_count(r, driver, result);
    else if (r->sleep)
        measure_rate(r, driver, result, idle);
    else
        measure_rate(r, driver, result, NULL);
}

const struct guest_level guest_ring = {"ring", ring_prepare, ring_run};
