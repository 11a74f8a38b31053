/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "guest.h"
#include "log.h"
#include "../../unit/driver/cmocka_all.h"

/*
 * Table-driven cases. Each case runs in each of its formats and with each of its boundary values, as a
 * separate test ("G01_head_beyond_ring split modern +1"), in a new guest. After each, the device is reset and
 * must work.
 */
enum hostile_format {
    HOSTILE_LEGACY = 1, /* split ring, MMIO version 1 */
    HOSTILE_MODERN = 2, /* split ring, MMIO version 2 */
    HOSTILE_PACKED = 4, /* MMIO version 2 */
    HOSTILE_SPLIT = HOSTILE_LEGACY | HOSTILE_MODERN,
    HOSTILE_V2 = HOSTILE_MODERN | HOSTILE_PACKED,
    HOSTILE_ALL = HOSTILE_SPLIT | HOSTILE_PACKED,
    HOSTILE_HUGE = 8 /* only if GUEST_HUGE has 2 GiB */
};

#define HOSTILE_VALUES 8u

struct hostile_case {
    const char *name; /* starts with its id */
    /*
     * The basis of the expected result, entries separated by "; ": clause ids; "section " and the section
     * whose text states it without a clause; "robustness: " and the reason if the specification is silent;
     * "header " and one of our headers. tests/rules/test_clauses.py checks it.
     */
    const char *clause;
    void (*run)(struct guest *g, long long at);
    unsigned formats;
    unsigned values; /* number of values of `at`; 0: none */
    long long at[HOSTILE_VALUES];
};

/* Values around a limit. */
#define HOSTILE_AROUND \
    3,                 \
    {                  \
        -1, 0, 1       \
    }

/* The device under test: how to put it into slot 0 of the guest's VM, and how to check that it works. */
struct hostile_device {
    void (*plug)(struct guest *g);
    void (*works)(struct guest *g); /* resets and starts it, and checks a valid request */
    void (*unplug)(struct guest *g);
};

int hostile_run(const char *name, const struct hostile_device *device, const struct hostile_case *cases,
                unsigned count);

/* Starts like guest_start, with one queue of GUEST_QUEUE_MAX. */
void hostile_start_one(struct guest *g);

/*
 * Accepts features that are not offered, then changes them after negotiation; the device must ignore both. It
 * is
 * running afterwards.
 */
void hostile_takes_too_much(struct guest *g);

/*
 * Makes a chain of these segments available. From then on the device may access those parts that are memory
 * (log.h).
 */
void hostile_lend(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments);
void hostile_lend_one(struct guest *g, unsigned queue, uint64_t addr, uint32_t len, unsigned flags);

/* Likewise, and notifies. */
void hostile_send(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments);
void hostile_send_one(struct guest *g, unsigned queue, uint64_t addr, uint32_t len, unsigned flags);

/* Takes the next used buffer. Returns used.len, or -1 if there is none. */
int64_t hostile_take(struct guest *g, unsigned queue);
void hostile_used(struct guest *g, unsigned queue, uint32_t len); /* checks its used.len */
void hostile_unused(struct guest *g, unsigned queue);             /* checks that none is used */

/* Checks that the device broke for this reason, reports it, and no longer processes anything. */
void hostile_is_broken(struct guest *g, enum vwr_vfault fault);
void hostile_is_whole(struct guest *g);

#endif
