/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_ORDER_H
#define VWR_PAIR_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reports volatile accesses and barriers to the thread sanitizer. A volatile access is a relaxed atomic
 * access. Everything that a thread did before its last write barrier is ordered before everything that
 * another thread does after a read barrier, if that thread has read a word that the first one stored after
 * its write barrier. C11 defines fences in this way. README.md lists what this finds and what it cannot find.
 *
 * A barrier can be disabled, on one side at a time, so that the tests can check that its absence is detected.
 */

enum order_side { ORDER_DRIVER, ORDER_DEVICE, ORDER_SIDES };
#define ORDER_THREADS 16u
enum order_barrier { ORDER_NONE, ORDER_RELEASE, ORDER_RMB };

/* Watches memory whose volatile words order threads: rings of this format. Call it before the threads
 * start. */
void order_watch(const void *p, size_t bytes, bool packed);

/* Makes this thread the given side; a side is one thread. In tests without two sides, it is any number below
 * ORDER_THREADS. */
void order_be(unsigned side);

/* From now on this barrier of the side has no effect. */
void order_break(enum order_side side, enum order_barrier barrier);

void order_mb(void);
void order_rmb(void);
void order_wmb(void);
void order_release(void);

#endif
