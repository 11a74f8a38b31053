/* SPDX-License-Identifier: MIT */
/* The good port, on a machine whose `long` is not what somebody took it for. */
#define uint64_t test_uint64_t
#include "../../port/vwr_port.h"
#undef uint64_t
typedef unsigned int uint64_t;
