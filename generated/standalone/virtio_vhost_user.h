/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/vhost-user.yaml by ./vwr generate: do not edit. */
/* QEMU, docs/interop/vhost-user.rst; Vhost-user Protocol */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_VHOST_USER_H
#define VWR_STANDALONE_VHOST_USER_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_VHOST_USER_F_PROTOCOL_FEATURES 30u       /* Bit of the features: the back end knows protocol features. */
#define VIRTIO_VHOST_USER_F_LOG_ALL 26u                 /* Bit of the features: the back end marks the pages that it
                                                           writes. */
#define VIRTIO_VHOST_USER_LOG_PAGE 0x1000u              /* Bytes for which the log has a bit. */
#define VIRTIO_VHOST_USER_MEMORY_MAX_REGIONS 8u         /* Most regions in one SET_MEM_TABLE. */
#define VIRTIO_VHOST_USER_MAX_FDS 8u                    /* Most file descriptors with one message. */
#define VIRTIO_VHOST_USER_MAX_CONFIG_SIZE 256u          /* Most bytes of one access to the configuration. */
#define VIRTIO_VHOST_USER_VERSION 1u                    /* Version of the protocol. */
#define VIRTIO_VHOST_USER_INFLIGHT_VERSION 1u           /* Version of an inflight region; 0 is a region that the back
                                                           end has not initialized. */

/* enums.protocol-features; "Protocol features" */
#define VIRTIO_VHOST_USER_PROTOCOL_F_MQ 0               /* The front end can query the number of queues. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_LOG_SHMFD 1        /* The log is shared memory. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_RARP 2             /* The back end announces a guest after a migration. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_REPLY_ACK 3        /* Any message can ask for a reply. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_MTU 4              /* The front end sets the MTU. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_REQ 5      /* The back end sends requests through a socket of its own. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN 6     /* The byte order of a legacy queue can be set. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION 7   /* Crypto sessions are made by messages. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_PAGEFAULT 8        /* Postcopy migration. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_CONFIG 9           /* The back end serves the configuration space. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_SEND_FD 10 /* A request of the back end can carry file descriptors. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER 11   /* The back end offers memory in which the guest notifies. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD 12  /* Requests in flight are recorded in shared memory. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_RESET_DEVICE 13    /* The device can be reset. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS 14 /* Kicks, calls and errors can be messages. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS 15 /* Regions of memory are added and removed one at a time. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_STATUS 16          /* The back end has a device status. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_XEN_MMAP 17        /* Memory regions are Xen mappings. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_SHARED_OBJECT 18   /* Back ends share objects. */
#define VIRTIO_VHOST_USER_PROTOCOL_F_DEVICE_STATE 19    /* The back end's state can be saved and restored. */

/* enums.state-direction; "Device state transfer parameters" */
#define VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE 0 /* The back end writes its state. */
#define VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD 1 /* The back end reads its state. */

/* enums.state-phase; "Device state transfer parameters" */
#define VIRTIO_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED 0 /* The device and its queues are stopped. */

/* enums.iotlb-type; "An IOTLB message" */
#define VIRTIO_VHOST_USER_IOTLB_MISS 1                  /* The back end lacks a translation. */
#define VIRTIO_VHOST_USER_IOTLB_UPDATE 2                /* Adds or changes a translation. */
#define VIRTIO_VHOST_USER_IOTLB_INVALIDATE 3            /* A translation is no longer valid. */
#define VIRTIO_VHOST_USER_IOTLB_ACCESS_FAIL 4           /* The access is not allowed. */

/* enums.config-type; "Virtio device config space" */
#define VIRTIO_VHOST_USER_CONFIG_TYPE_FRONTEND 0        /* A write by the driver. */
#define VIRTIO_VHOST_USER_CONFIG_TYPE_MIGRATION 1       /* A write by a migration. */

