/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

#include "vwr/gen/features.h"
#include "vwr/gen/gpu.h"

const struct vwr_feature_rule vwr_gpu_feature_rules[VWR_GPU_FEATURE_RULE_COUNT] = {
    {.feature = VWR_GPU_F_CONTEXT_INIT, .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_GPU_F_BLOB_ALIGNMENT, .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* Of two values the first is the legacy interface's. */
const struct vwr_config_field vwr_gpu_config_fields[VWR_GPU_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 4, .bytes = 4,
        .access = {VWR_READ | VWR_WRITE, VWR_READ | VWR_WRITE},
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
        .any = {VWR_GPU_F_BLOB_ALIGNMENT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_command vwr_gpu_control_table[VWR_GPU_CONTROL_COUNT] = {
    {
        .command = VWR_GPU_CMD_GET_DISPLAY_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 408,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_CREATE_2D, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 40, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_UNREF, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_SET_SCANOUT, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 48, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_FLUSH, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 48, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_TRANSFER_TO_HOST_2D, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 56, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_ATTACH_BACKING, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_DETACH_BACKING, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_GET_CAPSET_INFO, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 40,
    },
    {
        .command = VWR_GPU_CMD_GET_CAPSET, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_IN,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_GET_EDID, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPU_F_EDID, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 1056,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_ASSIGN_UUID, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPU_F_RESOURCE_UUID, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 32, .in_bytes = 40,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_CREATE_BLOB, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 56, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_SET_SCANOUT_BLOB, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 96, .in_bytes = 24,
    },
};

const struct vwr_command vwr_gpu_control_3d_table[VWR_GPU_CONTROL_3D_COUNT] = {
    {
        .command = VWR_GPU_CMD_CTX_CREATE, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 96, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_CTX_DESTROY, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_CTX_ATTACH_RESOURCE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_CTX_DETACH_RESOURCE, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_CREATE_3D, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_TRANSFER_TO_HOST_3D, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_TRANSFER_FROM_HOST_3D, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_SUBMIT_3D, .owner = 0, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 24, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_MAP_BLOB, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_GPU_F_VIRGL, .out_bytes = 40, .in_bytes = 32,
    },
    {
        .command = VWR_GPU_CMD_RESOURCE_UNMAP_BLOB, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_GPU_F_VIRGL, .out_bytes = 32, .in_bytes = 24,
    },
};

const struct vwr_command vwr_gpu_cursor_table[VWR_GPU_CURSOR_COUNT] = {
    {
        .command = VWR_GPU_CMD_UPDATE_CURSOR, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 56, .in_bytes = 24,
    },
    {
        .command = VWR_GPU_CMD_MOVE_CURSOR, .owner = 0, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 56, .in_bytes = 24,
    },
};
