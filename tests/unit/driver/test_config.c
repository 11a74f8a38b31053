/* SPDX-License-Identifier: MIT */
#include "refusal.h"
#include "vwr/gen/balloon.h"
#include "vwr/gen/fs.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/media.h"

#include <stdio.h>
#include <string.h>

/* The configuration of a disk, and how it is read: D29, D31, D32. */

/* The two values differ in both halves, so that a mixture of both equals neither. */
#define CAPACITY_A 0x100000010ull
#define CAPACITY_B 0x200000020ull

static void change(struct world *w, uint32_t times)
{
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, CAPACITY_A);
    w->f.quirks.capacity = CAPACITY_B;
    w->f.quirks.config_changes = times;
}

static void changes_for_ever(struct world *w)
{
    change(w, FAKE_FOREVER);
}

static void blk_size_0(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 0);
}

static void blk_size_3(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 3);
}

static void blk_size_256(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 256);
}

static void blk_size_1536(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 1536);
}

static void blk_size_2_to_31(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 0x80000000);
}

static void blk_size_ones(struct world *w)
{
    fake_config(&w->f, VWR_BLK_CONFIG_BLK_SIZE, 4, 0xffffffff);
}

#define BLK_SIZE(words) VWR_EPROTO, "blk_size reads " words, REFUSAL_FAILED

static const struct refusal nonsense[] = {
    {"D29_config_changes_for_ever", REFUSAL_BOTH, changes_for_ever, VWR_EUNSTABLE, "16 reads",
     REFUSAL_FAILED},
    {"D32_blk_size_0", REFUSAL_BOTH, blk_size_0, BLK_SIZE("0")},
    {"D32_blk_size_3", REFUSAL_BOTH, blk_size_3, BLK_SIZE("3")},
    {"D32_blk_size_256", REFUSAL_BOTH, blk_size_256, BLK_SIZE("256")},
    {"D32_blk_size_1536", REFUSAL_BOTH, blk_size_1536, BLK_SIZE("1536")},
    {"D32_blk_size_2_to_31", REFUSAL_BOTH, blk_size_2_to_31, BLK_SIZE("2147483648")},
    {"D32_blk_size_all_ones", REFUSAL_BOTH, blk_size_ones, BLK_SIZE("4294967295")},
};

/* Exactly VWR_CONFIG_TRIES reads: two per step, between three reads of the generation. */
static void D29_reads_are_counted(void **state)
{
    struct world *w = *state;
    const bool modern = world_version(w) == VWR_MMIO_VERSION_MODERN;

    world_plug(w, world_version(w));
    changes_for_ever(w);
    assert_int_equal(world_open(w), VWR_EUNSTABLE);
    assert_int_equal(fake_count(&w->f, "R Config+0x00/4"), VWR_CONFIG_TRIES);
    assert_int_equal(fake_count(&w->f, "R ConfigGeneration"), modern ? VWR_CONFIG_TRIES / 2 * 3 : 0);
    assert_int_equal(fake_count(&w->f, "W Queue"), 0);
}

/* A capacity that changes between the reads of its halves is read again until it is one of the two values. */
static void D29_config_is_read_until_stable(void **state)
{
    struct world *w = *state;

    for (uint32_t times = 0; times < 5; times++) {
        fake_bus_reset();
        world_plug(w, world_version(w));
        change(w, times);
        assert_int_equal(world_open(w), VWR_OK);
        assert_true(w->blk.info.sectors == (times % 2 == 0 ? CAPACITY_A : CAPACITY_B));
        assert_int_equal(w->f.quirks.config_changes, 0);
    }
}

/* The same with a change only in the upper or only in the lower half. Clause: config.drv.1 config.drv.2. */
static void D29_half_changes(void **state)
{
    static const uint64_t others[] = {CAPACITY_A + ((uint64_t)1 << 32), CAPACITY_A + ((uint64_t)1 << 56),
                                      CAPACITY_A + 1, CAPACITY_A + 0x1000000};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        fake_bus_reset();
        world_plug(w, world_version(w));
        change(w, FAKE_FOREVER);
        w->f.quirks.capacity = others[i];
        assert_int_equal(world_open(w), VWR_EUNSTABLE);
        world_honest(w);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
        change(w, 1);
        w->f.quirks.capacity = others[i];
        assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
        assert_true(w->blk.info.sectors == others[i]);
    }
}

/* ---- D31: capacity ---- */

static void D31_capacity_0(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, 0);
    world_opened(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(w->f.accesses, 0);
}

