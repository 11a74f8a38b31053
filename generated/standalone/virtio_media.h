/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_MEDIA_H
#define VWR_STANDALONE_MEDIA_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_MEDIA 48                              /* A camera, codec or other video device that implements
                                                           V4L2. */

#define VIRTIO_MEDIA_MAX_PLANES 8u                      /* Maximum number of planes in a DQBUF event. */

/*
 * Memory type of a buffer, as in enum v4l2_memory.
 * enums.memory; "Device Operation / Command Virtqueue / Device Operation: Memory Types"
 */
#define VIRTIO_MEDIA_MMAP 1                             /* Device memory (V4L2_MEMORY_MMAP). */
#define VIRTIO_MEDIA_SHARED_PAGES 2                     /* Driver memory (V4L2_MEMORY_USERPTR). */
#define VIRTIO_MEDIA_OBJECT 4                           /* A virtio object named by a UUID (V4L2_MEMORY_DMABUF). */

/*
 * flags.mmap-flags; "Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP
 * buffer"
 */
#define VIRTIO_MEDIA_MMAP_FLAG_RW 0x1                   /* The driver may also write. */

/* messages.command; "Device Operation / Command Virtqueue / Device Operation: Command headers" */
#define VIRTIO_MEDIA_CMD_OPEN 1                         /* Open a session. */
#define VIRTIO_MEDIA_CMD_CLOSE 2                        /* Close a session; there is no response. */
#define VIRTIO_MEDIA_CMD_IOCTL 3                        /* Run a V4L2 ioctl in a session. */
#define VIRTIO_MEDIA_CMD_MMAP 4                         /* Map a buffer of the device. */
#define VIRTIO_MEDIA_CMD_MUNMAP 5                       /* Remove a mapping. */

/* messages.event; "Device Operation / Event Virtqueue / Device Operation: Event header" */
#define VIRTIO_MEDIA_EVT_ERROR 0                        /* A session failed. */
#define VIRTIO_MEDIA_EVT_DQBUF 1                        /* The device no longer uses a buffer, and returns it to the
                                                           driver. */
#define VIRTIO_MEDIA_EVT_EVENT 2                        /* A V4L2 event. */

/* shared-memory; "Media Device" */
#define VIRTIO_MEDIA_SHM_ID_MMAP 0                      /* Window into which the device maps buffers. */

/* queues; "Media Device" */
#define VIRTIO_MEDIA_QUEUE_COMMANDQ 0                   /* Commands and responses. */
#define VIRTIO_MEDIA_QUEUE_EVENTQ 1                     /* Events from the device. */

/*
 * Header of a command.
 * structs.cmd_header; "Device Operation / Command Virtqueue / Device Operation: Command headers"
 */
