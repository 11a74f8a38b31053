/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_FS_H
#define VWR_STANDALONE_FS_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_FS 26                                 /* A file system that serves FUSE requests. */

/* features; "Feature bits" */
#define VIRTIO_FS_F_NOTIFICATION 0                      /* The device sends FUSE notifications. */

/* shared-memory; "File System Device" */
#define VIRTIO_FS_SHM_ID_DAX_WINDOW 0                   /* Window into which the driver maps parts of files. */

/* queues; "File System Device" */
#define VIRTIO_FS_QUEUE_HIPRIO 0                        /* High-priority requests. */
#define VIRTIO_FS_QUEUE_NOTIFICATION 1                  /* FUSE notifications; with NOTIFICATION. */

/*
 * A FUSE request and its reply.
 * No C struct, because its first field has no fixed length. in[], request header; holds struct
 * fuse_in_header; datain[], request data after the header.
 * structs.req; "Device Operation / Device Operation: Request Queues"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. out[], reply header; holds struct
 * fuse_out_header; dataout[], reply data after the header.
 * structs.req; "Device Operation / Device Operation: Request Queues"
 */

/*
 * FUSE_READ, an example of a request.
 * No C struct, because its first field has no fixed length. in[], request header; holds struct
 * fuse_in_header; u[], read parameters.
 * structs.read_req; "Device Operation / Device Operation: Request Queues"
 */

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. out[], reply header; holds struct
 * fuse_out_header; dataout[], data read; its length is out.len minus the length of the reply
 * header.
 * structs.read_req; "Device Operation / Device Operation: Request Queues"
 */

/*
 * A FUSE notification.
 * No C struct, because its first field has no fixed length. out_hdr[], header; holds struct
 * fuse_out_header; outarg[], the notification; notify_buf_size covers header and data.
 * structs.notify; "Device Operation / Device Operation: Notification Queue"
 */

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_fs_config {
    uint8_t tag[36];                        /* Mount tag: UTF-8, padded with NUL; no terminating NUL if it has 36
                                               bytes. */
    uint32_t num_request_queues;            /* Number of request queues; at least 1. */
    uint32_t notify_buf_size;               /* Minimum buffer size of the notification queue; in bytes; with
                                               NOTIFICATION. */
};
VIRTIO_SIZE(virtio_fs_config, 44);

#undef VIRTIO_SIZE
#endif