static void D31_capacity_2_to_64_less_1(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, UINT64_MAX);
    world_opened(w);
    assert_true(w->blk.info.sectors == UINT64_MAX);
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX, w->buffer, 1), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX - 1, w->buffer, 2), VWR_ERANGE);
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX - 1, w->buffer, UINT32_MAX), VWR_ERANGE);
    assert_int_equal(vwr_blk_write(&w->blk, UINT64_MAX - 7, w->buffer, 8), VWR_ERANGE);
    assert_int_equal(w->f.accesses, 0);
    /* the last sector of such a disk is requested; this disk does not have it */
    assert_int_equal(vwr_blk_read(&w->blk, UINT64_MAX - 1, w->buffer, 1), VWR_EIO);
    assert_true(w->disk.request[0].sector == UINT64_MAX - 1);
}

/* A disk that reports more sectors than it has, or loses some: the request gets an I/O error, and the disk
 * stays usable. */
static void D31_capacity_is_wrong(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, FAKE_DISK_SECTORS * 2);
    world_opened(w);
    assert_int_equal(vwr_blk_read(&w->blk, FAKE_DISK_SECTORS, w->buffer, 1), VWR_EIO);
    assert_int_equal(vwr_blk_write(&w->blk, FAKE_DISK_SECTORS - 1, w->buffer, 2), VWR_EIO);
    assert_int_equal(vwr_blk_read(&w->blk, 5, w->buffer, 1), VWR_OK);
    assert_true(world_has_pattern(w, 5, 1));
}

/* The capacity read at open counts: the range check does not change while the caller runs. */
static void D31_capacity_shrinks_mid_run(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, 1);
    w->f.generation++;
    assert_int_equal(vwr_blk_read(&w->blk, 7, w->buffer, 1), VWR_OK);
    assert_int_equal(fake_count(&w->f, "R Config"), 0);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    assert_int_equal(vwr_blk_read(&w->blk, 7, w->buffer, 1), VWR_ERANGE);
}

/* ---- D32: limits ---- */

struct limit_case {
    const char *name;
    uint32_t seg_max;
    uint32_t size_max;
    unsigned segments_max; /* maximum of a request */
};

static const struct limit_case limits[] = {
    {"D32_seg_max_0", 0, 4096, 1},
    {"D32_seg_max_1", 1, 4096, 1},
    {"D32_seg_max_all_ones", 0xffffffff, 4096, VWR_REQUEST_SEGMENTS},
    {"D32_size_max_0", 4, 0, 4},
    {"D32_size_max_all_ones", 4, 0xffffffff, 4},
    {"D32_size_max_512", 4, 512, 4},
    {"D32_size_max_600", 4, 600, 4},
    {"D32_size_max_100", 126, 100, VWR_REQUEST_SEGMENTS},
    {"D32_size_max_512_seg_max_all_ones", 0xffffffff, 512, VWR_REQUEST_SEGMENTS},
};

/* Defaults apply where the device reports no usable limit. A usable limit is never exceeded. */
static void limits_are_kept(void **state)
{
    struct world *w = *state;
    const struct limit_case *c = w->param;

    world_memory(w, 64); /* so that the queue size is not the limit */
    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, c->seg_max);
    fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, c->size_max);
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(vwr_blk_read(&w->blk, 9, w->buffer, 33), VWR_OK);
    assert_true(world_has_pattern(w, 9, 33));
    assert_int_equal(vwr_blk_write(&w->blk, 100, w->buffer, 33), VWR_OK);
    assert_memory_equal(w->disk.data + 100 * 512, w->buffer, 33 * 512);
    for (unsigned i = 0; i < w->disk.count; i++) {
        assert_true(w->disk.request[i].segments <= c->segments_max);
        assert_true(c->size_max == 0 || w->disk.request[i].largest <= c->size_max);
    }
}

/* Not even one block fits in a request: open explains it, and no request is sent. */
static void D32_size_max_1(void **state)
{
    struct world *w = *state;
    int r;

    world_plug(w, world_version(w));
    fake_offer(&w->f, VWR_BLK_F_SIZE_MAX);
    fake_config(&w->f, VWR_BLK_CONFIG_SIZE_MAX, 4, 1);
    r = world_open(w);
    if (r == VWR_OK)
        r = vwr_blk_read(&w->blk, 0, w->buffer, 1);
    assert_true(r < 0);
    world_explains(w, "segments of at most 1 bytes");
    assert_int_equal(w->disk.count, 0);
}

