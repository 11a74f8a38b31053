/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSCMI_COMMON_H
#define VWR_VSCMI_COMMON_H

#include "vwr/vscmi.h"

/* Finds the row of a message; NULL: there is none, or the driver has not accepted what it requires. */
const struct vwr_vscmi_handler *vwr_vscmi_find_(struct vwr_vscmi *v, const struct vwr_vscmi_protocol *p,
                                                uint8_t message);

/* Answers what the VMM has no handler for: the base protocol, and the first messages of each protocol. */
int vwr_vscmi_base_(struct vwr_vscmi *v, struct vwr_vscmi_message *m);

/* Frees promises of commands that are not answered any more. */
void vwr_vscmi_break_promises_(struct vwr_vscmi *v);

/* Sends delayed responses as long as the guest has buffers. */
void vwr_vscmi_send_delayed_(struct vwr_vscmi *v);

/* The command was answered: its promise, if there is one, is valid or void. */
void vwr_vscmi_settle_(struct vwr_vscmi *v, const struct vwr_vscmi_message *m, bool valid);

#endif
