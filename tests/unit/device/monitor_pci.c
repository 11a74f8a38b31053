/* SPDX-License-Identifier: MIT */
#include "monitor_case.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The monitor on the structures of virtio-pci: as in monitor.c, each case breaks one rule. */

#define RAM UINT64_C(0x40000000)
#define DESC 0x1000u
#define AVAIL 0x2000u
#define USED 0x3000u
#define DATA 0x8000u
#define SIZE 8u
#define QUEUES 2u

#define ACK (VWR_STATUS_ACKNOWLEDGE)
#define DRIVER (ACK | VWR_STATUS_DRIVER)
#define FEATURES (DRIVER | VWR_STATUS_FEATURES_OK)
#define RUNS (FEATURES | VWR_STATUS_DRIVER_OK)

static struct {
    _Alignas(4096) uint8_t ram[0x10000];
    struct vwr_monitor m;
    struct vwr_monitor_queue queue[QUEUES];
    struct vwr_monitor_entry entry[QUEUES * SIZE];
    struct vwr_features offered;
    bool has_vectors;
    uint16_t avail, used;
} w;

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    (void)context;
    if (addr - RAM >= sizeof(w.ram))
        return 0;
    *host = &w.ram[addr - RAM];
    return sizeof(w.ram) - (addr - RAM);
}

/* ---- accesses ---- */

/* A register of the common configuration, by its width. */
#define WR(field, value)                                                                             \
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, offsetof(struct vwr_pci_common_cfg, field), \
                           sizeof(((struct vwr_pci_common_cfg *)0)->field), true, value)
#define RD(field, value)                                                                             \
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, offsetof(struct vwr_pci_common_cfg, field), \
                           sizeof(((struct vwr_pci_common_cfg *)0)->field), false, value)

static void config(uint32_t offset, unsigned bytes, uint64_t value)
{
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_DEVICE_CFG, offset, bytes, false, value);
}

static void notify_by(unsigned bytes, uint32_t value)
{
    vwr_monitor_look(&w.m, VWR_BY_DRIVER);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_NOTIFY_CFG, 0, bytes, true, value);
}

static void read_isr(uint32_t value)
{
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_ISR_CFG, 0, 1, false, value);
}

static void address(size_t offset, uint64_t addr)
{
    for (unsigned half = 0; half < 2; half++)
        vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, offset + 4 * half, 4, true,
                               (uint32_t)(addr >> 32 * half));
}

static void status(uint32_t value)
{
    WR(device_status, value);
    RD(device_status, value);
}

/* ---- a start-up ---- */

static void begin(void)
{
    const struct vwr_monitor_setup s = {
        .thorough = true,
        .fields = vwr_blk_config_fields,
        .field_count = VWR_BLK_CONFIG_FIELD_COUNT,
        .feature_names = vwr_blk_feature_names,
        .run = run,
        .queue = w.queue,
        .queue_count = QUEUES,
        .entry_count = VWR_COUNT(w.entry),
        .entry = w.entry,
    };

    memset(&w, 0, sizeof(w));
    vwr_features_add(&w.offered, VWR_F_VERSION_1);
    vwr_features_add(&w.offered, VWR_F_RING_RESET);
    assert_int_equal(vwr_monitor_init(&w.m, &s), VWR_OK);
    RD(num_queues, QUEUES);
}

static void to_features(void)
{
    status(0);
    status(ACK);
    status(DRIVER);
    for (unsigned i = 0; i < 2; i++) {
        WR(device_feature_select, i);
        RD(device_feature, w.offered.w[i]);
        WR(driver_feature_select, i);
        WR(driver_feature, w.offered.w[i]);
        RD(driver_feature, w.offered.w[i]);
    }
    status(FEATURES);
}

static void vectors(void)
{
    if (!w.has_vectors)
        return;
    WR(config_msix_vector, 0);
    RD(config_msix_vector, 0);
    WR(queue_msix_vector, 1);
    RD(queue_msix_vector, 1);
}

