/* SPDX-License-Identifier: MIT */
#ifndef FAKE_RING_H
#define FAKE_RING_H

#include "fake_mmio.h"

/*
 * The device's end of a split ring. The upper half walks it honestly and checks what the driver
 * has put there; the lower half writes whatever a liar wants to have written.
 */
#define FAKE_PIECES 64

struct fake_piece {
    uint64_t addr;
    uint32_t len;
    bool write; /* for the device to write */
};

struct fake_chain {
    uint16_t head;
    unsigned count;
    struct fake_piece piece[FAKE_PIECES];
    uint32_t readable; /* bytes */
    uint32_t writable;
};

/* Takes the next available chain; false if there is none. A chain that breaks the document's rules fails the
 * test. */
bool fake_ring_next(struct fake *f, unsigned queue, struct fake_chain *c);

/* Hands it back: the used entry, then the used index. */
void fake_ring_push(struct fake *f, unsigned queue, uint32_t id, uint32_t len);

/* For liars. Entries count from the ring's beginning, modulo its size. */
void fake_ring_set_entry(struct fake *f, unsigned queue, uint16_t entry, uint32_t id, uint32_t len);
void fake_ring_set_used_idx(struct fake *f, unsigned queue, uint16_t idx);
void fake_ring_set_used_flags(struct fake *f, unsigned queue, uint16_t flags);

/* Overwrites all that the driver has written: descriptors, available ring, its flags and index. */
void fake_ring_scribble(struct fake *f, unsigned queue, uint8_t with);

/* What the driver has written. */
uint16_t fake_ring_avail_idx(const struct fake *f, unsigned queue);
uint16_t fake_ring_avail_flags(const struct fake *f, unsigned queue);
uint16_t fake_ring_avail_entry(const struct fake *f, unsigned queue, uint16_t entry);

/* Offsets from the ring's first byte, for tests that watch accesses. */
size_t fake_ring_avail_offset(const struct fake *f, unsigned queue);
size_t fake_ring_used_offset(const struct fake *f, unsigned queue);

#endif
