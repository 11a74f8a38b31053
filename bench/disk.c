/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include <string.h>

/*
 * The disk: registers and requests. It runs inside of bench_mmio_write, which callgrind does not count: a
 * notification checks, performs and uses all available requests before the driver continues. It is for the
 * benchmark only and assumes a well-behaved driver.
 */

static struct {
    uint32_t reg[VWR_MMIO_SIZE / 4u];
    struct vwr_features offered;
    struct vwr_features accepted; /* written to the registers */
    const struct bench_run *run;
    unsigned queues;
    struct disk_queue queue[BENCH_QUEUES_MAX];
    struct disk_counts counts;
    uint8_t medium[BENCH_CAPACITY * VWR_BLK_SECTOR_BYTES];
} disk;

volatile void *bench_registers(void)
{
    return disk.reg;
}

const struct disk_counts *disk_counts(void)
{
    return &disk.counts;
}

bool disk_reverses(void)
{
    return disk.run->form == BENCH_REVERSE;
}

const uint8_t *disk_medium(uint64_t sector)
{
    return &disk.medium[sector * VWR_BLK_SECTOR_BYTES];
}

bool bench_take(const struct bench_run *r, struct bench_ring *ring, unsigned feature)
{
    const bool offered = vwr_features_have(&r->features, feature);

    if (offered)
        vwr_features_add(&ring->features, feature);
    return offered;
}

void bench_attach(unsigned queue, const struct bench_ring *ring)
{
    struct disk_queue *q = &disk.queue[queue];

    if (queue >= disk.queues)
        bench_fail("a ring for a queue that the disk does not have");
    if (ring->size == 0 || ring->size > BENCH_QUEUE_MAX)
        bench_fail("a ring of a size that the disk does not take");
    *q = (struct disk_queue){.ring = *ring};
    if (disk_has(q, VWR_F_RING_PACKED))
        disk_packed_begin(q);
    else
        disk_split_begin(q);
}

void disk_check_features(const struct bench_run *r)
{
    for (unsigned i = 0; i < r->queues; i++)
        for (unsigned bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++)
            if (vwr_features_have(&r->features, bit) && !disk_has(&disk.queue[i], bit))
                bench_fail("the driver does not take all features that it is measured with");
}

