/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_H
#define VWR_PAIR_VMM_H

#include "vwr/vdev.h"

/*
 * The VMM between the two: register accesses of the driver go to vwr_vm_access, as a trap handler's
 * would; interrupt lines are remembered; what a device puts off is done at a step. There is no time here
 * but what the driver asks for: each reading of the clock is a step, and a microsecond.
 */

#define VMM_SLOTS 4u
#define VMM_STRIDE 0x1000u
#define VMM_BASE UINT64_C(0x0a000000)

extern struct vwr_vm vmm;

/* A VM with the RAM of ram.h and no device. `deferred`: notifications are dealt with at a step. */
void vmm_begin(bool deferred);

/* Puts a device that was initialised for `vmm`, with line = slot, into a slot. */
void vmm_add(unsigned slot, struct vwr_vdev *v);

/* Where the driver finds the registers of a slot. */
volatile void *vmm_registers(unsigned slot);

/* Of a backend that has things to do at a step: true if it did something. NULL: none. */
extern bool (*vmm_work)(void);

/* Does what was put off. False: there is nothing, and nothing will come of itself. */
bool vmm_step(void);

/* Steps until that is so. */
void vmm_run_until_idle(void);

/* Is the device's interrupt raised? */
bool vmm_interrupted(unsigned slot);

/* A device may break from here on; otherwise that is a failed check. */
extern bool vmm_may_break;

/* A device may reach the registers of another, since a driver of ours is behind it; otherwise likewise. */
extern bool vmm_may_nest;

#endif
