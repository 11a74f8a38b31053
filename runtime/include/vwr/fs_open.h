/* SPDX-License-Identifier: MIT */
#ifndef VWR_FS_OPEN_H
#define VWR_FS_OPEN_H

#include "vwr/fs.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: File system device for vwr_open()
 *
 * This header defines the driver and the memory of a file system device for vwr_open(). The driver attaches
 * as user 0; vwr_fs_mount() starts the session.
 */

/**
 * struct vwr_fs_open_own - Private memory of a file system device
 * @fs: Device; the first member.
 */
struct vwr_fs_open_own {
    struct vwr_fs fs;
};

/**
 * struct vwr_fs_open_shared - Shared memory of a file system device (see struct vwr_queue_memory)
 * @queue: Queue.
 */
struct vwr_fs_open_shared {
    struct vwr_fs_shared queue;
};

extern const struct vwr_open_class vwr_fs_open_class;

VWR_END_C

#endif
