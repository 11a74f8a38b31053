/* SPDX-License-Identifier: MIT */
#include "../ring_loop.h"
#include "stubs.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"

/* The package's, of the version that is measured. */
#include <linux/virtio.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

/*
 * Linux's ring under a minimal driver for requests of any form, with the same disk as the other drivers. It
 * passes header, data and status as three lists, as virtio_blk does. The lists for header and status are part
 * of a slot and written once. The lists for the data are prepared in advance, as by the block layer. The
 * driver polls: there is no callback, so the ring requests no interrupts.
 */

#define RING_ALIGN 4096u

struct slot {
    struct ring_slot common; /* first */
    struct scatterlist out, in;
};

struct driver {
    struct ring_slot *free;
    struct ring_work work;
    struct virtqueue *vq;
    struct virtio_device dev;
};

static void set(struct scatterlist *sg, uint64_t addr, uint32_t len, bool is_last)
{
    const uint64_t page = addr & ~(uint64_t)(PAGE_SIZE - 1u);

    *sg = (struct scatterlist){
        .page_link = page | (is_last ? SG_END : 0), .offset = (unsigned)(addr - page), .length = len};
}

static struct ring_slot *make_slots(uint32_t count)
{
    struct ring_slot *const free = ring_slots(count, sizeof(struct slot));

    for (struct ring_slot *s = free; s != NULL; s = s->next) {
        struct slot *const slot = (struct slot *)(void *)s;

        set(&slot->out, (uintptr_t)s->out, sizeof(*s->out), true);
        set(&slot->in, (uintptr_t)s->in, sizeof(*s->in), true);
    }
    return free;
}

static bool notify(struct virtqueue *vq)
{
    bench_mmio_write((volatile uint8_t *)bench_registers() + VWR_MMIO_QUEUE_NOTIFY, vq->index);
    return true;
}

/* Creates a ring with the features that were added to `dev`, and a slot for each descriptor. */
static void begin(struct driver *d, uint16_t size)
{
    d->dev.vqs = (struct list_head){&d->dev.vqs, &d->dev.vqs};
    __virtio_set_bit(&d->dev, VWR_F_VERSION_1);
    vring_transport_features(&d->dev);
    d->vq = vring_create_virtqueue(0, size, RING_ALIGN, &d->dev, true, false, false, notify, NULL, "bench");
    if (d->vq == NULL)
        bench_fail("Linux makes no such ring");
    d->free = make_slots(size);
}

/* The list of a request's data segments, as this ring expects it; NULL: no data. */
static struct scatterlist *make_list(const struct ring_request *q)
{
    struct scatterlist *const sg = bench_memory(q->count * sizeof(*sg) + 1u);

    for (uint32_t n = 0; n < q->count; n++)
        set(&sg[n], (uintptr_t)q->vecs[n].p, (uint32_t)q->vecs[n].bytes, n + 1u == q->count);
    return q->count != 0 ? sg : NULL;
}

VWR_ALWAYS_INLINE void submit(void *driver, const struct ring_request *q)
{
    struct driver *const d = driver;
    struct slot *const s = (struct slot *)(void *)ring_take(&d->free, q);
    struct scatterlist *lists[3] = {&s->out, q->list, &s->in};
    const bool has_data = q->list != NULL;
    const unsigned out = 1u + (has_data && !q->in);

    if (!has_data)
        lists[1] = &s->in;
    if (virtqueue_add_sgs(d->vq, lists, out, 2u + has_data - out, s, GFP_ATOMIC) != 0)
        bench_fail("virtqueue_add_sgs");
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    struct driver *const d = driver;

    (void)virtqueue_kick(d->vq);
}

VWR_ALWAYS_INLINE void reap(void *driver, uint32_t count)
{
    struct driver *const d = driver;

    for (uint32_t i = 0; i < count; i++) {
        unsigned written;
        struct ring_slot *const s = virtqueue_get_buf(d->vq, &written);

        if (s == NULL)
            bench_fail("virtqueue_get_buf");
        ring_give(&d->free, s);
    }
}

static void *set_up(const struct bench_run *r)
{
    struct driver *const d = bench_memory(sizeof(*d));
    struct bench_ring ring = {.size = r->queue_size};

    for (unsigned bit = 0; bit < 64; bit++)
        if (bench_take(r, &ring, bit))
            __virtio_set_bit(&d->dev, bit);
    begin(d, r->queue_size);
    ring.desc = (void *)(uintptr_t)virtqueue_get_desc_addr(d->vq);
    ring.driver = (void *)(uintptr_t)virtqueue_get_avail_addr(d->vq);
    ring.device = (void *)(uintptr_t)virtqueue_get_used_addr(d->vq);
    bench_attach(0, &ring);
    d->work = ring_work(r);
    for (uint32_t i = 0; i < d->work.requests; i++)
        d->work.request[i].list = make_list(&d->work.request[i]);
    return d;
}

__attribute__((noinline)) static uint64_t linux_measured(const struct bench_run *r, void *driver)
{
    static const struct ring_calls calls = {submit, kick, reap};

    return ring_loop(r, &((struct driver *)driver)->work, &calls, driver);
}

const struct bench_level bench_linux = {"linux", 1, set_up, linux_measured};
