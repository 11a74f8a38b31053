/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"

#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

#include <string.h>

/* A modern device through its registers: features, queues, the contents of a notification. */

#define SIZE 8u

static _Alignas(4096) uint8_t shared[FAKE_PCI_QUEUES][VWR_QUEUE_SHARED_BYTES(SIZE)];
static _Alignas(8) uint8_t own[FAKE_PCI_QUEUES][VWR_QUEUE_OWN_BYTES(SIZE)];
static struct vwr_queue queue[FAKE_PCI_QUEUES];

static void probe(void)
{
    (void)disk_at(8);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
}

static int negotiate(unsigned avoid)
{
    static const struct vwr_features none;
    struct vwr_features not_this;
    const struct vwr_feature_policy asked = {&none, &none, &not_this, NULL, 0, NULL};

    memset(&not_this, 0, sizeof(not_this));
    if (avoid != 0)
        vwr_features_add(&not_this, avoid);
    return vwr_dev_negotiate(&pci.dev, &asked);
}

static void add_queues(void)
{
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++) {
        const struct vwr_queue_memory m = {shared[i], sizeof(shared[i]), own[i], sizeof(own[i]), SIZE};

        assert_int_equal(vwr_dev_add_queue(&pci.dev, i, &queue[i], &m, 0), VWR_OK);
        assert_int_equal(vwr_queue_index(&queue[i]), i);
        assert_int_equal(device.queue[i].size, SIZE);
        assert_int_equal(device.queue[i].enable, 1);
        assert_int_equal(device.queue[i].area[0], (uint32_t)(uintptr_t)shared[i]);
    }
    assert_int_equal(vwr_dev_start(&pci.dev), VWR_OK);
}

/* Adds one buffer to each queue; checks the last notification. */
static void notify(uint32_t bytes, uint32_t value)
{
    const struct vwr_seg seg = {0x1000, 16};
    static struct vwr_chain chain[FAKE_PCI_QUEUES];

    memset(chain, 0, sizeof(chain));
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++) {
        device.notifications = 0;
        assert_int_equal(vwr_queue_add(&queue[i], &seg, 1, 0, &chain[i]), VWR_OK);
        assert_true(vwr_queue_kick(&queue[i]));
        assert_int_equal(device.notifications, 1);
        assert_int_equal(device.notified[0].offset, 4 * i); /* notify_off_multiplier */
        assert_int_equal(device.notified[0].bytes, bytes);
        assert_int_equal(device.notified[0].value, value + i);
    }
}

static void says_its_index(void **state)
{
    (void)state;
    probe();
    assert_int_equal(negotiate(0), VWR_OK);
    add_queues();
    notify(2, 0);
}

/* The value that the device requests instead of the queue index. */
static void says_what_the_device_wants(void **state)
{
    (void)state;
    probe();
    vwr_features_add(&device.offered, VWR_F_NOTIF_CONFIG_DATA);
    assert_int_equal(negotiate(0), VWR_OK);
    assert_true(vwr_features_have(&device.accepted, VWR_F_NOTIF_CONFIG_DATA));
    add_queues();
    notify(2, FAKE_PCI_NOTIF_DATA);
}

/* The same with the position in the ring. */
static void with_its_position(void **state)
{
    (void)state;
    probe();
    vwr_features_add(&device.offered, VWR_F_NOTIF_CONFIG_DATA);
    vwr_features_add(&device.offered, VWR_F_NOTIFICATION_DATA);
    assert_int_equal(negotiate(0), VWR_OK);
    add_queues();
    notify(4, FAKE_PCI_NOTIF_DATA | 1u << VWR_PCI_NOTIFICATION_DATA_VALUE_NEXT_OFF_SHIFT);
}

static void not_if_it_is_to_be_avoided(void **state)
{
    (void)state;
    probe();
    vwr_features_add(&device.offered, VWR_F_NOTIF_CONFIG_DATA);
    assert_int_equal(negotiate(VWR_F_NOTIF_CONFIG_DATA), VWR_OK);
    assert_false(vwr_features_have(&device.accepted, VWR_F_NOTIF_CONFIG_DATA));
    add_queues();
    notify(2, 0);
}

