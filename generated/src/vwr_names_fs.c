/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#include "vwr/gen/fs.h"

const struct vwr_name vwr_fs_feature_names[] = {
    {VWR_FS_F_NOTIFICATION, "NOTIFICATION"},
    {0, NULL},
};

const struct vwr_name vwr_fs_shm_id_names[] = {
    {VWR_FS_SHM_ID_DAX_WINDOW, "DAX_WINDOW"},
    {0, NULL},
};
