/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"

#include "vwr/blk.h"
#include "vwr/entropy.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/net.h"

#include <string.h>

/*
 * The possible locations of a modern device's structures. Each world is probed and opened by the driver of a
 * class;
 * the registers are only at the locations in the capabilities, and any other access fails. Section: Virtio
 * Over
 * PCI Bus / Virtio Structure PCI Capabilities.
 */

#define DISK 8u
#define SIZE 64u
#define SECTORS 2048u
#define STEP 0x10000u /* between BARs */
#define PORTS 0xc000u
#define NOT_THERE 7u    /* for `bar`: no capability of this type */
#define OUT_OF_REACH 5u /* this BAR is in no window */

struct place {
    uint8_t bar;
    uint32_t offset, bytes;
};

struct layout {
    const char *name;
    uint32_t bar_bytes; /* of each BAR */
    uint32_t multiplier;
    struct place at[VWR_PCI_STRUCTURES]; /* by cfg_type: common, notification, ISR, device configuration */
    uint64_t features;                   /* that the device offers besides VERSION_1 */
    bool io;                             /* the BARs are of I/O */
    int result;
    const char *words[2];
};

#define FEATURE(bit) ((uint64_t)1 << (bit))
#define BLK(name) FEATURE(VWR_BLK_F_##name)
#define OPENS(offered) .features = (offered), .result = VWR_OK
#define NO_CONFIG(needed, there)                                                                             \
    .result = VWR_ERANGE, .words = {"needs " #needed " bytes of device configuration, " #there " are there", \
                                    "capability DEVICE_CFG"}

/* clang-format off */
static const struct layout layouts[] = {
    {"a page for each", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 0x1000}, {0, 0x1000, 1}, {0, 0x2000, 24}}, OPENS(BLK(BLK_SIZE))},
    {"the ISR status at an odd offset", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 0x1000}, {0, 0x1fff, 1}, {0, 0x2000, 24}}, OPENS(0)},
    {"notifications at an offset of 2", 0x4000, 2,
     {{0, 0, 64}, {0, 0x3002, 2}, {0, 0x1000, 1}, {0, 0x2000, 24}}, OPENS(0)},
    {"all in 0x100 bytes", 0x100, 2,
     {{0, 0, 56}, {0, 60, 4}, {0, 56, 4}, {0, 64, 24}}, OPENS(BLK(BLK_SIZE) | BLK(SEG_MAX))},
    {"the configuration at the end of its BAR", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 0x100}, {0, 0x1000, 1}, {0, 0x3fe8, 24}}, OPENS(BLK(BLK_SIZE))},
    {"56 bytes of common configuration at the end of its BAR", 0x4000, 4,
     {{0, 0x3fc8, 56}, {0, 0x3000, 0x100}, {0, 0x1000, 1}, {0, 0x2000, 24}},
     OPENS(FEATURE(VWR_F_RING_RESET) | FEATURE(VWR_F_NOTIF_CONFIG_DATA))},
    {"a BAR for each", 0x100, 0, {{0, 0, 56}, {1, 0, 2}, {2, 0, 1}, {3, 0, 8}}, OPENS(0)},
    {"a small BAR of I/O for each", 64, 2, {{0, 0, 56}, {1, 0, 4}, {2, 0, 1}, {3, 0, 16}},
     OPENS(BLK(SEG_MAX)), .io = true},
    {"no byte behind the last field", 0x100, 0, {{0, 0, 56}, {1, 0, 2}, {2, 0, 1}, {3, 0, 16}},
     OPENS(BLK(SEG_MAX))},
    {"limits of 0", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 0x1000}, {0, 0x1000, 1}, {0, 0x2000, 60}},
     OPENS(BLK(DISCARD) | BLK(WRITE_ZEROES))},
    {"a configuration out of reach", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 0x1000}, {0, 0x1000, 1}, {OUT_OF_REACH, 0x2000, 24}}, NO_CONFIG(8, 0)},
    {"no configuration", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 0x1000}, {0, 0x1000, 1}, {NOT_THERE, 0, 0}}, BLK(BLK_SIZE), NO_CONFIG(24, 0)},
    {"a configuration without a field", 0x100, 0,
     {{0, 0, 56}, {1, 0, 2}, {2, 0, 1}, {3, 0, 16}}, BLK(BLK_SIZE), NO_CONFIG(24, 16)},
    {"a configuration at an offset of 2", 0x100, 0,
     {{0, 0, 56}, {1, 0, 2}, {2, 0, 1}, {3, 2, 24}}, NO_CONFIG(8, 0)},
    {"a notification that does not fit", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3000, 1}, {0, 0x1000, 1}, {0, 0x2000, 24}},
     .result = VWR_EVERSION, .words = {"capability NOTIFY_CFG", "long enough"}},
    {"notifications with data at an offset of 2", 0x4000, 4,
     {{0, 0, 64}, {0, 0x3002, 0x100}, {0, 0x1000, 1}, {0, 0x2000, 24}}, FEATURE(VWR_F_NOTIFICATION_DATA),
     .result = VWR_ENOQUEUE, .words = {"queue 0", "NOTIFY_CFG"}},
    {"55 bytes of common configuration", 0x100, 0, {{0, 0, 55}, {1, 0, 2}, {2, 0, 1}, {3, 0, 24}},
     .result = VWR_EVERSION, .words = {"capability COMMON_CFG", "long enough"}},
};
/* clang-format on */

