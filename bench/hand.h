/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HAND_H
#define BENCH_HAND_H

#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"

/*
 * What the yardsticks (hand_*.c) have in common: the loop that they are measured in, the header
 * of a request, and of those with a split ring the ring's memory and the notification.
 */

#define HAND_SIZE 256u /* descriptors */
#define HAND_NO_SLOT 0xffffu

static inline uint16_t hand_load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

static inline void hand_fill(struct vwr_blk_req_out *out, struct vwr_blk_req_in *in, uint64_t sector)
{
    out->type = VWR_BLK_T_IN;
    out->reserved = 0;
    out->sector = sector;
    in->status = 0xff;
}

static inline bool hand_is_ok(const struct vwr_blk_req_in *in)
{
    return in->status == VWR_BLK_S_OK; /* the caller's barrier was after the device's last store */
}

/* What can be known of the run before anything is set up; answers where the disk is notified. */
static inline volatile void *hand_begin(const struct bench_run *r)
{
    if (r->queue_size != HAND_SIZE)
        bench_fail("a hand-minimal driver has one queue size");
    return (volatile uint8_t *)bench_registers() + VWR_MMIO_QUEUE_NOTIFY;
}

/* Without the feature there is nothing to measure. */
static inline void hand_need(const struct bench_run *r, struct bench_ring *ring, unsigned feature)
{
    if (!bench_take(r, ring, feature))
        bench_fail("the run lacks a feature that this driver cannot do without");
}

/* The split ring. */
struct hand_split {
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    volatile void *notify;
    uint16_t avail_next; /* where the next request goes */
    uint16_t published;  /* avail_next as the device knows it */
    uint16_t used_next;  /* where the next used one is expected */
    bool event_idx;
};

/* `ring` has the features that the driver needs; EVENT_IDX is taken if there is one. */
static inline void hand_split_set_up(struct hand_split *s, const struct bench_run *r, struct bench_ring *ring)
{
    uint8_t *memory = bench_memory(VWR_SPLIT_RING_BYTES(HAND_SIZE, VWR_SPLIT_RING_USED_ALIGN));

    s->notify = hand_begin(r);
    s->desc = (void *)memory;
    s->avail = (void *)(memory + vwr_split_ring_desc_bytes(HAND_SIZE));
    s->used = (void *)(memory + VWR_SPLIT_RING_USED_OFFSET(HAND_SIZE, VWR_SPLIT_RING_USED_ALIGN));
    s->avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    s->event_idx = bench_take(r, ring, VWR_F_EVENT_IDX);
    ring->size = HAND_SIZE;
    ring->desc = s->desc;
    ring->driver = s->avail;
    ring->device = s->used;
    if (s->event_idx) { /* flags stay 0, and the used index that calls for an interrupt stays behind */
        s->avail->flags = 0;
        s->avail->ring[HAND_SIZE] = UINT16_MAX;
    }
    bench_attach(0, ring);
}

static inline void hand_split_kick(struct hand_split *s)
{
    const vwr_le16 *avail_event = (const vwr_le16 *)(const void *)&s->used->ring[HAND_SIZE];
    const uint16_t old = s->published;
    const uint16_t now = s->avail_next;
    bool wanted;

    vwr_port_release();
    *(volatile vwr_le16 *)&s->avail->idx = now;
    s->published = now;
    vwr_port_mb();
    if (s->event_idx)
        wanted = (uint16_t)(now - hand_load16(avail_event) - 1u) < (uint16_t)(now - old);
    else
        wanted = !(hand_load16(&s->used->flags) & VWR_VIRTQ_USED_F_NO_NOTIFY);
    if (wanted)
        vwr_port_write32(s->notify, 0);
}

/* The loop: the three calls are part of it when it is compiled. */
VWR_ALWAYS_INLINE uint64_t hand_loop(const struct bench_run *r,
                                     bool (*submit)(uint64_t sector, uint64_t addr, uint32_t bytes,
                                                    void *token),
                                     void (*kick)(void), uint32_t (*reap)(void))
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)r->depth * BENCH_BYTES;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            if (!submit(bench_sector(sent++), (uintptr_t)buffer, BENCH_BYTES, buffer))
                bench_fail("no free slot");
        kick();
        done += reap();
    }
    return done;
}

#endif