/* flags.header-flags; "Header" */
#define VIRTIO_VHOST_USER_FLAG_VERSION 0x3              /* Bits of the protocol version. */
#define VIRTIO_VHOST_USER_FLAG_REPLY 0x4                /* The message is a reply. */
#define VIRTIO_VHOST_USER_FLAG_NEED_REPLY 0x8           /* The sender waits for a reply, with REPLY_ACK. */

/* flags.vring-fd-flags; "Front-end message types" */
#define VIRTIO_VHOST_USER_VRING_IDX_MASK 0xff           /* Bits with the number of the queue. */
#define VIRTIO_VHOST_USER_VRING_NOFD_MASK 0x100         /* The message has no file descriptor: poll. */

/* flags.vring-addr-flags; "Migration" */
#define VIRTIO_VHOST_USER_VRING_F_LOG 0x1               /* Writes to the used ring are marked in the log. */

/* messages.request; "Front-end message types" */
#define VIRTIO_VHOST_USER_GET_FEATURES 1                /* Query the features. */
#define VIRTIO_VHOST_USER_SET_FEATURES 2                /* Set the accepted features. */
#define VIRTIO_VHOST_USER_SET_OWNER 3                   /* Begin a session. */
#define VIRTIO_VHOST_USER_RESET_OWNER 4                 /* Disable all queues; obsolete. */
#define VIRTIO_VHOST_USER_SET_MEM_TABLE 5               /* Set the regions of memory. */
#define VIRTIO_VHOST_USER_SET_LOG_BASE 6                /* Set the log of written pages. */
#define VIRTIO_VHOST_USER_SET_LOG_FD 7                  /* Set the eventfd of the log. */
#define VIRTIO_VHOST_USER_SET_VRING_NUM 8               /* Set the size of a queue. */
#define VIRTIO_VHOST_USER_SET_VRING_ADDR 9              /* Set the addresses of a queue. */
#define VIRTIO_VHOST_USER_SET_VRING_BASE 10             /* Set the next available index of a queue. */
#define VIRTIO_VHOST_USER_GET_VRING_BASE 11             /* Stop a queue and query its next available index. */
#define VIRTIO_VHOST_USER_SET_VRING_KICK 12             /* Set the eventfd by which the driver notifies. */
#define VIRTIO_VHOST_USER_SET_VRING_CALL 13             /* Set the eventfd by which the device notifies. */
#define VIRTIO_VHOST_USER_SET_VRING_ERR 14              /* Set the eventfd for errors of a queue. */
#define VIRTIO_VHOST_USER_GET_PROTOCOL_FEATURES 15      /* Query the protocol features. */
#define VIRTIO_VHOST_USER_SET_PROTOCOL_FEATURES 16      /* Set the accepted protocol features. */
#define VIRTIO_VHOST_USER_GET_QUEUE_NUM 17              /* Query the maximum number of queues that the back end
                                                           supports. */
#define VIRTIO_VHOST_USER_SET_VRING_ENABLE 18           /* Enable or disable a queue. */
#define VIRTIO_VHOST_USER_SEND_RARP 19                  /* Announce a guest. */
#define VIRTIO_VHOST_USER_NET_SET_MTU 20                /* Set the MTU. */
#define VIRTIO_VHOST_USER_SET_BACKEND_REQ_FD 21         /* Set the socket for requests of the back end. */
#define VIRTIO_VHOST_USER_IOTLB_MSG 22                  /* Update or invalidate a translation. */
#define VIRTIO_VHOST_USER_SET_VRING_ENDIAN 23           /* Set the byte order of a legacy queue. */
#define VIRTIO_VHOST_USER_GET_CONFIG 24                 /* Read the configuration space; a reply without payload
                                                           reports an error. */
