/* SPDX-License-Identifier: MIT */
#include "guest.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/*
 * The yardstick in the guest: a minimal but correct virtio disk driver for reads over a split ring. The
 * rules, and what it leaves out, are those of ../hand_minimal.c. It is a separate source because it
 * initializes a real disk, on modern MMIO, and because unaligned accesses are not possible here. It only
 * polls and reads. As with our queue, main.c passes the driver by pointer, and the ring size at run time.
 */

#define NO_SLOT 0xffffu
#define NO_STATUS 0xffu /* until the device has completed the request */

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
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    const vwr_le16 *avail_event;
    struct slot *slot;
    volatile void *notify;
    uint32_t mask; /* ring size - 1 */
    uint32_t free_head;
    uint16_t avail_next;
    uint16_t published;
    uint16_t used_next;
    bool event_idx;
    struct request request[]; /* by head */
};

static uint16_t load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

/* Sets up a chain of header, data and status. */
static void bind(struct hand *h, unsigned head, unsigned end)
{
    struct vwr_virtq_desc *d = &h->desc[head];
    struct slot *s = &h->slot[head];

    d[0] = (struct vwr_virtq_desc){(uintptr_t)&s->out, sizeof(s->out), VWR_VIRTQ_DESC_F_NEXT,
                                   (uint16_t)(head + 1u)};
    d[2] = (struct vwr_virtq_desc){(uintptr_t)&s->in, sizeof(s->in), VWR_VIRTQ_DESC_F_WRITE, 0};
    h->request[head].next = head + 3u < end ? head + 3u : NO_SLOT;
}

static struct hand *lay_out(volatile void *base, uint16_t size)
{
    struct hand *h = guest_memory(sizeof(*h) + sizeof(h->request[0]) * size);
    uint8_t *ring = guest_memory(VWR_SPLIT_RING_BYTES(size, VWR_SPLIT_RING_USED_ALIGN));
    const unsigned end = size / 3u * 3u;

    h->mask = size - 1u;
    h->desc = (void *)ring;
    h->avail = (void *)(ring + vwr_split_ring_desc_bytes(size));
    h->used = (void *)(ring + VWR_SPLIT_RING_USED_OFFSET(size, VWR_SPLIT_RING_USED_ALIGN));
    h->avail_event = (const vwr_le16 *)(const void *)&h->used->ring[size];
    h->slot = guest_memory(sizeof(*h->slot) * size);
    h->notify = (volatile uint8_t *)base + VWR_MMIO_QUEUE_NOTIFY;
    h->avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    for (unsigned head = 0; head < end; head += 3u)
        bind(h, head, end);
    return h;
}

/* Accepts VERSION_1 and the features of the run. Ends the run if the disk does not offer them. */
static void negotiate(struct hand *h, volatile void *base, const struct guest_run *r)
{
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        uint32_t want = r->want[word];

        if (word == VWR_F_VERSION_1 / 32u)
            want |= (uint32_t)1 << VWR_F_VERSION_1 % 32u;
        if ((vwr_mmio_get_device_features(base, word) & want) != want)
            guest_leave_out("the disk does not have a feature that is wanted", NULL);
        vwr_mmio_set_driver_features(base, word, want);
    }
    h->event_idx = r->want[VWR_F_EVENT_IDX / 32u] >> VWR_F_EVENT_IDX % 32u & 1u;
}

static void *hand_prepare(const struct guest_run *r, uint16_t size)
{
    volatile void *base = guest_disk()->base;
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;
    struct hand *h;

    if (r->sleep || guest_disk()->dev.version != VWR_MMIO_VERSION_MODERN)
        guest_fail("the hand-minimal loop polls, and knows modern MMIO only", NULL);
    h = lay_out(base, size);
    vwr_mmio_set_status(base, 0);
    vwr_mmio_set_status(base, status);
    negotiate(h, base, r);
    status |= VWR_STATUS_FEATURES_OK;
    vwr_mmio_set_status(base, status);
    if (vwr_mmio_get_status(base) != status)
        guest_fail("the disk refuses the features", NULL);
    vwr_mmio_set_queue_size(base, 0, size);
    vwr_mmio_modern_set_queue_desc(base, 0, (uintptr_t)h->desc);
    vwr_mmio_modern_set_queue_driver(base, 0, (uintptr_t)h->avail);
    vwr_mmio_modern_set_queue_device(base, 0, (uintptr_t)h->used);
    vwr_mmio_modern_set_queue_ready(base, 0, 1);
    vwr_mmio_set_status(base, status | VWR_STATUS_DRIVER_OK);
    return h;
}

