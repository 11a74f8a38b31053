/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "vwr/gen/features.h"

#include <string.h>

/*
 * All accesses of the driver from the probe to the close. A run that differs prints its lines in a form that
 * can be pasted here, if the new order is right.
 */

static const char *const probe_modern[] = {
    "R MagicValue -> 0x74726976",
    "R Version -> 0x2",
    "R DeviceID -> 0x2",
    "R VendorID -> 0x554d4551",
};

static const char *const probe_legacy[] = {
    "R MagicValue -> 0x74726976",
    "R Version -> 0x1",
    "R DeviceID -> 0x2",
    "R VendorID -> 0x554d4551",
};

static const char *const open_modern[] = {
    "W Status 0x0",
    "R Status -> 0x0",
    "W Status 0x1 ACKNOWLEDGE",
    "R Status -> 0x1 ACKNOWLEDGE",
    "W Status 0x3 ACKNOWLEDGE DRIVER",
    "R Status -> 0x3 ACKNOWLEDGE DRIVER",
    "W DeviceFeaturesSel 0x0",
    "R DeviceFeatures[0] -> 0x30000244",
    "W DeviceFeaturesSel 0x1",
    "R DeviceFeatures[1] -> 0x1",
    "W DriverFeaturesSel 0x0",
    "W DriverFeatures[0] 0x30000244",
    "W DriverFeaturesSel 0x1",
    "W DriverFeatures[1] 0x1",
    "W Status 0xb ACKNOWLEDGE DRIVER FEATURES_OK",
    "R Status -> 0xb ACKNOWLEDGE DRIVER FEATURES_OK",
    "R ConfigGeneration -> 0x0",
    "R Config+0x00/4 -> 0x100",
    "R Config+0x04/4 -> 0x0",
    "R Config+0x14/4 -> 0x200",
    "R Config+0x0c/4 -> 0x7e",
    "R ConfigGeneration -> 0x0",
    "W QueueSel 0x0",
    "R QueueReady[0] -> 0x0",
    "R QueueSizeMax[0] -> 0x40",
    "W QueueSize[0] 0x10",
    "W QueueDescLow[0] 0x4000a000",
    "W QueueDescHigh[0] 0x0",
    "W QueueDriverLow[0] 0x4000a100",
    "W QueueDriverHigh[0] 0x0",
    "W QueueDeviceLow[0] 0x4000a128",
    "W QueueDeviceHigh[0] 0x0",
    "W QueueReady[0] 0x1",
    "R QueueReady[0] -> 0x1",
    "W Status 0xf ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK",
    "R Status -> 0xf ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK",
};

/* The two words of the capacity. */
#define CAPACITY "R Config+0x00/4 -> 0x100", "R Config+0x04/4 -> 0x0"
#if VWR_BIG_ENDIAN
#define LEGACY_CAPACITY "R Config+0x00/4 -> 0x0", "R Config+0x04/4 -> 0x100"
#else
#define LEGACY_CAPACITY CAPACITY
#endif

static const char *const open_legacy[] = {
    "W Status 0x0",
    "R Status -> 0x0",
    "W Status 0x1 ACKNOWLEDGE",
    "R Status -> 0x1 ACKNOWLEDGE",
    "W Status 0x3 ACKNOWLEDGE DRIVER",
    "R Status -> 0x3 ACKNOWLEDGE DRIVER",
    "W DeviceFeaturesSel 0x0",
    "R DeviceFeatures[0] -> 0x38000244",
    "W DriverFeaturesSel 0x0",
    "W DriverFeatures[0] 0x38000244",
    LEGACY_CAPACITY,
    "R Config+0x14/4 -> 0x200",
    "R Config+0x0c/4 -> 0x7e",
    LEGACY_CAPACITY,
    "R Config+0x14/4 -> 0x200",
    "R Config+0x0c/4 -> 0x7e",
    "W QueueSel 0x0",
    "R QueuePFN[0] -> 0x0",
    "R QueueSizeMax[0] -> 0x40",
    "W GuestPageSize 0x1000",
    "W QueueSize[0] 0x10",
    "W QueueAlign[0] 0x1000",
    "W QueuePFN[0] 0x4000a",
    "R QueuePFN[0] -> 0x4000a",
    "W Status 0x7 ACKNOWLEDGE DRIVER DRIVER_OK",
    "R Status -> 0x7 ACKNOWLEDGE DRIVER DRIVER_OK",
};