/* All registers read as ones: every call reports that the device is gone, and none waits for it. */
/* A device that insists on RING_RESET, as Apple's does. */
static void names_the_feature_that_was_left_out(void **state)
{
    char text[200];

    (void)state;
    probe();
    vwr_features_add(&device.offered, VWR_F_RING_RESET);
    device.refuses_status = VWR_STATUS_FEATURES_OK;
    assert_int_equal(negotiate(VWR_F_RING_RESET), VWR_EFEATURE);
    (void)vwr_pci_explain(&pci, text, sizeof(text));
    assert_string_equal(text,
                        "the device refused this set of features: FEATURES_OK was set, status reads 0x3 "
                        "(ACKNOWLEDGE DRIVER); offered, but not accepted: RING_RESET (bit 40)");
}

static void removed(void **state)
{
    (void)state;
    probe();
    assert_int_equal(negotiate(0), VWR_OK);
    add_queues();
    device.gone = true;
    device.accesses = 0;
    assert_int_equal(vwr_dev_check(&pci.dev), VWR_EGONE);
    assert_int_equal(vwr_dev_reset(&pci.dev), VWR_EGONE);
    assert_int_equal(negotiate(0), VWR_EINVAL);
    assert_in_range(device.accesses, 1, 20);
}

/* The notification of queue 1 at the end of the structure, behind it, and at an odd address within it. */
static void notified_behind_its_end(void **state)
{
    static const struct {
        uint32_t bytes; /* of the notification structure */
        uint32_t multiplier;
        bool with_data; /* NOTIFICATION_DATA: 32 bits */
        int result;
    } rows[] = {{6, 4, false, VWR_OK},
                {5, 4, false, VWR_ENOQUEUE},
                {0x1000, 3, false, VWR_ENOQUEUE},
                {8, 4, true, VWR_OK},
                {7, 4, true, VWR_ENOQUEUE}};
    const struct vwr_queue_memory m = {shared[1], sizeof(shared[1]), own[1], sizeof(own[1]), SIZE};
    struct function *const f = disk_at(8);

    (void)state;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        f->word[0x6c / 4] = rows[i].bytes;
        f->word[0x70 / 4] = rows[i].multiplier;
        device.queue[1].enable = 0;
        if (rows[i].with_data)
            vwr_features_add(&device.offered, VWR_F_NOTIFICATION_DATA);
        assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
        assert_int_equal(negotiate(0), VWR_OK);
        assert_int_equal(vwr_dev_add_queue(&pci.dev, 1, &queue[1], &m, 0), rows[i].result);
        assert_int_equal(vwr_dev_reset(&pci.dev), VWR_OK);
    }
}

#define MSIX 0xa0u          /* offset of the capability */
#define MSIX_TABLE 0x3800u  /* in BAR 4 */
#define MSIX_MASKED 0x4000u /* Function Mask in Message Control */
#define MSIX_ENABLED 0x8000u

/* Firmware may have left all vectors masked. */
static void messages_are_not_masked(void **state)
{
    static const struct vwr_pci_message message[2] = {{0x1fee00000, 33}, {0xfee01000, 34}};
    struct function *const f = disk_at(8);

    (void)state;
    f->word[FIRST / 4] = MSIX;
    f->word[MSIX / 4] = 0x11u | CAPABILITY << 8 | (MSIX_MASKED | 1u) << 16;
    f->word[MSIX / 4 + 1] = MSIX_TABLE | 4u;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(pci.vectors, 2);
    assert_int_equal(vwr_pci_use_msix(&pci, message, 2), VWR_OK);
    assert_int_equal(f->word[MSIX / 4] >> 16 & (MSIX_ENABLED | MSIX_MASKED), MSIX_ENABLED);
}

static void explains(const char *words)
{
    char text[200];

    (void)vwr_pci_explain(&pci, text, sizeof(text));
    assert_string_equal(text, words);
}

