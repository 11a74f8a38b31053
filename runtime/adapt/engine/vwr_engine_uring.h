/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_URING_H
#define VWR_ENGINE_URING_H

#include "vwr_engine.h"

VWR_BEGIN_C

/*
 * A file or block device of the host by io_uring (-luring). FLUSH is fdatasync; discards and zeroes are
 * fallocate, or writes of zeroes on a file system without it. The process should ignore SIGXFSZ.
 */

struct io_uring;

struct vwr_engine_uring {
    struct vwr_engine engine; /* first */
    /* private */
    struct io_uring *ring;
    int file;
};

/* VWR_OK; VWR_EINVAL; VWR_ENOMEM; VWR_ENODEV: no such file, no size, no io_uring here, a folder: see errno.
 */
VWR_MUST_CHECK int vwr_engine_uring_open(struct vwr_engine_uring *u, const char *path,
                                         const struct vwr_engine_options *o);

VWR_END_C

#endif
