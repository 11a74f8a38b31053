/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_FOLDER_H
#define VWR_POSIX_FOLDER_H

#include "vwr/v9p.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A folder of a Linux host for a guest, for vwr/v9p.h. Each message is carried out when the guest's queue is
 * served, by the thread that does so.
 *
 * The guest reaches what lies in the folder and nothing else, whatever it asks for and whatever other
 * programs rename meanwhile: a handle is a descriptor of the file itself (O_PATH), names are looked up one by
 * one from there, and no symbolic link is followed (openat2 with RESOLVE_BENEATH where the kernel has it,
 * else O_NOFOLLOW for a single name). Files are of the VMM's user: uid and gid of the guest are set only
 * where the VMM may do so, and `chown` else answers EPERM. Only folders and regular files are opened: no
 * device, pipe or socket of the host is; none but regular files, folders and symbolic links is made.
 * Set-user-ID and set-group-ID are not set. Needs /proc.
 */

/* A file that the guest has a fid for. Private. */
struct vwr_posix_folder_file {
    int fd;     /* O_PATH */
    int opened; /* to be read, written, or -1 */
    void *list; /* of an opened folder */
    uint32_t next;
};

/*
 *   file       `files` structures: descriptors that the guest has at once are at most two for each
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
    bool beneath; /* the kernel has openat2 */
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

#ifdef __cplusplus
}
#endif

#endif
