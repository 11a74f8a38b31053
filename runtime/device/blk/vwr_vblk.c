/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_common.h"

/* Guest's block device: init, reset, and the interface for the VMM and the backend. Section: Block Device. */

/* Frees all requests. */
static void vblk_forget(struct vwr_vblk *b)
{
    b->free = NULL;
    b->held = NULL;
    b->back = NULL;
    b->full = false;
    b->starved = false;
    b->dev.to_flush = false;
    for (unsigned i = b->reqs; i-- > 0;) {
        struct vwr_vblk_req *const r = &b->req[i];

        r->disk = b;
        r->chain.seg = &b->seg[i * b->segs];
        r->chain.room = b->segs;
        r->ticket = 0;
        vblk_clean(r);
        vblk_free(b, r);
    }
}

/* A driver that negotiates SEG_MAX obeys it, so its queues may be longer than its chains. */
static void vblk_limit(struct vwr_vblk *b, bool knows_seg_max)
{
    vwr_vdev_limit(&b->dev, knows_seg_max ? ~(uint32_t)0 : b->segs);
}

unsigned vwr_vblk_in_flight(const struct vwr_vblk *b)
{
    unsigned n = 0;

    for (unsigned i = 0; i < b->reqs; i++)
        n += b->req[i].state > VBLK_RESERVED;
    return n;
}

void vwr_vblk_drain_(struct vwr_vblk *b, unsigned queue)
{
    if ((vwr_vblk_in_flight(b) != 0 || b->done_end != NULL) && b->backend->ops->drain != NULL)
        b->backend->ops->drain(b->backend, b, queue);
}

/* Zone characteristics are visible until the driver negotiates without ZONED. */
static void vblk_show_zones(struct vwr_vblk *b, bool shown)
{
    struct vwr_blk_zoned_characteristics *const at = &b->config.zoned;

    if (shown)
        vwr_copy(at, &b->zoned, sizeof(*at));
    else
        vwr_zero(at, sizeof(*at));
}

static void vblk_reset(struct vwr_vdev *v)
{
    struct vwr_vblk *const b = vblk_of(v);

    vwr_vblk_drain_(b, VWR_VBLK_ALL_QUEUES);
    vblk_forget(b);
    vwr_features_clear(&v->accepted); /* cleared first, because they determine which requests are plain */
    b->config.writeback = vwr_features_have(&v->offered, VWR_BLK_F_CONFIG_WCE);
    if (VWR_WITH_ZONED)
        vblk_show_zones(b, true);
    vwr_vblk_choose_plain_(b);
    vblk_limit(b, false);
}

/* Removes the requests of a queue from a list. */
static void vblk_unlink(struct vwr_vblk_req **at, uint16_t queue)
{
    while (*at != NULL) {
        if ((*at)->queue == queue)
            *at = (*at)->link;
        else
            at = &(*at)->link;
    }
}

static void vblk_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vblk *const b = vblk_of(v);

    vwr_vblk_drain_(b, queue);
    vblk_unlink(&b->held, queue);
    vblk_unlink(&b->back, queue);
    for (unsigned i = 0; i < b->reqs; i++)
        if (b->req[i].state != VBLK_FREE && b->req[i].queue == queue) {
            b->req[i].ticket = 0;
            vblk_clean(&b->req[i]);
            vblk_free(b, &b->req[i]);
        }
    b->full = b->full && b->held != NULL;
    if (b->starved)
        vwr_vdev_defer_others(v, queue);
}

/*
 * A driver that can change the cache mode but cannot flush starts in write-through mode; a legacy driver does
 * not change the mode. Host-managed zones require ZONED. Section: Block Device / Device Initialization, and
 * its legacy interface.
 */
