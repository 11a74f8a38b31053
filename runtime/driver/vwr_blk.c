/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"

/* A disk from open to close, and what it says of itself. Section: Block Device. */

#define BLOCK_MAX 65536u    /* not the document's: bytes; a larger block size is taken for nonsense */
#define PIECE_MAX 67108864u /* bytes; more does no good, and the sum of a request stays below 2^32 */

static const struct vwr_features wanted = {
    {VWR_BLK_FEATURES_W0 & ~(VWR_WITH_ZONED ? 0u : (uint32_t)1 << VWR_BLK_F_ZONED), VWR_BLK_FEATURES_W1,
     VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};
/* Zones are none of the legacy interface: a device that offers them there is not believed. */
static const struct vwr_features wanted_legacy = {
    {VWR_BLK_FEATURES_W0 & ~VWR_BLK_FEATURES_MODERN_W0, 0, 0, 0}};

static uint32_t read_limit(const struct vwr_config *c, uint16_t offset, uint32_t otherwise)
{
    const uint32_t v = offset != VWR_LIMIT_NONE ? vwr_config_read32(c, offset) : 0;

    return v != 0 ? v : otherwise;
}

/* Limits of those requests whose feature is negotiated: only then are they in the configuration. */
static void read_limits(const struct vwr_config *c, struct vwr_blk_limit *limit)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_LIMIT_COUNT; i++) {
        const struct vwr_request_limit *const where = &vwr_blk_request_limits[i];

        if (!vwr_config_has(c, vwr_blk_find_request(where->type)->feature))
            continue;
        limit[i].segments = read_limit(c, where->segments, 1);
        limit[i].sectors = read_limit(c, where->sectors, 0xffffffffu);
        limit[i].alignment = read_limit(c, where->alignment, 1);
    }
}

static void read_info(const struct vwr_config *c, void *into)
{
    struct vwr_blk_info *const info = into;

    info->sectors = vwr_blk_config_get_capacity(c);
    info->block_bytes = vwr_blk_config_get_blk_size(c);
    info->segment_bytes_max = vwr_blk_config_get_size_max(c);
    info->segments_max = vwr_blk_config_get_seg_max(c);
    info->write_cache = vwr_blk_config_get_writeback(c);
    if (VWR_WITH_ASYNC) {
        info->queues = vwr_blk_config_get_num_queues(c);
        read_limits(c, info->limit);
    }
    if (VWR_WITH_ZONED) {
        info->zone_sectors = vwr_blk_config_get_zoned_zone_sectors(c);
        info->zone_model = vwr_blk_config_get_zoned_model(c);
        info->write_granularity = vwr_blk_config_get_zoned_write_granularity(c);
    }
}

/* What the configuration says is the device's word: what later code divides or masks by is checked here. */
static int check_info(struct vwr_blk *b)
{
    const uint32_t block = b->info.block_bytes;

    if (block < VWR_BLK_SECTOR_BYTES || block > BLOCK_MAX || (block & (block - 1)) != 0)
        return vwr_dev_give_up(b->dev, VWR_FAULT_BLK_SIZE, 0, block);
    if (VWR_WITH_ZONED && b->info.zone_model == VWR_BLK_Z_NONE)
        b->info.zone_sectors = 0;
    else if (VWR_WITH_ZONED && b->info.zone_sectors == 0)
        return vwr_dev_give_up(b->dev, VWR_FAULT_BLK_ZONE_SECTORS, b->info.zone_model, 0);
    /* It refuses writes as soon as it offers RO. Section: Block Device / Device Operation. */
    b->info.read_only = vwr_features_have(&b->dev->offered, VWR_BLK_F_RO);
    b->block_mask = block / VWR_BLK_SECTOR_BYTES - 1;
    b->piece_bytes_max = b->info.segment_bytes_max;
    if (b->piece_bytes_max - 1 >= PIECE_MAX) /* 0: it does not say */
        b->piece_bytes_max = PIECE_MAX;
    b->pieces_max = b->info.segments_max;
    if (b->pieces_max == 0) /* it does not say, so nothing but one is sure to work */
        b->pieces_max = 1;
    if (b->pieces_max > VWR_BLK_SEGMENTS)
        b->pieces_max = VWR_BLK_SEGMENTS;
    return VWR_OK;
}

static int add_queue(struct vwr_blk *b, unsigned index, struct vwr_blk_requestq *q,
                     const struct vwr_queue_memory *m)
{
    const size_t slots = blk_requests(b) * VWR_BLK_SLOT_BYTES((size_t)b->options.pieces);
    int r;

    q->blk = b;
    if (VWR_WITH_ASYNC)
        q->free = NULL;
    q->slot_count = 0; /* until they are there: close looks at them after an open that went wrong too */
    r = vwr_dev_add_queue(b->dev, index, &q->queue, m, slots + VWR_BLK_SMALL_BYTES);
    if (r != VWR_OK)
        return r;
    if (q->queue.size <= 2)
        return vwr_dev_give_up(b->dev, VWR_FAULT_QUEUE_SIZE, index, q->queue.size);
    return vwr_blk_make_slots(q, m);
}

