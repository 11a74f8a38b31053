/* SPDX-License-Identifier: MIT */
#include "monitor_case.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The monitor on PCI configuration space: each case breaks one rule. Numbers in headers are PCI's. */

#define QUEUES 2u
#define SIZE 8u
#define ALL (~(uint32_t)0)

#define ID 0x00u
#define STATUS 0x06u
#define REVISION 0x08u
#define BAR 0x10u
#define SUBSYSTEM 0x2eu
#define FIRST 0x34u
#define INTERRUPT 0x08u /* of STATUS */
#define MSIX_ENABLE 0x8000u

/* Where its capabilities are, and a free place. */
#define COMMON 0x40u
#define NOTIFY 0x50u
#define ISR 0x64u
#define CONFIG 0x74u
#define WINDOW 0x84u
#define DATA (WINDOW + VWR_PCI_CFG_CAP_PCI_CFG_DATA)
#define MSIX 0x98u
#define REGION 0xa4u
#define REGION_2 0xbcu
#define VENDOR 0xd4u
#define AF 0xe0u
#define EXPRESS 0xe8u
#define END 0xf4u /* of the last one */

#define NOTIFY_OFFSET 0x1000u
#define NOTIFY_BYTES 0x20u
#define REGION_BYTES 0x1000u
#define VECTORS 4u

#define EXTENDED 0x100u
#define SR_IOV 0x140u
#define SR_IOV_CONTROL (SR_IOV + 8u)

#define DRIVER (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER)
#define FEATURES (DRIVER | VWR_STATUS_FEATURES_OK)

static struct {
    struct vwr_monitor m;
    struct vwr_monitor_queue queue[QUEUES];
    struct vwr_monitor_entry entry[QUEUES * SIZE];
    uint8_t space[256];
    uint32_t mask[6];
    struct vwr_features offered;
} w;

/* ---- the function ---- */

static void put(unsigned at, unsigned bytes, uint32_t value)
{
    for (unsigned i = 0; i < bytes; i++)
        w.space[at + i] = (uint8_t)(value >> 8 * i);
}

static void put_capability(unsigned at, unsigned bytes, unsigned type, uint32_t offset, uint32_t length)
{
    put(at, 4, VWR_PCI_CAP_ID_VNDR | (at + bytes) << 8 | bytes << 16 | type << 24);
    put(at + 8, 4, offset);
    put(at + 12, 4, length);
}

static void put_region(unsigned at, unsigned id, uint32_t offset)
{
    put_capability(at, 24, VWR_PCI_CAP_SHARED_MEMORY_CFG, offset, REGION_BYTES);
    put(at + VWR_PCI_CAP_BAR, 1, 2);
    put(at + VWR_PCI_CAP_ID, 1, id);
}

static void put_all(void)
{
    put(ID, 4, VWR_PCI_VENDOR_ID | (uint32_t)(VWR_PCI_DEVICE_ID_MODERN_BASE + VWR_ID_BLOCK) << 16);
    put(STATUS, 1, 0x10);
    put(REVISION, 1, VWR_PCI_REVISION_MODERN_MIN);
    put(BAR, 4, 0x4);
    put(BAR + 8, 4, 0xc);
    w.mask[0] = 0xffffc004;
    w.mask[1] = ALL;
    w.mask[2] = 0xffffe00c;
    w.mask[3] = ALL;
    put(SUBSYSTEM, 2, VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN);
    put(FIRST, 1, COMMON);
    put_capability(COMMON, 16, VWR_PCI_CAP_COMMON_CFG, 0, sizeof(struct vwr_pci_common_cfg));
    put_capability(NOTIFY, 20, VWR_PCI_CAP_NOTIFY_CFG, NOTIFY_OFFSET, NOTIFY_BYTES);
    put(NOTIFY + 16, 4, 4);
    put_capability(ISR, 16, VWR_PCI_CAP_ISR_CFG, 0x800, 1);
    put_capability(CONFIG, 16, VWR_PCI_CAP_DEVICE_CFG, 0x2000, 0x60);
    put_capability(WINDOW, 20, VWR_PCI_CAP_PCI_CFG, 0, 0);
    put(MSIX, 4, 0x11 | REGION << 8 | (VECTORS - 1) << 16);
    put_region(REGION, 0, 0);
    put_region(REGION_2, 1, REGION_BYTES);
    put(VENDOR, 4, VWR_PCI_CAP_ID_VNDR | AF << 8 | 12 << 16 | (uint32_t)VWR_PCI_CAP_VENDOR_CFG << 24);
    put(VENDOR + 4, 2, 0x1234);
    put(AF, 4, 0x13 | EXPRESS << 8 | 0x03060000);
    put(EXPRESS, 4, 0x10);
}

