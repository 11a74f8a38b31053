/* SPDX-License-Identifier: MIT */
/* Generated from spec/rules.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; what a device tolerates */

#include "vwr/gen/tolerances.h"

const struct vwr_tolerance vwr_tolerances[VWR_TOLERANCE_COUNT] = {
    {
        .name = "EARLY_NOTIFICATION", .clause = "init.drv.15",
        .text = "a notification before DRIVER_OK (bit 2) is remembered, and the queues are served at DRIVER_OK",
    },
    {
        .name = "EARLY_REGISTER", .clause = "init.drv.11",
        .text = "features before DRIVER, or registers of a queue before FEATURES_OK, are stored",
    },
    {
        .name = "LATE_FEATURES", .clause = "init.drv.9",
        .text = "features after FEATURES_OK have no effect, and what was agreed stays",
    },
    {
        .name = "STATUS_BITS", .clause = "status.drv.2",
        .text = "a status without bits that are set clears none of them",
    },
    {
        .name = "NO_SELECTOR", .clause = "mmio.drv.12",
        .text = "features are read before a word of them is selected, which is word 0",
    },
    {
        .name = "CONFIG_WIDTH", .clause = "mmio.drv.5",
        .text = "the configuration is accessed with any width and alignment, and of a write only writable bytes count",
    },
    {
        .name = "NO_VERSION_1", .clause = "rfeat.drv.1",
        .text = "a modern device works without VERSION_1 (bit 32), with the layouts of VIRTIO 1",
    },
    {
        .name = "NO_PAGE_SIZE", .clause = NULL,
        .text = "QueuePFN without GuestPageSize is an address, and a QueueAlign of 0 is 4096",
    },
    {
        .name = "LEGACY_FEATURES_OK", .clause = NULL,
        .text = "a legacy device stores FEATURES_OK (bit 3), which its interface does not have",
    },
    {
        .name = "EARLY_REQUEST", .clause = "init.drv.15",
        .text = "a notification before DRIVER_OK (bit 2) opens the queues, so a request is served at once",
    },
    {
        .name = "TABLE", .clause = "split.drv.indirect.1",
        .text = "an indirect table is read although INDIRECT_DESC (bit 28) was offered and not accepted",
    },
    {
        .name = "NO_RESET", .clause = "init.drv.2",
        .text = "a status of ACKNOWLEDGE (bit 0), alone or with DRIVER, while DRIVER_OK is set resets the device first",
    },
    {
        .name = "NET_HEADER", .clause = "rfeat.drv.1",
        .text = "without VERSION_1 (bit 32) and MRG_RXBUF (bit 15) the header of a packet has 10 bytes",
    },
};
