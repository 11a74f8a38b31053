/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#include "vwr/gen/features.h"
#include "vwr/gen/rpmb.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_rpmb_config_fields[VWR_RPMB_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 1, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 2, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_rpmb_request_table[VWR_RPMB_REQUEST_COUNT] = {
    {
        .command = VWR_RPMB_REQ_PROGRAM_KEY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 512, .in_bytes = 0,
    },
    {
        .command = VWR_RPMB_REQ_GET_WRITE_COUNTER, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 512, .in_bytes = 512,
    },
    {
        .command = VWR_RPMB_REQ_DATA_WRITE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
    {
        .command = VWR_RPMB_REQ_DATA_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 512, .in_bytes = 0,
    },
    {
        .command = VWR_RPMB_REQ_RESULT_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 512, .in_bytes = 512,
    },
};
