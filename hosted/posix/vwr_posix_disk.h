/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_DISK_H
#define VWR_POSIX_DISK_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/**
 * DOC: A guest's disk in a file or on a block device of the host
 *
 * The thread that serves the guest's queue executes each request, within the device's budget
 * (vwr/vdev.h). FLUSH is one fdatasync(2), and DISCARD is one call for each range, no matter how
 * long the call takes.
 *
 * The guest sees these errors as I/O errors and may repeat the request: errors of the file, an
 * early end of the file, a full file system, and RLIMIT_FSIZE. The back end blocks SIGXFSZ in the
 * thread and consumes it.
 */

/**
 * struct vwr_posix_disk - A back end on a file
 * @backend: Back end for struct vwr_vblk_options.
 * @errors: Number of failed system calls.
 * @last: errno of the last failed call; 0: the file ended early.
 */
struct vwr_posix_disk {
    struct vwr_vblk_backend backend;
    uintptr_t errors;
    int last;
    /* private: */
    int fd;
    bool ours; /* vwr_posix_disk_close() closes fd */
};

/**
 * vwr_posix_disk_open() - Open a file as a disk of whole 512-byte sectors
 * @d: Disk; it need not be initialised.
 * @path: Path. The call does not keep it.
 * @read_only: Open the file for reading only.
 *
 * The VMM owns the file until vwr_posix_disk_close(). Other programs should not access it
 * meanwhile.
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_ENODEV: the file cannot be opened or has no size; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_disk_open(struct vwr_posix_disk *d, const char *path, bool read_only);

/**
 * vwr_posix_disk_use() - Use an open file as a disk
 * @d: Disk; it need not be initialised.
 * @fd: File. The caller keeps it open until vwr_posix_disk_close(), which leaves it open.
 * @read_only: Do not write to the file.
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_ENODEV: the file has no size; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_disk_use(struct vwr_posix_disk *d, int fd, bool read_only);

/**
 * vwr_posix_disk_look() - Read the size of the file again, for vwr_vblk_resize()
 * @d: Open disk.
 *
 * Context: The VMM, before it calls vwr_vblk_resize() in the same thread.
 * Return: VWR_OK.
 * * VWR_ENODEV: the file has no size; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_disk_look(struct vwr_posix_disk *d);

/**
 * vwr_posix_disk_close() - Close a disk
 * @d: Disk that no device uses any more.
 *
 * Context: The VMM.
 */
void vwr_posix_disk_close(struct vwr_posix_disk *d);

VWR_END_C

#endif
