/* SPDX-License-Identifier: MIT */
#ifndef SMALL_BOARD_H
#define SMALL_BOARD_H

#include "vwr/mmio.h"

/* What each example of this folder is given by the machine it runs on: here is all that has to be replaced.
 */

/* The example: VWR_OK, or the error it ended with. */
int example(void);

/* Where register blocks may be. */
extern const struct vwr_mmio_window board_slots;

/* Memory that is contiguous for us and, on a machine with pages, not for the device; on a page, there once.
 */
#define BOARD_PAGE 4096u
#define BOARD_SCATTERED_BYTES (3u * BOARD_PAGE)
void *board_scattered(void);

/* From here on `handler` is called when the device of *m interrupts. */
void board_interrupts(const struct vwr_mmio *m, void (*handler)(void));

/* Puts a line on the console. */
void say(const char *line);

/* board.c, on top of these: the first device of a type (VWR_ID_...), or VWR_ENODEV; where a device is, what
 * and of which version; lines with numbers in them. */
VWR_MUST_CHECK int board_find(struct vwr_mmio *m, uint32_t type);
void say_device(const struct vwr_mmio *m);
void say_number(const char *words, uint64_t number);
void say_bytes(const char *words, const void *bytes, unsigned count);

/* Of what kind the rings of a device are that runs. */
void say_ring(const struct vwr_dev *d);

#endif
