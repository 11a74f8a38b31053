/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "vwr/gen/features.h"

#include <string.h>

/* A correct disk: transfers of all shapes, and invalid calls, which return an error and do nothing. */

#define SECTOR VWR_BLK_SECTOR_BYTES

static void open_disk(struct world *w)
{
    world_plug(w, world_version(w));
    world_opened(w);
}

/* Reads, writes the data to another place, and compares it with the disk's contents. */
static void copy_works(struct world *w, uint64_t from, uint64_t to, uint32_t count)
{
    memset(w->buffer, 0, WORLD_BUFFER_BYTES);
    assert_int_equal(vwr_blk_read(&w->blk, from, w->buffer, count), VWR_OK);
    assert_memory_equal(w->buffer, w->disk.data + from * SECTOR, count * SECTOR);
    assert_int_equal(vwr_blk_write(&w->blk, to, w->buffer, count), VWR_OK);
    assert_memory_equal(w->buffer, w->disk.data + to * SECTOR, count * SECTOR);
}

static void read_and_write(void **state)
{
    struct world *w = *state;

    open_disk(w);
    for (uint32_t count = 1; count <= 64; count++)
        copy_works(w, count, 256 - count, count);
    assert_int_equal(vwr_blk_read(&w->blk, FAKE_DISK_SECTORS - 1, w->buffer, 1), VWR_OK);
    assert_int_equal(w->disk.count, w->f.notified);
    assert_int_equal(w->f.accesses, w->f.notified); /* no register is read */
    assert_int_equal(w->disk.request[0].segments, 1);
}

/* The whole disk in one call, from the first sector to the last. */
static void whole_disk(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, WORLD_BUFFER_BYTES / SECTOR);
    world_opened(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, WORLD_BUFFER_BYTES / SECTOR), VWR_OK);
    assert_true(world_has_pattern(w, 0, WORLD_BUFFER_BYTES / SECTOR));
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, WORLD_BUFFER_BYTES / SECTOR + 1), VWR_ERANGE);
}

/* The bytes after the buffer stay unchanged, even if the sanitizer cannot see them. */
static void read_writes_no_more_than_asked(void **state)
{
    struct world *w = *state;

    open_disk(w);
    memset(w->buffer, 0x5a, 4 * SECTOR);
    assert_int_equal(vwr_blk_read(&w->blk, 9, w->buffer + SECTOR, 2), VWR_OK);
    for (unsigned i = 0; i < SECTOR; i++)
        assert_true(w->buffer[i] == 0x5a && w->buffer[3 * SECTOR + i] == 0x5a);
}

static void flush(void **state)
{
    struct world *w = *state;

    open_disk(w);
    assert_int_equal(w->blk.info.write_cache, 1);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(w->disk.count, 1);
    assert_int_equal(w->disk.request[0].type, VWR_BLK_T_FLUSH);
    assert_int_equal(w->disk.request[0].sector, 0);
    assert_int_equal(w->disk.request[0].bytes, 0);
    copy_works(w, 0, 8, 3);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
}

/* Without a write cache, a flush has nothing to do. */
static void flush_without_cache(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_withhold(&w->f, VWR_BLK_F_FLUSH);
    world_opened(w);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(w->f.accesses, 0);
}

/* ---- buffer layouts ---- */

/* A buffer on pages that are scattered for the device, at each start offset that makes a difference. */
static void scattered_buffer(void **state)
{
    static const size_t offsets[] = {0, 1, 512, 2048, 4095};
    struct world *w = *state;
    uint8_t *const page = w->buffer;

    open_disk(w);
    fake_ram_scatter(page, WORLD_BUFFER_BYTES);
    for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        w->buffer = page + offsets[i];
        assert_int_equal(vwr_blk_read(&w->blk, 2, w->buffer, 50), VWR_OK);
        assert_true(world_has_pattern(w, 2, 50));
        assert_int_equal(vwr_blk_write(&w->blk, 150, w->buffer, 50), VWR_OK);
        assert_memory_equal(w->disk.data + 150 * SECTOR, w->disk.data + 2 * SECTOR, 50 * SECTOR);
        memset(w->buffer, 0, 50 * SECTOR);
    }
    for (unsigned i = 0; i < w->disk.count; i++)
        assert_true(w->disk.request[i].largest <= FAKE_PAGE_BYTES);
    w->buffer = page;
}

/* One segment per request and discontiguous pages: one request per page, cut at sector boundaries. */
static void scattered_buffer_seg_max_1(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 1);
    world_opened(w);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    copy_works(w, 1, 101, 40);
    assert_int_equal(w->disk.count, 2 * 5);
    for (unsigned i = 0; i < w->disk.count; i++)
        assert_int_equal(w->disk.request[i].segments, 1);
}

static uint64_t at_most_500(const void *p, size_t n, size_t *run)
{
    uint64_t addr = fake_ram_dma(p, n, run);

    if (*run > 500)
        *run = 500;
    return addr;
}

