/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"

#include <string.h>

/* A modern device through its configuration space: the CPU does not reach its BARs, and direct access
 * fails. */

#define SIZE 8u
#define DISK 8u /* its function */

static _Alignas(4096) uint8_t shared[FAKE_PCI_QUEUES][VWR_QUEUE_SHARED_BYTES(SIZE)];
static _Alignas(8) uint8_t own[FAKE_PCI_QUEUES][VWR_QUEUE_OWN_BYTES(SIZE)];
static struct vwr_queue queue[FAKE_PCI_QUEUES];
static struct vwr_pci_cfg cfg;
static struct vwr_dev *const dev = &cfg.pci.dev;

static struct function *disk(void)
{
    struct function *const f = disk_at(DISK);

    cfg_at(f);
    memset(&cfg, 0xa5, sizeof(cfg));
    return f;
}

static void probe(void)
{
    (void)disk();
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe_modern(&pci, &host, DISK), VWR_EVERSION);
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
    assert_int_equal(bus.at[DISK]->word[COMMAND / 4] & 7u, 0); /* no decoding, and no bus master yet */
}

static void negotiate(void)
{
    static const struct vwr_features none;
    const struct vwr_feature_policy asked = {&none, &none, &none, NULL, 0, NULL};

    assert_int_equal(vwr_dev_negotiate(dev, &asked), VWR_OK);
    assert_int_equal(bus.at[DISK]->word[COMMAND / 4] & 7u, 4); /* bus master */
}

static int add_queue(unsigned i)
{
    const struct vwr_queue_memory m = {shared[i], sizeof(shared[i]), own[i], sizeof(own[i]), SIZE};

    return vwr_dev_add_queue(dev, i, &queue[i], &m, 0);
}

static void start(void)
{
    probe();
    negotiate();
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++)
        assert_int_equal(add_queue(i), VWR_OK);
    assert_int_equal(vwr_dev_start(dev), VWR_OK);
}

/* Uses the first buffer of queue `i`, as a device would. */
static void use_first(unsigned i)
{
    const uint32_t *const area = device.queue[i].area;
    struct vwr_virtq_used *const used =
        (struct vwr_virtq_used *)((uintptr_t)area[4] | (uintptr_t)((uint64_t)area[5] << 32));

    used->ring[0].id = 0;
    used->ring[0].len = vwr_cpu_to_le32(5);
    used->idx = vwr_cpu_to_le16(1);
}

/*
 * Clause: pci.drv.cap.8 pci.drv.pcicfg.1 pci.drv.pcicfg.2 pci.drv.pcicfg.3. The device holds each access to
 * them (fake_pci.c): no capability but this is written, and the window lies in a structure.
 */
static void requests(void **state)
{
    const struct vwr_seg seg = {0x1000, 16};
    static struct vwr_chain chain[FAKE_PCI_QUEUES];
    struct vwr_chain *done;

    (void)state;
    start();
    memset(chain, 0, sizeof(chain));
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++) {
        assert_int_equal(vwr_queue_index(&queue[i]), i);
        assert_int_equal(device.queue[i].size, SIZE);
        assert_int_equal(device.queue[i].enable, 1);
        assert_int_equal(device.queue[i].area[0], (uint32_t)(uintptr_t)shared[i]);
        device.notifications = 0;
        assert_int_equal(vwr_queue_add(&queue[i], &seg, 0, 1, &chain[i]), VWR_OK);
        assert_true(vwr_queue_kick(&queue[i]));
        assert_int_equal(device.notifications, 1);
        assert_int_equal(device.notified[0].offset, 4 * i);
        assert_int_equal(device.notified[0].bytes, 2);
        assert_int_equal(device.notified[0].value, i);
        use_first(i);
        assert_int_equal(vwr_queue_get_used(&queue[i], &done), 1);
        assert_ptr_equal(done, &chain[i]);
        assert_int_equal(done->written, 5);
    }
    device.isr = VWR_PCI_ISR_QUEUE;
    assert_int_equal(vwr_dev_irq(dev), VWR_PCI_ISR_QUEUE);
    assert_int_equal(vwr_dev_irq(dev), 0);
}

