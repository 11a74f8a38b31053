/* SPDX-License-Identifier: MIT */
#include "guest.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/*
 * The yardstick in the guest: the least that a driver of a virtio disk can do for a read over a
 * split ring and still be right. The rules, and what it leaves out, are those of
 * ../hand_minimal.c; it is not the same source because it starts a real disk by itself, on modern
 * MMIO, and because no access may be unaligned here. It polls, and reads, and nothing else.
 */

#define SIZE 256u /* descriptors */
#define SLOTS (SIZE / 3u)
#define NO_SLOT 0xffffu
#define NO_STATUS 0xffu /* as long as the device has not answered */

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

static void lay_out(volatile void *base)
{
    uint8_t *ring = guest_memory(VWR_SPLIT_RING_BYTES(SIZE, VWR_SPLIT_RING_USED_ALIGN));

    hand.desc = (void *)ring;
    hand.avail = (void *)(ring + vwr_split_ring_desc_bytes(SIZE));
    hand.used = (void *)(ring + VWR_SPLIT_RING_USED_OFFSET(SIZE, VWR_SPLIT_RING_USED_ALIGN));
    hand.slot = guest_memory(sizeof(*hand.slot) * SIZE);
    hand.notify = (volatile uint8_t *)base + VWR_MMIO_QUEUE_NOTIFY;
    hand.avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    for (unsigned i = 0; i < SLOTS; i++)
        wire(3u * i);
}

/* Takes what the run wants and VERSION_1, if the disk has it. */
static void negotiate(volatile void *base, const struct guest_run *r)
{
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        uint32_t want = r->want[word];

        if (word == VWR_F_VERSION_1 / 32u)
            want |= (uint32_t)1 << VWR_F_VERSION_1 % 32u;
        if ((vwr_mmio_get_device_features(base, word) & want) != want)
            guest_leave_out("the disk does not have a feature that is wanted", NULL);
        vwr_mmio_set_driver_features(base, word, want);
    }
    hand.event_idx = r->want[VWR_F_EVENT_IDX / 32u] >> VWR_F_EVENT_IDX % 32u & 1u;
}

static void hand_prepare(const struct guest_run *r)
{
    volatile void *base = guest_disk()->base;
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    if (r->sleep || guest_disk()->dev.version != VWR_MMIO_VERSION_MODERN)
        guest_fail("the hand-minimal loop polls, and knows modern MMIO only", NULL);
    lay_out(base);
    vwr_mmio_set_status(base, 0);
    vwr_mmio_set_status(base, status);
    negotiate(base, r);
    status |= VWR_STATUS_FEATURES_OK;
    vwr_mmio_set_status(base, status);
    if (vwr_mmio_get_status(base) != status)
        guest_fail("the disk refuses the features", NULL);
    vwr_mmio_set_queue_size(base, 0, SIZE);
    vwr_mmio_modern_set_queue_desc(base, 0, (uintptr_t)hand.desc);
    vwr_mmio_modern_set_queue_driver(base, 0, (uintptr_t)hand.avail);
    vwr_mmio_modern_set_queue_device(base, 0, (uintptr_t)hand.used);
    vwr_mmio_modern_set_queue_ready(base, 0, 1);
    vwr_mmio_set_status(base, status | VWR_STATUS_DRIVER_OK);
}

VWR_ALWAYS_INLINE void submit_one(uint64_t sector, uint8_t *buffer, uint32_t bytes)
{
    const uint64_t flags = VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE;
    const uint32_t head = hand.free_head;
    struct vwr_virtq_desc *data = &hand.desc[head + 1u];
    struct slot *s = &hand.slot[head];
    uint64_t rest; /* of the data descriptor: len, flags and next */

    if (head == NO_SLOT)
        guest_fail("no free slot", NULL);
    hand.free_head = hand.request[head].next;
    hand.request[head].token = buffer;
    s->out.type = VWR_BLK_T_IN;
    s->out.reserved = 0;
    s->out.sector = sector;
    s->in.status = NO_STATUS;
    data->addr = (uintptr_t)buffer;
    rest = bytes | flags << 32 | (uint64_t)(head + 2u) << 48;
    __builtin_memcpy(__builtin_assume_aligned((uint8_t *)data + offsetof(struct vwr_virtq_desc, len), 8),
                     &rest, sizeof(rest)); /* one store */
    hand.avail->ring[hand.avail_next++ % SIZE] = (uint16_t)head;
}

VWR_ALWAYS_INLINE bool kick_all(void)
{
    const vwr_le16 *avail_event = (const vwr_le16 *)(const void *)&hand.used->ring[SIZE];
    const uint16_t old = hand.published;
    const uint16_t now = hand.avail_next;
    bool wanted;

    vwr_port_release();
    *(volatile vwr_le16 *)&hand.avail->idx = now;
    hand.published = now;
    vwr_port_mb();
    if (hand.event_idx)
        wanted = (uint16_t)(now - load16(avail_event) - 1u) < (uint16_t)(now - old);
    else
        wanted = !(load16(&hand.used->flags) & VWR_VIRTQ_USED_F_NO_NOTIFY);
    if (wanted)
        vwr_port_write32(hand.notify, 0);
    return wanted;
}

/* All that has come back; each token is looked at where a caller would use it. */
VWR_ALWAYS_INLINE uint32_t take_back(uint32_t most)
{
    const uint16_t idx = load16(&hand.used->idx);
    uint32_t n = 0;

    (void)most;
    vwr_port_rmb();
    for (; hand.used_next != idx; hand.used_next++) {
        const uint32_t id = *(const volatile vwr_le32 *)&hand.used->ring[hand.used_next % SIZE].id;

        if (id >= SIZE || hand.request[id].token == NULL)
            guest_fail("the device lied in the used ring", NULL);
        if (*(volatile uint8_t *)&hand.slot[id].in.status != VWR_BLK_S_OK)
            guest_fail("status", NULL);
        hand.request[id].token = NULL;
        hand.request[id].next = hand.free_head;
        hand.free_head = id;
        n++;
    }
    return n;
}

/* A slot that was never used has 0 there. */
static bool answered(uint32_t depth)
{
    (void)depth;
    for (unsigned i = 0; i < SLOTS; i++)
        if (*(volatile uint8_t *)&hand.slot[3u * i].in.status == NO_STATUS)
            return false;
    return true;
}

#include "measure.h"

static void hand_run(const struct guest_run *r, struct guest_result *result)
{
    if (r->measure == GUEST_COUNT)
        measure_count(r, result);
    else
        measure_rate(r, result, NULL);
}

const struct guest_level guest_hand = {"hand", hand_prepare, hand_run};
