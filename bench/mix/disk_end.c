/* SPDX-License-Identifier: MIT */
#define OTHER_END_NAME "bench_disk_driver"
#include "disk_end.h"
#include "../other_end.h"
#include "../harness.h"
#include "mix_disk.h"
#include "vwr/gen/status.h"
#include "vwr/vblk.h"

#include <string.h>

/*
 * The disk is our device side. It runs in bench_mmio_write and mix_complete, which callgrind does not count.
 * It checks each request against the recording, holds it, and completes it at the recorded point.
 */

#define REQUESTS VWR_COUNT(mix_disk_requests)
#define DISK_END_STRIDE 0x21000u /* from one segment to the next; no two segments are contiguous */
#define DATA_BYTES (DISK_END_SEGMENTS * DISK_END_STRIDE + 0x100000u)

static struct {
    struct vwr_vblk blk;
    struct vwr_vblk_backend backend;
    struct vwr_vqueue queue;
    struct vwr_vqueue_entry own[DISK_END_QUEUE];
    struct vwr_vblk_req req[DISK_END_REQUESTS];
    struct vwr_vseg seg[DISK_END_REQUESTS * (DISK_END_SEGMENTS + 2u)];
    struct kept {
        uint32_t number; /* in the record */
        struct vwr_vblk_req *request;
        uint64_t ticket;
    } kept[DISK_END_REQUESTS];
    uint32_t kept_count;
    uint32_t come; /* next request of the record */
    uint64_t notifications;
    struct vwr_features features; /* of the ring, besides the layout */
    bool in_order;
} disk;

static uint8_t data[DATA_BYTES] __attribute__((aligned(4096)));

uint8_t *disk_end_segment(uint32_t i)
{
    return data + (size_t)i * DISK_END_STRIDE;
}

uint64_t disk_end_notifications(void)
{
    return disk.notifications;
}

bool disk_end_is_idle(void)
{
    return disk.kept_count == 0;
}

/* GET_ID does not reach the back end: the disk answers it. */
static const struct mix_request *next_request(void)
{
    while (mix_disk_requests[disk.come % REQUESTS].type == VWR_BLK_T_GET_ID)
        disk.come++;
    return &mix_disk_requests[disk.come % REQUESTS];
}

static void check(const struct vwr_vblk_req *r, const struct mix_request *m)
{
    const bool moves = m->type == VWR_BLK_T_IN || m->type == VWR_BLK_T_OUT;

    if (r->type != m->type || (moves && (r->sector != m->sector || r->segs != m->segments)))
        fail("a request is not that of the record");
    for (uint32_t i = 0; moves && i < m->segments; i++)
        if (r->seg[i].len != mix_disk_segments[m->first + i] || r->seg[i].at != disk_end_segment(i))
            fail("a segment is not that of the record");
}

static int keep(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    if (disk.kept_count == DISK_END_REQUESTS)
        fail("too many requests in flight");
    check(r, next_request());
    disk.kept[disk.kept_count++] = (struct kept){disk.come++ % REQUESTS, r, vwr_vblk_ticket(r)};
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)b;
    (void)queue;
}

/* In order the oldest request is completed instead. */
static void complete(uint32_t number)
{
    uint32_t i = 0;
    struct kept k;

    if (mix_disk_requests[number].type == VWR_BLK_T_GET_ID)
        return;
    while (i < disk.kept_count && !disk.in_order && disk.kept[i].number != number)
        i++;
    if (i == disk.kept_count)
        fail("a request that the record completes has not come");
    k = disk.kept[i];
    memmove(&disk.kept[i], &disk.kept[i + 1], (--disk.kept_count - i) * sizeof(k));
    vwr_vblk_done(k.request, k.ticket, VWR_OK);
}

void mix_complete(const struct mix_event *e)
{
    for (; e->what != MIX_DONE; e++)
        if (e->what == MIX_USED)
            complete(e->n);
    vwr_vblk_signal(&disk.blk);
}

