/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_RULES_H
#define VWR_BLK_RULES_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/tables.h"
#include "vwr/gen/blk.h"

VWR_BEGIN_C

/*
 * What the specification asks of a block request, over the generated tables: the driver side checks a request
 * before it is sent, the device side one that has come. Nothing here belongs to a disk, and nothing is
 * changed. Context: any; no call waits, and each loop goes over the rows of one table.
 * Section: Block Device / Device Operation.
 */

/* The row of a request type in vwr_blk_requests; NULL: the specification has no such type. */
const struct vwr_request *vwr_blk_request_row(uint32_t type);

/* Which row of vwr_blk_request_limits a type has; VWR_BLK_REQUEST_LIMIT_COUNT: none. */
unsigned vwr_blk_limit_row(uint32_t type);

/*
 * Does a disk with these features have requests of this type? VWR_OK; VWR_EUNSUPP: `row` is NULL, the version
 * has no such requests, the feature was not negotiated, or it carries SCSI commands, which neither side has;
 * VWR_EROFS: the disk is read-only.
 */
VWR_MUST_CHECK int vwr_blk_check_type(const struct vwr_request *row, bool legacy,
                                      const struct vwr_features *offered,
                                      const struct vwr_features *accepted);

/*
 * Data of `bytes` bytes with a request. VWR_OK; VWR_EINVAL: some where the type has none, or none where it
 * has some; VWR_EALIGN: not a multiple of the type's unit. `exact` is not checked: it binds the driver alone.
 */
VWR_MUST_CHECK int vwr_blk_check_data(const struct vwr_request *row, uint64_t bytes);

/* Are the data of a request with this row ranges of sectors? NULL: no. */
static inline bool vwr_blk_has_ranges(const struct vwr_request *row)
{
    return row != NULL && row->unit == sizeof(struct vwr_blk_discard_write_zeroes);
}

/* Is it a write that is answered with where in a zone it went? In a build without zones none is. */
static inline bool vwr_blk_is_append(uint32_t type)
{
    return VWR_WITH_ZONED && type == VWR_BLK_T_ZONE_APPEND;
}

/*
 * `count` sectors from `sector` on, of a disk of `sectors`. block_mask: sectors of a block - 1. VWR_OK;
 * VWR_ERANGE: beyond the end; VWR_EALIGN: not whole blocks.
 */
static inline int vwr_blk_check_sectors(uint64_t sector, uint64_t count, uint64_t sectors,
                                        uint32_t block_mask)
{
    if (count > sectors || sector > sectors - count)
        return VWR_ERANGE;
    return ((sector | count) & block_mask) != 0 ? VWR_EALIGN : VWR_OK;
}

/*
 * One range of a DISCARD, WRITE_ZEROES or SECURE_ERASE, which has at most `most` sectors: as
 * vwr_blk_check_sectors; VWR_EINVAL: it has none.
 */
VWR_MUST_CHECK int vwr_blk_check_range(uint64_t sector, uint32_t count, uint32_t most, uint64_t sectors,
                                       uint32_t block_mask);

/* Its flags, in the CPU's byte order: VWR_OK; VWR_EUNSUPP: one that the type does not have. */
VWR_MUST_CHECK int vwr_blk_check_range_flags(uint32_t type, uint32_t flags);

VWR_END_C

#endif
