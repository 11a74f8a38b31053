/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

#include "vwr/gen/features.h"
#include "vwr/gen/pmem.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_pmem_config_fields[VWR_PMEM_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_pmem_request_type_table[VWR_PMEM_REQUEST_TYPE_COUNT] = {
    {
        .command = VWR_PMEM_REQ_TYPE_FLUSH, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 4, .in_bytes = 4,
    },
};
