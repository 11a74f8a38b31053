/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HAND_H
#define BENCH_HAND_H

#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"

/*
 * Common part of the yardsticks (hand_*.c): the measured loop, the header of a request, and memory and
 * notification of a split ring.
 */

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
    return in->status == VWR_BLK_S_OK; /* the caller has made a read barrier */
}

/* Notification register of the disk. */
static inline volatile void *hand_notify(void)
{
    return (volatile uint8_t *)bench_registers() + VWR_MMIO_QUEUE_NOTIFY;
}

/* Accepts a feature that the yardstick requires. */
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
    const vwr_le16 *avail_event;
    volatile void *notify;
    uint32_t mask;       /* ring size - 1 */
    uint16_t avail_next; /* index of the next available entry */
    uint16_t published;  /* last value of avail.idx */
    uint16_t used_next;  /* index of the next used entry */
    bool event_idx;
};

/* `ring` has the required features; EVENT_IDX is accepted if offered. */
static inline void hand_split_set_up(struct hand_split *s, const struct bench_run *r, struct bench_ring *ring)
{
    const uint16_t size = r->queue_size;
    uint8_t *memory = bench_memory(VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_USED_ALIGN));

    s->notify = hand_notify();
    s->mask = size - 1u;
    s->desc = (void *)memory;
    s->avail = (void *)(memory + vwr_split_ring_desc_bytes(size));
    s->used = (void *)(memory + VWR_SPLIT_RING_USED_OFFSET(size, VWR_SPLIT_RING_USED_ALIGN));
    s->avail_event = (const vwr_le16 *)(const void *)&s->used->ring[size];
    s->avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    s->event_idx = bench_take(r, ring, VWR_F_EVENT_IDX);
    ring->size = size;
    ring->desc = s->desc;
    ring->driver = s->avail;
    ring->device = s->used;
    if (s->event_idx) { /* flags must be 0; used_event is never reached */
        s->avail->flags = 0;
        s->avail->ring[size] = UINT16_MAX;
    }
    bench_attach(0, ring);
}

typedef uint64_t VWR_MAY_ALIAS hand_half;

/* Writes a descriptor with two stores: the address; then length, flags (bits 32 to 47) and next. */
static inline void hand_split_write(struct vwr_virtq_desc *d, uint64_t addr, uint64_t rest)
{
    volatile hand_half *half = (volatile hand_half *)(void *)d;

    half[0] = addr;
    half[1] = rest;
}

#define HAND_SPLIT_FLAG(flag) ((uint64_t)(flag) << 32)
#define HAND_SPLIT_NEXT_SHIFT 48u

static inline void hand_split_kick(struct hand_split *s)
{
    const uint16_t old = s->published;
    const uint16_t now = s->avail_next;
    bool wanted;

    vwr_port_release();
    *(volatile vwr_le16 *)&s->avail->idx = now;
    s->published = now;
    vwr_port_mb();
    if (s->event_idx)
        wanted = (uint16_t)(now - hand_load16(s->avail_event) - 1u) < (uint16_t)(now - old);
    else
        wanted = !(hand_load16(&s->used->flags) & VWR_VIRTQ_USED_F_NO_NOTIFY);
    if (wanted)
        vwr_port_write32(s->notify, 0);
}

/* The measured loop. The three calls are inlined. A depth of 1 is a constant, as in ring_level.c. */
VWR_ALWAYS_INLINE uint64_t hand_batches(const struct bench_run *r, void *driver,
                                        bool (*submit)(void *driver, uint64_t sector, uint64_t addr,
                                                       uint32_t bytes, void *token),
                                        void (*kick)(void *driver), uint32_t (*reap)(void *driver),
                                        uint32_t depth)
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)depth * BENCH_BYTES;
    const uint32_t bytes = r->bytes;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            if (!submit(driver, bench_sector(sent++), (uintptr_t)buffer, bytes, buffer))
                bench_fail("no free slot");
        kick(driver);
        done += reap(driver);
    }
    return done;
}

VWR_ALWAYS_INLINE uint64_t hand_loop(const struct bench_run *r, void *driver,
                                     bool (*submit)(void *driver, uint64_t sector, uint64_t addr,
                                                    uint32_t bytes, void *token),
                                     void (*kick)(void *driver), uint32_t (*reap)(void *driver))
{
    if (r->depth == 1)
        return hand_batches(r, driver, submit, kick, reap, 1);
    return hand_batches(r, driver, submit, kick, reap, r->depth);
}

#endif
