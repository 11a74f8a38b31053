/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/admin.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device groups / Group administration commands */

#include "vwr/gen/features.h"
#include "vwr/gen/admin.h"

const struct vwr_command vwr_admin_opcode_table[VWR_ADMIN_OPCODE_COUNT] = {
    {
        .command = VWR_ADMIN_CMD_LIST_QUERY, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_LIST_USE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_LEGACY_COMMON_CFG_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_LEGACY_DEV_CFG_WRITE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_LEGACY_DEV_CFG_READ, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_LEGACY_NOTIFY_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 64,
    },
    {
        .command = VWR_ADMIN_CMD_CAP_ID_LIST_QUERY, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_DEVICE_CAP_GET, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_DRIVER_CAP_SET, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_RESOURCE_OBJ_CREATE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_RESOURCE_OBJ_MODIFY, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_RESOURCE_OBJ_QUERY, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_RESOURCE_OBJ_DESTROY, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_DEV_PARTS_METADATA_GET, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_DEV_PARTS_GET, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 16, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_DEV_PARTS_SET, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_ADMIN_CMD_DEV_MODE_SET, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
};
