/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_GUEST_H
#define VWR_QEMU_GUEST_H

#include <stddef.h>
#include <stdint.h>

/*
 * The guest's RAM: a file that QEMU and this program both map. All memory that a case passes to a device is
 * allocated here.
 */

#define GUEST_BYTES ((size_t)64 << 20)
#define GUEST_PAGE ((size_t)4096)
#define GUEST_POISON 0xa5 /* content of fresh memory */
#define GUEST_FD 100      /* the file, which QEMU inherits */

/* Maps the file with new content, before QEMU starts or is reset; QEMU's RAM begins at `base`. */
void guest_open(uint64_t base);
void guest_close(void);

/* Allocates page-aligned memory that is contiguous for the device too. */
void *guest_alloc(size_t bytes);

/* guest_release frees all guest_alloc memory allocated since the mark. */
size_t guest_mark(void);
void guest_release(size_t mark);

/*
 * Allocates memory that is contiguous only for this program: no two adjacent pages are contiguous for the
 * device. A kernel's stack and a process's buffer are like this.
 */
void *guest_alloc_scattered(size_t bytes);

/* The device address of [p, p + n); *run: bytes up to the first gap, 0 if p is not guest RAM. */
uint64_t guest_dma(const void *p, size_t n, size_t *run);

/* Translates device addresses [addr, addr + n) to a pointer; NULL unless all of it is RAM. */
void *guest_at(uint64_t addr, uint64_t n);

#endif
