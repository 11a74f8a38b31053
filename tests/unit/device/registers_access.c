/* SPDX-License-Identifier: MIT */
#include "registers.h"

#include "../../../runtime/device/core/vdev/vdev_common.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <string.h>

/* Widths, offsets and directions of accesses, and the configuration: G38, G39, G47. */

static const unsigned widths[] = {1, 2, 4, 8};
#define WIDTHS (sizeof(widths) / sizeof(widths[0]))

/* Each width at each offset below the configuration, except 4 bytes at a register. */
static void G38_odd_widths(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    for (unsigned offset = 0; offset < VWR_MMIO_CONFIG; offset++) {
        for (unsigned i = 0; i < WIDTHS; i++) {
            const unsigned before = box_ignored(), bytes = widths[i];

            if (bytes == sizeof(uint32_t) && offset % sizeof(uint32_t) == 0)
                continue;
            assert_int_equal(guest_read(g, offset, bytes), 0);
            guest_write(g, offset, bytes, UINT64_MAX);
            guest_write(g, offset, bytes, 0);
            assert_int_equal(box_ignored(), before + 3);
        }
    }
    assert_true(box_ask(g, 0)); /* none of these accesses had an effect */
}

/* Invalid widths. */
static void G38_widths_that_are_none(struct guest *g, long long at)
{
    static const unsigned wrong[] = {0, 3, 5, 6, 7, 12, 0xffffffff};

    (void)at;
    assert_true(guest_start(g));
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(guest_read(g, VWR_MMIO_MAGIC_VALUE, wrong[i]), 0);
        guest_write(g, VWR_MMIO_STATUS, wrong[i], 0);
        guest_write(g, VWR_MMIO_CONFIG + BOX_WIDE, wrong[i] < 9 ? wrong[i] : 9, UINT64_MAX);
    }
    assert_true(box_ask(g, 0));
}

/* Registers end at the start of the configuration, which ends with its last byte. */
static void G38_beyond_the_window(struct guest *g, long long at)
{
    const uint64_t ends[] = {VWR_MMIO_SIZE, GUEST_STRIDE, UINT64_C(1) << 32, UINT64_MAX / 2};

    assert_true(guest_start(g));
    for (unsigned i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        for (unsigned w = 0; w < WIDTHS; w++) {
            uint64_t value = UINT64_MAX;

            assert_false(vwr_vmmio_access(g->dev, ends[i] + (uint64_t)at, widths[w], false, &value));
            assert_int_equal(value, 0);
            value = UINT64_MAX;
            assert_false(vwr_vmmio_access(g->dev, ends[i] + (uint64_t)at, widths[w], true, &value));
            assert_int_equal(value, UINT64_MAX);
        }
    }
}

/* The windows of a VM: the byte before, the first and the last byte, the byte after. */
static void G38_beyond_the_windows(struct guest *g, long long at)
{
    const uint64_t first = GUEST_BASE + (uint64_t)at;
    const uint64_t end = GUEST_BASE + GUEST_SLOTS * (uint64_t)GUEST_STRIDE + (uint64_t)at;
    uint64_t value = 77;

    assert_true(vwr_vm_access(&g->vm, first, 1, false, &value) == (at >= 0));
    assert_int_equal(value, at >= 0 ? 0 : 77);
    value = 77;
    assert_true(vwr_vm_access(&g->vm, end, 1, false, &value) == (at < 0));
    assert_int_equal(value, at < 0 ? 0 : 77);
    value = 77;
    assert_false(vwr_vm_access(&g->vm, GUEST_BASE + (UINT64_C(1) << 32) + (uint64_t)at, 4, false, &value));
    assert_int_equal(value, 77);
}

/* Reads each width at each offset, byte for byte, and zeroes beyond the end. */
static void G38_configuration_is_byte_exact(struct guest *g, long long at)
{
    (void)at;
    for (unsigned offset = 0; offset < BOX_CONFIG + 8; offset++) {
        for (unsigned i = 0; i < WIDTHS; i++) {
            uint64_t expected = 0;

            for (unsigned n = 0; n < widths[i] && offset + n < BOX_CONFIG; n++)
                expected |= (uint64_t)box.config[offset + n] << 8 * n;
            assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + offset, widths[i]), expected);
        }
    }
}

/* Each offset without a register, with a register of the other version, or with a register of the other
 * direction. */
