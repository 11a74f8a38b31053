/* SPDX-License-Identifier: MIT */
/* Tests generated accessors and tables on plain memory, and prints each line that fails. */
#include <stdio.h>
#include <string.h>

#include "vwr/access.h"
#include "vwr/gen/balloon.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/fs.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/iommu.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

static int failures;

static void check(int line, bool held, const char *text)
{
    if (!held) {
        printf("accessors.c:%d: %s\n", line, text);
        failures = 1;
    }
}

#define CHECK(condition) check(__LINE__, condition, #condition)

union block {
    uint8_t bytes[VWR_MMIO_SIZE];
    uint32_t words[VWR_MMIO_SIZE / 4];
};

static bool bytes_at(const union block *b, unsigned offset, uint8_t first, uint8_t second)
{
    return b->bytes[offset] == first && b->bytes[offset + 1] == second;
}

static void registers(void)
{
    static union block b;

    vwr_mmio_set_queue_notify(b.bytes, 0x1234u);
    CHECK(bytes_at(&b, 0x50, 0x34, 0x12));
    vwr_mmio_set_driver_features(b.bytes, 1, 0xabcdu);
    CHECK(bytes_at(&b, 0x24, 1, 0) && bytes_at(&b, 0x20, 0xcd, 0xab));
    vwr_mmio_modern_set_queue_desc(b.bytes, 3, 0x1122334455667788ULL);
    CHECK(bytes_at(&b, 0x30, 3, 0) && bytes_at(&b, 0x80, 0x88, 0x77) && bytes_at(&b, 0x84, 0x44, 0x33));
    memset(&b.bytes[0xb0], 0xff, 8);
    CHECK(vwr_mmio_modern_get_shm_len(b.bytes, 0) == VWR_MMIO_SHM_LEN_ABSENT);
    memcpy(b.bytes, "virt", 4);
    CHECK(vwr_mmio_get_magic_value(b.bytes) == VWR_MMIO_MAGIC_VALUE_VALUE);
    CHECK(vwr_mmio_config(b.bytes) == b.bytes + 0x100);
}

static void config(void)
{
    static union block b;
    struct vwr_config c = {.base = b.bytes};

    b.bytes[0] = 0x10, b.bytes[4] = 0x20;
    b.bytes[21] = 0x10, b.bytes[18] = 7, b.bytes[34] = 4;
    CHECK(vwr_blk_config_get_capacity(&c) == 0x2000000010ULL);
    CHECK(vwr_blk_config_get_blk_size(&c) == 512 && vwr_blk_config_get_num_queues(&c) == 1);
    CHECK(vwr_blk_config_get_geometry_heads(&c) == 0);
    CHECK(vwr_blk_config_set_writeback(&c, 1) == VWR_EFEATURE && b.bytes[32] == 0);
    CHECK(vwr_blk_config_get_writeback(&c) == 0);
    vwr_features_add(&c.features, VWR_BLK_F_FLUSH); /* without CONFIG_WCE the device then has a cache */
    CHECK(vwr_blk_config_get_writeback(&c) == 1);
    vwr_features_add(&c.features, VWR_BLK_F_BLK_SIZE);
    vwr_features_add(&c.features, VWR_BLK_F_GEOMETRY);
    vwr_features_add(&c.features, VWR_BLK_F_MQ);
    vwr_features_add(&c.features, VWR_BLK_F_CONFIG_WCE);
    CHECK(vwr_blk_config_get_blk_size(&c) == 4096 && vwr_blk_config_get_num_queues(&c) == 4);
    CHECK(vwr_blk_config_get_geometry_heads(&c) == 7);
    CHECK(vwr_blk_config_get_writeback(&c) == 0);
    CHECK(vwr_blk_config_set_writeback(&c, 1) == VWR_OK && b.bytes[32] == 1);
}

