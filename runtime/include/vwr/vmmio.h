/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMMIO_H
#define VWR_VMMIO_H

#include "vwr/vdev.h"
#include "vwr/gen/mmio.h"

VWR_BEGIN_C

/**
 * DOC: virtio-mmio, device side
 *
 * These functions implement a device's register window. In a VM with windows, the VMM calls vwr_vm_access(),
 * which finds the device. A VMM that finds the device itself calls vwr_vmmio_access(), and its VM needs no
 * windows (vwr/vm.h).
 *
 * Section: Virtio Over MMIO / MMIO Device Register Layout; Legacy interface.
 */

/**
 * vwr_vmmio_access() - Handle a guest access to the register window of a device
 * @v: Device.
 * @offset: Offset in the window in bytes.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: Value to write, or filled in with the value that was read. Regardless of the byte order of guest
 *   and host, the byte at @offset + i is in bits 8 * i to 8 * i + 7, so a VMM for a big-endian guest CPU must
 *   swap the bytes of the CPU's value.
 *
 * An access that the specification does not allow (direction, width, version, device status, state of the
 * queue, feature) is counted and has no effect; a read returns 0.
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 * Return: true if there is a register or a configuration byte at @offset.
 */
bool vwr_vmmio_access(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value);

/**
 * vwr_vmmio_is_register() - Test whether a 4-byte register starts at an offset
 * @offset: Offset in bytes.
 *
 * Return: true if v->allowed has an entry for it, at @offset / 4.
 */
static inline bool vwr_vmmio_is_register(uint64_t offset)
{
    VWR_STATIC_ASSERT((VWR_MMIO_CONFIG & (VWR_MMIO_CONFIG - 1u)) == 0, "a mask selects the offsets below it");
    return (offset & ~(uint64_t)(VWR_MMIO_CONFIG - sizeof(uint32_t))) == 0;
}

/**
 * vwr_vmmio_access_fast() - Fast path for a running driver's frequent accesses
 * @v: Device.
 * @offset: Offset in the window in bytes. The access is 4 bytes wide.
 * @is_write: true for a write.
 * @value: The same as for vwr_vmmio_access().
 *
 * The frequent accesses are notifications, reads of the interrupt status, and interrupt acknowledgements. A
 * read may run concurrently with any other function of the device.
 *
 * Context: The trap handler of a CPU of the VM. Does not wait, except for the VM's lock.
 * Return: true: the access was handled. false: it is a different access, or one that has not been allowed by
 *   the slow path, or the VM has locks; nothing was changed.
 */
VWR_ALWAYS_INLINE bool vwr_vmmio_access_fast(struct vwr_vdev *v, uint64_t offset, bool is_write,
                                             uint64_t *value)
{
    const size_t word = (size_t)offset / sizeof(uint32_t);

    if (!VWR_WITH_SPEED || !vwr_vmmio_is_register(offset) || v->locks)
        return false;
    if (is_write && v->allowed[1][word] == VWR_MMIO_REG_QUEUE_NOTIFY)
        vwr_vdev_notified(v, (uint32_t)*value);
    else if (is_write && v->allowed[1][word] == VWR_MMIO_REG_INTERRUPT_ACK)
        vwr_vdev_acknowledge(v, (uint32_t)*value);
    else if (!is_write && v->allowed[0][word] == VWR_MMIO_REG_INTERRUPT_STATUS)
        *value = *(const volatile uint8_t *)&v->interrupt;
    else
        return false;
    vwr_count_add(&v->stats.accesses, 1);
    return true;
}

VWR_END_C

#endif
