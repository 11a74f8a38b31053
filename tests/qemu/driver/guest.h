/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_GUEST_H
#define VWR_QEMU_GUEST_H

#include <stddef.h>
#include <stdint.h>

/*
 * The guest's RAM: a file that QEMU and this program both map. What a case gives to a device
 * has to come from here.
 */

#define GUEST_BYTES ((size_t)64 << 20)
#define GUEST_PAGE ((size_t)4096)
#define GUEST_POISON 0xa5 /* fresh memory is full of it */

/* Makes the file and maps it, before QEMU starts, whose RAM begins at `base`. */
void guest_open(const char *file, uint64_t base);
void guest_close(void);

/* Memory that is contiguous for the device too, aligned to a page. */
void *guest_alloc(size_t bytes);

/* Gives back all that guest_alloc has given since the mark was made. */
size_t guest_mark(void);
void guest_release(size_t mark);

/*
 * Memory that only the program sees as contiguous: no two pages that follow each other here
 * follow each other for the device. Like a kernel's stack or a process's buffer.
 */
void *guest_alloc_scattered(size_t bytes);

/* The address that the device knows [p, p + n) by; *run: bytes up to the first gap, 0 if p is not guest RAM.
 */
uint64_t guest_dma(const void *p, size_t n, size_t *run);

/* Where this program sees what the device knows as [addr, addr + n); NULL unless all of it is RAM. */
void *guest_at(uint64_t addr, uint64_t n);

#endif