static struct function *messages(unsigned count)
{
    static const struct vwr_pci_message message[3] = {{0xfee00000, 33}, {0xfee01000, 34}, {0xfee02000, 35}};
    struct function *const f = disk_at(8);

    f->word[FIRST / 4] = MSIX;
    f->word[MSIX / 4] = 0x11u | CAPABILITY << 8 | 2u << 16;
    f->word[MSIX / 4 + 1] = MSIX_TABLE | 4u;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(pci.vectors, 3);
    assert_int_equal(vwr_pci_use_msix(&pci, message, 0), VWR_EINVAL);
    assert_int_equal(vwr_pci_use_msix(&pci, message, 4), VWR_EUNSUPP);
    explains("4 MSI-X messages were passed, and the device has 3 vectors");
    assert_int_equal(vwr_pci_use_msix(&pci, message, count), VWR_OK);
    assert_int_equal(negotiate(0), VWR_OK);
    return f;
}

/* The first message is for changes of the configuration; the queues share the others, or the only one. */
static void messages_of_queues(void **state)
{
    static const uint16_t vectors[3][FAKE_PCI_QUEUES] = {{0, 0}, {1, 1}, {1, 2}};

    (void)state;
    for (unsigned count = 1; count <= 3; count++) {
        (void)begin(NULL);
        (void)messages(count);
        device.config_vector = 0xffff;
        add_queues();
        assert_int_equal(device.config_vector, 0);
        for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++)
            assert_int_equal(device.queue[i].vector, vectors[count - 1][i]);
    }
}

/* Clause: pci.drv.msix.1 pci.drv.msix.4. Table Size is the number of vectors less one. */
static void tables_of_any_size(void **state)
{
    static const struct vwr_pci_message message[3] = {{0xfee00000, 33}, {0xfee01000, 34}, {0xfee02000, 35}};
    static const unsigned sizes[] = {0, 1, 2, 0x3ff, 0x7ff};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const unsigned count = sizes[i] < 2 ? sizes[i] + 1 : 3;
        struct function *f;

        (void)begin(NULL);
        f = disk_at(8);
        f->bar_mask[4] = ~0xffffu;
        f->word[FIRST / 4] = MSIX;
        f->word[MSIX / 4] = 0x11u | CAPABILITY << 8 | sizes[i] << 16;
        f->word[MSIX / 4 + 1] = MSIX_TABLE | 4u;
        assert_int_equal(vwr_pci_place(&host), VWR_OK);
        assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
        assert_int_equal(pci.vectors, sizes[i] + 1);
        if (sizes[i] < 2)
            assert_int_equal(vwr_pci_use_msix(&pci, message, count + 1), VWR_EUNSUPP);
        assert_int_equal(vwr_pci_use_msix(&pci, message, count), VWR_OK);
        assert_int_equal(negotiate(0), VWR_OK);
        add_queues();
        assert_in_range(device.config_vector, 0, sizes[i]);
        for (unsigned q = 0; q < FAKE_PCI_QUEUES; q++)
            assert_in_range(device.queue[q].vector, 0, sizes[i]);
    }
}

/* Clause: pci.drv.isr.1 pci.drv.cfgnotif.1. One interrupt for both reasons; a message has none. */
static void reasons_of_an_interrupt(void **state)
{
    const uint32_t both = VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG;

    (void)state;
    probe();
    assert_int_equal(negotiate(0), VWR_OK);
    add_queues();
    device.isr = (uint8_t)both;
    assert_int_equal(vwr_dev_irq(&pci.dev), both);
    assert_int_equal(vwr_dev_irq(&pci.dev), 0);
    (void)begin(NULL);
    (void)messages(2);
    add_queues();
    device.isr = VWR_PCI_ISR_QUEUE;
    device.accesses = 0;
    assert_int_equal(vwr_dev_irq(&pci.dev), both);
    assert_int_equal(device.accesses, 0);
    assert_int_equal(device.isr, VWR_PCI_ISR_QUEUE);
}

/* A device that cannot assign a vector, or does not enable a queue; one that leaves while a queue is reset.
 */