static void D32_num_queues(void **state)
{
    static const uint16_t claims[] = {0, 1, 65535};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(claims) / sizeof(claims[0]); i++) {
        fake_bus_reset();
        world_plug(w, world_version(w));
        fake_offer(&w->f, VWR_BLK_F_MQ);
        fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, claims[i]);
        assert_int_equal(world_open(w), VWR_OK);
        assert_int_equal(vwr_blk_config_get_num_queues(&w->mmio.dev.config), claims[i]);
        assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
        assert_int_equal(fake_count(&w->f, "W QueueSel"), fake_count(&w->f, "W QueueSel 0x0"));
    }
}

/* Values that contradict each other and the capacity are reported as they are and not acted upon. */
static void D30_topology_makes_no_sense(void **state)
{
    struct world *w = *state;
    const struct vwr_config *const c = &w->mmio.dev.config;

    world_plug(w, world_version(w));
    fake_offer(&w->f, VWR_BLK_F_TOPOLOGY);
    fake_offer(&w->f, VWR_BLK_F_GEOMETRY);
    fake_config(&w->f, VWR_BLK_CONFIG_TOPOLOGY_PHYSICAL_BLOCK_EXP, 1, 255);
    fake_config(&w->f, VWR_BLK_CONFIG_TOPOLOGY_ALIGNMENT_OFFSET, 1, 200);
    fake_config(&w->f, VWR_BLK_CONFIG_TOPOLOGY_MIN_IO_SIZE, 2, 65535);
    fake_config(&w->f, VWR_BLK_CONFIG_TOPOLOGY_OPT_IO_SIZE, 4, 1);
    fake_config(&w->f, VWR_BLK_CONFIG_GEOMETRY_SECTORS, 1, 0);
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(vwr_blk_config_get_topology_physical_block_exp(c), 255);
    assert_int_equal(vwr_blk_config_get_topology_alignment_offset(c), 200);
    assert_int_equal(vwr_blk_config_get_topology_min_io_size(c), 65535);
    assert_int_equal(vwr_blk_config_get_topology_opt_io_size(c), 1);
    assert_int_equal(vwr_blk_config_get_geometry_sectors(c), 0);
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 3), VWR_OK);
    assert_true(world_has_pattern(w, 1, 3));
}

/* Fields of other devices: characters beyond the end of a text, a field without its feature, one of 16 bits.
 */
static void fields_of_other_devices(void **state)
{
    struct world *const w = *state;
    const struct vwr_config *const c = &w->mmio.dev.config;

    world_plug(w, world_version(w));
    assert_int_equal(world_probe(w), VWR_OK);
    memset(w->f.config, 'x', sizeof(w->f.config));
    w->f.device_id = VWR_FS_ID;
    assert_int_equal(vwr_fs_config_get_tag(c, 35), 'x');
    assert_int_equal(vwr_fs_config_get_tag(c, 36), 0);
    w->f.device_id = VWR_MEDIA_ID;
    assert_int_equal(vwr_media_config_get_card(c, 31), 'x');
    assert_int_equal(vwr_media_config_get_card(c, 32), 0);
    assert_int_equal(vwr_balloon_config_set_poison_val(c, 1), VWR_EFEATURE);
    assert_int_equal(w->f.config[VWR_BALLOON_CONFIG_POISON_VAL], 'x');
    vwr_config_write16(c, VWR_BLK_CONFIG_GEOMETRY_CYLINDERS, 0x1234);
    assert_int_equal(fake_config_now(&w->f, VWR_BLK_CONFIG_GEOMETRY_CYLINDERS, 2), 0x1234);
    assert_int_equal(w->f.config[VWR_BLK_CONFIG_GEOMETRY_CYLINDERS + 2], 'x');
}

/* ---- windows and fields ---- */

static unsigned config_read_to; /* end of the furthest access, for fields of 4 bytes */

static void note_offset(struct fake *f, unsigned offset, bool write)
{
    (void)f;
    (void)write;
    if (offset / 4 * 4 + 4 > config_read_to)
        config_read_to = offset / 4 * 4 + 4;
}

/* Opens the disk in a window of `bytes`, which has to have as many bytes of configuration as `need`. */
static void open_in_window(struct world *w, unsigned feature, unsigned bytes, unsigned need)
{
    const bool fits = bytes >= VWR_MMIO_CONFIG + need;
    char words[80];

    world_plug(w, world_version(w));
    fake_offer(&w->f, feature);
    w->f.on_config = note_offset;
    config_read_to = 0;
    assert_int_equal(vwr_mmio_probe(&w->mmio, (volatile void *)w->f.base, bytes), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), fits ? VWR_OK : VWR_ERANGE);
    assert_true(config_read_to <= (fits ? (need + 3) / 4 * 4 : 0));
    if (fits)
        return;
    assert_true((w->f.status & VWR_STATUS_FAILED) != 0);
    (void)snprintf(words, sizeof(words), "needs %u bytes of device configuration, %u are there", need,
                   bytes - VWR_MMIO_CONFIG);
    world_explains(w, words);
}

