/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_PLACE_H
#define BOARDS_PLACE_H

#include "board.h"

/* Where the device tree has entry `index` of the registers of the first such node; 0: nowhere. */
uintptr_t place_of(const struct board_description *d, const char *compatible, unsigned index);

#endif
