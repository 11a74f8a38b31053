/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMEM_H
#define VWR_VMEM_H

#include "vwr/service/mem.h"

VWR_BEGIN_C

/**
 * DOC: Memory device, device side
 *
 * The device has a region of guest memory that consists of blocks. The guest plugs and unplugs blocks, until
 * the size is plugged that the VMM wants::
 *
 *     r = vwr_vmem_init(m, setup, own, options);
 *     r = vwr_vmem_resize(m, bytes); // the guest plugs blocks: ops.give
 *     r = vwr_vmem_resize(m, 0);     // it unplugs them: ops.discard
 *
 * The region is part of a region of the VM's memory table, which reserves the addresses. What is unplugged is
 * reached by nobody: for the VM's devices, a block that is not plugged is not guest memory, like a page in an
 * exclusive balloon. A ring or a buffer in it breaks the device that the guest gives it to. The VMM does the
 * same for the guest's CPUs in its hooks.
 *
 * Rules:
 *
 * - Plugged blocks are kept as runs of adjacent blocks, in memory of the VMM. A request that would need more
 *   runs than there is memory for is answered BUSY.
 * - Between a request to unplug blocks and its answer, the devices do not accept new buffers in the blocks.
 *   If a device still uses one, such as a disk that reads into it, the answer is BUSY, and the blocks stay
 *   plugged.
 * - This test takes the lock of each device of the VM, so it cannot be done within a request if the VM has
 *   locks. In such a VM, the answer waits until a thread without locks has called vwr_vmem_settle(). The hook
 *   @unplugging requests this call.
 * - A reset of the device does not unplug blocks. When the guest restarts, the VMM calls vwr_vm_reset(), and
 *   then vwr_vmem_unplug_all().
 * - A VM can have one memory device.
 *
 * vwr_vmem_state saves which blocks are plugged; after a load, ops.give is called for them (docs/state.md).
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Memory Device.
 */

/*
 * A limit of this implementation: segments per chain, for 64 descriptors and some boundaries between regions.
 */
#define VWR_VMEM_SEGS 68u

struct vwr_vmem;

/**
 * struct vwr_vmem_ops - Hooks of the VMM; each may be NULL
 * @give: The guest plugs blocks. If the hook returns VWR_OK, the guest uses the memory, whose contents may be
 *   anything. After any other result the guest is told that the device is busy, or a load fails to complete.
 *   NULL: the memory is always there.
 * @discard: The guest has unplugged blocks, which neither it nor the VM's devices use. Their contents are
 *   lost.
 * @unplugging: Call vwr_vmem_settle() soon, from a thread that holds no device's lock. Required in a VM with
 *   locks. NULL: the device tests at once whether blocks are in use.
 *
 * @r is a range of whole blocks. The hooks are called with the device's lock held, and must not call
 * functions of this device.
 */
struct vwr_vmem_ops {
    int (*give)(struct vwr_vmem *m, const struct vwr_memory_region *r);
    void (*discard)(struct vwr_vmem *m, const struct vwr_memory_region *r);
    void (*unplugging)(struct vwr_vmem *m);
};

/**
 * struct vwr_vmem_options - Options of vwr_vmem_init()
 * @ops: Hooks.
 * @context: Stored in the device.
 * @addr: Guest-physical address of the region, aligned to a block. Linux plugs only memory blocks of its own
 *   (128 MiB on x86-64 and on arm64 with pages of 4 KiB) that are wholly in the region.
 * @bytes: Size of the region. It lies within one region of the VM's memory table.
 * @block_bytes: Size of a block, a power of 2.
 * @requested: Size that the VMM wants at first.
 * @extra: Number of bytes by which the usable region exceeds the requested size. Linux needs as much as one
 *   of its memory blocks; @bytes makes the whole region usable.
 * @runs: Memory for runs that no guest can access; it need not be initialised, and stays in use.
 * @run_count: Number of entries in @runs, at least 2. Half as many runs can be plugged.
 * @has_node: Offer ACPI_PXM.
 * @node: Proximity domain of the memory, if @has_node is set.
 * @persistent_suspend: Offer PERSISTENT_SUSPEND: the VMM leaves blocks plugged while the guest is suspended.
 *
 * vwr_vmem_init() replaces @runs and @run_count.
 */
struct vwr_vmem_options {
    const struct vwr_vmem_ops *ops;
    void *context;
    uint64_t addr;
    uint64_t bytes;
    uint64_t block_bytes;
    uint64_t requested;
    uint64_t extra;
    struct vwr_memory_span *runs;
    uint32_t run_count;
    bool has_node;
    uint16_t node;
    bool persistent_suspend;
};

/* Blocks that are unplugged unless a device uses them; private. */
struct vwr_vmem_pending {
    bool waits;
    bool all;
    uint32_t number; /* of the change */
    struct vwr_memory_span run;
    uint64_t ticket; /* of the request; 0: the VMM's */
};

/**
 * struct vwr_vmem - A memory device
 * @service: Generated service; the first member. vwr_vmem_dev() returns the device.
 * @context: For the VMM.
 * @requested: Size that the VMM wants, in bytes.
 * @usable: Size of the part of the region in which the guest may plug blocks, in bytes.
 * @plugged: Size of the plugged blocks, in bytes.
 * @runs: Number of runs of plugged blocks; see vwr_vmem_run().
 *
 * Read the members with the lock held or in a hook.
 */
