/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "vwr/gen/ids.h"
#include "vwr/pci.h"

#include "../../common/random.h"

#include <string.h>

/*
 * The probe of a PCI function, and the walk over buses, on configuration space that a test has written: D43,
 * D44, and what a bus can be. No register of a device is touched.
 */

#define FUNCTIONS 1024u /* of four buses */
#define WINDOW 0x10000000u
#define WINDOW_BYTES 0x00100000u
#define BAR_BYTES 0x4000u
#define CAPABILITY 0x40u /* of the first capability, others 0x10 behind each other but for NOTIFY */

/* By PCI: where the registers of a header are. */
enum { ID = 0, COMMAND = 4, REVISION = 8, HEADER = 12, BAR = 16, SUBSYSTEM = 0x2c, FIRST = 0x34, PIN = 0x3c };

struct function {
    uint32_t word[64];
    uint32_t bar_mask[6]; /* which bits of a BAR can be written */
};

static struct {
    struct function *at[FUNCTIONS];
    struct function own[40];
    unsigned used;
    unsigned reads;
    unsigned writes;
} bus;

static struct vwr_pci pci;
static uint8_t mapped[4 * WINDOW_BYTES];

static struct vwr_pci_window window;
static struct vwr_pci_host host;

static uint32_t bus_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    const struct function *const f = function < FUNCTIONS ? bus.at[function] : NULL;

    assert_ptr_equal(h, &host);
    assert_true(offset % 4 == 0 && offset < 256);
    bus.reads++;
    return f != NULL ? f->word[offset / 4] : 0xffffffffu;
}

static void bus_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    struct function *const f = bus.at[function];
    const unsigned bars = f->word[HEADER / 4] >> 16 == 1 ? 2 : 6;

    assert_ptr_equal(h, &host);
    assert_true(offset % 4 == 0 && offset < 256);
    bus.writes++;
    if (offset == COMMAND)
        f->word[1] = (f->word[1] & 0xffff0000u) | (value & 0xffffu);
    else if (offset >= BAR && offset < BAR + 4 * bars)
        f->word[offset / 4] = (value & f->bar_mask[(offset - BAR) / 4]) |
                              (f->word[offset / 4] & ~f->bar_mask[(offset - BAR) / 4]);
    else
        f->word[offset / 4] = value;
}

static const struct vwr_pci_access bus_access = {bus_read, bus_write};

static void put8(struct function *f, unsigned offset, uint8_t v)
{
    const unsigned shift = offset % 4 * 8;

    f->word[offset / 4] = (f->word[offset / 4] & ~(0xffu << shift)) | (uint32_t)v << shift;
}

static void capability(struct function *f, unsigned at, uint8_t type, uint8_t bar, uint32_t offset,
                       uint32_t length)
{
    put8(f, at, VWR_PCI_CAP_ID_VNDR);
    put8(f, at + 1,
         (uint8_t)(type == VWR_PCI_CAP_DEVICE_CFG ? 0 : at + (type == VWR_PCI_CAP_NOTIFY_CFG ? 20 : 16)));
    put8(f, at + 2, type == VWR_PCI_CAP_NOTIFY_CFG ? 20 : 16);
    put8(f, at + 3, type);
    put8(f, at + 4, bar);
    f->word[at / 4 + 2] = offset;
    f->word[at / 4 + 3] = length;
}

static struct function *function_at(uint32_t where, uint32_t id, uint32_t type)
{
    struct function *const f = &bus.own[bus.used++];

    assert_in_range(bus.used, 1, sizeof(bus.own) / sizeof(bus.own[0]));
    bus.at[where] = f;
    memset(f, 0, sizeof(*f));
    f->word[ID / 4] = id;
    f->word[HEADER / 4] = type << 16;
    return f;
}

/* As QEMU has a disk: BAR 4 of 64 bits, the four structures a page each. */
static struct function *disk_at(uint32_t where)
{
    struct function *const f = function_at(where, 0x10421af4, 0);

    f->word[COMMAND / 4] = 0x00100000; /* there is a list */
    f->word[REVISION / 4] = 1;
    f->word[SUBSYSTEM / 4] = 0x11001af4;
    f->word[FIRST / 4] = CAPABILITY;
    f->word[PIN / 4] = 0x0100;
    f->word[BAR / 4 + 4] = 0xc;
    f->bar_mask[4] = ~(BAR_BYTES - 1);
    f->bar_mask[5] = 0xffffffffu;
    capability(f, 0x40, VWR_PCI_CAP_COMMON_CFG, 4, 0, 0x1000);
    capability(f, 0x50, VWR_PCI_CAP_ISR_CFG, 4, 0x1000, 0x1000);
    capability(f, 0x60, VWR_PCI_CAP_NOTIFY_CFG, 4, 0x3000, 0x1000);
    f->word[0x70 / 4] = 4;
    capability(f, 0x74, VWR_PCI_CAP_DEVICE_CFG, 4, 0x2000, 0x1000);
    return f;
}

