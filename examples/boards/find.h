/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_FIND_H
#define BOARDS_FIND_H

#include "board.h"
#include "vwr/find.h"

/* What the machine says of itself: it is checked; false: it cannot be used, and was said why. */
bool find_start(const struct board_description *d);

/* "polled" or "interrupt" of the command line; NULL: neither. */
const char *find_mode(void);

/* All devices, `max` at most; PCI is placed where no firmware has done it. What is passed over is said. */
unsigned find_all(struct vwr_found *found, unsigned max);

#endif
