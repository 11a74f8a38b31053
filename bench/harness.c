/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The disk, and main. The disk lives in bench_mmio_write, which callgrind leaves out: when the
 * driver notifies, everything that is available is checked, done and used before the driver
 * goes on. It is the benchmark's own and right for well-behaved drivers only.
 */

static struct {
    uint32_t reg[VWR_MMIO_SIZE / 4u];
    uint32_t features[VWR_FEATURE_WORDS];
    const struct vwr_virtq_desc *desc;
    const struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint16_t size;
    uint16_t next;
    uint64_t requests;
    uint64_t notifications;
    uint64_t reads; /* of registers */
    uint64_t writes;
    uint8_t medium[BENCH_CAPACITY * VWR_BLK_SECTOR_BYTES];
    _Alignas(4096) uint8_t buffer[BENCH_DEPTH_MAX][BENCH_BYTES];
} disk;

_Noreturn void bench_fail(const char *why)
{
    fprintf(stderr, "bench: request %llu: %s\n", (unsigned long long)disk.requests, why);
    exit(1);
}

volatile void *bench_registers(void)
{
    return disk.reg;
}

uint8_t *bench_buffers(void)
{
    return disk.buffer[0];
}

void *bench_memory(size_t bytes)
{
    const size_t whole = (bytes + 4095u) & ~(size_t)4095u;
    void *p = aligned_alloc(4096, whole);

    if (p == NULL)
        bench_fail("no memory");
    memset(p, 0, whole);
    return p;
}

void bench_attach(uint16_t size, void *desc, void *avail, void *used)
{
    disk.size = size;
    disk.desc = desc;
    disk.avail = avail;
    disk.used = used;
}

static const struct vwr_virtq_desc *follow(const struct vwr_virtq_desc *d)
{
    if (!(d->flags & VWR_VIRTQ_DESC_F_NEXT) || d->next >= disk.size)
        bench_fail("the chain is not header, data, status");
    return &disk.desc[d->next];
}

/* One request: is it the one that was to come next, in the form that was agreed on? Then its data. */
static void serve(uint16_t head)
{
    const struct vwr_virtq_desc *out = &disk.desc[head];
    const struct vwr_virtq_desc *data = follow(out);
    const struct vwr_virtq_desc *in = follow(data);
    const struct vwr_blk_req_out *req = (const void *)(uintptr_t)out->addr;
    uint8_t *status = (void *)(uintptr_t)in->addr;

    if (out->len != sizeof(*req) || data->len != BENCH_BYTES || in->len != 1 ||
        in->flags != VWR_VIRTQ_DESC_F_WRITE)
        bench_fail("lengths or flags are not those of a 4 KiB read");
    if (req->type != VWR_BLK_T_IN || req->reserved != 0 || req->sector != bench_sector(disk.requests))
        bench_fail("the header is not that of the next read");
    memcpy((void *)(uintptr_t)data->addr, &disk.medium[req->sector * VWR_BLK_SECTOR_BYTES], BENCH_BYTES);
    *status = VWR_BLK_S_OK;
    disk.requests++;
}

static void run(void)
{
    const uint16_t end = *(const volatile uint16_t *)&disk.avail->idx;

    disk.notifications++;
    while (disk.next != end) {
        const uint16_t head = disk.avail->ring[disk.next % disk.size];
        struct vwr_virtq_used_elem *elem = &disk.used->ring[disk.next % disk.size];

        if (head >= disk.size)
            bench_fail("head beyond the queue");
        serve(head);
        elem->id = head;
        elem->len = BENCH_BYTES + 1u;
        disk.next++;
    }
    *(volatile uint16_t *)&disk.used->idx = disk.next;
}

static void *address(unsigned low)
{
    return (void *)(uintptr_t)((uint64_t)disk.reg[low / 4u + 1u] << 32 | disk.reg[low / 4u]);
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    const size_t offset = (size_t)((const volatile uint8_t *)reg - (volatile uint8_t *)disk.reg);
    uint32_t value = 0;

    disk.reads++;
    if (offset == VWR_MMIO_DEVICE_FEATURES)
        return disk.features[disk.reg[VWR_MMIO_DEVICE_FEATURES_SEL / 4u] % VWR_FEATURE_WORDS];
    memcpy(&value, (const uint8_t *)disk.reg + offset, bytes);
    return value;
}

