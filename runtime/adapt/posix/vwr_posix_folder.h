/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_FOLDER_H
#define VWR_POSIX_FOLDER_H

#include "vwr/v9p.h"

VWR_BEGIN_C

/*
 * A folder of a Linux host, shared with a guest (vwr/v9p.h). Each message is executed by the thread that
 * serves the guest's queue.
 *
 * The guest can access only what is in the folder, whatever it requests and whatever other programs rename
 * concurrently: a handle is a descriptor of the file itself (O_PATH), names are looked up one at a time
 * relative to it, without a '/', and symbolic links are not followed (O_NOFOLLOW). A folder that another
 * program moves away remains accessible while the guest has a fid of it. The guest may write any target into
 * symbolic links; programs of the host should not follow them.
 *
 * Only folders and regular files can be opened, not devices, pipes or sockets; only these and symbolic links
 * can be created. Files belong to the VMM's user; the guest may change owner and group as far as that user
 * may. Set-user-ID and set-group-ID bits are not set. Growing a file beyond RLIMIT_FSIZE fails with EFBIG;
 * SIGXFSZ is blocked in the thread and consumed. Requires /proc.
 */

/* A file with a fid. Private. */
struct vwr_posix_folder_file {
    int fd;        /* O_PATH */
    int opened;    /* for reading and writing, or -1 */
    uint32_t next; /* next free one: index + 1 */
};

/*
 *   file       `files` structures, which limit the guest's open descriptors to two for each
 *   read_only  all changes fail with EROFS
 *   lock, unlock   as in struct vwr_v9p_files
 */
struct vwr_posix_folder_options {
    struct vwr_posix_folder_file *file;
    uint32_t files;
    bool read_only;
    void (*lock)(struct vwr_v9p_files *f);
    void (*unlock)(struct vwr_v9p_files *f);
};

struct vwr_posix_folder {
    struct vwr_v9p_files files; /* first; for struct vwr_v9p_options */
    uint32_t in_use;            /* number of files in use */
    /* private */
    struct vwr_posix_folder_file *file;
    uint32_t free;
    bool read_only;
    int root;
    int proc; /* /proc/self/fd */
    uint64_t device;
};

/*
 * VWR_OK; VWR_EINVAL: no files, or only one lock hook; VWR_ENODEV: the folder cannot be opened, or there is
 * no /proc, see errno.
 */
VWR_MUST_CHECK int vwr_posix_folder_open(struct vwr_posix_folder *f, const char *path,
                                         const struct vwr_posix_folder_options *o);

/* No device may use it any more. */
void vwr_posix_folder_close(struct vwr_posix_folder *f);

VWR_END_C

#endif
