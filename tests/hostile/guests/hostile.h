/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "guest.h"
#include "log.h"
#include "../../unit/driver/cmocka_all.h"

/*
 * Cases of a table: each runs in each format that it is for and at each of its boundary values, as a test
 * of its own ("G01_head_beyond_ring split modern +1"), in a fresh guest; after each the device is reset and
 * has to work.
 */
enum hostile_format {
    HOSTILE_LEGACY = 1, /* split ring, MMIO version 1 */
    HOSTILE_MODERN = 2, /* split ring, MMIO version 2 */
    HOSTILE_PACKED = 4, /* MMIO version 2 */
    HOSTILE_SPLIT = HOSTILE_LEGACY | HOSTILE_MODERN,
    HOSTILE_V2 = HOSTILE_MODERN | HOSTILE_PACKED,
    HOSTILE_ALL = HOSTILE_SPLIT | HOSTILE_PACKED,
    HOSTILE_HUGE = 8 /* besides: where GUEST_HUGE has 2 GiB */
};

#define HOSTILE_VALUES 8u

struct hostile_case {
    const char *name; /* begins with its id */
    /*
     * What the expectation rests on, parts divided by "; ": ids of clauses, "section " and where the text
     * says it without a clause, "robustness: " and why where it says nothing, "header " and the one of ours.
     * tests/rules/test_clauses.py looks at it.
     */
    const char *clause;
    void (*run)(struct guest *g, long long at);
    unsigned formats;
    unsigned values; /* of `at`; 0: it has none */
    long long at[HOSTILE_VALUES];
};

/* Values around a limit. */
#define HOSTILE_AROUND \
    3,                 \
    {                  \
        -1, 0, 1       \
    }

/* What the cases are about: puts a device into slot 0 of the guest's VM, and sees that it works. */
struct hostile_device {
    void (*plug)(struct guest *g);
    void (*works)(struct guest *g); /* resets it, starts it, and a good request goes through */
    void (*unplug)(struct guest *g);
};

int hostile_run(const char *name, const struct hostile_device *device, const struct hostile_case *cases,
                unsigned count);

/* Starts as guest_start does, with one queue of GUEST_QUEUE_MAX. */
void hostile_start_one(struct guest *g);

/* Takes features that are not offered, then changes them when they are agreed upon: nothing comes of it.
 * Started afterwards. */
void hostile_takes_too_much(struct guest *g);

/* Makes a chain of these segments available; what of them is memory the device may access from now on
 * (log.h).
 */
void hostile_lend(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments);
void hostile_lend_one(struct guest *g, unsigned queue, uint64_t addr, uint32_t len, unsigned flags);

/* The same, and notifies. */
void hostile_send(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments);
void hostile_send_one(struct guest *g, unsigned queue, uint64_t addr, uint32_t len, unsigned flags);

/* The next used buffer: used.len; -1: there is none. */
int64_t hostile_take(struct guest *g, unsigned queue);
void hostile_used(struct guest *g, unsigned queue, uint32_t len); /* it has that used.len */
void hostile_unused(struct guest *g, unsigned queue);             /* there is none */

/* The device is broken by this; it says so, and nothing moves any more. */
void hostile_is_broken(struct guest *g, enum vwr_vfault fault);
void hostile_is_whole(struct guest *g);

#endif
