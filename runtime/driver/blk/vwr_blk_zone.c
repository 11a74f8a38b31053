/* SPDX-License-Identifier: MIT */
#include "vwr/blk_zone.h"
#include "blk_common.h"

/* Zone requests. vwr_blk_submit() validates them by type. */

int vwr_blk_zone_do(struct vwr_blk *b, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    const int r = blk_can_wait(b);

    if (r != VWR_OK)
        return r;
    vwr_blk_fill(&b->req, type, sector, p, bytes);
    return vwr_blk_do(&b->first, &b->req);
}

int vwr_blk_report_zones(struct vwr_blk *b, uint64_t sector, struct vwr_blk_zone_report *report, size_t bytes)
{
    const size_t room = bytes / sizeof(report->zones[0]);
    uint64_t zones;
    size_t written;
    int r;

    VWR_STATIC_ASSERT(sizeof(*report) == sizeof(report->zones[0]), "the header has the size of a zone");
    if (room < 2)
        return VWR_ENOMEM;
    vwr_zero(report, room * sizeof(report->zones[0]));
    r = vwr_blk_zone_do(b, VWR_BLK_T_ZONE_REPORT, sector, report, room * sizeof(report->zones[0]));
    if (r != VWR_OK)
        return r;
    written = vwr_blk_report_bytes(&b->req.req) / sizeof(report->zones[0]);
    zones = vwr_le64_to_cpu(*(volatile vwr_le64 *)&report->nr_zones);
    if (written == 0 && zones == 0) /* the report does not even contain the zone of `sector` */
        return vwr_request_note(&b->first.requests, VWR_FAULT_REQUEST_STATUS, VWR_BLK_T_ZONE_REPORT,
                                b->req.req.status);
    if (written == 0) /* the device does not report how much it has written */
        written = room;
    return (int)(zones < written - 1 ? zones : written - 1);
}

int vwr_blk_zone_append(struct vwr_blk *b, uint64_t sector, const void *buffer, uint32_t count, uint64_t *at)
{
    int r = vwr_blk_zone_do(b, VWR_BLK_T_ZONE_APPEND, sector, (void *)(uintptr_t)buffer,
                            (size_t)count * VWR_BLK_SECTOR_BYTES);

    if (r == VWR_OK)
        *at = b->req.req.more;
    return r;
}
