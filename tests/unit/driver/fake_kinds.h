/* SPDX-License-Identifier: MIT */
#ifndef FAKE_KINDS_H
#define FAKE_KINDS_H

#include "fake_ring.h"

/* Interface between fake_ring.c and the two ring formats. */
bool fake_is_legacy(const struct fake *f);

/* Appends a segment. Device-readable segments come first, and no segment is empty. */
void fake_add_segment(struct fake_chain *c, uint64_t addr, uint32_t len, bool write);

bool fake_split_next(struct fake *f, struct fake_queue *q, struct fake_chain *c);
bool fake_packed_next(struct fake *f, struct fake_queue *q, struct fake_chain *c);

/* Writes one used entry for `count` buffers. */
void fake_split_put(struct fake *f, struct fake_queue *q, const uint32_t *ids, unsigned count, uint32_t len);
void fake_packed_put(struct fake *f, struct fake_queue *q, const uint32_t *ids, unsigned count, uint32_t len);

/* Whether the driver requests an event for the buffers used since its last poll. */
bool fake_split_wanted(struct fake *f, struct fake_queue *q);
bool fake_packed_wanted(struct fake *f, struct fake_queue *q);

void fake_split_suppress(struct fake *f, struct fake_queue *q, enum fake_events events, uint16_t ahead);
void fake_packed_suppress(struct fake *f, struct fake_queue *q, enum fake_events events, uint16_t ahead);

unsigned fake_split_waiting(const struct fake *f, const struct fake_queue *q);
unsigned fake_packed_waiting(const struct fake *f, const struct fake_queue *q);

/* Position of the next available entry, in the format of NOTIFICATION_DATA. */
uint16_t fake_split_position(const struct fake *f, const struct fake_queue *q);
uint16_t fake_packed_position(const struct fake *f, const struct fake_queue *q);

#endif
