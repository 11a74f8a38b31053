/* SPDX-License-Identifier: MIT */
#ifndef BENCH_SCRIPT_H
#define BENCH_SCRIPT_H

#include "vwr/vmmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/*
 * A scripted guest, which is not counted, with one device and one split ring with chains of two descriptors.
 * Descriptor table, available ring and used ring are in three consecutive pages at `ring`.
 */

#define SCRIPT_PAGE 4096u

struct script {
    struct vwr_vdev *dev;
    uint8_t *ram; /* guest address `addr` */
    uint64_t addr;
    uint32_t ring; /* offset in `ram` */
    uint16_t size;
    uint16_t made; /* number of chains so far */
};

static inline void script_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

static inline void script_put(struct vwr_vdev *v, unsigned offset, uint64_t value)
{
    (void)vwr_vmmio_access(v, offset, sizeof(uint32_t), true, &value);
}

/* Initializes the device up to DRIVER_OK, with the ring as queue `queue`. false: the device did not start. */
static inline bool script_start(const struct script *s, uint16_t queue)
{
    const uint32_t bits = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;
    struct vwr_vdev *const v = s->dev;

    script_put(v, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    script_put(v, VWR_MMIO_STATUS, bits);
    script_put(v, VWR_MMIO_DRIVER_FEATURES_SEL, 1);
    script_put(v, VWR_MMIO_DRIVER_FEATURES, v->offered.w[1]);
    script_put(v, VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK);
    script_put(v, VWR_MMIO_QUEUE_SEL, queue);
    script_put(v, VWR_MMIO_QUEUE_SIZE, s->size);
    script_put(v, VWR_MMIO_QUEUE_DESC_LOW, s->addr + s->ring);
    script_put(v, VWR_MMIO_QUEUE_DRIVER_LOW, s->addr + s->ring + SCRIPT_PAGE);
    script_put(v, VWR_MMIO_QUEUE_DEVICE_LOW, s->addr + s->ring + 2 * SCRIPT_PAGE);
    script_put(v, VWR_MMIO_QUEUE_READY, 1);
    script_put(v, VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK);
    return v->live && v->queue[queue].ready;
}

/*
 * Posts a chain of two descriptors, starting at `head`: `bytes` readable bytes at offset `out` in ram, and
 * `room` writable bytes at `in`.
 */
static inline void script_post(struct script *s, uint16_t head, uint32_t out, uint32_t bytes, uint32_t in,
                               uint32_t room)
{
    struct vwr_virtq_desc *const desc = (void *)(s->ram + s->ring);
    struct vwr_virtq_avail *const avail = (void *)(s->ram + s->ring + SCRIPT_PAGE);

    desc[head] = (struct vwr_virtq_desc){s->addr + out, bytes, VWR_VIRTQ_DESC_F_NEXT, (uint16_t)(head + 1)};
    desc[head + 1] = (struct vwr_virtq_desc){s->addr + in, room, VWR_VIRTQ_DESC_F_WRITE, 0};
    avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    avail->ring[s->made++ % s->size] = head;
    avail->idx = s->made;
}

/* Whether the device has used all chains. */
static inline bool script_is_done(const struct script *s)
{
    return ((const struct vwr_virtq_used *)(const void *)(s->ram + s->ring + 2 * SCRIPT_PAGE))->idx ==
           s->made;
}

#endif
