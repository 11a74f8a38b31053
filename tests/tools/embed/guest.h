/* SPDX-License-Identifier: MIT */
#ifndef EMBED_GUEST_H
#define EMBED_GUEST_H

#include "vwr.h"

/* The guest: a queue of one device at a time. guest.c has a disk, a console, random bytes, guest_more.c the
 * others. */

#define RAM 0x40000000u
#define PAGE 4096u

enum { NET = 1, DISK = 2, CONSOLE = 3, ENTROPY = 4, BALLOON = 5, FOLDER = 9, GPU = 16, INPUT = 18 };
enum { WRITTEN_BY_DEVICE = 2, AND_SO_ON = 1 };

uint32_t guest_get(unsigned slot, unsigned reg);

/* The device from its reset to DRIVER_OK, with this queue; memory is zero then. */
void guest_start(unsigned slot, unsigned queue, bool legacy);

/* The page behind the rings with that number; and descriptor `at`: `len` bytes of it. */
uint8_t *guest_page(unsigned at);
void guest_segment(unsigned at, uint32_t len, unsigned flags);

/* A buffer that begins with descriptor `head`; how many bytes of the last one the device has written. */
void guest_offer(unsigned slot, unsigned queue, bool legacy, uint16_t head);
uint32_t guest_used(bool legacy);

/* Both, of descriptor 0. */
uint32_t guest_send(unsigned slot, unsigned queue, bool legacy);

/* The device of guest_more.c; guest_start was called for its queue 0. */
void guest_use(unsigned slot, uint32_t id, bool legacy);

#endif
