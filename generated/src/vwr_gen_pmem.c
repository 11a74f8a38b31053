/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

#include "vwr/gen/features.h"
#include "vwr/gen/pmem.h"

const struct vwr_command vwr_pmem_request_type_table[VWR_PMEM_REQUEST_TYPE_COUNT] = {
    {
        .command = VWR_PMEM_REQ_TYPE_FLUSH, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out_bytes = 4, .in_bytes = 4,
    },
};
