/* SPDX-License-Identifier: MIT */
#ifndef BENCH_H
#define BENCH_H

#include "classes.h"
#include "../../../classes/ends.h"

/* The driver of a bench (classes/) on a fake device that answers with the shapes. */

#define BENCH_SENT 16u

/* How the device answers, and what it has received, since the last act. */
extern struct bench_fake {
    const struct bench_driver *driver;
    struct world *world;
    const struct bench_act *act; /* whose requests have to be exactly these; NULL: any requests */
    const struct bench_wrong *wrong;
    bool filled; /* each answer is this byte, behind a status of 0 */
    uint8_t fill;
    unsigned requests;
    uint8_t sent[BENCH_SENT]; /* shapes since a reset, without the usual act */
    unsigned sent_count, resets;
} bench;

/* Plugs the device in. */
void bench_plug(struct world *w, const struct format *f, const struct bench_driver *driver);

int bench_open(struct world *w, uint32_t timeout_us);

/* The driver's memory, whose first member is the bring-up. */
void *bench_own(void);

/* What an act finds: its configuration; the device uses the next buffers that wait, with the answers of its
 * shapes. */
void bench_happens(const struct bench_act *act);

/* An act on a device that answers correctly: its requests are those of the shapes, and so is its result. */
void bench_act(const struct bench_act *act);

int bench_close(void);

#ifdef BENCH_STORIES
/* Tests that are of this class only. */
void bench_stories(struct format_tests *tests);
#endif

#endif
