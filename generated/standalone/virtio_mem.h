/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_MEM_H
#define VWR_STANDALONE_MEM_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_MEM 24                                /* Memory that the device plugs and unplugs in blocks. */

/* features; "Feature bits" */
#define VIRTIO_MEM_F_ACPI_PXM 0                         /* node_id is an ACPI proximity domain. */
#define VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE 1           /* The driver must not access unplugged memory. */
#define VIRTIO_MEM_F_PERSISTENT_SUSPEND 2               /* Plugged memory survives a suspend of the guest. */

/* enums.response-type; "Device Operation" */
#define VIRTIO_MEM_RESP_ACK 0                           /* The request succeeded. */
#define VIRTIO_MEM_RESP_NACK 1                          /* The device refuses the request. */
#define VIRTIO_MEM_RESP_BUSY 2                          /* The device is busy; retry later. */
#define VIRTIO_MEM_RESP_ERROR 3                         /* The request is invalid. */

/* enums.state-type; "Device Operation / STATE request" */
#define VIRTIO_MEM_STATE_PLUGGED 0                      /* All blocks are plugged. */
#define VIRTIO_MEM_STATE_UNPLUGGED 1                    /* All blocks are unplugged. */
#define VIRTIO_MEM_STATE_MIXED 2                        /* Some blocks are plugged and some are unplugged. */

/* messages.request-type; "Device Operation" */
#define VIRTIO_MEM_REQ_PLUG 0                           /* Plug unplugged blocks. */
#define VIRTIO_MEM_REQ_UNPLUG 1                         /* Unplug plugged blocks. */
#define VIRTIO_MEM_REQ_UNPLUG_ALL 2                     /* Unplug all blocks. */
#define VIRTIO_MEM_REQ_STATE 3                          /* Query whether blocks are plugged. */

/* queues; "Memory Device" */
#define VIRTIO_MEM_QUEUE_GUEST_REQUEST 0                /* Requests from the driver. */

/* Blocks to plug. structs.req_plug; "Device Operation / PLUG request" */
struct virtio_mem_req_plug {
    uint64_t addr;                          /* Physical address of the first block. */
    uint16_t nb_blocks;                     /* Number of blocks. */
    uint16_t padding[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_mem_req_plug, 16);

/* Blocks to unplug. structs.req_unplug; "Device Operation / UNPLUG request" */
struct virtio_mem_req_unplug {
    uint64_t addr;                          /* Physical address of the first block. */
    uint16_t nb_blocks;                     /* Number of blocks. */
    uint16_t padding[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_mem_req_unplug, 16);

/* Blocks to query. structs.req_state; "Device Operation / STATE request" */
struct virtio_mem_req_state {
    uint64_t addr;                          /* Physical address of the first block. */
    uint16_t nb_blocks;                     /* Number of blocks. */
    uint16_t padding[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_mem_req_state, 16);

/* A request. structs.req; "Device Operation" */
struct virtio_mem_req {
    uint16_t type;                          /* Request type; VIRTIO_MEM_REQ_*. */
    uint16_t padding[3];                    /* Reserved. */
    union {                                 /* Blocks of the request. */
        struct virtio_mem_req_plug plug;    /* Blocks to plug; for PLUG. */
        struct virtio_mem_req_unplug unplug; /* Blocks to unplug; for UNPLUG. */
        struct virtio_mem_req_state state;  /* Blocks to query; for STATE. */
    } u;
};
VIRTIO_SIZE(virtio_mem_req, 24);

/* Result of a STATE request. structs.resp_state; "Device Operation / STATE request" */
struct virtio_mem_resp_state {
    uint16_t type;                          /* Block state; VIRTIO_MEM_STATE_*. */
};
VIRTIO_SIZE(virtio_mem_resp_state, 2);

/* A response. structs.resp; "Device Operation" */
struct virtio_mem_resp {
    uint16_t type;                          /* Response type; VIRTIO_MEM_RESP_*. */
    uint16_t padding[3];                    /* Reserved. */
    union {                                 /* Result of the request. */
        struct virtio_mem_resp_state state; /* Block state, if STATE succeeded; for STATE. */
    } u;
};
VIRTIO_SIZE(virtio_mem_resp, 10);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_mem_config {
    uint64_t block_size;                    /* Block size and alignment; a power of 2; in bytes. */
    uint16_t node_id;                       /* ACPI proximity domain of the memory; valid with ACPI_PXM. */
    uint8_t padding[6];                     /* Reserved. */
    uint64_t addr;                          /* Physical address of the region. */
    uint64_t region_size;                   /* Size of the region; in bytes. */
    uint64_t usable_region_size;            /* Size of the usable part of the region; may change; in bytes. */
    uint64_t plugged_size;                  /* Size of the plugged memory; in bytes. */
    uint64_t requested_size;                /* Requested size of the plugged memory; may change; in bytes. */
};
VIRTIO_SIZE(virtio_mem_config, 56);

#undef VIRTIO_SIZE
#endif
