/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RPMB Device */

#include "vwr/gen/rpmb.h"

const struct vwr_name vwr_rpmb_response_names[] = {
    {VWR_RPMB_RESP_PROGRAM_KEY, "PROGRAM_KEY"},
    {VWR_RPMB_RESP_GET_COUNTER, "GET_COUNTER"},
    {VWR_RPMB_RESP_DATA_WRITE, "DATA_WRITE"},
    {VWR_RPMB_RESP_DATA_READ, "DATA_READ"},
    {0, NULL},
};

const struct vwr_name vwr_rpmb_result_names[] = {
    {VWR_RPMB_RES_OK, "OK"},
    {VWR_RPMB_RES_GENERAL_FAILURE, "GENERAL_FAILURE"},
    {VWR_RPMB_RES_AUTH_FAILURE, "AUTH_FAILURE"},
    {VWR_RPMB_RES_COUNT_FAILURE, "COUNT_FAILURE"},
    {VWR_RPMB_RES_ADDR_FAILURE, "ADDR_FAILURE"},
    {VWR_RPMB_RES_WRITE_FAILURE, "WRITE_FAILURE"},
    {VWR_RPMB_RES_READ_FAILURE, "READ_FAILURE"},
    {VWR_RPMB_RES_NO_AUTH_KEY, "NO_AUTH_KEY"},
    {VWR_RPMB_RES_WRITE_COUNTER_EXPIRED, "WRITE_COUNTER_EXPIRED"},
    {0, NULL},
};

const struct vwr_name vwr_rpmb_request_names[] = {
    {VWR_RPMB_REQ_PROGRAM_KEY, "PROGRAM_KEY"},
    {VWR_RPMB_REQ_GET_WRITE_COUNTER, "GET_WRITE_COUNTER"},
    {VWR_RPMB_REQ_DATA_WRITE, "DATA_WRITE"},
    {VWR_RPMB_REQ_DATA_READ, "DATA_READ"},
    {VWR_RPMB_REQ_RESULT_READ, "RESULT_READ"},
    {0, NULL},
};
