/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_SCSI_COMMON_H
#define VWR_DRIVER_SCSI_COMMON_H

#include "../core/request/request_common.h"
#include "vwr/scsi.h"

/* Shared by the files of the SCSI driver. */

#define SCSI_PAGE 4096u  /* a segment of any port has as many bytes */
#define SCSI_SECTOR 512u /* max_sectors counts these */

/* ---- vwr_scsi_request.c ---- */

extern const struct vwr_request_class vwr_scsi_class;

/* Encodes the number of a unit. false: it has none. */
bool vwr_scsi_put_unit_(uint8_t *lun, uint32_t unit);

/* Of the call that waits: memory for its data; NULL: the queue cannot be used now, *r has the reason. */
void *vwr_scsi_small_(struct vwr_scsi *s, int *r);

/* Sectors that one command moves, at any address. */
static inline uint32_t scsi_transfer_sectors(const struct vwr_scsi *s)
{
    const uint32_t pages = s->options.request.segments > 1 ? s->options.request.segments - 1u : 1;
    uint32_t most = VWR_SCSI_TRANSFER / SCSI_SECTOR;

    if (most > pages * (SCSI_PAGE / SCSI_SECTOR))
        most = pages * (SCSI_PAGE / SCSI_SECTOR);
    if (s->client.info.max_sectors != 0 && s->client.info.max_sectors < most)
        most = s->client.info.max_sectors;
    return most;
}

/* Records why a call failed; vwr_scsi_explain describes it. */
static inline int scsi_note(struct vwr_scsi *s, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_request_note(&s->first.client.requests, kind, where, got);
}

/* ---- vwr_scsi_control.c ---- */

extern const struct vwr_request_class vwr_scsi_control_class;

/* Of a recovery: subscribes again to events that a reset has ended. */
int vwr_scsi_subscribe_again_(struct vwr_bringup *v, unsigned n);

#endif
