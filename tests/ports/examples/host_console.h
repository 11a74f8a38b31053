/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_HOST_CONSOLE_H
#define EXAMPLES_HOST_CONSOLE_H

#include "fake_mmio.h"

/*
 * A console with two ports: port 0 is a terminal, and port 1 has a name. The device sends a line to each port
 * that the driver opens, and prints each line from a port or from the register to standard output.
 */
void host_console_plug(struct fake *f);

#endif