static void add_features(struct vwr_features *f, const char *names)
{
    if (strstr(names, "indirect") != NULL)
        vwr_features_add(f, VWR_F_INDIRECT_DESC);
    disk.in_order = strstr(names, "in_order") != NULL;
    if (disk.in_order)
        vwr_features_add(f, VWR_F_IN_ORDER);
}

struct vwr_features disk_end_init(bool packed, const char *features, uint16_t size)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = keep, .drain = drain};
    struct vwr_vdev_setup setup = {.queue = &disk.queue, .queue_count = 1, .own = disk.own};
    const struct vwr_vblk_options options = {.backend = &disk.backend,
                                             .req = disk.req,
                                             .req_count = DISK_END_REQUESTS,
                                             .seg = disk.seg,
                                             .seg_count = VWR_COUNT(disk.seg)};

    other_end_begin(&setup, packed);
    add_features(&disk.features, features);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        setup.features.w[i] |= disk.features.w[i];
    setup.queue_size = size;
    setup.own_count = size;
    disk.backend = (struct vwr_vblk_backend){.ops = &ops,
                                             .sectors = MIX_DISK_SECTORS,
                                             .block_bytes = VWR_BLK_SECTOR_BYTES,
                                             .flush = true,
                                             .segments_max = DISK_END_SEGMENTS};
    if (vwr_vblk_init_with(&disk.blk, &setup, &options) != VWR_OK)
        fail("init");
    return disk.features;
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    return other_end_read(&disk.blk.dev, reg, bytes);
}

void bench_mmio_write(volatile void *reg, uint32_t value)
{
    disk.notifications += other_end_offset(reg) == VWR_MMIO_QUEUE_NOTIFY;
    other_end_write(&disk.blk.dev, reg, value);
}

/* Functions of the harness that the handwritten driver uses. */

volatile void *bench_registers(void)
{
    return other_end_registers;
}

void *bench_memory(size_t bytes)
{
    const size_t whole = (bytes + 4095u) & ~(size_t)4095u;
    void *p = aligned_alloc(4096, whole);

    if (p == NULL)
        fail("no memory");
    memset(p, 0, whole);
    return p;
}

_Noreturn void bench_fail(const char *why)
{
    fail(why);
}

bool bench_take(const struct bench_run *r, struct bench_ring *ring, unsigned feature)
{
    const bool offered = vwr_features_have(&r->features, feature);

    if (offered)
        vwr_features_add(&ring->features, feature);
    return offered;
}

static void put(unsigned offset, uint32_t value)
{
    bench_mmio_write(other_end_registers + offset, value);
}

static void put_address(unsigned low, const void *p)
{
    put(low, (uint32_t)(uintptr_t)p);
    put(low + (unsigned)sizeof(uint32_t), (uint32_t)((uint64_t)(uintptr_t)p >> 32));
}

/* Negotiates the ring features, and starts the disk with the ring. */
void bench_attach(unsigned queue, const struct bench_ring *ring)
{
    const uint32_t bits = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;
    struct vwr_features f = ring->features;

    vwr_features_add(&f, VWR_F_VERSION_1);
    vwr_features_add(&f, VWR_BLK_F_SEG_MAX);
    vwr_features_add(&f, VWR_BLK_F_FLUSH);
    put(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    put(VWR_MMIO_STATUS, bits);
    for (uint32_t i = 0; i < VWR_FEATURE_WORDS; i++) {
        put(VWR_MMIO_DRIVER_FEATURES_SEL, i);
        put(VWR_MMIO_DRIVER_FEATURES, f.w[i]);
    }
    put(VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK);
    put(VWR_MMIO_QUEUE_SEL, queue);
    put(VWR_MMIO_QUEUE_SIZE, ring->size);
    put_address(VWR_MMIO_QUEUE_DESC_LOW, ring->desc);
    put_address(VWR_MMIO_QUEUE_DRIVER_LOW, ring->driver);
    put_address(VWR_MMIO_QUEUE_DEVICE_LOW, ring->device);
    put(VWR_MMIO_QUEUE_READY, 1);
    put(VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK);
}