/* ---- the driver ---- */

static void read_as(unsigned at, unsigned bytes, uint32_t value)
{
    vwr_monitor_pci_space(&w.m, at, bytes, false, value);
}

static void rd(unsigned at, unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value |= (uint32_t)w.space[at + i] << 8 * i;
    read_as(at, bytes, value);
}

static void wr(unsigned at, unsigned bytes, uint32_t value)
{
    vwr_monitor_pci_space(&w.m, at, bytes, true, value);
}

#define WR(field, value)                                                                             \
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, offsetof(struct vwr_pci_common_cfg, field), \
                           sizeof(((struct vwr_pci_common_cfg *)0)->field), true, value)
#define RD(field, value)                                                                             \
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_COMMON_CFG, offsetof(struct vwr_pci_common_cfg, field), \
                           sizeof(((struct vwr_pci_common_cfg *)0)->field), false, value)

static void begin(void)
{
    const struct vwr_monitor_setup s = {
        .queue = w.queue, .queue_count = QUEUES, .entry_count = VWR_COUNT(w.entry), .entry = w.entry};

    memset(&w, 0, sizeof(w));
    put_all();
    vwr_features_add(&w.offered, VWR_F_VERSION_1);
    assert_int_equal(vwr_monitor_init(&w.m, &s), VWR_OK);
}

static void size_bars(void)
{
    for (unsigned i = 0; i < 6; i++) {
        rd(BAR + 4 * i, 4);
        wr(BAR + 4 * i, 4, ALL);
        read_as(BAR + 4 * i, 4, w.mask[i]);
        wr(BAR + 4 * i, 4, 0);
    }
}

static void read_ids(void)
{
    rd(ID, 4);
    rd(STATUS, 2);
    rd(REVISION, 4);
    rd(BAR, 4);
    rd(SUBSYSTEM, 2);
}

/* All capabilities, by as many bytes an access. */
static void read_list(unsigned bytes)
{
    rd(FIRST, 1);
    for (unsigned at = COMMON; at < END; at += bytes)
        rd(at, bytes);
}

static void find(void)
{
    read_ids();
    size_bars();
    read_list(4);
}

static void set_window(unsigned bar, uint32_t offset, uint32_t length)
{
    wr(WINDOW + VWR_PCI_CAP_BAR, 1, bar);
    wr(WINDOW + VWR_PCI_CAP_OFFSET, 4, offset);
    wr(WINDOW + VWR_PCI_CAP_LENGTH, 4, length);
}

static void read_features(void)
{
    for (unsigned i = 0; i < 2; i++) {
        WR(device_feature_select, i);
        RD(device_feature, w.offered.w[i]);
    }
}

static void status(uint32_t value)
{
    WR(device_status, value);
    RD(device_status, value);
}

static void negotiate(void)
{
    status(0);
    status(VWR_STATUS_ACKNOWLEDGE);
    status(DRIVER);
    read_features();
    for (unsigned i = 0; i < 2; i++) {
        WR(driver_feature_select, i);
        WR(driver_feature, w.offered.w[i]);
    }
    status(FEATURES);
}

static void with_data(void)
{
    begin();
    vwr_features_add(&w.offered, VWR_F_NOTIFICATION_DATA);
}

void space_is_right(void **state)
{
    (void)state;
    for (unsigned bytes = 1; bytes <= 4; bytes *= 2) {
        with_data();
        read_ids();
        size_bars();
        read_list(bytes);
        read_list(4);
        negotiate();
        RD(num_queues, QUEUES);
        WR(queue_select, 1);
        RD(queue_notify_off, NOTIFY_BYTES / 4 - 1);
        WR(config_msix_vector, VECTORS - 1);
        RD(config_msix_vector, VECTORS - 1);
        set_window(0, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1);
        read_as(DATA, 4, ALL - 0xff + FEATURES);
        assert_int_equal(w.m.found, 0);
        assert_int_equal(w.m.status, FEATURES);
    }
}

/* ---- one rule broken ---- */

static void space_list(void)
{
    begin();
    put(ISR + 1, 1, 0x3c);
    find();
}

static void space_list_begins_in_the_header(void)
{
    begin();
    put(FIRST, 1, 0x04);
    find();
}

static void space_list_has_a_loop(void)
{
    begin();
    put(CONFIG + 1, 1, NOTIFY);
    find();
    assert_int_equal(w.m.found, 1);
}

