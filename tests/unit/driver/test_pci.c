/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"
#include "vwr/gen/ids.h"

#include "../../common/random.h"

#include <string.h>

/* The probe of a PCI function on a configuration space written by a test: D43, D44. No device register is
 * accessed. */

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
    assert_ptr_equal(pci.structure[0].at, mapped);
    assert_ptr_equal(pci.dev.config.base, mapped + 0x2000);
    assert_int_equal(bus.at[8]->word[COMMAND / 4] & 7u, 2); /* memory enabled, I/O and bus master not */
    assert_int_equal(vwr_pci_use_msix(&pci, NULL, 1), VWR_EUNSUPP);
}

/* Settings that firmware has enabled for the platform are kept: decoders, parity, SERR#. INTx, which a driver
 * that used
 * MSI-X may have disabled, is enabled, and a device that this driver has left running accesses no memory. */
static void known_command(void **state)
{
    (void)state;
    (void)disk_at(8);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    bus.at[8]->word[COMMAND / 4] |= 0x547;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(bus.at[8]->word[COMMAND / 4] & 0xffffu, 0x143);
}

/* MSI and MSI-X of a previous owner: their messages would not be received. */
static void known_messages(void **state)
{
    struct function *const f = disk_at(8);
    struct vwr_region region;

    (void)state;
    put8(f, 0x75, 0x90);
    f->word[0x90 / 4] = 0xc0030000u | 0xa0u << 8 | 0x11u; /* MSI-X on, all vectors masked, the table has 4 */
    f->word[0xa0 / 4] = 0x00a10000u | 0xb0u << 8 | 0x05u; /* MSI on */
    f->word[0xb0 / 4] = 0x80070000u | 0x11u;              /* another one, which is not used */
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(pci.vectors, 4);
    assert_int_equal(f->word[0x90 / 4] >> 16, 0x4003);
    assert_int_equal(f->word[0xa0 / 4] >> 16, 0x00a0);
    assert_int_equal(f->word[0xb0 / 4] >> 16, 0x0007);
    f->word[0x90 / 4] |= 0x80000000u; /* the driver's own */
    assert_int_equal(vwr_pci_get_region(&pci, 0, &region), VWR_ENODEV);
    assert_int_equal(f->word[0x90 / 4] >> 16, 0xc003);
}

/* The function may lose its configuration during the transition to D0, which takes 10 ms. */
static void known_power(void **state)
{
    struct function *const f = disk_at(8);

    (void)state;
    power_at(f);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_true(vwr_host_time_us() - device.woken >= 10000);
    check_found();
    assert_int_equal(f->word[0x9c / 4], 0); /* D0, no PME; the pending one is not cleared by a write of 1 */
    assert_int_equal(f->word[BAR / 4 + 4] & ~0xfu, WINDOW);
    assert_int_equal(f->word[COMMAND / 4] & 7u, 2);
    device.woken = 0;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(device.woken, 0);
    assert_in_range(bus.reads + bus.writes, 1, VWR_PCI_PLACE_ACCESSES + 2 * VWR_PCI_PROBE_ACCESSES);
}

/* A capability of the last register has no second one: the driver accesses none behind the 256 bytes. */
static void known_last_register(void **state)
{
    const uint32_t ids[] = {0x01, 0x11}; /* power management, MSI-X */

    (void)state;
    for (unsigned i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct function *f;

        (void)begin(NULL);
        f = disk_at(8);
        put8(f, 0x75, 0xfc);
        f->word[0xfc / 4] = 0xc0030000u | ids[i];
        assert_int_equal(vwr_pci_place(&host), VWR_OK);
        assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
        assert_int_equal(f->word[0xfc / 4], 0xc0030000u | ids[i]);
        assert_int_equal(pci.vectors, 0);
    }
}

