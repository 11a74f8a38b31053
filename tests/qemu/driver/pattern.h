/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_PATTERN_H
#define VWR_QEMU_PATTERN_H

#include <stddef.h>
#include <stdint.h>

/*
 * Content of the test disks: each 16 bytes contain their sector's number and the tag of their writer, which
 * reveals misplaced, stale and half-written sectors. This file makes it in memory, pattern.sh independently
 * on disk.
 */

#define SECTOR_BYTES 512u

void pattern_fill(void *p, char tag, uint64_t sector, uint32_t count);

/* Fails the test unless the memory contains the pattern. */
void pattern_check_at(const char *file, int line, const void *p, char tag, uint64_t sector, uint32_t count);
#define PATTERN_CHECK(p, tag, sector, count) pattern_check_at(__FILE__, __LINE__, p, tag, sector, count)

/* Sets the path of pattern.sh; to be called once. */
void image_script(const char *path);

/* Creates an image with pattern.sh and `runs`: "TAG FIRST COUNT", any number of them; TAG 0: zeroes. */
void image_make(const char *file, const char *runs);

/* Compares the image with pattern.sh's output for `runs`. */
void image_check(const char *file, const char *runs);

/* Likewise, with an existing "expected.img". */
void image_compare(const char *file);

#endif