static int vblk_negotiated(struct vwr_vdev *v)
{
    struct vwr_vblk *const b = vblk_of(v);

    if (vblk_has_zones(b) && b->zones->model == VWR_BLK_Z_HM && !vwr_vdev_has(v, VWR_BLK_F_ZONED))
        return VWR_EUNSUPP;
    if (VWR_WITH_ZONED)
        vblk_show_zones(b, vwr_vdev_has(v, VWR_BLK_F_ZONED));
    vblk_limit(b, vwr_vdev_has(v, VWR_BLK_F_SEG_MAX));
    if (!v->legacy && vwr_vdev_has(v, VWR_BLK_F_CONFIG_WCE) && !vwr_vdev_has(v, VWR_BLK_F_FLUSH))
        b->config.writeback = 0;
    vwr_vblk_choose_plain_(b);
    return VWR_OK;
}

static void vblk_flush(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    vwr_vblk_kick_(vblk_of(v));
}

/*
 * Submits requests that wait for a new budget. Requests that wait for the backend continue in
 * vwr_vblk_resume().
 */
static void vblk_suspend(struct vwr_vdev *v)
{
    struct vwr_vblk *const b = vblk_of(v);

    if (!b->full)
        vwr_vblk_submit_held_(b);
    vwr_vblk_kick_(b);
}

/* `writeback` is the only writable field. */
static void vblk_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_vblk *const b = vblk_of(v);

    (void)offset;
    (void)bytes;
    b->config.writeback = b->config.writeback != 0;
    vwr_vblk_choose_plain_(b);
}

/* Bytes that were cut off the last segment belong to the next part. */
static bool vblk_request_uses(const struct vwr_vblk_req *r, const void *host, uint64_t bytes)
{
    if ((r->to_do & VBLK_PARTS) != 0 && r->cut != 0 && vwr_vblk_is_transfer(r)) {
        const struct vwr_vseg *const last = r->seg + r->segs - 1;

        if (vwr_vseg_meets(last->at, last->len + r->cut, host, bytes))
            return true;
    }
    return vwr_vseg_meets(r->status, 1, host, bytes) || vwr_vchain_uses(&r->chain, host, bytes);
}

static bool vblk_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    const struct vwr_vblk *const b = (const struct vwr_vblk *)(const void *)v; /* dev is the first member */
    bool uses = false;

    for (unsigned i = 0; i < b->reqs; i++)
        uses = uses || (b->req[i].state > VBLK_RESERVED && vblk_request_uses(&b->req[i], host, bytes));
    return uses;
}

static const struct vwr_vdev_class vblk_class = {
    .name = "blk",
    .id = VWR_BLK_ID,
    .fields = vwr_blk_config_fields,
    .field_count = VWR_BLK_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_blk_feature_names),
    .reset = vblk_reset,
    .queue_reset = vblk_queue_reset,
    .negotiated = vblk_negotiated,
    .serve = vwr_vblk_serve_,
    .flush = vblk_flush,
    .suspend = vblk_suspend,
    .config_written = vblk_config_written,
    .uses = vblk_uses,
};

/*
 * Uses the VMM's zone table, or the backend's if the guest's window covers the whole backend. Host-aware
 * zones do not restrict a guest that cannot see them.
 */
static int vblk_begin_zones(struct vwr_vblk *b, struct vwr_vblk_zones *zones, bool legacy)
{
    struct vwr_vblk_zones *const own = b->backend->zones;
    bool all = b->first == 0 && b->sectors == b->backend->sectors;

    if (!VWR_WITH_ZONED)
        return own != NULL || zones != NULL ? VWR_EUNSUPP : VWR_OK;
    if (own == NULL)
        return zones != NULL ? vwr_vblk_zones_begin_(b, zones, legacy) : VWR_OK;
    all = all && (own->zone_sectors & (own->zone_sectors - 1u)) == 0;
    if (zones != NULL)
        return VWR_EUNSUPP;
    if (all && !legacy)
        b->zones = own;
    return own->model == VWR_BLK_Z_HM && !vblk_has_zones(b) ? VWR_EUNSUPP : VWR_OK;
}

static void vblk_set_id(struct vwr_vblk *b, const char *id)
{
    for (unsigned i = 0; id != NULL && i < sizeof(b->id) && id[i] != '\0'; i++)
        b->id[i] = (uint8_t)id[i];
}