static void probe_as(uint32_t id, uint32_t revision, uint32_t subsystem, uint32_t type)
{
    struct function *f;

    (void)begin(NULL);
    f = disk_at(8);
    f->word[ID / 4] = id << 16 | VWR_PCI_VENDOR_ID;
    f->word[REVISION / 4] = revision;
    f->word[SUBSYSTEM / 4] = subsystem;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(pci.dev.type, type);
}

/* Up to 0x103f the subsystem has the type, from 0x1040 on the device ID has it. */
static void types_by_ids(void **state)
{
    const uint32_t subsystem = (uint32_t)VWR_ID_BLOCK << 16;

    (void)state;
    probe_as(0x1000, 0, subsystem, VWR_ID_BLOCK);
    probe_as(0x103f, 0, subsystem, VWR_ID_BLOCK);
    probe_as(0x1040, 0, subsystem, 0);
    probe_as(0x1041, 0, subsystem, VWR_ID_NET);
}

/* Clause: pci.drv.disc.1 pci.drv.disc.3. */
static void any_device(void **state)
{
    (void)state;
    for (uint32_t type = 1; type <= VWR_PCI_DEVICE_ID_MAX - VWR_PCI_DEVICE_ID_MODERN_BASE; type++)
        probe_as(VWR_PCI_DEVICE_ID_MODERN_BASE + type, 1, 0x11001af4, type);
    for (uint32_t revision = 0; revision < 256; revision++)
        probe_as(VWR_PCI_DEVICE_ID_MODERN_BASE + VWR_ID_BLOCK, revision, 0x11001af4, VWR_ID_BLOCK);
}

