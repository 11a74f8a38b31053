/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_SAVES_H
#define VWR_PAIR_SAVES_H

#include <stdbool.h>

/*
 * All devices are saved and loaded into fresh structures while a case runs: after an access to a register,
 * and before a store of the driver into a ring. The guest's memory is at another address then, and the VMM
 * has forgotten notifications and interrupts. Arguments: one of PERIOD such points is used, by SEED; FLAW:
 * what is wrong with the load, so that the case has to fail.
 */
void saves_begin(int count, char **arguments);
void saves_end(void);

/* While a case rests nothing is saved, but when it says so. */
void saves_rest(bool rests);
void saves_once(void);

#endif
