/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

#include "vwr/gen/can.h"

const struct vwr_name vwr_can_feature_names[] = {
    {VWR_CAN_F_CAN_CLASSIC, "CAN_CLASSIC"},
    {VWR_CAN_F_CAN_FD, "CAN_FD"},
    {VWR_CAN_F_RTR_FRAMES, "RTR_FRAMES"},
    {VWR_CAN_F_LATE_TX_ACK, "LATE_TX_ACK"},
    {0, NULL},
};

const struct vwr_name vwr_can_result_names[] = {
    {VWR_CAN_RESULT_OK, "OK"},
    {VWR_CAN_RESULT_NOT_OK, "NOT_OK"},
    {0, NULL},
};

const struct vwr_name vwr_can_status_names[] = {
    {VWR_CAN_S_CTRL_BUSOFF, "CTRL_BUSOFF"},
    {0, NULL},
};

const struct vwr_name vwr_can_frame_flags_names[] = {
    {VWR_CAN_FLAGS_FD, "FD"},
    {VWR_CAN_FLAGS_EXTENDED, "EXTENDED"},
    {VWR_CAN_FLAGS_RTR, "RTR"},
    {0, NULL},
};

const struct vwr_name vwr_can_transmit_names[] = {
    {VWR_CAN_TX, "TX"},
    {0, NULL},
};

const struct vwr_name vwr_can_receive_names[] = {
    {VWR_CAN_RX, "RX"},
    {0, NULL},
};

const struct vwr_name vwr_can_control_names[] = {
    {VWR_CAN_SET_CTRL_MODE_START, "START"},
    {VWR_CAN_SET_CTRL_MODE_STOP, "STOP"},
    {0, NULL},
};
