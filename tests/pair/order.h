/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_ORDER_H
#define VWR_PAIR_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is reported to the thread sanitizer of volatile words and barriers: that a volatile access is an
 * atomic one which orders nothing; that what a thread did before its last write barrier is ordered before
 * what another does behind a read barrier, once that one has read from a word which the first has stored
 * since. This is what C11 says of fences. README.md has what it finds and what it cannot find.
 *
 * A barrier may be taken away, from one side at a time, so that the tests can see it missed.
 */

enum order_side { ORDER_DRIVER, ORDER_DEVICE, ORDER_SIDES };
#define ORDER_THREADS 8u
enum order_barrier { ORDER_NONE, ORDER_RELEASE, ORDER_RMB };

/* Memory whose volatile words carry an order between threads: rings, of which sort. Before the threads begin.
 */
void order_watch(const void *p, size_t bytes, bool packed);

/* This thread is that side; a side is one thread. Where there are no two sides: a number below ORDER_THREADS.
 */
void order_be(unsigned side);

/* From here on the barrier of that side does nothing. */
void order_break(enum order_side side, enum order_barrier barrier);

void order_mb(void);
void order_rmb(void);
void order_wmb(void);
void order_release(void);

#endif
