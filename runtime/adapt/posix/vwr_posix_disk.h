/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_DISK_H
#define VWR_POSIX_DISK_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/*
 * What a guest's disk stores lies in a file of the host, or on a block device of it. Each request is
 * carried out when the guest's queue is served, by the thread that does so, as far as the budget of the disk
 * goes (vdev.h); FLUSH is fdatasync, and DISCARD is one call for a range, however long these take.
 *
 * An error of the file, an end that comes too early, a full file system and RLIMIT_FSIZE (whose SIGXFSZ is
 * blocked in the thread meanwhile, and taken) are I/O errors to the guest,
 * nothing more: what it had asked for is not kept, and it may ask again.
 */
struct vwr_posix_disk {
    struct vwr_vblk_backend backend; /* for struct vwr_vblk_options */
    uintptr_t errors;                /* calls of the system that failed */
    int last;                        /* errno of the last of them; 0: the file ended too early */
    /* private */
    int fd;
    bool ours;
};

/*
 * The whole 512-byte sectors of a file. VWR_OK; VWR_ENODEV: it cannot be opened, or has no size, errno
 * says why. The file is the VMM's until close; other programs had better leave it alone meanwhile.
 */
VWR_MUST_CHECK int vwr_posix_disk_open(struct vwr_posix_disk *d, const char *path, bool read_only);

/* The same with a file that is open already, and stays open. */
VWR_MUST_CHECK int vwr_posix_disk_use(struct vwr_posix_disk *d, int fd, bool read_only);

/* Looks at the file's size anew, for vwr_vblk_resize. VWR_OK or VWR_ENODEV. */
VWR_MUST_CHECK int vwr_posix_disk_look(struct vwr_posix_disk *d);

/* No guest's disk is over it any more. */
void vwr_posix_disk_close(struct vwr_posix_disk *d);

VWR_END_C

#endif
