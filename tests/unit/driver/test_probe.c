/* SPDX-License-Identifier: MIT */
#include "refusal.h"
#include "vwr/gen/ids.h"

#include <stdlib.h>
#include <string.h>

/* Probing: D22 to D24, and the walk over many slots. */

struct probe_case {
    const char *name;
    void (*quirk)(struct fake *f);
    int result;
    const char *words;
    int (*probe)(struct vwr_mmio *m, volatile void *base, size_t bytes);
    size_t bytes;
};

static void magic_zero(struct fake *f)
{
    f->magic = 0;
}

static void magic_swapped(struct fake *f)
{
    f->magic = 0x76697274;
}

static void all_ones(struct fake *f)
{
    f->quirks.gone = true;
}

static void version_0(struct fake *f)
{
    fake_answer(f, VWR_MMIO_REG_VERSION, 0, 0);
}

static void version_3(struct fake *f)
{
    fake_answer(f, VWR_MMIO_REG_VERSION, 3, 0);
}

static void version_ones(struct fake *f)
{
    fake_answer(f, VWR_MMIO_REG_VERSION, 0xffffffff, 0);
}

static void device_0(struct fake *f)
{
    f->device_id = 0;
}

static void device_0_version_0(struct fake *f)
{
    f->device_id = 0;
    fake_answer(f, VWR_MMIO_REG_VERSION, 0, 0);
}

static void legacy_device(struct fake *f)
{
    f->version = VWR_MMIO_VERSION_LEGACY;
}

static void modern_device(struct fake *f)
{
    (void)f;
}

#define ANY vwr_mmio_probe, VWR_MMIO_SIZE

static const struct probe_case cases[] = {
    {"D22_magic_zero", magic_zero, VWR_EMAGIC, "MagicValue reads 0x0", ANY},
    {"D22_magic_bytes_swapped", magic_swapped, VWR_EMAGIC, "MagicValue reads 0x76697274", ANY},
    {"D22_all_ones_bus", all_ones, VWR_EGONE, "all ones", ANY},
    {"D22_version_0", version_0, VWR_EVERSION, "Version reads 0", ANY},
    {"D22_version_3", version_3, VWR_EVERSION, "Version reads 3", ANY},
    {"D22_version_ffffffff", version_ones, VWR_EVERSION, "Version reads 4294967295", ANY},
    {"D22_legacy_where_modern_is_built", legacy_device, VWR_EVERSION, "force-legacy=false",
     vwr_mmio_probe_modern, VWR_MMIO_SIZE},
    {"D22_modern_where_legacy_is_built", modern_device, VWR_EVERSION, "Version reads 2",
     vwr_mmio_probe_legacy, VWR_MMIO_SIZE},
    {"D23_device_id_0", device_0, VWR_ENODEV, "DeviceID reads 0", ANY},
    {"D23_device_id_0_version_0", device_0_version_0, VWR_EVERSION, "Version reads 0", ANY},
    {"window_of_0_bytes", modern_device, VWR_EINVAL, "0 bytes", vwr_mmio_probe, 0},
    {"window_of_255_bytes", modern_device, VWR_EINVAL, "255 bytes", vwr_mmio_probe, VWR_MMIO_CONFIG - 1},
};

/*
 * A refused probe has written nothing, and a refused device cannot be opened. Clause: mmio.drv.6 mmio.drv.10
 * mmio.drv.init.3.
 */
static void probe_refused(void **state)
{
    struct world *w = *state;
    const struct probe_case *c = w->param;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    c->quirk(&w->f);
    assert_int_equal(c->probe(&w->mmio, (volatile void *)w->f.base, c->bytes), c->result);
    world_dev_explains(w, c->words);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_EFAILED);
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), 0);
    assert_int_equal(w->f.writes, 0);
    assert_true(w->f.accesses <= 4);
}

/* Built for version 1 alone, the runtime must not claim to support version 2. */
static void refused_version_is_not_said_to_be_driven(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(vwr_mmio_probe_legacy(&w->mmio, (volatile void *)w->f.base, VWR_MMIO_SIZE),
                     VWR_EVERSION);
    (void)vwr_dev_explain(&w->mmio.dev, w->text, sizeof(w->text));
    assert_null(strstr(w->text, "1 or 2"));
}

