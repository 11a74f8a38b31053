/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_common.h"

/*
 * A disk for a guest: what it says of itself, and its life. What becomes of a request is in
 * vwr_vblk_request.c. Section: Block Device.
 */

static struct vwr_vseg *pieces_of(const struct vwr_vblk *b, unsigned i)
{
    return &b->seg[i * b->segs];
}

/* Nothing of the guest's is known any more. */
static void forget(struct vwr_vblk *b)
{
    b->row = NULL;
    b->free = NULL;
    b->held = NULL;
    b->full = false;
    b->busy = 0;
    b->starved = false;
    b->unkicked = false;
    for (unsigned i = b->reqs; i-- > 0;) {
        struct vwr_vblk_req *const r = &b->req[i];

        r->disk = b;
        r->chain.seg = pieces_of(b, i);
        r->chain.room = b->segs;
        r->state = VBLK_FREE;
        r->link = b->free;
        b->free = r;
    }
}

/* A driver that knows seg_max keeps to it, so that its queues may be longer than its chains. */
static void limit(struct vwr_vblk *b, bool knows_seg_max)
{
    vwr_vdev_limit(&b->dev, knows_seg_max ? ~(uint32_t)0 : b->segs);
}

static void drain(struct vwr_vblk *b, unsigned queue)
{
    if (b->busy != 0 && b->backend->ops->drain != NULL)
        b->backend->ops->drain(b->backend, b, queue);
}

static void reset(struct vwr_vdev *v)
{
    struct vwr_vblk *const b = vblk_of(v);

    drain(b, VWR_VBLK_ALL_QUEUES);
    forget(b);
    b->config.writeback = vwr_features_have(&v->offered, VWR_BLK_F_CONFIG_WCE);
    limit(b, false);
}

static void queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vblk *const b = vblk_of(v);
    struct vwr_vblk_req **at = &b->held;

    drain(b, queue);
    while (*at != NULL) {
        if ((*at)->queue == queue)
            *at = (*at)->link;
        else
            at = &(*at)->link;
    }
    for (unsigned i = 0; i < b->reqs; i++)
        if (b->req[i].state != VBLK_FREE && b->req[i].queue == queue)
            vblk_free(b, &b->req[i]);
    b->full = b->full && b->held != NULL;
}

/*
 * A driver that can switch the cache and cannot flush it begins with none. With a legacy driver the
 * cache stays as it is. Section: Block Device / Device Initialization, and its legacy interface.
 */
static int negotiated(struct vwr_vdev *v)
{
    vblk_of(v)->row = NULL;
    limit(vblk_of(v), vwr_vdev_has(v, VWR_BLK_F_SEG_MAX));
    if (!v->legacy && vwr_vdev_has(v, VWR_BLK_F_CONFIG_WCE) && !vwr_vdev_has(v, VWR_BLK_F_FLUSH))
        vblk_of(v)->config.writeback = 0;
    return VWR_OK;
}

static void flush(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    vwr_vblk_kick(vblk_of(v));
}

/* Nothing but `writeback` can be written. */
static void config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_vblk *const b = vblk_of(v);

    (void)offset;
    (void)bytes;
    b->config.writeback = b->config.writeback != 0;
}

static const struct vwr_vdev_class blk_class = {
    .name = "blk",
    .id = VWR_BLK_ID,
    .fields = vwr_blk_config_fields,
    .field_count = VWR_BLK_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_blk_feature_names),
    .reset = reset,
    .queue_reset = queue_reset,
    .negotiated = negotiated,
    .serve = vwr_vblk_serve,
    .flush = flush,
    .config_written = config_written,
};

/* Is it a stretch of whole blocks of the backend? */
static bool is_window(const struct vwr_vblk_backend *be, uint64_t first, uint64_t sectors)
{
    const uint64_t block = be->block_size / VWR_BLK_SECTOR_BYTES;

    if (first > be->sectors || sectors > be->sectors - first)
        return false;
    return ((first | sectors) & (block - 1u)) == 0;
}

/* Blocks from the window's begin to the first that lies at a physical block's. */
static uint8_t first_aligned(const struct vwr_vblk_backend *be, uint64_t first)
{
    const uint32_t blocks = (uint32_t)1 << be->physical_block_exp;
    uint64_t begin = first;

    for (uint32_t block = be->block_size; block > VWR_BLK_SECTOR_BYTES; block /= 2u)
        begin /= 2u;
    return (uint8_t)((be->first_aligned - begin) & (blocks - 1u));
}

static bool has_topology(const struct vwr_vblk_backend *be)
{
    return be->physical_block_exp != 0 || be->min_io_size != 0 || be->opt_io_size != 0;
}

/* The most of something that counts in 32 bits: what the backend says, or all of the whole blocks. */
static uint32_t most(const struct vwr_vblk_backend *be, uint32_t limit)
{
    const uint32_t block = be->block_size / VWR_BLK_SECTOR_BYTES;

    return (limit != 0 ? limit : 0xffffffffu) & ~(block - 1u);
}

/* Header and status have a piece each; a driver that keeps to this breaks nothing, wherever its memory lies.
 */
static uint32_t seg_max(const struct vwr_vblk *b, const struct vwr_vdev_setup *s)
{
    const uint32_t taken = 2u + vwr_vm_borders(s->vm);
    uint32_t n = b->segs > taken ? b->segs - taken : 1u;

    if (b->backend->pieces != 0 && n > b->backend->pieces)
        n = b->backend->pieces;
    if (s->queue_size > 2u && n > s->queue_size - 2u) /* a chain is no longer than the queue */
        n = s->queue_size - 2u;
    return n;
}

