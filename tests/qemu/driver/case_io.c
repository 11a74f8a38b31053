/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "watch.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads the image file directly. */
static uint8_t *load(const char *file, size_t bytes)
{
    uint8_t *p = malloc(bytes);
    FILE *f = fopen(file, "rb");

    CHECK_SYS(p != NULL && f != NULL);
    CHECK_NUMBER(fread(p, 1, bytes, f), bytes);
    fclose(f);
    return p;
}

/* Reads all sectors, `chunk` at a time, and compares each chunk with the file. */
static void read_in_chunks(struct disk *d, const uint8_t *image, uint32_t sectors, uint32_t chunk)
{
    const size_t mark = guest_mark();
    uint8_t *buffer = guest_alloc((size_t)chunk * SECTOR_BYTES);

    for (uint32_t at = 0; at < sectors; at += chunk) {
        const uint32_t count = chunk < sectors - at ? chunk : sectors - at;

        memset(buffer, GUEST_POISON, (size_t)count * SECTOR_BYTES);
        DISK_OK(d, vwr_blk_read(&d->blk, at, buffer, count));
        if (memcmp(buffer, image + (size_t)at * SECTOR_BYTES, (size_t)count * SECTOR_BYTES) != 0)
            check_failed(__FILE__, __LINE__, "sectors %u to %u differ from the file", at, at + count - 1);
    }
    guest_release(mark);
}

void case_whole_disk(bool legacy)
{
    enum { SECTORS = 8192 + 7 };
    static const uint32_t chunks[] = {1, 2, 7, 8, 63, 256, 1024, 2048, SECTORS};
    struct disk d;
    uint8_t *image;

    disk_begin(&d, legacy, "A 0 8199", "file=disk.img", "");
    image = load("disk.img", (size_t)SECTORS * SECTOR_BYTES);
    CHECK_NUMBER(d.blk.info.sectors, SECTORS);
    for (size_t i = 0; i < sizeof(chunks) / sizeof(chunks[0]); i++)
        read_in_chunks(&d, image, SECTORS, chunks[i]);
    (void)bus_counts();
    DISK_RESULT(&d, vwr_blk_read(&d.blk, SECTORS, guest_alloc(SECTOR_BYTES), 1), VWR_ERANGE);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, SECTORS - 1, guest_alloc(2 * SECTOR_BYTES), 2), VWR_ERANGE);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, UINT64_MAX, guest_alloc(SECTOR_BYTES), 1), VWR_ERANGE);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 0, guest_alloc(SECTOR_BYTES), 0), VWR_EINVAL);
    CHECK_NUMBER(bus_counts().notifies, 0);
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 8199");
    free(image);
}

static void write_pattern(struct disk *d, char tag, uint64_t sector, uint32_t count)
{
    const size_t mark = guest_mark();
    uint8_t *p = guest_alloc((size_t)count * SECTOR_BYTES);

    pattern_fill(p, tag, sector, count);
    DISK_OK(d, vwr_blk_write(&d->blk, sector, p, count));
    PATTERN_CHECK(p, tag, sector, count); /* not written yet */
    guest_release(mark);
}

void case_write_flush(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 4099", "file=disk.img", "");
    CHECK_NUMBER(d.blk.info.write_cache, 1);
    write_pattern(&d, 'B', 0, 1);
    write_pattern(&d, 'C', 17, 300);
    write_pattern(&d, 'D', 100, 8);
    write_pattern(&d, 'E', 4098, 1);
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->flushes, 1);
    disk_read_check(&d, 'B', 0, 1);
    disk_read_check(&d, 'A', 1, 16);
    disk_read_check(&d, 'C', 17, 83);
    disk_read_check(&d, 'D', 100, 8);
    disk_read_check(&d, 'C', 108, 209);
    disk_read_check(&d, 'A', 317, 3781);
    disk_read_check(&d, 'E', 4098, 1);
    write_pattern(&d, 'F', 1024, 2048); /* 1 MiB in one call */
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->flushes, 3);
    DISK_RESULT(&d, vwr_blk_write(&d.blk, 4098, guest_alloc(2 * SECTOR_BYTES), 2), VWR_ERANGE);
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 4099 B 0 1 C 17 300 D 100 8 E 4098 1 F 1024 2048");
}

void case_read_only(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img,readonly=on", "");
    CHECK_NUMBER(d.blk.info.read_only, 1);
    CHECK(vwr_dev_has(&d.found.dev, VWR_BLK_F_RO));
    disk_read_check(&d, 'A', 0, 64);
    (void)bus_counts();
    DISK_RESULT(&d, vwr_blk_write(&d.blk, 3, guest_alloc(SECTOR_BYTES), 1), VWR_EROFS);
    CHECK_NUMBER(bus_counts().writes, 0);
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    disk_read_check(&d, 'A', 3, 1);
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 64");
}