VWR_ALWAYS_INLINE void submit_one(void *driver, uint64_t sector, uint8_t *buffer, uint32_t bytes)
{
    struct hand *h = driver;
    const uint64_t flags = VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE;
    const uint32_t head = h->free_head;
    struct vwr_virtq_desc *data = &h->desc[head + 1u];
    struct slot *s = &h->slot[head];
    uint64_t rest; /* len, flags and next of the data descriptor */

    if (head == NO_SLOT)
        guest_fail("no free slot", NULL);
    h->free_head = h->request[head].next;
    h->request[head].token = buffer;
    s->out.type = VWR_BLK_T_IN;
    s->out.reserved = 0;
    s->out.sector = sector;
    s->in.status = NO_STATUS;
    data->addr = (uintptr_t)buffer;
    rest = bytes | flags << 32 | (uint64_t)(head + 2u) << 48;
    __builtin_memcpy(__builtin_assume_aligned((uint8_t *)data + offsetof(struct vwr_virtq_desc, len), 8),
                     &rest, sizeof(rest)); /* one store */
    h->avail->ring[h->avail_next++ & h->mask] = (uint16_t)head;
}

VWR_ALWAYS_INLINE bool kick_all(void *driver)
{
    struct hand *h = driver;
    const uint16_t old = h->published;
    const uint16_t now = h->avail_next;
    bool wanted;

    vwr_port_release();
    *(volatile vwr_le16 *)&h->avail->idx = now;
    h->published = now;
    vwr_port_mb();
    if (h->event_idx)
        wanted = (uint16_t)(now - load16(h->avail_event) - 1u) < (uint16_t)(now - old);
    else
        wanted = !(load16(&h->used->flags) & VWR_VIRTQ_USED_F_NO_NOTIFY);
    if (wanted)
        vwr_port_write32(h->notify, 0);
    return wanted;
}

/* Reaps all completed requests. Checks the token where a caller would use it. */
VWR_ALWAYS_INLINE uint32_t take_back(void *driver, uint32_t most)
{
    struct hand *h = driver;
    const uint16_t idx = load16(&h->used->idx);
    uint32_t n = 0;

    (void)most;
    vwr_port_rmb();
    for (; h->used_next != idx; h->used_next++) {
        const uint32_t id = *(const volatile vwr_le32 *)&h->used->ring[h->used_next & h->mask].id;

        if (id > h->mask || h->request[id].token == NULL)
            guest_fail("a used id that is not in flight", NULL);
        if (*(volatile uint8_t *)&h->slot[id].in.status != VWR_BLK_S_OK)
            guest_fail("status", NULL);
        h->request[id].token = NULL;
        h->request[id].next = h->free_head;
        h->free_head = id;
        n++;
    }
    return n;
}

/* A slot that was never used has status 0. */
static bool answered(void *driver, uint32_t depth)
{
    struct hand *h = driver;

    (void)depth;
    for (unsigned head = 0; head < h->mask; head += 3u)
        if (*(volatile uint8_t *)&h->slot[head].in.status == NO_STATUS)
            return false;
    return true;
}

#include "measure.h"

static void hand_run(const struct guest_run *r, void *driver, struct guest_result *result)
{
    if (r->measure == GUEST_COUNT)
        measure_count(r, driver, result);
    else
        measure_rate(r, driver, result, NULL);
}

const struct guest_level guest_hand = {"hand", hand_prepare, hand_run};
