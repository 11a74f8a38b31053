/* SPDX-License-Identifier: MIT */
/*
 * A device in the Avatar tree itself, written by the recipe in Avatar's README. It returns bytes with
 * increasing values.
 */
#include "lib/avatar_string.h"
#include "guests.h"

static uint8_t next_byte;

static void device_queue_notify(virtio_device_t *dev, uint32_t queue_idx)
{
    virtq_desc_t chain[VIRTIO_CHAIN_MAX];
    virtqueue_t *vq = &dev->queues[queue_idx];
    uint32_t count;

    while (virtio_queue_available(vq)) {
        const int head = virtio_queue_pop(vq, chain, &count);
        uint32_t len = 0;

        for (uint32_t i = 0; head >= 0 && i < count; i++) {
            for (uint32_t j = 0; (chain[i].flags & VIRTQ_DESC_F_WRITE) != 0 && j < chain[i].len; j++, len++)
                ((uint8_t *)chain[i].addr)[j] = next_byte++;
        }
        if (head >= 0)
            virtio_queue_push(vq, (uint32_t)head, len);
    }
    virtio_queue_notify(dev, queue_idx);
}

static void device_reset(virtio_device_t *dev)
{
    (void)dev;
    next_byte = 0;
}

virtio_device_t *virtio_rng_create(uint64_t base_addr, uint32_t irq)
{
    virtio_device_t *dev = virtio_create_device(VIRTIO_ID_RNG, base_addr, irq);
    if (!dev)
        return NULL;
    dev->queue_notify = device_queue_notify;
    dev->reset = device_reset;
    return dev;
}
