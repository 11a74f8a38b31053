/* SPDX-License-Identifier: MIT */
#ifndef FAKE_RAM_H
#define FAKE_RAM_H

#include "vwr/base.h"

/*
 * Memory that the fake device can reach, at made-up device addresses. What has not been handed
 * out is poisoned for the address sanitizer, so that a byte too far is found on either side.
 */
#define FAKE_RAM_ADDR 0x40000000u /* device address of the first byte */
#define FAKE_RAM_BYTES (4u << 20)
#define FAKE_PAGE_BYTES 4096u

/* Forgets all that was handed out and every translation but the straight one. */
void fake_ram_reset(void);

/* Bytes with a gap of poison before and behind, filled with 0xa5: the runtime must not count on zeroes. */
void *fake_ram_alloc(size_t bytes, size_t align);

/* Device addresses of the pages of [p, p + n) in reverse: no two pages stay neighbours. */
void fake_ram_scatter(const void *p, size_t n);

/*
 * From here on the device can reach [p, p + n) as well, contiguous, at FAKE_MAPPED_ADDR and on, p rounded
 * down to a page: memory of a program that does not know of this one. One such range; fake_ram_reset takes it
 * back.
 */
#define FAKE_MAPPED_ADDR 0x80000000u
void fake_ram_map(void *p, size_t n);

/* Answers vwr_host_dma in place of the honest translation; NULL puts that back. */
typedef uint64_t fake_dma(const void *p, size_t n, size_t *run);
void fake_ram_translate(fake_dma *translate);

/* The honest translation: run 0 outside of the memory above. */
uint64_t fake_ram_dma(const void *p, size_t n, size_t *run);

/* What the device does with its addresses. An address outside fails the test. */
void fake_ram_read(uint64_t addr, void *to, size_t n);
void fake_ram_write(uint64_t addr, const void *from, size_t n);
void *fake_ram_at(uint64_t addr, size_t n); /* must be contiguous: for rings */

/* The address range of all of it, for tests that watch accesses. */
bool fake_ram_has(const void *p);

#endif