static void use_it(struct world *w)
{
    struct vwr_dev *d = &w->mmio.dev;

    vwr_dev_fail(d);
    if (vwr_dev_reset(d) >= 0 || world_negotiate(w, NULL) >= 0 || world_add_queue(w) >= 0 ||
        vwr_dev_start(d) >= 0 || vwr_dev_check(d) >= 0 || vwr_dev_irq(d) != 0)
        abort();
}

/* dev.h documents a reset as the way out of a failure; here no device is there to be reset, and every call
 * fails. */
static void use_after_refused_probe(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    w->f.magic = 0;
    assert_int_equal(world_probe(w), VWR_EMAGIC);
    assert_true(world_survives(use_it, w));
}

static void single_probes_take_theirs(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(vwr_mmio_probe_modern(&w->mmio, (volatile void *)w->f.base, VWR_MMIO_SIZE), VWR_OK);
    assert_false(vwr_dev_is_legacy(&w->mmio.dev));
    world_works_again(w);
    w->f.version = VWR_MMIO_VERSION_LEGACY;
    world_honest(w);
    assert_int_equal(vwr_mmio_probe_legacy(&w->mmio, (volatile void *)w->f.base, VWR_MMIO_SIZE), VWR_OK);
    assert_true(vwr_dev_is_legacy(&w->mmio.dev));
    world_works_again(w);
}

/* ---- D24: a device of another type ---- */

static void console(struct world *w)
{
    w->f.device_id = VWR_ID_CONSOLE;
    w->f.vendor_id = 0xdeadbeef;
}

static void unheard_of(struct world *w)
{
    w->f.device_id = 0xffffffff;
}

static const struct refusal types[] = {
    {"D24_console_where_a_disk_was_expected", REFUSAL_BOTH, console, VWR_ETYPE, "3 (Console)",
     REFUSAL_UNTOUCHED},
    {"D24_type_that_nobody_knows", REFUSAL_BOTH, unheard_of, VWR_ETYPE, "4294967295", REFUSAL_UNTOUCHED},
};

static void read_it(struct world *w)
{
    if (vwr_blk_read(&w->blk, 0, w->buffer, 1) >= 0 || vwr_blk_flush(&w->blk) != VWR_EFAILED)
        abort();
}

/* Calls after open has failed, before the device was accessed. */
static void D24_use_after_refused_type(void **state)
{
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    console(w);
    assert_int_equal(world_open(w), VWR_ETYPE);
    assert_true(world_survives(read_it, w));
}

/* ---- windows and lists of addresses ---- */

#define SLOTS 4u
#define STRIDE 0x200u
#define ELSEWHERE ((uintptr_t)0x10001000u)

struct street {
    struct fake house[SLOTS + 1];
};

static struct street *build_street(void)
{
    struct street *s = calloc(1, sizeof(*s));

    assert_non_null(s);
    for (unsigned i = 0; i < SLOTS; i++)
        fake_plug(&s->house[i], FAKE_BASE + i * STRIDE, VWR_MMIO_VERSION_MODERN);
    fake_plug(&s->house[SLOTS], ELSEWHERE, VWR_MMIO_VERSION_LEGACY);
    return s;
}

/* Empty and invalid slots do not end the walk; each result names its slot. */
static void scan_window_and_single_address(void **state)
{
    static const int expected[] = {VWR_ENODEV, 1, VWR_EMAGIC, VWR_EVERSION, 1, 0, 0};
    const struct vwr_mmio_window windows[] = {{(volatile void *)FAKE_BASE, STRIDE, SLOTS},
                                              {(volatile void *)ELSEWHERE, 0, 1}};
    struct vwr_mmio_scan scan = {.windows = windows, .count = 2};
    struct street *s = build_street();
    struct world *w = *state;

    s->house[0].device_id = 0;
    s->house[2].magic = 0x12345678;
    s->house[3].version = 7;
    s->house[SLOTS].device_id = VWR_ID_CONSOLE;
    for (unsigned i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), expected[i]);
        if (i <= SLOTS)
            assert_int_equal((uintptr_t)w->mmio.base, s->house[i].base);
        if (i == 1)
            assert_int_equal(w->mmio.dev.type, VWR_BLK_ID);
        if (i == SLOTS)
            assert_true(vwr_dev_is_legacy(&w->mmio.dev) && w->mmio.dev.type == VWR_ID_CONSOLE);
    }
    for (unsigned i = 0; i <= SLOTS; i++)
        assert_int_equal(s->house[i].writes, 0);
    fake_bus_reset();
    free(s);
}

