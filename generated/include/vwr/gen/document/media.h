/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#ifndef VWR_GEN_DOCUMENT_MEDIA_H
#define VWR_GEN_DOCUMENT_MEDIA_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/media.h"

#define VIRTIO_MEDIA_MAX_PLANES                 VWR_MEDIA_MAX_PLANES

#define VIRTIO_MEDIA_MMAP                       VWR_MEDIA_MMAP
#define VIRTIO_MEDIA_SHARED_PAGES               VWR_MEDIA_SHARED_PAGES
#define VIRTIO_MEDIA_OBJECT                     VWR_MEDIA_OBJECT

#define VIRTIO_MEDIA_MMAP_FLAG_RW               VWR_MEDIA_MMAP_FLAG_RW

#define VIRTIO_MEDIA_CMD_OPEN                   VWR_MEDIA_CMD_OPEN
#define VIRTIO_MEDIA_CMD_CLOSE                  VWR_MEDIA_CMD_CLOSE
#define VIRTIO_MEDIA_CMD_IOCTL                  VWR_MEDIA_CMD_IOCTL
#define VIRTIO_MEDIA_CMD_MMAP                   VWR_MEDIA_CMD_MMAP
#define VIRTIO_MEDIA_CMD_MUNMAP                 VWR_MEDIA_CMD_MUNMAP

#define VIRTIO_MEDIA_EVT_ERROR                  VWR_MEDIA_EVT_ERROR
#define VIRTIO_MEDIA_EVT_DQBUF                  VWR_MEDIA_EVT_DQBUF
#define VIRTIO_MEDIA_EVT_EVENT                  VWR_MEDIA_EVT_EVENT

#define virtio_media_cmd_header                 vwr_media_cmd_header
#define virtio_media_resp_header                vwr_media_resp_header
#define virtio_media_cmd_open                   vwr_media_cmd_open
#define virtio_media_resp_open                  vwr_media_resp_open
#define virtio_media_cmd_close                  vwr_media_cmd_close
#define virtio_media_cmd_ioctl                  vwr_media_cmd_ioctl
#define virtio_media_resp_ioctl                 vwr_media_resp_ioctl
#define virtio_media_sg_entry                   vwr_media_sg_entry
#define virtio_media_cmd_mmap                   vwr_media_cmd_mmap
#define virtio_media_resp_mmap                  vwr_media_resp_mmap
#define virtio_media_cmd_munmap                 vwr_media_cmd_munmap
#define virtio_media_resp_munmap                vwr_media_resp_munmap
#define virtio_media_event_header               vwr_media_event_header
#define virtio_media_event_error                vwr_media_event_error
#define virtio_media_event_dqbuf                vwr_media_event_dqbuf
#define virtio_media_event_event                vwr_media_event_event
#define virtio_media_config                     vwr_media_config

#endif
