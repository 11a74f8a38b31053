/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#include "vwr/gen/features.h"
#include "vwr/gen/scsi.h"

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_scsi_config_fields[VWR_SCSI_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 20, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 28, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 30, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 32, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_scsi_control_type_table[VWR_SCSI_CONTROL_TYPE_COUNT] = {
    {
        .command = VWR_SCSI_T_TMF, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 1,
    },
    {
        .command = VWR_SCSI_T_AN_QUERY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 5,
    },
    {
        .command = VWR_SCSI_T_AN_SUBSCRIBE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 5,
    },
};

const struct vwr_command vwr_scsi_event_type_table[VWR_SCSI_EVENT_TYPE_COUNT] = {
    {
        .command = VWR_SCSI_T_NO_EVENT, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_SCSI_T_TRANSPORT_RESET, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_SCSI_T_ASYNC_NOTIFY, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_SCSI_T_PARAM_CHANGE, .owner = 0, .from = VWR_BY_DEVICE, .more = 0,
        .any = {VWR_SCSI_F_CHANGE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
};
