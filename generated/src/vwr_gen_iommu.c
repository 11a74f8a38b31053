/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#include "vwr/gen/features.h"
#include "vwr/gen/iommu.h"

const struct vwr_command vwr_iommu_request_type_table[VWR_IOMMU_REQUEST_TYPE_COUNT] = {
    {
        .command = VWR_IOMMU_T_ATTACH, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 20, .in_bytes = 4,
    },
    {
        .command = VWR_IOMMU_T_DETACH, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 20, .in_bytes = 4,
    },
    {
        .command = VWR_IOMMU_T_MAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_IOMMU_F_MAP_UNMAP, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 36, .in_bytes = 4,
    },
    {
        .command = VWR_IOMMU_T_UNMAP, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_IOMMU_F_MAP_UNMAP, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 28, .in_bytes = 4,
    },
    {
        .command = VWR_IOMMU_T_PROBE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_IOMMU_F_PROBE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 72, .in_bytes = 4,
    },
};

const struct vwr_command vwr_iommu_property_type_table[VWR_IOMMU_PROPERTY_TYPE_COUNT] = {
    {
        .command = VWR_IOMMU_PROBE_T_RESV_MEM, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_IOMMU_F_PROBE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 24, .in_bytes = 0,
    },
};
