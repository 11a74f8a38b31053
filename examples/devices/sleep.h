/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_SLEEP_H
#define DEVICES_SLEEP_H

#include "part.h"

/*
 * Suspend and resume of the machine: sleep_part stops all memory accesses by the part's devices, in any
 * state; wake_part restores features, queues, pictures and open ports. Both return the result of the first
 * device
 * that fails.
 */
int sleep_part(const struct part *p);
int wake_part(const struct part *p);

#endif