/* The writes that set up the queue before it is enabled. */
static void queue_fields(void)
{
    WR(queue_select, 0);
    RD(queue_enable, 0);
    RD(queue_size, SIZE);
    vectors();
    address(offsetof(struct vwr_pci_common_cfg, queue_desc), RAM + DESC);
    address(offsetof(struct vwr_pci_common_cfg, queue_driver), RAM + AVAIL);
    address(offsetof(struct vwr_pci_common_cfg, queue_device), RAM + USED);
}

static void start_with(unsigned feature, bool has_vectors)
{
    begin();
    w.has_vectors = has_vectors;
    vwr_features_add(&w.offered, feature);
    to_features();
    queue_fields();
    WR(queue_enable, 1);
    status(RUNS);
}

static void start(void)
{
    start_with(VWR_BLK_F_FLUSH, false);
}

/* ---- the ring ---- */

static void put16(uint32_t at, uint32_t v)
{
    const uint16_t le = vwr_cpu_to_le16((uint16_t)v);

    memcpy(&w.ram[at], &le, sizeof(le));
}

static void put32(uint32_t at, uint32_t v)
{
    put16(at, v);
    put16(at + 2, v >> 16);
}

static void give(void)
{
    put32(DESC, (uint32_t)(RAM + DATA));
    put32(DESC + 8, 64);
    put16(DESC + 12, VWR_VIRTQ_DESC_F_WRITE);
    put16(AVAIL + 4 + 2 * (w.avail % SIZE), 0);
    put16(AVAIL + 2, ++w.avail);
    notify_by(2, 0);
}

static void use(void)
{
    put32(USED + 4 + 8 * (w.used % SIZE), 0);
    put32(USED + 8 + 8 * (w.used % SIZE), 64);
    put16(USED + 2, ++w.used);
    vwr_monitor_look(&w.m, VWR_BY_DEVICE);
}

void pci_is_right(void **state)
{
    (void)state;
    for (unsigned with_msix = 0; with_msix < 2; with_msix++) {
        start_with(VWR_BLK_F_FLUSH, with_msix == 1);
        for (unsigned i = 0; i < 20; i++) {
            give();
            use();
            vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE);
            if (!w.has_vectors)
                read_isr(VWR_PCI_ISR_QUEUE);
        }
        WR(queue_reset, 1);
        RD(queue_enable, 1);
        RD(queue_reset, 1);
        RD(queue_reset, 0);
        RD(queue_enable, 0);
        w.avail = w.used = 0;
        put32(AVAIL, 0);
        put32(USED, 0);
        queue_fields();
        WR(queue_enable, 1);
        give();
        use();
        vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG);
        read_isr(VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG);
        vwr_monitor_idle(&w.m);
        WR(device_status, 0);
        RD(device_status, RUNS); /* it takes a while */
        RD(queue_enable, 1);
        RD(device_status, 0);
        RD(queue_enable, 0);
        RD(queue_msix_vector, VWR_PCI_MSI_NO_VECTOR);
        assert_int_equal(w.m.found, 0);
        assert_int_equal(w.m.buffers, 21);
        assert_int_equal(w.m.lost, 0);
    }
}

/* A message that the driver had masked arrives after the buffers that it announces have been taken. */
void pci_message_may_be_late(void **state)
{
    (void)state;
    start_with(VWR_BLK_F_FLUSH, true);
    give();
    use();
    put16(AVAIL, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
    give();
    use();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE); /* wanted for the first buffer, not for the second */
    WR(queue_msix_vector, VWR_PCI_MSI_NO_VECTOR);
    RD(queue_msix_vector, VWR_PCI_MSI_NO_VECTOR);
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE); /* nothing is new */
    vwr_monitor_idle(&w.m);
    assert_int_equal(w.m.found, 0);
    start_with(VWR_BLK_F_FLUSH, true);
    put16(AVAIL, VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
    give();
    use();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE); /* for a buffer of an earlier time */
    assert_int_equal(w.m.found, 0);
}

/* ---- one rule broken ---- */

