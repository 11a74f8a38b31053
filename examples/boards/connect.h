/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_CONNECT_H
#define BOARDS_CONNECT_H

#include "find.h"

/*
 * Device interrupts. They are counted, and they end a sleep of the library. Without connect_start, everything
 * is
 * polled.
 */

void connect_start(const struct board_description *d);

/*
 * Connects a device before it is opened: by messages if the device and the board support them, otherwise by
 * its line. Returns "messages", "lines", or "none" if polled; NULL: no interrupt available.
 */
const char *connect_device(struct vwr_found *f);

/* Number of interrupts so far. */
uint32_t connect_count(void);

#endif