static uint8_t shared[VWR_BLK_SHARED_BYTES(SIZE, 1, 1)] __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(SIZE)];
static struct vwr_pci_window windows[2];

/* Firmware has placed the BARs. */
static struct function *function_of(const struct layout *l, uint32_t type)
{
    static const unsigned at[VWR_PCI_STRUCTURES] = {0x40, 0x50, 0x64, 0x74};
    struct function *const f = function_at(DISK, (VWR_PCI_DEVICE_ID_MODERN_BASE + type) << 16 | 0x1af4, 0);

    f->word[COMMAND / 4] = 0x00100000;
    f->word[FIRST / 4] = CAPABILITY;
    for (unsigned bar = 0; bar <= VWR_PCI_BAR_MAX; bar++) {
        f->word[BAR / 4 + bar] = l->io ? (PORTS + 0x100 * bar) | 1u : WINDOW + STEP * bar;
        f->bar_mask[bar] = ~(l->bar_bytes - 1u);
    }
    f->word[BAR / 4 + OUT_OF_REACH] = 0x80000000u;
    for (unsigned i = 0; i < VWR_PCI_STRUCTURES; i++) {
        const struct place *const s = &l->at[i];

        fake_pci_place[i].at =
            (l->io ? PORTS + 0x100 * s->bar : (uintptr_t)mapped + STEP * s->bar) + s->offset;
        fake_pci_place[i].bytes = s->bytes;
        capability(f, at[i], (uint8_t)(s->bar != NOT_THERE ? i + 1 : 200), s->bar, s->offset, s->bytes);
    }
    put8(f, 0x51, 0x64); /* behind the notification's, which is longer */
    put8(f, 0x75, 0);
    f->word[0x60 / 4] = l->multiplier;
    windows[0] = window;
    windows[1] = (struct vwr_pci_window){.bytes = 0x10000, .kind = VWR_PCI_IO};
    host.windows = windows;
    host.window_count = 2;
    for (unsigned bit = 0; bit < 64; bit++)
        if ((l->features >> bit & 1) != 0)
            vwr_features_add(&device.offered, bit);
    return f;
}

static void disk_is_opened(const struct layout *l)
{
    const struct vwr_queue_memory memory = {shared, sizeof(shared), own, sizeof(own), SIZE};
    static struct vwr_blk disk;
    char text[400];
    int r;

    (void)begin(NULL);
    (void)function_of(l, VWR_ID_BLOCK);
    device.config[1] = SECTORS >> 8;
    device.config[VWR_BLK_CONFIG_BLK_SIZE + 1] = VWR_BLK_SECTOR_BYTES >> 8;
    r = vwr_pci_probe(&pci, &host, DISK);
    if (r == VWR_OK)
        r = vwr_blk_open_with(&disk, &pci.dev, &memory, NULL);
    (void)vwr_pci_explain(&pci, text, sizeof(text));
    if (r != l->result)
        fail_msg("%s: %s (%s)", l->name, vwr_strerror(r), text);
    for (unsigned i = 0; i < 2 && r != VWR_OK; i++)
        if (strstr(text, l->words[i]) == NULL)
            fail_msg("%s: \"%s\" is not in \"%s\"", l->name, l->words[i], text);
    if (r != VWR_OK)
        return;
    assert_int_equal(disk.info.sectors, SECTORS);
    assert_int_equal(disk.info.block_bytes, VWR_BLK_SECTOR_BYTES);
    assert_int_equal(vwr_close(&disk.bringup), VWR_OK);
}

static void layouts_of_a_disk(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
        disk_is_opened(&layouts[i]);
}

