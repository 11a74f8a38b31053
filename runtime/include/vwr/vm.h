/* SPDX-License-Identifier: MIT */
#ifndef VWR_VM_H
#define VWR_VM_H

#include "vwr/vdev.h"

VWR_BEGIN_C

/**
 * DOC: Virtual machines
 *
 * These functions set up a VM, find the device at an address, and operate on all devices of a VM. vwr/vdev.h
 * defines struct vwr_vm, and vwr/memory.h its guest memory.
 *
 * Each device of a VM has a slot. In a VM with windows, the slot determines the address of the device's
 * registers, and the trap handler calls vwr_vm_access(). A VMM that assigns the addresses itself sets up a VM
 * without windows, and calls vwr_vmmio_access() with the device and the offset, or vwr_vpci_access() for PCI
 * functions. In such a VM, the slots are only the list of devices, which the functions for all devices use:
 * vwr_vm_reset(), vwr_vm_uses(), vwr_vm_save(), vwr_vm_load() and vwr_vm_list().
 *
 * The VMM allocates all structures. VMs share nothing. generated/docs/contexts.md lists context, stack and
 * loops of each function.
 */

/**
 * struct vwr_vm_setup - Setup of a VM
 * @ops: Hooks; they stay in use.
 * @context: For the VMM.
 * @name: Name for messages; may be NULL.
 * @region: Regions of guest memory, in ascending order of their addresses (vwr/memory.h). They stay in use.
 * @region_count: Number of entries in @region; at least 1 while a driver uses a device.
 * @slot: Memory for the slots; need not be initialised, and stays in use.
 * @slot_count: Number of entries in @slot.
 * @base: Guest-physical address of the device window of slot 0; those of the other slots follow.
 * @stride: Size of a device window in bytes: a power of 2, at least VWR_MMIO_SIZE. 0: there are no windows.
 */
struct vwr_vm_setup {
    const struct vwr_vm_ops *ops;
    void *context;
    const char *name;
    const struct vwr_memory_region *region;
    uint32_t region_count;
    struct vwr_vdev **slot;
    uint32_t slot_count;
    uint64_t base;
    uint32_t stride;
};

/**
 * vwr_vm_init() - Initialise a VM, whose slots are empty
 * @vm: VM.
 * @s: Setup; not used after the call, except for the arrays and hooks.
 *
 * If the call fails, the init functions of devices refuse the VM.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no interrupt hook; or the regions of guest memory are not in ascending order,
 *   overlap, or extend beyond the last address. vwr_memory_check() with &vm->memory returns the index of the
 *   first such region.
 * * VWR_EALIGN: the distance of a region's host address to its address is not a multiple of 16.
 * * VWR_ENOMEM: an array of @s is NULL, but its number of entries is not 0 (see vm->shortage).
 * * VWR_ERANGE: the stride is not a power of 2 or too small for the registers, or the windows exceed 4 GiB or
 *   overlap guest memory.
 */
VWR_MUST_CHECK int vwr_vm_init(struct vwr_vm *vm, const struct vwr_vm_setup *s);

/**
 * vwr_vm_uses() - Test whether a device of the VM may still access memory
 * @vm: VM.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes, not 0. The range must lie within one region.
 *
 * A VMM calls this function before it reuses pages that it got from an exclusive balloon (vwr/vballoon.h).
 * Address translation fails for these pages, but earlier accesses may continue through the ring of a queue,
 * or through requests that a back end or its hardware is still processing. Once the result is false, it stays
 * false until the guest takes the pages back.
 *
 * Context: Any thread that holds no device's lock; takes the lock of each device. Does not wait,
 *   except for the VM's locks. Not from an interrupt handler.
 * Return: true if a device may access the range; false if none does.
 */
VWR_MUST_CHECK bool vwr_vm_uses(struct vwr_vm *vm, uint64_t addr, uint64_t bytes);

/**
 * vwr_vm_uses_now_() - vwr_vm_uses() within a call of a device, without locks (for vwr/vmem.h)
 * @vm: VM.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes, not 0. The range must lie within one region.
 *
 * Context: No other function of the VM's devices runs. Does not wait.
 * Return: true if a device may access the range; false if none does.
 */
VWR_MUST_CHECK bool vwr_vm_uses_now_(struct vwr_vm *vm, uint64_t addr, uint64_t bytes);

/**
 * vwr_vm_access() - Handle a guest access to the device windows of a VM
 * @vm: VM.
 * @addr: Guest-physical address.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: Value to write, or filled in with the value that was read, zero-extended. vwr/vmmio.h
 *   describes the byte order.
 *
 * Call it from the trap handler of a VM with windows. An empty slot reads as device ID 0. The duration of the
 * call does not depend on the number of devices.
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for the VM's
 *   lock. Different devices can be accessed concurrently only if the VM has locks.
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
 * Return: VWR_OK.
 * * VWR_ENOMEM: @vm has no such slot (see v->shortage).
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
 * vwr_vm_reset() - Reset all devices when a VM restarts
 * @vm: VM.
 *
 * The device in the last slot is first, so an IOMMU (vwr/viommu.h) follows the devices behind it.
 *
 * If v->unsafe is set afterwards for a device, hardware may still write to the VM's memory (see
 * vm->ops->unsafe).
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vm_reset(struct vwr_vm *vm);

/**
 * vwr_vm_reset_next() - Reset the next device when a VM restarts
 * @vm: VM.
 * @slot: Number of slots that were searched, from the last one; 0 at the start. Updated.
 *
 * This is one step of vwr_vm_reset(), for a VMM that has its own lock for all devices and releases it after
 * each step. Between two steps the other devices still work, but the VM must not run.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 * Return: true if a device was reset. false if no other slot contains a device, so all devices are reset.
 */
bool vwr_vm_reset_next(struct vwr_vm *vm, uint32_t *slot);

VWR_END_C

#endif
