/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_CONNECT_H
#define BOARDS_CONNECT_H

#include "find.h"

/* Interrupts of devices: counted, and what the library sleeps until. Without connect_start all is polled. */

void connect_start(const struct board_description *d);

/*
 * Before the device is opened: by messages where the device and the board have them, else by its line.
 * Answers "messages", "lines", or "none" where all is polled; NULL: it has no interrupt here.
 */
const char *connect_device(struct vwr_found *f);

/* Interrupts so far. */
uint32_t connect_count(void);

#endif
