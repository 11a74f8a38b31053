/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_BETWEEN_H
#define VWR_FUZZ_BETWEEN_H

#include "world.h"

/* Somebody between a driver and its device, who changes bytes of what they share, and registers in flight. */

/* The memory that a driver shares with its device. */
uint8_t *between_shared(size_t offset);

/* Nobody yet; and then at work, until between_stop. */
void between_start(void);
void between_stop(void);

/* Has anything been changed? Something has, by the target itself. */
bool between_changed(void);
void between_change(void);

/* Changes something at once, while the device works, or a register in flight: how, the input says. */
void between_step(uint8_t what, struct input *in);

#endif
