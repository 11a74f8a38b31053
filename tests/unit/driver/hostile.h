/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "format.h"

/*
 * What tests with a device that breaks the protocol in the ring begin and end with. Three buffers are in
 * flight: [0] of three segments and [1] of one are at the device, [2] of two was added and not kicked.
 */
#define VICTIM_SIZE 8u
#define VICTIM_CHAINS 3u

struct victim {
    struct world *w;
    const struct format *f;
    struct load l;
    uint16_t id[VICTIM_CHAINS]; /* as a device finds them in the ring */
    bool back[VICTIM_CHAINS];   /* taken */
};

/* A protocol violation; the gets before the one that finds it out are its own. */
struct violation {
    const char *name;
    void (*act)(struct victim *v);
};

/* `before` buffers of one segment come and go first, so that indices and positions are there. */
void victim_begin(struct victim *v, struct world *w, const struct format *f, unsigned before);

/* take answers chain [i]. */
void victim_gets(struct victim *v, unsigned i);

/*
 * The violation is found out: VWR_EBADRING, and for good. Whatever the device does then, each call
 * answers at once and no register is touched. After a reset vwr_queue_reclaim gives back what was in
 * flight, each once, and the device and the driver work again.
 */
void victim_finds_out(struct victim *v);

/* The part behind it: not found out, or no violation, but reset, reclaim and I/O work. */
void victim_recovers(struct victim *v);

/* A test for each violation, format and age in `before` (ends with UINT32_MAX). */
struct violation_plan {
    const struct violation *violations;
    size_t count;
    const unsigned *before;
};
void hostile_add(struct format_tests *tests, const struct violation_plan *plan,
                 const struct format_range *range);

#define HOSTILE_NO_MORE UINT32_MAX

#endif
