/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over Channel I/O */

#include "vwr/gen/ccw.h"

const struct vwr_name vwr_ccw_basic_command_names[] = {
    {VWR_CCW_BASIC_NO_OPERATION, "NO_OPERATION"},
    {VWR_CCW_BASIC_SENSE, "SENSE"},
    {VWR_CCW_BASIC_TRANSFER_IN_CHANNEL, "TRANSFER_IN_CHANNEL"},
    {VWR_CCW_BASIC_SENSE_ID, "SENSE_ID"},
    {0, NULL},
};

const struct vwr_name vwr_ccw_command_names[] = {
    {VWR_CCW_CMD_WRITE_FEAT, "WRITE_FEAT"},
    {VWR_CCW_CMD_READ_FEAT, "READ_FEAT"},
    {VWR_CCW_CMD_SET_VQ, "SET_VQ"},
    {VWR_CCW_CMD_WRITE_CONF, "WRITE_CONF"},
    {VWR_CCW_CMD_READ_CONF, "READ_CONF"},
    {VWR_CCW_CMD_WRITE_STATUS, "WRITE_STATUS"},
    {VWR_CCW_CMD_READ_VQ_CONF, "READ_VQ_CONF"},
    {VWR_CCW_CMD_VDEV_RESET, "VDEV_RESET"},
    {VWR_CCW_CMD_SET_IND, "SET_IND"},
    {VWR_CCW_CMD_SET_CONF_IND, "SET_CONF_IND"},
    {VWR_CCW_CMD_READ_STATUS, "READ_STATUS"},
    {VWR_CCW_CMD_SET_IND_ADAPTER, "SET_IND_ADAPTER"},
    {VWR_CCW_CMD_SET_VIRTIO_REV, "SET_VIRTIO_REV"},
    {0, NULL},
};

const struct vwr_name vwr_ccw_revision_names[] = {
    {VWR_CCW_REVISION_LEGACY, "LEGACY"},
    {VWR_CCW_REVISION_VIRTIO_1, "VIRTIO_1"},
    {VWR_CCW_REVISION_READ_STATUS, "READ_STATUS"},
    {0, NULL},
};
