/* SPDX-License-Identifier: MIT */
#include "engine_common.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct vwr_engine *engine_of(struct vwr_vblk_backend *be)
{
    return (struct vwr_engine *)(void *)be; /* the first member */
}

struct vwr_engine_slot *engine_slot(const struct vwr_engine *e, unsigned number)
{
    return (struct vwr_engine_slot *)(void *)(e->slots + number * e->kind->slot_bytes);
}

uint64_t engine_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

void engine_moved(struct vwr_engine_slot *slot, size_t n)
{
    slot->done += (uint32_t)n;
    while (n > 0 && slot->at < slot->segs) {
        struct iovec *const v = &slot->iov[slot->at];
        const size_t part = n < v->iov_len ? n : v->iov_len;

        v->iov_base = (uint8_t *)v->iov_base + part;
        v->iov_len -= part;
        n -= part;
        if (v->iov_len == 0)
            slot->at++;
    }
}

static void give(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    slot->used = false;
    slot->r = NULL;
    slot->next = e->free;
    e->free = slot;
    e->busy--;
    if (slot->forgotten)
        e->forgotten--;
    slot->forgotten = false;
}

void engine_ended(struct vwr_engine *e, struct vwr_engine_slot *slot, int why)
{
    slot->why = why;
    if (slot->forgotten) {
        give(e, slot);
        return;
    }
    slot->next = NULL;
    *e->ended_end = slot;
    e->ended_end = &slot->next;
}

static void describe(struct vwr_engine_slot *slot, const struct vwr_vblk_req *r)
{
    slot->type = r->type;
    slot->offset = r->sector * VWR_BLK_SECTOR_BYTES;
    slot->bytes = engine_is_transfer(slot) ? r->bytes : 0;
    slot->done = 0;
    slot->at = 0;
    slot->segs = engine_is_transfer(slot) ? r->segs : 0;
    slot->ranges = r->type == VWR_BLK_T_DISCARD || r->type == VWR_BLK_T_WRITE_ZEROES ? r->ranges : 0;
    memcpy(slot->range, r->range, sizeof(slot->range));
    for (unsigned i = 0; i < slot->segs; i++)
        slot->iov[i] = (struct iovec){r->seg[i].at, r->seg[i].len};
}

static bool is_known(uint32_t type)
{
    return type == VWR_BLK_T_IN || type == VWR_BLK_T_OUT || type == VWR_BLK_T_FLUSH ||
           type == VWR_BLK_T_DISCARD || type == VWR_BLK_T_WRITE_ZEROES;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vwr_engine *const e = engine_of(be);
    struct vwr_engine_slot *const slot = e->free;
    int result;

    if (!is_known(r->type)) /* secure erase is not offered: the storage may keep other copies */
        return VWR_EUNSUPP;
    if (r->segs > e->segments) /* the VMM has changed backend.segments_max */
        return VWR_ESEGMENTS;
    if (slot == NULL) {
        e->full = true;
        return VWR_EFULL;
    }
    e->free = slot->next;
    e->busy++;
    slot->used = true;
    describe(slot, r);
    result = e->kind->start(e, slot);
    if (result != VWR_LATER) {
        give(e, slot);
        return result;
    }
    slot->r = r;
    slot->ticket = vwr_vblk_ticket(r);
    return VWR_LATER;
}

static void kick(struct vwr_vblk_backend *be)
{
    struct vwr_engine *const e = engine_of(be);

    e->kind->kick(e);
}

/* Forgets requests that have completed but have not been returned to the guest yet. */
static void forget_ended(struct vwr_engine *e)
{
    struct vwr_engine_slot *slot = e->ended;

    e->ended = NULL;
    e->ended_end = &e->ended;
    while (slot != NULL) {
        struct vwr_engine_slot *const next = slot->next;

        engine_ended(e, slot, slot->why);
        slot = next;
    }
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    struct vwr_engine *const e = engine_of(be);
    const uint64_t end = engine_now() + VWR_ENGINE_DRAIN_MS;

    for (unsigned i = 0; i < e->count; i++) {
        struct vwr_engine_slot *const slot = engine_slot(e, i);

        if (slot->r == NULL || (queue != VWR_VBLK_ALL_QUEUES && slot->r->queue != queue))
            continue;
        slot->r = NULL;
        slot->forgotten = true;
        e->forgotten++;
    }
    forget_ended(e);
    for (unsigned i = 0; i < e->count && e->kind->cancel != NULL; i++)
        if (engine_slot(e, i)->forgotten)
            e->kind->cancel(e, engine_slot(e, i));
    e->kind->kick(e);
    for (uint64_t now = engine_now(); e->forgotten > 0 && now < end; now = engine_now())
        if (!e->kind->wait(e, (unsigned)(end - now)))
            break;
    if (e->forgotten > 0 && e->kind->abandon != NULL)
        e->kind->abandon(e);
    if (e->forgotten > 0) {
        e->unsafe = true;
        vwr_vdev_set_unsafe(&b->dev, true);
    }
    if (e->ended != NULL || e->full)
        e->kind->wake(e);
}