static const char *const close_either[] = {
    "W Status 0x0",
    "R Status -> 0x0",
};

static const char *const one_request[] = {
    "W QueueNotify 0x0",
};

static void open_and_close(struct world *w, const char *const *lines, size_t count)
{
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    fake_expect(&w->f, lines, count);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    FAKE_EXPECT(&w->f, one_request);
    fake_forget(&w->f);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    FAKE_EXPECT(&w->f, close_either);
    fake_forget(&w->f);
}

/* The second start equals the first: close leaves no state behind. */
static void startup_modern(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(world_probe(w), VWR_OK);
    FAKE_EXPECT(&w->f, probe_modern);
    fake_forget(&w->f);
    open_and_close(w, open_modern, sizeof(open_modern) / sizeof(open_modern[0]));
    open_and_close(w, open_modern, sizeof(open_modern) / sizeof(open_modern[0]));
}

static void startup_legacy(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_LEGACY);
    assert_int_equal(world_probe(w), VWR_OK);
    FAKE_EXPECT(&w->f, probe_legacy);
    fake_forget(&w->f);
    open_and_close(w, open_legacy, sizeof(open_legacy) / sizeof(open_legacy[0]));
    open_and_close(w, open_legacy, sizeof(open_legacy) / sizeof(open_legacy[0]));
}

/* All ring features that the runtime supports, offered together; QEMU 7.2 does not do that. */
static const char *const open_all_ring_features[] = {
    "W Status 0x0",
    "R Status -> 0x0",
    "W Status 0x1 ACKNOWLEDGE",
    "R Status -> 0x1 ACKNOWLEDGE",
    "W Status 0x3 ACKNOWLEDGE DRIVER",
    "R Status -> 0x3 ACKNOWLEDGE DRIVER",
    "W DeviceFeaturesSel 0x0",
    "R DeviceFeatures[0] -> 0x30000244",
    "W DeviceFeaturesSel 0x1",
    "R DeviceFeatures[1] -> 0x15f",
    "W DriverFeaturesSel 0x0",
    "W DriverFeatures[0] 0x30000244",
    "W DriverFeaturesSel 0x1",
    "W DriverFeatures[1] 0x15f",
    "W Status 0xb ACKNOWLEDGE DRIVER FEATURES_OK",
    "R Status -> 0xb ACKNOWLEDGE DRIVER FEATURES_OK",
    "R ConfigGeneration -> 0x0",
    "R Config+0x00/4 -> 0x100",
    "R Config+0x04/4 -> 0x0",
    "R Config+0x14/4 -> 0x200",
    "R Config+0x0c/4 -> 0x7e",
    "R ConfigGeneration -> 0x0",
    "W QueueSel 0x0",
    "R QueueReady[0] -> 0x0",
    "R QueueSizeMax[0] -> 0x40",
    "W QueueSize[0] 0x10",
    "W QueueDescLow[0] 0x4000a000",
    "W QueueDescHigh[0] 0x0",
    "W QueueDriverLow[0] 0x4000a100",
    "W QueueDriverHigh[0] 0x0",
    "W QueueDeviceLow[0] 0x4000a104",
    "W QueueDeviceHigh[0] 0x0",
    "W QueueReady[0] 0x1",
    "R QueueReady[0] -> 0x1",
    "W Status 0xf ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK",
    "R Status -> 0xf ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK",
};