/* The driver does not accept features that add data to a notification. */
static void features(void **state)
{
    (void)state;
    vwr_features_add(&device.offered, VWR_F_NOTIF_CONFIG_DATA);
    vwr_features_add(&device.offered, VWR_F_NOTIFICATION_DATA);
    vwr_features_add(&device.offered, VWR_F_RING_RESET);
    start();
    assert_true(vwr_features_have(&device.accepted, VWR_F_VERSION_1));
    assert_true(vwr_features_have(&device.accepted, VWR_F_RING_RESET));
    assert_false(vwr_features_have(&device.accepted, VWR_F_NOTIF_CONFIG_DATA));
    assert_false(vwr_features_have(&device.accepted, VWR_F_NOTIFICATION_DATA));
    device.queue[1].enable = 0; /* state after a reset, which this device completes immediately */
    assert_int_equal(vwr_dev_reset_queue_begin(dev, 1), VWR_OK);
    assert_int_equal(device.queue[1].reset, 1);
    assert_int_equal(device.queue[0].reset, 0);
}

static void read_three(const struct vwr_config *c, void *into)
{
    uint32_t *const got = into;

    got[0] = vwr_config_read8(c, 1);
    got[1] = vwr_config_read16(c, 2);
    got[2] = vwr_config_read32(c, 4);
}

/* Each field is accessed in its own width; nothing is accessed behind the end of the structure. */
static void configuration(void **state)
{
    static const uint8_t bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint32_t got[3];

    (void)state;
    start();
    memcpy(device.config, bytes, sizeof(bytes));
    assert_int_equal(vwr_dev_read_config(dev, read_three, got, sizeof(got)), VWR_OK);
    assert_int_equal(got[0], 2);
    assert_int_equal(got[1], 0x0403);
    assert_int_equal(got[2], 0x08070605);
    vwr_config_write8(&dev->config, 1, 0x11);
    vwr_config_write16(&dev->config, 2, 0x3322);
    vwr_config_write32(&dev->config, 4, 0x77665544);
    assert_memory_equal(device.config, "\x01\x11\x22\x33\x44\x55\x66\x77", 8);
    device.accesses = 0;
    assert_int_equal(vwr_config_read32(&dev->config, 0x1000), 0xffffffff);
    assert_int_equal(vwr_config_read16(&dev->config, 3), 0xffff);
    assert_int_equal(vwr_config_read8(&dev->config, 0x1001), 0xff);
    vwr_config_write8(&dev->config, 0x1000, 0);
    assert_int_equal(device.accesses, 0);
}

/* The device is reset and used again, then removed. */
static void reset_and_removed(void **state)
{
    (void)state;
    start();
    assert_int_equal(vwr_dev_reset(dev), VWR_OK);
    assert_int_equal(device.status, 0);
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++)
        device.queue[i].enable = 0;
    start();
    bus.gone_after = 1; /* its configuration space too */
    device.accesses = 0;
    assert_int_equal(vwr_dev_check(dev), VWR_EGONE);
    assert_int_equal(vwr_dev_reset(dev), VWR_EGONE);
    assert_int_equal(device.accesses, 0);
}

static void refuses(const char *why)
{
    char text[200];

    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    device.accesses = 0;
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_EVERSION);
    assert_int_equal(device.accesses, 0);
    assert_int_equal(dev->state, VWR_DEV_NONE);
    (void)vwr_pci_explain(&cfg.pci, text, sizeof(text));
    assert_non_null(strstr(text, why));
}

static void no_capability(void **state)
{
    struct function *const f = disk();

    (void)state;
    put8(f, 0x75, 0); /* the capability list ends before it */
    refuses("PCI_CFG at 0x0");
}

static void a_capability_that_is_too_short(void **state)
{
    struct function *const f = disk();

    (void)state;
    put8(f, f->cfg + 2, sizeof(struct vwr_pci_cap));
    refuses("PCI_CFG at 0x0");
}