static void G39_wrong_direction(struct guest *g, long long at)
{
    const uint8_t version = g->legacy ? VWR_LEGACY : VWR_MODERN;

    (void)at;
    assert_true(guest_start(g));
    for (unsigned offset = 0; offset < VWR_MMIO_CONFIG; offset += sizeof(uint32_t)) {
        const uint8_t reg = vwr_mmio_register_at[offset / sizeof(uint32_t)];
        const struct vwr_register *const r = reg != VWR_REGISTER_NONE ? &vwr_mmio_registers[reg] : NULL;
        const uint8_t access = r != NULL && (r->versions & version) != 0 ? r->access : 0;
        const unsigned before = box_ignored();
        unsigned wrong = 0;

        if (!(access & VWR_READ)) {
            assert_int_equal(box_get(g, offset), 0);
            wrong++;
        }
        if (!(access & VWR_WRITE)) {
            box_set(g, offset, 0xffffffff);
            box_set(g, offset, 1);
            wrong += 2;
        }
        assert_int_equal(box_ignored(), before + wrong);
    }
    assert_true(box_ask(g, 0));
}

/* A guest overwrites its whole configuration: only writable fields change. */
static void G47_write_each_byte(struct guest *g, long long at)
{
    uint8_t before[BOX_CONFIG];

    (void)at;
    assert_true(guest_start(g));
    memcpy(before, box.config, BOX_CONFIG);
    for (unsigned offset = 0; offset < BOX_CONFIG + 8; offset++)
        guest_write(g, VWR_MMIO_CONFIG + offset, 1, 0xee);
    for (unsigned i = 0; i < BOX_CONFIG; i++) {
        const bool is_old = i >= BOX_OLD && i < BOX_EARLY;
        const bool is_writable =
            i == BOX_TOGGLE || (is_old && g->legacy) || (i >= BOX_EARLY && i < BOX_COUNTER);

        assert_int_equal(box.config[i], is_writable ? 0xee : before[i]);
    }
    assert_int_equal(box.written, g->legacy ? 15 : 13);
}

/* Of a write that includes read-only bytes, the others take effect (CONFIG_WIDTH). */
static void G47_straddles_the_end_of_a_field(struct guest *g, long long at)
{
    const unsigned begin = (unsigned)(BOX_COUNTER + at - 4); /* 0: entirely within BOX_WIDE */
    uint8_t before[BOX_CONFIG];

    assert_true(guest_start(g));
    memcpy(before, box.config, BOX_CONFIG);
    guest_write(g, VWR_MMIO_CONFIG + begin, 4, 0xeeeeeeee);
    assert_int_equal(box.written, 1);
    for (unsigned i = begin; i < begin + 4; i++)
        assert_int_equal(box.config[i], i < BOX_COUNTER ? 0xee : before[i]);
    assert_int_equal(vwr_tolerated_count(&g->dev->tolerated, VWR_TOLERATED_CONFIG_WIDTH), at != 0);
    memcpy(before, box.config, BOX_CONFIG);
    guest_write(g, VWR_MMIO_CONFIG + BOX_CONFIG - 4 + (unsigned)(at + 1), 4, 0xeeeeeeee); /* across the end */
    assert_memory_equal(before, box.config, BOX_CONFIG);
    guest_write(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 8, UINT64_MAX); /* across the hole */
    for (unsigned i = 0; i < BOX_CONFIG; i++) {
        const bool is_old = i >= BOX_OLD && i < BOX_EARLY;
        const bool is_new = i == BOX_TOGGLE || (is_old && g->legacy) || (i >= BOX_EARLY && i < BOX_WIDE);

        assert_int_equal(box.config[i], is_new ? 0xff : before[i]);
    }
}

/* One write to two adjacent fields: the class is notified once. */
static void G47_two_fields_at_once(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    guest_write(g, VWR_MMIO_CONFIG + BOX_EARLY, 8, UINT64_C(0x8877665544332211));
    assert_int_equal(box.written, 1);
    assert_int_equal(box.written_at, BOX_EARLY);
    assert_int_equal(box.written_bytes, 8);
    for (unsigned i = 0; i < 8; i++)
        assert_int_equal(box.config[BOX_EARLY + i], 0x11 * (i + 1));
}

/*
 * A field of a feature is read-only without it, unless it is writable early. A legacy driver may write before
 * it has accepted features.
 */