static void startup_with_all_ring_features_scripted(void **state)
{
    static const char *const request[] = {
        "W QueueNotify 0x80010000", /* position after the first descriptor, before the first wrap */
    };
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_F_ACCESS_PLATFORM);
    fake_offer(&w->f, VWR_F_RING_PACKED);
    fake_offer(&w->f, VWR_F_IN_ORDER);
    fake_offer(&w->f, VWR_F_ORDER_PLATFORM);
    fake_offer(&w->f, VWR_F_NOTIFICATION_DATA);
    fake_offer(&w->f, VWR_F_RING_RESET);
    assert_int_equal(world_probe(w), VWR_OK);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_OK);
    FAKE_EXPECT(&w->f, open_all_ring_features);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    FAKE_EXPECT(&w->f, request);
    assert_true(world_has_pattern(w, 0, 1));
}

/* The reset in steps: one write, then one read per poll, and no other access meanwhile. */
static void startup_reset_in_steps(void **state)
{
    struct world *w = *state;
    struct vwr_dev *d = &w->mmio.dev;

    world_plug(w, world_version(w));
    world_opened(w);
    assert_int_equal(vwr_dev_reset_poll(d), VWR_EINVAL); /* no reset was started */
    assert_int_equal(w->f.accesses, 0);
    w->f.quirks.reset_reads = 3;
    vwr_dev_reset_begin(d);
    assert_int_equal(w->f.accesses, 1);
    assert_int_equal(w->f.writes, 1);
    assert_int_equal(vwr_dev_irq(d), 0); /* D40 */
    for (unsigned i = 1; i < 3; i++) {
        assert_int_equal(vwr_dev_reset_poll(d), VWR_EBUSY);
        assert_int_equal(w->f.accesses, 1 + i);
    }
    assert_int_equal(vwr_dev_reset_poll(d), VWR_OK);
    assert_int_equal(vwr_dev_reset_poll(d), VWR_EINVAL);
    assert_int_equal(w->f.writes, 1);
    assert_int_equal(d->state, VWR_DEV_PROBED);
    w->f.quirks.reset_reads = 0;
    world_works_again(w);
}

/* D34: a reset need not clear QueuePFN, so the driver writes 0 before it uses the queue again. */
static void D34_pfn_survives_reset(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    w->f.quirks.keeps_pfn = true;
    world_opened(w);
    assert_int_not_equal(w->f.queue[0].pfn, 0);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    world_works_again(w);
}

/* D25: the reset never ends; the clock bounds it, however often it is polled. */
static void D25_reset_in_steps_never_ends(void **state)
{
    struct world *w = *state;
    const uint64_t began = fake_time.now;
    int r;

    world_plug(w, world_version(w));
    world_opened(w);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    vwr_dev_reset_begin(&w->mmio.dev);
    do
        r = vwr_dev_reset_poll(&w->mmio.dev);
    while (r == VWR_EBUSY);
    assert_int_equal(r, VWR_ETIMEOUT);
    assert_in_range(fake_time.now - began, VWR_RESET_TIMEOUT_US, VWR_RESET_TIMEOUT_US + 10u * fake_time.step);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_FAILED);
    world_honest(w);
    world_works_again(w);
}

/* A device that needs some time for its reset is polled until the reset is done. */
static void startup_slow_reset(void **state)
{
    static const char *const lines[] = {
        "W Status 0x0",
        "R Status -> 0x2 DRIVER",
        "R Status -> 0x2 DRIVER",
        "R Status -> 0x0",
    };
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    w->f.quirks.reset_reads = 3;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    FAKE_EXPECT(&w->f, lines);
    w->f.quirks.reset_reads = 0;
    world_works_again(w);
}

/* Configuration reads of open and of the calls for the other fields, each field in its own width. */
#define OTHER_FIELDS                                                                   \
    "R Config+0x14/4 -> 0x200", "R Config+0x08/4 -> 0x1000", "R Config+0x0c/4 -> 0x8", \
        "R Config+0x20/1 -> 0x1" /* blk_size, size_max, seg_max, writeback */
static const char *const all_fields[] = {CAPACITY, OTHER_FIELDS};
static const char *const all_legacy_fields[] = {LEGACY_CAPACITY, OTHER_FIELDS};

