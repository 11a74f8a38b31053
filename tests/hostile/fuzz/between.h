/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_BETWEEN_H
#define VWR_FUZZ_BETWEEN_H

#include "world.h"

/*
 * An attacker between a driver and its device. It changes bytes of the shared memory, and register values in
 * flight.
 */

/* The memory that the driver and the device share. */
uint8_t *between_shared(size_t offset);

/* between_start starts without pending changes; changes apply until between_stop. */
void between_start(void);
void between_stop(void);

/*
 * between_changed returns whether anything was changed. between_change records a change by the target itself.
 */
bool between_changed(void);
void between_change(void);

/* Changes a byte now, or while the device works, or a register value in flight. The input selects which. */
void between_step(uint8_t what, struct input *in);

#endif