/* A device whose BARs the CPU can access is driven directly in the same build. */
static void by_its_bars(void **state)
{
    (void)state;
    (void)disk_at(DISK);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe_modern(&pci, &host, DISK), VWR_OK);
    vwr_config_write8(&pci.dev.config, 5, 0x77);
    assert_int_equal(device.config[5], 0x77);
    assert_int_equal(vwr_config_read8(&pci.dev.config, 5), 0x77);
}

static void a_capability_that_does_not_hold(void **state)
{
    static const unsigned offsets[] = {VWR_PCI_CFG_CAP_CAP_LENGTH, VWR_PCI_CFG_CAP_CAP_OFFSET,
                                       VWR_PCI_CFG_CAP_CAP_BAR};
    struct function *f;

    (void)state;
    disk()->deaf = true;
    refuses("PCI_CFG at 0x84");
    (void)begin(NULL);
    f = disk();
    f->deaf_at = VWR_PCI_CFG_CAP_CAP_LENGTH; /* it always reads 4, which is written first */
    f->word[f->cfg / 4 + 3] = 4;
    refuses("PCI_CFG at 0x84");
    for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        (void)begin(NULL);
        disk()->deaf_at = offsets[i];
        refuses("PCI_CFG at 0x84");
    }
}

/*
 * A capability that ends beyond configuration space, one after the correct one, a duplicate structure, no
 * function.
 */
static void capabilities_that_are_none(void **state)
{
    struct function *f = disk();

    (void)state;
    put8(f, f->cfg + 1, 0xa0);
    put8(f, 0xa0, VWR_PCI_CAP_ID_VNDR);
    put8(f, 0xa1, 0xc0);
    put8(f, 0xa2, sizeof(struct vwr_pci_cfg_cap));
    put8(f, 0xa3, VWR_PCI_CAP_PCI_CFG);
    capability(f, 0xc0, VWR_PCI_CAP_ISR_CFG, 4, 0x3ff0, 4);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
    assert_int_equal(cfg.capability, 0x84);
    device.isr = VWR_PCI_ISR_QUEUE;
    negotiate();
    assert_int_equal(add_queue(0), VWR_OK);
    assert_int_equal(vwr_dev_start(dev), VWR_OK);
    assert_int_equal(vwr_dev_irq(dev), VWR_PCI_ISR_QUEUE); /* of the first structure */
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK + 1), VWR_ENODEV);
    (void)begin(NULL);
    f = disk_at(DISK);
    window.cpu = NULL;
    put8(f, 0x75, 0xf0); /* 16 bytes before the end */
    put8(f, 0xf0, VWR_PCI_CAP_ID_VNDR);
    put8(f, 0xf2, sizeof(struct vwr_pci_cfg_cap));
    put8(f, 0xf3, VWR_PCI_CAP_PCI_CFG);
    refuses("PCI_CFG at 0x0");
}

/* A structure that is shorter than the register that is read first. */
static void a_structure_that_is_too_short(void **state)
{
    struct function *const f = disk();

    (void)state;
    f->word[0x4c / 4] = 3;
    refuses("COMMON_CFG");
}

/* The same build, with a BAR that the CPU can access. */
static void by_loads_and_stores(void **state)
{
    const struct vwr_queue_memory m = {shared[1], sizeof(shared[1]), own[1], sizeof(own[1]), SIZE};
    static const struct vwr_features none;
    const struct vwr_feature_policy asked = {&none, &none, &none, NULL, 0, NULL};
    const struct vwr_seg seg = {0x1000, 16};
    static struct vwr_chain chain;

    (void)state;
    (void)disk_at(DISK);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_OK);
    assert_int_equal(vwr_dev_negotiate(&pci.dev, &asked), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&pci.dev, 1, &queue[1], &m, 0), VWR_OK);
    assert_int_equal(vwr_dev_start(&pci.dev), VWR_OK);
    device.notifications = 0;
    assert_int_equal(vwr_queue_add(&queue[1], &seg, 1, 0, &chain), VWR_OK);
    assert_true(vwr_queue_kick(&queue[1]));
    assert_true(device.notifications == 1 && device.notified[0].offset == 4);
}

