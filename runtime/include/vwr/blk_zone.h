/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_ZONE_H
#define VWR_BLK_ZONE_H

#include "vwr/blk.h"

VWR_BEGIN_C

/**
 * DOC: Zoned disks, driver side
 *
 * These functions are for zoned disks, for which b->info.zone_sectors is not 0. They block, like the
 * functions of vwr/blk.h. vwr_blk_submit() submits the same requests without waiting.
 *
 * Section: Block Device / Device Operation.
 */

/**
 * vwr_blk_report_zones() - Report zones and wait
 * @b: Open disk.
 * @sector: A sector of the first zone to report.
 * @report: Buffer for at least one zone, aligned as vwr_blk_read() requires. The values in the report are
 *   little-endian (use vwr_le64_to_cpu()).
 * @bytes: Size of the buffer in bytes.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: The number of zones in the buffer. Errors: the same as vwr_blk_do().
 * * VWR_EUNSUPP: the disk has no zones.
 */
VWR_MUST_CHECK int vwr_blk_report_zones(struct vwr_blk *b, uint64_t sector,
                                        struct vwr_blk_zone_report *report, size_t bytes);

/**
 * VWR_BLK_ZONE_REPORT_BYTES() - Size of a report in bytes
 * @zones: Number of zones.
 */
#define VWR_BLK_ZONE_REPORT_BYTES(zones) \
    (sizeof(struct vwr_blk_zone_report) + (size_t)(zones) * sizeof(struct vwr_blk_zone_descriptor))

/**
 * vwr_blk_report_bytes() - Get the size of the report in a completed request
 * @req: Completed ZONE_REPORT.
 *
 * If the report is shorter than its buffer, the used length does not include the status.
 *
 * Context: The request's owner. Does not wait.
 * Return: Size in bytes of the header and of all complete zone descriptors, or 0 if the device does not
 *   report a size.
 */
static inline uint32_t vwr_blk_report_bytes(const struct vwr_req *req)
{
    return (uint32_t)(req->written + 1u) & ~((uint32_t)sizeof(struct vwr_blk_zone_descriptor) - 1u);
}

/**
 * vwr_blk_zone_do() - Send a zone management request and wait
 * @b: Open disk.
 * @type: VWR_BLK_T_ZONE_*.
 * @sector: First sector of the zone; 0 for VWR_BLK_T_ZONE_RESET_ALL.
 * @p: Data, or NULL.
 * @bytes: Size of the data in bytes.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the disk has no zones.
 * * VWR_EALIGN: @sector is not the start of a zone.
 * * VWR_EZONE: the state of the zone does not allow the request; vwr_blk_explain() describes why.
 * * Other errors: the same as vwr_blk_do().
 */
VWR_MUST_CHECK int vwr_blk_zone_do(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes);

/**
 * vwr_blk_zone_append() - Write sectors at the write pointer of a zone and wait
 * @b: Open disk.
 * @sector: First sector of the zone.
 * @buffer: See vwr_blk_read().
 * @count: Number of sectors.
 * @at: Filled in with the first sector that was written.
 *
 * Context: The owner of the disk's first queue; one call at a time. Waits until the deadline of a
 *   request, and of each replay if recovery is enabled. Not from an interrupt handler.
 * Return: The same as vwr_blk_zone_do().
 */
VWR_MUST_CHECK int vwr_blk_zone_append(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count,
                                       uint64_t *at);

VWR_END_C

#endif
