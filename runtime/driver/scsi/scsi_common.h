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

/* ---- vwr_scsi_control.c ---- */

extern const struct vwr_request_class vwr_scsi_control_class;

/* Subscribes again to the events that a reset has ended. */
void vwr_scsi_subscribe_again(struct vwr_scsi *s);

#endif
