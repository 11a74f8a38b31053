/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"

#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/status.h"

#include <stdio.h>
#include <string.h>

/* A legacy device through the header in its I/O BAR. */

#define SIZE 8u
#define LONG 1024u         /* more than a user expects */
#define EXTRA 40u          /* bytes of a class */
#define DISK 8u            /* its function */
#define PAGE 0x12345u      /* of the queue */
#define MSIX 0x40u         /* offset of the first capability */
#define MSIX_TABLE 0x3800u /* in BAR 4 */

static _Alignas(4096) uint8_t shared[VWR_QUEUE_SHARED_BYTES(SIZE)];
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(SIZE)];
static struct vwr_queue queue;

/* Two MSI-X capabilities, of which the first counts, and those of a modern device, which do not. */
static struct function *disk(void)
{
    struct function *const f = legacy_disk_at(DISK);

    f->word[COMMAND / 4] = 0x00100000;
    f->word[FIRST / 4] = MSIX;
    f->word[MSIX / 4] = 0x11u | 0x50u << 8 | 1u << 16;
    f->word[MSIX / 4 + 1] = MSIX_TABLE | 4u;
    f->word[0x50 / 4] = 0x11u | 0x60u << 8 | 6u << 16;
    capability(f, 0x60, VWR_PCI_CAP_DEVICE_CFG, 4, 0, 0x1000);
    f->word[BAR / 4 + 4] = WINDOW;
    f->bar_mask[4] = ~(BAR_BYTES - 1);
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++)
        legacy.queue[i].size = SIZE;
    legacy.offered = (uint32_t)1 << VWR_F_ANY_LAYOUT;
    fake_pci_dma = (uint64_t)PAGE * VWR_PCI_LEGACY_QUEUE_ALIGN;
    return f;
}

static void probe(void)
{
    (void)disk();
    assert_int_equal(vwr_pci_probe_legacy(&pci, &host, DISK), VWR_OK);
}

static int negotiate(void)
{
    static const struct vwr_features none;
    const struct vwr_feature_policy asked = {&none, &none, &none, NULL, 0, NULL};

    return vwr_dev_negotiate(&pci.dev, &asked);
}

static int add_queue(unsigned index)
{
    const struct vwr_queue_memory m = {shared, sizeof(shared), own, sizeof(own), SIZE};

    return vwr_dev_add_queue(&pci.dev, index, &queue, &m, 0);
}

static void explains(const char *words)
{
    char text[300];

    (void)vwr_dev_explain(&pci.dev, text, sizeof(text));
    assert_string_equal(text, words);
}

static void by_io_ports(void **state)
{
    const struct vwr_seg seg = {0x1000, 16};
    static struct vwr_chain chain;

    (void)state;
    probe();
    assert_int_equal(pci.dev.type, VWR_ID_BLOCK);
    assert_true(vwr_dev_is_legacy(&pci.dev));
    assert_int_equal(pci.vectors, 2);
    assert_int_equal((uintptr_t)pci.dev.config.base, FAKE_PCI_PORTS + VWR_PCI_LEGACY_CONFIG);
    assert_int_equal(bus.at[DISK]->word[COMMAND / 4] & 7u, 1); /* I/O enabled, memory and bus master not */
    assert_int_equal(negotiate(), VWR_OK);
    assert_int_equal(bus.at[DISK]->word[COMMAND / 4] & 7u, 5);
    assert_int_equal(legacy.accepted, legacy.offered);
    assert_int_equal(add_queue(1), VWR_OK);
    assert_int_equal(legacy.queue[1].page, PAGE);
    assert_int_equal(vwr_dev_start(&pci.dev), VWR_OK);
    assert_int_equal(legacy.status, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK);
    memset(&chain, 0, sizeof(chain));
    assert_int_equal(vwr_queue_add(&queue, &seg, 1, 0, &chain), VWR_OK);
    assert_true(vwr_queue_kick(&queue));
    assert_int_equal(legacy.notifications, 1);
    assert_int_equal(legacy.notified, 1);
    assert_int_equal(vwr_dev_check(&pci.dev), VWR_OK);
}

/* All registers read as ones: an 8-bit status must not be mistaken for a status with all bits set. */
static void removed(void **state)
{
    (void)state;
    probe();
    assert_int_equal(negotiate(), VWR_OK);
    assert_int_equal(add_queue(0), VWR_OK);
    assert_int_equal(vwr_dev_start(&pci.dev), VWR_OK);
    legacy.gone = true;
    assert_int_equal(vwr_dev_check(&pci.dev), VWR_EGONE);
    assert_int_equal(vwr_dev_reset(&pci.dev), VWR_EGONE);
}

