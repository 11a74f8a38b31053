/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/split_ring.h"

/*
 * The yardstick: the least that a device can do with the chains of a split ring and still be safe against the
 * guest. It finds the pieces in host memory, gives the buffer back, decides on the interrupt; nothing else.
 *
 * What it does as any device must: both ends of each piece are in memory, head and next are in range, a chain
 * has no more pieces than there is room for; each word is fetched once. avail.idx is read once a batch,
 * used.idx published once, behind and before the barriers that they need. Of what is written it counts the
 * bytes.
 *
 * What makes it fast: one region of memory, a power of 2, known to the compiler; all in one function.
 *
 * What it leaves out, and a device for use cannot: more regions of memory, pieces that straddle two, what is
 * read before what is written, 2^32 bytes and more, indirect descriptors, event indices, the legacy byte
 * order, buffers that are given back in another order or by another caller, a buffer that is made available
 * twice, a queue that is reset meanwhile, what went wrong and telling the driver of it, statistics, a ring of
 * another size.
 */
#define PIECES_MAX 16u

static struct hand {
    struct vwr_vseg seg[PIECES_MAX];
    uint16_t taken;
    uint16_t given;
} hand;

typedef uint64_t __attribute__((may_alias)) half;

struct view {
    const struct vwr_virtq_desc *desc;
    const struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint8_t *ram;
};

#define FLAG(flag) ((uint64_t)(flag) << 32)

/* The chain from `at` on: bytes that the device writes; pieces are in hand.seg. Negative: it is bad. */
static inline int64_t walk(const struct view *v, uint64_t at)
{
    struct vwr_vseg *seg = hand.seg;
    int64_t written = 0;
    uint64_t rest;

    for (;;) {
        const volatile half *const d = (const volatile half *)(const void *)&v->desc[at];
        const uint64_t off = d[0] - RAM_ADDR;

        rest = d[1];
        if ((off | (off + ((uint32_t)rest - 1u))) >= RAM_BYTES || seg == hand.seg + PIECES_MAX)
            return -1;
        seg->at = v->ram + off;
        seg->len = (uint32_t)rest;
        seg++;
        if ((rest & FLAG(VWR_VIRTQ_DESC_F_WRITE)) != 0)
            written += (uint32_t)rest;
        if ((rest & FLAG(VWR_VIRTQ_DESC_F_NEXT)) == 0)
            return written;
        at = rest >> 48;
        if (at >= QUEUE)
            return -1;
    }
}

__attribute__((noinline)) struct bench_found hand_measured(struct bench_ring *b)
{
    const struct view v = {(const void *)(b->ram + (b->desc - RAM_ADDR)),
                           (const void *)(b->ram + (b->driver - RAM_ADDR)),
                           (void *)(b->ram + (b->device - RAM_ADDR)), b->ram};
    struct bench_found found = {0, 0};
    const uint16_t end = *(const volatile vwr_le16 *)&v.avail->idx;
    uint16_t at = hand.taken;
    uint16_t given = hand.given;

    if ((uint16_t)(end - at) > QUEUE)
        return found;
    vwr_port_rmb();
    for (; at != end; at++, given++) {
        const uint32_t head = *(const volatile vwr_le16 *)&v.avail->ring[at % QUEUE];
        struct vwr_virtq_used_elem *const e = &v.used->ring[given % QUEUE];
        int64_t written;

        if (head >= QUEUE || (written = walk(&v, head)) < 0)
            break;
        e->id = head;
        e->len = (uint32_t)written;
        found.chains++;
        found.bytes += (uint64_t)written;
    }
    hand.taken = at;
    hand.given = given;
    vwr_port_release();
    *(volatile vwr_le16 *)&v.used->idx = given;
    vwr_port_mb();
    if ((*(const volatile vwr_le16 *)&v.avail->flags & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0)
        vwr_vdev_interrupt(b->queue->dev);
    return found;
}
