/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_CONSOLE_COMMON_H
#define VWR_DRIVER_CONSOLE_COMMON_H

#include "vwr/console.h"

/* Between the files of the console's driver. */

/* vwr_console_send.c; VWR_EFULL: no chunk is free */
int vwr_console_send(struct vwr_console_transmit *t, const void *bytes, uint32_t n);
int vwr_console_reap(struct vwr_console_transmit *t);
/* Of a queue that is new: chunks that were in flight are sent again. */
int vwr_console_start_sending(struct vwr_console_transmit *t);
/* They are not; how many bytes. */
uint32_t vwr_console_drop(struct vwr_console_transmit *t);

/* vwr_console_message.c */
int vwr_console_send_message(struct vwr_console *c, uint32_t port, uint16_t event, uint16_t value);
void vwr_console_forget_port(struct vwr_console_port *p); /* it is gone, or not added yet */

static inline struct vwr_console_port *console_messages(const struct vwr_console *c)
{
    return &c->options.port[c->options.ports];
}

#endif
