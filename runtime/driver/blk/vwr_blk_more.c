/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/messages/blk.h"
#include "blk_common.h"

/*
 * Blocking calls other than reads and writes of a single buffer, parts of requests, and configuration
 * changes.
 */

VWR_OUT_OF_LINE int vwr_blk_transfer_vecs(struct vwr_blk *b, uint32_t type, uint64_t sector,
                                          const struct vwr_vec *vecs, unsigned count)
{
    struct vwr_req *const r = &b->req.req;
    int n = blk_can_wait(b);

    if (n != VWR_OK)
        return n;
    if (type > VWR_BLK_T_OUT)
        return VWR_EINVAL;
    vwr_blk_fill(&b->req, type, sector, NULL, 0);
    r->vecs = vecs;
    r->vec_count = count;
    n = vwr_blk_check_(b, &b->req);
    return n == VWR_OK ? vwr_request_transfer(&b->first.requests, r, r->bytes)
                       : vwr_blk_refuse_(&b->first, &b->req, n);
}

/* Splits the range according to the device's limits. */
int vwr_blk_do_ranges(struct vwr_blk *b, uint32_t type, uint64_t sector, uint64_t count, bool unmap)
{
    const struct vwr_blk_limit *const limit = blk_limit(b, type);
    int r = blk_can_wait(b);
    uint32_t most;

    if (r != VWR_OK)
        return r;
    if (!vwr_blk_has_ranges(vwr_blk_request_row(type)) || count == 0) /* each type with ranges has limits */
        return VWR_EINVAL;
    most = limit->sectors;
    if (count > b->info.sectors || sector > b->info.sectors - count)
        return VWR_ERANGE;
    if (limit->alignment > 1 && limit->alignment <= most) /* a hint: ignored if larger than the limit */
        most -= vwr_remainder(most, limit->alignment);
    if (most == 0) /* the feature is not negotiated */
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

int vwr_blk_get_lifetime(struct vwr_blk *b, struct vwr_blk_get_lifetime_answer *lifetime)
{
    struct vwr_blk_get_lifetime_answer_form form;
    int r = blk_can_wait(b);
    void *answer = NULL;

    VWR_STATIC_ASSERT(sizeof(form.lifetime) <= VWR_BLK_SMALL_BYTES, "it fits");
    if (r != VWR_OK)
        return r;
    if (!vwr_dev_has(b->bringup.dev, VWR_BLK_F_LIFETIME))
        return VWR_EUNSUPP;
    r = blk_ask(b, VWR_BLK_T_GET_LIFETIME, &answer, sizeof(form.lifetime));
    if (r != VWR_OK)
        return r;
    vwr_copy(&form.lifetime, answer, sizeof(form.lifetime));
    vwr_blk_get_lifetime_answer_decode(&form, vwr_dev_is_legacy(b->bringup.dev), lifetime);
    return VWR_OK;
}

int vwr_blk_set_write_cache(struct vwr_blk *b, bool on)
{
    const int r = blk_can_wait(b);
    const struct vwr_config *c;

    if (r != VWR_OK)
        return r;
    c = &b->bringup.dev->config;
    if (vwr_blk_config_set_writeback(c, on) != VWR_OK)
        return VWR_EUNSUPP;
    b->info.write_cache = vwr_blk_config_get_writeback(c);
    if (b->info.write_cache != on)
        return vwr_request_note(&b->first.requests, VWR_FAULT_BLK_CACHE, on, b->info.write_cache);
    return VWR_OK;
}

int vwr_blk_config_changed(struct vwr_blk *b)
{
    struct vwr_blk_info now;
    const int r = vwr_bringup_read_info(&b->bringup, &now);

    if (r != VWR_OK)
        return r;
    b->info.sectors = now.sectors;
    b->info.write_cache = now.write_cache;
    return vwr_blk_set_capacity_(b);
}

int vwr_blk_flush(struct vwr_blk *b)
{
    const int r = blk_can_wait(b);

    if (r != VWR_OK)
        return r;
    if (!vwr_dev_has(b->bringup.dev, VWR_BLK_F_FLUSH)) /* without the feature there is no volatile cache */
        return VWR_OK;
    return vwr_blk_run_(b, VWR_BLK_T_FLUSH, 0, NULL, 0);
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    void *answer = NULL;
    int r;

    VWR_STATIC_ASSERT(VWR_BLK_GET_ID_BYTES <= VWR_BLK_SMALL_BYTES, "the id fits");
    id[0] = '\0';
    r = blk_ask(b, VWR_BLK_T_GET_ID, &answer, VWR_BLK_GET_ID_BYTES);
    if (r != VWR_OK)
        return r;
    vwr_copy(id, answer, VWR_BLK_GET_ID_BYTES);
    id[VWR_BLK_GET_ID_BYTES] = '\0';
    return VWR_OK;
}

int vwr_blk_submit_part(struct vwr_blk_requestq *q, struct vwr_blk_req *r, uint64_t offset, uint64_t *bytes)
{
    const int result = r->type <= VWR_BLK_T_OUT ? vwr_blk_can_submit_(q, r) : VWR_EINVAL;

    return result == VWR_OK ? vwr_request_submit_part(&q->requests, &r->req, offset, bytes) : result;
}