static void scan_nothing(void **state)
{
    const struct vwr_mmio_window empty[] = {{(volatile void *)FAKE_BASE, STRIDE, 0}};
    struct vwr_mmio_scan none = {.windows = NULL, .count = 0};
    struct vwr_mmio_scan scan = {.windows = empty, .count = 1};
    struct world *w = *state;

    assert_int_equal(vwr_mmio_scan_next(&none, &w->mmio), 0);
    assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), 0);
    assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), 0);
}

/* A stride too short for the fixed registers: each slot is refused, and the walk still ends. */
static void scan_short_stride(void **state)
{
    const struct vwr_mmio_window narrow[] = {{(volatile void *)FAKE_BASE, 0x80, SLOTS}};
    struct vwr_mmio_scan scan = {.windows = narrow, .count = 1};
    struct world *w = *state;

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    for (unsigned i = 0; i < SLOTS; i++)
        assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), VWR_EINVAL);
    assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), 0);
    assert_int_equal(w->f.accesses, 0);
}

/* A block may be as small as its registers; a device without configuration needs no more. */
static void scan_narrow_blocks(void **state)
{
    static const uint32_t strides[] = {VWR_MMIO_CONFIG, VWR_MMIO_CONFIG + 8, VWR_MMIO_SIZE, 0x1000, 0};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(strides) / sizeof(strides[0]); i++) {
        const struct vwr_mmio_window one[] = {{(volatile void *)FAKE_BASE, strides[i], 1}};
        struct vwr_mmio_scan scan = {.windows = one, .count = 1};
        const uint32_t bytes = i < 2 ? strides[i] : VWR_MMIO_SIZE;

        world_plug(w, VWR_MMIO_VERSION_MODERN);
        assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), 1);
        assert_int_equal(w->mmio.dev.config.bytes, bytes - VWR_MMIO_CONFIG);
        assert_int_equal(vwr_mmio_scan_next(&scan, &w->mmio), 0);
    }
}

/* ---- the same as text lines ---- */

static void expect_lines(struct vwr_mmio_scan *scan, const char *const *lines)
{
    char line[VWR_MMIO_LINE_BYTES];

    for (; *lines != NULL; lines++) {
        assert_int_equal(vwr_mmio_scan_line(scan, line, sizeof(line)), strlen(*lines));
        assert_string_equal(line, *lines);
    }
    for (unsigned i = 0; i < 2; i++) {
        line[0] = '#';
        assert_int_equal(vwr_mmio_scan_line(scan, line, sizeof(line)), 0);
        assert_int_equal(line[0], '\0');
    }
}

/* Equal consecutive slots of one window share a line; different register values get separate lines. */
static void lines_of_windows(void **state)
{
    static const char *const lines[] = {
        "0a000000 to 0a000200 empty (2 slots)",
        "0a000400 MagicValue reads 0x12345678, not \"virt\": no virtio-mmio register block at this address",
        "0a000600 MagicValue reads 0x12345679, not \"virt\": no virtio-mmio register block at this address",
        "10001000 console v1 (legacy: for modern, QEMU needs -global virtio-mmio.force-legacy=false)",
        "0a000200 empty",
        NULL,
    };
    const struct vwr_mmio_window windows[] = {{(volatile void *)FAKE_BASE, STRIDE, SLOTS},
                                              {(volatile void *)ELSEWHERE, 0, 1},
                                              {(volatile void *)FAKE_BASE, STRIDE, 0},
                                              {(volatile void *)(FAKE_BASE + STRIDE), 0, 1}};
    struct vwr_mmio_scan scan = {.windows = windows, .count = 4};
    struct street *s = build_street();

    (void)state;
    s->house[0].device_id = s->house[1].device_id = 0;
    s->house[2].magic = 0x12345678;
    s->house[3].magic = 0x12345679;
    s->house[SLOTS].device_id = VWR_ID_CONSOLE;
    expect_lines(&scan, lines);
    for (unsigned i = 0; i <= SLOTS; i++)
        assert_int_equal(s->house[i].writes, 0);
    fake_bus_reset();
    free(s);
}

