/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_SLEEP_H
#define DEVICES_SLEEP_H

#include "part.h"

/*
 * As a machine that is suspended: no device of the part makes an access to memory from here on, whatever it
 * was in the middle of; and back, with the same features, queues, pictures and open ports. Results of the
 * first that fails.
 */
int sleep_part(const struct part *p);
int wake_part(const struct part *p);

#endif
