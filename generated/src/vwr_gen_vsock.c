/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/gen/features.h"
#include "vwr/gen/vsock.h"

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_vsock_config_fields[VWR_VSOCK_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_vsock_config_needs[] = {
    {.bytes = 8, .feature = VWR_FEATURE_NONE},
};
