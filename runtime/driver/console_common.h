/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CONSOLE_COMMON_H
#define VWR_DRIVER_CONSOLE_COMMON_H

#include "vwr/bytes.h"
#include "vwr/console.h"
#include "vwr/messages/console.h"

/* Between the files of the console's driver. */

/* vwr_console_message.c */
void vwr_console_send_ready(struct vwr_console *c);  /* the first of the messages */
void vwr_console_forget(struct vwr_console_port *p); /* it is gone, or not added yet */

#endif