struct virtio_media_cmd_header {
    uint32_t cmd;                           /* Command; VIRTIO_MEDIA_CMD_*. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_media_cmd_header, 8);

/*
 * Header of a response.
 * structs.resp_header; "Device Operation / Command Virtqueue / Device Operation: Command headers"
 */
struct virtio_media_resp_header {
    uint32_t status;                        /* 0, or a Linux error number. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_media_resp_header, 8);

/*
 * Open a session.
 * structs.cmd_open; "Device Operation / Command Virtqueue / Device Operation: Open device"
 */
struct virtio_media_cmd_open {
    struct virtio_media_cmd_header hdr;     /* CMD_OPEN. */
};
VIRTIO_SIZE(virtio_media_cmd_open, 8);

/*
 * Response to CMD_OPEN.
 * structs.resp_open; "Device Operation / Command Virtqueue / Device Operation: Open device"
 */
struct virtio_media_resp_open {
    struct virtio_media_resp_header hdr;    /* Status of the command. */
    uint32_t session_id;                    /* Id of the new session. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_media_resp_open, 16);

/*
 * Close a session.
 * structs.cmd_close; "Device Operation / Command Virtqueue / Device Operation: Close device"
 */
struct virtio_media_cmd_close {
    struct virtio_media_cmd_header hdr;     /* CMD_CLOSE. */
    uint32_t session_id;                    /* Session id. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_media_cmd_close, 16);

/*
 * Run an ioctl; the argument follows if V4L2 passes it to the device.
 * structs.cmd_ioctl; "Device Operation / Command Virtqueue / Device Operation: V4L2 ioctls"
 */
struct virtio_media_cmd_ioctl {
    struct virtio_media_cmd_header hdr;     /* CMD_IOCTL. */
    uint32_t session_id;                    /* Session id. */
    uint32_t code;                          /* Ioctl number: the second argument of its _IO macro. */
};
VIRTIO_SIZE(virtio_media_cmd_ioctl, 16);

/*
 * Response to CMD_IOCTL; the argument follows if V4L2 returns it.
 * structs.resp_ioctl; "Device Operation / Command Virtqueue / Device Operation: V4L2 ioctls"
 */
struct virtio_media_resp_ioctl {
    struct virtio_media_resp_header hdr;    /* Status of the command. */
};
VIRTIO_SIZE(virtio_media_resp_ioctl, 8);

/*
 * A segment of the memory behind a V4L2 user pointer.
 * structs.sg_entry; "Device Operation / Command Virtqueue / Device Operation: V4L2 ioctls /
 * Handling of pointers to userspace memory in ioctl payload"
 */
struct virtio_media_sg_entry {
    uint64_t start;                         /* Guest physical address. */
    uint32_t len;                           /* Length; in bytes. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_media_sg_entry, 16);

/*
 * Map a plane of a buffer into shared memory region 0.
 * structs.cmd_mmap; "Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP
 * buffer"
 */
struct virtio_media_cmd_mmap {
    struct virtio_media_cmd_header hdr;     /* CMD_MMAP. */
    uint32_t session_id;                    /* Session that owns the buffer. */
    uint32_t flags;                         /* Mapping flags; VIRTIO_MEDIA_MMAP_FLAG_RW. */
    uint32_t offset;                        /* The plane's mem_offset from VIDIOC_QUERYBUF. */
};
VIRTIO_SIZE(virtio_media_cmd_mmap, 20);

/*
 * Response to CMD_MMAP.
 * structs.resp_mmap; "Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP
 * buffer"
 */
struct virtio_media_resp_mmap {
    struct virtio_media_resp_header hdr;    /* Status of the command. */
    uint64_t driver_addr;                   /* Offset of the mapping in shared memory region 0; in bytes. */
    uint64_t len;                           /* Length of the mapping; in bytes. */
};
VIRTIO_SIZE(virtio_media_resp_mmap, 24);

/*
 * Remove a mapping from shared memory region 0.
 * structs.cmd_munmap; "Device Operation / Command Virtqueue / Device Operation: Unmapping a MMAP
 * buffer"
 */
struct virtio_media_cmd_munmap {
    struct virtio_media_cmd_header hdr;     /* CMD_MUNMAP. */
    uint64_t driver_addr;                   /* Offset from the response to CMD_MMAP; in bytes. */
};
VIRTIO_SIZE(virtio_media_cmd_munmap, 16);

/*
 * Response to CMD_MUNMAP.
 * structs.resp_munmap; "Device Operation / Command Virtqueue / Device Operation: Unmapping a MMAP
 * buffer"
 */
struct virtio_media_resp_munmap {
    struct virtio_media_resp_header hdr;    /* Status of the command. */
};
VIRTIO_SIZE(virtio_media_resp_munmap, 8);

/*
 * Header of an event.
 * structs.event_header; "Device Operation / Event Virtqueue / Device Operation: Event header"
 */
struct virtio_media_event_header {
    uint32_t event;                         /* Event type; VIRTIO_MEDIA_EVT_*. */
    uint32_t session_id;                    /* Session of the event. */
};
VIRTIO_SIZE(virtio_media_event_header, 8);

/*
 * An unrecoverable session error; the driver must close the session.
 * structs.event_error; "Device Operation / Event Virtqueue / Device Operation: Device-side error"
 */
struct virtio_media_event_error {
    struct virtio_media_event_header hdr;   /* EVT_ERROR. */
    uint32_t errno_;                        /* Linux error number. */
    uint32_t reserved;                      /* Reserved. */
};
VIRTIO_SIZE(virtio_media_event_error, 16);

/*
 * A dequeued buffer.
 * structs.event_dqbuf; "Device Operation / Event Virtqueue / Device Operation: Dequeue buffer"
 */
struct virtio_media_event_dqbuf {
    struct virtio_media_event_header hdr;   /* EVT_DQBUF. */
    uint8_t buffer[88];                     /* The buffer; holds struct v4l2_buffer. */
    uint8_t planes[512];                    /* Planes of a multi-planar buffer; holds struct v4l2_plane[8]. */
};
VIRTIO_SIZE(virtio_media_event_dqbuf, 608);

/*
 * A V4L2 event that the driver subscribed to.
 * structs.event_event; "Device Operation / Event Virtqueue / Device Operation: Emit an event"
 */
struct virtio_media_event_event {
    struct virtio_media_event_header hdr;   /* EVT_EVENT. */
    uint8_t event[136];                     /* The event; holds struct v4l2_event. */
};
VIRTIO_SIZE(virtio_media_event_event, 144);

/* Configuration space of the device. config; "Device Configuration Layout" */
struct virtio_media_config {
    uint32_t device_caps;                   /* Capability flags as in struct v4l2_capability. */
    uint32_t device_type;                   /* Kind of video device, as vfl_devnode_type. */
    uint8_t card[32];                       /* Device name: UTF-8, NUL-terminated if it is shorter than the field. */
};
VIRTIO_SIZE(virtio_media_config, 40);

#undef VIRTIO_SIZE
#endif