/* Features whose fields are beyond the end of the common configuration are not negotiated. */
static void fields_of_the_common_configuration(void **state)
{
    static const struct {
        uint32_t bytes;
        bool accepted;
    } rows[] = {{56, false}, {58, false}, {60, true}, {64, true}, {0x1000, true}};
    static const struct vwr_features none;
    const struct vwr_feature_policy asked = {.want = &none};
    struct layout l = layouts[0];

    (void)state;
    l.features = FEATURE(VWR_F_RING_RESET) | FEATURE(VWR_F_NOTIF_CONFIG_DATA);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        (void)begin(NULL);
        l.at[0].bytes = rows[i].bytes;
        (void)function_of(&l, VWR_ID_BLOCK);
        assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_OK);
        assert_int_equal(vwr_dev_negotiate(&pci.dev, &asked), VWR_OK);
        assert_int_equal(vwr_features_have(&device.accepted, VWR_F_RING_RESET), rows[i].accepted);
        assert_int_equal(vwr_features_have(&device.accepted, VWR_F_NOTIF_CONFIG_DATA), rows[i].accepted);
    }
}

/* A class without a configuration needs no structure for one. */
static void entropy_without_configuration(void **state)
{
    static struct vwr_entropy_shared pool;
    static struct vwr_entropy entropy;
    const struct vwr_entropy_options options = {.shared = &pool};
    struct layout l = layouts[0];

    (void)state;
    l.at[3].bar = NOT_THERE;
    l.features = 0;
    (void)function_of(&l, VWR_ID_RNG);
    assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_OK);
    assert_null(pci.dev.config.base);
    assert_int_equal(vwr_entropy_open(&entropy, &pci.dev, &options), VWR_OK);
    assert_int_equal(vwr_close(&entropy.bringup), VWR_OK);
}

/*
 * v86's network card: four BARs of I/O, as large as the structures, but of at least 16 bytes; a common
 * configuration without later fields; a configuration that ends with the MTU.
 */
static void card_of_v86(void **state)
{
    static const uint8_t config[12] = {0x00, 0x22, 0x15, 0x4a, 0x5b, 0x6c, 1, 0, 1, 0, 0xdc, 0x05};
    static const struct vwr_features want = {{VWR_NET_FEATURES_W0, VWR_NET_FEATURES_W1, 0, 0}};
    const struct vwr_feature_policy asked = {.want = &want, .needs = vwr_net_config_needs};
    const struct layout v86 = {.io = true,
                               .multiplier = 2,
                               .bar_bytes = 16,
                               .at = {{0, 0, 64}, {1, 0, 16}, {2, 0, 16}, {3, 0, 16}},
                               .features = FEATURE(VWR_NET_F_MAC) | FEATURE(VWR_NET_F_STATUS) |
                                           FEATURE(VWR_NET_F_MTU) | FEATURE(VWR_NET_F_MQ) |
                                           FEATURE(VWR_NET_F_CTRL_VQ) | FEATURE(VWR_NET_F_CTRL_MAC_ADDR)};
    struct vwr_net_config_info info = {.mtu = 0};

    (void)state;
    function_of(&v86, VWR_ID_NET)->bar_mask[0] = ~63u;
    memcpy(device.config, config, sizeof(config));
    assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_OK);
    assert_int_equal(bus.at[DISK]->word[COMMAND / 4] & 7u, 1);
    assert_int_equal(vwr_dev_negotiate(&pci.dev, &asked), VWR_OK);
    assert_true(vwr_dev_has(&pci.dev, VWR_NET_F_MTU));
    assert_int_equal(vwr_dev_read_config(&pci.dev, vwr_net_config_read, &info, sizeof(info)), VWR_OK);
    assert_memory_equal(info.mac, config, sizeof(info.mac));
    assert_int_equal(info.mtu, 1500);
    vwr_features_add(&device.offered, VWR_NET_F_SPEED_DUPLEX); /* its fields have 17 bytes */
    assert_int_equal(vwr_dev_reset(&pci.dev), VWR_OK);
    assert_int_equal(vwr_dev_agree(&pci.dev, &asked), VWR_ERANGE);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts_of_a_disk),
        cmocka_unit_test(fields_of_the_common_configuration),
        cmocka_unit_test_setup(entropy_without_configuration, begin),
        cmocka_unit_test_setup(card_of_v86, begin),
    };

    return cmocka_run_group_tests_name("pci layouts", tests, NULL, NULL);
}