static int begin(void **state)
{
    (void)state;
    memset(&bus, 0, sizeof(bus));
    window =
        (struct vwr_pci_window){.bus = WINDOW, .bytes = WINDOW_BYTES, .cpu = mapped, .kind = VWR_PCI_MEMORY};
    host = (struct vwr_pci_host){.access = &bus_access, .windows = &window, .window_count = 1, .last_bus = 3};
    return 0;
}

/* Whatever it says, a structure lies in a window; every loop ends. */
static void check_structure(const struct vwr_pci_structure *s)
{
    assert_non_null(s->at);
    assert_true((uintptr_t)s->at >= (uintptr_t)mapped);
    assert_true((uintptr_t)s->at + s->bytes <= (uintptr_t)mapped + WINDOW_BYTES);
}

static void check_found(void)
{
    const uint8_t *const config = (const uint8_t *)(uintptr_t)pci.dev.config.base;

    check_structure(&pci.common);
    check_structure(&pci.isr);
    check_structure(&pci.notify);
    assert_true((uintptr_t)config >= (uintptr_t)mapped &&
                (uintptr_t)config + 64 <= (uintptr_t)mapped + WINDOW_BYTES);
}

static void a_disk(void **state)
{
    (void)state;
    (void)disk_at(8);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    check_found();
    assert_int_equal(pci.dev.type, VWR_ID_BLOCK);
    assert_int_equal(pci.interrupt, 1);
    assert_int_equal(pci.vectors, 0);
    assert_int_equal(pci.notify_multiplier, 4);
    assert_ptr_equal(pci.common.at, mapped);
    assert_ptr_equal(pci.dev.config.base, mapped + 0x2000);
    assert_int_equal(bus.at[8]->word[COMMAND / 4] & 7u, 7);
    assert_int_equal(vwr_pci_use_msix(&pci, NULL, 1), VWR_EUNSUPP);
}

/* ---- D43, D44 ---- */

struct walk_case {
    const char *name;
    void (*change)(struct function *f);
    int result;
    const char *words;
};

static void list_loops(struct function *f)
{
    put8(f, 0x75, CAPABILITY);
}

static void list_loops_at_once(struct function *f)
{
    put8(f, CAPABILITY + 1, CAPABILITY);
}

static void list_begins_in_the_header(struct function *f)
{
    f->word[FIRST / 4] = 0x10;
}

static void list_begins_unaligned(struct function *f)
{
    f->word[FIRST / 4] = CAPABILITY | 3u; /* the lower two bits are reserved */
}

static void list_is_not_there(struct function *f)
{
    f->word[COMMAND / 4] = 0;
}

static void common_is_short(struct function *f)
{
    f->word[0x4c / 4] = 55;
}

static void common_is_behind_its_bar(struct function *f)
{
    f->word[0x48 / 4] = BAR_BYTES - 0x800;
}

static void common_wraps(struct function *f)
{
    f->word[0x48 / 4] = 0xfffffffcu;
}

static void common_is_unaligned(struct function *f)
{
    f->word[0x48 / 4] = 2;
}

static void common_is_in_bar_6(struct function *f)
{
    put8(f, 0x44, 6);
}

static void common_is_in_no_bar(struct function *f)
{
    put8(f, 0x44, 0);
}

static void common_has_a_short_capability(struct function *f)
{
    put8(f, 0x42, 15);
}

static void notify_has_a_short_capability(struct function *f)
{
    put8(f, 0x62, 16);
}

/* Its last bytes would be behind those that a function has. */
static void common_is_cut_off(struct function *f)
{
    f->word[FIRST / 4] = 0xf4;
    f->word[0xf4 / 4] = f->word[0x40 / 4];
    f->word[0xf8 / 4] = f->word[0x44 / 4];
    f->word[0xfc / 4] = f->word[0x48 / 4];
}

static void isr_has_no_byte(struct function *f)
{
    f->word[0x5c / 4] = 0;
}

static void types_are_unknown(struct function *f)
{
    put8(f, 0x53, 200);
}

