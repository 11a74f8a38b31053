/* SPDX-License-Identifier: MIT */
#ifndef FORMAT_H
#define FORMAT_H

#include "world.h"
#include "vwr/gen/features.h"

/*
 * What a queue can be, and tests that run with each of it: one name, one function, a test a
 * format. Formats that QEMU 7.2 does not offer (IN_ORDER, NOTIFICATION_DATA, RING_RESET) meet no
 * other device than the one of this folder, so the names of their tests end with "scripted".
 */
enum format_flags {
    FORMAT_LEGACY = 1, /* a split ring in the register layout of version 1 */
    FORMAT_PACKED = 2,
    FORMAT_INDIRECT = 4,
    FORMAT_EVENT_IDX = 8,
    FORMAT_IN_ORDER = 16,
    FORMAT_NOTIFICATION_DATA = 32,
    FORMAT_RING_RESET = 64
};
#define FORMAT_OPTIONS (FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER | FORMAT_NOTIFICATION_DATA)
#define FORMAT_SCRIPTED (FORMAT_IN_ORDER | FORMAT_NOTIFICATION_DATA | FORMAT_RING_RESET)

struct format {
    unsigned flags;
    uint16_t size;
};

typedef void format_test(struct world *w, const struct format *f, const void *param);

#define FORMAT_TESTS_MAX 1400
struct format_tests {
    size_t count;
    struct CMUnitTest test[FORMAT_TESTS_MAX];
};

/* The kinds of ring, and for each of them all subsets of `options` that it can have. */
enum format_kinds { KIND_SPLIT_LEGACY = 1, KIND_SPLIT = 2, KIND_PACKED = 4 };
#define KIND_SPLITS (KIND_SPLIT_LEGACY | KIND_SPLIT)
#define KIND_ALL (KIND_SPLITS | KIND_PACKED)

/* `sizes` ends with 0. Adds a test for each kind, subset and size; `always` are flags of all of them. */
struct format_range {
    unsigned kinds;
    unsigned options;
    unsigned always;
    const uint16_t *sizes;
};
void format_add(struct format_tests *tests, const char *name, format_test *test, const void *param,
                const struct format_range *range);

int format_run(const char *group, const struct format_tests *tests);

/* A device that offers just this, and a driver that has taken it; queue 0 is live and has no back end. */
void format_plug(struct world *w, const struct format *f);
void format_ring(struct world *w, const struct format *f);

/* The driver's side again after vwr_dev_reset, or for the first time: negotiation to DRIVER_OK. */
void format_start(struct world *w, const struct format *f);

/* Chains, segments of 16 bytes of the buffer, and if asked for a table for each chain. */
#define LOAD_CHAINS 12u
#define LOAD_SEGMENTS 12u /* that a table holds */
struct load {
    struct vwr_chain chain[LOAD_CHAINS];
    struct vwr_seg seg[LOAD_CHAINS];
};
enum load_tables { LOAD_NO_TABLES, LOAD_TABLES };
/* vwr_queue_bind of seg[0 .. segments), of which seg[changing] are the data: at most one before and one
 * behind. */
int load_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned segments, unsigned changing,
              struct vwr_chain *chain);

void load_prepare(const struct world *w, struct load *l, enum load_tables tables);

/* take, with *chain NULL if there is none. */
int load_take(struct world *w, struct vwr_chain **chain);
void load_take_ok(struct world *w, const struct vwr_chain *expected);

/* All that is available comes back, in order, all of it written. */
void load_serve_all(struct world *w);

/*
 * The queue holds `room` buffers of one segment, no more, and each comes back: nothing was lost, and
 * nothing is in flight before or after.
 */
void load_queue_is_whole(struct world *w, unsigned room);

/* Reset, negotiation, queue, one request: whatever went before, the device and the driver work. */
void format_works_again(struct world *w, const struct format *f);

#endif
