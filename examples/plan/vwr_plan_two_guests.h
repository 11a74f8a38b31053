/* SPDX-License-Identifier: MIT */
/* Made from vms.yaml by ./vwr plan: do not edit. */
#ifndef VWR_PLAN_TWO_GUESTS_H
#define VWR_PLAN_TWO_GUESTS_H

#include "vplan_blk.h"
#include "vplan_console.h"
#include "vplan_entropy.h"
#include "vplan_net.h"
#include "vplan_gpu.h"
#include "vplan_input.h"
#include "vplan_9p.h"
#include "vplan_balloon.h"

#if VWR_VPLAN_ABI != 3
#error "made by another Virtwright: run ./vwr plan again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Two guests on one switch, each with half of one disk; the first also has a screen, a keyboard and a pointer. */

/* Rows of the VMs, and of what devices share, as in struct vwr_vplan_host. */
#define VWR_PLAN_TWO_GUESTS_VM_ALPHA 0
#define VWR_PLAN_TWO_GUESTS_VM_BETA 1
#define VWR_PLAN_TWO_GUESTS_DISK_REAL 0
#define VWR_PLAN_TWO_GUESTS_SWITCH_LAN 0
#define VWR_PLAN_TWO_GUESTS_SCREEN_WALL 0
#define VWR_PLAN_TWO_GUESTS_FOLDER_HOME 0
#define VWR_PLAN_TWO_GUESTS_VMS 2
#define VWR_PLAN_TWO_GUESTS_DISKS 1
#define VWR_PLAN_TWO_GUESTS_SWITCHES 1
#define VWR_PLAN_TWO_GUESTS_SCREENS 1
#define VWR_PLAN_TWO_GUESTS_FOLDERS 1

/* All that the plan needs; the VMM places it. */
struct vwr_plan_two_guests {
    struct vwr_vm vm[2];
    struct vwr_memory_region region[2];
    struct vwr_vdev *slot[32];
    struct vwr_vqueue queue[24];
    struct vwr_vqueue_entry own[4288];
    struct {
        struct {
            struct vwr_vnet_switch device;
            struct vwr_vnet_route route[256];
        } lan;
    } switches;
    struct {
        struct {
            struct vwr_vfiles_memory tree;
            struct vwr_vfiles_memory_file file[64];
            struct vwr_vfiles_memory_entry entry[128];
            uint64_t pool[VWR_VFILES_MEMORY_POOL(1048576u) / 8u];
        } home;
    } folders;
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
        struct { /* 0xa003000, interrupt 51 */
            struct vwr_vnet device;
            struct vwr_vnet_port port;
        } network0;
        struct { /* 0xa004000, interrupt 52 */
            struct vwr_v9p device;
            struct vwr_v9p_fid fid[64];
            struct vwr_vmessage message[1];
            struct vwr_vfiles_call call[1];
            struct vwr_vseg seg[VWR_V9P_SEGS(1u)];
        } folder0;
        struct { /* 0xa005000, interrupt 53 */
            struct vwr_vballoon device;
            uint32_t map[VWR_VBALLOON_WORDS(0x10000000ull)];
        } balloon0;
        struct { /* 0xa006000, interrupt 54 */
            struct vwr_vgpu device;
            struct vwr_vgpu_scanout scanout[1];
            struct vwr_vgpu_resource resource[16];
            struct vwr_vgpu_entry entry[932];
            VWR_VPLAN_ALIGNED(VWR_VGPU_ALIGN) uint8_t memory[3751936];
        } gpu0;
        struct { /* 0xa007000, interrupt 55 */
            struct vwr_vinput device;
            struct vwr_input_event_msg event[64];
        } input0;
        struct { /* 0xa008000, interrupt 56 */
            struct vwr_vinput device;
            struct vwr_input_event_msg event[64];
        } input1;
    } alpha;
    struct {
        struct { /* 0xa010000, interrupt 64 */
            struct vwr_vblk device;
            struct vwr_vblk_req req[32];
            struct vwr_vseg seg[1088];
        } block0;
        struct { /* 0xa011000, interrupt 65 */
            struct vwr_vconsole device;
            struct vwr_vconsole_port port[1];
        } console0;
        struct { /* 0xa012000, interrupt 66 */
            struct vwr_ventropy device;
        } entropy0;
        struct { /* 0xa013000, interrupt 67 */
            struct vwr_vnet device;
            struct vwr_vnet_port port;
        } network0;
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
