/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/mmio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over MMIO / MMIO Device Register Layout */

#include "vwr/gen/mmio.h"

const struct vwr_name vwr_mmio_register_names[] = {
    {VWR_MMIO_MAGIC_VALUE, "MagicValue"},
    {VWR_MMIO_VERSION, "Version"},
    {VWR_MMIO_DEVICE_ID, "DeviceID"},
    {VWR_MMIO_VENDOR_ID, "VendorID"},
    {VWR_MMIO_DEVICE_FEATURES, "DeviceFeatures"},
    {VWR_MMIO_DEVICE_FEATURES_SEL, "DeviceFeaturesSel"},
    {VWR_MMIO_DRIVER_FEATURES, "DriverFeatures"},
    {VWR_MMIO_DRIVER_FEATURES_SEL, "DriverFeaturesSel"},
    {VWR_MMIO_GUEST_PAGE_SIZE, "GuestPageSize"},
    {VWR_MMIO_QUEUE_SEL, "QueueSel"},
    {VWR_MMIO_QUEUE_SIZE_MAX, "QueueSizeMax"},
    {VWR_MMIO_QUEUE_SIZE, "QueueSize"},
    {VWR_MMIO_QUEUE_ALIGN, "QueueAlign"},
    {VWR_MMIO_QUEUE_PFN, "QueuePFN"},
    {VWR_MMIO_QUEUE_READY, "QueueReady"},
    {VWR_MMIO_QUEUE_NOTIFY, "QueueNotify"},
    {VWR_MMIO_INTERRUPT_STATUS, "InterruptStatus"},
    {VWR_MMIO_INTERRUPT_ACK, "InterruptACK"},
    {VWR_MMIO_STATUS, "Status"},
    {VWR_MMIO_QUEUE_DESC_LOW, "QueueDescLow"},
    {VWR_MMIO_QUEUE_DESC_HIGH, "QueueDescHigh"},
    {VWR_MMIO_QUEUE_DRIVER_LOW, "QueueDriverLow"},
    {VWR_MMIO_QUEUE_DRIVER_HIGH, "QueueDriverHigh"},
    {VWR_MMIO_QUEUE_DEVICE_LOW, "QueueDeviceLow"},
    {VWR_MMIO_QUEUE_DEVICE_HIGH, "QueueDeviceHigh"},
    {VWR_MMIO_SHM_SEL, "SHMSel"},
    {VWR_MMIO_SHM_LEN_LOW, "SHMLenLow"},
    {VWR_MMIO_SHM_LEN_HIGH, "SHMLenHigh"},
    {VWR_MMIO_SHM_BASE_LOW, "SHMBaseLow"},
    {VWR_MMIO_SHM_BASE_HIGH, "SHMBaseHigh"},
    {VWR_MMIO_QUEUE_RESET, "QueueReset"},
    {VWR_MMIO_CONFIG_GENERATION, "ConfigGeneration"},
    {VWR_MMIO_CONFIG, "Config"},
    {0, NULL},
};
