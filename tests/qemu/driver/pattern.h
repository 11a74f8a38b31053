/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_PATTERN_H
#define VWR_QEMU_PATTERN_H

#include <stddef.h>
#include <stdint.h>

/*
 * What is on the test disks: each 16 bytes say which sector they belong to, and by whom they
 * were written, so that a sector in the wrong place, a stale one and half of one are all seen.
 * In memory by this file, on disk by pattern.sh, which has it from nobody else.
 */

#define SECTOR_BYTES 512u

void pattern_fill(void *p, char tag, uint64_t sector, uint32_t count);

/* A failed check unless the memory has the pattern. */
void pattern_check_at(const char *file, int line, const void *p, char tag, uint64_t sector, uint32_t count);
#define PATTERN_CHECK(p, tag, sector, count) pattern_check_at(__FILE__, __LINE__, p, tag, sector, count)

/* Must be called once: where pattern.sh is. */
void image_script(const char *path);

/* A fresh image of what pattern.sh makes of `runs`: "TAG FIRST COUNT", any number of them; TAG 0: zeroes. */
void image_make(const char *file, const char *runs);

/* Another program checks: is the image what pattern.sh makes of `runs`? */
void image_check(const char *file, const char *runs);

/* The same with an "expected.img" that is there already. */
void image_compare(const char *file);

#endif
