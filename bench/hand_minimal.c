/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"

/*
 * The yardstick: the least that a driver of a virtio disk can do for a 4 KiB read over a split
 * ring and still be right. It reads; it does nothing else.
 *
 * What it does as any driver must: fills in the header, gives its addresses to the device in
 * three descriptors, publishes avail.idx behind a barrier, looks behind a full one whether the
 * device wants to be notified (used.flags or avail_event, decided at run time), reads used.idx
 * once for all that came back, checks that a used id is in range and out, and reads the status.
 *
 * What makes it fast: header and status descriptors are wired once and never written again,
 * the data descriptor is two stores, requests are found by their head descriptor, indices are
 * kept in private memory, and all of it is one file with the loop that it is measured in, so
 * that there is no call but the notification.
 *
 * What it leaves out, and a driver for use cannot: features and limits of the device, requests
 * of any other shape, buffers of several pieces, range checks of the sector, the length that
 * the device says it wrote, the legacy byte order, interrupts, deadlines, a ring of another
 * size, a second disk, errors in words, statistics, a transport, starting the device at all.
 */

#define SIZE 256u /* descriptors */
#define SLOTS (SIZE / 3u)
#define NO_SLOT 0xffffu

/* What the device sees of a request besides its data. Found by the head descriptor: two in three are unused.
 */
struct slot {
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15]; /* a power of 2: no multiplication */
};

/* What the driver remembers of a request, where the device cannot reach it. */
struct request {
    void *token;   /* the caller's; NULL while the slot is free */
    uint32_t next; /* head of the next free slot */
};

static struct hand {
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    struct slot *slot;
    volatile void *notify;
    uint32_t free_head;
    uint16_t avail_next;
    uint16_t published;
    uint16_t used_next;
    bool event_idx;
    struct request request[SIZE];
} hand;

static uint16_t load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

/* A chain of three: header, data, status. */
static void wire(unsigned head)
{
    struct vwr_virtq_desc *d = &hand.desc[head];
    struct slot *s = &hand.slot[head];

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT,
                                   (uint16_t)(head + 1u)};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    hand.request[head].next = head + 3u < 3u * SLOTS ? head + 3u : NO_SLOT;
}

static void set_up(const struct bench_run *r)
{
    uint8_t *ring = bench_memory(VWR_SPLIT_RING_BYTES(SIZE, VWR_SPLIT_RING_USED_ALIGN));

    if (r->queue_size != SIZE)
        bench_fail("the hand-minimal loop has one queue size");
    hand.desc = (void *)ring;
    hand.avail = (void *)(ring + vwr_split_ring_desc_bytes(SIZE));
    hand.used = (void *)(ring + VWR_SPLIT_RING_USED_OFFSET(SIZE, VWR_SPLIT_RING_USED_ALIGN));
    hand.slot = bench_memory(sizeof(*hand.slot) * SIZE);
    hand.notify = (volatile uint8_t *)bench_registers() + VWR_MMIO_QUEUE_NOTIFY;
    hand.avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    for (unsigned i = 0; i < SLOTS; i++)
        wire(3u * i);
    bench_attach(SIZE, hand.desc, hand.avail, hand.used);
}

static bool submit(uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    const uint64_t flags = VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE;
    const uint32_t head = hand.free_head;
    struct vwr_virtq_desc *data = &hand.desc[head + 1u];
    struct slot *s = &hand.slot[head];
    uint64_t rest; /* of the data descriptor: len, flags and next */

    if (head == NO_SLOT)
        return false;
    hand.free_head = hand.request[head].next;
    hand.request[head].token = token;
    s->out.type = VWR_BLK_T_IN;
    s->out.reserved = 0;
    s->out.sector = sector;
    s->in.status = 0xff;
    data->addr = addr;
    rest = bytes | flags << 32 | (uint64_t)(head + 2u) << 48;
    __builtin_memcpy((uint8_t *)data + offsetof(struct vwr_virtq_desc, len), &rest,
                     sizeof(rest)); /* one store */
    hand.avail->ring[hand.avail_next++ % SIZE] = (uint16_t)head;
    return true;
}

static void kick(void)
{
    const vwr_le16 *avail_event = (const vwr_le16 *)(const void *)&hand.used->ring[SIZE];
    const uint16_t old = hand.published;
    const uint16_t now = hand.avail_next;
    bool wanted;

    vwr_port_wmb();
    *(volatile vwr_le16 *)&hand.avail->idx = now;
    hand.published = now;
    vwr_port_mb();
    if (hand.event_idx)
        wanted = (uint16_t)(now - load16(avail_event) - 1u) < (uint16_t)(now - old);
    else
        wanted = !(load16(&hand.used->flags) & VWR_VIRTQ_USED_F_NO_NOTIFY);
    if (wanted)
        vwr_port_write32(hand.notify, 0);
}

/* Takes back all that has come back: how many; each token is looked at where a caller would use it. */
static uint32_t reap(void)
{
    const uint16_t idx = load16(&hand.used->idx);
    uint32_t n = 0;

    vwr_port_rmb();
    for (; hand.used_next != idx; hand.used_next++) {
        const uint32_t id = *(const volatile vwr_le32 *)&hand.used->ring[hand.used_next % SIZE].id;

        if (id >= SIZE || hand.request[id].token == NULL)
            bench_fail("the device lied in the used ring");
        if (*(volatile uint8_t *)&hand.slot[id].in.status != VWR_BLK_S_OK)
            bench_fail("status");
        hand.request[id].token = NULL;
        hand.request[id].next = hand.free_head;
        hand.free_head = id;
        n++;
    }
    return n;
}

__attribute__((noinline)) static uint64_t hand_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint32_t i = 0; i < depth; i++) {
            uint8_t *buffer = buffers + i * BENCH_BYTES;

            if (!submit(bench_sector(sent++), (uintptr_t)buffer, BENCH_BYTES, buffer))
                bench_fail("no free slot");
        }
        kick();
        done += reap();
    }
    return done;
}

const struct bench_level bench_hand = {"hand", set_up, hand_measured};
