/* SPDX-License-Identifier: MIT */
#ifndef VWR_VM_H
#define VWR_VM_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/**
 * DOC: Virtual machines
 *
 * A VM from the point of view of its devices: the guest memory that they may access, how they
 * interrupt the guest, and which device answers at an address.
 *
 * The VMM allocates all structures. VMs share nothing. generated/docs/contexts.md lists context, stack and
 * loops of each function.
 */

struct vwr_vdev;
struct vwr_vm;

/**
 * struct vwr_vm_region - A region of guest memory
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 * @host: Host address, aligned like @addr, but at least to 16 bytes.
 *
 * List only RAM that a driver may use for buffers: no registers, no flash. Regions must not overlap
 * or wrap around. Regions that are adjacent in the guest need not be adjacent in the host.
 */
struct vwr_vm_region {
    uint64_t addr;
    uint64_t bytes;
    void *host;
};

/**
 * VWR_VM_LOCKS - 1: VMs, and disks of vwr/vblk_disk.h, may have lock hooks
 *
 * With 0 the build omits the code for lock hooks, and init functions reject lock hooks.
 */
#ifndef VWR_VM_LOCKS
#define VWR_VM_LOCKS 1
#endif

/* A hook that concerns a queue. */
typedef void vwr_vm_queue_hook(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue);

/**
 * struct vwr_vm_ops - Hooks of the VMM for the devices of a VM
 * @irq: Set the interrupt line of a device. true: there is a reason to interrupt. The hook is
 *   called each time a reason is added, so that the VMM can create an edge. false: the driver has
 *   acknowledged all reasons; not called if @edges is set.
 * @edges: @irq is not called with false, except for a PCI function.
 * @msi: Send a message-signalled interrupt: @data to @addr, as the guest set them in the table of a PCI
 *   function (vwr/vpci.h). NULL: functions have no MSI-X.
 * @kicked: Called when the driver has notified @queue. The VMM calls vwr_vdev_serve() soon,
 *   possibly from another thread. NULL: the queue is served within the access.
 * @again: Called when the device's budget (vwr/vdev.h) is used up and the queue may have more
 *   buffers. The VMM calls vwr_vdev_serve() when other work is done. If the hook itself calls
 *   vwr_vdev_serve(), the queue is served immediately, and the hook is not called again for it.
 *   NULL: @kicked is called instead. If both are NULL, a call that has used up its budget of bytes
 *   continues, but releases the lock from time to time. After the budget of buffers is used up, the
 *   driver's next acknowledgement or notification continues the work, or vwr_vdev_serve() does.
 * @broken: Called when the device has failed. It stays broken until its driver resets it;
 *   vwr_vdev_explain() describes why. May be NULL.
 * @unsafe: true: hardware of a back end may still access buffers that the guest put into its
 *   queues, for example a disk that does not acknowledge a reset (vwr/vblk_disk.h). Do not reuse
 *   this memory until the hook is called with false. v->unsafe has the same value. The back end
 *   knows which memory is concerned. May be NULL.
 * @lock: Lock a device; not recursive. VMs with several CPUs or threads need it, with @unlock.
 *   NULL: the VMM makes one call at a time.
 * @unlock: Unlock a device.
 *
 * The hooks are called with the device's lock held, if the VM has locks. They must not call
 * functions of the same device. In a VMM without locks, a function of the device that a hook calls
 * runs immediately, in the middle of the operation. A reset is safe, but vwr_vdev_serve() within
 * @irq may recurse as deep as the guest chooses.
 */
struct vwr_vm_ops {
    void (*irq)(struct vwr_vm *vm, uint32_t line, bool level);
    bool edges;
    void (*msi)(struct vwr_vm *vm, uint64_t addr, uint32_t data);
    vwr_vm_queue_hook *kicked;
    vwr_vm_queue_hook *again;
    void (*broken)(struct vwr_vm *vm, struct vwr_vdev *v);
    void (*unsafe)(struct vwr_vm *vm, struct vwr_vdev *v, bool unsafe);
    void (*lock)(struct vwr_vm *vm, struct vwr_vdev *v);
    void (*unlock)(struct vwr_vm *vm, struct vwr_vdev *v);
};

