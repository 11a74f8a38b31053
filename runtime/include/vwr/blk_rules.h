/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_RULES_H
#define VWR_BLK_RULES_H

#include "vwr/gen/blk.h"

VWR_BEGIN_C

/**
 * DOC: Rules for requests of a disk
 *
 * These functions check a request against the rules of the specification, which are in the generated tables.
 * The driver side checks a request before sending it, the device side after receiving it. The results depend
 * only on the arguments. Each loop visits the rows of one table.
 *
 * Section: Block Device / Device Operation.
 */

/**
 * vwr_blk_request_row() - Look up a request type
 * @type: VWR_BLK_T_*.
 *
 * Return: The row of the type in vwr_blk_requests, or NULL if there is no such type.
 */
const struct vwr_request *vwr_blk_request_row(uint32_t type);

/**
 * vwr_blk_limit_row() - Look up the limits of a request type
 * @type: VWR_BLK_T_*.
 *
 * Return: Index in vwr_blk_request_limits, or VWR_BLK_REQUEST_LIMIT_COUNT if the type has no
 *   limits.
 */
unsigned vwr_blk_limit_row(uint32_t type);

/**
 * vwr_blk_check_type() - Test whether a disk supports a request type
 * @row: Row of the type, or NULL.
 * @legacy: true for a legacy device.
 * @offered: Offered features.
 * @accepted: Negotiated features.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: @row is NULL, this version of the interface does not have the type, the type's
 *   feature was not negotiated, or the type carries SCSI commands, which neither side supports.
 * * VWR_EROFS: the disk is read-only.
 */
VWR_MUST_CHECK int vwr_blk_check_type(const struct vwr_request *row, bool legacy,
                                      const struct vwr_features *offered,
                                      const struct vwr_features *accepted);

/**
 * vwr_blk_check_data() - Check the size of a request's data
 * @row: Row of the type.
 * @bytes: Size in bytes.
 *
 * The function does not check @row->exact, which applies to the driver only.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: the data are missing, or requests of this type have no data.
 * * VWR_EALIGN: @bytes is not a multiple of the type's unit.
 */
VWR_MUST_CHECK int vwr_blk_check_data(const struct vwr_request *row, uint64_t bytes);

/**
 * vwr_blk_has_ranges() - Test whether a request's data consist of sector ranges
 * @row: Row of the type, or NULL.
 *
 * Return: true if they are; false if @row is NULL.
 */
static inline bool vwr_blk_has_ranges(const struct vwr_request *row)
{
    return row != NULL && row->unit == sizeof(struct vwr_blk_discard_write_zeroes);
}

/**
 * vwr_blk_is_append() - Test whether a request is an append to a zone
 * @type: VWR_BLK_T_*.
 *
 * Return: true if the request is an append; always false in a build without VWR_WITH_ZONED.
 */
static inline bool vwr_blk_is_append(uint32_t type)
{
    return VWR_WITH_ZONED && type == VWR_BLK_T_ZONE_APPEND;
}

/**
 * vwr_blk_check_sectors() - Check a range of sectors
 * @sector: First sector.
 * @count: Number of sectors.
 * @sectors: Capacity of the disk in sectors.
 * @block_mask: Number of sectors per block, minus 1.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: the range extends beyond the end of the disk.
 * * VWR_EALIGN: the range does not consist of whole blocks.
 */
static inline int vwr_blk_check_sectors(uint64_t sector, uint64_t count, uint64_t sectors,
                                        uint32_t block_mask)
{
    if (count > sectors || sector > sectors - count)
        return VWR_ERANGE;
    return ((sector | count) & block_mask) != 0 ? VWR_EALIGN : VWR_OK;
}

/**
 * vwr_blk_check_range() - Check a range of a DISCARD, WRITE_ZEROES or SECURE_ERASE
 * @sector: First sector.
 * @count: Number of sectors.
 * @most: Maximum number of sectors.
 * @sectors: Capacity of the disk in sectors.
 * @block_mask: Number of sectors per block, minus 1.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: @count is 0.
 * * VWR_ERANGE: @count exceeds @most, or the range extends beyond the end of the disk.
 * * VWR_EALIGN: the range does not consist of whole blocks.
 */
VWR_MUST_CHECK int vwr_blk_check_range(uint64_t sector, uint32_t count, uint32_t most, uint64_t sectors,
                                       uint32_t block_mask);

/**
 * vwr_blk_check_range_flags() - Check the flags of a range
 * @type: VWR_BLK_T_*.
 * @flags: Flags in CPU order.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: @flags contains a flag that is not defined for the type.
 */
VWR_MUST_CHECK int vwr_blk_check_range_flags(uint32_t type, uint32_t flags);

VWR_END_C

#endif