/* The configuration follows the header in the BAR, or with MSI-X the vectors. */
static void small_bars(void **state)
{
    static const struct vwr_pci_message message = {0xfee00000, 33};
    static const struct {
        uint32_t bar, bytes;
        bool msix;
        int result;
    } rows[] = {{64, 16, false, VWR_OK},        {32, 12, false, VWR_OK},   {32, 13, false, VWR_ERANGE},
                {32, 8, true, VWR_OK},          {32, 9, true, VWR_ERANGE}, {0x100, 236, false, VWR_OK},
                {0x100, 237, false, VWR_ERANGE}};

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct vwr_config_need needs[] = {{(uint16_t)rows[i].bytes, VWR_FEATURE_NONE}};
        static const struct vwr_features none;
        const struct vwr_feature_policy asked = {.want = &none, .needs = needs};

        (void)begin(NULL);
        disk()->bar_mask[0] = ~(rows[i].bar - 1u);
        assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_OK);
        assert_int_equal(pci.dev.config.bytes, rows[i].bar - VWR_PCI_LEGACY_CONFIG);
        if (rows[i].msix)
            assert_int_equal(vwr_pci_use_msix(&pci, &message, 1), VWR_OK);
        assert_int_equal(vwr_dev_negotiate(&pci.dev, &asked), rows[i].result);
    }
    (void)begin(NULL);
    disk()->bar_mask[0] = ~15u; /* not even the header */
    assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_EVERSION);
}

static void no_such_device(void **state)
{
    (void)state;
    (void)function_at(16, 0x00011b36, 0);
    assert_int_equal(vwr_pci_probe_legacy(&pci, &host, 16), VWR_ENODEV);
    assert_int_equal(pci.dev.state, VWR_DEV_NONE);
    disk()->word[BAR / 4] = 0; /* firmware has placed it nowhere */
    host.window_count = 1;
    assert_int_equal(vwr_pci_probe_legacy(&pci, &host, DISK), VWR_EVERSION);
}

/* ---- queues that the device cannot have ---- */

enum obstacle { TOO_HIGH, HIGHEST, AT_PAGE_0, OTHER_SIZE, REFUSED, NO_VECTOR, OBSTACLES };

static void queue_that_cannot_be(void **state)
{
    static const struct vwr_pci_message message[2] = {{0xfee00000, 33}, {0xfee01000, 34}};
    static const struct {
        int result;
        uint32_t kind;
    } expected[OBSTACLES] = {
        [TOO_HIGH] = {VWR_ERANGE, VWR_FAULT_QUEUE_ADDRESS},
        [HIGHEST] = {VWR_OK, VWR_FAULT_NONE},
        [AT_PAGE_0] = {VWR_ERANGE, VWR_FAULT_QUEUE_ADDRESS},
        [OTHER_SIZE] = {VWR_ENOMEM, VWR_FAULT_PCI_SIZE},
        [REFUSED] = {VWR_ENOQUEUE, VWR_FAULT_QUEUE_REFUSED},
        [NO_VECTOR] = {VWR_ENOQUEUE, VWR_FAULT_PCI_VECTOR},
    };

    (void)state;
    for (unsigned i = 0; i < OBSTACLES; i++) {
        (void)begin(NULL);
        probe();
        assert_int_equal(vwr_pci_use_msix(&pci, message, 2), VWR_OK);
        assert_int_equal((uintptr_t)pci.dev.config.base, FAKE_PCI_PORTS + VWR_PCI_LEGACY_CONFIG_MSIX);
        assert_int_equal(negotiate(), VWR_OK);
        if (i == TOO_HIGH || i == HIGHEST)
            fake_pci_dma = ((uint64_t)UINT32_MAX + (i == TOO_HIGH)) * VWR_PCI_LEGACY_QUEUE_ALIGN;
        if (i == AT_PAGE_0)
            fake_pci_dma = 0; /* which the device treats as a queue that is not in use */
        if (i == OTHER_SIZE)
            legacy.queue[0].size = 2 * SIZE;
        legacy.refuses_addresses = i == REFUSED;
        legacy.refuses_vectors = i == NO_VECTOR;
        assert_int_equal(add_queue(0), expected[i].result);
        assert_int_equal(pci.dev.fault.kind, expected[i].kind);
        assert_int_equal(legacy.queue[0].page, i == HIGHEST ? UINT32_MAX : 0);
        if (i == HIGHEST) {
            assert_int_equal(legacy.config_vector, 0);
            assert_int_equal(legacy.queue[0].vector, 1);
        }
    }
}

/* An I/O BAR 0 of a device that is not transitional is not the legacy interface. */
static void not_transitional(void **state)
{
    struct function *const f = legacy_disk_at(DISK);
    char text[300];

    (void)state;
    f->word[ID / 4] = (VWR_PCI_DEVICE_ID_MODERN_BASE + VWR_ID_BLOCK) << 16 | VWR_PCI_VENDOR_ID;
    assert_int_equal(vwr_pci_probe(&pci, &host, DISK), VWR_EVERSION);
    (void)vwr_pci_explain(&pci, text, sizeof(text));
    assert_non_null(strstr(text, "no capability COMMON_CFG"));
    assert_int_equal(vwr_pci_probe_legacy(&pci, &host, DISK), VWR_EVERSION);
    (void)vwr_pci_explain(&pci, text, sizeof(text));
    assert_non_null(strstr(text, "the device ID 0x1042 is that of a device without the legacy interface"));
    assert_int_equal(legacy.status, 0);
}