void disk_check_shares(void)
{
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;

    for (unsigned i = 0; i < disk.queues; i++) {
        const uint32_t n = disk.queue[i].notifications;

        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    if (most - least > 1)
        bench_fail("the batches did not use all queues one after the other");
}

void disk_add(struct disk_chain *c, uint64_t addr, uint32_t len, bool in)
{
    if (c->count == DISK_SEGMENTS)
        bench_fail("a request in too many segments");
    c->segment[c->count++] = (struct disk_segment){addr, len, in};
}

/*
 * Copies the header, which occupies one or two segments, to `req`, and returns the segment after it.
 * Overwrites the type, which a real device must not do, to detect a driver that does not write it for each
 * request.
 */
static const struct disk_segment *take_header(const struct disk_chain *c, struct vwr_blk_req_out *req)
{
    const struct disk_segment *p = c->segment;

    for (size_t got = 0; got != sizeof(*req); got += p++->len) {
        if (p == &c->segment[c->count] || p->in || p->len > sizeof(*req) - got)
            bench_fail("the chain does not begin with a header");
        memcpy((uint8_t *)req + got, (const void *)(uintptr_t)p->addr, p->len);
    }
    memset((void *)(uintptr_t)c->segment[0].addr, 0xff, sizeof(req->type));
    return p;
}

/* Whether a header is that of request n. */
static bool is_header(const struct vwr_blk_req_out *req, uint64_t n)
{
    if (disk.run->form == BENCH_FLUSH)
        return req->type == VWR_BLK_T_FLUSH && req->reserved == 0 && req->sector == 0;
    if (disk.run->form == BENCH_DISCARD)
        return req->type == VWR_BLK_T_DISCARD && req->reserved == 0 && req->sector == 0;
    return req->type == VWR_BLK_T_IN && req->reserved == 0 && req->sector == bench_sector(n);
}

/* Fills the data segments of read n, which must be the segments of its buffer in the right order. */
static uint32_t read_medium(const struct disk_segment *data, unsigned count, uint64_t n)
{
    uint8_t *const buffer = bench_buffers() + n % disk.run->depth * BENCH_BYTES;
    const uint8_t *const from = disk_medium(bench_sector(n));
    const uint32_t bytes = BENCH_BYTES / count;

    for (unsigned i = 0; i < count; i++) {
        if (!data[i].in || data[i].len != bytes)
            bench_fail("lengths or flags are not those of a 4 KiB read");
        if (data[i].addr != (uintptr_t)bench_segment(buffer, i, count))
            bench_fail("a segment is not where the caller has it");
        memcpy((void *)(uintptr_t)data[i].addr, from + i * (size_t)bytes, bytes);
    }
    return BENCH_BYTES;
}

/* Checks the range of discard n. Overwrites the range, for the same reason as the type. */
static uint32_t discard(const struct disk_segment *data, uint64_t n)
{
    struct vwr_blk_discard_write_zeroes *const range = (void *)(uintptr_t)data->addr;

    if (data->in || data->len != sizeof(*range))
        bench_fail("length or flags are not those of one range");
    if (range->sector != bench_sector(n) || range->num_sectors != BENCH_SECTORS || range->flags != 0)
        bench_fail("the range is not that of the next discard");
    memset(range, 0xff, sizeof(*range));
    return 0;
}

/* Checks that a request is the next expected one and has the expected form, then performs it. */
uint32_t disk_serve(const struct disk_chain *c)
{
    const uint64_t n = disk.counts.requests++;
    const unsigned count = bench_segments(disk.run, n);
    struct vwr_blk_req_out req;
    const struct disk_segment *const data = take_header(c, &req);
    const struct disk_segment *const in = data + count;
    uint32_t written = 0;

    if (in != &c->segment[c->count - 1u] || !in->in || in->len != sizeof(struct vwr_blk_req_in))
        bench_fail("the chain is not header, data in as many segments as were asked for, status");
    if (!is_header(&req, n))
        bench_fail("the header is not that of the next request");
    if (disk.run->form == BENCH_DISCARD)
        written = discard(data, n);
    else if (disk.run->form != BENCH_FLUSH)
        written = read_medium(data, count, n);
    ((struct vwr_blk_req_in *)(uintptr_t)in->addr)->status = VWR_BLK_S_OK;
    return written + sizeof(struct vwr_blk_req_in);
}

/*
 * With NOTIFICATION_DATA the value includes the driver's position: the disk's position after it has used
 * everything.
 */
static void notified(uint32_t value)
{
    const unsigned index = value & VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK;
    struct disk_queue *q = &disk.queue[index];
    uint32_t want = index;

    if (index >= disk.queues || q->ring.size == 0)
        bench_fail("a notification for a queue that is not there");
    disk.counts.notifications++;
    q->notifications++;
    if (disk_has(q, VWR_F_RING_PACKED))
        disk_packed_run(q);
    else
        disk_split_run(q);
    if (disk_has(q, VWR_F_NOTIFICATION_DATA))
        want |= (uint32_t)q->next << VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT |
                (uint32_t)q->wrap << VWR_MMIO_QUEUE_NOTIFY_NEXT_WRAP_SHIFT;
    if (value != want)
        bench_fail("the notification does not say where the ring goes on");
}

static struct disk_queue *selected(void)
{
    const uint32_t index = disk.reg[VWR_MMIO_QUEUE_SEL / 4u];

    return index < disk.queues ? &disk.queue[index] : NULL;
}

static void *address(unsigned low)
{
    return (void *)(uintptr_t)((uint64_t)disk.reg[low / 4u + 1u] << 32 | disk.reg[low / 4u]);
}

static void make_ready(void)
{
    const struct bench_ring ring = {.features = disk.accepted,
                                    .size = (uint16_t)disk.reg[VWR_MMIO_QUEUE_SIZE / 4u],
                                    .desc = address(VWR_MMIO_QUEUE_DESC_LOW),
                                    .driver = address(VWR_MMIO_QUEUE_DRIVER_LOW),
                                    .device = address(VWR_MMIO_QUEUE_DEVICE_LOW)};

    bench_attach(disk.reg[VWR_MMIO_QUEUE_SEL / 4u], &ring);
}

static void reset(void)
{
    memset(disk.queue, 0, sizeof(disk.queue));
    vwr_features_clear(&disk.accepted);
}

/* Offset of the MMIO register, for both transports. */
static size_t register_at(const volatile void *reg, bool write)
{
    if (disk_pci_has(reg))
        return disk_pci_register(reg, write);
    return (size_t)((const volatile uint8_t *)reg - (volatile uint8_t *)disk.reg);
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    const size_t offset = register_at(reg, false);
    const struct disk_queue *q = selected();
    uint32_t value = 0;

    disk.counts.reads++;
    if (offset == VWR_MMIO_DEVICE_FEATURES)
        return disk.offered.w[disk.reg[VWR_MMIO_DEVICE_FEATURES_SEL / 4u] % VWR_FEATURE_WORDS];
    if (offset == VWR_MMIO_QUEUE_SIZE_MAX)
        return q == NULL ? 0 : BENCH_QUEUE_MAX;
    if (offset == VWR_MMIO_QUEUE_READY)
        return q != NULL && q->ring.size != 0;
    memcpy(&value, (const uint8_t *)disk.reg + offset, bytes);
    return value;
}

void bench_mmio_write(volatile void *reg, uint32_t value)
{
    const size_t offset = register_at(reg, true);

    if (offset == VWR_MMIO_QUEUE_NOTIFY) {
        notified(value);
        return;
    }
    disk.reg[offset / 4u] = value;
    if (offset == VWR_MMIO_DRIVER_FEATURES)
        disk.accepted.w[disk.reg[VWR_MMIO_DRIVER_FEATURES_SEL / 4u] % VWR_FEATURE_WORDS] = value;
    else if (offset == VWR_MMIO_QUEUE_READY && value == 1)
        make_ready();
    else if (offset == VWR_MMIO_STATUS && value == 0)
        reset();
}

void disk_set_up(const struct bench_run *r)
{
    struct vwr_blk_config *config = (void *)&disk.reg[VWR_MMIO_CONFIG / 4u];

    disk.reg[VWR_MMIO_MAGIC_VALUE / 4u] = VWR_MMIO_MAGIC_VALUE_VALUE;
    disk.reg[VWR_MMIO_VERSION / 4u] = VWR_MMIO_VERSION_MODERN;
    disk.reg[VWR_MMIO_DEVICE_ID / 4u] = VWR_ID_BLOCK;
    disk.run = r;
    disk.queues = r->queues;
    disk.offered = r->features;
    vwr_features_add(&disk.offered, VWR_F_VERSION_1);
    vwr_features_add(&disk.offered, VWR_BLK_F_SEG_MAX);
    vwr_features_add(&disk.offered, VWR_BLK_F_BLK_SIZE);
    vwr_features_add(&disk.offered, VWR_BLK_F_FLUSH);
    config->capacity = BENCH_CAPACITY;
    config->seg_max = 126;
    config->blk_size = VWR_BLK_SECTOR_BYTES;
    config->num_queues = (uint16_t)r->queues;
    config->max_discard_sectors = BENCH_CAPACITY;
    config->max_discard_seg = 1;
    for (size_t i = 0; i < sizeof(disk.medium); i++)
        disk.medium[i] = (uint8_t)(i * 2654435761u >> 13);
}