/* A structure that ends at the end of the BAR, and one that ends one byte beyond it. */
static void a_structure_behind_its_bar(void **state)
{
    struct function *const f = disk();

    (void)state;
    f->word[0x6c / 4] = 0x1000;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
    f->word[0x6c / 4] = 0x1001;
    refuses("NOTIFY_CFG");
    f->word[0x68 / 4] = 0xfffffffc;
    refuses("NOTIFY_CFG");
}

/* The locations that the specification allows. Without a configuration, a class that reads none works. */
static void least_places(void **state)
{
    static const struct vwr_config_need needs[] = {{.bytes = 8, .feature = VWR_FEATURE_NONE}};
    static const struct vwr_features none;
    const struct vwr_feature_policy asked = {.want = &none, .needs = needs};
    struct function *const f = disk();
    char text[300];

    (void)state;
    f->word[0x4c / 4] = 56;
    f->word[0x58 / 4] = 0x1001; /* ISR status */
    f->word[0x5c / 4] = 1;
    f->word[0x68 / 4] = 0x3002; /* notifications */
    f->word[0x6c / 4] = 0x100;
    put8(f, 0x77, 200); /* device configuration */
    vwr_features_add(&device.offered, VWR_F_RING_RESET);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
    negotiate();
    assert_false(vwr_features_have(&device.accepted, VWR_F_RING_RESET));
    assert_int_equal(add_queue(1), VWR_OK);
    assert_int_equal(vwr_dev_reset(dev), VWR_OK);
    assert_int_equal(vwr_dev_negotiate(dev, &asked), VWR_ERANGE);
    (void)vwr_pci_explain(&cfg.pci, text, sizeof(text));
    assert_non_null(strstr(text, "needs 8 bytes of device configuration, 0 are there"));
}

static void a_structure_in_a_bar_that_is_not(void **state)
{
    (void)state;
    put8(disk(), 0x54, 2);
    refuses("ISR_CFG");
}

static void notified_behind_its_end(void **state)
{
    struct function *const f = disk();

    (void)state;
    f->word[0x6c / 4] = 6;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
    negotiate();
    assert_int_equal(add_queue(1), VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        f->word[0x6c / 4] = i == 0 ? 5 : 0x1000;
        f->word[0x70 / 4] = i == 0 ? 4 : 3; /* then an odd address within it */
        assert_int_equal(vwr_dev_reset(dev), VWR_OK);
        device.queue[1].enable = 0;
        assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
        negotiate();
        assert_int_equal(add_queue(1), VWR_ENOQUEUE);
    }
}

/* No window and no assigned address: PCI_CFG does not access a BAR by its address. */
static void without_windows(void **state)
{
    (void)state;
    (void)disk();
    host.window_count = 0;
    assert_int_equal(vwr_pci_probe_cfg(&cfg, &host, DISK), VWR_OK);
    assert_in_range(bus.reads + bus.writes, 1, VWR_PCI_PROBE_ACCESSES + 11);
    negotiate();
    assert_int_equal(add_queue(0), VWR_OK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(requests, begin),
        cmocka_unit_test_setup(features, begin),
        cmocka_unit_test_setup(configuration, begin),
        cmocka_unit_test_setup(reset_and_removed, begin),
        cmocka_unit_test_setup(no_capability, begin),
        cmocka_unit_test_setup(a_capability_that_is_too_short, begin),
        cmocka_unit_test_setup(by_its_bars, begin),
        cmocka_unit_test_setup(a_capability_that_does_not_hold, begin),
        cmocka_unit_test_setup(a_structure_behind_its_bar, begin),
        cmocka_unit_test_setup(least_places, begin),
        cmocka_unit_test_setup(a_structure_in_a_bar_that_is_not, begin),
        cmocka_unit_test_setup(notified_behind_its_end, begin),
        cmocka_unit_test_setup(without_windows, begin),
        cmocka_unit_test_setup(capabilities_that_are_none, begin),
        cmocka_unit_test_setup(a_structure_that_is_too_short, begin),
        cmocka_unit_test_setup(by_loads_and_stores, begin),
    };

    return cmocka_run_group_tests_name("pci by its configuration space", tests, NULL, NULL);
}
