/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_THREADS_H
#define VWR_PAIR_VMM_THREADS_H

#include "vmm.h"

/*
 * The VMM of vmm.h for several threads: a mutex for each device as its lock hooks. With `deferred` a
 * notification is left at a bell, as an eventfd would take it, and whoever serves the device writes it to the
 * register: so the driver's thread takes no lock for it, and the two meet in the rings alone.
 */

/* Makes up for the notifications that were left; false: there was none. */
bool vmm_answer_bells(unsigned slot);

/* All devices have the lock of slot 0, as those that are joined by a switch; and what a device puts off is
 * left for who calls vmm_go_on. Before the threads begin. */
void vmm_one_lock(void);
void vmm_hold(bool take);
void vmm_go_on(void);

/* No lock hooks: for the test that sees them missed. */
void vmm_without_locks(void);

#endif