static const char *const more_fields[] = {
    "R Config+0x10/2 -> 0x1234",                                                        /* geometry */
    "R Config+0x12/1 -> 0x56",   "R Config+0x13/1 -> 0x78",   "R Config+0x18/1 -> 0x3", /* topology */
    "R Config+0x19/1 -> 0x5",    "R Config+0x1a/2 -> 0x9abc", "R Config+0x1c/4 -> 0xdef01234",
    "R Config+0x22/2 -> 0x4", /* num_queues */
};

static void fill_config(struct fake *f)
{
    fake_config(f, VWR_BLK_CONFIG_SIZE_MAX, 4, 4096);
    fake_config(f, VWR_BLK_CONFIG_SEG_MAX, 4, 8);
    fake_config(f, VWR_BLK_CONFIG_GEOMETRY_CYLINDERS, 2, 0x1234);
    fake_config(f, VWR_BLK_CONFIG_GEOMETRY_HEADS, 1, 0x56);
    fake_config(f, VWR_BLK_CONFIG_GEOMETRY_SECTORS, 1, 0x78);
    fake_config(f, VWR_BLK_CONFIG_TOPOLOGY_PHYSICAL_BLOCK_EXP, 1, 3);
    fake_config(f, VWR_BLK_CONFIG_TOPOLOGY_ALIGNMENT_OFFSET, 1, 5);
    fake_config(f, VWR_BLK_CONFIG_TOPOLOGY_MIN_IO_SIZE, 2, 0x9abc);
    fake_config(f, VWR_BLK_CONFIG_TOPOLOGY_OPT_IO_SIZE, 4, 0xdef01234);
    fake_config(f, VWR_BLK_CONFIG_WRITEBACK, 1, 1);
    fake_config(f, VWR_BLK_CONFIG_NUM_QUEUES, 2, 4);
}

/* Each field is read once per pass: compares the lines of the first pass with the list. */
static void expect_config_reads(const struct fake *f)
{
    const char *const *fields = f->version == VWR_MMIO_VERSION_LEGACY ? all_legacy_fields : all_fields;
    size_t n = 0;

    for (unsigned i = 0; i < f->line_count && n < sizeof(all_fields) / sizeof(all_fields[0]); i++)
        if (strncmp(f->lines[i], "R Config+", 9) == 0)
            assert_string_equal(f->lines[i], fields[n++]);
    assert_int_equal(n, sizeof(all_fields) / sizeof(all_fields[0]));
}

static void startup_reads_all_fields(void **state)
{
    struct world *w = *state;
    const struct vwr_blk_info *info = &w->blk.info;

    world_plug(w, world_version(w));
    w->f.offered[0] |= VWR_BLK_FEATURES_W0 & ~(1u << VWR_BLK_F_RO);
    fill_config(&w->f);
    assert_int_equal(world_open(w), VWR_OK);
    expect_config_reads(&w->f);
    assert_int_equal(info->sectors, FAKE_DISK_SECTORS);
    assert_int_equal(info->block_bytes, 512);
    assert_int_equal(info->segment_bytes_max, 4096);
    assert_int_equal(info->segments_max, 8);
    assert_int_equal(info->read_only, 0);
    assert_int_equal(info->write_cache, 1);
}

static void startup_reads_more_fields(void **state)
{
    struct world *w = *state;
    const struct vwr_config *const c = &w->mmio.dev.config;

    world_plug(w, world_version(w));
    w->f.offered[0] |= VWR_BLK_FEATURES_W0;
    fill_config(&w->f);
    world_opened(w);
    assert_int_equal(vwr_blk_config_get_geometry_cylinders(c), 0x1234);
    assert_int_equal(vwr_blk_config_get_geometry_heads(c), 0x56);
    assert_int_equal(vwr_blk_config_get_geometry_sectors(c), 0x78);
    assert_int_equal(vwr_blk_config_get_topology_physical_block_exp(c), 3);
    assert_int_equal(vwr_blk_config_get_topology_alignment_offset(c), 5);
    assert_int_equal(vwr_blk_config_get_topology_min_io_size(c), 0x9abc);
    assert_int_equal(vwr_blk_config_get_topology_opt_io_size(c), 0xdef01234);
    assert_int_equal(vwr_blk_config_get_num_queues(c), 4);
    FAKE_EXPECT(&w->f, more_fields);
    assert_int_equal(w->blk.info.read_only, 1);
}

