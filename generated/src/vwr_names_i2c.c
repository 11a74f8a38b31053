/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

#include "vwr/gen/i2c.h"

const struct vwr_name vwr_i2c_feature_names[] = {
    {VWR_I2C_F_ZERO_LENGTH_REQUEST, "ZERO_LENGTH_REQUEST"},
    {0, NULL},
};

const struct vwr_name vwr_i2c_status_names[] = {
    {VWR_I2C_MSG_OK, "OK"},
    {VWR_I2C_MSG_ERR, "ERR"},
    {0, NULL},
};

const struct vwr_name vwr_i2c_request_flags_names[] = {
    {VWR_I2C_FLAGS_FAIL_NEXT, "FAIL_NEXT"},
    {VWR_I2C_FLAGS_M_RD, "M_RD"},
    {0, NULL},
};