void bench_mmio_write(volatile void *reg, uint32_t value)
{
    const size_t offset = (size_t)((volatile uint8_t *)reg - (volatile uint8_t *)disk.reg);

    if (offset == VWR_MMIO_QUEUE_NOTIFY) {
        run();
        return;
    }
    disk.writes++;
    disk.reg[offset / 4u] = value;
    if (offset == VWR_MMIO_QUEUE_READY)
        bench_attach((uint16_t)disk.reg[VWR_MMIO_QUEUE_SIZE / 4u], address(VWR_MMIO_QUEUE_DESC_LOW),
                     address(VWR_MMIO_QUEUE_DRIVER_LOW), address(VWR_MMIO_QUEUE_DEVICE_LOW));
}

static void set_up_disk(void)
{
    struct vwr_blk_config *config = (void *)&disk.reg[VWR_MMIO_CONFIG / 4u];

    disk.reg[VWR_MMIO_MAGIC_VALUE / 4u] = VWR_MMIO_MAGIC_VALUE_VALUE;
    disk.reg[VWR_MMIO_VERSION / 4u] = VWR_MMIO_VERSION_MODERN;
    disk.reg[VWR_MMIO_DEVICE_ID / 4u] = VWR_ID_BLOCK;
    disk.reg[VWR_MMIO_QUEUE_SIZE_MAX / 4u] = BENCH_QUEUE_MAX;
    disk.features[VWR_F_VERSION_1 / 32u] |= (uint32_t)1 << VWR_F_VERSION_1 % 32u;
    disk.features[0] =
        (uint32_t)1 << VWR_BLK_F_SEG_MAX | (uint32_t)1 << VWR_BLK_F_BLK_SIZE | (uint32_t)1 << VWR_BLK_F_FLUSH;
    config->capacity = BENCH_CAPACITY;
    config->seg_max = 126;
    config->blk_size = VWR_BLK_SECTOR_BYTES;
    for (size_t i = 0; i < sizeof(disk.medium); i++)
        disk.medium[i] = (uint8_t)(i * 2654435761u >> 13);
}

/* The last batch lies in the buffers: compare all of it. Earlier ones were the same code. */
static void check_buffers(const struct bench_run *r)
{
    for (uint32_t i = 0; i < r->depth; i++) {
        const uint64_t sector = bench_sector((uint64_t)(r->batches - 1u) * r->depth + i);

        if (memcmp(disk.buffer[i], &disk.medium[sector * VWR_BLK_SECTOR_BYTES], BENCH_BYTES) != 0)
            bench_fail("data read is not what the disk has");
    }
}

static const struct bench_level *find_level(const char *name)
{
    static const struct bench_level *const level[] = {&bench_hand, &bench_ring, &bench_add, &bench_block};

    for (size_t i = 0; i < sizeof(level) / sizeof(level[0]); i++)
        if (strcmp(level[i]->name, name) == 0)
            return level[i];
    return NULL;
}

int main(int argc, char **argv)
{
    const struct bench_level *level = argc == 5 ? find_level(argv[1]) : NULL;
    struct bench_run r;
    uint64_t done;
    uint64_t reads;

    if (level == NULL) {
        fprintf(stderr, "usage: %s hand|ring|add|block QUEUE_SIZE DEPTH BATCHES\n", argv[0]);
        return 2;
    }
    r.queue_size = (uint16_t)atoi(argv[2]);
    r.depth = (uint32_t)atoi(argv[3]);
    r.batches = (uint32_t)atoi(argv[4]);
    if (r.depth == 0 || r.depth > BENCH_DEPTH_MAX || 3u * r.depth > r.queue_size ||
        r.queue_size > BENCH_QUEUE_MAX)
        bench_fail("that depth does not fit into that queue");
    set_up_disk();
    level->prepare(&r);
    reads = disk.reads;
    done = level->measured(&r);
    if (done != disk.requests || done != (uint64_t)r.batches * r.depth)
        bench_fail("requests asked for, served and taken back are not equally many");
    check_buffers(&r);
    printf("requests=%llu notifications=%llu mmio_reads=%llu\n", (unsigned long long)done,
           (unsigned long long)disk.notifications, (unsigned long long)(disk.reads - reads));
    return 0;
}
