/* SPDX-License-Identifier: MIT */
/* The good port, on a machine where the assumed size of `long` is wrong. */
#define uint64_t test_uint64_t
#include "../../port/vwr_port.h"
#undef uint64_t
typedef unsigned int uint64_t;
