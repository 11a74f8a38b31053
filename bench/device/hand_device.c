/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/split_ring.h"

/*
 * The yardstick: a minimal split-ring device that is still safe against the guest. It finds the segments in
 * host memory, uses the buffer, and decides on the interrupt.
 *
 * It does what every device must do: checks that both ends of each segment are in memory, that head and next
 * are in range, and that a chain fits in the array of segments. It fetches each word once, reads avail.idx
 * and publishes used.idx once per batch, with the barriers that they need, and counts the bytes of writable
 * segments.
 *
 * Why it is fast: there is a single memory region, whose size is a power of 2, and a single function.
 *
 * It leaves out what a real device needs: more memory regions, segments that span two regions, the order of
 * readable and writable segments, 2^32 bytes and more, indirect descriptors, event indices, the legacy byte
 * order, buffers that are used out of order or by another caller, a buffer that is made available twice, a
 * queue reset meanwhile, error reports, statistics.
 */
#define CHAIN_MAX 16u

struct hand {
    struct vwr_vseg seg[CHAIN_MAX];
    uint16_t next_avail;
    uint16_t next_used;
};

_Static_assert(sizeof(struct hand) <= HAND_BYTES, "device_main.c has the memory");

typedef uint64_t __attribute__((may_alias)) half;

struct view {
    const struct vwr_virtq_desc *desc;
    const struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint8_t *ram;
    uint64_t ram_addr;
    uint64_t ram_bytes;
    uint32_t size;
};

#define FLAG(flag) ((uint64_t)(flag) << 32)

/* Reads the chain at `at` into `seg`. Returns the number of writable bytes; negative: invalid chain. */
static inline int64_t walk(const struct view *v, uint64_t at, struct vwr_vseg *seg)
{
    const struct vwr_vseg *const end = seg + CHAIN_MAX;
    int64_t written = 0;
    uint64_t rest;

    for (;;) {
        const volatile half *const d = (const volatile half *)(const void *)&v->desc[at];
        const uint64_t off = d[0] - v->ram_addr;

        rest = d[1];
        if ((off | (off + ((uint32_t)rest - 1u))) >= v->ram_bytes || seg == end)
            return -1;
        seg->at = v->ram + off;
        seg->len = (uint32_t)rest;
        seg++;
        if ((rest & FLAG(VWR_VIRTQ_DESC_F_WRITE)) != 0)
            written += (uint32_t)rest;
        if ((rest & FLAG(VWR_VIRTQ_DESC_F_NEXT)) == 0)
            return written;
        at = rest >> 48;
        if (at >= v->size)
            return -1;
    }
}

__attribute__((noinline)) struct bench_found hand_measured(struct bench_ring *b)
{
    struct hand *const hand = b->hand;
    const struct view v = {(const void *)(b->ram + (b->desc - b->ram_addr)),
                           (const void *)(b->ram + (b->driver - b->ram_addr)),
                           (void *)(b->ram + (b->device - b->ram_addr)),
                           b->ram,
                           b->ram_addr,
                           b->ram_bytes,
                           b->size};
    struct bench_found found = {0, 0};
    const uint16_t end = *(const volatile vwr_le16 *)&v.avail->idx;
    uint16_t at = hand->next_avail;
    uint16_t used = hand->next_used;

    if ((uint16_t)(end - at) > v.size)
        return found;
    vwr_port_rmb();
    for (; at != end; at++, used++) {
        const uint32_t head = *(const volatile vwr_le16 *)&v.avail->ring[at & (v.size - 1u)];
        struct vwr_virtq_used_elem *const e = &v.used->ring[used & (v.size - 1u)];
        int64_t written;

        if (head >= v.size || (written = walk(&v, head, hand->seg)) < 0)
            break;
        e->id = head;
        e->len = (uint32_t)written;
        found.chains++;
        found.bytes += (uint64_t)written;
    }
    hand->next_avail = at;
    hand->next_used = used;
    vwr_port_release();
    *(volatile vwr_le16 *)&v.used->idx = used;
    vwr_port_mb();
    if ((*(const volatile vwr_le16 *)&v.avail->flags & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0)
        vwr_vdev_interrupt(b->dev, b->queue->index);
    return found;
}
