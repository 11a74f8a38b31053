/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_PMEM_H
#define VWR_STANDALONE_PMEM_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_PMEM 27                               /* Persistent memory, mapped like RAM and flushed by
                                                           requests. */

/* features; "Feature bits" */
#define VIRTIO_PMEM_F_SHMEM_REGION 0                    /* The memory is a shared memory region; the configuration
                                                           contains no address. */

/* messages.request-type; "Driver Operations" */
#define VIRTIO_PMEM_REQ_TYPE_FLUSH 0                    /* Make preceding writes persistent. */

/* shared-memory; "PMEM Device" */
#define VIRTIO_PMEM_SHM_ID_PERSISTENT_REGION 0          /* The persistent memory; with SHMEM_REGION. */

/* queues; "PMEM Device" */
#define VIRTIO_PMEM_QUEUE_REQ_VQ 0                      /* Flush requests. Quirk pmem.one-flush-per-notification
                                                           (QEMU 7.2): The device takes one request for each
                                                           notification; the others wait for the next notification.
                                                           The driver has one flush in flight unless its caller
                                                           allows more. */

/* A request. structs.req; "Driver Operations" */
struct virtio_pmem_req {
    uint32_t type;                          /* Request type; VIRTIO_PMEM_REQ_TYPE_FLUSH. */
};
VIRTIO_SIZE(virtio_pmem_req, 4);

/* Result of a request. structs.resp; "Device Operations / Device Operations" */
struct virtio_pmem_resp {
    uint32_t ret;                           /* 0 on success, 0xffffffff (-1) on failure. */
};
VIRTIO_SIZE(virtio_pmem_resp, 4);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_pmem_config {
    uint64_t start;                         /* Physical address of the memory; not with SHMEM_REGION. */
    uint64_t size;                          /* Size of the memory; in bytes; not with SHMEM_REGION. */
};
VIRTIO_SIZE(virtio_pmem_config, 16);

#undef VIRTIO_SIZE
#endif
