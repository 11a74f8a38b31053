/* SPDX-License-Identifier: MIT */
#ifndef FORMAT_H
#define FORMAT_H

#include "world.h"
#include "vwr/gen/features.h"

/*
 * Ring formats, and tests that run with each of them: one name, one function, one test per format. QEMU 7.2
 * does not offer some features (IN_ORDER, NOTIFICATION_DATA, RING_RESET). Formats with these features are
 * tested only against the device in this folder, so the names of their tests end with "scripted".
 */
enum format_flags {
    FORMAT_LEGACY = 1, /* split ring in the register layout of version 1 */
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

#define FORMAT_TESTS_MAX 4000
struct format_tests {
    size_t count;
    struct CMUnitTest test[FORMAT_TESTS_MAX];
};

/* The ring kinds, and for each kind all subsets of `options` that it supports. */
enum format_kinds { KIND_SPLIT_LEGACY = 1, KIND_SPLIT = 2, KIND_PACKED = 4 };
#define KIND_SPLITS (KIND_SPLIT_LEGACY | KIND_SPLIT)
#define KIND_ALL (KIND_SPLITS | KIND_PACKED)

/* `sizes` ends with 0. Adds a test for each kind, subset and size; `always` are flags that all formats
 * have. */
struct format_range {
    unsigned kinds;
    unsigned options;
    unsigned always;
    const uint16_t *sizes;
};
void format_add(struct format_tests *tests, const char *name, format_test *test, const void *param,
                const struct format_range *range);

int format_run(const char *group, const struct format_tests *tests);

/* Plugs in a device that offers exactly this format, and a driver that negotiates it; queue 0 is live and
 * has no back end. */
void format_plug(struct world *w, const struct format *f);
void format_ring(struct world *w, const struct format *f);

/* Starts the driver, for the first time or after vwr_dev_reset: negotiation up to DRIVER_OK. */
void format_start(struct world *w, const struct format *f);

/* Chains, segments of 16 bytes of the buffer, and on request a table for each chain. */
#define LOAD_CHAINS 12u
#define LOAD_SEGMENTS 12u /* maximum in a table */
struct load {
    struct vwr_chain chain[LOAD_CHAINS];
    struct vwr_seg seg[LOAD_CHAINS];
};
enum load_tables { LOAD_NO_TABLES, LOAD_TABLES };
/* vwr_queue_bind of seg[0 .. segments) with seg[changing] as data: at most one segment before and one
 * after it. */
int load_bind(struct vwr_queue *q, const struct vwr_seg *seg, unsigned segments, unsigned changing,
              struct vwr_chain *chain);

/* Provides a chain with a table at the address that the port translates it to. */
int lend_table(struct vwr_chain *chain, void *table, size_t bytes);
void load_prepare(const struct world *w, struct load *l, enum load_tables tables);

/* Takes one chain; *chain is NULL if there is none. */
int load_take(struct world *w, struct vwr_chain **chain);
void load_take_ok(struct world *w, const struct vwr_chain *expected);

/* The device uses all available buffers in order and writes each of them completely. */
void load_serve_all(struct world *w);

/*
 * Checks that the queue accepts `room` buffers of one segment and no more, and that all of them complete. So
 * no descriptor is lost, and nothing is in flight before or after.
 */
void load_queue_is_whole(struct world *w, unsigned room);

/* Reset, negotiation, queue, one request: the device and the driver work, whatever happened before. */
void format_works_again(struct world *w, const struct format *f);

#endif