static const struct vwr_vblk_backend_ops engine_ops = {.submit = submit, .kick = kick, .drain = drain};

/* Returns completed requests to the guest. */
static bool answer_ended(struct vwr_engine *e)
{
    struct vwr_engine_slot *slot = e->ended;
    const bool any = slot != NULL;

    e->ended = NULL;
    e->ended_end = &e->ended;
    while (slot != NULL) {
        struct vwr_engine_slot *const next = slot->next;
        struct vwr_vblk_req *const r = slot->r;

        if (slot->why != 0) {
            e->errors++;
            e->last = slot->why == ENGINE_EARLY_END ? 0 : slot->why;
            r->read = slot->type == VWR_BLK_T_IN ? slot->done : 0;
        }
        give(e, slot);
        vwr_vblk_done_locked(r, slot->ticket, slot->why == 0 ? VWR_OK : VWR_EIO);
        slot = next;
    }
    return any;
}

void vwr_engine_serve(struct vwr_engine *e)
{
    struct vwr_vblk *const b = e->disk;
    bool resume;

    vwr_vdev_lock(&b->dev);
    e->kind->reap(e);
    if (answer_ended(e))
        vwr_vblk_signal_locked(b);
    if (e->unsafe && e->forgotten == 0) {
        e->unsafe = false;
        vwr_vdev_set_unsafe(&b->dev, false);
    }
    resume = e->full && e->free != NULL;
    e->full = e->full && !resume;
    vwr_vdev_unlock(&b->dev);
    if (resume)
        vwr_vblk_resume(b);
}

void vwr_engine_attach(struct vwr_engine *e, struct vwr_vblk *disk)
{
    e->disk = disk;
}

int engine_open(struct vwr_engine *e, const struct vwr_engine_kind *kind, const struct vwr_engine_options *o)
{
    struct iovec *vectors;

    if (o->slots == 0 || o->segments == 0)
        return VWR_EINVAL;
    memset(e, 0, sizeof(*e));
    e->fd = -1;
    e->kind = kind;
    e->ended_end = &e->ended;
    e->count = o->slots;
    e->segments = o->segments;
    e->slots = calloc(o->slots, kind->slot_bytes);
    vectors = calloc((size_t)o->slots * o->segments, sizeof(*vectors));
    e->vectors = vectors;
    if (e->slots == NULL || vectors == NULL) {
        engine_free(e);
        return VWR_ENOMEM;
    }
    for (unsigned i = o->slots; i-- > 0;) {
        struct vwr_engine_slot *const slot = engine_slot(e, i);

        slot->iov = vectors + (size_t)i * o->segments;
        slot->next = e->free;
        e->free = slot;
    }
    e->backend = (struct vwr_vblk_backend){.ops = &engine_ops,
                                           .block_bytes = VWR_BLK_SECTOR_BYTES,
                                           .segments_max = o->segments,
                                           .read_only = o->read_only,
                                           .discard_sectors = VWR_ENGINE_ZEROES,
                                           .write_zeroes_sectors = VWR_ENGINE_ZEROES};
    return VWR_OK;
}

void engine_free(struct vwr_engine *e)
{
    free(e->slots);
    free(e->vectors);
    e->slots = NULL;
    e->vectors = NULL;
    e->count = 0;
}

void vwr_engine_close(struct vwr_engine *e)
{
    const uint64_t end = engine_now() + VWR_ENGINE_DRAIN_MS;
    uint64_t now;

    if (e->slots == NULL)
        return;
    e->kind->kick(e);
    for (now = engine_now(); e->busy > 0 && now < end; now = engine_now()) {
        for (unsigned i = 0; i < e->count; i++) {
            struct vwr_engine_slot *const slot = engine_slot(e, i);

            if (slot->r == NULL)
                continue;
            slot->r = NULL;
            slot->forgotten = true;
            e->forgotten++;
        }
        forget_ended(e);
        if (e->busy > 0 && !e->kind->wait(e, (unsigned)(end - now)))
            break;
    }
    e->kind->close(e);
    engine_free(e);
}
