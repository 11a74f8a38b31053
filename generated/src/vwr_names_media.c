/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/media.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Media Device */

#include "vwr/gen/media.h"

const struct vwr_name vwr_media_memory_names[] = {
    {VWR_MEDIA_MMAP, "MMAP"},
    {VWR_MEDIA_SHARED_PAGES, "SHARED_PAGES"},
    {VWR_MEDIA_OBJECT, "OBJECT"},
    {0, NULL},
};

const struct vwr_name vwr_media_mmap_flags_names[] = {
    {VWR_MEDIA_MMAP_FLAG_RW, "RW"},
    {0, NULL},
};

const struct vwr_name vwr_media_command_names[] = {
    {VWR_MEDIA_CMD_OPEN, "OPEN"},
    {VWR_MEDIA_CMD_CLOSE, "CLOSE"},
    {VWR_MEDIA_CMD_IOCTL, "IOCTL"},
    {VWR_MEDIA_CMD_MMAP, "MMAP"},
    {VWR_MEDIA_CMD_MUNMAP, "MUNMAP"},
    {0, NULL},
};

const struct vwr_name vwr_media_event_names[] = {
    {VWR_MEDIA_EVT_ERROR, "ERROR"},
    {VWR_MEDIA_EVT_DQBUF, "DQBUF"},
    {VWR_MEDIA_EVT_EVENT, "EVENT"},
    {0, NULL},
};

const struct vwr_name vwr_media_shm_id_names[] = {
    {VWR_MEDIA_SHM_ID_MMAP, "MMAP"},
    {0, NULL},
};