static void space_vendor(void)
{
    begin();
    put(ID, 2, 0x1234);
    read_ids();
}

static void device_id(uint32_t id)
{
    begin();
    put(ID + 2, 2, id);
    find();
}

static void space_device_id(void)
{
    device_id(VWR_PCI_DEVICE_ID_MODERN_BASE);
}

static void space_modern_id(void)
{
    device_id(VWR_TRANSITIONAL_NET);
}

static void space_revision(void)
{
    begin();
    put(REVISION, 1, 0);
    find();
}

static void space_subsystem(void)
{
    begin();
    put(SUBSYSTEM, 2, VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN - 1);
    find();
}

static void space_capability_written(void)
{
    begin();
    find();
    wr(COMMON + VWR_PCI_CAP_OFFSET, 4, 0x40);
}

static void space_capability_short(void)
{
    begin();
    put(NOTIFY + 2, 1, sizeof(struct vwr_pci_cap));
    find();
}

static void space_common_place(void)
{
    begin();
    put(COMMON + 8, 4, 2);
    find();
}

/* Another type in the place of one. */
static void without(unsigned at)
{
    begin();
    put(at + VWR_PCI_CAP_CFG_TYPE, 1, 0x77);
    find();
}

static void space_common_missing(void)
{
    without(COMMON);
}

static void space_notify_missing(void)
{
    without(NOTIFY);
}

static void space_isr_missing(void)
{
    without(ISR);
}

static void space_window_missing(void)
{
    without(WINDOW);
}

static void space_notify_place(void)
{
    begin();
    put(NOTIFY + 8, 4, NOTIFY_OFFSET + 1);
    find();
}

static void multiplier(uint32_t value)
{
    put(NOTIFY + 16, 4, value);
    find();
    read_features();
}

static void space_notify_multiplier(void)
{
    begin();
    multiplier(6);
}

static void space_notify_short(void)
{
    begin();
    put(NOTIFY + 12, 4, 1);
    find();
}

static void notify_off(uint32_t value)
{
    find();
    negotiate();
    RD(num_queues, QUEUES);
    WR(queue_select, 1);
    RD(queue_notify_off, value);
}

static void space_notify_length(void)
{
    begin();
    notify_off(NOTIFY_BYTES / 4);
}

static void space_data_place(void)
{
    with_data();
    put(NOTIFY + 8, 4, NOTIFY_OFFSET + 2);
    find();
    assert_int_equal(w.m.found, 0);
    read_features();
}

static void space_data_multiplier(void)
{
    with_data();
    multiplier(2);
}

static void space_data_short(void)
{
    with_data();
    put(NOTIFY + 12, 4, 2);
    find();
    assert_int_equal(w.m.found, 0);
    read_features();
}

static void space_data_length(void)
{
    with_data();
    put(NOTIFY + 12, 4, NOTIFY_BYTES - 2);
    notify_off(NOTIFY_BYTES / 4 - 1);
}

static void space_interrupt_status(void)
{
    begin();
    find();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    rd(STATUS, 2);
}

static void space_device_place(void)
{
    begin();
    put(CONFIG + 8, 4, 0x2002);
    find();
}

static void space_region_bar(void)
{
    begin();
    put(REGION_2 + 12, 4, REGION_BYTES + 1);
    find();
}

static void space_region_id(void)
{
    begin();
    put(REGION_2 + VWR_PCI_CAP_ID, 1, 0);
    find();
}

static void space_vendor_data_id(void)
{
    begin();
    put(VENDOR + 4, 2, VWR_PCI_VENDOR_ID);
    find();
}

static void space_vendor_data_length(void)
{
    begin();
    put(VENDOR + 2, 1, 10);
    find();
}

static void space_vendor_data_unread(void)
{
    begin();
    rd(FIRST, 1);
    for (unsigned at = COMMON; at <= VENDOR; at += 4)
        rd(at, 4);
    wr(VENDOR + 8, 4, 1);
}

static void window(unsigned bar, uint32_t offset, uint32_t length)
{
    begin();
    find();
    set_window(bar, offset, length);
    wr(DATA, 4, 0);
}

static void space_window_align(void)
{
    window(0, 2, 4);
}

static void space_window_length(void)
{
    window(0, 0, 3);
}

static void space_window_place(void)
{
    window(0, 0x3000, 4);
}

static void space_window_of_another_bar(void)
{
    window(1, 0, 4);
}

static void space_window_too_long(void)
{
    window(0, 0x800, 2);
}

