/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CONSOLE_COMMON_H
#define VWR_DRIVER_CONSOLE_COMMON_H

#include "vwr/bytes.h"
#include "vwr/console.h"

/* Interface between the files of the console driver: vwr_console_control.c. */

/* Sends a control message to the device; results as vwr_transmit_send. */
int vwr_console_send(struct vwr_console *c, uint32_t port, enum vwr_console_event event, bool value);

/* The port was removed, or is not added yet. */
void vwr_console_forget(struct vwr_console_port *p);

#endif
