/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_SCSI_COMMON_H
#define VWR_DRIVER_SCSI_COMMON_H

#include "../core/request/request_common.h"
#include "vwr/scsi.h"

/* Shared by the files of the SCSI driver. */

#define SCSI_PAGE 4096u  /* with any port, a segment can have at least this many bytes */
#define SCSI_SECTOR 512u /* unit of max_sectors */

/* ---- vwr_scsi_request.c ---- */

extern const struct vwr_request_class vwr_scsi_class;

/* Encodes the number of a unit. false: the number cannot be encoded. */
bool vwr_scsi_put_unit_(uint8_t *lun, uint32_t unit);

/* For a blocking call: gets memory for its data. NULL: the queue cannot be used now, for the reason in *r. */
void *vwr_scsi_small_(struct vwr_scsi *s, int *r);

/* Number of sectors that one command can transfer, at any address. */
static inline uint32_t scsi_transfer_sectors(const struct vwr_scsi *s)
{
    const uint32_t pages = s->options.request.segments > 1 ? s->options.request.segments - 1u : 1;
    uint32_t most = VWR_SCSI_TRANSFER / SCSI_SECTOR;

    if (most > pages * (SCSI_PAGE / SCSI_SECTOR))
        most = pages * (SCSI_PAGE / SCSI_SECTOR);
    if (s->client.info.max_sectors != 0 && s->client.info.max_sectors < most)
        most = s->client.info.max_sectors;
    return request_fit_ring(&s->first.client.requests, most * SCSI_SECTOR) / SCSI_SECTOR;
}

/* Records why a call failed; vwr_scsi_explain describes it. */
static inline int scsi_note(struct vwr_scsi *s, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_request_note(&s->first.client.requests, kind, where, got);
}

/* ---- vwr_scsi_control.c ---- */

extern const struct vwr_request_class vwr_scsi_control_class;

/* For a recovery: subscribes again to events, because a reset has ended the subscriptions. */
int vwr_scsi_subscribe_again_(struct vwr_bringup *v, unsigned n);

#endif
