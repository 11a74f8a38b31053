/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
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
#define VIRTIO_VSOCK_F_STREAM 0                         /* The device supports stream sockets. */
#define VIRTIO_VSOCK_F_SEQPACKET 1                      /* The device supports seqpacket sockets. */
#define VIRTIO_VSOCK_F_NO_IMPLIED_STREAM 2              /* Without STREAM, the device does not support stream
                                                           sockets. */

/* Reserved context ids. enums.cid; "Device configuration layout" */
#define VIRTIO_VSOCK_CID_RESERVED_0 0                   /* Reserved. */
#define VIRTIO_VSOCK_CID_RESERVED_1 1                   /* Reserved. */
#define VIRTIO_VSOCK_CID_HOST 2                         /* The host. */
#define VIRTIO_VSOCK_CID_RESERVED_32 0xffffffffu        /* Reserved. */
#define VIRTIO_VSOCK_CID_RESERVED_64 0xffffffffffffffffULL /* Reserved. */

/* enums.type; "Device Operation / Addressing" */
#define VIRTIO_VSOCK_TYPE_STREAM 1                      /* Byte stream. */
#define VIRTIO_VSOCK_TYPE_SEQPACKET 2                   /* Sequenced messages with boundaries; with SEQPACKET. */

/* enums.shutdown-flag; "Device Operation / Stream Sockets" */
#define VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE 0               /* The sender will receive no more data. */
#define VIRTIO_VSOCK_SHUTDOWN_F_SEND 1                  /* The sender will send no more data. */

/* flags.seq-flags; "Device Operation / Seqpacket Sockets / Message and record boundaries" */
#define VIRTIO_VSOCK_SEQ_EOM 0x1                        /* End of message. */
#define VIRTIO_VSOCK_SEQ_EOR 0x2                        /* End of record. */

/* messages.op; "Device Operation" */
#define VIRTIO_VSOCK_OP_INVALID 0                       /* Invalid operation. */
#define VIRTIO_VSOCK_OP_REQUEST 1                       /* Connection request. */
#define VIRTIO_VSOCK_OP_RESPONSE 2                      /* Connection accepted. */
#define VIRTIO_VSOCK_OP_RST 3                           /* Connection reset. */
#define VIRTIO_VSOCK_OP_SHUTDOWN 4                      /* Shutdown of one or both directions. */
#define VIRTIO_VSOCK_OP_RW 5                            /* Transfers data. */
#define VIRTIO_VSOCK_OP_CREDIT_UPDATE 6                 /* Reports the available buffer space. */
#define VIRTIO_VSOCK_OP_CREDIT_REQUEST 7                /* Requests a credit update. */

/* messages.event-id; "Device Operation / Device Events" */
#define VIRTIO_VSOCK_EVENT_TRANSPORT_RESET 0            /* All connections are lost; guest_cid may have changed. */

/* queues; "Socket Device" */
#define VIRTIO_VSOCK_QUEUE_RX 0                         /* Receive buffers. */
#define VIRTIO_VSOCK_QUEUE_TX 1                         /* Outgoing packets. Quirk vsock.two-descriptors (Firecracker
                                                           before 1.6, not seen here): The data of a packet must be
                                                           in the descriptor after that of its header. None: the
                                                           driver sends a packet in one descriptor, so that the ring
                                                           holds twice as many packets. */
#define VIRTIO_VSOCK_QUEUE_EVENT 2                      /* Event buffers. */

/* Packet header. structs.hdr; "Device Operation" */
#pragma pack(push, 1)
struct virtio_vsock_hdr {
    uint64_t src_cid;                       /* Source context id; the upper 32 bits are 0; VIRTIO_VSOCK_CID_*. */
    uint64_t dst_cid;                       /* Destination context id; the upper 32 bits are 0; VIRTIO_VSOCK_CID_*. */
    uint32_t src_port;                      /* Source port. */
    uint32_t dst_port;                      /* Destination port. */
    uint32_t len;                           /* Length of the data; in bytes. */
    uint16_t type;                          /* Socket type; VIRTIO_VSOCK_TYPE_*. */
    uint16_t op;                            /* Operation; VIRTIO_VSOCK_OP_*. */
    uint32_t flags;                         /* RW with SEQPACKET: seq-flags; SHUTDOWN: shutdown-flag;
                                               VIRTIO_VSOCK_SEQ_*; 1 << each of VIRTIO_VSOCK_SHUTDOWN_F_*. */
    uint32_t buf_alloc;                     /* Receive buffer of the sender's socket, free and in use; in bytes. */
    uint32_t fwd_cnt;                       /* Payload bytes that the sender's socket has consumed; wraps; in bytes. */
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
    uint32_t id;                            /* Event type; VIRTIO_VSOCK_EVENT_TRANSPORT_RESET. */
};
VIRTIO_SIZE(virtio_vsock_event, 4);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_vsock_config {
    uint64_t guest_cid;                     /* Guest CID, which is not a reserved one; the upper 32 bits are 0. */
};
VIRTIO_SIZE(virtio_vsock_config, 8);

#undef VIRTIO_SIZE
#endif
