/* SPDX-License-Identifier: MIT */
#ifndef FAKE_RING_H
#define FAKE_RING_H

#include "fake_mmio.h"

/*
 * The device's end of a queue, whatever was negotiated: a split or a packed ring (fake_split.c,
 * fake_packed.c), indirect tables, event indices, in order. The upper half does what the specification
 * says and fails a test whose driver does not; the lower half writes what a hostile device wants to have
 * written.
 */
#define FAKE_SEGMENTS 1024

struct fake_segment {
    uint64_t addr;
    uint32_t len;
    bool write; /* for the device to write */
};

struct fake_chain {
    uint16_t head; /* id of the buffer */
    bool table;    /* it came in an indirect table */
    unsigned count;
    uint32_t readable; /* bytes */
    uint32_t writable;
    struct fake_segment segment[FAKE_SEGMENTS];
};

/*
 * Takes the next available buffer; false if there is none. Then the device has asked for a
 * notification of the next one, unless fake_ring_suppress says otherwise.
 */
bool fake_ring_next(struct fake *f, unsigned queue, struct fake_chain *c);

/* Hands it back, and interrupts if the driver wants it: fake_ring_put, then fake_ring_signal. */
void fake_ring_push(struct fake *f, unsigned queue, uint32_t id, uint32_t len);

/* Hands it back, and no word about it. Of an id that the device does not have: a protocol violation, one
 * position long. */
void fake_ring_put(struct fake *f, unsigned queue, uint32_t id, uint32_t len);

/* In order: hands `count` buffers back at once, of which it names the last. */
void fake_ring_put_batch(struct fake *f, unsigned queue, const uint16_t *ids, unsigned count, uint32_t len);

/* Compares what was used since the last call with the driver's event suppression: true, and an interrupt, if
 * it is due. */
bool fake_ring_signal(struct fake *f, unsigned queue);

/* The notifications that the device enables: of each new buffer once it has none left, each, none, or... */
enum fake_events { FAKE_WHEN_IDLE, FAKE_ALWAYS, FAKE_NO_EVENT, FAKE_AT };

/* ... FAKE_AT, with EVENT_IDX: the `ahead`-th buffer from now (of a packed ring: descriptor), from 1. */
void fake_ring_suppress(struct fake *f, unsigned queue, enum fake_events events, uint16_t ahead);

/* What there is to be taken: of a split ring buffers, of a packed one descriptors. */
unsigned fake_ring_waiting(const struct fake *f, unsigned queue);

/* ---- for hostile devices and for tests that read the ring itself ---- */

/* Entries count from the ring's beginning, modulo its size. */
void fake_ring_set_entry(struct fake *f, unsigned queue, uint16_t entry, uint32_t id, uint32_t len);
void fake_ring_set_used_idx(struct fake *f, unsigned queue, uint16_t idx);
void fake_ring_set_used_flags(struct fake *f, unsigned queue, uint16_t flags);
void fake_ring_set_avail_event(struct fake *f, unsigned queue, uint16_t event);

/* A packed ring: a descriptor as the device may have written it; flags in full. */
struct fake_used {
    uint16_t id;
    uint16_t flags;
    uint32_t len;
};
struct fake_used fake_packed_get(const struct fake *f, unsigned queue, uint16_t at);
void fake_packed_set(struct fake *f, unsigned queue, uint16_t at, struct fake_used used);
/* AVAIL and USED of a used descriptor of the wrap that the device is in (`odd`: of the other one). */
uint16_t fake_packed_wrap_flags(const struct fake *f, unsigned queue, bool other);
void fake_packed_set_event(struct fake *f, unsigned queue, uint16_t desc, uint16_t flags);

/* Overwrites all that the driver has written: descriptors, available ring, flags and index, driver event. */
void fake_ring_scribble(struct fake *f, unsigned queue, uint8_t with);

/* What the driver has written. */
uint16_t fake_ring_avail_idx(const struct fake *f, unsigned queue);
uint16_t fake_ring_avail_flags(const struct fake *f, unsigned queue);
uint16_t fake_ring_avail_entry(const struct fake *f, unsigned queue, uint16_t entry);

/* fake_mmio.c: a notification is right, and of NOTIFICATION_DATA the position in it. */
void fake_ring_check_notify(struct fake *f, uint32_t value);

#endif
