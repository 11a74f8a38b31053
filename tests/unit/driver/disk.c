/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR VWR_BLK_SECTOR_BYTES

static const uint16_t sizes[] = {64, 0};
const struct format_range disk_any_order = {KIND_ALL, DISK_ANY_ORDER, 0, sizes};
const struct format_range disk_formats = {KIND_ALL, DISK_ANY_ORDER | FORMAT_IN_ORDER, 0, sizes};

static struct disk disk;

static const struct {
    unsigned flag;
    unsigned feature;
} features[] = {
    {FORMAT_PACKED, VWR_F_RING_PACKED},
    {FORMAT_INDIRECT, VWR_F_INDIRECT_DESC},
    {FORMAT_EVENT_IDX, VWR_F_EVENT_IDX},
    {FORMAT_IN_ORDER, VWR_F_IN_ORDER},
    {FORMAT_NOTIFICATION_DATA, VWR_F_NOTIFICATION_DATA},
    {FORMAT_RING_RESET, VWR_F_RING_RESET},
};

static void give_memory(struct vwr_queue_memory *m, uint16_t size, const struct disk_shape *shape)
{
    m->size = size;
    m->shared_bytes = VWR_BLK_SHARED_BYTES(size, shape->requests, (size_t)shape->segments);
    m->own_bytes = VWR_BLK_OWN_BYTES(size, shape->requests);
    m->shared = fake_ram_alloc(m->shared_bytes, VWR_QUEUE_SHARED_ALIGN);
    m->own = malloc(m->own_bytes);
    assert_non_null(m->own);
    memset(m->own, 0xa5, m->own_bytes);
}

struct disk *disk_plug(struct world *w, const struct format *f, struct disk_shape shape)
{
    struct disk *d = &disk;

    for (unsigned i = 0; i < FAKE_QUEUES - 1; i++)
        free(d->more[i].memory.own);
    memset(d, 0, sizeof(*d));
    d->w = w;
    d->shape = shape;
    d->size = f->size;
    world_plug(w, f->flags & FORMAT_LEGACY ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN);
    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
        (f->flags & features[i].flag ? fake_offer : fake_withhold)(&w->f, features[i].feature);
    free(w->memory.own);
    give_memory(&w->memory, f->size, &shape);
    for (unsigned i = 0; i + 1 < shape.queues; i++) {
        memset(&d->more_queue[i], 0xa5, sizeof(d->more_queue[i]));
        d->more[i].queue = &d->more_queue[i];
        give_memory(&d->more[i].memory, f->size, &shape);
    }
    for (unsigned i = 0; i < shape.queues; i++)
        w->f.queue[i].size_max = f->size;
    if (shape.queues > 1) {
        fake_offer(&w->f, VWR_BLK_F_MQ);
        fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, shape.queues);
    }
    w->options.request.requests = shape.requests;
    w->options.request.segments = shape.segments;
    w->options.more = d->more;
    w->options.more_count = (uint8_t)(shape.queues - 1);
    return d;
}

void disk_open(struct disk *d)
{
    world_opened(d->w);
    assert_int_equal(d->w->blk.queue_count, d->shape.queues);
}

struct vwr_blk_requestq *disk_queue(struct disk *d, unsigned index)
{
    return vwr_blk_get_requestq(&d->w->blk, index);
}

uint8_t *disk_sector(struct disk *d, unsigned i)
{
    assert_true(i < DISK_REQUESTS);
    return d->w->buffer + (size_t)i * SECTOR;
}

struct vwr_blk_req *disk_read(struct disk *d, unsigned i, uint64_t sector)
{
    memset(disk_sector(d, i), 0x5a, SECTOR);
    vwr_blk_fill(&d->req[i], VWR_BLK_T_IN, sector, disk_sector(d, i), SECTOR);
    return &d->req[i];
}

struct vwr_blk_req *disk_write(struct disk *d, unsigned i, uint64_t sector, uint8_t mark)
{
    memset(disk_sector(d, i), mark, SECTOR);
    vwr_blk_fill(&d->req[i], VWR_BLK_T_OUT, sector, disk_sector(d, i), SECTOR);
    return &d->req[i];
}

void disk_submit_reads(struct disk *d, struct vwr_blk_requestq *q, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        assert_int_equal(vwr_blk_submit(q, disk_read(d, i, i)), VWR_OK);
    (void)vwr_blk_kick(q);
}

void disk_has_read(struct disk *d, const struct vwr_blk_req *r, uint64_t sector)
{
    const unsigned i = (unsigned)(r - d->req);

    assert_true(i < DISK_REQUESTS);
    assert_int_equal(r->req.result, VWR_OK);
    assert_int_equal(r->req.status, VWR_BLK_S_OK);
    assert_false(vwr_req_is_in_flight(&r->req));
    assert_memory_equal(disk_sector(d, i), d->w->disk.data + sector * SECTOR, SECTOR);
}

int disk_reap(struct disk *d, struct vwr_blk_requestq *q, unsigned budget)
{
    int n;

    assert_true(d->done_count + budget <= DISK_REQUESTS * 4);
    n = vwr_blk_reap(q, d->done + d->done_count, budget);
    assert_true(n <= (int)budget);
    if (n > 0)
        d->done_count += (unsigned)n;
    return n;
}

void disk_is_idle(struct disk *d)
{
    const unsigned room = d->size / 3u; /* requests with one data segment and without a table */
    const unsigned count = d->shape.requests < room ? d->shape.requests : room;

    d->w->disk.hold = false;
    d->w->f.on_time = NULL;
    for (unsigned k = 0; k < d->shape.queues; k++) {
        struct vwr_blk_requestq *const q = disk_queue(d, k);

        d->done_count = 0;
        assert_int_equal(disk_reap(d, q, 4), 0);
        disk_submit_reads(d, q, 0, count);
        for (int n = 1; n > 0;)
            n = disk_reap(d, q, count);
        assert_int_equal(d->done_count, count);
        for (unsigned i = 0; i < count; i++)
            disk_has_read(d, d->done[i], (uint64_t)(d->done[i] - d->req));
    }
    d->done_count = 0;
}
