/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMM_VMM_H
#define VWR_VMM_VMM_H

#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/vblk_disk.h"
#include "vwr_plan_vmm.h"

#include "inside.h"

/*
 * A VMM: the VMs of vms.yaml, whose memory is carved out of the RAM of a QEMU, and whose disks are windows
 * of QEMU's disk, which our own driver side drives. The two share this process: who runs decides where a
 * register access goes and what an address is. The VMM is interrupted by QEMU's disk, the VMs by theirs.
 */

#define VMS VWR_PLAN_VMM_VMS
#define ALPHA VWR_PLAN_VMM_VM_ALPHA
#define BETA VWR_PLAN_VMM_VM_BETA
#define SCREEN 1024u                    /* bytes of what the VMs have written to their consoles */
#define SPACE_BYTES ((size_t)64 * 1024) /* between segments of VMs' memory */

struct vmm {
    struct vwr_plan_vmm plan;
    struct vwr_mmio mmio;
    struct vwr_blk real;
    struct vwr_vblk_disk bridge;
    struct inside vm[VMS];
    uint8_t *space[8]; /* memory that is nobody's */
    unsigned spaces;
    int typed[2]; /* a pipe: what is typed on the host; lines "alpha: words" */
    char line[INSIDE_LINE];
    unsigned line_bytes;
    char screen[SCREEN];
    unsigned screen_bytes;
    unsigned randoms[VMS];
    unsigned broken[VMS]; /* how often one of its devices broke */
    unsigned services;
    unsigned steps;
    bool soon; /* the bridge has something to do */
};

extern struct vmm vmm;

/* Starts QEMU with "disk.img", which pattern.sh has made of START, and all VMs. `drive` and `device` are as
 * in machine.h.
 */
#define START "C 0 64 Z 64 8128"
void vmm_begin(bool legacy, const char *drive, const char *device);

/* Everybody one step. */
void vmm_step(void);

/* Steps until all VMs have done their work. */
void vmm_run(void);

/* Types a line on the host's keyboard. */
void vmm_type(const char *line);

/* The VM is switched off and on again. */
void vmm_restart(unsigned vm);

/* Lets something happen inside of a VM. */
void vmm_within(unsigned vm, void (*what)(struct inside *in));

/* Nobody has written outside of what was available; QEMU ends; the image is what pattern.sh makes of `runs`.
 */
void vmm_end(const char *runs);

/* The same where QEMU has to complain of what its disk found. */
void vmm_end_complaining(const char *runs);

#endif
