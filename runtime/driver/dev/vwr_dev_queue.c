/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "dev_common.h"

/* A queue is given to the device. */

size_t vwr_dev_queue_bytes(const struct vwr_dev *d, unsigned size)
{
    return vwr_queue_ring_bytes(&d->config.features, vwr_dev_is_legacy(d), (uint16_t)size);
}

/* Is the memory of a queue large enough? If not *got is what it takes. */
static uint32_t check_bytes(const struct vwr_queue_memory *m, size_t bytes, size_t own, uint32_t *got)
{
    if (m->shared_bytes < bytes) {
        *got = (uint32_t)bytes;
        return VWR_FAULT_QUEUE_MEMORY;
    }
    if (m->own_bytes < own) {
        *got = (uint32_t)own;
        return VWR_FAULT_QUEUE_OWN;
    }
    return VWR_FAULT_NONE;
}

/* Then: aligned, and in one piece as the device sees it. */
static uint32_t check_place(const struct vwr_queue_memory *m, size_t bytes, uint32_t align, uint64_t *addr)
{
    size_t run = 0;

    *addr = vwr_port_dma(m->shared, bytes, &run);
    if (run < bytes)
        return VWR_FAULT_QUEUE_SPLIT;
    if ((((uintptr_t)m->shared | (uintptr_t)*addr) & (align - 1)) != 0 ||
        ((uintptr_t)m->own & (sizeof(void *) - 1)) != 0)
        return VWR_FAULT_QUEUE_ALIGN;
    return VWR_FAULT_NONE;
}

static uint32_t set_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                          const struct vwr_queue_memory *m, size_t extra)
{
    const bool legacy = vwr_dev_is_legacy(d);
    struct vwr_queue_memory taken = *m;
    unsigned size = m->size;
    uint64_t addr = 0;
    size_t bytes;
    uint32_t max;
    uint32_t kind;

    d->fault.where = index;
    vwr_dev_transport(d)->queue_select(d, index);
    d->fault.got = vwr_dev_transport(d)->queue_busy(d);
    if (d->fault.got != 0)
        return VWR_FAULT_QUEUE_IN_USE;
    max = vwr_dev_transport(d)->queue_max(d);
    if (max == 0)
        return VWR_FAULT_QUEUE_ABSENT;
    d->fault.got = size;
    VWR_STATIC_ASSERT(VWR_SPLIT_RING_SIZE_MAX == VWR_PACKED_RING_SIZE_MAX, "one limit for both");
    if (size == 0 || size > VWR_SPLIT_RING_SIZE_MAX)
        return VWR_FAULT_QUEUE_SIZE;
    size = vwr_queue_fit(&d->config.features, m->size, max);
    bytes = vwr_dev_queue_bytes(d, size);
    if (extra != 0)
        bytes = vwr_dev_queue_extra(d, size) + extra;
    kind = check_bytes(m, bytes, VWR_QUEUE_OWN_BYTES(size), &d->fault.got);
    if (kind == VWR_FAULT_NONE)
        kind = check_place(m, bytes, vwr_split_memory_align(legacy), &addr);
    if (kind != VWR_FAULT_NONE)
        return kind;
    taken.shared_bytes = bytes; /* the rest is not touched */
    vwr_queue_prepare(q, &taken, (uint16_t)size, &d->config.features, legacy);
    q->doorbell.index = (uint16_t)index;
    q->doorbell.value = (uint16_t)index;
    return vwr_dev_transport(d)->queue_set(d, q, addr);
}

int vwr_dev_add_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                      const struct vwr_queue_memory *m, size_t extra)
{
    if (d->state != VWR_DEV_NEGOTIATED && !(d->state == VWR_DEV_LIVE && vwr_dev_has(d, VWR_F_RING_RESET)))
        return VWR_EINVAL;
    return vwr_dev_conclude(d, set_queue(d, index, q, m, extra), d->state);
}