struct vwr_vmem {
    struct vwr_mem_vservice service;
    void *context;
    uint64_t requested;
    uint64_t usable;
    uint64_t plugged;
    uint32_t runs;
    /* private: */
    const struct vwr_vmem_ops *ops;
    uint64_t extra;
    uint8_t *host;
    uint32_t most; /* runs of a table */
    uint16_t node;
    struct vwr_memory_blocks blocks;
    struct vwr_vmem_pending pending;
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VMEM_SEGS];
};

/** VWR_VMEM_QUEUE - Number of descriptors of the queue, a power of 2 */
#ifndef VWR_VMEM_QUEUE
#define VWR_VMEM_QUEUE 64u
#endif
VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VMEM_QUEUE), "VWR_VMEM_QUEUE must be a power of 2");

/** VWR_VMEM_RUNS - Maximum number of runs of plugged blocks */
#ifndef VWR_VMEM_RUNS
#define VWR_VMEM_RUNS 64u
#endif
VWR_STATIC_ASSERT(VWR_VMEM_RUNS > 0, "VWR_VMEM_RUNS must be at least 1");

/**
 * struct vwr_vmem_own - Memory of a memory device that no guest can access; it need not be initialised
 * @queue: Queue.
 * @descriptor: Its descriptors.
 * @run: Runs.
 */
struct vwr_vmem_own {
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(1u, VWR_VMEM_QUEUE)];
    struct vwr_memory_span run[2u * VWR_VMEM_RUNS];
};

/**
 * vwr_vmem_init_with() - Initialise a memory device with memory of any size; no block is plugged
 * @m: Device. The caller keeps it as long as the VM, because it describes the VM's memory.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks, or @unplugging is missing in a VM with locks; or a build without
 *   VWR_WITH_EXCLUSIVE.
 * * VWR_EALIGN: block_bytes is not a power of 2, or another size or the address is not a multiple of it.
 * * VWR_ERANGE: the region is not in one region of the VM's memory or has too many blocks, or @requested
 *   exceeds it.
 * * VWR_EBUSY: the VM has a memory device.
 * * VWR_ENOMEM: an array is too small.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vmem_init_with(struct vwr_vmem *m, const struct vwr_vdev_setup *s,
                                      const struct vwr_vmem_options *o);

/** vwr_vmem_init() - Initialise a memory device in a structure of memory; see vwr_vmem_init_with() */
VWR_MUST_CHECK static inline int vwr_vmem_init(struct vwr_vmem *m, const struct vwr_vdev_setup *setup,
                                               struct vwr_vmem_own *own, const struct vwr_vmem_options *o)
{
    struct vwr_vdev_setup with;
    struct vwr_vmem_options options;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VMEM_QUEUE);
    vwr_copy(&options, o, sizeof(options));
    options.runs = own->run;
    options.run_count = VWR_COUNT(own->run);
    return vwr_vmem_init_with(m, &with, &options);
}

/**
 * vwr_vmem_dev() - Get the device to pass to vwr_vm_add()
 * @m: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vmem_dev(struct vwr_vmem *m)
{
    return &m->service.service.dev;
}

/**
 * vwr_vmem_resize() - Set the size that should be plugged, and interrupt the guest
 * @m: Device.
 * @bytes: Size. The guest may comply later or not at all. The value survives a reset.
 *
 * Return: VWR_OK.
 * * VWR_EALIGN: the size is not a multiple of a block.
 * * VWR_ERANGE: the size exceeds the region.
 */
VWR_MUST_CHECK int vwr_vmem_resize(struct vwr_vmem *m, uint64_t bytes);

/**
 * vwr_vmem_settle() - Unplug blocks that the guest wants to unplug, unless a device uses them
 * @m: Device.
 *
 * Call it after @unplugging. At any other time it does nothing.
 *
 * Context: Any thread that holds no device's lock; takes the lock of each device of the VM. Does not wait,
 *   except for the VM's locks. Not from an interrupt handler.
 * Return: VWR_OK: nothing waits any more.
 * * VWR_EBUSY: a device uses the blocks, which stay plugged.
 */
int vwr_vmem_settle(struct vwr_vmem *m);

/**
 * vwr_vmem_unplug_all() - Unplug all blocks when the guest restarts
 * @m: Device.
 *
 * Context: Any thread that holds no device's lock; takes the lock of each device of the VM. Does not wait,
 *   except for the VM's locks. Not from an interrupt handler.
 * Return: VWR_OK: no block is plugged.
 * * VWR_EBUSY: a device uses a block, or a request of the guest waits for vwr_vmem_settle(). Nothing has
 *   changed.
 */
VWR_MUST_CHECK int vwr_vmem_unplug_all(struct vwr_vmem *m);

/**
 * vwr_vmem_run() - Get a run of plugged blocks
 * @m: Device.
 * @n: Number of the run, in ascending order.
 * @r: Filled in with the run.
 *
 * Context: The device's lock is held, or a hook. Does not wait.
 * Return: true if there is such a run.
 */
VWR_MUST_CHECK bool vwr_vmem_run(const struct vwr_vmem *m, uint32_t n, struct vwr_memory_region *r);

VWR_END_C

#endif