static void pci_read_only(void)
{
    begin();
    WR(num_queues, 1);
}

static void pci_width(void)
{
    begin();
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 4, false, 0);
}

static void pci_config_width(void)
{
    start();
    config(VWR_BLK_CONFIG_CAPACITY, 1, 0);
}

static void read_config(uint32_t generation, uint32_t low)
{
    RD(config_generation, generation);
    config(VWR_BLK_CONFIG_CAPACITY, 4, low);
    config(VWR_BLK_CONFIG_CAPACITY + 4, 4, 0);
    RD(config_generation, generation);
}

static void pci_generation(void)
{
    start();
    read_config(1, 100);
    read_config(2, 200);
    assert_int_equal(w.m.found, 0);
    read_config(2, 300);
}

static void pci_features_lost(void)
{
    start();
    WR(driver_feature_select, 1);
    RD(driver_feature, 0);
}

static void pci_reset_unread(void)
{
    begin();
    WR(device_status, 0);
    RD(device_status, RUNS);
    WR(device_status, ACK);
}

static void pci_reset_keeps(void)
{
    start();
    status(0);
    WR(queue_select, 0);
    RD(queue_enable, 1);
}

static void pci_queue_absent(void)
{
    begin();
    to_features();
    WR(queue_select, QUEUES);
    RD(queue_size, SIZE);
}

static void pci_device_queue_size(void)
{
    begin();
    to_features();
    WR(queue_select, 0);
    RD(queue_size, 6);
}

static void pci_queue_max(void)
{
    begin();
    to_features();
    WR(queue_select, 0);
    RD(queue_size, SIZE);
    WR(queue_size, 2 * SIZE);
}

static void pci_queue_empty(void)
{
    begin();
    vwr_features_add(&w.offered, VWR_F_RING_PACKED);
    to_features();
    WR(queue_size, 0);
}

static void pci_queue_shape(void)
{
    begin();
    to_features();
    WR(queue_size, 6);
}

static void pci_queue_unset(void)
{
    begin();
    to_features();
    RD(queue_size, SIZE);
    address(offsetof(struct vwr_pci_common_cfg, queue_desc), RAM + DESC);
    WR(queue_enable, 1);
}

static void pci_queue_frozen(void)
{
    start();
    WR(queue_size, SIZE);
}

static void pci_disabled(void)
{
    start();
    WR(queue_enable, 0);
}

static void pci_queue_reset_unread(void)
{
    start();
    WR(queue_reset, 1);
    RD(queue_reset, 1);
    queue_fields();
}

static void pci_queue_reset_reads(void)
{
    start();
    RD(queue_reset, 1);
}

static void pci_queue_reset_keeps(void)
{
    start();
    WR(queue_reset, 1);
    RD(queue_reset, 0);
    RD(queue_enable, 1);
}

static void pci_queue_reenabled(void)
{
    start();
    WR(queue_reset, 1);
    RD(queue_reset, 0);
    WR(queue_enable, 1);
}

static void with_administration(uint32_t index, uint32_t number)
{
    begin();
    vwr_features_add(&w.offered, VWR_F_ADMIN_VQ);
    to_features();
    RD(num_queues, 1);
    RD(admin_queue_index, index);
    RD(admin_queue_num, number);
}

static void pci_admin_index(void)
{
    with_administration(0, 1);
}

static void pci_admin_number(void)
{
    with_administration(0xffff, 2);
}

static void pci_admin_queue(void)
{
    with_administration(2, 1);
    assert_int_equal(w.m.found, 0);
    WR(queue_select, 1);
    RD(queue_size, SIZE);
    WR(queue_enable, 1);
}

static void pci_vector_unread(void)
{
    begin();
    to_features();
    WR(queue_select, 0);
    WR(queue_msix_vector, 1);
    status(RUNS);
}

static void pci_config_vector_unread(void)
{
    begin();
    to_features();
    WR(config_msix_vector, 1);
    status(RUNS);
}

static void pci_vector(void)
{
    begin();
    to_features();
    WR(config_msix_vector, 1);
    RD(config_msix_vector, 0);
}

