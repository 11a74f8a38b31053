/* SPDX-License-Identifier: MIT */
#ifndef VWR_CRATES_MACHINE_H
#define VWR_CRATES_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What src/main.rs calls. Errors end the process. */

/*
 * Creates the machine: a disk of the file in window 0, an entropy device in window 1, a card that returns
 * each frame in window 2.
 */
void machine_begin(const char *image, bool legacy, bool as_qemu);

/* Prints what each device has tolerated, and its last fault, unless a reset has cleared it. */
void machine_end(void);

uint8_t *machine_window(unsigned n);

/* Guest memory, by its address in the guest: whole pages, zeroed; where the process sees it. */
uint64_t machine_take(size_t bytes);
void machine_give(uint64_t addr, size_t bytes);
uint8_t *machine_at(uint64_t addr);

#endif
