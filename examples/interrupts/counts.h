/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_COUNTS_H
#define INTERRUPTS_COUNTS_H

#include "vwr/blk.h"

/* What was counted, as a table on the console: a line for each part of the run, and their sum. */

void counts_start(void);
void counts_say(const char *part, const struct vwr_blk *b); /* since the line before */
void counts_say_all(const struct vwr_blk *b);

#endif
