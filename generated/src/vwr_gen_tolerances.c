/* SPDX-License-Identifier: MIT */
/* Generated from spec/rules.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; what a device tolerates */

#include "vwr/gen/tolerances.h"

const struct vwr_tolerance vwr_tolerances[VWR_TOLERANCE_COUNT] = {
    {
        .name = "EARLY_NOTIFICATION", .clause = "init.drv.15",
        .text = "the driver sent a notification before DRIVER_OK (bit 2), and the device serves its queues at "
                "DRIVER_OK",
    },
    {
        .name = "EARLY_REGISTER", .clause = "init.drv.11",
        .text = "the driver wrote features before DRIVER (bit 1), or queue registers before FEATURES_OK (bit "
                "3), and the device stores them",
    },
    {
        .name = "LATE_FEATURES", .clause = "init.drv.9",
        .text = "the driver wrote features after FEATURES_OK (bit 3), and the device keeps the negotiated ones",
    },
    {
        .name = "STATUS_BITS", .clause = "status.drv.2",
        .text = "the driver wrote a status without bits that are set, and the device keeps these bits",
    },
    {
        .name = "NO_SELECTOR", .clause = "mmio.drv.12",
        .text = "the driver read DeviceFeatures before it wrote DeviceFeaturesSel, and the device returns word 0",
    },
    {
        .name = "CONFIG_WIDTH", .clause = "mmio.drv.5",
        .text = "the driver accessed the configuration with a wrong width or alignment, or its write included "
                "read-only bytes, which the device ignores",
    },
    {
        .name = "NO_VERSION_1", .clause = "rfeat.drv.1",
        .text = "the driver did not accept VERSION_1 (bit 32), and the device uses the layouts of VIRTIO 1",
    },
    {
        .name = "NO_PAGE_SIZE", .clause = NULL,
        .text = "the driver did not write GuestPageSize, and the device takes QueuePFN as an address, or it "
                "wrote 0 to QueueAlign, and the device assumes 4096",
    },
    {
        .name = "LEGACY_FEATURES_OK", .clause = NULL,
        .text = "the driver set FEATURES_OK (bit 3), which the legacy interface does not have, and the device "
                "stores it",
    },
    {
        .name = "EARLY_REQUEST", .clause = "init.drv.15",
        .text = "the driver sent a notification before DRIVER_OK (bit 2), and the device opens its queues and "
                "serves the requests at once",
    },
    {
        .name = "TABLE", .clause = "split.drv.indirect.1",
        .text = "the driver used an indirect table without accepting INDIRECT_DESC (bit 28), and the device "
                "reads it",
    },
    {
        .name = "NO_RESET", .clause = "init.drv.2",
        .text = "the driver wrote ACKNOWLEDGE (bit 0), alone or with DRIVER, while DRIVER_OK (bit 2) was set, "
                "and the device resets itself first",
    },
    {
        .name = "NET_HEADER", .clause = "rfeat.drv.1",
        .text = "the driver accepted neither VERSION_1 (bit 32) nor MRG_RXBUF (bit 15), and the device uses "
                "packet headers of 10 bytes",
    },
};