/* Addresses of at most one digit, as of a bus that begins at 0. */
static void lines_of_low_addresses(void **state)
{
    static const char *const lines[] = {"00000008 empty", NULL};
    const struct vwr_mmio_window window = {(volatile void *)(uintptr_t)8, 0, 1};
    struct vwr_mmio_scan scan = {.windows = &window, .count = 1};

    struct world *const w = *state;

    fake_plug(&w->f, 8, VWR_MMIO_VERSION_MODERN);
    w->f.device_id = 0;
    expect_lines(&scan, lines);
}

/* Devices of a list get one line each, also across an empty slot; an unknown device is shown by its
 * number. */
static void lines_of_devices(void **state)
{
    static const char *const lines[] = {
        "0a000000 blk v2 (modern)",
        "0a000200 blk v2 (modern)",
        "0a000400 empty",
        "0a000600 device of type 4711 v2 (modern)",
        NULL,
    };
    const struct vwr_mmio_window window = {(volatile void *)FAKE_BASE, STRIDE, SLOTS};
    struct vwr_mmio_scan scan = {.windows = &window, .count = 1};
    struct street *s = build_street();

    (void)state;
    s->house[2].device_id = 0;
    s->house[3].device_id = 4711;
    expect_lines(&scan, lines);
    fake_bus_reset();
    free(s);
}

static void lines_of_nothing(void **state)
{
    static const char *const none[] = {NULL};
    static const char *const narrow[] = {
        "0a000000 to 0a000180 the register window has 128 bytes, but the registers alone have 256 "
        "(4 slots)",
        NULL,
    };
    const struct vwr_mmio_window empty = {(volatile void *)FAKE_BASE, STRIDE, 0};
    const struct vwr_mmio_window narrows = {(volatile void *)FAKE_BASE, 0x80, SLOTS};
    struct vwr_mmio_scan no_windows = {.windows = NULL, .count = 0};
    struct vwr_mmio_scan no_slots = {.windows = &empty, .count = 1};
    struct vwr_mmio_scan narrow_slots = {.windows = &narrows, .count = 1};

    (void)state;
    expect_lines(&no_windows, none);
    expect_lines(&no_slots, none);
    expect_lines(&narrow_slots, narrow);
}

/* A line that does not fit is truncated and terminated, its full length is returned, and the walk
 * continues. */
static void lines_are_cut(void **state)
{
    const struct vwr_mmio_window window = {(volatile void *)FAKE_BASE, STRIDE, 1};
    const char *const whole = "0a000000 blk v2 (modern)";
    struct world *w = *state;
    char line[64];

    world_plug(w, VWR_MMIO_VERSION_MODERN);
    for (size_t bytes = 0; bytes <= strlen(whole) + 1; bytes++) {
        struct vwr_mmio_scan scan = {.windows = &window, .count = 1};

        memset(line, '#', sizeof(line));
        assert_int_equal(vwr_mmio_scan_line(&scan, line, bytes), strlen(whole));
        assert_int_equal(line[bytes], '#');
        if (bytes > 0) {
            assert_int_equal(strlen(line), bytes - 1);
            assert_memory_equal(line, whole, bytes - 1);
        }
        assert_int_equal(vwr_mmio_scan_line(&scan, line, bytes), 0);
    }
}

/* The longest possible line fits in VWR_MMIO_LINE_BYTES. */
static void lines_have_room(void **state)
{
    static const uint32_t words[] = {0, 0x74726976, 0x76697274, 0xfffffffe, 0xffffffff};
    const struct vwr_mmio_window window = {(volatile void *)FAKE_BASE, STRIDE, SLOTS};
    struct street *s = build_street();

    (void)state;
    for (unsigned magic = 0; magic < 5; magic++) {
        for (uint32_t version = 0; version < 5; version++) {
            struct vwr_mmio_scan scan = {.windows = &window, .count = 1};
            char line[VWR_MMIO_LINE_BYTES];

            for (unsigned i = 0; i < SLOTS; i++) {
                s->house[i].magic = words[magic];
                s->house[i].device_id = 0xfffffff0;
                fake_answer(&s->house[i], VWR_MMIO_REG_VERSION, version == 4 ? 0xffffffff : version, 0);
            }
            assert_in_range(vwr_mmio_scan_line(&scan, line, sizeof(line)), 1,
                            VWR_MMIO_LINE_BYTES - 1 - sizeof(" to ffffffffffffffff (4294967295 slots)"));
        }
    }
    fake_bus_reset();
    free(s);
}

