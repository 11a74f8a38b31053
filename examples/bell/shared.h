/* SPDX-License-Identifier: MIT */
#ifndef SHARED_H
#define SHARED_H

#include "vwr/bell_block.h"

/* What both sides know of the memory that they share. */

#define BLOCK_BYTES 4096u
#define DRIVER 0x10000u /* offset of the driver's memory: rings, requests, buffers */
#define SHARED_BYTES 0x100000u

/* device.c: `addr` is the driver's address of the memory, and the disk is of this side alone. */
int device_begin(void *memory, uint64_t addr, void *disk, uint32_t disk_bytes,
                 void (*ring)(void *context, uint32_t reason));
void device_rung(void);

/* driver.c */
int driver_begin(void *memory, void (*ring)(void *context, uint32_t what));
int driver_try(unsigned seed);
int driver_recover(void);
int driver_end(void);

#endif