/* Fields that exist without a feature, and positions of queues. */
static void absent(void)
{
    static union block b;
    struct vwr_config c = {.base = b.bytes};
    struct vwr_features *const f = &c.features;

    CHECK(vwr_iommu_config_get_input_range_start(&c) == 0);
    CHECK(vwr_iommu_config_get_input_range_end(&c) == UINT64_MAX);
    CHECK(vwr_iommu_config_get_domain_range_end(&c) == UINT32_MAX);
    vwr_features_add(f, VWR_IOMMU_F_INPUT_RANGE);
    CHECK(vwr_iommu_config_get_input_range_end(&c) == 0);
    vwr_features_clear(f);
    CHECK(vwr_fs_queue_request_at(f, 0) == 1 && vwr_fs_queue_request_at(f, 3) == 4);
    CHECK(vwr_balloon_queue_free_page_vq_at(f) == 2 && vwr_balloon_queue_reporting_vq_at(f) == 2);
    vwr_features_add(f, VWR_BALLOON_F_STATS_VQ);
    CHECK(vwr_balloon_queue_reporting_vq_at(f) == 3);
    vwr_features_add(f, VWR_BALLOON_F_FREE_PAGE_HINT);
    CHECK(vwr_balloon_queue_free_page_vq_at(f) == 3 && vwr_balloon_queue_reporting_vq_at(f) == 4);
    vwr_features_add(f, VWR_FS_F_NOTIFICATION);
    CHECK(vwr_fs_queue_request_at(f, 0) == 2);
}

static void tables(void)
{
    for (unsigned i = 0; i < VWR_MMIO_REG_COUNT; i++) {
        const struct vwr_register *r = &vwr_mmio_registers[i];

        CHECK(r->reg == i && vwr_mmio_register_at[r->offset / 4] == i);
    }
    CHECK(vwr_mmio_register_at[0x1fc / 4] == VWR_MMIO_REG_CONFIG);
    CHECK(vwr_mmio_register_at[0x18 / 4] == VWR_REGISTER_NONE);
    CHECK(vwr_mmio_registers[VWR_MMIO_REG_QUEUE_RESET].feature == VWR_F_RING_RESET);
    CHECK(vwr_mmio_registers[VWR_MMIO_REG_QUEUE_RESET].must_be_set[1] == 0);
    CHECK(vwr_mmio_registers[VWR_MMIO_REG_QUEUE_NOTIFY].must_be_set[0] == VWR_STATUS_DRIVER);
    CHECK(vwr_mmio_registers[VWR_MMIO_REG_QUEUE_NOTIFY].must_be_set[1] == VWR_STATUS_DRIVER_OK);
    CHECK(vwr_status_steps[0].bit == VWR_STATUS_ACKNOWLEDGE);
    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) {
        const struct vwr_status_step *s = &vwr_status_steps[i];

        CHECK(s->bit != VWR_STATUS_SUSPEND || (!s->closes_queues && !s->opens_queues));
        CHECK(s->bit != VWR_STATUS_DEVICE_NEEDS_RESET || s->versions == (VWR_LEGACY | VWR_MODERN));
        CHECK(!s->clears || s->bit != VWR_STATUS_DRIVER_OK || s->after[1] & VWR_STATUS_DRIVER_OK);
    }
    CHECK(strcmp(vwr_name(vwr_id_names, VWR_ID_BLOCK), "Block device") == 0);
    CHECK(strcmp(vwr_name(vwr_blk_status_names, VWR_BLK_S_IOERR), "IOERR") == 0);
    CHECK(vwr_name(vwr_status_names, 32) == NULL);
    CHECK(strcmp(vwr_name(vwr_mmio_register_names, VWR_MMIO_QUEUE_DESC_HIGH), "QueueDescHigh") == 0);
}

/* Checks an access to the PCI common configuration by a driver that has set `status`. */
static enum vwr_access_check common(unsigned offset, unsigned bytes, bool is_write, uint8_t status,
                                    unsigned feature)
{
    static struct vwr_features f;
    const struct vwr_negotiation s = {false, status, &f};

    vwr_features_clear(&f);
    vwr_features_add(&f, feature);
    return vwr_check_register(&vwr_pci_common_cfg_registers[vwr_pci_common_cfg_register_at[offset]], offset,
                              bytes, is_write, &s);
}