static void pci_vector_kept(void)
{
    begin();
    status(0);
    RD(config_msix_vector, 0);
}

static void pci_notify_width(void)
{
    start();
    notify_by(4, 0);
}

static void pci_notify_queue(void)
{
    start();
    notify_by(2, 1);
}

static void pci_notify_data(void)
{
    start_with(VWR_F_NOTIF_CONFIG_DATA, false);
    RD(queue_notif_config_data, 7);
    notify_by(2, 7);
    assert_int_equal(w.m.found, 0);
    notify_by(2, 0);
}

static void pci_isr_config(void)
{
    start();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    read_isr(0);
}

static void pci_isr_queue(void)
{
    start();
    give();
    use();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE);
    read_isr(VWR_PCI_ISR_CONFIG);
}

static void pci_config_interrupt(void)
{
    start();
    WR(queue_msix_vector, 1);
    RD(queue_msix_vector, 1);
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
}

static void pci_queue_interrupt(void)
{
    start();
    WR(config_msix_vector, 0);
    RD(config_msix_vector, 0);
    give();
    use();
    vwr_monitor_idle(&w.m); /* there is none to wait for */
    assert_int_equal(w.m.found, 0);
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE);
}

static void pci_interrupt_missing(void)
{
    start_with(VWR_BLK_F_FLUSH, true);
    give();
    use();
    vwr_monitor_idle(&w.m);
}

static void pci_features_late(void)
{
    begin();
    to_features();
    WR(driver_feature, 0);
}

static void pci_notify_early(void)
{
    begin();
    to_features();
    queue_fields();
    WR(queue_enable, 1);
    notify_by(2, 0);
}

static void pci_config_early(void)
{
    begin();
    status(0);
    status(ACK);
    status(DRIVER);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_DEVICE_CFG, VWR_BLK_CONFIG_WRITEBACK, 1, true, 1);
}

static void pci_failed_used(void)
{
    start();
    status(RUNS | VWR_STATUS_FAILED);
    WR(queue_select, 0);
    assert_int_equal(w.m.found, 0);
    WR(queue_enable, 1);
}

static void pci_feature(void)
{
    begin();
    vwr_features_remove(&w.offered, VWR_F_RING_RESET);
    to_features();
    WR(queue_select, 0);
    WR(queue_reset, 1);
    RD(queue_enable, 1); /* then the device may answer anything */
    assert_int_equal(w.m.found, 1);
}

static void pci_queue_value(void)
{
    start();
    WR(queue_select, 0);
    WR(queue_reset, 0);
    assert_int_equal(w.m.found, 0);
    WR(queue_reset, 2);
    RD(queue_reset, 1); /* then the device may answer anything */
    RD(queue_enable, 0);
    assert_int_equal(w.m.found, 1);
}

static void pci_queue_enable_lost(void)
{
    start();
    WR(queue_select, 0);
    RD(queue_enable, 1);
    assert_int_equal(w.m.found, 0);
    RD(queue_enable, 0);
}

static void pci_queue_size_changed(void)
{
    begin();
    to_features();
    WR(queue_select, 0);
    RD(queue_size, 2 * SIZE);
    RD(queue_size, SIZE);
}

/* clang-format off */
#define CASE(name, basis) {#name, basis, name, &w.m},