static void queues_that_are_refused(void **state)
{
    const struct vwr_queue_memory m = {shared[0], sizeof(shared[0]), own[0], sizeof(own[0]), SIZE};
    struct vwr_fault fault;

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        (void)begin(NULL);
        (void)messages(2);
        device.refuses_config_vector = i == 0;
        device.refuses_queue_vector = i == 1;
        device.refuses_queue = i == 2;
        assert_int_equal(vwr_dev_add_queue(&pci.dev, 0, &queue[0], &m, 0), VWR_ENOQUEUE);
        assert_int_equal(pci.dev.fault.kind, i < 2 ? VWR_FAULT_PCI_VECTOR : VWR_FAULT_QUEUE_REFUSED);
        assert_int_equal(device.queue[0].enable, 0);
    }
    (void)begin(NULL);
    vwr_features_add(&device.offered, VWR_F_RING_RESET);
    (void)messages(2);
    add_queues();
    assert_int_equal(vwr_dev_reset_queue_begin(&pci.dev, 0), VWR_OK);
    device.gone = true;
    assert_int_equal(vwr_dev_reset_queue_poll(&pci.dev, 0, &fault), VWR_EGONE);
}

/* ---- regions of shared memory ---- */

#define REGION 0xa0u /* offset of the capability */
#define REGION_ID 3u
#define REGION_BAR 0x00040000u /* bytes, in BAR 2 */

static void set_region(struct function *f, unsigned bar, uint64_t offset, uint64_t bytes)
{
    capability(f, REGION, VWR_PCI_CAP_SHARED_MEMORY_CFG, (uint8_t)bar, (uint32_t)offset, (uint32_t)bytes);
    put8(f, REGION + 1, CAPABILITY);
    put8(f, REGION + 2, sizeof(struct vwr_pci_cap64));
    put8(f, REGION + 5, REGION_ID);
    f->word[REGION / 4 + 4] = (uint32_t)(offset >> 32);
    f->word[REGION / 4 + 5] = (uint32_t)(bytes >> 32);
    f->word[FIRST / 4] = REGION;
}

static struct function *region_at(uint32_t where)
{
    struct function *const f = disk_at(where);

    f->word[BAR / 4 + 2] = 4;
    f->bar_mask[2] = ~(REGION_BAR - 1);
    f->bar_mask[3] = 0xffffffffu;
    set_region(f, 2, 0x1000, 0x8000);
    return f;
}

static void regions_of_a_device(void **state)
{
    struct function *const f = region_at(8);
    struct vwr_region r;
    uint32_t words[64];

    (void)state;
    memset(&pci, 0, sizeof(pci));
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ENODEV); /* not probed */
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    memcpy(words, f->word, sizeof(words));
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_OK);
    assert_memory_equal(words, f->word, sizeof(words)); /* BARs and decoders are as before */
    assert_int_equal(r.addr, f->word[BAR / 4 + 2] - 4 + 0x1000);
    assert_int_equal(r.bytes, 0x8000);
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID - 1, &r), VWR_ENODEV);
    set_region(f, 2, REGION_BAR - 1, 1);
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_OK);
    set_region(f, 2, 0, REGION_BAR);
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_OK);
    vwr_dev_set_transport(&pci.dev, &vwr_pci_legacy);
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ENODEV);
}

