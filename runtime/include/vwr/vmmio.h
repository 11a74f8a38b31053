/* SPDX-License-Identifier: MIT */
#ifndef VWR_VMMIO_H
#define VWR_VMMIO_H

#include "vwr/vdev.h"
#include "vwr/gen/mmio.h"

VWR_BEGIN_C

/*
 * A guest's access to the register window of a device, `bytes` wide (1, 2, 4 or 8) at `offset` from
 * its begin: a write of *value, or a read into it. The byte at offset + i is bits 8 * i and on of *value,
 * whatever the byte order of guest and host: a big-endian VMM hands over what the guest's CPU has, with its
 * bytes swapped. What the tables of the specification do not allow (direction, width, version, device status,
 * state of the queue, a feature) is counted and has no effect; a read then answers 0. True if the window has
 * a register or configuration byte there. Never waits; takes the VM's lock hook. Context: a trap handler.
 * Section: Virtio Over MMIO / MMIO Device Register Layout; Legacy interface.
 */
bool vwr_vmmio_access(struct vwr_vdev *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value);

/* Does a register of 4 bytes begin at the offset? Then v->allowed has an entry for it, at offset / 4. */
static inline bool vwr_vmmio_is_register(uint64_t offset)
{
    VWR_STATIC_ASSERT((VWR_MMIO_CONFIG & (VWR_MMIO_CONFIG - 1u)) == 0, "a mask says what is before it");
    return (offset & ~(uint64_t)(VWR_MMIO_CONFIG - sizeof(uint32_t))) == 0;
}

/* For vwr_vmmio_at_work: the driver has notified; it has dealt with these reasons to interrupt. With the
 * lock. */
void vwr_vdev_notified(struct vwr_vdev *v, uint32_t value);
void vwr_vdev_acknowledge(struct vwr_vdev *v, uint32_t reasons);

/*
 * The same for what a driver at work does again and again, each of 4 bytes: a notification, a read of the
 * interrupt status, its acknowledgement. False: it is none of these, or was not allowed before, or the VM has
 * lock hooks; nothing has happened then. A read may come at the same time as all else that happens to the
 * device.
 */
VWR_ALWAYS_INLINE bool vwr_vmmio_at_work(struct vwr_vdev *v, uint64_t offset, bool is_write, uint64_t *value)
{
    const size_t word = (size_t)offset / sizeof(uint32_t);

    if (!vwr_vmmio_is_register(offset) || (VWR_VM_LOCKS && v->locks))
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
