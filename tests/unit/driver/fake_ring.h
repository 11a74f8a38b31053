/* SPDX-License-Identifier: MIT */
#ifndef FAKE_RING_H
#define FAKE_RING_H

#include "fake_mmio.h"

/*
 * The device side of a queue, for all negotiated features: split or packed ring (fake_split.c,
 * fake_packed.c), indirect tables, event indices, IN_ORDER. The first half of this header follows the
 * specification and fails a test whose driver does not; the second half makes the writes of a hostile device.
 */
#define FAKE_SEGMENTS 1024

struct fake_segment {
    uint64_t addr;
    uint32_t len;
    bool write; /* device-writable */
};

struct fake_chain {
    uint16_t head; /* id of the buffer */
    bool table;    /* arrived in an indirect table */
    unsigned count;
    uint32_t readable; /* bytes */
    uint32_t writable;
    struct fake_segment segment[FAKE_SEGMENTS];
};

/*
 * Takes the next available buffer; false if there is none. In that case the device has requested a
 * notification for the next buffer, unless fake_ring_suppress chose otherwise.
 */
bool fake_ring_next(struct fake *f, unsigned queue, struct fake_chain *c);

/* If not NULL: called with each buffer that fake_ring_next() takes. */
extern void (*fake_ring_taken)(unsigned queue, const struct fake_chain *c);

/* Uses a buffer, and interrupts if the driver requested it: fake_ring_put, then fake_ring_signal. */
void fake_ring_push(struct fake *f, unsigned queue, uint32_t id, uint32_t len);

/* Uses a buffer without an interrupt. If the device does not own the id, this is a protocol violation, and
 * the used entry covers one position. */
void fake_ring_put(struct fake *f, unsigned queue, uint32_t id, uint32_t len);

/* With IN_ORDER: uses `count` buffers by one used entry, which has the id of the last. */
void fake_ring_put_batch(struct fake *f, unsigned queue, const uint16_t *ids, unsigned count, uint32_t len);

/* Compares the entries used since the last call with the driver's event suppression. If an event is due,
 * interrupts and returns true. */
bool fake_ring_signal(struct fake *f, unsigned queue);

/* Notifications that the device enables: when a buffer arrives after it ran out, for each buffer, none,
 * or... */
enum fake_events { FAKE_WHEN_IDLE, FAKE_ALWAYS, FAKE_NO_EVENT, FAKE_AT };

/* ... FAKE_AT, with EVENT_IDX: the `ahead`-th buffer from now (packed ring: descriptor), counted from 1. */
void fake_ring_suppress(struct fake *f, unsigned queue, enum fake_events events, uint16_t ahead);

/* Number of entries to take: buffers of a split ring, descriptors of a packed ring. */
unsigned fake_ring_waiting(const struct fake *f, unsigned queue);

/* ---- for hostile devices and for tests that read the ring directly ---- */

/* Entries are numbered from the start of the ring, modulo its size. */
void fake_ring_set_entry(struct fake *f, unsigned queue, uint16_t entry, uint32_t id, uint32_t len);
void fake_ring_set_used_idx(struct fake *f, unsigned queue, uint16_t idx);
void fake_ring_set_used_flags(struct fake *f, unsigned queue, uint16_t flags);
void fake_ring_set_avail_event(struct fake *f, unsigned queue, uint16_t event);

/* Packed ring: a descriptor as written by the device; all flags. */
struct fake_used {
    uint16_t id;
    uint16_t flags;
    uint32_t len;
};
struct fake_used fake_packed_get(const struct fake *f, unsigned queue, uint16_t at);
void fake_packed_set(struct fake *f, unsigned queue, uint16_t at, struct fake_used used);
/* AVAIL and USED of a used descriptor in the device's current wrap (`other`: in the other one). */
uint16_t fake_packed_wrap_flags(const struct fake *f, unsigned queue, bool other);
void fake_packed_set_event(struct fake *f, unsigned queue, uint16_t desc, uint16_t flags);

/* Overwrites everything that the driver wrote: descriptors, available ring, flags and index, driver event. */
void fake_ring_scribble(struct fake *f, unsigned queue, uint8_t with);

/* Fields that the driver wrote. */
uint16_t fake_ring_avail_idx(const struct fake *f, unsigned queue);
uint16_t fake_ring_avail_flags(const struct fake *f, unsigned queue);
uint16_t fake_ring_avail_entry(const struct fake *f, unsigned queue, uint16_t entry);

/* For fake_mmio.c: checks that a notification is correct, including the position of NOTIFICATION_DATA. */
void fake_ring_check_notify(struct fake *f, uint32_t value);

#endif
