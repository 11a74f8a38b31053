/* SPDX-License-Identifier: MIT */
#ifndef CLOCK_H
#define CLOCK_H

/* For ports whose clock needs a frequency; the build includes this file first. */
#ifndef __ASSEMBLER__
#include <stdint.h>

extern uint64_t clock_hertz;
#endif

#endif
