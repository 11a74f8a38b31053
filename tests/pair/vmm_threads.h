/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_THREADS_H
#define VWR_PAIR_VMM_THREADS_H

#include "vmm.h"

/*
 * The VMM of vmm.h for several threads: the lock hooks of each device use a mutex. With `deferred` a
 * notification is stored in a bell, which works like an eventfd, and the thread that serves the device
 * writes it to the register. So the driver's thread takes no lock for it, and the rings are the only
 * connection between the two.
 */

/* Delivers the stored notifications; false if there were none. */
bool vmm_answer_bells(unsigned slot);

/* All devices use the lock of slot 0, like devices on one switch, and the caller of vmm_go_on runs their
 * deferred work. Call it before the threads start. */
void vmm_one_lock(void);
void vmm_hold(bool take);
void vmm_go_on(void);

/* Disables the lock hooks, for the test that their absence is detected. */
void vmm_without_locks(void);

#endif