/* A window has to have the registers, and the fields that exist with the accepted features; nothing beyond
 * its end is read. Section: Virtio Over MMIO / MMIO Device Register Layout. */
static void windows_have_what_is_read(void **state)
{
    static const struct {
        unsigned feature, end;
    } fields[] = {{VWR_BLK_F_BLK_SIZE, 24}, /* the fake offers it always */
                  {VWR_BLK_F_TOPOLOGY, 32},
                  {VWR_BLK_F_CONFIG_WCE, 33},
                  {VWR_BLK_F_MQ, 36},
                  {VWR_BLK_F_WRITE_ZEROES, 57}};

    for (unsigned i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        for (unsigned bytes = 0; bytes <= fields[i].end + 1; bytes++)
            open_in_window(*state, fields[i].feature, VWR_MMIO_CONFIG + bytes, fields[i].end);
}

/* Only the fields of accepted features count: others need not be there. */
static void window_without_fields(void **state)
{
    struct world *const w = *state;

    world_plug(w, world_version(w));
    fake_withhold(&w->f, VWR_BLK_F_BLK_SIZE);
    fake_withhold(&w->f, VWR_BLK_F_SEG_MAX);
    assert_int_equal(vwr_mmio_probe(&w->mmio, (volatile void *)w->f.base, VWR_MMIO_CONFIG + 8), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    assert_int_equal(w->blk.info.block_bytes, VWR_BLK_SECTOR_BYTES);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(vwr_mmio_probe(&w->mmio, (volatile void *)w->f.base, VWR_MMIO_CONFIG + 7), VWR_OK);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_ERANGE);
    world_explains(w, "needs 8 bytes of device configuration, 7 are there");
}

int main(void)
{
    struct CMUnitTest tests[REFUSAL_TESTS_MAX];
    size_t n = 0;

    refusal_tests(nonsense, sizeof(nonsense) / sizeof(nonsense[0]), tests, &n);
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
        tests[n++] = world_test(limits[i].name, limits_are_kept, &limits[i]);
    tests[n++] = WORLD_MODERN(D29_reads_are_counted);
    tests[n++] = WORLD_LEGACY(D29_reads_are_counted);
    tests[n++] = WORLD_MODERN(D29_config_is_read_until_stable);
    tests[n++] = WORLD_LEGACY(D29_config_is_read_until_stable);
    tests[n++] = WORLD_MODERN(D29_half_changes);
    tests[n++] = WORLD_LEGACY(D29_half_changes);
    tests[n++] = WORLD_MODERN(D30_topology_makes_no_sense);
    tests[n++] = WORLD_LEGACY(D30_topology_makes_no_sense);
    tests[n++] = WORLD_MODERN(D31_capacity_0);
    tests[n++] = WORLD_LEGACY(D31_capacity_0);
    tests[n++] = WORLD_MODERN(D31_capacity_2_to_64_less_1);
    tests[n++] = WORLD_LEGACY(D31_capacity_2_to_64_less_1);
    tests[n++] = WORLD_MODERN(D31_capacity_is_wrong);
    tests[n++] = WORLD_LEGACY(D31_capacity_is_wrong);
    tests[n++] = WORLD_MODERN(D31_capacity_shrinks_mid_run);
    tests[n++] = WORLD_LEGACY(D31_capacity_shrinks_mid_run);
    tests[n++] = WORLD_MODERN(D32_size_max_1);
    tests[n++] = WORLD_LEGACY(D32_size_max_1);
    tests[n++] = WORLD_MODERN(D32_num_queues);
    tests[n++] = WORLD_LEGACY(D32_num_queues);
    tests[n++] = WORLD_MODERN(windows_have_what_is_read);
    tests[n++] = WORLD_LEGACY(windows_have_what_is_read);
    tests[n++] = WORLD_MODERN(window_without_fields);
    tests[n++] = WORLD_LEGACY(window_without_fields);
    tests[n++] = WORLD_MODERN(fields_of_other_devices);
    tests[n++] = WORLD_LEGACY(fields_of_other_devices);
    return refusal_run("config", tests, n);
}
