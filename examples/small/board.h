/* SPDX-License-Identifier: MIT */
#ifndef SMALL_BOARD_H
#define SMALL_BOARD_H

#include "vwr/mmio.h"

/*
 * The interface of the examples in this folder to the machine: all that has to be replaced for another one.
 */

/* The example: VWR_OK, or the error that ended it. */
int example(void);

/* Where register blocks may be. */
extern const struct vwr_mmio_window board_slots;

/*
 * Memory that is contiguous for the CPU, but not for the device if the machine has pages; starts at a page.
 */
#define BOARD_PAGE 4096u
#define BOARD_SCATTERED_BYTES (3u * BOARD_PAGE)
void *board_scattered(void);

/* Calls `handler` for each interrupt of the device of *m from now on. */
void board_interrupts(const struct vwr_mmio *m, void (*handler)(void));

/* Prints a line on the console. */
void say(const char *line);

/*
 * board.c, based on these: finds the first device of a type (VWR_ID_...), or VWR_ENODEV; prints a device's
 * address, type and version; prints lines with numbers.
 */
VWR_MUST_CHECK int board_find(struct vwr_mmio *m, uint32_t type);
void say_device(const struct vwr_mmio *m);
void say_number(const char *words, uint64_t number);
void say_bytes(const char *words, const void *bytes, unsigned count);

/* Prints the ring layout of a running device. */
void say_ring(const struct vwr_dev *d);

#endif