/* Clause: pci.drv.disc.2. */
static void any_transitional_device(void **state)
{
    static const struct {
        uint16_t id, type;
    } device[] = {{0x1000, VWR_ID_NET},     {0x1001, VWR_ID_BLOCK}, {0x1002, VWR_ID_BALLOON},
                  {0x1003, VWR_ID_CONSOLE}, {0x1004, VWR_ID_SCSI},  {0x1005, VWR_ID_RNG},
                  {0x1009, VWR_ID_9P}};

    (void)state;
    for (size_t i = 0; i < sizeof(device) / sizeof(device[0]); i++)
        probe_as(device[i].id, 0, (uint32_t)device[i].type << 16 | VWR_PCI_VENDOR_ID, device[i].type);
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

/* Notifications are aligned to 2 bytes; the ISR status has no alignment. */
static void least_alignment(struct function *f)
{
    f->word[0x58 / 4] = 0x1001;
    f->word[0x5c / 4] = 1;
    f->word[0x68 / 4] = 0x3002;
    f->word[0x6c / 4] = 2;
}

static void notify_is_unaligned(struct function *f)
{
    f->word[0x68 / 4] = 0x3001;
}

static void config_is_unaligned(struct function *f)
{
    f->word[0x7c / 4] = 0x2002;
}

static void config_ends_its_bar(struct function *f)
{
    f->word[0x7c / 4] = BAR_BYTES - 8;
    f->word[0x80 / 4] = 8;
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

/* Its last bytes would be beyond the end of configuration space. */
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

/* Clause: pci.drv.cap.1. It is in front of all others. */
static void reserved_type_first(struct function *f)
{
    f->word[FIRST / 4] = 0xa0;
    capability(f, 0xa0, 200, 4, 0x800, 0x800);
    put8(f, 0xa1, CAPABILITY);
}

/* Clause: pci.drv.cap.4. */
static void reserved_bar_first(struct function *f)
{
    f->word[FIRST / 4] = 0xa0;
    capability(f, 0xa0, VWR_PCI_CAP_COMMON_CFG, 6, 0x800, 0x800);
    put8(f, 0xa1, CAPABILITY);
}

/* Clause: pci.drv.cap.2. */
static void second_one_behind(struct function *f)
{
    put8(f, 0x75, 0xa0);
    capability(f, 0xa0, VWR_PCI_CAP_COMMON_CFG, 4, 0x800, 0x800);
    put8(f, 0xa1, 0);
}

/* Clause: pci.drv.cap.3. */
static void capabilities_are_long(struct function *f)
{
    put8(f, 0x42, 64);
    put8(f, 0x52, 17);
    put8(f, 0x62, 24);
    put8(f, 0x76, 64);
}

/* Clause: pci.drv.cap.6. Each extends to the end of the BAR. */
static void structures_are_long(struct function *f)
{
    f->word[0x4c / 4] = BAR_BYTES;
    f->word[0x5c / 4] = BAR_BYTES - 0x1000;
    f->word[0x6c / 4] = BAR_BYTES - 0x3000;
    f->word[0x80 / 4] = BAR_BYTES - 0x2000;
}

static void types_are_unknown(struct function *f)
{
    put8(f, 0x53, 200);
}

/* The first of two usable capabilities is used. */
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

/* The structure ends before the end of the BAR; other contents follow. */
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
    {"least_alignment", least_alignment, VWR_OK, NULL},
    {"config_ends_its_bar", config_ends_its_bar, VWR_OK, NULL},
    {"config_is_unaligned", config_is_unaligned, VWR_OK, NULL},
    {"notify_is_unaligned", notify_is_unaligned, MISSING("NOTIFY_CFG")},
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
    {"reserved_type_first", reserved_type_first, VWR_OK, NULL},
    {"reserved_bar_first", reserved_bar_first, VWR_OK, NULL},
    {"second_one_behind", second_one_behind, VWR_OK, NULL},
    {"capabilities_are_long", capabilities_are_long, VWR_OK, NULL},
    {"structures_are_long", structures_are_long, VWR_OK, NULL},
    {"D44_config_is_missing", config_is_missing, VWR_OK, NULL},
    {"D44_config_is_short", config_is_short, VWR_OK, NULL},
    {"D44_bar_of_no_size", bar_of_no_size, MISSING("COMMON_CFG")},
    {"D44_bar_of_a_size_that_is_none", bar_of_a_size_that_is_none, MISSING("COMMON_CFG")},
    {"D44_bar_of_all_addresses", bar_of_all_addresses, MISSING("COMMON_CFG")},
    {"other_vendor", other_vendor, VWR_ENODEV, "not a virtio function"},
    {"id_too_high", id_too_high, VWR_ENODEV, "not a virtio function"},
    {"header_of_a_bridge", header_of_a_bridge, VWR_ENODEV, "not a virtio function"},
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
        assert_ptr_equal(pci.structure[0].at, mapped);
        return;
    }
    (void)vwr_pci_explain(&pci, text, sizeof(text));
    if (strstr(text, c->words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", c->words, text);
}

/* Any content: the walk is bounded and stays within the window. */
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
        assert_in_range(bus.reads + bus.writes, 1, VWR_PCI_PLACE_ACCESSES + VWR_PCI_PROBE_ACCESSES);
    }
}

#define WALKS (sizeof(walks) / sizeof(walks[0]))

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup(a_disk, begin),
        cmocka_unit_test_setup(known_command, begin),
        cmocka_unit_test_setup(known_messages, begin),
        cmocka_unit_test_setup(known_power, begin),
        cmocka_unit_test_setup(known_last_register, begin),
        cmocka_unit_test_setup(types_by_ids, begin),
        cmocka_unit_test_setup(any_device, begin),
        cmocka_unit_test_setup(any_transitional_device, begin),
        cmocka_unit_test_setup(any_content, begin),
    };
    struct CMUnitTest tests[WALKS];

    for (size_t i = 0; i < WALKS; i++)
        tests[i] = (struct CMUnitTest){walks[i].name, walk, NULL, NULL, (void *)(uintptr_t)&walks[i]};
    return _cmocka_run_group_tests("pci", tests, WALKS, NULL, NULL) +
           cmocka_run_group_tests_name("pci probe", others, NULL, NULL);
}