/* The first of two that can be used is taken. */
static void bad_one_first(struct function *f)
{
    f->word[FIRST / 4] = 0xa0;
    capability(f, 0xa0, VWR_PCI_CAP_COMMON_CFG, 4, 0xfffffff0u, 0x1000);
    put8(f, 0xa1, 0xb0);
    capability(f, 0xb0, VWR_PCI_CAP_ISR_CFG, 7, 0, 1);
    put8(f, 0xb1, CAPABILITY);
}

static void config_is_missing(struct function *f)
{
    put8(f, 0x77, 200);
}

/* Behind its end, but not behind the BAR's, there is more of the device. */
static void config_is_short(struct function *f)
{
    f->word[0x80 / 4] = 8;
}

static void bar_of_no_size(struct function *f)
{
    f->bar_mask[4] = 0;
    f->bar_mask[5] = 0;
}

static void bar_of_a_size_that_is_none(struct function *f)
{
    f->bar_mask[4] = 0x55555550;
}

static void bar_of_all_addresses(struct function *f)
{
    f->bar_mask[4] = 0;
    f->bar_mask[5] = 0x80000000u;
}

static void other_vendor(struct function *f)
{
    f->word[ID / 4] = 0x10421af5;
}

static void id_too_high(struct function *f)
{
    f->word[ID / 4] = 0x10801af4;
}

static void header_of_a_bridge(struct function *f)
{
    f->word[HEADER / 4] = 1u << 16;
}

#define MISSING(type) VWR_EVERSION, "no capability " type

static const struct walk_case walks[] = {
    {"D43_list_loops", list_loops, VWR_OK, NULL},
    {"D43_list_loops_at_once", list_loops_at_once, MISSING("NOTIFY_CFG")},
    {"D43_list_begins_in_the_header", list_begins_in_the_header, MISSING("COMMON_CFG")},
    {"D43_list_begins_unaligned", list_begins_unaligned, VWR_OK, NULL},
    {"D43_list_is_not_there", list_is_not_there, MISSING("COMMON_CFG")},
    {"D44_common_is_short", common_is_short, MISSING("COMMON_CFG")},
    {"D44_common_is_behind_its_bar", common_is_behind_its_bar, MISSING("COMMON_CFG")},
    {"D44_common_wraps", common_wraps, MISSING("COMMON_CFG")},
    {"D44_common_is_unaligned", common_is_unaligned, MISSING("COMMON_CFG")},
    {"D44_common_is_in_bar_6", common_is_in_bar_6, MISSING("COMMON_CFG")},
    {"D44_common_is_in_no_bar", common_is_in_no_bar, MISSING("COMMON_CFG")},
    {"D44_common_has_a_short_capability", common_has_a_short_capability, MISSING("COMMON_CFG")},
    {"D44_notify_has_a_short_capability", notify_has_a_short_capability, MISSING("NOTIFY_CFG")},
    {"D44_common_is_cut_off", common_is_cut_off, MISSING("COMMON_CFG")},
    {"D44_isr_has_no_byte", isr_has_no_byte, MISSING("ISR_CFG")},
    {"D44_types_are_unknown", types_are_unknown, MISSING("ISR_CFG")},
    {"D44_bad_one_first", bad_one_first, VWR_OK, NULL},
    {"D44_config_is_missing", config_is_missing, VWR_OK, NULL},
    {"D44_config_is_short", config_is_short, VWR_OK, NULL},
    {"D44_bar_of_no_size", bar_of_no_size, MISSING("COMMON_CFG")},
    {"D44_bar_of_a_size_that_is_none", bar_of_a_size_that_is_none, MISSING("COMMON_CFG")},
    {"D44_bar_of_all_addresses", bar_of_all_addresses, MISSING("COMMON_CFG")},
    {"other_vendor", other_vendor, VWR_ENODEV, "no function of virtio"},
    {"id_too_high", id_too_high, VWR_ENODEV, "no function of virtio"},
    {"header_of_a_bridge", header_of_a_bridge, VWR_ENODEV, "no function of virtio"},
};