const struct broken pci_cases[] = {
    CASE(pci_read_only, "pci.drv.common.1")
    CASE(pci_width, "pci.drv.layout.1")
    CASE(pci_config_width, "pci.drv.layout.1")
    CASE(pci_generation, "pci.dev.common.6")
    CASE(pci_features_lost, "pci.dev.common.4")
    CASE(pci_reset_unread, "pci.drv.common.5")
    CASE(pci_reset_keeps, "pci.dev.common.8")
    CASE(pci_queue_absent, "pci.dev.common.14")
    CASE(pci_device_queue_size, "pci.dev.common.15")
    CASE(pci_queue_max, "section Common configuration structure layout")
    CASE(pci_queue_empty, "pci.drv.common.2")
    CASE(pci_queue_shape, "pci.drv.common.3")
    CASE(pci_queue_unset, "pci.drv.common.4")
    CASE(pci_queue_frozen, "pci.drv.common.4")
    CASE(pci_disabled, "pci.drv.common.6")
    CASE(pci_failed_used, "init.drv.14")
    CASE(pci_feature, "section Common configuration structure layout")
    CASE(pci_queue_value, "section Common configuration structure layout")
    CASE(pci_queue_enable_lost, "section Common configuration structure layout")
    CASE(pci_queue_size_changed, "section Common configuration structure layout")
    CASE(pci_queue_reset_unread, "pci.drv.common.7")
    CASE(pci_queue_reset_reads, "pci.dev.common.9")
    CASE(pci_queue_reset_keeps, "pci.dev.common.13")
    CASE(pci_queue_reenabled, "vq.drv.reenable.1")
    CASE(pci_admin_index, "pci.dev.common.16")
    CASE(pci_admin_number, "pci.dev.common.17")
    CASE(pci_admin_queue, "pci.drv.common.10")
    CASE(pci_vector_unread, "pci.drv.msix.5")
    CASE(pci_config_vector_unread, "pci.drv.msix.5")
    CASE(pci_vector, "pci.dev.msix.6")
    CASE(pci_vector_kept, "pci.dev.msix.7")
    CASE(pci_notify_width, "pci.drv.kick.1")
    CASE(pci_notify_queue, "pci.drv.kick.3")
    CASE(pci_notify_data, "pci.drv.kick.5")
    CASE(pci_isr_config, "pci.dev.isr.2")
    CASE(pci_isr_queue, "pci.dev.isr.3")
    CASE(pci_config_interrupt, "pci.dev.cfgnotif.1")
    CASE(pci_queue_interrupt, "pci.dev.usednotif.1")
    CASE(pci_interrupt_missing, "split.dev.usednotif.3")
    CASE(pci_features_late, "init.drv.9")
    CASE(pci_notify_early, "init.drv.15")
    CASE(pci_config_early, "init.drv.7")
};
/* clang-format on */
const size_t pci_case_count = sizeof(pci_cases) / sizeof(pci_cases[0]);

/* ---- next to the rules ---- */

/* INTx may be shared. */
static void pci_interrupt_of_another(void)
{
    start();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE);
    read_isr(VWR_PCI_ISR_QUEUE);
}

/* A line that is still asserted reports that more buffers were used. */
static void pci_isr_says_so(void)
{
    start();
    give();
    use();
    read_isr(VWR_PCI_ISR_QUEUE);
    vwr_monitor_idle(&w.m);
}

static void pci_isr_of_a_change(void)
{
    start();
    give();
    use();
    read_isr(VWR_PCI_ISR_CONFIG);
    vwr_monitor_idle(&w.m);
}

static void needs_reset(uint32_t vector)
{
    start();
    WR(queue_msix_vector, 1);
    RD(queue_msix_vector, 1);
    WR(config_msix_vector, vector);
    RD(config_msix_vector, vector);
    RD(device_status, RUNS | VWR_STATUS_DEVICE_NEEDS_RESET);
    vwr_monitor_idle(&w.m);
}

static void pci_needs_reset_without_vector(void)
{
    needs_reset(VWR_PCI_MSI_NO_VECTOR);
}

static void pci_needs_reset_with_vector(void)
{
    needs_reset(0);
}

static void config_vector(void)
{
    WR(config_msix_vector, 0);
    RD(config_msix_vector, 0);
}

static void pci_queue_interrupt_of_nothing(void)
{
    start();
    config_vector();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE);
}

/* Enables a queue that has the areas of the first one. */
static void enable(uint32_t queue, uint32_t size)
{
    WR(queue_select, queue);
    RD(queue_size, size);
    address(offsetof(struct vwr_pci_common_cfg, queue_desc), RAM + DESC);
    address(offsetof(struct vwr_pci_common_cfg, queue_driver), RAM + AVAIL);
    address(offsetof(struct vwr_pci_common_cfg, queue_device), RAM + USED);
    WR(queue_enable, 1);
}

