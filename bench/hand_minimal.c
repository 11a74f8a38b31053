/* SPDX-License-Identifier: MIT */
#include "hand.h"

/*
 * The yardstick: a minimal but correct virtio disk driver for 4 KiB reads over a split ring. It only reads.
 *
 * It does what every driver must do: it writes the header, passes the addresses to the device in three
 * descriptors, publishes avail.idx after a barrier, checks after a full barrier whether the device requested
 * a notification (used.flags or avail_event, selected at run time), reads used.idx once per batch, checks
 * that a used id is in range and in flight, and reads the status.
 *
 * Why it is fast: header and status descriptors are written once, the data descriptor takes two stores,
 * requests are found by their head descriptor, and indices are in private memory. All of it is compiled
 * together with the loop that measures it, so the only call is the notification.
 *
 * It leaves out what a real driver needs: features and limits of the device, requests of any other shape,
 * buffers of several segments, range checks of the sector, the written length, the legacy byte order,
 * interrupts, deadlines, a second disk, error messages, statistics, a transport, and device initialization.
 */

/*
 * Shared memory of a request, except its data. Indexed by head descriptor, so two of three entries are
 * unused.
 */
struct slot {
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15]; /* makes the size a power of 2: no multiplication */
};

/* Private memory of a request. */
struct request {
    void *token;   /* of the caller; NULL: the slot is free */
    uint32_t next; /* head of the next free slot */
};

struct hand {
    struct hand_split ring;
    struct slot *slot;
    uint32_t free_head;
    struct request request[]; /* by head */
};

/* Sets up a chain of header, data and status. `end` is the end of all heads. */
static void bind(struct hand *h, unsigned head, unsigned end)
{
    struct vwr_virtq_desc *d = &h->ring.desc[head];
    struct slot *s = &h->slot[head];

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT,
                                   (uint16_t)(head + 1u)};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    h->request[head].next = head + 3u < end ? head + 3u : HAND_NO_SLOT;
}

static void *set_up(const struct bench_run *r)
{
    const unsigned end = r->queue_size / 3u * 3u;
    struct hand *h = bench_memory(sizeof(*h) + sizeof(h->request[0]) * r->queue_size);
    struct bench_ring ring = {0};

    hand_split_set_up(&h->ring, r, &ring);
    h->slot = bench_memory(sizeof(*h->slot) * r->queue_size);
    for (unsigned head = 0; head < end; head += 3u)
        bind(h, head, end);
    return h;
}

VWR_ALWAYS_INLINE bool submit(void *driver, uint64_t sector, uint64_t addr, uint32_t bytes, void *token)
{
    struct hand *h = driver;
    const uint32_t head = h->free_head;
    struct vwr_virtq_desc *data = &h->ring.desc[head + 1u];
    struct slot *s = &h->slot[head];

    if (head == HAND_NO_SLOT)
        return false;
    h->free_head = h->request[head].next;
    h->request[head].token = token;
    hand_fill(&s->out, &s->in, sector);
    hand_split_write(data, addr,
                     bytes | HAND_SPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE) |
                         (uint64_t)(head + 2u) << HAND_SPLIT_NEXT_SHIFT);
    h->ring.avail->ring[h->ring.avail_next++ & h->ring.mask] = (uint16_t)head;
    return true;
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    hand_split_kick(&((struct hand *)driver)->ring);
}

/* Reaps all completed requests and returns their number. Checks the token where a caller would use it. */
VWR_ALWAYS_INLINE uint32_t reap(void *driver)
{
    struct hand *h = driver;
    const uint16_t idx = hand_load16(&h->ring.used->idx);
    uint32_t n = 0;

    vwr_port_rmb();
    for (; h->ring.used_next != idx; h->ring.used_next++) {
        const uint32_t id =
            *(const volatile vwr_le32 *)&h->ring.used->ring[h->ring.used_next & h->ring.mask].id;

        if (id > h->ring.mask || h->request[id].token == NULL)
            bench_fail("a used id that is not in flight");
        if (*(volatile uint8_t *)&h->slot[id].in.status != VWR_BLK_S_OK)
            bench_fail("status");
        h->request[id].token = NULL;
        h->request[id].next = h->free_head;
        h->free_head = id;
        n++;
    }
    return n;
}

__attribute__((noinline)) static uint64_t hand_measured(const struct bench_run *r, void *driver)
{
    return hand_loop(r, driver, submit, kick, reap);
}

const struct bench_level bench_hand = {"hand", 1, set_up, hand_measured};
