/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#ifndef VWR_GEN_DOCUMENT_RPMB_H
#define VWR_GEN_DOCUMENT_RPMB_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/rpmb.h"

#define VIRTIO_RPMB_RESP_PROGRAM_KEY            VWR_RPMB_RESP_PROGRAM_KEY
#define VIRTIO_RPMB_RESP_GET_COUNTER            VWR_RPMB_RESP_GET_COUNTER
#define VIRTIO_RPMB_RESP_DATA_WRITE             VWR_RPMB_RESP_DATA_WRITE
#define VIRTIO_RPMB_RESP_DATA_READ              VWR_RPMB_RESP_DATA_READ

#define VIRTIO_RPMB_RES_OK                      VWR_RPMB_RES_OK
#define VIRTIO_RPMB_RES_GENERAL_FAILURE         VWR_RPMB_RES_GENERAL_FAILURE
#define VIRTIO_RPMB_RES_AUTH_FAILURE            VWR_RPMB_RES_AUTH_FAILURE
#define VIRTIO_RPMB_RES_COUNT_FAILURE           VWR_RPMB_RES_COUNT_FAILURE
#define VIRTIO_RPMB_RES_ADDR_FAILURE            VWR_RPMB_RES_ADDR_FAILURE
#define VIRTIO_RPMB_RES_WRITE_FAILURE           VWR_RPMB_RES_WRITE_FAILURE
#define VIRTIO_RPMB_RES_READ_FAILURE            VWR_RPMB_RES_READ_FAILURE
#define VIRTIO_RPMB_RES_NO_AUTH_KEY             VWR_RPMB_RES_NO_AUTH_KEY
#define VIRTIO_RPMB_RES_WRITE_COUNTER_EXPIRED   VWR_RPMB_RES_WRITE_COUNTER_EXPIRED

#define VIRTIO_RPMB_REQ_PROGRAM_KEY             VWR_RPMB_REQ_PROGRAM_KEY
#define VIRTIO_RPMB_REQ_GET_WRITE_COUNTER       VWR_RPMB_REQ_GET_WRITE_COUNTER
#define VIRTIO_RPMB_REQ_DATA_WRITE              VWR_RPMB_REQ_DATA_WRITE
#define VIRTIO_RPMB_REQ_DATA_READ               VWR_RPMB_REQ_DATA_READ
#define VIRTIO_RPMB_REQ_RESULT_READ             VWR_RPMB_REQ_RESULT_READ

#define virtio_rpmb_frame                       vwr_rpmb_frame
#define virtio_rpmb_config                      vwr_rpmb_config

#endif
