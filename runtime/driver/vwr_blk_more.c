/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "blk_common.h"

/* Calls that wait, beyond reading and writing one buffer; and what the configuration lets change. */

/* Reads or writes segments, in as many requests as it takes. */
static int blk_transfer_vecs(struct vwr_blk *b, uint64_t sector, const struct vwr_vec *vecs, unsigned count,
                             uint32_t type)
{
    struct vwr_req *const r = &b->req.req;
    int n;

    if (!blk_is_usable(b))
        return VWR_EFAILED;
    vwr_blk_fill(&b->req, type, sector, NULL, 0);
    r->vecs = vecs;
    r->vec_count = count;
    n = vwr_request_measure(r);
    if (n == VWR_OK)
        n = vwr_blk_check_data(vwr_blk_request_row(type), r->bytes);
    if (n == VWR_OK)
        n = blk_check_sectors(b, sector, r->bytes / VWR_BLK_SECTOR_BYTES);
    return n == VWR_OK ? vwr_blk_run(b, r->bytes) : n;
}

int vwr_blk_readv(struct vwr_blk *b, uint64_t sector, const struct vwr_vec *vecs, unsigned count)
{
    return blk_transfer_vecs(b, sector, vecs, count, VWR_BLK_T_IN);
}

int vwr_blk_writev(struct vwr_blk *b, uint64_t sector, const struct vwr_vec *vecs, unsigned count)
{
    if (b->info.read_only)
        return VWR_EROFS;
    return blk_transfer_vecs(b, sector, vecs, count, VWR_BLK_T_OUT);
}

/* Requests over ranges, each as long as the device takes them. */
static int blk_ranges(struct vwr_blk *b, uint32_t type, uint64_t sector, uint64_t count, bool unmap)
{
    const struct vwr_blk_limit *const limit = blk_limit(b, type);
    uint32_t most = limit->sectors;
    int r = VWR_OK;

    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (count == 0)
        return VWR_EINVAL;
    if (count > b->info.sectors || sector > b->info.sectors - count)
        return VWR_ERANGE;
    if (limit->alignment > 1 && limit->alignment <= most) /* a hint: beyond the limit it is none */
        most -= most % limit->alignment;
    if (most == 0) /* the feature is not there */
        most = 1;
    while (r == VWR_OK && count > 0) {
        const uint32_t part = count < most ? (uint32_t)count : most;

        vwr_blk_fill_range(&b->req, type, sector, part, unmap);
        r = vwr_blk_do(&b->first, &b->req);
        sector += part;
        count -= part;
    }
    return r;
}

int vwr_blk_discard(struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    return blk_ranges(b, VWR_BLK_T_DISCARD, sector, count, false);
}

int vwr_blk_write_zeroes(struct vwr_blk *b, uint64_t sector, uint64_t count, bool unmap)
{
    return blk_ranges(b, VWR_BLK_T_WRITE_ZEROES, sector, count, unmap);
}

int vwr_blk_secure_erase(struct vwr_blk *b, uint64_t sector, uint64_t count)
{
    return blk_ranges(b, VWR_BLK_T_SECURE_ERASE, sector, count, false);
}

int vwr_blk_get_lifetime(struct vwr_blk *b, struct vwr_blk_lifetime *lifetime)
{
    const bool legacy = vwr_dev_is_legacy(b->recovery.dev);
    struct vwr_blk_lifetime *from;
    int r;

    VWR_STATIC_ASSERT(sizeof(*from) <= VWR_BLK_SMALL_BYTES, "it fits");
    if (!blk_is_usable(b))
        return VWR_EFAILED;
    from = blk_small(b);
    vwr_zero(from, sizeof(*from)); /* what the device does not write is nothing */
    vwr_blk_fill(&b->req, VWR_BLK_T_GET_LIFETIME, 0, from, sizeof(*from));
    r = vwr_blk_do(&b->first, &b->req);
    if (r != VWR_OK)
        return r;
    lifetime->pre_eol_info = vwr_guest16(legacy, from->pre_eol_info);
    lifetime->device_lifetime_est_typ_a = vwr_guest16(legacy, from->device_lifetime_est_typ_a);
    lifetime->device_lifetime_est_typ_b = vwr_guest16(legacy, from->device_lifetime_est_typ_b);
    return VWR_OK;
}

int vwr_blk_set_write_cache(struct vwr_blk *b, bool on)
{
    const struct vwr_config *const c = &b->recovery.dev->config;

    if (!blk_is_usable(b))
        return VWR_EFAILED;
    if (vwr_blk_config_set_writeback(c, on) != VWR_OK)
        return VWR_EUNSUPP;
    b->info.write_cache = vwr_blk_config_get_writeback(c);
    if (b->info.write_cache != on)
        return vwr_request_note(&b->first.requests, VWR_FAULT_BLK_CACHE, on, b->info.write_cache);
    return VWR_OK;
}

/* What may change while the disk runs. */
struct blk_changing {
    uint64_t sectors;
    uint8_t write_cache;
};

static void blk_read_changing(const struct vwr_config *c, void *into)
{
    struct blk_changing *const now = into;

    now->sectors = vwr_blk_config_get_capacity(c);
    now->write_cache = vwr_blk_config_get_writeback(c);
}

int vwr_blk_config_changed(struct vwr_blk *b)
{
    struct blk_changing now;
    int r;

    if (b->recovery.dev->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    vwr_zero(&now, sizeof(now));
    r = vwr_dev_poll_status(b->recovery.dev, &b->first.requests.fault);
    if (r == VWR_OK)
        r = vwr_dev_read_config(b->recovery.dev, blk_read_changing, &now, sizeof(now));
    if (r != VWR_OK)
        return vwr_request_stop(&b->first.requests, r);
    b->info.sectors = now.sectors;
    b->info.write_cache = now.write_cache;
    return vwr_blk_set_capacity(b);
}