static void space_vectors(void)
{
    begin();
    put(MSIX + 2, 2, 0);
    find();
}

static void space_vector_beyond(void)
{
    begin();
    find();
    WR(config_msix_vector, VECTORS);
}

static void space_vector_of_none(void)
{
    begin();
    put(WINDOW + 1, 1, REGION);
    find();
    WR(queue_msix_vector, 0);
}

/* Extended capabilities of PCI Express; `id`: id of the capability in the place of SR-IOV. */
static void extended(uint32_t id)
{
    read_as(EXTENDED, 4, 0x1 | 0x10000 | SR_IOV << 20);
    read_as(SR_IOV, 4, id | 0x10000);
}

static void offer_sr_iov(void)
{
    begin();
    vwr_features_add(&w.offered, VWR_F_SR_IOV);
}

static void space_device_sr_iov(void)
{
    offer_sr_iov();
    extended(0x2);
    negotiate();
}

static void space_sr_iov(void)
{
    begin();
    extended(0x2);
    WR(driver_feature_select, 1);
    status(0);
    status(VWR_STATUS_ACKNOWLEDGE);
    status(DRIVER);
    read_features();
    WR(driver_feature_select, 1);
    WR(driver_feature, w.offered.w[1] | 1u << (VWR_F_SR_IOV - 32));
    status(FEATURES);
}

static void space_sr_iov_early(void)
{
    offer_sr_iov();
    extended(0x10);
    wr(SR_IOV_CONTROL, 2, 1);
}

static void space_device_no_sr_iov(void)
{
    begin();
    extended(0x10);
    negotiate();
}

/* Accesses through the window are treated as accesses to the structure that it shows. */
static void space_window_to_common(void)
{
    begin();
    find();
    set_window(0, offsetof(struct vwr_pci_common_cfg, num_queues), 2);
    wr(DATA, 2, 1);
}

static void space_window_to_notify(void)
{
    begin();
    find();
    negotiate();
    set_window(0, NOTIFY_OFFSET, 2);
    wr(DATA, 4, 1);
}

/* clang-format off */
#define CASE(name, basis) {#name, basis, name, &w.m},

const struct broken space_cases[] = {
    CASE(space_list, "pci.dev.1")
    CASE(space_list_begins_in_the_header, "pci.dev.1")
    CASE(space_list_has_a_loop, "pci.dev.1")
    CASE(space_vendor, "pci.dev.disc.1")
    CASE(space_device_id, "pci.dev.disc.2")
    CASE(space_modern_id, "pci.dev.disc.4")
    CASE(space_revision, "pci.dev.disc.5")
    CASE(space_subsystem, "pci.dev.disc.6")
    CASE(space_capability_written, "pci.drv.cap.8")
    CASE(space_capability_short, "pci.dev.cap.1")
    CASE(space_common_place, "pci.dev.common.1")
    CASE(space_common_missing, "pci.dev.common.2")
    CASE(space_notify_missing, "pci.dev.notify.1")
    CASE(space_notify_place, "pci.dev.notify.2")
    CASE(space_notify_multiplier, "pci.dev.notify.3")
    CASE(space_notify_short, "pci.dev.notify.4")
    CASE(space_notify_length, "pci.dev.notify.6")
    CASE(space_data_multiplier, "pci.dev.notify.7")
    CASE(space_data_place, "pci.dev.notify.8")
    CASE(space_data_short, "pci.dev.notify.9")
    CASE(space_data_length, "pci.dev.notify.11")
    CASE(space_isr_missing, "pci.dev.isr.1")
    CASE(space_interrupt_status, "pci.dev.isr.4")
    CASE(space_device_place, "pci.dev.devcfg.1")
    CASE(space_region_bar, "pci.dev.shm.1")
    CASE(space_region_id, "pci.dev.shm.2")
    CASE(space_vendor_data_id, "pci.dev.vendor.1")
    CASE(space_vendor_data_length, "pci.dev.vendor.2")
    CASE(space_vendor_data_unread, "pci.drv.vendor.2")
    CASE(space_window_missing, "pci.dev.pcicfg.1")
    CASE(space_window_align, "pci.drv.pcicfg.1")
    CASE(space_window_length, "pci.drv.pcicfg.1")
    CASE(space_window_place, "pci.drv.pcicfg.3")
    CASE(space_window_of_another_bar, "pci.drv.pcicfg.3")
    CASE(space_window_too_long, "pci.drv.pcicfg.3")
    CASE(space_vectors, "pci.dev.msix.1")
    CASE(space_vector_beyond, "pci.drv.msix.4")
    CASE(space_vector_of_none, "pci.drv.msix.4")
    CASE(space_sr_iov, "rfeat.drv.10")
    CASE(space_sr_iov_early, "rfeat.drv.11")
    CASE(space_device_sr_iov, "rfeat.dev.10")
    CASE(space_device_no_sr_iov, "rfeat.dev.9")
    CASE(space_window_to_common, "pci.drv.common.1")
    CASE(space_window_to_notify, "init.drv.15")
};
/* clang-format on */
const size_t space_case_count = sizeof(space_cases) / sizeof(space_cases[0]);

