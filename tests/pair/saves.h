/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_SAVES_H
#define VWR_PAIR_SAVES_H

#include <stdbool.h>

/*
 * All devices are saved and loaded into fresh structures while a case runs: after a register access,
 * or before a store by the driver into a ring. Afterwards the guest's memory is at a different address, and
 * the VMM
 * has lost pending notifications and interrupts. Arguments: one in PERIOD such points is used, selected by
 * SEED;
 * FLAW: the flaw in the load, because of which the case has to fail.
 */
void saves_begin(int count, char **arguments);
void saves_end(void);

/* While a case is resting, devices are saved only when it requests this. */
void saves_rest(bool rests);
void saves_once(void);

#endif