/* Fields whose features are not offered are not read and have the default values of the specification. */
static void startup_without_features(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    w->f.offered[0] = 0;
    fill_config(&w->f);
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(fake_count(&w->f, "R Config+0x0") + fake_count(&w->f, "R Config+0x1"),
                     fake_count(&w->f, "R Config+0x00/4") + fake_count(&w->f, "R Config+0x04/4"));
    assert_int_equal(w->blk.info.block_bytes, 512);
    assert_int_equal(vwr_blk_config_get_num_queues(&w->mmio.dev.config), 1);
    assert_int_equal(w->blk.info.write_cache, 0);
    assert_int_equal(w->blk.info.segments_max, 0);
    assert_int_equal(vwr_blk_config_get_geometry_cylinders(&w->mmio.dev.config), 0);
    assert_int_equal(vwr_blk_config_get_topology_opt_io_size(&w->mmio.dev.config), 0);
}

/* dev.h documents the order of the calls: a call out of order is refused and does not access the device. */
static void calls_out_of_order(void **state)
{
    struct world *w = *state;
    struct vwr_dev *d = &w->mmio.dev;

    world_plug(w, world_version(w));
    assert_int_equal(world_probe(w), VWR_OK);
    fake_forget(&w->f);
    assert_true(world_add_queue(w) < 0);
    assert_true(vwr_dev_start(d) < 0);
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    fake_forget(&w->f);
    assert_true(world_negotiate(w, NULL) < 0);
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(vwr_dev_start(d), VWR_OK);
    fake_forget(&w->f);
    assert_true(vwr_dev_start(d) < 0);
    assert_true(world_add_queue(w) < 0);
    assert_true(world_negotiate(w, NULL) < 0);
    assert_int_equal(w->f.accesses, 0);
    world_works_again(w);
}

/* A queue is selected only once. */
static void one_selection_of_a_queue(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    assert_int_equal(world_open(w), VWR_OK);
    assert_int_equal(fake_count(&w->f, "W QueueSel 0x0"), 1);
}

/* The queue's part of the memory is zeroed, and the rest is not accessed. */
static void more_memory_than_it_takes(void **state)
{
    struct world *w = *state;
    const size_t taken = VWR_BLK_SHARED_BYTES(WORLD_QUEUE, 1, 1);

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    memset(w->memory.shared, 0xa5, w->memory.shared_bytes);
    assert_int_equal(world_open(w), VWR_OK);
    for (size_t i = taken; i < w->memory.shared_bytes; i++)
        assert_int_equal(((const uint8_t *)w->memory.shared)[i], 0xa5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_MODERN(one_selection_of_a_queue),
        WORLD_LEGACY(one_selection_of_a_queue),
        WORLD_TEST(more_memory_than_it_takes),
        WORLD_TEST(startup_modern),
        WORLD_TEST(startup_legacy),
        WORLD_TEST(startup_with_all_ring_features_scripted),
        WORLD_MODERN(startup_reset_in_steps),
        WORLD_LEGACY(startup_reset_in_steps),
        WORLD_LEGACY(D34_pfn_survives_reset),
        WORLD_MODERN(D25_reset_in_steps_never_ends),
        WORLD_LEGACY(D25_reset_in_steps_never_ends),
        WORLD_MODERN(startup_slow_reset),
        WORLD_LEGACY(startup_slow_reset),
        WORLD_MODERN(startup_reads_all_fields),
        WORLD_LEGACY(startup_reads_all_fields),
        WORLD_MODERN(startup_reads_more_fields),
        WORLD_LEGACY(startup_reads_more_fields),
        WORLD_MODERN(startup_without_features),
        WORLD_LEGACY(startup_without_features),
        WORLD_MODERN(calls_out_of_order),
        WORLD_LEGACY(calls_out_of_order),
    };

    return cmocka_run_group_tests_name("startup", tests, NULL, NULL);
}
