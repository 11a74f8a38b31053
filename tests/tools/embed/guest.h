/* SPDX-License-Identifier: MIT */
#ifndef EMBED_GUEST_H
#define EMBED_GUEST_H

#include "vwr_example.h"

/*
 * The guest uses one queue of one device at a time. guest.c supports the disk, the console and the entropy
 * device; guest_more.c supports the others.
 */

#define RAM 0x40000000u
#define PAGE 4096u

enum {
    NET = 1,
    DISK = 2,
    CONSOLE = 3,
    ENTROPY = 4,
    BALLOON = 5,
    SCSI = 8,
    FOLDER = 9,
    GPU = 16,
    INPUT = 18,
    FS = 26
};
enum { WRITTEN_BY_DEVICE = 2, AND_SO_ON = 1 };

uint32_t guest_get(unsigned slot, unsigned reg);

/* Starts the device, from reset to DRIVER_OK, with this queue; it clears memory. */
void guest_start(unsigned slot, unsigned queue, bool legacy);

/*
 * The page with this number after the rings, and descriptor `at`, which describes `len` bytes of that page.
 */
uint8_t *guest_page(unsigned at);
void guest_segment(unsigned at, uint32_t len, unsigned flags);

/*
 * Makes a buffer with head `head` available. guest_used returns the number of bytes that the device has
 * written to the last buffer.
 */
void guest_offer(unsigned slot, unsigned queue, bool legacy, uint16_t head);
uint32_t guest_used(bool legacy);

/* Does both, with descriptor 0. */
uint32_t guest_send(unsigned slot, unsigned queue, bool legacy);

/* Uses a device of guest_more.c, after guest_start for its queue 0. */
void guest_use(unsigned slot, uint32_t id, bool legacy);

#endif