/* The message may belong to a queue that is too long for the monitor. */
static void pci_queue_interrupt_of_a_long_queue(void)
{
    begin();
    to_features();
    enable(0, SIZE);
    enable(1, 2 * SIZE);
    config_vector();
    status(RUNS);
    give();
    use();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_QUEUE);
}

static void pci_reads_before_any_reset(void)
{
    begin();
    RD(config_msix_vector, 3);
    RD(queue_enable, 1);
}

static void pci_vector_before_the_reset_is_complete(void)
{
    begin();
    WR(device_status, 0);
    RD(config_msix_vector, 3);
}

static void pci_absent_queue_of_no_descriptors(void)
{
    begin();
    to_features();
    WR(queue_select, QUEUES);
    RD(queue_size, 0);
}

/* A driver that has not read the number of queues. */
static void begin_uncounted(unsigned feature)
{
    begin();
    w.m.has_queues = false;
    w.m.queues = 0;
    vwr_features_add(&w.offered, feature);
}

static void pci_number_of_queues_unread(void)
{
    begin_uncounted(VWR_BLK_F_FLUSH);
    to_features();
    WR(queue_select, QUEUES);
    RD(queue_size, SIZE);
}

/* The value that the driver reads back is not the maximum size. */
static void pci_size_read_back(void)
{
    begin();
    to_features();
    WR(queue_size, SIZE / 2);
    RD(queue_size, SIZE / 2);
    WR(queue_size, SIZE);
}

/* A device that returns a different value while the queue is in use: the monitor has no memory for it. */
static void pci_size_of_a_queue_in_use(void)
{
    start();
    WR(queue_select, 0);
    RD(queue_size, 4 * SIZE);
    assert_int_equal(w.queue[0].size, SIZE);
    give();
    use();
}

static void pci_queue_of_no_descriptors(void)
{
    begin();
    to_features();
    enable(0, 0);
    assert_false(w.queue[0].followed);
}

static void pci_packed_queue_of_unread_size(void)
{
    begin();
    vwr_features_add(&w.offered, VWR_F_RING_PACKED);
    to_features();
    address(offsetof(struct vwr_pci_common_cfg, queue_desc), DESC);
    address(offsetof(struct vwr_pci_common_cfg, queue_driver), AVAIL);
    address(offsetof(struct vwr_pci_common_cfg, queue_device), USED);
    WR(queue_enable, 1);
    assert_false(w.queue[0].followed);
}

/* The features say whether the ring is packed, in which a queue may have any size. */
static void pci_size_before_the_features(void)
{
    begin();
    status(0);
    status(ACK);
    status(DRIVER);
    RD(queue_size, 6);
    enable(0, 6);
    assert_false(w.queue[0].followed);
}

static void pci_registers_of_no_queue(void)
{
    begin();
    to_features();
    WR(queue_select, QUEUES);
    WR(queue_size, SIZE);
    RD(queue_enable, 1);
}

/* Enables a queue, after administration has queues from this index on. */
static void enable_with_administration(uint32_t index, uint32_t queue)
{
    with_administration(index, 1);
    assert_int_equal(w.m.found, 0);
    enable(queue, SIZE);
    assert_true(w.queue[queue].followed);
}

static void pci_admin_queue_is_there(void)
{
    enable_with_administration(1, 1);
}

static void pci_admin_queue_is_elsewhere(void)
{
    enable_with_administration(2, 1);
}

static void pci_queue_before_those_of_administration(void)
{
    enable_with_administration(2, 0);
}

static void pci_admin_queues_unread(void)
{
    begin();
    vwr_features_add(&w.offered, VWR_F_ADMIN_VQ);
    to_features();
    RD(num_queues, 1);
    enable(1, SIZE);
}