#define VIRTIO_VHOST_USER_SET_CONFIG 25                 /* Write the configuration space. */
#define VIRTIO_VHOST_USER_CREATE_CRYPTO_SESSION 26      /* Create a crypto session. */
#define VIRTIO_VHOST_USER_CLOSE_CRYPTO_SESSION 27       /* Close a crypto session. */
#define VIRTIO_VHOST_USER_POSTCOPY_ADVISE 28            /* Prepare for a postcopy migration. */
#define VIRTIO_VHOST_USER_POSTCOPY_LISTEN 29            /* A postcopy migration begins. */
#define VIRTIO_VHOST_USER_POSTCOPY_END 30               /* A postcopy migration is complete. */
#define VIRTIO_VHOST_USER_GET_INFLIGHT_FD 31            /* Get memory for requests in flight. */
#define VIRTIO_VHOST_USER_SET_INFLIGHT_FD 32            /* Set the memory of requests in flight. */
#define VIRTIO_VHOST_USER_GPU_SET_SOCKET 33             /* Set the socket of a gpu's display. */
#define VIRTIO_VHOST_USER_RESET_DEVICE 34               /* Reset the device. */
#define VIRTIO_VHOST_USER_VRING_KICK 35                 /* Notify a queue. */
#define VIRTIO_VHOST_USER_GET_MAX_MEM_SLOTS 36          /* Query the most regions of memory. */
#define VIRTIO_VHOST_USER_ADD_MEM_REG 37                /* Add a region of memory. */
#define VIRTIO_VHOST_USER_REM_MEM_REG 38                /* Remove a region of memory. */
#define VIRTIO_VHOST_USER_SET_STATUS 39                 /* Write the device status. */
#define VIRTIO_VHOST_USER_GET_STATUS 40                 /* Read the device status. */
#define VIRTIO_VHOST_USER_GET_SHARED_OBJECT 41          /* Get a shared object. */
#define VIRTIO_VHOST_USER_SET_DEVICE_STATE_FD 42        /* Set the file through which the state is saved or restored. */
#define VIRTIO_VHOST_USER_CHECK_DEVICE_STATE 43         /* Query whether the state was transferred without an error. */

/* messages.back-end-request; "Back-end message types" */
#define VIRTIO_VHOST_USER_BACKEND_IOTLB_MSG 1           /* A translation is missing or does not permit the access. */
#define VIRTIO_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG 2   /* The configuration space changed. */
#define VIRTIO_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG 3 /* Memory in which the guest notifies. */
#define VIRTIO_VHOST_USER_BACKEND_VRING_CALL 4          /* Interrupt of a queue. */
#define VIRTIO_VHOST_USER_BACKEND_VRING_ERR 5           /* Error of a queue. */
#define VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_ADD 6   /* Add a shared object. */
#define VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE 7 /* Remove a shared object. */
#define VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP 8 /* Look up a shared object. */

