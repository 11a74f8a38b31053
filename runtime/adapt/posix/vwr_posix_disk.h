/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_DISK_H
#define VWR_POSIX_DISK_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/*
 * Backend of a guest's block device: a file or block device of the host. Each request is executed by the
 * thread that serves the guest's queue, within the budget of the device (vdev.h). FLUSH is fdatasync, and
 * DISCARD one call per range, regardless of how long these take.
 *
 * Errors of the file, an early end of file, a full file system and RLIMIT_FSIZE (SIGXFSZ is blocked in the
 * thread and consumed) are reported to the guest as I/O errors. Failed requests are not kept; the guest may
 * retry.
 */
struct vwr_posix_disk {
    struct vwr_vblk_backend backend; /* for struct vwr_vblk_options */
    uintptr_t errors;                /* number of failed system calls */
    int last;                        /* errno of the last one; 0: early end of file */
    /* private */
    int fd;
    bool ours;
};

/*
 * Opens a file as whole 512-byte sectors. VWR_OK; VWR_ENODEV: it cannot be opened or has no size, see errno.
 * The VMM owns the file until close; other programs should not access it meanwhile.
 */
VWR_MUST_CHECK int vwr_posix_disk_open(struct vwr_posix_disk *d, const char *path, bool read_only);

/* The same with an open file, which close leaves open. */
VWR_MUST_CHECK int vwr_posix_disk_use(struct vwr_posix_disk *d, int fd, bool read_only);

/* Updates the size from the file, for vwr_vblk_resize. VWR_OK or VWR_ENODEV. */
VWR_MUST_CHECK int vwr_posix_disk_look(struct vwr_posix_disk *d);

/* No device may use it any more. */
void vwr_posix_disk_close(struct vwr_posix_disk *d);

VWR_END_C

#endif