static void walk(void **state)
{
    const struct walk_case *const c = *state;
    char text[200];

    (void)begin(NULL);
    c->change(disk_at(8));
    (void)!vwr_pci_place(&host);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), c->result);
    if (c->result == VWR_OK) {
        check_found();
        return;
    }
    (void)vwr_pci_explain(&pci, text, sizeof(text));
    if (strstr(text, c->words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", c->words, text);
}

/* ---- BARs and buses ---- */

/* What firmware has placed is found in the window that has it; elsewhere, or without one, it is not. */
static void placed_by_firmware(void **state)
{
    struct function *const f = disk_at(8);

    (void)state;
    f->word[BAR / 4 + 4] = (WINDOW + 2 * BAR_BYTES) | 0xc;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_ptr_equal(pci.common.at, mapped + 2 * BAR_BYTES);
    f->word[BAR / 4 + 5] = 1; /* the same 4 GiB higher */
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
    f->word[BAR / 4 + 5] = 0;
    f->word[BAR / 4 + 4] = (WINDOW + WINDOW_BYTES - BAR_BYTES / 2) | 0xc; /* half outside */
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
}

/* BARs of all have places of their own; none is lost on one that has no room. */
static void places_are_apart(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 32; i++)
        (void)disk_at(i * 8);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    for (unsigned i = 0; i < 32; i++) {
        assert_int_equal(vwr_pci_probe(&pci, &host, i * 8), VWR_OK);
        assert_ptr_equal(pci.common.at, mapped + i * BAR_BYTES);
    }
    window.used = WINDOW_BYTES - BAR_BYTES;
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    assert_int_equal(vwr_pci_probe(&pci, &host, 0), VWR_OK);
    assert_int_equal(window.used, WINDOW_BYTES);
}

/* Two bridges behind each other, and a third: numbers, and the part of the window that each passes on. */
static void bridges(void **state)
{
    struct vwr_pci_scan scan = {.host = &host};
    unsigned found = 0;

    (void)state;
    window.bus = 0x10100000; /* a bridge counts in MiB: each needs one of its own */
    window.bytes = 0x00400000;
    (void)disk_at(VWR_PCI_FUNCTION(0, 1, 0));
    (void)function_at(VWR_PCI_FUNCTION(0, 2, 0), 0x00011b36, 1);
    (void)function_at(VWR_PCI_FUNCTION(0, 3, 0), 0x00011b36, 1);
    (void)function_at(VWR_PCI_FUNCTION(1, 0, 0), 0x00011b36, 1);
    (void)disk_at(VWR_PCI_FUNCTION(2, 5, 0));
    (void)disk_at(VWR_PCI_FUNCTION(3, 31, 0));
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 2, 0)]->word[6] & 0xffffff, 0x020100);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(1, 0, 0)]->word[6] & 0xffffff, 0x020201);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 3, 0)]->word[6] & 0xffffff, 0x030300);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 2, 0)]->word[8], 0x10201020);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(1, 0, 0)]->word[8], 0x10201020);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 3, 0)]->word[8], 0x10301030);
    bus.reads = 0;
    while (vwr_pci_scan_next(&scan, &pci) == 1)
        found++;
    assert_int_equal(found, 3);
    assert_in_range(bus.reads, 1, 600);
}

static void too_many_bridges(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++)
        (void)function_at(VWR_PCI_FUNCTION(i, 0, 0), 0x00011b36, 1);
    host.last_bus = 2;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    (void)function_at(VWR_PCI_FUNCTION(2, 0, 0), 0x00011b36, 1);
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE); /* no number is left */
}

/* Any content: bounded, and nothing outside of the window. */
static void any_content(void **state)
{
    uint64_t seed = 43;

    (void)state;
    for (unsigned run = 0; run < 20000; run++) {
        struct function *f;

        (void)begin(NULL);
        f = disk_at(8);
        (void)disk_at(16);
        for (unsigned i = random_below(&seed, 12); i > 0; i--)
            put8(f, 4 + random_below(&seed, 252), (uint8_t)random_below(&seed, 256));
        f->bar_mask[random_below(&seed, 6)] = 0u - (1u << random_below(&seed, 32));
        (void)!vwr_pci_place(&host);
        if (vwr_pci_probe_modern(&pci, &host, 8) == VWR_OK)
            check_found();
        assert_in_range(bus.reads + bus.writes, 1, 2000);
    }
}

#define WALKS (sizeof(walks) / sizeof(walks[0]))

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup(a_disk, begin),           cmocka_unit_test_setup(placed_by_firmware, begin),
        cmocka_unit_test_setup(places_are_apart, begin), cmocka_unit_test_setup(bridges, begin),
        cmocka_unit_test_setup(too_many_bridges, begin), cmocka_unit_test_setup(any_content, begin),
    };
    struct CMUnitTest tests[WALKS];

    for (size_t i = 0; i < WALKS; i++)
        tests[i] = (struct CMUnitTest){walks[i].name, walk, NULL, NULL, (void *)(uintptr_t)&walks[i]};
    return _cmocka_run_group_tests("pci", tests, WALKS, NULL, NULL) +
           cmocka_run_group_tests_name("pci buses", others, NULL, NULL);
}
