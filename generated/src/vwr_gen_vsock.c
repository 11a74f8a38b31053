/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/gen/features.h"
#include "vwr/gen/vsock.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_vsock_config_fields[VWR_VSOCK_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 8,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_vsock_op_table[VWR_VSOCK_OP_COUNT] = {
    {
        .command = VWR_VSOCK_OP_INVALID, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_REQUEST, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_RESPONSE, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_RST, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_SHUTDOWN, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_RW, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_CREDIT_UPDATE, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
    {
        .command = VWR_VSOCK_OP_CREDIT_REQUEST, .owner = 0, .from = VWR_BY_DRIVER | VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 44, .in_bytes = 0,
    },
};

const struct vwr_command vwr_vsock_event_id_table[VWR_VSOCK_EVENT_ID_COUNT] = {
    {
        .command = VWR_VSOCK_EVENT_TRANSPORT_RESET, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 4, .in_bytes = 0,
    },
};