/* ---- next to the rules ---- */

/* A slot that is empty reads as ones, and a function that is not ready has a vendor of its own. */
static void space_of_nobody(void)
{
    begin();
    put(ID, 4, ALL);
    read_ids();
    put(ID, 4, 0xffff0001);
    read_ids();
}

static void transitional(void)
{
    begin();
    put(ID + 2, 2, VWR_TRANSITIONAL_9P);
    put(REVISION, 1, VWR_PCI_REVISION_TRANSITIONAL);
    put(SUBSYSTEM, 2, VWR_ID_9P);
    put(BAR, 4, 1);
    w.mask[0] = 0xffffff01;
}

static void space_transitional(void)
{
    transitional();
    find();
}

static void space_last_id(void)
{
    device_id(VWR_PCI_DEVICE_ID_MAX);
}

static void space_beyond_the_last_id(void)
{
    device_id(VWR_PCI_DEVICE_ID_MAX + 1);
}

/* A value that was read once and has not changed is not checked again. */
static void space_is_read_twice(void)
{
    begin();
    put(COMMON + 8, 4, 2);
    put(ISR + VWR_PCI_CAP_CFG_TYPE, 1, 0x77);
    find();
    find();
    read_list(4);
    assert_int_equal(w.m.found, 2);
}

static void space_changes(void)
{
    begin();
    find();
    put(COMMON + 8, 4, 2);
    rd(COMMON + 8, 4);
}

/* A list that the driver has not read completely lacks nothing. */
static void space_types_unread(void)
{
    begin();
    put(ISR + VWR_PCI_CAP_CFG_TYPE, 1, 0x77);
    rd(FIRST, 1);
    for (unsigned at = COMMON; at < END; at += 4)
        rd(at, 2);
}

static void space_list_unfinished(void)
{
    begin();
    put(COMMON + VWR_PCI_CAP_CFG_TYPE, 1, 0x77);
    rd(FIRST, 1);
    for (unsigned at = COMMON; at < EXPRESS; at += 4)
        rd(at, 4);
}

static void space_list_is_empty(void)
{
    begin();
    put(FIRST, 1, 0);
    rd(FIRST, 1);
    assert_int_equal(w.m.found, 4);
}

static void space_head_unread(void)
{
    begin();
    put(COMMON + 8, 4, 2);
    for (unsigned at = COMMON; at < END; at += 4)
        rd(at, 4);
}

/* A capability at the end, of which nothing may be behind it. */
static void space_capability_at_the_end(void)
{
    begin();
    put(EXPRESS + 1, 1, 0xfc);
    put(0xfc, 4, VWR_PCI_CAP_ID_VNDR | 24u << 16 | (uint32_t)VWR_PCI_CAP_SHARED_MEMORY_CFG << 24);
    find();
    rd(0xfc, 4);
    set_window(0, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1);
    read_as(DATA, 1, 0);
}

static void space_of_a_legacy_device(void)
{
    begin();
    w.m.s.legacy = true;
    put(ID, 2, 0x1234);
    find();
}

/* Accesses that PCI does not have. */
static void space_accesses_of_no_width(void)
{
    begin();
    put(ID, 2, 0x1234);
    read_as(ID, 8, 0x1234);
    read_as(ID, 3, 0x1234);
    read_as(ID, 0, 0x1234);
    read_as(ID + 1, 2, 0x1234);
}

static void space_longer_capability(void)
{
    begin();
    put(ISR + 1, 1, WINDOW);
    put(ISR + 2, 1, 32);
    find();
}

static void space_notify_once_for_all(void)
{
    with_data();
    multiplier(0);
}

static void space_notify_unread_features(void)
{
    with_data();
    put(NOTIFY + 8, 4, NOTIFY_OFFSET + 2);
    put(NOTIFY + 12, 4, 2);
    put(NOTIFY + 16, 4, 2);
    find();
}

