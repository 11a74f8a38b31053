/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_FIND_H
#define BOARDS_FIND_H

#include "board.h"
#include "vwr/find.h"

/* Checks the machine's description; false: unusable, with a message. */
bool find_start(const struct board_description *d);

/* "polled" or "interrupt" from the command line; NULL: neither. */
const char *find_mode(void);

/* Finds all devices, at most `max`; assigns PCI BARs if firmware has not. Reports what is skipped. */
unsigned find_all(struct vwr_found *found, unsigned max);

/* Reports the buses on which find_all() has searched. */
void find_say_searched(void);

#endif
