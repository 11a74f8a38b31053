/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_VSOCK_H
#define VWR_STANDALONE_VSOCK_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_VSOCK 19                              /* Sockets between guest and host. */

/* features; "Feature bits" */
#define VIRTIO_VSOCK_F_STREAM 0                         /* There are stream sockets. */
#define VIRTIO_VSOCK_F_SEQPACKET 1                      /* There are seqpacket sockets. */
#define VIRTIO_VSOCK_F_NO_IMPLIED_STREAM 2              /* Without STREAM there are no stream sockets. */

/* What a guest's address is not. enums.cid; "Device configuration layout" */
#define VIRTIO_VSOCK_CID_RESERVED_0 0                   /* Reserved. */
#define VIRTIO_VSOCK_CID_RESERVED_1 1                   /* Reserved. */
#define VIRTIO_VSOCK_CID_HOST 2                         /* The host. */
#define VIRTIO_VSOCK_CID_RESERVED_32 0xffffffffu        /* Reserved. */
#define VIRTIO_VSOCK_CID_RESERVED_64 0xffffffffffffffffULL /* Reserved. */

/* enums.type; "Device Operation / Addressing" */
#define VIRTIO_VSOCK_TYPE_STREAM 1                      /* Stream of bytes. */
#define VIRTIO_VSOCK_TYPE_SEQPACKET 2                   /* Messages with bounds; with SEQPACKET. */

/* enums.shutdown-flag; "Device Operation / Stream Sockets" */
#define VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE 0               /* Sender of the packet will receive no more. */
#define VIRTIO_VSOCK_SHUTDOWN_F_SEND 1                  /* Sender of the packet will send no more. */

/* flags.seq-flags; "Device Operation / Seqpacket Sockets / Message and record boundaries" */
#define VIRTIO_VSOCK_SEQ_EOM 0x1                        /* Packet ends a message. */
#define VIRTIO_VSOCK_SEQ_EOR 0x2                        /* Packet ends a record. */

/* messages.op; "Device Operation" */
#define VIRTIO_VSOCK_OP_INVALID 0                       /* No operation. */
#define VIRTIO_VSOCK_OP_REQUEST 1                       /* Asks for a connection. */
#define VIRTIO_VSOCK_OP_RESPONSE 2                      /* Connection is there. */
#define VIRTIO_VSOCK_OP_RST 3                           /* There is no connection any more. */
#define VIRTIO_VSOCK_OP_SHUTDOWN 4                      /* Sender will send or receive no more. */
#define VIRTIO_VSOCK_OP_RW 5                            /* Data. */
#define VIRTIO_VSOCK_OP_CREDIT_UPDATE 6                 /* Tells how much room there is. */
#define VIRTIO_VSOCK_OP_CREDIT_REQUEST 7                /* Asks how much room there is. */

/* messages.event-id; "Device Operation / Device Events" */
#define VIRTIO_VSOCK_EVENT_TRANSPORT_RESET 0            /* All connections are lost and guest_cid may be another. */

/* queues; "Socket Device" */
#define VIRTIO_VSOCK_QUEUE_RX 0                         /* Empty buffers for incoming packets. */
#define VIRTIO_VSOCK_QUEUE_TX 1                         /* Outgoing packets. */
#define VIRTIO_VSOCK_QUEUE_EVENT 2                      /* Empty buffers for events. */

/* What each packet begins with. structs.hdr; "Device Operation" */
#pragma pack(push, 1)
struct virtio_vsock_hdr {
    uint64_t src_cid;                       /* Who sends; upper 32 bits are 0; VIRTIO_VSOCK_CID_*. */
    uint64_t dst_cid;                       /* Who receives; upper 32 bits are 0; VIRTIO_VSOCK_CID_*. */
    uint32_t src_port;                      /* Port of the sender. */
    uint32_t dst_port;                      /* Port of the receiver. */
    uint32_t len;                           /* Length of the data; in bytes. */
    uint16_t type;                          /* Kind of socket; VIRTIO_VSOCK_TYPE_*. */
    uint16_t op;                            /* What it is; VIRTIO_VSOCK_OP_*. */
    uint32_t flags;                         /* seq-flags of RW with SEQPACKET; shutdown-flag of SHUTDOWN;
                                               VIRTIO_VSOCK_SEQ_*; 1 << each of VIRTIO_VSOCK_SHUTDOWN_F_*. */
    uint32_t buf_alloc;                     /* Room for data that the sender's socket has in all; in bytes. */
    uint32_t fwd_cnt;                       /* Data that the sender's socket has taken from it so far; in bytes. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_vsock_hdr, 44);

/* A packet. structs.packet; "Device Operation / Receive and Transmit" */
struct virtio_vsock_packet {
    struct virtio_vsock_hdr hdr;            /* Header. */
    uint8_t data[];                         /* Data. */
};
VIRTIO_SIZE(virtio_vsock_packet, 44);

/* An event. structs.event; "Device Operation / Device Events" */
struct virtio_vsock_event {
    uint32_t id;                            /* What has happened; VIRTIO_VSOCK_EVENT_TRANSPORT_RESET. */
};
VIRTIO_SIZE(virtio_vsock_event, 4);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_vsock_config {
    uint64_t guest_cid;                     /* The guest's address: its upper 32 bits are 0, and it is none of those
                                               in CID. */
};
VIRTIO_SIZE(virtio_vsock_config, 8);

#undef VIRTIO_SIZE
#endif
