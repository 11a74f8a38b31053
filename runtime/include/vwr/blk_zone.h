/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_ZONE_H
#define VWR_BLK_ZONE_H

#include "vwr/blk.h"

VWR_BEGIN_C

/*
 * Zones of a disk that has them: b->info.zone_sectors is not 0. The calls wait, as those of blk.h;
 * without waiting the same requests go through vwr_blk_submit. All answer VWR_EUNSUPP where the disk
 * has no zones, VWR_EALIGN if `sector` does not begin a zone, VWR_EZONE if the zone does not allow it
 * (vwr_blk_explain says why), else as vwr_blk_read. Section: Block Device / Device Operation.
 */

/* A zone, in the host's byte order; sectors of 512 bytes. */
struct vwr_blk_zone {
    uint64_t start;
    uint64_t capacity;      /* usable sectors */
    uint64_t write_pointer; /* where the next write goes */
    uint8_t type;           /* VWR_BLK_ZT_... */
    uint8_t state;          /* VWR_BLK_ZS_... */
};

/*
 * Reports the zones from the one that has `sector` on into report[0 .. bytes), memory as for
 * vwr_blk_read with room for one zone at least: how many of them are there now, at most as fit.
 * They are read with vwr_blk_zone_get. Errors as vwr_blk_do.
 */
VWR_MUST_CHECK int vwr_blk_report_zones(struct vwr_blk *b, uint64_t sector,
                                        struct vwr_blk_zone_report *report, size_t bytes);
#define VWR_BLK_ZONE_REPORT_BYTES(zones) \
    (sizeof(struct vwr_blk_zone_report) + (size_t)(zones) * sizeof(struct vwr_blk_zone_descriptor))

/*
 * vwr_blk_report_bytes() - bytes that a report has, in a request that is done
 * @req: a ZONE_REPORT
 *
 * The used length has no status where the report is shorter than its buffer; a byte is missing then.
 *
 * Context: whoever owns the request.
 * Return: bytes of the head and of whole zones; 0: the device does not say.
 */
static inline uint32_t vwr_blk_report_bytes(const struct vwr_req *req)
{
    return (uint32_t)(req->written + 1u) & ~((uint32_t)sizeof(struct vwr_blk_zone_descriptor) - 1u);
}

/* Zone `index` of a report, below what vwr_blk_report_zones has answered. */
static inline struct vwr_blk_zone vwr_blk_zone_get(const struct vwr_blk_zone_report *report, unsigned index)
{
    const struct vwr_blk_zone_descriptor *const from = &report->zones[index];
    struct vwr_blk_zone z;

    z.start = vwr_le64_to_cpu(from->z_start);
    z.capacity = vwr_le64_to_cpu(from->z_cap);
    z.write_pointer = vwr_le64_to_cpu(from->z_wp);
    z.type = from->z_type;
    z.state = from->z_state;
    return z;
}

/*
 * What the request of that name, or type, does with the zone that begins at `sector`, or with all; bytes[]
 * are its data. Results as vwr_blk_do.
 */
VWR_MUST_CHECK int vwr_blk_zone_do(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes);
VWR_MUST_CHECK static inline int vwr_blk_zone_open(struct vwr_blk *b, uint64_t sector)
{
    return vwr_blk_zone_do(b, VWR_BLK_T_ZONE_OPEN, sector, NULL, 0);
}
VWR_MUST_CHECK static inline int vwr_blk_zone_close(struct vwr_blk *b, uint64_t sector)
{
    return vwr_blk_zone_do(b, VWR_BLK_T_ZONE_CLOSE, sector, NULL, 0);
}
VWR_MUST_CHECK static inline int vwr_blk_zone_finish(struct vwr_blk *b, uint64_t sector)
{
    return vwr_blk_zone_do(b, VWR_BLK_T_ZONE_FINISH, sector, NULL, 0);
}
VWR_MUST_CHECK static inline int vwr_blk_zone_reset(struct vwr_blk *b, uint64_t sector)
{
    return vwr_blk_zone_do(b, VWR_BLK_T_ZONE_RESET, sector, NULL, 0);
}
VWR_MUST_CHECK static inline int vwr_blk_zone_reset_all(struct vwr_blk *b)
{
    return vwr_blk_zone_do(b, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0);
}

/*
 * Writes `count` sectors at the write pointer of the zone that begins at `sector`; *at is where they went.
 * Results as vwr_blk_do.
 */
VWR_MUST_CHECK int vwr_blk_zone_append(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count,
                                       uint64_t *at);

VWR_END_C

#endif
