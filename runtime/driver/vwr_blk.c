/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"

/* A disk from open to close, and what it says of itself. Section: Block Device. */

#define BLK_BLOCK_MAX 65536u      /* not the specification's: bytes; a larger block size cannot be */
#define BLK_SEGMENT_MAX 67108864u /* bytes; more does no good, and the sum of a request stays below 2^32 */

#define BLK_RANGES                                                              \
    ((uint32_t)1 << VWR_BLK_F_DISCARD | (uint32_t)1 << VWR_BLK_F_WRITE_ZEROES | \
     (uint32_t)1 << VWR_BLK_F_SECURE_ERASE | (uint32_t)1 << VWR_BLK_F_LIFETIME)
#define BLK_LEFT_OUT \
    ((VWR_WITH_ZONED ? 0u : (uint32_t)1 << VWR_BLK_F_ZONED) | (VWR_WITH_RANGES ? 0u : BLK_RANGES))

static const struct vwr_features blk_wanted = {
    {VWR_BLK_FEATURES_W0 & ~BLK_LEFT_OUT, VWR_BLK_FEATURES_W1, VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};
/* The legacy interface has no zones, whatever a device offers there. */
static const struct vwr_features blk_wanted_legacy = {
    {VWR_BLK_FEATURES_W0 & ~VWR_BLK_FEATURES_MODERN_W0, 0, 0, 0}};

static uint32_t blk_read_limit(const struct vwr_config *c, uint16_t offset, uint32_t otherwise)
{
    const uint32_t v = offset != VWR_LIMIT_NONE ? vwr_config_read32(c, offset) : 0;

    return v != 0 ? v : otherwise;
}

/* Limits of those requests whose feature is negotiated: only then are they in the configuration. */
static void blk_read_limits(const struct vwr_config *c, struct vwr_blk_limit *limit)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_LIMIT_COUNT; i++) {
        const struct vwr_request_limit *const where = &vwr_blk_request_limits[i];

        if (!vwr_config_has(c, vwr_blk_request_row(where->type)->feature))
            continue;
        limit[i].segments = blk_read_limit(c, where->segments, 1);
        limit[i].sectors = blk_read_limit(c, where->sectors, 0xffffffffu);
        limit[i].alignment = blk_read_limit(c, where->alignment, 1);
    }
}

static void blk_read_info(const struct vwr_config *c, void *into)
{
    struct vwr_blk_info *const info = into;

    info->sectors = vwr_blk_config_get_capacity(c);
    info->block_bytes = vwr_blk_config_get_blk_size(c);
    info->segment_bytes_max = vwr_blk_config_get_size_max(c);
    info->segments_max = vwr_blk_config_get_seg_max(c);
    info->write_cache = vwr_blk_config_get_writeback(c);
    info->queues = vwr_blk_config_get_num_queues(c);
    if (VWR_WITH_RANGES || VWR_WITH_ZONED)
        blk_read_limits(c, info->limit);
    if (VWR_WITH_ZONED) {
        info->zone_sectors = vwr_blk_config_get_zoned_zone_sectors(c);
        info->zone_model = vwr_blk_config_get_zoned_model(c);
        info->write_granularity = vwr_blk_config_get_zoned_write_granularity(c);
    }
}

void vwr_blk_set_plain(struct vwr_blk *b)
{
    if (!VWR_FAST_PATHS) /* nothing is plain */
        return;
    b->bytes_mask = b->info.block_bytes - 1;
    b->other_types = ~(uint64_t)(b->info.read_only ? VWR_BLK_T_IN : VWR_BLK_T_OUT);
    b->plain_bytes_max = b->segment_bytes_max;
    if (b->info.sectors < b->plain_bytes_max / VWR_BLK_SECTOR_BYTES)
        b->plain_bytes_max = b->info.sectors * VWR_BLK_SECTOR_BYTES;
}