static int add_queues(struct vwr_blk *b)
{
    int r = add_queue(b, VWR_BLK_QUEUE_REQUESTQ, &b->first, &b->memory);

    b->queue_count = 1;
    while (VWR_WITH_ASYNC && r == VWR_OK && b->queue_count <= b->options.more_count &&
           b->queue_count < b->info.queues) {
        const struct vwr_blk_more *const more = &b->options.more[b->queue_count - 1];

        r = add_queue(b, VWR_BLK_QUEUE_REQUESTQ + b->queue_count, more->queue, &more->memory);
        if (r == VWR_OK)
            b->queue_count++;
    }
    return r;
}

/* Agrees on features; `is_reset`: nobody has touched the device since its reset. */
static int agree(struct vwr_blk *b, bool is_reset)
{
    const bool no_zones = VWR_WITH_ZONED && vwr_dev_is_legacy(b->dev);
    const struct vwr_wish wish = {no_zones ? &wanted_legacy : &wanted, &b->options.need, &b->options.avoid,
                                  NULL, VWR_BLK_FEATURE_RULE_COUNT};

    VWR_STATIC_ASSERT(VWR_BLK_FEATURE_RULE_COUNT == 0,
                      "features of a disk have rules now: give them to wish");
    vwr_zero(&b->info, sizeof(b->info)); /* padding too: what is read is compared */
    return (VWR_WITH_RECOVERY || VWR_WITH_ZONED || VWR_WITH_ASYNC) && is_reset
               ? vwr_dev_agree(b->dev, &wish)
               : vwr_dev_negotiate(b->dev, &wish);
}

int vwr_blk_agree(struct vwr_blk *b)
{
    return agree(b, true);
}

int vwr_blk_try_info(struct vwr_blk *b)
{
    return vwr_dev_try_config(b->dev, read_info, &b->info, sizeof(b->info));
}

static int read_all(struct vwr_blk *b)
{
    return vwr_dev_read_config(b->dev, read_info, &b->info, sizeof(b->info));
}

bool vwr_blk_must_agree_again(struct vwr_blk *b)
{
    if (!VWR_WITH_ZONED || b->info.zone_model != VWR_BLK_Z_HM || !vwr_dev_has(b->dev, VWR_BLK_F_DISCARD))
        return false;
    vwr_features_add(&b->options.avoid, VWR_BLK_F_DISCARD);
    return true;
}

int vwr_blk_start_queues(struct vwr_blk *b)
{
    int r = check_info(b);

    if (r == VWR_OK)
        r = add_queues(b);
    return r == VWR_OK ? vwr_dev_start(b->dev) : r;
}

/* From reset to DRIVER_OK; waits for the resets. */
static int start_device(struct vwr_blk *b)
{
    int r = agree(b, false);

    if (r == VWR_OK)
        r = read_all(b);
    if (VWR_WITH_ZONED && r == VWR_OK && vwr_blk_must_agree_again(b)) {
        r = vwr_dev_reset(b->dev);
        if (r == VWR_OK)
            r = vwr_blk_agree(b);
        if (r == VWR_OK)
            r = read_all(b);
    }
    return r == VWR_OK ? vwr_blk_start_queues(b) : r;
}

static void set_options(struct vwr_blk *b, const struct vwr_blk_options *options)
{
    if (options != NULL)
        vwr_copy(&b->options, options, sizeof(*options));
    b->timeout_us = b->options.timeout_us != 0 ? b->options.timeout_us : VWR_BLK_TIMEOUT_US;
    if (VWR_WITH_ASYNC && b->options.requests == 0)
        b->options.requests = 1;
    if (b->options.pieces == 0)
        b->options.pieces = 1;
    if (VWR_WITH_ASYNC && b->options.spin == 0)
        b->options.spin = VWR_BLK_SPIN;
}

int vwr_blk_open(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                 const struct vwr_blk_options *options)
{
    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(b, sizeof(*b));
    b->dev = d;
    if (d->type != VWR_BLK_ID)
        return vwr_dev_note(d, VWR_FAULT_TYPE, VWR_BLK_ID, d->type);
    vwr_copy(&b->memory, m, sizeof(*m));
    set_options(b, options);
    if (VWR_WITH_ASYNC)
        b->first.done_end = &b->first.done;
    for (unsigned i = 0; VWR_WITH_ASYNC && i < b->options.more_count; i++) {
        struct vwr_blk_requestq *const q = b->options.more[i].queue;

        vwr_zero(q, sizeof(*q));
        q->done_end = &q->done;
    }
    return start_device(b);
}

int vwr_blk_close(struct vwr_blk *b)
{
    int r = vwr_dev_reset(b->dev);

    if (r != VWR_OK)
        return r;
    b->req.slot = NULL;
    for (unsigned i = 0; VWR_WITH_ASYNC && i < b->queue_count; i++) {
        struct vwr_blk_requestq *const q = vwr_blk_get_queue(b, i);

        for (unsigned k = 0; k < q->slot_count; k++) {
            struct vwr_blk_req *const req = q->slots[k].req;

            if (req != NULL) {
                req->result = VWR_ERESET;
                req->slot = NULL;
            }
        }
        for (; q->replay != NULL; q->replay = q->replay->next) {
            q->replay->result = VWR_ERESET;
            q->replay->slot = NULL;
        }
        for (; q->done != NULL; q->done = q->done->next)
            q->done->parked = false; /* those have a result */
        q->done_end = &q->done;
    }
    b->queue_count = 0;
    return VWR_OK;
}
