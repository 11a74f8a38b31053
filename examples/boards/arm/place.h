/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_PLACE_H
#define BOARDS_PLACE_H

#include "board.h"

/* Address of entry `index` of "reg" in the first node with this compatible string; 0: none. */
uintptr_t place_of(const struct board_description *d, const char *compatible, unsigned index);

#endif
