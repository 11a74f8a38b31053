/* SPDX-License-Identifier: MIT */
#include "hand.h"

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
 * kept in private memory, and all of it is compiled with the loop that it is measured in, so
 * that there is no call but the notification.
 *
 * What it leaves out, and a driver for use cannot: features and limits of the device, requests
 * of any other shape, buffers of several pieces, range checks of the sector, the length that
 * the device says it wrote, the legacy byte order, interrupts, deadlines, a ring of another
 * size, a second disk, errors in words, statistics, a transport, starting the device at all.
 */

#define SLOTS (HAND_SIZE / 3u)

/* What the device sees of a request besides its data. Found by its head descriptor: two in three are unused.
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
    struct hand_split ring;
    struct slot *slot;
    uint32_t free_head;
    struct request request[HAND_SIZE];
} hand;

/* A chain of three: header, data, status. */
static void wire(unsigned head)
{
    struct vwr_virtq_desc *d = &hand.ring.desc[head];
    struct slot *s = &hand.slot[head];

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT,
                                   (uint16_t)(head + 1u)};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    hand.request[head].next = head + 3u < 3u * SLOTS ? head + 3u : HAND_NO_SLOT;
}

static void set_up(const struct bench_run *r)
{
    struct bench_ring ring = {0};

    hand_split_set_up(&hand.ring, r, &ring);
    hand.slot = bench_memory(sizeof(*hand.slot) * HAND_SIZE);
    for (unsigned i = 0; i < SLOTS; i++)
        wire(3u * i);
}

static bool submit(uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    const uint64_t flags = VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE;
    const uint32_t head = hand.free_head;
    struct vwr_virtq_desc *data = &hand.ring.desc[head + 1u];
    struct slot *s = &hand.slot[head];
    uint64_t rest; /* of the data descriptor: len, flags and next */

    if (head == HAND_NO_SLOT)
        return false;
    hand.free_head = hand.request[head].next;
    hand.request[head].token = token;
    hand_fill(&s->out, &s->in, sector);
    data->addr = addr;
    rest = bytes | flags << 32 | (uint64_t)(head + 2u) << 48;
    __builtin_memcpy((uint8_t *)data + offsetof(struct vwr_virtq_desc, len), &rest,
                     sizeof(rest)); /* one store */
    hand.ring.avail->ring[hand.ring.avail_next++ % HAND_SIZE] = (uint16_t)head;
    return true;
}

static void kick(void)
{
    hand_split_kick(&hand.ring);
}

/* Takes back all that has come back: how many; each token is looked at where a caller would use it. */
static uint32_t reap(void)
{
    const uint16_t idx = hand_load16(&hand.ring.used->idx);
    uint32_t n = 0;

    vwr_port_rmb();
    for (; hand.ring.used_next != idx; hand.ring.used_next++) {
        const uint32_t id =
            *(const volatile vwr_le32 *)&hand.ring.used->ring[hand.ring.used_next % HAND_SIZE].id;

        if (id >= HAND_SIZE || hand.request[id].token == NULL)
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
    return hand_loop(r, submit, kick, reap);
}

const struct bench_level bench_hand = {"hand", 1, set_up, hand_measured};
