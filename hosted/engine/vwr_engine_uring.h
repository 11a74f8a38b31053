/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_URING_H
#define VWR_ENGINE_URING_H

#include "vwr_engine.h"

VWR_BEGIN_C

/**
 * DOC: A disk in a file or on a block device of the host, through io_uring
 *
 * Link with -luring. FLUSH is fdatasync(2). DISCARD and WRITE_ZEROES are fallocate(2), or writes of
 * zeroes where the file system has no fallocate(2). The process should ignore SIGXFSZ.
 */

struct io_uring;

/**
 * struct vwr_engine_uring - An engine on a file or block device
 * @engine: Engine; the first member.
 */
struct vwr_engine_uring {
    struct vwr_engine engine;
    /* private: */
    struct io_uring *ring;
    int file;
};

/**
 * vwr_engine_uring_open() - Open a file or block device
 * @u: Engine; it need not be initialised.
 * @path: Path. The call does not keep it.
 * @o: Options.
 *
 * Context: The VMM.
 * Return: VWR_OK. After an error nothing is open.
 * * VWR_EINVAL: options.slots or options.segments is 0.
 * * VWR_ENOMEM: there is no memory for the requests.
 * * VWR_ENODEV: the file is not usable or has no size, it is a directory, or the kernel has no
 *   io_uring; errno says why.
 */
VWR_MUST_CHECK int vwr_engine_uring_open(struct vwr_engine_uring *u, const char *path,
                                         const struct vwr_engine_options *o);

VWR_END_C

#endif
