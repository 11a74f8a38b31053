/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "format.h"

/*
 * Common start and end of tests with a device that breaks the protocol in the ring. Three buffers are in
 * flight: the device owns [0] with three segments and [1] with one; [2] with two was added but not kicked.
 */
#define VICTIM_SIZE 8u
#define VICTIM_CHAINS 3u

struct victim {
    struct world *w;
    const struct format *f;
    struct load l;
    uint16_t id[VICTIM_CHAINS]; /* as the device reads them from the ring */
    bool back[VICTIM_CHAINS];   /* completed */
};

/* A protocol violation. `act` takes the completions that come before the call that detects it. */
struct violation {
    const char *name;
    void (*act)(struct victim *v);
};

/* First sends `before` buffers of one segment and takes them, so that the indices and positions have
 * advanced. */
void victim_begin(struct victim *v, struct world *w, const struct format *f, unsigned before);

/* take must return chain [i]. */
void victim_gets(struct victim *v, unsigned i);

/*
 * The violation is detected: VWR_EBADRING, permanently. Whatever the device does then, each call returns
 * immediately and accesses no register. After a reset, vwr_queue_reclaim returns each buffer that was in
 * flight once, and the device and the driver work again.
 */
void victim_finds_out(struct victim *v);

/* The second part of victim_finds_out, for a violation that is not detected or for a legal act: reset,
 * reclaim and I/O work. */
void victim_recovers(struct victim *v);

/* Adds a test for each violation, format and number in `before` (which ends with UINT32_MAX). */
struct violation_plan {
    const struct violation *violations;
    size_t count;
    const unsigned *before;
};
void hostile_add(struct format_tests *tests, const struct violation_plan *plan,
                 const struct format_range *range);

#define HOSTILE_NO_MORE UINT32_MAX

#endif
