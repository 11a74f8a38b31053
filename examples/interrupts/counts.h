/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_COUNTS_H
#define INTERRUPTS_COUNTS_H

#include "vwr/blk.h"

/* Counters, printed as a table on the console: a line for each part of the run, and the total. */

void counts_start(void);
void counts_say(const char *part, const struct vwr_blk *b); /* since the previous line */
void counts_say_all(const struct vwr_blk *b);

#endif
