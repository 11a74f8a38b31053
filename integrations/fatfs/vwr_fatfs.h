/* SPDX-License-Identifier: MIT */
#ifndef VWR_FATFS_H
#define VWR_FATFS_H

#include "vwr/blk.h"

#include "ff.h"
#include "diskio.h"

/* A physical drive of FatFs. */
struct vwr_fatfs_drive {
    struct vwr_blk *blk; /* open; NULL: there is no such drive */
    void *bounce;        /* FF_MAX_SS bytes, aligned to VWR_PORT_DMA_ALIGN, that the disk can access: for
                            buffers of FatFs that it cannot; NULL: it can access them all */
};

extern struct vwr_fatfs_drive vwr_fatfs_drive[FF_VOLUMES]; /* filled in by the caller */

#endif
