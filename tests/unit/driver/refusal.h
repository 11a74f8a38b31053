/* SPDX-License-Identifier: MIT */
#ifndef REFUSAL_H
#define REFUSAL_H

#include "world.h"
#include "vwr/tables.h"

/*
 * A device or a caller that must make open fail: one row, one test per version. Each test checks the result
 * and the explanation, and that the device is in the state of the row with nothing enabled. After a reset
 * nothing of the failure remains: the same driver drives the device.
 */
enum refusal_trace {
    REFUSAL_FAILED,    /* the device was accessed: FAILED is set */
    REFUSAL_UNTOUCHED, /* nothing was written */
    REFUSAL_DEAD       /* the device does not respond, so writes do not matter */
};

struct refusal {
    const char *name;
    unsigned versions; /* mask of enum vwr_version */
    void (*quirk)(struct world *w);
    int result;
    const char *words;
    enum refusal_trace trace;
};

#define REFUSAL_BOTH (VWR_LEGACY | VWR_MODERN)
#define REFUSAL_TESTS_MAX 160

/* Adds the tests of a table to tests[], starting at *count. */
void refusal_tests(const struct refusal *rows, size_t row_count, struct CMUnitTest *tests, size_t *count);

/* Runs the tests that refusal_tests and others have collected. */
int refusal_run(const char *name, const struct CMUnitTest *tests, size_t count);

/* For tests with a structure of their own: checks that open failed as a row requires. */
void refusal_check(struct world *w, const struct refusal *r);

#endif
