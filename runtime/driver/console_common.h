/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CONSOLE_COMMON_H
#define VWR_DRIVER_CONSOLE_COMMON_H

#include "vwr/bytes.h"
#include "vwr/console.h"

/* Between the files of the console's driver. */

/* vwr_console_message.c */
int vwr_console_send_message(struct vwr_console *c, uint32_t port, uint16_t event, uint16_t value);
void vwr_console_forget(struct vwr_console_port *p); /* it is gone, or not added yet */

#endif
