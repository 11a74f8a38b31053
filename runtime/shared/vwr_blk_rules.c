/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/blk_rules.h"

/* Validation of block requests, shared by driver and device. */

const struct vwr_request *vwr_blk_request_row(uint32_t type)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++)
        if (vwr_blk_requests[i].type == type)
            return &vwr_blk_requests[i];
    return NULL;
}

unsigned vwr_blk_limit_row(uint32_t type)
{
    unsigned i = 0;

    while (i < VWR_BLK_REQUEST_LIMIT_COUNT && vwr_blk_request_limits[i].type != type)
        i++;
    return i;
}

int vwr_blk_check_type(const struct vwr_request *row, bool legacy, const struct vwr_features *offered,
                       const struct vwr_features *accepted)
{
    if (row == NULL || (row->versions & (legacy ? VWR_LEGACY : VWR_MODERN)) == 0 ||
        row->payload == VWR_PAYLOAD_BOTH)
        return VWR_EUNSUPP;
    if (row->feature != VWR_FEATURE_NONE && !vwr_features_have(accepted, row->feature))
        return VWR_EUNSUPP;
    /* VIRTIO_BLK_F_RO takes effect even if the driver has not accepted it. */
    if (row->refused_by != VWR_FEATURE_NONE && vwr_features_have(offered, row->refused_by))
        return VWR_EROFS;
    return VWR_OK;
}

int vwr_blk_check_data(const struct vwr_request *row, uint64_t bytes)
{
    if ((bytes != 0) != (row->payload != VWR_PAYLOAD_NONE))
        return VWR_EINVAL;
    return row->unit != 0 && vwr_remainder(bytes, row->unit) != 0 ? VWR_EALIGN : VWR_OK;
}

int vwr_blk_check_range(uint64_t sector, uint32_t count, uint32_t most, uint64_t sectors, uint32_t block_mask)
{
    if (count == 0)
        return VWR_EINVAL;
    if (count > most)
        return VWR_ERANGE;
    return vwr_blk_check_sectors(sector, count, sectors, block_mask);
}

int vwr_blk_check_range_flags(uint32_t type, uint32_t flags)
{
    const uint32_t known =
        type == VWR_BLK_T_WRITE_ZEROES ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0u;

    return (flags & ~known) != 0 ? VWR_EUNSUPP : VWR_OK;
}
