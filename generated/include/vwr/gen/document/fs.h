/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

#ifndef VWR_GEN_DOCUMENT_FS_H
#define VWR_GEN_DOCUMENT_FS_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/fs.h"

#define VIRTIO_FS_F_NOTIFICATION                VWR_FS_F_NOTIFICATION

#define virtio_fs_config                        vwr_fs_config

#endif
