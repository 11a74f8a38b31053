/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#include "vwr/gen/vsock.h"

const struct vwr_name vwr_vsock_feature_names[] = {
    {VWR_VSOCK_F_STREAM, "STREAM"},
    {VWR_VSOCK_F_SEQPACKET, "SEQPACKET"},
    {VWR_VSOCK_F_NO_IMPLIED_STREAM, "NO_IMPLIED_STREAM"},
    {0, NULL},
};

const struct vwr_name vwr_vsock_cid_names[] = {
    {VWR_VSOCK_CID_RESERVED_0, "RESERVED_0"},
    {VWR_VSOCK_CID_RESERVED_1, "RESERVED_1"},
    {VWR_VSOCK_CID_HOST, "HOST"},
    {VWR_VSOCK_CID_RESERVED_32, "RESERVED_32"},
    {0, NULL},
};

const struct vwr_name vwr_vsock_type_names[] = {
    {VWR_VSOCK_TYPE_STREAM, "STREAM"},
    {VWR_VSOCK_TYPE_SEQPACKET, "SEQPACKET"},
    {0, NULL},
};

const struct vwr_name vwr_vsock_shutdown_flag_names[] = {
    {VWR_VSOCK_SHUTDOWN_F_RECEIVE, "RECEIVE"},
    {VWR_VSOCK_SHUTDOWN_F_SEND, "SEND"},
    {0, NULL},
};

const struct vwr_name vwr_vsock_seq_flags_names[] = {
    {VWR_VSOCK_SEQ_EOM, "EOM"},
    {VWR_VSOCK_SEQ_EOR, "EOR"},
    {0, NULL},
};

const struct vwr_name vwr_vsock_op_names[] = {
    {VWR_VSOCK_OP_INVALID, "INVALID"},
    {VWR_VSOCK_OP_REQUEST, "REQUEST"},
    {VWR_VSOCK_OP_RESPONSE, "RESPONSE"},
    {VWR_VSOCK_OP_RST, "RST"},
    {VWR_VSOCK_OP_SHUTDOWN, "SHUTDOWN"},
    {VWR_VSOCK_OP_RW, "RW"},
    {VWR_VSOCK_OP_CREDIT_UPDATE, "CREDIT_UPDATE"},
    {VWR_VSOCK_OP_CREDIT_REQUEST, "CREDIT_REQUEST"},
    {0, NULL},
};

const struct vwr_name vwr_vsock_event_id_names[] = {
    {VWR_VSOCK_EVENT_TRANSPORT_RESET, "TRANSPORT_RESET"},
    {0, NULL},
};
