/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"

/* Not linked: sizes.py reads the size of this object, which is BYTES of something. */
extern uint8_t bench_ram[BYTES];
uint8_t bench_ram[BYTES];