static void space_notify_after_the_features(void)
{
    with_data();
    read_features();
    put(NOTIFY + 16, 4, 2);
    find();
}

static void space_notify_by_two(void)
{
    begin();
    put(NOTIFY + 8, 4, NOTIFY_OFFSET + 2);
    put(NOTIFY + 12, 4, 2);
    multiplier(2);
    RD(num_queues, QUEUES);
    WR(queue_select, 1);
    RD(queue_notify_off, 0);
}

static void space_notify_off_of_no_queue(void)
{
    begin();
    find();
    negotiate();
    RD(num_queues, 1);
    WR(queue_select, 1);
    RD(queue_notify_off, NOTIFY_BYTES);
    WR(queue_select, QUEUES);
    RD(queue_notify_off, NOTIFY_BYTES);
}

static void space_notify_off_unread(void)
{
    begin();
    negotiate();
    RD(num_queues, QUEUES);
    RD(queue_notify_off, NOTIFY_BYTES);
}

static void space_notify_off_is_far(void)
{
    begin();
    put(NOTIFY + 16, 4, 0x80000000u);
    notify_off(2);
}

static void interrupt(uint32_t control)
{
    begin();
    find();
    wr(MSIX + 2, 2, control);
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    rd(STATUS, 2);
}

static void space_interrupt_by_msix(void)
{
    interrupt(MSIX_ENABLE);
}

static void space_interrupt_with_msix_off(void)
{
    interrupt(0);
}

static void space_msix_off_again(void)
{
    begin();
    find();
    wr(MSIX, 4, 0x80000000u);
    wr(MSIX + 3, 1, 0);
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    rd(STATUS - 2, 4);
    WR(config_msix_vector, VECTORS - 1);
    assert_int_equal(w.m.found, 1);
}

static void space_interrupt_is_there(void)
{
    begin();
    find();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    put(STATUS, 1, INTERRUPT);
    rd(STATUS, 2);
    vwr_monitor_pci_access(&w.m, VWR_PCI_CAP_ISR_CFG, 0, 1, false, VWR_PCI_ISR_CONFIG);
    put(STATUS, 1, 0);
    rd(STATUS, 2);
}

static void space_interrupt_of_unknown_kind(void)
{
    begin();
    read_ids();
    vwr_monitor_interrupt(&w.m, VWR_PCI_ISR_CONFIG);
    rd(STATUS, 2);
    rd(STATUS - 2, 2);
}

static void space_region_of_unknown_bar(void)
{
    begin();
    put(REGION_2 + 12, 4, REGION_BYTES + 1);
    read_list(4);
}

static void region(uint32_t low, uint32_t high, uint32_t bytes)
{
    begin();
    w.mask[2] = low;
    w.mask[3] = high;
    put(REGION_2 + 12, 4, bytes);
    find();
}

static void space_region_of_a_narrow_bar(void)
{
    region(0xffffe000, 0, REGION_BYTES);
}

static void space_region_beyond_a_narrow_bar(void)
{
    region(0xffffe000, 0, REGION_BYTES + 1);
}

static void space_region_of_an_io_bar(void)
{
    region(0xffffff01, 0, REGION_BYTES);
}

static void space_region_is_large(void)
{
    begin();
    w.mask[2] = 0xc;
    w.mask[3] = 0xfffffff0;
    put(REGION_2 + 20, 4, 0xf);
    put(REGION_2 + 8, 4, ALL);
    put(REGION_2 + 12, 4, 1);
    find();
    assert_int_equal(w.m.found, 0);
    put(REGION_2 + 20, 4, 0x10);
    rd(REGION_2 + 20, 4);
}

static void space_region_wraps(void)
{
    begin();
    put(REGION_2 + 16, 4, ALL);
    put(REGION_2 + 20, 4, 1);
    find();
}

static void space_region_of_no_bar(void)
{
    begin();
    put(REGION_2 + VWR_PCI_CAP_BAR, 1, 6);
    put(REGION_2 + 12, 4, ALL);
    find();
}

/* An address is no size. */
static void space_bar_is_placed(void)
{
    begin();
    put(BAR + 8, 4, 0xfffff00c);
    rd(BAR + 8, 4);
    wr(BAR + 8, 4, 0xfffff000);
    rd(BAR + 8, 4);
    wr(BAR + 12, 4, ALL);
    wr(BAR + 12, 4, 1);
    read_as(BAR + 12, 4, ALL);
    read_list(4);
}

static void space_vendor_data(void)
{
    begin();
    find();
    wr(VENDOR + 8, 4, 1);
}