/* Segments that do not end at a sector boundary: requests still do. */
static void odd_segments(void **state)
{
    struct world *w = *state;

    open_disk(w);
    fake_ram_translate(at_most_500);
    copy_works(w, 0, 128, 60);
    for (unsigned i = 0; i < w->disk.count; i++) {
        assert_true(w->disk.request[i].largest <= 500);
        assert_int_equal(w->disk.request[i].bytes % SECTOR, 0);
    }
}

static uint64_t at_most_512(const void *p, size_t n, size_t *run)
{
    uint64_t addr = fake_ram_dma(p, n, run);

    if (*run > 512)
        *run = 512;
    return addr;
}

static uint64_t generous(const void *p, size_t n, size_t *run)
{
    uint64_t addr = fake_ram_dma(p, n, run);

    *run += 1000000;
    return addr;
}

/* A port may report a run longer than requested; the driver uses only what it requested. */
static void port_answers_a_longer_run(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_ram_translate(generous);
    world_opened(w);
    copy_works(w, 0, 128, 7);
    assert_int_equal(w->disk.request[0].bytes, 7 * SECTOR);
}

static uint64_t not_the_buffer(const void *p, size_t n, size_t *run)
{
    (void)p;
    (void)n;
    *run = 0;
    return 0;
}

/* A buffer that the port cannot translate: no request is sent, and the disk stays usable. */
static void port_cannot_translate_the_buffer(void **state)
{
    struct world *w = *state;

    open_disk(w);
    fake_ram_translate(not_the_buffer);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EINVAL);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EINVAL);
    assert_int_equal(w->f.accesses, 0);
    fake_ram_translate(NULL);
    copy_works(w, 0, 128, 7);
}

/* The smallest queue that a request fits in, and a queue with one more descriptor. */
static void small_queues(void **state)
{
    static const uint16_t sizes[] = {4, 8};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        fake_bus_reset();
        fake_ram_reset();
        w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
        world_memory(w, sizes[i]);
        open_disk(w);
        fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
        copy_works(w, 3, 103, 64);
        assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    }
}

/* ---- blocks of 4 KiB ---- */

static void big_blocks(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 4096);
    world_opened(w);
    assert_int_equal(w->blk.info.block_bytes, 4096);
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 8), VWR_EALIGN);
    assert_int_equal(vwr_blk_read(&w->blk, 4, w->buffer, 8), VWR_EALIGN);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EALIGN);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 7), VWR_EALIGN);
    assert_int_equal(vwr_blk_write(&w->blk, 8, w->buffer, 9), VWR_EALIGN);
    world_explains(
        w, "a block has 4096 bytes: the request must start at a block and consist of whole blocks, and has "
           "4608 bytes");
    assert_int_equal(w->f.accesses, 0);
    fake_ram_translate(at_most_500); /* segments do not end at a block boundary; requests do */
    copy_works(w, 8, 128, 24);
    fake_ram_translate(at_most_512); /* whole segments remain */
    copy_works(w, 8, 128, 24);
    for (unsigned i = 0; i < w->disk.count; i++) {
        assert_int_equal(w->disk.request[i].bytes % 4096, 0);
        assert_int_equal(w->disk.request[i].sector % 8, 0);
    }
}

/* The largest block size that the driver accepts. */
static void blocks_of_64_kib(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 65536);
    world_opened(w);
    assert_int_equal(w->blk.info.block_bytes, 65536);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 64), VWR_EALIGN);
    assert_int_equal(vwr_blk_read(&w->blk, 64, w->buffer, 128), VWR_EALIGN);
    assert_int_equal(w->f.accesses, 0);
}

/* ---- invalid calls ---- */

static void wrong_ranges(void **state)
{
    struct world *w = *state;
    const uint64_t end = FAKE_DISK_SECTORS;

    open_disk(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 0), VWR_EINVAL);
    world_explains(w, "request IN: the driver does not send it: EINVAL: invalid argument");
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 0), VWR_EINVAL);
    assert_int_equal(vwr_blk_read(&w->blk, end, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, end - 1, w->buffer, 2), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, (uint32_t)end + 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_write(&w->blk, end, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, UINT32_MAX), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX, w->buffer, 2), VWR_ERANGE); /* overflows 64 bits */
    assert_int_equal(vwr_blk_write(&w->blk, UINT64_MAX - 3, w->buffer, 8), VWR_ERANGE);
    assert_int_equal(vwr_blk_write(&w->blk, ((uint64_t)1 << 55) - 1, w->buffer, 8),
                     VWR_ERANGE); /* 512 * sectors overflows */
    assert_int_equal(vwr_blk_read(&w->blk, (uint64_t)1 << 32, w->buffer, 1), VWR_ERANGE);
    world_explains(w, "beyond the end of the disk, which has 256 sectors");
    assert_int_equal(w->f.accesses, 0);
    copy_works(w, 0, 128, 7);
}

static void read_only_disk(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_offer(&w->f, VWR_BLK_F_RO);
    world_opened(w);
    assert_int_equal(w->blk.info.read_only, 1);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EROFS);
    world_explains(w, "request OUT: the driver does not send it: EROFS: read-only device");
    world_explains(w, "request OUT: the driver does not send it");
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 3), VWR_OK);
    assert_true(world_has_pattern(w, 0, 3));
}