static void pci_admin_queue_with_queues_unread(void)
{
    begin_uncounted(VWR_F_ADMIN_VQ);
    to_features();
    RD(admin_queue_index, 0);
    RD(admin_queue_num, 1);
    enable(1, SIZE);
}

static void pci_words_that_no_feature_has(void)
{
    start();
    WR(driver_feature_select, 32);
    RD(driver_feature, 0);
}

static void pci_features_unread(void)
{
    begin();
    status(0);
    status(ACK);
    status(DRIVER);
    WR(driver_feature_select, 0);
    WR(driver_feature, 1);
    RD(driver_feature, 0);
}

static void pci_write_after_failed(void)
{
    begin();
    to_features();
    WR(device_status, FEATURES | VWR_STATUS_FAILED);
    WR(queue_size, SIZE);
}

/* Without RING_RESET there is no such register. */
static void pci_register_without_its_feature(void)
{
    begin();
    vwr_features_remove(&w.offered, VWR_F_RING_RESET);
    to_features();
    enable(0, SIZE);
    status(RUNS);
    RD(queue_reset, 1);
    WR(queue_reset, 1);
    give();
    use();
    assert_int_equal(w.m.buffers, 1);
}

static void pci_reset_of_no_queue(void)
{
    start();
    WR(queue_reset, 0);
    give();
    use();
    assert_int_equal(w.m.buffers, 1);
}

/* Registers that say nothing. */
static void pci_selectors(void)
{
    start();
    RD(device_feature_select, 1);
    RD(driver_feature_select, 1);
    RD(queue_select, 0);
    RD(queue_notify_off, 0);
}

/* Accesses in the other direction, or beyond a structure. */
static void pci_accesses_that_say_nothing(void)
{
    start();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_ISR_CFG, 0, 1, true, 0);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_NOTIFY_CFG, 0, 4, false, 0);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, sizeof(struct vwr_pci_common_cfg), 4, true, 0);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_DEVICE_CFG, 0x10000, 1, false, 0);
    assert_int_equal(w.m.isr, VWR_PCI_ISR_CONFIG);
}

/* clang-format off */
const struct edge pci_edges[] = {
    QUIET(pci_interrupt_of_another)
    QUIET(pci_isr_says_so)
    EDGE(pci_isr_of_a_change, VWR_RULE_INTERRUPT_MISSING)
    QUIET(pci_needs_reset_without_vector)
    EDGE(pci_needs_reset_with_vector, VWR_RULE_NEEDS_RESET_SILENT)
    QUIET(pci_queue_interrupt_of_nothing)
    QUIET(pci_queue_interrupt_of_a_long_queue)
    QUIET(pci_reads_before_any_reset)
    QUIET(pci_vector_before_the_reset_is_complete)
    QUIET(pci_absent_queue_of_no_descriptors)
    QUIET(pci_number_of_queues_unread)
    QUIET(pci_size_read_back)
    EDGE(pci_size_of_a_queue_in_use, VWR_RULE_PCI_QUEUE_SIZE_CHANGED)
    QUIET(pci_queue_of_no_descriptors)
    QUIET(pci_packed_queue_of_unread_size)
    QUIET(pci_size_before_the_features)
    QUIET(pci_registers_of_no_queue)
    QUIET(pci_admin_queue_is_there)
    EDGE(pci_admin_queue_is_elsewhere, VWR_RULE_PCI_ADMIN_QUEUE)
    QUIET(pci_queue_before_those_of_administration)
    QUIET(pci_admin_queues_unread)
    QUIET(pci_admin_queue_with_queues_unread)
    QUIET(pci_words_that_no_feature_has)
    QUIET(pci_features_unread)
    EDGE(pci_write_after_failed, VWR_RULE_PCI_FAILED_USED)
    EDGE(pci_register_without_its_feature, VWR_RULE_PCI_FEATURE)
    QUIET(pci_reset_of_no_queue)
    QUIET(pci_selectors)
    QUIET(pci_accesses_that_say_nothing)
};
/* clang-format on */
const size_t pci_edge_count = sizeof(pci_edges) / sizeof(pci_edges[0]);
