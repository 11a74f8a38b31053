/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Block device: opening, recovery and closing, and configuration. Section: Block Device. */

#define BLK_BLOCK_MAX 65536u /* maximum block size in bytes */
/*
 * in bytes; larger segments would not improve performance, and the total size of a request stays below 2^32
 */
#define BLK_SEGMENT_MAX 67108864u

#define BLK_RANGES                                                              \
    ((uint32_t)1 << VWR_BLK_F_DISCARD | (uint32_t)1 << VWR_BLK_F_WRITE_ZEROES | \
     (uint32_t)1 << VWR_BLK_F_SECURE_ERASE | (uint32_t)1 << VWR_BLK_F_LIFETIME)
#define BLK_LEFT_OUT \
    ((VWR_WITH_ZONED ? 0u : (uint32_t)1 << VWR_BLK_F_ZONED) | (VWR_WITH_RANGES ? 0u : BLK_RANGES))

static uint32_t blk_read_limit(const struct vwr_config *c, uint16_t offset, uint32_t otherwise)
{
    const uint32_t v = offset != VWR_LIMIT_NONE ? vwr_config_read32(c, offset) : 0;

    return v != 0 ? v : otherwise;
}

/* Limits for the request types whose feature is negotiated. The configuration space contains only these. */
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

/* Conditions of the fast path. */
static void blk_set_plain(const struct vwr_blk *b, struct vwr_blk_requestq *q)
{
    const uint32_t most = q->requests.segment_bytes_max / VWR_BLK_SECTOR_BYTES;
    const uint32_t array = ~(uint32_t)0 / 2u / VWR_BLK_SECTOR_BYTES;

    q->plain.mask = b->block_mask | 3ull << 62; /* larger numbers could overflow in sums */
    q->plain.kind_max = b->info.read_only ? VWR_BLK_T_IN : VWR_BLK_T_OUT;
    q->plain.sectors = b->info.sectors;
    q->plain.sectors_max = b->info.sectors < most ? b->info.sectors : most;
    q->plain.array_max = b->info.sectors < array ? b->info.sectors : array;
    q->plain.flush = vwr_dev_has(b->bringup.dev, VWR_BLK_F_FLUSH);
}

bool vwr_blk_set_capacity_(struct vwr_blk *b)
{
    const uint64_t before = b->sectors_before;

    b->sectors_before = b->info.sectors;
    for (unsigned i = 0; VWR_BINDS_CHAINS && i < b->queue_count; i++)
        blk_set_plain(b, vwr_blk_get_requestq(b, i));
    if (b->info.sectors == before)
        return false;
    if (b->options.resized != NULL)
        b->options.resized(b->options.context, b, before);
    return true;
}

/* Validates configuration values that later code uses as divisors or masks. */
static int blk_check_info(struct vwr_blk *b)
{
    const uint32_t block = b->info.block_bytes;

    if (block < VWR_BLK_SECTOR_BYTES || block > BLK_BLOCK_MAX || (block & (block - 1)) != 0)
        return vwr_dev_give_up(b->bringup.dev, VWR_FAULT_BLK_SIZE, 0, block);
    if (!blk_has_zones(b))
        b->info.zone_sectors = 0;
    else if (b->info.zone_sectors == 0)
        return vwr_dev_give_up(b->bringup.dev, VWR_FAULT_BLK_ZONE_SECTORS, b->info.zone_model, 0);
    /*
     * If the device offers RO, it rejects writes, even if RO is not negotiated. Section: Block Device /
     * Device Operation.
     */
    b->info.read_only = vwr_features_have(&b->bringup.dev->offered, VWR_BLK_F_RO);
    b->block_mask = block / VWR_BLK_SECTOR_BYTES - 1;
    return VWR_OK;
}

static int blk_configure(struct vwr_bringup *v)
{
    struct vwr_blk *const b = (void *)v;

    VWR_STATIC_ASSERT(VWR_BLK_FEATURE_RULE_COUNT == 0, "disk features have rules now: add these rules below");
    /*
     * DISCARD must not be negotiated with host-managed zones, but the zone model is known only from the
     * configuration. Therefore, reset the device and negotiate again without DISCARD.
     */
    if (blk_has_zones(b) && b->info.zone_model == VWR_BLK_Z_HM && vwr_dev_has(v->dev, VWR_BLK_F_DISCARD)) {
        vwr_features_add(&b->options.avoid, VWR_BLK_F_DISCARD);
        return VWR_ERESET;
    }
    /* open uses as many queues as both sides support; a recovery does not change their number. */
    if (b->queue_count == 0) {
        const unsigned most = b->info.queues != 0 ? b->info.queues : 1;
        const unsigned wanted = VWR_WITH_ASYNC ? 1u + b->options.more_count : 1;

        b->queue_count = wanted < most ? wanted : most;
        b->sectors_before = b->info.sectors;
    }
    return blk_check_info(b);
}

