/* SPDX-License-Identifier: MIT */
#ifndef REFUSAL_H
#define REFUSAL_H

#include "world.h"
#include "vwr/tables.h"

/*
 * A device, or a caller, with which open has to fail: one row, one test a version. Each has its
 * result, says in its explanation what it was, leaves the device as the row says and nothing in
 * it enabled, and is forgotten after a reset: then the same driver drives the device.
 */
enum refusal_trace {
    REFUSAL_FAILED,    /* the device was touched: FAILED is set */
    REFUSAL_UNTOUCHED, /* nothing was written */
    REFUSAL_DEAD       /* nobody listens, so whatever was written does not matter */
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

/* The tests of a table, into tests[*count] and on. */
void refusal_tests(const struct refusal *rows, size_t row_count, struct CMUnitTest *tests, size_t *count);

/* Runs what refusal_tests and others have collected. */
int refusal_run(const char *name, const struct CMUnitTest *tests, size_t count);

/* For tests of their own form: open failed just as a row says. */
void refusal_check(struct world *w, const struct refusal *r);

#endif
