/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VSCSI_COMMON_H
#define VWR_DEVICE_VSCSI_COMMON_H

#include "../t10/vt10_common.h"
#include "vwr/bytes.h"
#include "vwr/vscsi.h"

/* Shared by the files of a SCSI host; not for embedders. The caller holds the lock. */

#define VSCSI_ANY_LUN 0x10000u /* for vwr_vscsi_find_(): any unit of the target */

/* vwr_vscsi.c: ends a command; finds a unit, or NULL */
void vwr_vscsi_end_(struct vwr_vscsi *v, struct vwr_vt10_call *c, uint32_t result);
struct vwr_vt10_unit *vwr_vscsi_find_(const struct vwr_vscsi *v, unsigned target, uint32_t lun);

/*
 * vwr_vscsi.c: gets the unit of an address and returns VWR_OK; if there is no unit, returns the response, and
 * *unit is NULL
 */
int vwr_vscsi_find_addressed_(const struct vwr_vscsi *v, const uint8_t *lun, struct vwr_vt10_unit **unit);

/* vwr_vscsi_units.c: returns 0, or the reason why a unit cannot be added to the VMM's table */
int vwr_vscsi_check_new_(const struct vwr_vscsi *v, struct vwr_vt10_unit *unit, unsigned max_target);

/* vwr_vscsi_control.c: messages in the control queue; vwr_vscsi_cancel_() ends the commands of a unit */
int vwr_vscsi_tmf_(struct vwr_scsi_vservice *s, struct vwr_vmessage *x, const struct vwr_scsi_tmf_msg *m);
int vwr_vscsi_query_(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_scsi_an_query_msg *m, struct vwr_scsi_an_query_answer *a);
int vwr_vscsi_subscribe_(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_scsi_an_subscribe_msg *m, struct vwr_scsi_an_subscribe_answer *a);
void vwr_vscsi_cancel_(struct vwr_vscsi *v, const struct vwr_vt10_unit *unit, uint8_t response);

/* vwr_vscsi_units.c: reports lost events, if there are any */
void vwr_vscsi_posted_(struct vwr_scsi_vservice *s, uint16_t queue);

/* Gets the command of a message. */
static inline struct vwr_vt10_call *vscsi_call_of(const struct vwr_vscsi *v, const struct vwr_vmessage *x)
{
    return &v->call[x - v->service.service.message];
}

#endif
