/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMM_VMM_H
#define VWR_VMM_VMM_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/vblk_disk.h"
#include "vwr_plan_vmm.h"

#include "inside.h"

/*
 * A VMM: the VMs of vms.yaml. Their memory is part of a QEMU's RAM, and their disks are windows of QEMU's
 * disk, which our driver side drives. VMM and VMs share this process: the running side determines the target
 * of a register access and the meaning of an address. QEMU's disk interrupts the VMM, the VMs' own devices
 * interrupt the VMs.
 */

#define VMS VWR_PLAN_VMM_VMS
#define ALPHA VWR_PLAN_VMM_VM_ALPHA
#define BETA VWR_PLAN_VMM_VM_BETA
#define SCREEN 1024u                    /* size of the VMs' console output in bytes */
#define SPACE_BYTES ((size_t)64 * 1024) /* between segments of VMs' memory */

struct vmm {
    struct vwr_plan_vmm plan;
    struct vwr_mmio mmio;
    struct vwr_blk real;
    struct vwr_vblk_disk bridge;
    struct inside vm[VMS];
    uint8_t *space[8]; /* memory of no VM */
    unsigned spaces;
    int typed[2]; /* a pipe with the host's typed lines: "alpha: words" */
    char line[INSIDE_LINE];
    unsigned line_bytes;
    char screen[SCREEN];
    unsigned screen_bytes;
    unsigned randoms[VMS];
    unsigned broken[VMS]; /* number of times that one of its devices broke */
    unsigned services;
    unsigned steps;
    bool soon; /* the bridge has work to do */
};

extern struct vmm vmm;

/*
 * Starts QEMU with "disk.img", created by pattern.sh from START, and all VMs. `drive` and `device`: as in
 * machine.h.
 */
#define START "C 0 64 Z 64 8128"
void vmm_begin(bool legacy, const char *drive, const char *device);

/* Runs the VMM and each VM for one step. */
void vmm_step(void);

/* Runs steps until all VMs have finished their work. */
void vmm_run(void);

/* Types a line on the host's keyboard. */
void vmm_type(const char *line);

/* Powers the VM off and on. */
void vmm_restart(unsigned vm);

/* Calls a function inside of a VM. */
void vmm_within(unsigned vm, void (*what)(struct inside *in));

/*
 * Checks that nothing was written outside of available memory, ends QEMU, and compares the image with
 * pattern.sh's output for `runs`.
 */
void vmm_end(const char *runs);

/* The same, if QEMU must print an error message about its disk. */
void vmm_end_complaining(const char *runs);

#endif