static int blk_set_up(struct vwr_bringup *v, unsigned call)
{
    const unsigned n = VWR_WITH_ASYNC ? call : 0;
    struct vwr_blk *const b = (void *)v;
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(b, n);
    struct vwr_requestq *const requests = &q->requests;
    int r;

    if (n != 0 && n >= b->info.queues) /* during recovery: the device has fewer queues now */
        return VWR_ENOQUEUE;
    q->blk = b;
    requests->block_mask = b->info.block_bytes - 1;
    requests->segment_bytes_max = b->info.segment_bytes_max;
    if (b->info.segment_bytes_max - 1 >= BLK_SEGMENT_MAX) /* 0: no limit (quirk blk.size-max-0) */
        requests->segment_bytes_max = BLK_SEGMENT_MAX;
    /* 0: the device reports no limit, so only 1 is guaranteed */
    requests->segments_max = b->info.segments_max != 0 ? b->info.segments_max : 1;
    if (VWR_BINDS_CHAINS)
        blk_set_plain(b, q);
    r = vwr_request_setup(requests, v, VWR_BLK_QUEUE_REQUESTQ + n, &vwr_blk_class, &requests->memory,
                          &b->options.request);
    return r == VWR_OK && n + 1 < b->queue_count ? 1 : r;
}

static void blk_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_blk *const b = (void *)v;

    if (VWR_WITH_RECOVERY && event == VWR_BRINGUP_RUNS)
        (void)vwr_blk_set_capacity_(b);
    if (event == VWR_BRINGUP_CLOSED)
        b->queue_count = 0;
}

static const struct vwr_features blk_want = {
    {VWR_BLK_FEATURES_W0 & ~BLK_LEFT_OUT, VWR_BLK_FEATURES_W1, VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};

const struct vwr_bringup_class vwr_blk_bringup = {
    VWR_BRINGUP_CLASS(VWR_BLK_ID, vwr_blk, info),
    .want = &blk_want,
    .read = blk_read_info,
    .configure = blk_configure,
    .set_up = blk_set_up,
    .event = blk_event,
    .needs = vwr_blk_config_needs,
};

int vwr_blk_open_(struct vwr_blk *b, struct vwr_dev *d, const struct vwr_queue_memory *m,
                  const struct vwr_blk_options *options, uint16_t requests, uint16_t segments)
{
    struct vwr_bringup *const v = &b->bringup;
    const int r = vwr_bringup_begin(v, &vwr_blk_bringup, d);

    if (r != VWR_OK)
        return r;
    if (options != NULL && !VWR_ARRAY_FITS(&d->shortage, options, more, more_count, options->more_count))
        return vwr_dev_note_shortage(d);
    b->req.req.internal = 1;
    vwr_copy(&b->first.requests.memory, m, sizeof(*m));
    if (options != NULL)
        vwr_copy(&b->options, options, sizeof(*options));
    if (VWR_WITH_ASYNC && b->options.request.requests == 0)
        b->options.request.requests = requests;
    if (VWR_WITH_INDIRECT && b->options.request.segments == 0)
        b->options.request.segments = segments;
    vwr_request_set_defaults(&b->options.request);
    if (VWR_WITH_ZONED && vwr_dev_is_legacy(d)) /* a legacy device has no zones, even if it offers them */
        vwr_features_add(&b->options.avoid, VWR_BLK_F_ZONED);
    v->need = &b->options.need;
    v->avoid = &b->options.avoid;
    for (unsigned i = 0; VWR_WITH_ASYNC && i < b->options.more_count; i++) {
        const struct vwr_blk_more *const more = &b->options.more[i];

        vwr_zero(more->queue, sizeof(*more->queue));
        vwr_copy(&more->queue->requests.memory, &more->memory, sizeof(more->memory));
    }
    return vwr_bringup_open(v);
}