/* Header of a message. structs.hdr; "Header" */
struct virtio_vhost_user_hdr {
    uint32_t request;                       /* The request; guest's byte order; messages.request or
                                               VIRTIO_VHOST_USER_BACKEND_*. */
    uint32_t flags;                         /* Version and flags; guest's byte order; VIRTIO_VHOST_USER_FLAG_*. */
    uint32_t size;                          /* Length of the payload; in bytes; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_hdr, 12);

/* A number. structs.number; "A single 64-bit integer" */
struct virtio_vhost_user_number {
    uint64_t value;                         /* Value: features, a count, a status, or a queue index with flags;
                                               guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_number, 8);

/* A queue and a number. structs.vring_state; "A vring state description" */
struct virtio_vhost_user_vring_state {
    uint32_t index;                         /* Number of the queue; guest's byte order. */
    uint32_t num;                           /* Parameter of the request: queue size, next index, enabled or not, byte
                                               order; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_vring_state, 8);

/* Addresses of a queue in the front end. structs.vring_addr; "A vring address description" */
struct virtio_vhost_user_vring_addr {
    uint32_t index;                         /* Number of the queue; guest's byte order. */
    uint32_t flags;                         /* Whether to log; guest's byte order; VIRTIO_VHOST_USER_VRING_F_LOG. */
    uint64_t desc_user_addr;                /* Address of the descriptors; guest's byte order. */
    uint64_t used_user_addr;                /* Address of the used ring; guest's byte order. */
    uint64_t avail_user_addr;               /* Address of the available ring; guest's byte order. */
    uint64_t log_guest_addr;                /* Guest address of the used ring in the log; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_vring_addr, 40);

/* A region of memory. structs.memory_region; "Memory regions description" */
struct virtio_vhost_user_memory_region {
    uint64_t guest_phys_addr;               /* Guest address; guest's byte order. */
    uint64_t memory_size;                   /* Length; in bytes; guest's byte order. */
    uint64_t userspace_addr;                /* Address in the front end; guest's byte order. */
    uint64_t mmap_offset;                   /* Offset in the file; in bytes; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_memory_region, 32);

/* Regions of memory. structs.memory; "Memory regions description" */
struct virtio_vhost_user_memory {
    uint32_t nregions;                      /* Number of regions; guest's byte order. */
    uint32_t padding;                       /* Reserved; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_memory, 8);

/* One region of memory. structs.mem_reg; "Single memory region description" */
struct virtio_vhost_user_mem_reg {
    uint64_t padding;                       /* Reserved; guest's byte order. */
    struct virtio_vhost_user_memory_region region; /* The region. */
};
VIRTIO_SIZE(virtio_vhost_user_mem_reg, 40);

/* The log of written pages. structs.log; "Log description" */
struct virtio_vhost_user_log {
    uint64_t mmap_size;                     /* Length of the log; in bytes; guest's byte order. */
    uint64_t mmap_offset;                   /* Offset in the file; in bytes; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_log, 16);

/* A translation. structs.iotlb; "An IOTLB message" */
struct virtio_vhost_user_iotlb {
    uint64_t iova;                          /* I/O virtual address of the range; guest's byte order. */
    uint64_t size;                          /* Length; in bytes; guest's byte order. */
    uint64_t uaddr;                         /* Address in the front end; guest's byte order. */
    uint8_t perm;                           /* 1: may be read, 2: may be written. */
    uint8_t type;                           /* Kind of message; VIRTIO_VHOST_USER_IOTLB_*. */
    uint8_t padding[6];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_vhost_user_iotlb, 32);

/* An access to the configuration space. structs.config; "Virtio device config space" */
struct virtio_vhost_user_config {
    uint32_t offset;                        /* First byte; in bytes; guest's byte order. */
    uint32_t size;                          /* Length; in bytes; guest's byte order. */
    uint32_t flags;                         /* Purpose of the access; guest's byte order;
                                               VIRTIO_VHOST_USER_CONFIG_TYPE_*. */
};
VIRTIO_SIZE(virtio_vhost_user_config, 12);

/* Memory in which the guest notifies a queue. structs.vring_area; "Vring area description" */
struct virtio_vhost_user_vring_area {
    uint64_t u64;                           /* Number of the queue, and flags; guest's byte order. */
    uint64_t size;                          /* Length; in bytes; guest's byte order. */
    uint64_t offset;                        /* Offset in the file; in bytes; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_vring_area, 24);

/* Memory of requests in flight. structs.inflight; "Inflight description" */
#pragma pack(push, 1)
struct virtio_vhost_user_inflight {
    uint64_t mmap_size;                     /* Length of the area that tracks requests in flight; in bytes; guest's
                                               byte order. */
    uint64_t mmap_offset;                   /* Offset in the file; in bytes; guest's byte order. */
    uint16_t num_queues;                    /* Number of queues; guest's byte order. */
    uint16_t queue_size;                    /* Entries of a queue; guest's byte order. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_vhost_user_inflight, 20);

/* Name of a shared object. structs.shared; "VhostUserShared" */
struct virtio_vhost_user_shared {
    uint8_t uuid[16];                       /* UUID of the object. */
};
VIRTIO_SIZE(virtio_vhost_user_shared, 16);

/* How the state is transferred. structs.transfer_state; "Device state transfer parameters" */
struct virtio_vhost_user_transfer_state {
    uint32_t direction;                     /* Direction; guest's byte order;
                                               VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_*. */
    uint32_t phase;                         /* Phase of the migration; guest's byte order;
                                               VIRTIO_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED. */
};
VIRTIO_SIZE(virtio_vhost_user_transfer_state, 8);

/* State of a descriptor of a split ring. structs.desc_state_split; "Inflight I/O tracking" */
struct virtio_vhost_user_desc_state_split {
    uint8_t inflight;                       /* 1: a request that is not used yet begins here. */
    uint8_t padding[5];                     /* Reserved. */
    uint16_t next;                          /* Next head of the last batch of used requests; guest's byte order. */
    uint64_t counter;                       /* Order in which the requests were taken; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_desc_state_split, 16);

/* Requests in flight of a split ring. structs.queue_region_split; "Inflight I/O tracking" */
struct virtio_vhost_user_queue_region_split {
    uint64_t features;                      /* Features of the region: 0; guest's byte order. */
    uint16_t version;                       /* Version of the region: 1; 0 until the back end has initialized it;
                                               guest's byte order. */
    uint16_t desc_num;                      /* Number of descriptors; guest's byte order. */
    uint16_t last_batch_head;               /* First head of the last batch; guest's byte order. */
    uint16_t used_idx;                      /* Index of the used ring; guest's byte order. */
    struct virtio_vhost_user_desc_state_split desc[]; /* The descriptors. */
};
VIRTIO_SIZE(virtio_vhost_user_queue_region_split, 16);

/* Copy of a descriptor of a packed ring. structs.desc_state_packed; "Inflight I/O tracking" */
struct virtio_vhost_user_desc_state_packed {
    uint8_t inflight;                       /* 1: a request that is not used yet begins here. */
    uint8_t padding;                        /* Reserved. */
    uint16_t next;                          /* Next free entry; guest's byte order. */
    uint16_t last;                          /* Last entry of the request; guest's byte order. */
    uint16_t num;                           /* Number of descriptors of the request; guest's byte order. */
    uint64_t counter;                       /* Order in which the requests were taken; guest's byte order. */
    uint16_t id;                            /* Buffer id; guest's byte order. */
    uint16_t flags;                         /* Flags of the descriptor; guest's byte order. */
    uint32_t len;                           /* Length of the buffer; in bytes; guest's byte order. */
    uint64_t addr;                          /* Address of the buffer; guest's byte order. */
};
VIRTIO_SIZE(virtio_vhost_user_desc_state_packed, 32);

/* Requests in flight of a packed ring. structs.queue_region_packed; "Inflight I/O tracking" */
struct virtio_vhost_user_queue_region_packed {
    uint64_t features;                      /* Features of the region: 0; guest's byte order. */
    uint16_t version;                       /* Version of the region: 1; 0 until the back end has initialized it;
                                               guest's byte order. */
    uint16_t desc_num;                      /* Number of entries; guest's byte order. */
    uint16_t free_head;                     /* First free entry; guest's byte order. */
    uint16_t old_free_head;                 /* First free entry before the current batch; guest's byte order. */
    uint16_t used_idx;                      /* Index of the next used descriptor; guest's byte order. */
    uint16_t old_used_idx;                  /* Value of used_idx before the current batch; guest's byte order. */
    uint8_t used_wrap_counter;              /* Wrap counter of the device. */
    uint8_t old_used_wrap_counter;          /* Value of used_wrap_counter before the current batch. */
    uint8_t padding[7];                     /* Reserved. */
    uint8_t unused[3];                      /* Reserved. */
    struct virtio_vhost_user_desc_state_packed desc[]; /* The entries. */
};
VIRTIO_SIZE(virtio_vhost_user_queue_region_packed, 32);

#undef VIRTIO_SIZE
#endif