/* The first opening stays intact. */
static void second_open(void **state)
{
    struct world *w = *state;
    struct vwr_blk other;

    memset(&other, 0, sizeof(other));
    open_disk(w);
    assert_int_equal(vwr_blk_open_with(&other, &w->mmio.dev, &w->memory, NULL), VWR_EBUSY);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_EBUSY);
    assert_int_equal(w->f.accesses, 0);
    copy_works(w, 0, 128, 7);
}

/* A device on which features were negotiated directly is not free either. */
static void open_of_a_negotiated_device(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    fake_forget(&w->f);
    assert_true(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL) < 0);
    assert_int_equal(w->f.accesses, 0);
    world_works_again(w);
}

static void every_call_fails(struct world *w)
{
    char id[VWR_BLK_GET_ID_BYTES + 1];

    fake_forget(&w->f);
    memset(id, 'x', sizeof(id));
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_EFAILED);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_EFAILED);
    assert_int_equal(w->f.accesses, 0);
}

static void use_after_close(void **state)
{
    struct world *w = *state;

    open_disk(w);
    assert_true(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_FLUSH));
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_false(vwr_dev_has(&w->mmio.dev, VWR_BLK_F_FLUSH)); /* no negotiated features remain */
    every_call_fails(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK); /* a second close is harmless */
    world_works_again(w);
}

static void use_after_fail(void **state)
{
    struct world *w = *state;

    open_disk(w);
    vwr_dev_fail(&w->mmio.dev);
    assert_int_equal(w->f.status & VWR_STATUS_FAILED, VWR_STATUS_FAILED);
    every_call_fails(w);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_EFAILED);
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), 0);
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    world_works_again(w);
}

/* Without FLUSH, a flush on a failed disk reports the failure too. */
static void flush_after_fail_without_cache(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_withhold(&w->f, VWR_BLK_F_FLUSH);
    world_opened(w);
    vwr_dev_fail(&w->mmio.dev);
    every_call_fails(w);
}

/* ---- the id string ---- */

static void id_string(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 1];

    open_disk(w);
    memcpy(w->disk.id, "short\0\0\0\0\0\0\0\0\0\0\0\0\0\0", VWR_BLK_GET_ID_BYTES);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    assert_string_equal(id, "short");
    assert_int_equal(w->disk.request[0].type, VWR_BLK_T_GET_ID);
    assert_int_equal(w->disk.request[0].bytes, VWR_BLK_GET_ID_BYTES);
}

/* D42: 20 bytes without a terminator get one. */
static void D42_id_string_unterminated(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 2];

    open_disk(w);
    memset(id, 'x', sizeof(id));
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    assert_string_equal(id, "exactly-20-bytes-id.");
    assert_int_equal(id[VWR_BLK_GET_ID_BYTES + 1], 'x');
}

/* D42: a device that reports success without writing the id does not expose the buffer's previous
 * contents. */
static void D42_id_string_not_written(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 1];
    int r;

    open_disk(w);
    w->disk.no_data = true;
    r = vwr_blk_get_id(&w->blk, id);
    assert_true(r < 0 || id[0] == '\0');
}

static void id_string_unsupported(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 1];

    open_disk(w);
    memset(id, 'x', sizeof(id));
    w->disk.has_id = false;
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_EUNSUPP);
    assert_string_equal(id, "");
    copy_works(w, 0, 128, 7);
}

/* Many requests: the ring's indices wrap under the block driver too. */
static void many_requests(void **state)
{
    struct world *w = *state;

    open_disk(w);
    for (uint32_t i = 0; i < 66000; i++) {
        assert_int_equal(vwr_blk_read(&w->blk, i % FAKE_DISK_SECTORS, w->buffer, 1), VWR_OK);
        assert_int_equal(w->buffer[0], fake_blk_pattern((uint64_t)(i % FAKE_DISK_SECTORS) * SECTOR));
    }
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), 66000 % 65536);
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(read_and_write),
        BOTH(whole_disk),
        BOTH(read_writes_no_more_than_asked),
        BOTH(flush),
        BOTH(flush_without_cache),
        BOTH(scattered_buffer),
        BOTH(scattered_buffer_seg_max_1),
        BOTH(odd_segments),
        BOTH(port_answers_a_longer_run),
        BOTH(port_cannot_translate_the_buffer),
        BOTH(small_queues),
        BOTH(big_blocks),
        BOTH(blocks_of_64_kib),
        BOTH(wrong_ranges),
        BOTH(read_only_disk),
        BOTH(second_open),
        BOTH(open_of_a_negotiated_device),
        BOTH(use_after_close),
        BOTH(use_after_fail),
        BOTH(flush_after_fail_without_cache),
        BOTH(id_string),
        BOTH(D42_id_string_unterminated),
        BOTH(D42_id_string_not_written),
        BOTH(id_string_unsupported),
        BOTH(many_requests),
    };

    return cmocka_run_group_tests_name("blk", tests, NULL, NULL);
}