/* ---- a queue that is longer than its memory ---- */

static void longer_than_its_memory(void **state)
{
    const struct vwr_queue_memory m = {shared, sizeof(shared), own, sizeof(own), SIZE};
    char words[300];

    (void)state;
    probe();
    legacy.queue[1].size = LONG;
    assert_int_equal(negotiate(), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&pci.dev, 1, &queue, &m, EXTRA), VWR_ENOMEM);
    snprintf(words, sizeof(words),
             "queue 1: it needs %zu bytes of shared memory for a ring of 8 descriptors and "
             "the requests; %zu were passed: VWR_QUEUE_SHARED_BYTES(), for a disk VWR_BLK_SHARED_BYTES(), "
             "for a client VWR_CLIENT_SHARED_BYTES(), computes the size",
             VWR_QUEUE_SHARED_BYTES_WITH(SIZE, EXTRA), sizeof(shared));
    explains(words);
    assert_int_equal(vwr_dev_reset(&pci.dev), VWR_OK);
    assert_int_equal(negotiate(), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&pci.dev, 1, &queue, &m, 0), VWR_ENOMEM);
    snprintf(
        words, sizeof(words),
        "queue 1: the device has 1024 descriptors, which the legacy interface cannot "
        "change: pass a size of 1024 and %zu bytes of shared memory for the ring and the requests; %zu bytes "
        "for fewer were passed",
        VWR_QUEUE_SHARED_BYTES(LONG), sizeof(shared));
    explains(words);
    legacy.queue[1].size = LONG + 1;
    assert_int_equal(vwr_dev_reset(&pci.dev), VWR_OK);
    assert_int_equal(negotiate(), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&pci.dev, 1, &queue, &m, 0), VWR_ENOMEM);
    explains("queue 1: the device has 1025 descriptors; in the legacy interface this is a power of 2, at "
             "most 32768");
}

/* The answer is the size that the memory must have, before and after the negotiation. */
static void memory_of_the_devices_size(void **state)
{
    static _Alignas(4096) uint8_t ring[VWR_QUEUE_SHARED_BYTES(LONG)];
    static _Alignas(8) uint8_t private[VWR_QUEUE_OWN_BYTES(LONG)];
    struct vwr_queue_memory m = {ring, sizeof(ring), private, sizeof(private), LONG};

    (void)state;
    probe();
    legacy.queue[0].size = LONG;
    legacy.status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER; /* of firmware, which left it in use */
    assert_int_equal(vwr_dev_queue_size_max(&pci.dev, 0), LONG);
    assert_int_equal(legacy.status, 0);
    assert_int_equal(vwr_dev_queue_size_max(&pci.dev, 1), SIZE);
    legacy.queue[1].size = 0;
    assert_int_equal(vwr_dev_queue_size_max(&pci.dev, 1), VWR_ENOQUEUE);
    explains("queue 1: QueueSizeMax reads 0: the device has no such queue");
    assert_int_equal(negotiate(), VWR_OK);
    legacy.queue[1].size = SIZE;
    assert_int_equal(vwr_dev_queue_size_max(&pci.dev, 0), LONG);
    assert_int_equal(vwr_dev_add_queue(&pci.dev, 0, &queue, &m, 0), VWR_OK);
    assert_int_equal(queue.size, LONG);
    m.size = 2 * SIZE; /* more than the device has */
    assert_int_equal(vwr_dev_add_queue(&pci.dev, 1, &queue, &m, 0), VWR_OK);
    assert_int_equal(queue.size, SIZE);
    assert_int_equal(vwr_dev_start(&pci.dev), VWR_OK);
    assert_int_equal(vwr_dev_queue_size_max(&pci.dev, 0), VWR_EINVAL); /* it would reset a live device */
    assert_int_equal(pci.dev.state, VWR_DEV_LIVE);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(by_io_ports, begin),
        cmocka_unit_test_setup(removed, begin),
        cmocka_unit_test_setup(small_bars, begin),
        cmocka_unit_test_setup(no_such_device, begin),
        cmocka_unit_test_setup(not_transitional, begin),
        cmocka_unit_test_setup(queue_that_cannot_be, begin),
        cmocka_unit_test_setup(longer_than_its_memory, begin),
        cmocka_unit_test_setup(memory_of_the_devices_size, begin),
    };

    return cmocka_run_group_tests_name("pci legacy", tests, NULL, NULL);
}