static void G47_field_without_its_feature(struct guest *g, long long at)
{
    const uint8_t toggle = g->legacy ? 0xee : 0x10 + BOX_TOGGLE;

    (void)at;
    guest_write(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 1, 0xee); /* nothing has been negotiated yet */
    assert_int_equal(box.config[BOX_TOGGLE], toggle);
    guest_write(g, VWR_MMIO_CONFIG + BOX_EARLY, 4, 0x11223344);
    assert_int_equal(box.config[BOX_EARLY], 0x44);
    vwr_features_remove(&g->features, BOX_F_SWITCH);
    vwr_features_remove(&g->features, BOX_F_SECOND);
    vwr_features_remove(&g->features, BOX_F_EARLY);
    assert_true(guest_start(g));
    guest_write(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 1, 0xee);
    assert_int_equal(box.config[BOX_TOGGLE], toggle);
    guest_write(g, VWR_MMIO_CONFIG + BOX_EARLY, 4, 0x55667788); /* the feature is still offered */
    assert_int_equal(box.config[BOX_EARLY], 0x88);
    vwr_features_remove(&box.dev.offered, BOX_F_EARLY);
    guest_write(g, VWR_MMIO_CONFIG + BOX_EARLY, 4, 0);
    assert_int_equal(box.config[BOX_EARLY], 0x88);
    vwr_features_add(&box.dev.offered, BOX_F_EARLY);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= box.dev.offered.w[i] & (UINT32_C(1) << BOX_F_SWITCH);
}

/* A device with a configuration of a few bytes, or none. */
static void G47_configuration_of_few_bytes(struct guest *g, long long at)
{
    const uint16_t bytes = (uint16_t)(at < 0 ? 0 : at);
    uint8_t before[BOX_CONFIG];
    uint64_t value;

    assert_true(guest_start(g));
    memcpy(before, box.config, BOX_CONFIG);
    box.dev.config_bytes = bytes;
    for (unsigned offset = 0; offset < 64; offset++) {
        value = 77;
        assert_int_equal(vwr_vmmio_access(g->dev, VWR_MMIO_CONFIG + offset, 4, false, &value),
                         offset < bytes);
        assert_int_equal(value,
                         offset < bytes ? box.config[offset] | (bytes > offset + 1 ? value & ~0xffu : 0) : 0);
        value = UINT64_MAX;
        (void)vwr_vmmio_access(g->dev, VWR_MMIO_CONFIG + offset, 8, true, &value);
        value = UINT64_MAX;
        (void)vwr_vmmio_access(g->dev, VWR_MMIO_CONFIG - 4 + offset, 8, true, &value);
    }
    assert_int_equal(box.written != 0, bytes > BOX_TOGGLE);
    assert_memory_equal(before + bytes, box.config + bytes, BOX_CONFIG - bytes);
    box.dev.config_bytes = BOX_CONFIG;
}

/* An offset whose sum with the width wraps, which no transport passes: no byte of the configuration. */
static void G47_offset_that_wraps(struct guest *g, long long at)
{
    const uint32_t offset = UINT32_MAX - (uint32_t)at;
    uint8_t before[BOX_CONFIG];

    assert_true(guest_start(g));
    memcpy(before, box.config, BOX_CONFIG);
    assert_int_equal(vwr_vdev_config_read_(g->dev, offset, 8), 0);
    vwr_vdev_config_write_(g->dev, offset, 8, UINT64_MAX);
    assert_int_equal(box.written, 0);
    assert_memory_equal(before, box.config, BOX_CONFIG);
}

#define ALL HOSTILE_LEGACY | HOSTILE_MODERN
#define CASE(name, clause)           \
    {                                \
#name, clause, name, ALL, 0, \
        {                            \
            0                        \
        }                            \
    }
#define AROUND(name, clause)         \
    {                                \
#name, clause, name, ALL, 3, \
        {                            \
            -1, 0, 1                 \
        }                            \
    }

const struct hostile_case access_cases[] = {
    CASE(G38_odd_widths, "mmio.drv.4"),
    CASE(G38_widths_that_are_none, "mmio.drv.4 mmio.drv.5"),
    {"G38_beyond_the_window", "mmio.drv.1", G38_beyond_the_window, ALL, 5, {-8, -4, -1, 0, 1}},
    AROUND(G38_beyond_the_windows, "mmio.drv.1"),
    CASE(G38_configuration_is_byte_exact, "config.dev.1 mmio.drv.5"),
    CASE(G39_wrong_direction, "mmio.drv.1 mmio.drv.2 mmio.drv.3"),
    CASE(G47_write_each_byte, "robustness: a field that is not the driver's"),
    AROUND(G47_straddles_the_end_of_a_field, "mmio.drv.5"),
    CASE(G47_two_fields_at_once, "mmio.drv.5"),
    CASE(G47_field_without_its_feature, "config.drv.3"),
    {"G47_configuration_of_few_bytes",
     "mmio.drv.1 config.drv.4",
     G47_configuration_of_few_bytes,
     ALL,
     4,
     {0, 1, 2, BOX_WIDE + 1}},
    {"G47_offset_that_wraps",
     "robustness: no transport passes such an offset",
     G47_offset_that_wraps,
     ALL,
     3,
     {0, 3, 6}},
};
const unsigned access_case_count = sizeof(access_cases) / sizeof(access_cases[0]);
