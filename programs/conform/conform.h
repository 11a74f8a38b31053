/* SPDX-License-Identifier: MIT */
#ifndef CONFORM_H
#define CONFORM_H

#include "vwr/queue.h"
#include "vwr_vhost_front.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cases that a device of another process keeps or breaks, each with the clauses that its expectation rests
 * on. */

#define RING 16u          /* descriptors of the ring that the cases write by hand */
#define DATA_BYTES 65536u /* memory of a session for buffers */

enum verdict { KEPT, BROKEN, UNTESTED };

/* A segment of a chain. */
struct part {
    void *at;
    uint32_t bytes;
    bool writable;
};

struct device_class;

/* A connection, and a split ring that no driver of the library writes to. */
struct session {
    const char *path;
    const struct device_class *class;
    struct vwr_vhost_front v;
    struct vwr_queue queue; /* only its memory is used */
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint8_t *data;
    uint16_t next; /* value of avail->idx */
    unsigned interrupts;
    char seen[300]; /* what was seen, or why there was nothing to see */
};

struct conform_case {
    const char *name;
    const char *clauses; /* as the tables of tests/hostile/guests have them */
    const char *expects;
    enum verdict (*run)(struct session *s);
};

struct device_class {
    const char *name;
    uint32_t type;
    /* A request of any kind at descriptor `first`; the number of its descriptors, at most 3. */
    unsigned (*request)(struct session *s, unsigned first);
    /* Whether the device has executed it and reports `bytes`. */
    bool (*is_done)(const struct session *s, uint32_t bytes);
    const struct conform_case *cases;
    size_t count;
};

#define CASE(name, clauses, expects)  \
    {                                 \
#name, clauses, expects, name \
    }

extern const struct device_class disk_class, entropy_class;
extern const struct conform_case ring_cases[], broken_cases[];
extern const size_t ring_case_count, broken_case_count;

/* ---- session.c ---- */

#define BIT(feature) (UINT64_C(1) << (feature))

__attribute__((format(printf, 2, 3))) enum verdict broken(struct session *s, const char *format, ...);
__attribute__((format(printf, 2, 3))) enum verdict untested(struct session *s, const char *format, ...);
/* Connects. */
bool session_connect(struct session *s);
/* Connects, and gives the device a ring: `features` are accepted as far as they are offered. */
bool session_prepare(struct session *s, uint64_t features);
/* session_prepare(), and DRIVER_OK. */
bool session_open(struct session *s, uint64_t features);
void session_end(struct session *s);
bool session_offers(const struct session *s, unsigned feature);
/* Writes a chain to table[first] and the descriptors behind it. */
void put_chain(struct vwr_virtq_desc *table, unsigned first, const struct part *p, unsigned count);
void put_desc(struct vwr_virtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next);
/* Makes the chain at descriptor `head` available, without a notification. */
void offer(struct session *s, unsigned head);
void kick(struct session *s);
uint16_t used_index(const struct session *s);
uint16_t used_flags(const struct session *s);
/* Waits until the device has used what is available. */
bool await_used(struct session *s);
bool await_interrupt(struct session *s, unsigned after);
/* Time in which a device that breaks a rule has shown it. */
void give_time(struct session *s);
/* Makes the class's request, waits, and checks its result. */
bool exchange(struct session *s);
uint32_t used_bytes(const struct session *s, unsigned at);
uint32_t used_id(const struct session *s, unsigned at);

#endif