static void pci(void)
{
    const uint8_t driver = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER,
                  ready = driver | VWR_STATUS_FEATURES_OK;
    const struct vwr_register *const size = &vwr_pci_common_cfg_registers[VWR_PCI_COMMON_CFG_REG_QUEUE_SIZE];
    const struct vwr_register *const enable =
        &vwr_pci_common_cfg_registers[VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE];

    for (unsigned i = 0; i < VWR_PCI_COMMON_CFG_REG_COUNT; i++) {
        const struct vwr_register *r = &vwr_pci_common_cfg_registers[i];

        CHECK(r->reg == i && vwr_pci_common_cfg_register_at[r->offset] == i && r->versions == VWR_MODERN);
        CHECK(vwr_pci_common_cfg_register_at[r->offset + r->bytes - 1u] == i && r->widths == r->bytes);
    }
    CHECK(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, true, 0, VWR_F_VERSION_1) == VWR_ALLOWED);
    CHECK(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS, 2, true, 0, VWR_F_VERSION_1) == VWR_NOT_WIDTH);
    CHECK(common(VWR_PCI_COMMON_CFG_QUEUE_SIZE + 1, 2, false, 0, VWR_F_VERSION_1) == VWR_NOT_WIDTH);
    CHECK(common(VWR_PCI_COMMON_CFG_QUEUE_DESC + 4, 4, true, ready, VWR_F_VERSION_1) == VWR_ALLOWED);
    CHECK(common(VWR_PCI_COMMON_CFG_QUEUE_DESC, 8, true, ready, VWR_F_VERSION_1) == VWR_NOT_WIDTH);
    CHECK(common(VWR_PCI_COMMON_CFG_NUM_QUEUES, 2, true, ready, VWR_F_VERSION_1) == VWR_NOT_DIRECTION);
    CHECK(common(VWR_PCI_COMMON_CFG_DRIVER_FEATURE, 4, true, 0, VWR_F_VERSION_1) == VWR_NOT_YET);
    CHECK(common(VWR_PCI_COMMON_CFG_DRIVER_FEATURE, 4, true, ready, VWR_F_VERSION_1) == VWR_NOT_NOW);
    CHECK(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 2, true, driver, VWR_F_VERSION_1) == VWR_NOT_YET);
    CHECK(common(VWR_PCI_COMMON_CFG_QUEUE_RESET, 2, true, ready, VWR_F_VERSION_1) == VWR_NOT_FEATURE);
    CHECK(common(VWR_PCI_COMMON_CFG_QUEUE_RESET, 2, true, ready, VWR_F_RING_RESET) == VWR_ALLOWED);
    CHECK(size->idle[1] == VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE &&
          size->bank == VWR_PCI_COMMON_CFG_REG_QUEUE_SELECT);
    CHECK(enable->write_once && !size->write_once && enable->reset == 0);
    CHECK(vwr_pci_common_cfg_registers[VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR].reset ==
          VWR_PCI_MSI_NO_VECTOR);
    CHECK(vwr_pci_isr_cfg_registers[VWR_PCI_ISR_CFG_REG_ISR_STATUS].read_clears);
    CHECK(vwr_pci_legacy_header_msix_register_at[23] == VWR_PCI_LEGACY_HEADER_MSIX_REG_QUEUE_MSIX_VECTOR);
    CHECK(vwr_pci_legacy_header_msix_registers[VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_ADDRESS].bank ==
          VWR_PCI_LEGACY_HEADER_MSIX_REG_HEADER_QUEUE_SELECT);
}

static uint32_t exact(uint32_t type)
{
    for (unsigned i = 0; i < VWR_BLK_REQUEST_COUNT; i++) {
        if (vwr_blk_requests[i].type == type)
            return vwr_blk_requests[i].exact;
    }
    return 0;
}

static void requests(void)
{
    CHECK(exact(VWR_BLK_T_IN) == 0);
    CHECK(exact(VWR_BLK_T_GET_ID) == VWR_BLK_GET_ID_BYTES);
    CHECK(exact(VWR_BLK_T_GET_LIFETIME) == sizeof(struct vwr_blk_lifetime));
    CHECK(vwr_blk_request_limits[0].type == VWR_BLK_T_DISCARD && vwr_blk_request_limits[0].segments == 40);
}

static void rings(void)
{
    static uint8_t ring[VWR_SPLIT_RING_BYTES(256, 4096)];

    CHECK(sizeof(ring) == 12288); /* each of the two parts is rounded up */
    CHECK(VWR_SPLIT_RING_BYTES(1024, 4096) == 20480 + 12288);
    CHECK(vwr_split_ring_desc_bytes(256) + vwr_split_ring_avail_bytes(256) <=
          VWR_SPLIT_RING_USED_OFFSET(256, 4096));
    CHECK(vwr_virtq_used_avail_event_offset(256) + 2 == vwr_split_ring_used_bytes(256));
    CHECK(vwr_virtq_avail_used_event_offset(256) + 2 == vwr_split_ring_avail_bytes(256));
}

int main(void)
{
    registers();
    config();
    absent();
    tables();
    pci();
    requests();
    rings();
    return failures;
}