/* The configuration is the device's: what later code divides or masks by is checked here. */
static int blk_check_info(struct vwr_blk *b)
{
    const uint32_t block = b->info.block_bytes;

    if (block < VWR_BLK_SECTOR_BYTES || block > BLK_BLOCK_MAX || (block & (block - 1)) != 0)
        return vwr_dev_give_up(b->dev, VWR_FAULT_BLK_SIZE, 0, block);
    if (VWR_WITH_ZONED && b->info.zone_model == VWR_BLK_Z_NONE)
        b->info.zone_sectors = 0;
    else if (VWR_WITH_ZONED && b->info.zone_sectors == 0)
        return vwr_dev_give_up(b->dev, VWR_FAULT_BLK_ZONE_SECTORS, b->info.zone_model, 0);
    /* It refuses writes as soon as it offers RO. Section: Block Device / Device Operation. */
    b->info.read_only = vwr_features_have(&b->dev->offered, VWR_BLK_F_RO);
    b->block_mask = block / VWR_BLK_SECTOR_BYTES - 1;
    b->segment_bytes_max = b->info.segment_bytes_max;
    if (b->segment_bytes_max - 1 >= BLK_SEGMENT_MAX) /* 0: it does not say */
        b->segment_bytes_max = BLK_SEGMENT_MAX;
    b->segments_max = VWR_REQUEST_SEGMENTS;
    if (b->info.segments_max < b->segments_max) /* where it does not say, only one is sure to work */
        b->segments_max = b->info.segments_max != 0 ? (uint16_t)b->info.segments_max : 1;
    return VWR_OK;
}

/* A build without VWR_WITH_ASYNC has one queue. */
static unsigned blk_queues_wanted(const struct vwr_blk *b)
{
    return VWR_WITH_ASYNC ? 1u + b->options.more_count : 1;
}

static unsigned blk_next_queue(const struct vwr_blk *b)
{
    return VWR_WITH_ASYNC ? b->started : 0;
}

static const struct vwr_queue_memory *blk_memory(const struct vwr_blk *b, unsigned index)
{
    return index == 0 || !VWR_WITH_ASYNC ? &b->memory : &b->options.more[index - 1].memory;
}

static struct vwr_blk_requestq *blk_set_queue(struct vwr_blk *b, unsigned index)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_queue(b, index);
    struct vwr_requestq *const requests = &q->requests;

    q->blk = b;
    vwr_requestq_set_class(requests, &vwr_blk_class);
    requests->options = &b->options.request;
    requests->dev = b->dev;
    requests->irqs = &b->dev->irqs;
    requests->segment_bytes_max = b->segment_bytes_max;
    requests->segments_max = b->segments_max;
    requests->block_mask = b->info.block_bytes - 1;
    requests->slot_count = 0; /* until there are some: close visits the slots after a failed open too */
    return q;
}

int vwr_blk_set_up_queue(struct vwr_blk *b, unsigned index)
{
    struct vwr_requestq *const q = &blk_set_queue(b, index)->requests;
    const struct vwr_queue_memory *const m = blk_memory(b, index);
    const size_t slots = vwr_request_shared_bytes(&vwr_blk_class, &b->options.request);
    int r =
        vwr_dev_add_queue(b->dev, VWR_BLK_QUEUE_REQUESTQ + index, &q->queue, m, slots + VWR_BLK_SMALL_BYTES);

    if (r != VWR_OK)
        return r;
    if (q->queue.size <= 2)
        return vwr_dev_give_up(b->dev, VWR_FAULT_QUEUE_SIZE, index, q->queue.size);
    if (index == 0)
        b->small = (uint8_t *)m->shared + vwr_dev_queue_extra(b->dev, q->queue.size) + slots;
    return vwr_request_setup(q, m);
}

int vwr_blk_add_queue(struct vwr_blk *b)
{
    const unsigned before = VWR_WITH_ASYNC ? b->queue_count : 0; /* of a recovery */
    const unsigned most = before != 0 ? before : blk_queues_wanted(b);
    const unsigned index = blk_next_queue(b);
    const unsigned count = index + 1;
    int r = vwr_blk_set_up_queue(b, index);

    if (r != VWR_OK)
        return r;
    b->started = (uint16_t)count;
    if (count < most && count < b->info.queues)
        return 1;
    if (count < before) /* the device has fewer now */
        return VWR_ENOQUEUE;
    b->queue_count = count;
    b->first.requests.recovery = count == 1 ? &b->recovery : NULL;
    r = vwr_dev_start(b->dev);
    if (r == VWR_OK)
        vwr_blk_set_plain(b);
    return r;
}

