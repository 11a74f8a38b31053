/* SPDX-License-Identifier: MIT */
#ifndef FAKE_RAM_H
#define FAKE_RAM_H

#include "vwr/base.h"

/*
 * Memory that the fake device can reach, at made-up device addresses. Unallocated memory is poisoned for the
 * address sanitizer, which detects an overrun at either end.
 */
#define FAKE_RAM_ADDR 0x40000000u /* device address of the first byte */
#define FAKE_RAM_BYTES (4u << 20)
#define FAKE_PAGE_BYTES 4096u

/* Frees all allocations and restores the identity translation. */
void fake_ram_reset(void);

/* Allocates bytes between two poisoned gaps, filled with 0xa5: the runtime must not rely on zeroed memory. */
void *fake_ram_alloc(size_t bytes, size_t align);

/* Reverses the device addresses of the pages of [p, p + n), so that no two pages stay adjacent. */
void fake_ram_scatter(const void *p, size_t n);

/*
 * From now on the device can also reach [p, p + n), contiguous, at FAKE_MAPPED_ADDR, with p rounded down to a
 * page. It is for a program with memory of its own. There is one such range; fake_ram_reset removes it.
 */
#define FAKE_MAPPED_ADDR 0x80000000u
void fake_ram_map(void *p, size_t n);

/* Replaces the correct translation in vwr_host_dma; NULL restores it. */
typedef uint64_t fake_dma(const void *p, size_t n, size_t *run);
void fake_ram_translate(fake_dma *translate);

/* The correct translation; it returns run 0 for addresses outside of this memory. */
uint64_t fake_ram_dma(const void *p, size_t n, size_t *run);

/* Accesses by the device. An address outside of this memory fails the test. */
void fake_ram_read(uint64_t addr, void *to, size_t n);
void fake_ram_write(uint64_t addr, const void *from, size_t n);
void *fake_ram_at(uint64_t addr, size_t n); /* must be contiguous: for rings */

/* Whether p is in this memory. For tests that watch accesses. */
bool fake_ram_has(const void *p);

#endif
