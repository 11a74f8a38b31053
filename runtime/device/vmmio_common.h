/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VMMIO_COMMON_H
#define VWR_DEVICE_VMMIO_COMMON_H

#include "vdev_common.h"
#include "vwr/tables.h"

/* Between the files that make calls of a guest's accesses; not for the embedder. */

/*
 * The word of the register window that begins at an offset. The offset is rotated by two bits, so that one
 * that is not at the begin of a word is beyond all of them.
 */
static inline uint64_t vmmio_word(uint64_t offset)
{
    return offset >> 2 | offset << 62;
}

/*
 * vwr_vmmio_access, but always true, as vwr_vm_access answers. Takes the lock.
 */
bool vwr_vmmio_trap(struct vwr_vdev *v, uint64_t word, unsigned bytes, bool is_write, uint64_t *value);

/*
 * The same, without a call for what a driver at work does again and again: a notification, a read of the
 * interrupt status, its acknowledgement, if they were allowed before.
 */
VWR_ALWAYS_INLINE bool vmmio_quick(struct vwr_vdev *v, uint64_t word, unsigned bytes, bool is_write,
                                   uint64_t *value)
{
    if (bytes != sizeof(uint32_t) || word >= v->quick_words)
        return vwr_vmmio_trap(v, word, bytes, is_write, value);
    if (is_write && v->allowed[1][word] == VWR_MMIO_REG_QUEUE_NOTIFY)
        vwr_vdev_notified(v, (uint32_t)*value);
    else if (is_write && v->allowed[1][word] == VWR_MMIO_REG_INTERRUPT_ACK)
        vwr_vdev_acknowledge(v, (uint32_t)*value);
    else if (!is_write && v->allowed[0][word] == VWR_MMIO_REG_INTERRUPT_STATUS)
        *value = v->interrupt;
    else
        return vwr_vmmio_trap(v, word, bytes, is_write, value);
    vwr_count_add(&v->stats.accesses, 1);
    return true;
}

#endif