static void space_vendor_head(void)
{
    begin();
    find();
    wr(VENDOR + 4, 2, 1);
}

static void space_window_head(void)
{
    begin();
    find();
    wr(WINDOW + 3, 1, 1);
}

static void space_last_byte_written(void)
{
    begin();
    find();
    wr(NOTIFY + 19, 1, 1);
}

/* A driver that does not read cap_len knows 16 bytes. */
static void space_written_with_cap_len_unread(void)
{
    begin();
    read_ids();
    rd(FIRST, 1);
    rd(COMMON, 2);
    rd(COMMON + VWR_PCI_CAP_CFG_TYPE, 1);
    wr(COMMON + VWR_PCI_CAP_BAR, 1, 1);
}

static void space_other_writes(void)
{
    begin();
    find();
    wr(4, 2, 7);
    wr(0x3c, 1, 10);
    wr(EXPRESS + 8, 2, 0x10);
    wr(AF + 4, 1, 0);
}

/* A vendor-specific capability whose type has not been read is not yet known to be virtio's. */
static void space_write_to_an_unknown_type(void)
{
    begin();
    rd(FIRST, 1);
    rd(COMMON, 2);
    wr(COMMON + 8, 4, 0);
}

/* A program that lists the configuration space reads the data of a window that is closed. */
static void space_window_is_closed(void)
{
    begin();
    find();
    read_as(DATA, 4, 1);
}

static void space_write_to_a_closed_window(void)
{
    begin();
    find();
    wr(DATA, 4, 0);
}

static void space_window_of_unknown_length(void)
{
    begin();
    rd(FIRST, 1);
    for (unsigned at = COMMON; at <= WINDOW; at += 4)
        rd(at, 4);
    wr(DATA, 4, 0);
    wr(WINDOW + VWR_PCI_CAP_LENGTH, 4, 3);
    wr(DATA, 4, 0);
}

static void space_window_of_unknown_structures(void)
{
    begin();
    rd(FIRST, 1);
    for (unsigned at = COMMON; at < END; at += 4)
        if (at != CONFIG + 12)
            rd(at, 4);
    set_window(0, 0x3000, 4);
    wr(DATA, 4, 0);
}

static void space_window_to_a_region(void)
{
    begin();
    find();
    set_window(2, 2 * REGION_BYTES - 4, 4);
    wr(DATA, 4, 0);
    read_as(DATA, 4, 0);
}

static void space_window_behind_a_region(void)
{
    begin();
    find();
    set_window(2, 2 * REGION_BYTES, 4);
    read_as(DATA, 4, 0);
}

/* Less than cap.length bytes of the data; what the others are is unknown. */
static void space_window_in_part(void)
{
    begin();
    find();
    set_window(0, VWR_PCI_COMMON_CFG_NUM_QUEUES, 2);
    wr(DATA, 1, 1);
    wr(DATA + 2, 2, 1);
}

static void space_window_is_read(void)
{
    begin();
    find();
    set_window(0, VWR_PCI_COMMON_CFG_NUM_QUEUES, 2);
    read_as(DATA, 4, 0xabcd0000 | QUEUES);
    assert_true(w.m.has_queues);
    assert_int_equal(w.m.queues, QUEUES);
}

static void space_no_vector(void)
{
    begin();
    find();
    WR(config_msix_vector, VWR_PCI_MSI_NO_VECTOR);
}

static void space_vectors_unknown(void)
{
    begin();
    read_ids();
    WR(config_msix_vector, VECTORS);
}

static void space_two_vectors(void)
{
    begin();
    put(MSIX + 2, 2, 1);
    find();
}

static void space_virtual_functions(void)
{
    offer_sr_iov();
    extended(0x10);
    wr(SR_IOV_CONTROL, 2, 0);
    negotiate();
    wr(SR_IOV_CONTROL + 2, 2, 1);
    wr(SR_IOV_CONTROL, 2, 1);
}

static void space_virtual_functions_unread(void)
{
    offer_sr_iov();
    read_as(EXTENDED, 4, 0x1 | 0x10000 | SR_IOV << 20);
    wr(8, 2, 1);
    negotiate();
}

static void space_extended_twice(void)
{
    offer_sr_iov();
    extended(0x10);
    extended(0x10);
    negotiate();
}

static void space_not_extended(void)
{
    offer_sr_iov();
    read_as(EXTENDED, 2, 0xffff);
    read_as(EXTENDED, 4, ALL);
    extended(0x10);
    negotiate();
}

