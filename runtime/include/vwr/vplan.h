/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_H
#define VWR_VPLAN_H

#include "vwr/vdev.h"

VWR_BEGIN_C

/*
 * A platform plan: which VMs there are, which memory and devices each has, where a device answers and
 * which interrupt it has. `./vwr plan` makes the tables out of a vms.yaml, and a structure that has room
 * for all that they need; here are their types, and what walks them. The tables are const and hold no
 * address of ours but those that the plan gives, so the structure may be placed anywhere.
 *
 * What takes `memory` means that structure, initialised by vwr_vplan_init for the same plan.
 */

#define VWR_VPLAN_ABI 2 /* of the row types below: a table that was made for another one does not compile */

/* Where a member is in a structure; a port need not have offsetof. */
#define VWR_VPLAN_AT(type, member) __builtin_offsetof(type, member)

/* A member that begins at a multiple of n. */
#ifdef __cplusplus
#define VWR_VPLAN_ALIGNED(n) alignas(n)
#else
#define VWR_VPLAN_ALIGNED(n) _Alignas(n)
#endif

#define VWR_VPLAN_NONE 0xffffu /* where a table of indices has none */

/* Memory of a guest. `placed`: it is at `host`; otherwise the VMM says where, when it starts. */
struct vwr_vplan_memory {
    uint64_t addr;
    uint64_t bytes;
    uint64_t host;
    bool placed;
};

/* A VM. */
struct vwr_vplan_vm {
    const char *name;
    uint32_t id;
    const struct vwr_vplan_memory *memory;
    uint32_t memories;
    uint64_t base; /* its devices answer in `slots` windows of `stride` bytes from here on */
    uint32_t stride;
    uint32_t slots;
    uint32_t first; /* its devices are rows first .. first + devices of the plan, by slot */
    uint32_t devices;
    uint32_t line;                  /* of its devices' interrupts the first, */
    uint32_t lines;                 /* how many from there to the last, */
    const uint16_t *device_of_line; /* and for each of them the device's row, or VWR_VPLAN_NONE */
    uint32_t region;                /* its first in the structures' arrays of these */
    uint32_t slot;
};

struct vwr_vplan_device;
struct vwr_vplan_host;
struct vwr_vplan_shared;

/* Builds what devices share: *row in `memory`; before any of them. */
typedef int vwr_vplan_build_shared(const struct vwr_vplan_shared *row, void *memory,
                                   const struct vwr_vplan_host *host);

/* What devices share, and the plan has memory for: a switch, a tree of files. */
struct vwr_vplan_shared {
    const char *name;
    vwr_vplan_build_shared *build;
    const void *options; /* the class's */
    size_t at;           /* bytes from the begin of the structure to it */
};

/* Builds one device of a class: *row in `memory`, with all of *s set; vwr_vplan_blk and its like. */
typedef int vwr_vplan_build(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                            const struct vwr_vplan_host *host);

/* A device. */
struct vwr_vplan_device {
    const char *name;
    const char *kind;
    uint32_t id; /* as DeviceID reads */
    uint32_t vm; /* row of its VM */
    uint32_t slot;
    uint64_t addr;
    uint32_t line;
    bool legacy;
    uint16_t queues;
    uint16_t queue_size;
    struct vwr_features features; /* of the ring and the transport, that are offered */
    vwr_vplan_build *build;
    const void *options; /* the class's: struct vwr_vplan_blk and its like */
    size_t device;       /* bytes from the begin of the structure to the device */
    uint32_t queue;      /* its first in the structure's arrays of these */
    uint32_t own;
};

/* A plan: the tables, and where in the structure its arrays begin. */
struct vwr_vplan {
    const char *name;
    const struct vwr_vplan_vm *vm;
    const struct vwr_vplan_device *device;
    const char *const *disk;               /* names of the backends, in the order of vwr_vplan_host.disk */
    const struct vwr_vplan_shared *shared; /* switches, trees of files */
    uint32_t vms;
    uint32_t devices;
    uint32_t disks;
    uint32_t shareds;
    bool edge;     /* interrupts are edges, otherwise levels: what the guest's device tree says */
    bool coherent; /* the guest's caches and ours agree */
    size_t bytes;  /* of the structure */
    size_t align;
    size_t vm_at;
    size_t region_at;
    size_t slot_at;
    size_t queue_at;
    size_t own_at;