int vwr_vblk_init_with(struct vwr_vblk *b, const struct vwr_vdev_setup *s, const struct vwr_vblk_options *o)
{
    struct vwr_vblk_backend *const be = o->backend;
    struct vwr_features f;
    int r;

    vwr_zero(b, sizeof(*b));
    if (be == NULL || !vwr_vblk_has_physical(be->block_bytes, be->physical_block_exp))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&b->dev.shortage, s, queue, queue_count, 1u) ||
        !VWR_ARRAY_FITS(&b->dev.shortage, o, req, req_count, 1u) ||
        !VWR_ARRAY_FITS(&b->dev.shortage, o, seg, seg_count, VWR_VBLK_SEGS(o->req_count, 1u)))
        return VWR_ENOMEM;
    b->backend = be;
    b->kicks = be->ops->kick != NULL;
    b->first = o->first;
    b->sectors = o->sectors != 0 || o->first > be->sectors ? o->sectors : be->sectors - o->first;
    if (!vwr_vblk_is_window_(be, b->first, b->sectors))
        return VWR_ERANGE;
    r = vblk_begin_zones(b, o->zones, s->legacy);
    if (r != VWR_OK)
        return r;
    b->read_only = o->read_only || be->read_only;
    b->write_through = o->write_through;
    vblk_set_id(b, o->id);
    b->req = o->req;
    b->reqs = o->req_count;
    b->seg = o->seg;
    b->segs = (uint16_t)vwr_array_part(o->seg_count, o->req_count, 0xffffu);
    vwr_zero(b->req, b->reqs * sizeof(*b->req));
    vblk_forget(b);
    vwr_vblk_write_config_(b, s);
    if (VWR_WITH_ZONED)
        vwr_copy(&b->zoned, &b->config.zoned, sizeof(b->zoned));
    vwr_vblk_choose_features_(&f, b, s);
    b->config.writeback = vwr_features_have(&f, VWR_BLK_F_CONFIG_WCE);
    r = vwr_vdev_init(&b->dev, &vblk_class, s, &f, s->queue_count, &b->config, sizeof(b->config));
    if (r != VWR_OK)
        return r;
    vwr_vblk_choose_plain_(b);
    vblk_limit(b, false);
    return r;
}

/* Serves queues that could not be served before. */
static VWR_COLD void vblk_serve_starved(struct vwr_vblk *b)
{
    if (b->held != NULL || b->free == NULL)
        return;
    b->starved = false;
    for (unsigned i = 0; i < b->dev.queues; i++)
        vwr_vdev_serve_locked(&b->dev, (uint16_t)i);
}

/* Signals each queue once, after serving the queues that can be served now. */
void vwr_vblk_signal_locked(struct vwr_vblk *b)
{
    if (__builtin_expect(b->starved, 0))
        vblk_serve_starved(b);
    for (unsigned i = 0; i < b->dev.queues; i++)
        (void)vwr_vdev_signal(&b->dev, &b->dev.queue[i]);
    vwr_vblk_kick_(b);
}

void vwr_vblk_signal(struct vwr_vblk *b)
{
    vwr_vdev_lock(&b->dev);
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
}

void vwr_vblk_done(struct vwr_vblk_req *r, uint64_t ticket, int result)
{
    struct vwr_vdev *const v = &r->disk->dev;

    vwr_vdev_lock(v);
    vwr_vblk_done_locked(r, ticket, result);
    vwr_vdev_unlock(v);
}

void vwr_vblk_resume(struct vwr_vblk *b)
{
    vwr_vdev_lock(&b->dev);
    b->full = false;
    vwr_vblk_submit_held_(b);
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
}

int vwr_vblk_resize(struct vwr_vblk *b, uint64_t sectors)
{
    int result = VWR_ERANGE;

    vwr_vdev_lock(&b->dev);
    if (b->zones == NULL && vwr_vblk_is_window_(b->backend, b->first, sectors)) {
        b->sectors = sectors;
        vwr_vblk_choose_plain_(b);
        b->config.capacity = vwr_guest64(b->dev.legacy, sectors);
        vwr_vdev_config_changed(&b->dev);
        result = VWR_OK;
    }
    vwr_vdev_unlock(&b->dev);
    return result;
}