static void is_reset(void)
{
    assert_int_equal(w.m.status, 0);
    set_window(0, 0x3000, 4); /* where it is, is unknown */
    WR(device_status, VWR_STATUS_ACKNOWLEDGE);
}

static void reset_by(unsigned at, unsigned bytes, uint32_t value)
{
    begin();
    find();
    negotiate();
    wr(at, bytes, value);
    is_reset();
}

static void space_reset_of_the_function(void)
{
    reset_by(AF + 4, 1, 1);
}

static void space_reset_by_express(void)
{
    reset_by(EXPRESS + 8, 2, 0x8000);
}

static void space_reset_by_a_bridge(void)
{
    begin();
    find();
    negotiate();
    vwr_monitor_pci_reset(&w.m);
    is_reset();
}

/* clang-format off */
const struct edge space_edges[] = {
    QUIET(space_of_nobody)
    QUIET(space_transitional)
    QUIET(space_last_id)
    EDGE(space_beyond_the_last_id, VWR_RULE_PCI_DEVICE_ID)
    EDGE(space_is_read_twice, VWR_RULE_PCI_COMMON_PLACE)
    EDGE(space_changes, VWR_RULE_PCI_COMMON_PLACE)
    QUIET(space_types_unread)
    QUIET(space_list_unfinished)
    EDGE(space_list_is_empty, VWR_RULE_PCI_COMMON_MISSING)
    QUIET(space_head_unread)
    QUIET(space_capability_at_the_end)
    QUIET(space_of_a_legacy_device)
    QUIET(space_accesses_of_no_width)
    QUIET(space_longer_capability)
    QUIET(space_notify_once_for_all)
    QUIET(space_notify_unread_features)
    EDGE(space_notify_after_the_features, VWR_RULE_PCI_DATA_MULTIPLIER)
    QUIET(space_notify_by_two)
    QUIET(space_notify_off_of_no_queue)
    QUIET(space_notify_off_unread)
    EDGE(space_notify_off_is_far, VWR_RULE_PCI_NOTIFY_LENGTH)
    QUIET(space_interrupt_by_msix)
    EDGE(space_interrupt_with_msix_off, VWR_RULE_PCI_INTERRUPT_STATUS)
    EDGE(space_msix_off_again, VWR_RULE_PCI_INTERRUPT_STATUS)
    QUIET(space_interrupt_is_there)
    QUIET(space_interrupt_of_unknown_kind)
    QUIET(space_region_of_unknown_bar)
    QUIET(space_region_of_a_narrow_bar)
    EDGE(space_region_beyond_a_narrow_bar, VWR_RULE_PCI_REGION_BAR)
    QUIET(space_region_of_an_io_bar)
    EDGE(space_region_is_large, VWR_RULE_PCI_REGION_BAR)
    EDGE(space_region_wraps, VWR_RULE_PCI_REGION_BAR)
    QUIET(space_region_of_no_bar)
    QUIET(space_bar_is_placed)
    QUIET(space_vendor_data)
    EDGE(space_vendor_head, VWR_RULE_PCI_CAPABILITY_WRITTEN)
    EDGE(space_window_head, VWR_RULE_PCI_CAPABILITY_WRITTEN)
    EDGE(space_last_byte_written, VWR_RULE_PCI_CAPABILITY_WRITTEN)
    EDGE(space_written_with_cap_len_unread, VWR_RULE_PCI_CAPABILITY_WRITTEN)
    QUIET(space_other_writes)
    QUIET(space_write_to_an_unknown_type)
    QUIET(space_window_is_closed)
    EDGE(space_write_to_a_closed_window, VWR_RULE_PCI_WINDOW_ALIGN)
    QUIET(space_window_of_unknown_length)
    QUIET(space_window_of_unknown_structures)
    QUIET(space_window_to_a_region)
    EDGE(space_window_behind_a_region, VWR_RULE_PCI_WINDOW_PLACE)
    QUIET(space_window_in_part)
    QUIET(space_window_is_read)
    QUIET(space_no_vector)
    QUIET(space_vectors_unknown)
    QUIET(space_two_vectors)
    QUIET(space_virtual_functions)
    QUIET(space_virtual_functions_unread)
    QUIET(space_extended_twice)
    EDGE(space_not_extended, VWR_RULE_PCI_DEVICE_SR_IOV)
    QUIET(space_reset_of_the_function)
    QUIET(space_reset_by_express)
    QUIET(space_reset_by_a_bridge)
};
/* clang-format on */
const size_t space_edge_count = sizeof(space_edges) / sizeof(space_edges[0]);
