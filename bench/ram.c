/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"

/* Not linked: sizes.py reads the size of this object. */
extern uint8_t bench_ram[BYTES];
uint8_t bench_ram[BYTES];
