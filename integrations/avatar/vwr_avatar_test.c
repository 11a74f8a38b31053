/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar.h"
#include "io.h"
#include "lib/avatar_string.h"

/* Larger than a buffer of the pool, and not a multiple of it. */
#define SECTORS (2u * VWR_AVATAR_BUFFER_SECTORS + 1u)
#define BYTES (SECTORS * VIRTIO_SECTOR_SIZE)

static uint8_t before[BYTES];
static uint8_t written[BYTES];
static uint8_t read_back[BYTES];

static void fill(uint8_t *p, size_t bytes, uint32_t seed)
{
    for (size_t i = 0; i < bytes; i++) {
        seed = seed * 1664525u + 1013904223u; /* any linear congruential generator will do */
        p[i] = (uint8_t)(seed >> 24);
    }
}

static int fail(const virtio_blk_device_t *v, const char *what)
{
    logger_error("VirtIO block %u at 0x%llx: test: %s\n", v->device_index, v->base_addr, what);
    return -1;
}

/* Reads the same sectors in one call and one by one. */
static int test_read(virtio_blk_device_t *v, uint64_t first, uint32_t count)
{
    if (virtio_blk_read_sectors(v, first, before, count) < 0)
        return fail(v, "read");
    for (uint32_t i = 0; i < count; i++)
        if (virtio_blk_read_sector(v, first + i, read_back + i * VIRTIO_SECTOR_SIZE, 1) < 0)
            return fail(v, "read of one sector");
    return memcmp(before, read_back, (size_t)count * VIRTIO_SECTOR_SIZE) == 0
               ? 0
               : fail(v, "sectors read one by one differ from the same sectors read in one call");
}

/* `before` has the disk's content. */
static int test_write(virtio_blk_device_t *v, uint64_t first, uint32_t count)
{
    const size_t bytes = (size_t)count * VIRTIO_SECTOR_SIZE;
    int r = 0;

    fill(written, bytes, (uint32_t)first);
    memset(read_back, 0, bytes);
    if (virtio_blk_write_sectors(v, first, written, count) < 0)
        r = fail(v, "write");
    else if (virtio_blk_read_sectors(v, first, read_back, count) < 0)
        r = fail(v, "read after write");
    else if (memcmp(written, read_back, bytes) != 0)
        r = fail(v, "the data read differ from the data written");
    if (virtio_blk_write_sectors(v, first, before, count) < 0 || virtio_blk_flush(v) < 0)
        r = fail(v, "restoring the old data");
    return r;
}

static int test_disk(virtio_blk_device_t *v)
{
    const uint32_t count = v->capacity < SECTORS ? (uint32_t)v->capacity : SECTORS;
    const uint64_t first = v->capacity - count;

    if (count == 0)
        return fail(v, "the disk is empty");
    if (test_read(v, 0, count) < 0 || test_read(v, first, count) < 0)
        return -1;
    if (!v->read_only && test_write(v, first, count) < 0)
        return -1;
    logger_info("VirtIO block %u at 0x%llx: test passed\n", v->device_index, v->base_addr);
    return 0;
}

int avatar_virtio_block_test(void)
{
    int r = avatar_virtio_block_count() > 0 ? 0 : -1;

    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (avatar_get_virtio_block_device_at(i) != NULL &&
            test_disk(avatar_get_virtio_block_device_at(i)) < 0)
            r = -1;
    logger_info("=== VirtIO block test: %s ===\n", r == 0 ? "PASSED" : "FAILED");
    return r;
}

int virtio_block_test(void)
{
    return avatar_virtio_block_test();
}
