/* SPDX-License-Identifier: MIT */
#ifndef BENCH_H
#define BENCH_H

#include "hostile.h"

#include "../../../classes/ends.h"

/*
 * Cases of one class only, for the device of its bench, with BENCH_STORIES. guest.device is its VMM, a struct
 * bench_vmm. Returns their number.
 */
unsigned bench_stories(struct hostile_case *to);

#endif