static void regions_that_cannot_be(void **state)
{
    static const struct {
        unsigned bar;
        uint64_t offset;
        uint64_t bytes;
    } rows[] = {
        {2, 0, 0},
        {2, 0, REGION_BAR + 1},
        {2, REGION_BAR, 1},
        {2, 0x1000, REGION_BAR - 0xfff},
        {2, UINT64_C(1) << 32, 0x1000},
        {2, 0, UINT64_C(0x100001000)},
        {2, UINT64_MAX - 0xfff, 0x2000},
        {1, 0, 0x1000}, /* no BAR */
        {0, 0, 0x10},   /* of I/O */
        {5, 0, 0x1000}, /* of 64 bits, in the last register */
    };
    struct function *const f = region_at(8);
    struct vwr_region r;

    (void)state;
    f->word[BAR / 4] = 1;
    f->bar_mask[0] = ~UINT32_C(0xff);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    f->word[COMMAND / 4] |= 2;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    f->word[BAR / 4 + 5] = 4;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        set_region(f, rows[i].bar, rows[i].offset, rows[i].bytes);
        assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_EPROTO);
    }
    for (unsigned bar = 6; bar < 256; bar += 249) { /* reserved: the capability is ignored */
        set_region(f, bar, 0, 0x1000);
        assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ENODEV);
    }
    set_region(f, 2, 0, 0x1000);
    put8(f, REGION + 2, sizeof(struct vwr_pci_cap64) - 1); /* too short for its fields */
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ENODEV);
    put8(f, 0xf1, CAPABILITY); /* its fields are behind configuration space */
    put8(f, 0xf0, VWR_PCI_CAP_ID_VNDR);
    put8(f, 0xf2, sizeof(struct vwr_pci_cap64));
    put8(f, 0xf3, VWR_PCI_CAP_SHARED_MEMORY_CFG);
    put8(f, 0xf5, REGION_ID);
    f->word[FIRST / 4] = 0xf0;
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ENODEV);
    set_region(f, 2, 0, 0x1000);
    put8(f, REGION + 1, REGION); /* the list is a loop */
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID - 1, &r), VWR_ENODEV);
}

/* A BAR of 16 GiB above 4 GiB, in a window that is not mapped; then in none. */
static void large_region(void **state)
{
    struct vwr_pci_window windows[2];
    struct function *const f = disk_at(8);
    struct vwr_region r;

    (void)state;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    f->word[BAR / 4 + 2] = 4;
    f->word[BAR / 4 + 3] = 8; /* as firmware has placed it: 32 GiB */
    f->bar_mask[3] = ~UINT32_C(3);
    set_region(f, 2, UINT64_C(0x200000000), UINT64_C(0x200000000));
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ERANGE);
    windows[0] = window;
    windows[1] = (struct vwr_pci_window){
        .bus = UINT64_C(0x800000000), .bytes = UINT64_C(0x400000000), .kind = VWR_PCI_MEMORY_64};
    host.windows = windows;
    host.window_count = 2;
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_OK);
    assert_true(r.addr == UINT64_C(0xa00000000) && r.bytes == UINT64_C(0x200000000));
    assert_int_equal(f->word[BAR / 4 + 3], 8);
    windows[1].bytes--;
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ERANGE);
    windows[1] = (struct vwr_pci_window){
        .bus = UINT64_C(0x800000000), .bytes = UINT64_C(0x400000000), .kind = VWR_PCI_IO};
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_ERANGE);
    f->word[BAR / 4 + 3] = 0; /* no address bit is writable */
    f->bar_mask[3] = 0;
    assert_int_equal(vwr_pci_get_region(&pci, REGION_ID, &r), VWR_EPROTO);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(says_its_index, begin),
        cmocka_unit_test_setup(says_what_the_device_wants, begin),
        cmocka_unit_test_setup(with_its_position, begin),
        cmocka_unit_test_setup(not_if_it_is_to_be_avoided, begin),
        cmocka_unit_test_setup(names_the_feature_that_was_left_out, begin),
        cmocka_unit_test_setup(removed, begin),
        cmocka_unit_test_setup(notified_behind_its_end, begin),
        cmocka_unit_test_setup(messages_are_not_masked, begin),
        cmocka_unit_test_setup(messages_of_queues, begin),
        cmocka_unit_test_setup(queues_that_are_refused, begin),
        cmocka_unit_test_setup(tables_of_any_size, begin),
        cmocka_unit_test_setup(reasons_of_an_interrupt, begin),
        cmocka_unit_test_setup(regions_of_a_device, begin),
        cmocka_unit_test_setup(regions_that_cannot_be, begin),
        cmocka_unit_test_setup(large_region, begin),
    };

    return cmocka_run_group_tests_name("pci device", tests, NULL, NULL);
}