/* Pages that a balloon has exclusively for the VMM (vwr/vballoon.h); private. */
struct vwr_vm_away {
    uint32_t *map; /* a bit per page, region after region, in whole words */
    uint8_t shift; /* log2 of the page size */
};

/**
 * struct vwr_vm - A VM
 * @ops: Hooks.
 * @context: For the VMM.
 * @name: Name for messages; may be NULL.
 * @region: Regions of guest memory.
 * @region_count: Number of entries in @region, at least 1.
 * @base: Guest-physical address of the first device window.
 * @stride: Size of a device window in bytes, a power of 2.
 * @slot: Devices by their window, zeroed; vwr_vm_add() and vwr_vm_remove() fill it.
 * @slot_count: Number of entries in @slot: number of device windows.
 *
 * The VMM zeroes the structure, fills it in before it adds the first device, and does not change it
 * while a device is in use.
 */
struct vwr_vm {
    const struct vwr_vm_ops *ops;
    void *context;
    const char *name;
    const struct vwr_vm_region *region;
    uint32_t region_count;
    uint64_t base;
    uint32_t stride;
    struct vwr_vdev **slot;
    uint32_t slot_count;
    /* private: */
    uint8_t shift;                  /* log2 of stride, set by the first vwr_vm_add() */
    uint64_t mask;                  /* stride - 1 */
    const struct vwr_vm_away *away; /* NULL: none */
};

/**
 * vwr_vm_find() - Find the region that contains an address
 * @vm: VM.
 * @addr: Guest-physical address.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The region; NULL: none.
 */
static inline const struct vwr_vm_region *vwr_vm_find(const struct vwr_vm *vm, uint64_t addr)
{
    for (uint32_t i = 0; i < vm->region_count; i++)
        if (addr - vm->region[i].addr < vm->region[i].bytes)
            return &vm->region[i];
    return NULL;
}

/**
 * vwr_vm_room() - Find the range around an address that has no page in a balloon
 * @vm: VM.
 * @r: Region of @addr.
 * @addr: Guest-physical address.
 * @begin: Filled in with the guest-physical address of the range.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Size of the range in bytes, up to the whole region; 0: the page of @addr is in a balloon.
 */
uint64_t vwr_vm_room(const struct vwr_vm *vm, const struct vwr_vm_region *r, uint64_t addr, uint64_t *begin);

/**
 * vwr_vm_is_away() - Test whether a page of a range is in a balloon
 * @vm: VM.
 * @r: Region of the range.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if one is.
 */
bool vwr_vm_is_away(const struct vwr_vm *vm, const struct vwr_vm_region *r, uint64_t addr, uint64_t bytes);

/**
 * vwr_vm_run() - Translate an address, and get the number of contiguous bytes
 * @vm: VM.
 * @addr: Guest-physical address.
 * @host: Filled in with the host address.
 *
 * The range ends at the end of the region, or before a page that is in a balloon. If a balloon has
 * pages, the range may end earlier. Adjacent regions are not merged.
 *
 * Context: Any context, including an interrupt handler. Does not wait. With a balloon, the device's
 *   lock is held.
 * Return: Number of bytes from @addr on; 0: the address is not guest memory.
 */
static inline uint64_t vwr_vm_run(const struct vwr_vm *vm, uint64_t addr, void **host)
{
    const struct vwr_vm_region *const r = vwr_vm_find(vm, addr);
    uint64_t begin, room;

    if (r == NULL)
        return 0;
    *host = (uint8_t *)r->host + (addr - r->addr);
    if (vm->away == NULL)
        return r->bytes - (addr - r->addr);
    room = vwr_vm_room(vm, r, addr, &begin);
    return room != 0 ? room - (addr - begin) : 0;
}

/**
 * vwr_vm_ptr() - Translate a range of guest memory
 * @vm: VM.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait. With a balloon, the device's
 *   lock is held.
 * Return: Host address; NULL unless the whole range is in one region and none of its pages is in a
 *   balloon.
 */
static inline void *vwr_vm_ptr(const struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    const struct vwr_vm_region *const r = vwr_vm_find(vm, addr);

    if (r == NULL || r->bytes - (addr - r->addr) < bytes ||
        (vm->away != NULL && vwr_vm_is_away(vm, r, addr, bytes)))
        return NULL;
    return (uint8_t *)r->host + (addr - r->addr);
}

