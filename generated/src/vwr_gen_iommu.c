/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#include "vwr/gen/features.h"
#include "vwr/gen/iommu.h"

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_iommu_config_fields[VWR_IOMMU_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_IOMMU_F_INPUT_RANGE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_IOMMU_F_INPUT_RANGE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_IOMMU_F_DOMAIN_RANGE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 28, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_IOMMU_F_DOMAIN_RANGE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_IOMMU_F_PROBE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 36, .bytes = 1,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_IOMMU_F_BYPASS_CONFIG, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_iommu_config_needs[] = {
    {.bytes = 37, .feature = VWR_IOMMU_F_BYPASS_CONFIG},
    {.bytes = 36, .feature = VWR_IOMMU_F_PROBE},
    {.bytes = 32, .feature = VWR_IOMMU_F_DOMAIN_RANGE},
    {.bytes = 24, .feature = VWR_IOMMU_F_INPUT_RANGE},
    {.bytes = 8, .feature = VWR_FEATURE_NONE},
};
