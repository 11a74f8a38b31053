/* SPDX-License-Identifier: MIT */
#ifndef VWR_FATFS_H
#define VWR_FATFS_H

#if __has_include("vwr.h")
#include "vwr.h" /* a copy by ./vwr embed */
#else
#include "vwr/blk.h"
#endif

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
