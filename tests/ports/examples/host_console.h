/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_HOST_CONSOLE_H
#define EXAMPLES_HOST_CONSOLE_H

#include "fake_mmio.h"

/* A console of two ports, port 0 for people, port 1 with a name: a line goes to each port that the driver
 * opens, and a line that comes from one, or by the register, goes to standard output. */
void host_console_plug(struct fake *f);

#endif