    /* Which VM has its windows at an address: of each 1 << shift bytes from `base` on, or no table. */
    uint64_t base;
    uint32_t shift;
    uint32_t units;
    const uint16_t *vm_of_unit;
};

struct vwr_v9p_files;
struct vwr_vballoon_ops;
struct vwr_vblk_backend;
struct vwr_vconsole_ops;
struct vwr_ventropy;
struct vwr_vgpu_ops;
struct vwr_vinput_ops;

/* What the VMM gives for a plan; what no device of the plan needs may be NULL. All is in use as long as the
 * plan is. */
struct vwr_vplan_host {
    const struct vwr_vm_ops *ops;
    void *context; /* becomes vm->context, and that of all devices but disks, network devices and folders */
    /* Where memory is that the plan does not place: row->memory[index]; NULL: there is none. */
    void *(*memory)(void *context, const struct vwr_vplan_vm *row, uint32_t index);
    struct vwr_vblk_backend *const *disk; /* one for each disk of the plan, in its order */
    const struct vwr_vconsole_ops *console;
    uint32_t (*entropy)(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n);
    /* For each switch of the plan: what its uplink takes of its offloads. NULL: all of all switches. */
    const struct vwr_features *offloads;
    const uint32_t *key; /* VWR_VNET_SWITCH_KEY random words for the switches; NULL: none (vnet_switch.h) */
    const struct vwr_vgpu_ops *gpu;
    const struct vwr_vinput_ops *input; /* NULL: LEDs are nobody's */
    const struct vwr_vballoon_ops *balloon;
    /* One for each folder of the plan, in its order; those that the plan has in memory are not read. */
    struct vwr_v9p_files *const *folder;
    uint32_t vendor;       /* 0: VWR_VDEV_VENDOR */
    uint16_t budget;       /* 0: VWR_VDEV_BUDGET */
    uint32_t budget_bytes; /* 0: VWR_VDEV_BUDGET_BYTES */
};

/*
 * Builds all VMs and all their devices. `bytes` of memory, any content, are at least plan->bytes, aligned
 * to plan->align. VWR_OK; VWR_ENOMEM: memory; VWR_EINVAL: no hook for what the plan has; and of the device
 * that *failed (may be NULL) then points to, NULL if it was none, as vwr_vm_add, vwr_vblk_init,
 * vwr_vconsole_init, vwr_ventropy_init, vwr_vnet_init, vwr_vnet_switch_connect, vwr_vgpu_init,
 * vwr_vinput_init, vwr_v9p_init and vwr_vballoon_init. Nothing is to be used after an error.
 */
VWR_MUST_CHECK int vwr_vplan_init(const struct vwr_vplan *plan, void *memory, size_t bytes,
                                  const struct vwr_vplan_host *host, const struct vwr_vplan_device **failed);

/*
 * vwr_vm_access for a VMM whose trap handler knows the address only: of whichever VM has its windows there.
 * The cost grows with neither VMs nor devices. False as well if the plan has two VMs with the same windows.
 */
bool vwr_vplan_access(const struct vwr_vplan *plan, void *memory, uint64_t addr, unsigned bytes,
                      bool is_write, uint64_t *value);

/* The device of a VM that has this interrupt, or NULL. */
const struct vwr_vplan_device *vwr_vplan_of_line(const struct vwr_vplan *plan, uint32_t vm, uint32_t line);

/* The row of a device that the plan has built, or NULL. */
const struct vwr_vplan_device *vwr_vplan_of(const struct vwr_vplan *plan, const void *memory,
                                            const struct vwr_vdev *v);

/* What begins so many bytes from the begin of the structure. */
static inline void *vwr_vplan_member(void *memory, size_t at)
{
    return (uint8_t *)memory + at;
}

/* The VM of row `vm`, the device of a row, and the row of a VM. */
static inline struct vwr_vm *vwr_vplan_vm(const struct vwr_vplan *plan, void *memory, uint32_t vm)
{
    return (struct vwr_vm *)vwr_vplan_member(memory, plan->vm_at) + vm;
}

static inline struct vwr_vdev *vwr_vplan_device(const struct vwr_vplan_device *row, void *memory)
{
    return (struct vwr_vdev *)vwr_vplan_member(memory, row->device);
}

static inline uint32_t vwr_vplan_row(const struct vwr_vplan *plan, const void *memory,
                                     const struct vwr_vm *vm)
{
    return (uint32_t)(vm - (const struct vwr_vm *)(const void *)((const uint8_t *)memory + plan->vm_at));
}

VWR_END_C

#endif
