/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

/*
 * The same for a packed ring. hand_device.c lists what is implemented and what is omitted. The flags of the
 * first used descriptor in a batch are written last.
 */
#define CHAIN_MAX 16u
#define WRAP (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

struct hand {
    struct vwr_vseg seg[CHAIN_MAX];
    uint32_t avail_at;
    uint32_t used_at;
    unsigned avail_flags; /* AVAIL and USED of an available descriptor; 0: not initialized */
    unsigned used_flags;
};

_Static_assert(sizeof(struct hand) <= HAND_BYTES, "device_main.c has the memory");

typedef uint64_t __attribute__((may_alias)) half;

struct buffer {
    uint32_t id;
    uint32_t count;
    uint32_t written;
};

/* Reads the buffer at avail_at, which is available. */
static inline bool walk(const struct bench_ring *b, const struct vwr_pvirtq_desc *ring, struct buffer *found)
{
    struct hand *const hand = b->hand;
    struct vwr_vseg *seg = hand->seg;
    uint32_t written = 0;
    uint32_t at = hand->avail_at;
    unsigned flags = hand->avail_flags;
    uint64_t rest;

    do {
        const volatile half *const d = (const volatile half *)(const void *)&ring[at];
        const uint64_t off = d[0] - b->ram_addr;

        rest = d[1];
        if ((off | (off + ((uint32_t)rest - 1u))) >= b->ram_bytes || seg == hand->seg + CHAIN_MAX)
            return false;
        seg->at = b->ram + off;
        seg->len = (uint32_t)rest;
        seg++;
        if ((rest >> 48 & VWR_VIRTQ_DESC_F_WRITE) != 0)
            written += (uint32_t)rest;
        if (++at == b->size) {
            at = 0;
            flags ^= WRAP;
        }
    } while ((rest >> 48 & VWR_VIRTQ_DESC_F_NEXT) != 0);
    hand->avail_at = at;
    hand->avail_flags = flags;
    found->id = (uint16_t)(rest >> 32);
    found->count = (uint32_t)(seg - hand->seg);
    found->written = written;
    return found->id < b->size;
}

static inline void put_used(const struct bench_ring *b, struct vwr_pvirtq_desc *d, const struct buffer *found)
{
    struct hand *const hand = b->hand;

    d->id = (uint16_t)found->id;
    d->len = found->written;
    hand->used_at += found->count;
    if (hand->used_at >= b->size) {
        hand->used_at -= b->size;
        hand->used_flags ^= WRAP;
    }
}

__attribute__((noinline)) struct bench_found hand_packed_measured(struct bench_ring *b)
{
    struct hand *const hand = b->hand;
    struct vwr_pvirtq_desc *const ring = (void *)(b->ram + (b->desc - b->ram_addr));
    struct bench_found found = {0, 0};
    struct vwr_pvirtq_desc *first = NULL;
    unsigned first_flags = 0;
    struct buffer one;

    if (hand->avail_flags == 0) {
        hand->avail_flags = VWR_VIRTQ_DESC_F_AVAIL;
        hand->used_flags = WRAP;
    }
    while ((*(const volatile vwr_le16 *)&ring[hand->avail_at].flags & WRAP) == hand->avail_flags) {
        struct vwr_pvirtq_desc *const d = &ring[hand->used_at];
        const unsigned flags = hand->used_flags | VWR_VIRTQ_DESC_F_WRITE;

        vwr_port_rmb();
        if (!walk(b, ring, &one))
            break;
        put_used(b, d, &one);
        if (first == NULL) {
            first = d;
            first_flags = flags;
        } else {
            d->flags = (uint16_t)flags;
        }
        found.chains++;
        found.bytes += one.written;
    }
    if (first == NULL)
        return found;
    vwr_port_release();
    *(volatile vwr_le16 *)&first->flags = (uint16_t)first_flags;
    vwr_port_mb();
    if (*(const volatile vwr_le16 *)(const void *)(b->ram + (b->driver - b->ram_addr) + 2) !=
        VWR_RING_EVENT_FLAGS_DISABLE)
        vwr_vdev_interrupt(b->dev, b->queue->index);
    return found;
}
