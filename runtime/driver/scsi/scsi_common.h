/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_SCSI_COMMON_H
#define VWR_DRIVER_SCSI_COMMON_H

#include "../request/request_common.h"
#include "vwr/scsi.h"

/* Shared by the files of the SCSI driver. */

/* ---- vwr_scsi_request.c ---- */

extern const struct vwr_request_class vwr_scsi_class;

/* Encodes the number of a unit. false: it has none. */
bool vwr_scsi_put_unit(uint8_t *lun, uint32_t unit);

/* Of the call that waits: memory for its data; NULL: the queue cannot be used now, *r has the reason. */
void *vwr_scsi_small(struct vwr_scsi *s, int *r);

/* Bytes that one command moves, at any address. */
uint32_t vwr_scsi_transfer_bytes(const struct vwr_scsi *s);

/* Records why a call failed; vwr_scsi_explain describes it. */
static inline int vwr_scsi_note(struct vwr_scsi *s, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_request_note(&s->first.client.requests, kind, where, got);
}

/* ---- vwr_scsi_control.c ---- */

extern const struct vwr_request_class vwr_scsi_control_class;

/* Subscribes again to the events that a reset has ended. */
void vwr_scsi_subscribe_again(struct vwr_scsi *s);

#endif
