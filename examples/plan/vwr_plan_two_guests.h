/* SPDX-License-Identifier: MIT */
/* Made from vms.yaml by ./vwr plan: do not edit. */
#ifndef VWR_PLAN_TWO_GUESTS_H
#define VWR_PLAN_TWO_GUESTS_H

#include "vwr/vplan_blk.h"
#include "vwr/vplan_console.h"
#include "vwr/vplan_entropy.h"

#if VWR_VPLAN_ABI != 1
#error "made by another Virtwright: run ./vwr plan again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Two guests, each with a disk, a console and a source of random bytes; both disks are halves of one. */

/* Rows of the VMs, and of the backends in struct vwr_vplan_host. */
#define VWR_PLAN_TWO_GUESTS_VM_ALPHA 0
#define VWR_PLAN_TWO_GUESTS_VM_BETA 1
#define VWR_PLAN_TWO_GUESTS_DISK_REAL 0
#define VWR_PLAN_TWO_GUESTS_VMS 2
#define VWR_PLAN_TWO_GUESTS_DISKS 1

/* All that the plan needs; the VMM places it. */
struct vwr_plan_two_guests {
    struct vwr_vm vm[2];
    struct vwr_vm_region region[2];
    struct vwr_vdev *slot[32];
    struct vwr_vqueue queue[8];
    struct vwr_vqueue_entry own[896];
    struct {
        struct { /* 0xa000000, interrupt 48 */
            struct vwr_vblk device;
            struct vwr_vblk_req req[32];
            struct vwr_vseg seg[1088];
        } block0;
        struct { /* 0xa001000, interrupt 49 */
            struct vwr_vconsole device;
            struct vwr_vconsole_port port[1];
        } console0;
        struct { /* 0xa002000, interrupt 50 */
            struct vwr_ventropy device;
        } entropy0;
    } alpha;
    struct {
        struct { /* 0xa010000, interrupt 56 */
            struct vwr_vblk device;
            struct vwr_vblk_req req[32];
            struct vwr_vseg seg[1088];
        } block0;
        struct { /* 0xa011000, interrupt 57 */
            struct vwr_vconsole device;
            struct vwr_vconsole_port port[1];
        } console0;
        struct { /* 0xa012000, interrupt 58 */
            struct vwr_ventropy device;
        } entropy0;
    } beta;
};

#define VWR_PLAN_TWO_GUESTS_BYTES sizeof(struct vwr_plan_two_guests)

/* How much memory the VMM has set aside for it, where it has. */
#ifdef VWR_PLAN_TWO_GUESTS_MEMORY
VWR_STATIC_ASSERT(VWR_PLAN_TWO_GUESTS_BYTES <= VWR_PLAN_TWO_GUESTS_MEMORY,
                  "plan two-guests: VWR_PLAN_TWO_GUESTS_MEMORY is too small: give it VWR_PLAN_TWO_GUESTS_BYTES, "
                  "or take devices, queues or requests out of vms.yaml");
#endif

extern const struct vwr_vplan vwr_plan_two_guests;

static inline int vwr_plan_two_guests_init(struct vwr_plan_two_guests *memory, const struct vwr_vplan_host *host,
    const struct vwr_vplan_device **failed)
{
    return vwr_vplan_init(&vwr_plan_two_guests, memory, sizeof *memory, host, failed);
}

static inline bool vwr_plan_two_guests_access(struct vwr_plan_two_guests *memory, uint64_t addr, unsigned bytes,
    bool is_write, uint64_t *value)
{
    return vwr_vplan_access(&vwr_plan_two_guests, memory, addr, bytes, is_write, value);
}

#ifdef __cplusplus
}
#endif

#endif
