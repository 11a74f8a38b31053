/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CONSOLE_COMMON_H
#define VWR_DRIVER_CONSOLE_COMMON_H

#include "vwr/bytes.h"
#include "vwr/console.h"

/* Between the files of the console's driver: vwr_console_message.c. */

/* A message to the device, by the queue behind those of all ports: results as vwr_transmit_send. */
int vwr_console_send(struct vwr_console *c, uint32_t port, enum vwr_console_event event, bool value);

/* It is gone, or not added yet. */
void vwr_console_forget(struct vwr_console_port *p);

#endif
