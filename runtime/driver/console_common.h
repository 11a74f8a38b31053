/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CONSOLE_COMMON_H
#define VWR_DRIVER_CONSOLE_COMMON_H

#include "vwr/bytes.h"
#include "vwr/console.h"

/* Between the files of the console's driver. */

/* vwr_console_port.c; n is 1 to VWR_CONSOLE_BYTES. VWR_EFULL: no request is free; results as
 * vwr_request_submit */
int vwr_console_send(struct vwr_console_port *p, const void *bytes, size_t n);
int vwr_console_reap(struct vwr_console_port *p);            /* 0, or as vwr_request_reap */
bool vwr_console_has_room(const struct vwr_console_port *p); /* for one more, as far as was reaped */

/* vwr_console_message.c */
int vwr_console_send_message(struct vwr_console *c, uint32_t port, uint16_t event, uint16_t value);
void vwr_console_forget(struct vwr_console_port *p); /* it is gone, or not added yet */

#endif
