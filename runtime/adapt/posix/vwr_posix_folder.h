/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_FOLDER_H
#define VWR_POSIX_FOLDER_H

#include "vwr/v9p.h"

VWR_BEGIN_C

/*
 * A folder of a Linux host for a guest, for vwr/v9p.h. Each message is carried out when the guest's queue is
 * served, by the thread that does so.
 *
 * The guest reaches what lies in the folder and nothing else, whatever it asks for and whatever other
 * programs rename meanwhile: a handle is a descriptor of the file itself (O_PATH), a name is looked up from
 * there by itself, without a '/', and no symbolic link is followed (O_NOFOLLOW). A folder that a program of
 * the host moves away stays the guest's as long as it has a fid of it. What the guest writes into symbolic
 * links is its own matter: programs of the host had better not follow them.
 *
 * Only folders and regular files are opened: no device, pipe or socket; none but these and symbolic links is
 * made. Files belong to the VMM's user; the guest may change owner and group as far as that user may.
 * Set-user-ID and set-group-ID are not set. A file that would grow beyond RLIMIT_FSIZE is EFBIG for the
 * guest; SIGXFSZ is blocked in the thread meanwhile, and taken. Needs /proc.
 */

/* A file that the guest has a fid for. Private. */
struct vwr_posix_folder_file {
    int fd;        /* O_PATH */
    int opened;    /* to be read, written, or -1 */
    uint32_t next; /* that is free: index + 1 */
};

/*
 *   file       `files` structures: descriptors that the guest has at once are at most two for each, and
 *              nothing else of the host is
 *   read_only  nothing is changed: EROFS
 *   lock, unlock   as struct vwr_v9p_files has them
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
    uint32_t in_use;            /* of the files */
    /* private */
    struct vwr_posix_folder_file *file;
    uint32_t free;
    bool read_only;
    int root;
    int proc; /* /proc/self/fd */
    uint64_t device;
};

/* VWR_OK; VWR_EINVAL: no file, one lock hook alone; VWR_ENODEV: it is no folder that can be opened, or there
 * is no /proc: errno says why. */
VWR_MUST_CHECK int vwr_posix_folder_open(struct vwr_posix_folder *f, const char *path,
                                         const struct vwr_posix_folder_options *o);

/* No device uses it any more. */
void vwr_posix_folder_close(struct vwr_posix_folder *f);

VWR_END_C

#endif