/**
 * vwr_vm_address() - Find the guest's address of memory
 * @vm: VM.
 * @host: Host address.
 * @bytes: Size in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: Guest-physical address; ~0 unless the whole range is in one region.
 */
uint64_t vwr_vm_address(const struct vwr_vm *vm, const void *host, uint64_t bytes);

/**
 * vwr_vm_uses() - Test whether a device of the VM may still access memory
 * @vm: VM.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes, not 0. The range is in one region.
 *
 * A VMM calls this function before it reuses pages that a balloon has taken (vwr/vballoon.h,
 * exclusive). Address translation fails for these pages, but earlier accesses may continue: through
 * the ring of a queue, or through requests that a back end or its hardware has in progress. Once
 * the result is false, it stays false until the guest takes the pages back.
 *
 * Context: Any thread that holds no device's lock; takes the lock of each device. Does not wait,
 *   except for the VM's locks. Not from an interrupt handler.
 * Return: true if a device may access the range; false if none does.
 */
VWR_MUST_CHECK bool vwr_vm_uses(struct vwr_vm *vm, uint64_t addr, uint64_t bytes);

/**
 * vwr_vm_borders() - Count the borders between adjacent regions
 * @vm: VM.
 *
 * A segment that crosses a border is split in two.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The number of borders.
 */
uint32_t vwr_vm_borders(const struct vwr_vm *vm);

/**
 * vwr_vm_access() - Handle a guest access to the device windows of a VM
 * @vm: VM.
 * @addr: Guest-physical address.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: Value to write, or filled in with the value that was read, zero-extended. vwr/vmmio.h
 *   describes the byte order.
 *
 * Call it from the trap handler. An empty slot reads as device ID 0. The time of the call does not
 * depend on the number of devices.
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock. Different devices concurrently only if the VM has locks.
 * Return: true: the access was handled. false: the address is outside of all windows, and @value is
 *   unchanged.
 * Section: Virtio Over MMIO / MMIO Device Register Layout.
 */
bool vwr_vm_access(struct vwr_vm *vm, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

/**
 * vwr_vm_add() - Put a device into a slot
 * @vm: VM.
 * @slot: Slot.
 * @v: Device that was initialised for this VM.
 *
 * Context: The VMM, before the device is in use. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_ENOMEM: @vm has no such slot: v->shortage.
 * * VWR_ERANGE: the stride is not a power of 2 or too small for the
 *   registers, or the slots exceed 4 GiB.
 * * VWR_EBUSY: the slot is in use.
 */
VWR_MUST_CHECK int vwr_vm_add(struct vwr_vm *vm, uint32_t slot, struct vwr_vdev *v);

/**
 * vwr_vm_remove() - Reset a device and empty its slot
 * @vm: VM.
 * @slot: Slot.
 *
 * If v->unsafe is set afterwards, the device's structures stay in use until it is cleared.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vm_remove(struct vwr_vm *vm, uint32_t slot);

/**
 * vwr_vm_reset() - Reset all devices of a VM that restarts
 * @vm: VM.
 *
 * If v->unsafe is set afterwards for a device, hardware may still write to memory of the VM: see
 * vm->ops->unsafe.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vm_reset(struct vwr_vm *vm);

/**
 * vwr_vm_reset_next() - Reset the next device of a VM that restarts
 * @vm: VM.
 * @slot: First slot to search; 0 at the start. The call stores the slot after that of the device.
 *
 * It is one step of vwr_vm_reset(), for a VMM that has a lock of its own around all devices, and
 * releases it after each step. The other devices still work between two steps, but the VM must not run.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 * Return: true if a device was reset; false if no slot from @slot on has one: all are reset.
 */
bool vwr_vm_reset_next(struct vwr_vm *vm, uint32_t *slot);

/* Prints a line of text without a line feed; `context` is the caller's. */
typedef void vwr_line(void *context, const char *line);

/**
 * vwr_vm_list() - List the devices of a VM
 * @vm: VM.
 * @line: Called with one line per device: slot, address, interrupt line, kind, transport version,
 *   status, queues.
 * @context: Passed to @line.
 *
 * vwr_vdev_print() has all details of a device.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vm_list(struct vwr_vm *vm, vwr_line *line, void *context);

VWR_END_C

#endif
