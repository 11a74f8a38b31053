/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

#ifndef VWR_GEN_DOCUMENT_I2C_H
#define VWR_GEN_DOCUMENT_I2C_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/i2c.h"

#define VIRTIO_I2C_F_ZERO_LENGTH_REQUEST        VWR_I2C_F_ZERO_LENGTH_REQUEST

#define VIRTIO_I2C_MSG_OK                       VWR_I2C_MSG_OK
#define VIRTIO_I2C_MSG_ERR                      VWR_I2C_MSG_ERR

#define VIRTIO_I2C_FLAGS_FAIL_NEXT              VWR_I2C_FLAGS_FAIL_NEXT
#define VIRTIO_I2C_FLAGS_M_RD                   VWR_I2C_FLAGS_M_RD

#define virtio_i2c_out_hdr                      vwr_i2c_out_hdr
#define virtio_i2c_in_hdr                       vwr_i2c_in_hdr
#define virtio_i2c_req                          vwr_i2c_req

#endif
