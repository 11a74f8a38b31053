/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_H
#define VWR_PAIR_VMM_H

#include "vwr/bell.h"
#include "vwr/mmio.h"
#include "vwr/pci.h"
#include "vwr/rproc.h"
#include "vwr/vdev.h"

/*
 * The VMM between the two sides. The driver's register accesses go to vwr_vm_access, as from a trap handler,
 * or to vwr_vpci_access. Interrupt lines are recorded; deferred work of a device runs at a step. Time passes
 * only
 * when the driver reads the clock: each read is a step and one microsecond.
 */

#define VMM_SLOTS 4u
#define VMM_STRIDE 0x1000u
#define VMM_BASE UINT64_C(0x0a000000)

extern struct vwr_vm vmm;

/* Creates a VM with the RAM of ram.h and without devices. `deferred`: notifications are served at a step. */
void vmm_begin(bool deferred);

/* Puts a device into a slot; it was initialised for `vmm` with line = slot. */
void vmm_add(unsigned slot, struct vwr_vdev *v);

/* The monitor observes the devices that are added from now on: a broken rule ends the program. */
extern unsigned vmm_watched; /* devices with a monitor */
extern unsigned vmm_unknown; /* devices without one, because it does not know the legacy interface of PCI */
extern bool vmm_is_watched;

/* Stops the monitor of a slot whose device breaks rules on purpose, or of all slots. */
void vmm_look_away(unsigned slot);
void vmm_watch_none(void);

/*
 * Where devices are: in slots of MMIO; functions of PCI with INTx, on one bus; or with MSI-X, behind
 * bridges and beside others, 32 in all. Set before vmm_begin. Legacy devices whose class has no id for that
 * are always in slots. VMM_RPROC: legacy devices are in resource tables, and VMM_BELL: modern ones have
 * registers in shared memory (pair_calls); the others are in slots.
 */
enum vmm_bus { VMM_MMIO, VMM_INTX, VMM_MSIX, VMM_RPROC, VMM_BELL };
extern enum vmm_bus vmm_bus;

/* Whether the device has registers in shared memory, without NOTIFICATION_DATA and SUSPEND. */
bool vmm_has_bell(const struct vwr_vdev *v);

/* The driver's end of a device on any transport. */
union vmm_end {
    struct vwr_dev dev; /* the first member of the others */
    struct vwr_mmio mmio;
    struct vwr_pci pci;
#if VWR_ACCESS_CALLS
    struct vwr_rproc rproc;
    struct vwr_bell bell;
#endif
};

/* The driver finds the device of a slot; on PCI it places all functions before it finds the first one. */
int vmm_find(union vmm_end *end, unsigned slot);

/* Register address of a slot for the driver, by MMIO. */
volatile void *vmm_registers(unsigned slot);

/* Deferred work of a backend, run at a step: true if it did something. NULL: none. */
extern bool (*vmm_work)(void);

/* Runs deferred work. False: there is none, and there will be none unless the driver acts. */
bool vmm_step(void);

/* Runs steps until vmm_step returns false. */
void vmm_run_until_idle(void);

/* Whether the device's interrupt line is raised, or the device has sent a message since the last call. */
bool vmm_interrupted(unsigned slot);

/* Called after each register access of a driver, and when a device was added; NULL: nothing. */
extern void (*vmm_accessed)(void);
extern void (*vmm_added)(unsigned slot, struct vwr_vdev *v);

/* The device of a slot has sent a notification through a mailbox. */
void vmm_interrupt(unsigned slot);

/* Number of MSI-X messages from all devices so far. */
extern unsigned vmm_messages;

/* Forgets interrupts and deferred notifications, like another VMM that continues with saved devices. */
void vmm_forget(void);

/* From now on a device may break; otherwise this fails a check. */
extern bool vmm_may_break;

/* A device may access the registers of another device, because one of this project's drivers is behind it;
 * otherwise this also fails a check. */
extern bool vmm_may_nest;

#endif
