/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

#include "vwr/gen/features.h"
#include "vwr/gen/mem.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_mem_config_fields[VWR_MEM_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_MEM_F_ACPI_PXM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 40, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 48, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

void vwr_mem_config_read(const struct vwr_config *c, void *into)
{
    struct vwr_mem_config_info *const info = into;

    info->block_size = vwr_mem_config_get_block_size(c);
    info->node_id = vwr_mem_config_get_node_id(c);
    info->addr = vwr_mem_config_get_addr(c);
    info->region_size = vwr_mem_config_get_region_size(c);
    info->usable_region_size = vwr_mem_config_get_usable_region_size(c);
    info->plugged_size = vwr_mem_config_get_plugged_size(c);
    info->requested_size = vwr_mem_config_get_requested_size(c);
}

void vwr_mem_config_write(struct vwr_mem_config *w, bool legacy, const struct vwr_mem_config_info *info)
{
    w->block_size = vwr_guest64(legacy, info->block_size);
    w->node_id = vwr_guest16(legacy, info->node_id);
    w->addr = vwr_guest64(legacy, info->addr);
    w->region_size = vwr_guest64(legacy, info->region_size);
    w->usable_region_size = vwr_guest64(legacy, info->usable_region_size);
    w->plugged_size = vwr_guest64(legacy, info->plugged_size);
    w->requested_size = vwr_guest64(legacy, info->requested_size);
}