void case_blocks_4k(bool legacy)
{
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 4096", "file=disk.img", "logical_block_size=4096,physical_block_size=4096");
    CHECK_NUMBER(d.blk.info.block_bytes, 4096);
    CHECK_NUMBER(d.blk.info.sectors, 4096);
    disk_read_check(&d, 'A', 0, 8);
    disk_read_check(&d, 'A', 8, 4088);
    write_pattern(&d, 'B', 16, 24);
    (void)bus_counts();
    p = guest_alloc_scattered(300 * GUEST_PAGE);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 1, p, 8), VWR_EALIGN);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 8, p, 4), VWR_EALIGN);
    DISK_RESULT(&d, vwr_blk_write(&d.blk, 8, p, 7), VWR_EALIGN);
    DISK_RESULT(&d, vwr_blk_write(&d.blk, 4, p, 8), VWR_EALIGN);
    CHECK_NUMBER(bus_counts().notifies, 0);
    /* page borders lie inside of blocks: each request must still have whole blocks, which the watch checks */
    DISK_OK(&d, vwr_blk_read(&d.blk, 1024, p + SECTOR_BYTES, 2048));
    PATTERN_CHECK(p + SECTOR_BYTES, 'A', 1024, 2048);
    pattern_fill(p + 100, 'C', 2048, 400);
    DISK_OK(&d, vwr_blk_write(&d.blk, 2048, p + 100, 400));
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 4096 B 16 24 C 2048 400");
}

void case_large_transfer(bool legacy)
{
    enum { SECTORS = 32768 };
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 32768", "file=disk.img", "");
    p = guest_alloc((size_t)SECTORS * SECTOR_BYTES);
    (void)bus_counts();
    DISK_OK(&d, vwr_blk_read(&d.blk, 0, p, SECTORS));
    CHECK_NUMBER(bus_counts().notifies, 1);
    PATTERN_CHECK(p, 'A', 0, SECTORS);
    p = guest_alloc_scattered((size_t)SECTORS * SECTOR_BYTES);
    DISK_OK(&d, vwr_blk_read(&d.blk, 0, p, SECTORS));
    CHECK_NUMBER(bus_counts().notifies, SECTORS / 8 / VWR_REQUEST_SEGMENTS);
    PATTERN_CHECK(p, 'A', 0, SECTORS);
    disk_close(&d);
    machine_stop();
}

/* Writes and reads a pattern on the whole disk, while another thread does the same on the other disk. */
struct worker {
    struct disk disk;
    char tag;
    uint8_t *buffer;
};

#define WORKER_SECTORS 1024u
#define WORKER_CHUNK 16u

static void write_chunk(struct worker *w, uint32_t at)
{
    pattern_fill(w->buffer, w->tag, at, WORKER_CHUNK);
    DISK_OK(&w->disk, vwr_blk_write(&w->disk.blk, at, w->buffer, WORKER_CHUNK));
}

static void read_chunk(struct worker *w, char tag, uint32_t at)
{
    memset(w->buffer, GUEST_POISON, WORKER_CHUNK * SECTOR_BYTES);
    DISK_OK(&w->disk, vwr_blk_read(&w->disk.blk, at, w->buffer, WORKER_CHUNK));
    PATTERN_CHECK(w->buffer, tag, at, WORKER_CHUNK);
}

static void *work(void *arg)
{
    struct worker *w = arg;

    for (uint32_t at = 0; at < WORKER_SECTORS; at += WORKER_CHUNK) {
        write_chunk(w, at);
        read_chunk(w, w->tag, at);
    }
    DISK_OK(&w->disk, vwr_blk_flush(&w->disk.blk));
    return NULL;
}

static void interleave(struct worker *one, struct worker *two)
{
    for (uint32_t at = 0; at < WORKER_SECTORS; at += WORKER_CHUNK) {
        read_chunk(one, 'A', at);
        read_chunk(two, 'B', WORKER_SECTORS - WORKER_CHUNK - at);
        write_chunk(one, at);
        read_chunk(two, 'B', at);
        read_chunk(one, one->tag, at);
    }
}

static void open_worker(struct worker *w, unsigned slot, char tag)
{
    disk_find(&w->disk, slot, 64);
    disk_open(&w->disk, NULL);
    w->tag = tag;
    w->buffer = guest_alloc(WORKER_CHUNK * SECTOR_BYTES);
}

void case_two_disks(bool legacy)
{
    static struct worker one;
    static struct worker two;
    pthread_t thread;

    image_make("disk.img", "A 0 1024");
    image_make("other.img", "B 0 1024");
    machine_begin(legacy);
    machine_add_disk(DISK_SLOT, "file=disk.img", "");
    machine_add_disk(DISK_SLOT - 1, "file=other.img", "");
    machine_start();
    open_worker(&one, DISK_SLOT, 'X');
    open_worker(&two, DISK_SLOT - 1, 'Y');
    interleave(&one, &two); /* alternating */
    one.tag = 'Z';
    CHECK_SYS((errno = pthread_create(&thread, NULL, work, &one)) == 0); /* and in parallel */
    (void)work(&two);
    CHECK_SYS((errno = pthread_join(thread, NULL)) == 0);
    disk_close(&one.disk);
    work(&two); /* one disk is closed, and the other one continues to work */
    disk_close(&two.disk);
    machine_stop();
    image_check("disk.img", "Z 0 1024");
    image_check("other.img", "Y 0 1024");
}