/* ---- regions of shared memory ---- */

static void region_reads(struct world *w, uint64_t bytes, uint64_t addr)
{
    fake_answer(&w->f, VWR_MMIO_REG_SHM_LEN_LOW, (uint32_t)bytes, 0);
    fake_answer(&w->f, VWR_MMIO_REG_SHM_LEN_HIGH, (uint32_t)(bytes >> 32), 0);
    fake_answer(&w->f, VWR_MMIO_REG_SHM_BASE_LOW, (uint32_t)addr, 0);
    fake_answer(&w->f, VWR_MMIO_REG_SHM_BASE_HIGH, (uint32_t)(addr >> 32), 0);
}

static void regions_of_a_device(void **state)
{
    static const struct {
        uint64_t bytes;
        uint64_t addr;
        int result;
    } rows[] = {
        {UINT64_C(0x280000000), UINT64_C(0x4010000000), VWR_OK},
        {1, UINT64_MAX - 1, VWR_OK},
        {UINT64_MAX - 1, 1, VWR_OK},
        {UINT64_MAX, UINT64_MAX, VWR_ENODEV},
        {UINT64_MAX, 0, VWR_ENODEV}, /* as QEMU */
        {0, 0x1000, VWR_EPROTO},
        {1, UINT64_MAX, VWR_EPROTO},
        {UINT64_MAX - 1, 2, VWR_EPROTO},
        {UINT64_C(0x100000000), UINT64_C(0xffffffff00000000), VWR_EPROTO},
    };
    struct world *const w = *state;
    struct vwr_region r;

    memset(&w->mmio, 0, sizeof(w->mmio));
    assert_int_equal(vwr_mmio_get_region(&w->mmio, 0, &r), VWR_ENODEV); /* not probed */
    world_plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(world_probe(w), VWR_OK);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        region_reads(w, rows[i].bytes, rows[i].addr);
        fake_forget(&w->f);
        assert_int_equal(vwr_mmio_get_region(&w->mmio, 7, &r), rows[i].result);
        assert_true(fake_count(&w->f, "W SHMSel 0x7") > 0);
        assert_int_equal(fake_count(&w->f, "W "), fake_count(&w->f, "W SHMSel 0x7"));
        if (rows[i].result == VWR_OK)
            assert_true(r.addr == rows[i].addr && r.bytes == rows[i].bytes);
    }
    world_plug(w, VWR_MMIO_VERSION_LEGACY);
    assert_int_equal(world_probe(w), VWR_OK);
    fake_forget(&w->f);
    assert_int_equal(vwr_mmio_get_region(&w->mmio, 0, &r), VWR_ENODEV);
    assert_int_equal(w->f.accesses, 0);
}

int main(void)
{
    struct CMUnitTest tests[REFUSAL_TESTS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        tests[n++] = world_test(cases[i].name, probe_refused, &cases[i]);
    refusal_tests(types, sizeof(types) / sizeof(types[0]), tests, &n);
    tests[n++] = WORLD_TEST(refused_version_is_not_said_to_be_driven);
    tests[n++] = WORLD_TEST(use_after_refused_probe);
    tests[n++] = WORLD_TEST(single_probes_take_theirs);
    tests[n++] = WORLD_TEST(D24_use_after_refused_type);
    tests[n++] = WORLD_TEST(scan_window_and_single_address);
    tests[n++] = WORLD_TEST(scan_nothing);
    tests[n++] = WORLD_TEST(scan_short_stride);
    tests[n++] = WORLD_TEST(scan_narrow_blocks);
    tests[n++] = WORLD_TEST(lines_of_windows);
    tests[n++] = WORLD_TEST(lines_of_low_addresses);
    tests[n++] = WORLD_TEST(lines_of_devices);
    tests[n++] = WORLD_TEST(lines_of_nothing);
    tests[n++] = WORLD_TEST(lines_are_cut);
    tests[n++] = WORLD_TEST(lines_have_room);
    tests[n++] = WORLD_TEST(regions_of_a_device);
    return refusal_run("probe", tests, n);
}
