/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

#ifndef VWR_GEN_DOCUMENT_VSOCK_H
#define VWR_GEN_DOCUMENT_VSOCK_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/vsock.h"

#define VIRTIO_VSOCK_F_STREAM                   VWR_VSOCK_F_STREAM
#define VIRTIO_VSOCK_F_SEQPACKET                VWR_VSOCK_F_SEQPACKET
#define VIRTIO_VSOCK_F_NO_IMPLIED_STREAM        VWR_VSOCK_F_NO_IMPLIED_STREAM

#define VIRTIO_VSOCK_TYPE_STREAM                VWR_VSOCK_TYPE_STREAM
#define VIRTIO_VSOCK_TYPE_SEQPACKET             VWR_VSOCK_TYPE_SEQPACKET

#define VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE         VWR_VSOCK_SHUTDOWN_F_RECEIVE
#define VIRTIO_VSOCK_SHUTDOWN_F_SEND            VWR_VSOCK_SHUTDOWN_F_SEND

#define VIRTIO_VSOCK_SEQ_EOM                    VWR_VSOCK_SEQ_EOM
#define VIRTIO_VSOCK_SEQ_EOR                    VWR_VSOCK_SEQ_EOR

#define VIRTIO_VSOCK_OP_INVALID                 VWR_VSOCK_OP_INVALID
#define VIRTIO_VSOCK_OP_REQUEST                 VWR_VSOCK_OP_REQUEST
#define VIRTIO_VSOCK_OP_RESPONSE                VWR_VSOCK_OP_RESPONSE
#define VIRTIO_VSOCK_OP_RST                     VWR_VSOCK_OP_RST
#define VIRTIO_VSOCK_OP_SHUTDOWN                VWR_VSOCK_OP_SHUTDOWN
#define VIRTIO_VSOCK_OP_RW                      VWR_VSOCK_OP_RW
#define VIRTIO_VSOCK_OP_CREDIT_UPDATE           VWR_VSOCK_OP_CREDIT_UPDATE
#define VIRTIO_VSOCK_OP_CREDIT_REQUEST          VWR_VSOCK_OP_CREDIT_REQUEST

#define VIRTIO_VSOCK_EVENT_TRANSPORT_RESET      VWR_VSOCK_EVENT_TRANSPORT_RESET

#define virtio_vsock_hdr                        vwr_vsock_hdr
#define virtio_vsock_packet                     vwr_vsock_packet
#define virtio_vsock_event                      vwr_vsock_event
#define virtio_vsock_config                     vwr_vsock_config

#endif