static void write_config(struct vwr_vblk *b, const struct vwr_vdev_setup *s, uint16_t queues)
{
    const struct vwr_vblk_backend *const be = b->backend;
    struct vwr_blk_config *const c = &b->config;

    c->capacity = vwr_guest64(s->legacy, b->sectors);
    c->seg_max = vwr_guest32(s->legacy, seg_max(b, s));
    c->blk_size = vwr_guest32(s->legacy, be->block_size);
    c->topology.physical_block_exp = be->physical_block_exp;
    c->topology.alignment_offset = first_aligned(be, b->first);
    c->topology.min_io_size = vwr_guest16(s->legacy, be->min_io_size);
    c->topology.opt_io_size = vwr_guest32(s->legacy, be->opt_io_size);
    c->num_queues = vwr_guest16(s->legacy, queues);
    c->max_discard_sectors = vwr_guest32(s->legacy, most(be, be->discard_sectors));
    c->max_discard_seg = vwr_guest32(s->legacy, VWR_VBLK_RANGES);
    c->discard_sector_alignment = vwr_guest32(
        s->legacy, be->discard_align != 0 ? be->discard_align : be->block_size / VWR_BLK_SECTOR_BYTES);
    c->max_write_zeroes_sectors = vwr_guest32(s->legacy, most(be, be->write_zeroes_sectors));
    c->max_write_zeroes_seg = vwr_guest32(s->legacy, VWR_VBLK_RANGES);
    c->write_zeroes_may_unmap = be->unmap;
}

static void choose_features(struct vwr_features *f, const struct vwr_vblk *b, uint16_t queues)
{
    const struct vwr_vblk_backend *const be = b->backend;

    vwr_features_clear(f);
    vwr_features_add(f, VWR_BLK_F_SEG_MAX);
    vwr_features_add(f, VWR_BLK_F_BLK_SIZE);
    if (has_topology(be))
        vwr_features_add(f, VWR_BLK_F_TOPOLOGY);
    if (queues > 1)
        vwr_features_add(f, VWR_BLK_F_MQ);
    if (b->read_only) {
        vwr_features_add(f, VWR_BLK_F_RO);
        return;
    }
    if (be->flush && !b->write_through) {
        vwr_features_add(f, VWR_BLK_F_FLUSH);
        vwr_features_add(f, VWR_BLK_F_CONFIG_WCE);
    }
    if (be->discard)
        vwr_features_add(f, VWR_BLK_F_DISCARD);
    if (be->write_zeroes)
        vwr_features_add(f, VWR_BLK_F_WRITE_ZEROES);
}

int vwr_vblk_init(struct vwr_vblk *b, const struct vwr_vdev_setup *s, const struct vwr_vblk_options *o)
{
    struct vwr_vblk_backend *const be = o->backend;
    struct vwr_features f;
    int r;

    if (be == NULL || o->req == NULL || o->reqs == 0 || o->seg == NULL || o->segs < 3u || o->queues == 0)
        return VWR_EINVAL;
    vwr_zero(b, sizeof(*b));
    b->backend = be;
    b->first = o->first;
    b->sectors = o->sectors != 0 || o->first > be->sectors ? o->sectors : be->sectors - o->first;
    if (!is_window(be, b->first, b->sectors))
        return VWR_ERANGE;
    b->read_only = o->read_only || be->read_only;
    b->write_through = o->write_through;
    for (unsigned i = 0; o->id != NULL && i < sizeof(b->id) && o->id[i] != '\0'; i++)
        b->id[i] = (uint8_t)o->id[i];
    b->req = o->req;
    b->reqs = o->reqs;
    b->seg = o->seg;
    b->segs = o->segs;
    vwr_zero(b->req, b->reqs * sizeof(*b->req));
    forget(b);
    write_config(b, s, o->queues);
    choose_features(&f, b, o->queues);
    b->config.writeback = vwr_features_have(&f, VWR_BLK_F_CONFIG_WCE);
    r = vwr_vdev_init(&b->dev, &blk_class, s, &f, o->queues, &b->config, sizeof(b->config));
    if (r == VWR_OK)
        limit(b, false);
    return r;
}

/* What was ended or can be served now; one interrupt a queue. */
void vwr_vblk_signal_locked(struct vwr_vblk *b)
{
    const bool starved = b->starved && b->held == NULL && b->free != NULL;

    if (starved)
        b->starved = false;
    for (unsigned i = 0; i < b->dev.queues; i++) {
        if (starved)
            vwr_vdev_serve_locked(&b->dev, (uint16_t)i);
        (void)vwr_vqueue_signal(&b->dev.queue[i]);
    }
    vwr_vblk_kick(b);
}

void vwr_vblk_signal(struct vwr_vblk *b)
{
    vwr_vdev_lock(&b->dev);
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
}

void vwr_vblk_done(struct vwr_vblk_req *r, int result)
{
    struct vwr_vdev *const v = &r->disk->dev;

    vwr_vdev_lock(v);
    vwr_vblk_done_locked(r, result);
    vwr_vdev_unlock(v);
}

void vwr_vblk_resume(struct vwr_vblk *b)
{
    vwr_vdev_lock(&b->dev);
    b->full = false;
    vwr_vblk_submit_held(b);
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
}

int vwr_vblk_resize(struct vwr_vblk *b, uint64_t sectors)
{
    int result = VWR_ERANGE;

    vwr_vdev_lock(&b->dev);
    if (is_window(b->backend, b->first, sectors)) {
        b->sectors = sectors;
        b->config.capacity = vwr_guest64(b->dev.legacy, sectors);
        vwr_vdev_config_changed(&b->dev);
        result = VWR_OK;
    }
    vwr_vdev_unlock(&b->dev);
    return result;
}
