/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

#include "vwr/gen/features.h"
#include "vwr/gen/iommu.h"

/* Of two values the first is the legacy interface's. */
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

void vwr_iommu_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_iommu_config_info *const info = into;

    info->page_size_mask = vwr_iommu_config_get_page_size_mask(c);
    info->input_range_start = vwr_iommu_config_get_input_range_start(c);
    info->input_range_end = vwr_iommu_config_get_input_range_end(c);
    info->domain_range_start = vwr_iommu_config_get_domain_range_start(c);
    info->domain_range_end = vwr_iommu_config_get_domain_range_end(c);
    info->probe_size = vwr_iommu_config_get_probe_size(c);
    info->bypass = vwr_iommu_config_get_bypass(c);
}

void vwr_iommu_config_write(struct vwr_iommu_config *w, bool legacy, const struct vwr_iommu_config_info *info)
{
    w->page_size_mask = vwr_guest64(legacy, info->page_size_mask);
    w->input_range.start = vwr_guest64(legacy, info->input_range_start);
    w->input_range.end = vwr_guest64(legacy, info->input_range_end);
    w->domain_range.start = vwr_guest32(legacy, info->domain_range_start);
    w->domain_range.end = vwr_guest32(legacy, info->domain_range_end);
    w->probe_size = vwr_guest32(legacy, info->probe_size);
}