/* Agrees on features; `is_reset`: nobody has accessed the device since its reset. */
static VWR_OUT_OF_LINE int blk_negotiate(struct vwr_blk *b, bool is_reset)
{
    const bool no_zones = VWR_WITH_ZONED && vwr_dev_is_legacy(b->dev);
    const struct vwr_wish wish = {no_zones ? &blk_wanted_legacy : &blk_wanted, &b->options.need,
                                  &b->options.avoid, NULL, VWR_BLK_FEATURE_RULE_COUNT};

    VWR_STATIC_ASSERT(VWR_BLK_FEATURE_RULE_COUNT == 0,
                      "features of a disk have rules now: give them to wish");
    vwr_zero(&b->info, sizeof(b->info)); /* padding too: what is read is compared */
    b->started = 0;
    b->plain_bytes_max = 0; /* until the device runs each submit is checked as a whole, and refused */
    return is_reset ? vwr_dev_agree(b->dev, &wish) : vwr_dev_negotiate(b->dev, &wish);
}

int vwr_blk_agree(struct vwr_blk *b)
{
    return blk_negotiate(b, true);
}

/*
 * Only the configuration tells that zones are host-managed, and with those DISCARD must not be taken: it is
 * to be avoided now, after a reset.
 */
static bool blk_must_agree_again(struct vwr_blk *b)
{
    if (!VWR_WITH_ZONED || b->info.zone_model != VWR_BLK_Z_HM || !vwr_dev_has(b->dev, VWR_BLK_F_DISCARD))
        return false;
    vwr_features_add(&b->options.avoid, VWR_BLK_F_DISCARD);
    return true;
}

int vwr_blk_configure(struct vwr_blk *b)
{
    const int r = vwr_dev_try_config(b->dev, blk_read_info, &b->info, sizeof(b->info));

    if (r != VWR_OK)
        return r;
    return blk_must_agree_again(b) ? VWR_ERESET : blk_check_info(b);
}

static int blk_read_config(struct vwr_blk *b)
{
    return vwr_dev_read_config(b->dev, blk_read_info, &b->info, sizeof(b->info));
}

/* From reset to DRIVER_OK; waits for the resets. */
static int blk_start(struct vwr_blk *b)
{
    int r = blk_negotiate(b, false);

    if (r == VWR_OK)
        r = blk_read_config(b);
    if (VWR_WITH_ZONED && r == VWR_OK && blk_must_agree_again(b)) {
        r = vwr_dev_reset(b->dev);
        if (r == VWR_OK)
            r = blk_negotiate(b, true);
        if (r == VWR_OK)
            r = blk_read_config(b);
    }
    if (r == VWR_OK)
        r = blk_check_info(b);
    if (r == VWR_OK)
        do
            r = vwr_blk_add_queue(b);
        while (r > 0);
    return r;
}

static void blk_set_options(struct vwr_blk *b, const struct vwr_blk_options *options)
{
    if (options != NULL)
        vwr_copy(&b->options, options, sizeof(*options));
    vwr_request_set_defaults(&b->options.request);
}

int vwr_blk_open(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                 const struct vwr_blk_options *options)
{
    if (d->state != VWR_DEV_PROBED)
        return d->state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED;
    vwr_zero(b, sizeof(*b));
    b->dev = d;
    b->recovery.dev = d;
    b->req.req.internal = 1;
    if (d->type != VWR_BLK_ID)
        return vwr_dev_note(d, VWR_FAULT_TYPE, VWR_BLK_ID, d->type);
    vwr_copy(&b->memory, m, sizeof(*m));
    blk_set_options(b, options);
    for (unsigned i = 1; i < blk_queues_wanted(b); i++)
        vwr_zero(vwr_blk_get_queue(b, i), sizeof(b->first));
    return blk_start(b);
}

int vwr_blk_close(struct vwr_blk *b)
{
    int r = vwr_dev_reset(b->dev);

    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < b->queue_count; i++)
        vwr_request_drop(&vwr_blk_get_queue(b, i)->requests);
    b->queue_count = 0;
    return VWR_OK;
}
