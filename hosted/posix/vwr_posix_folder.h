/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_FOLDER_H
#define VWR_POSIX_FOLDER_H

#include "vwr/vfiles.h"

VWR_BEGIN_C

/**
 * DOC: A folder of a Linux host, shared with a guest
 *
 * The thread that serves the guest's queue executes each message (vwr/vfiles.h).
 *
 * The guest can access only what is in the folder, whatever it requests and whatever other programs
 * rename concurrently:
 *
 * - A handle is a descriptor of the file itself (O_PATH).
 * - Names are looked up one at a time relative to a handle. They have no '/', and symbolic links
 *   are not followed (O_NOFOLLOW).
 * - The way up (".."), and the name of a file that is removed or renamed, come from /proc: the path
 *   is opened below the root by openat2(), which follows no link and does not leave the root, and the
 *   file must be what its name there denotes. Where the kernel has no openat2(), or a filter denies it,
 *   the path is walked name by name, and 257 folders or more below the root this fails with
 *   ENAMETOOLONG.
 * - If another program moves a folder away, the guest can access it as long as it has a fid of it.
 * - The guest may write any target into a symbolic link. Programs of the host should not follow
 *   such links.
 * - Only folders and regular files can be opened, not devices, pipes or sockets. Only these two and
 *   symbolic links can be created.
 * - A mount below the folder belongs to it, unless options.one_file_system is set. Interfaces of the
 *   kernel (procfs, sysfs, debugfs, tracefs, cgroup and their like) are refused with EACCES in any
 *   case: a guest that opens /proc/PID/mem has the VMM's memory.
 * - Files belong to the VMM's user. The guest may change owner and group as far as that user may.
 *   Set-user-ID and set-group-ID bits are not set.
 * - A file that grows beyond RLIMIT_FSIZE fails with EFBIG. SIGXFSZ is blocked in the thread and
 *   consumed.
 *
 * The folder needs /proc.
 */

/* Size in bytes of the buffer for getdents64(), as in glibc. */
#define VWR_POSIX_FOLDER_LIST 32768u

/* A file with a fid; private. */
struct vwr_posix_folder_file {
    int fd;            /* O_PATH */
    uint32_t type;     /* S_IFMT of its mode, which never changes */
    int opened;        /* for reading and writing, or -1 */
    bool is_begun;     /* a folder from which entries were read */
    uint64_t position; /* file offset of an open folder; ~0: unknown */
    uint32_t next;     /* index + 1 of the next free entry */
};

/**
 * struct vwr_posix_folder_options - Options of a shared folder
 * @file: Memory for @files entries. Each entry has at most two open descriptors.
 * @file_count: Number of entries, which limits the guest's fids.
 * @descriptors: Maximum number of descriptors that all entries have open; beyond it the guest gets
 *   ENFILE. Leave enough of RLIMIT_NOFILE for the rest of the program, and 4 for the calls of the
 *   folder. 0: two for each entry.
 * @read_only: All changes fail with EROFS.
 * @one_file_system: Mounts below the folder are refused with EACCES.
 * @lock: As in struct vwr_vfiles; may be NULL.
 * @unlock: As in struct vwr_vfiles; NULL if @lock is.
 */
struct vwr_posix_folder_options {
    struct vwr_posix_folder_file *file;
    uint32_t file_count;
    uint32_t descriptors;
    bool read_only;
    bool one_file_system;
    void (*lock)(struct vwr_vfiles *f);
    void (*unlock)(struct vwr_vfiles *f);
};

/**
 * struct vwr_posix_folder - A shared folder
 * @files: Files for struct vwr_v9p_options; the first member.
 * @in_use: Number of entries in use.
 * @open: Number of their descriptors.
 * @shortage: The array that was too small, after an open that failed with VWR_ENOMEM.
 *
 * The structure contains a buffer of VWR_POSIX_FOLDER_LIST bytes, which is too large for a small stack.
 */
struct vwr_posix_folder {
    struct vwr_vfiles files;
    uint32_t in_use;
    uint32_t open;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_posix_folder_file *file;
    uint32_t free;
    uint32_t descriptors;
    bool read_only;
    bool one_file_system;
    bool walks; /* there is no openat2() */
    int root;
    int proc; /* /proc/self/fd */
    uint64_t device;
    struct {
        const struct vwr_posix_folder_file *file; /* NULL: none */
        uint64_t offset;                          /* of the next entry */
        uint32_t at, bytes;
    } listed; /* the folder that was read last, and its remaining entries in @entries */
    uint64_t entries[VWR_POSIX_FOLDER_LIST / 8u];
};

/**
 * vwr_posix_folder_open() - Open a folder
 * @f: Folder; it need not be initialised.
 * @path: Path. The call does not keep it.
 * @o: Options. The folder owns @o->file until vwr_posix_folder_close().
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no entries, or only one of the two hooks.
 * * VWR_ENODEV: the folder cannot be opened, or there is no /proc; errno says why. EACCES: it may be
 *   an interface of the kernel.
 */
VWR_MUST_CHECK int vwr_posix_folder_open(struct vwr_posix_folder *f, const char *path,
                                         const struct vwr_posix_folder_options *o);

/**
 * vwr_posix_folder_close() - Close a folder
 * @f: Folder that no device uses any more.
 *
 * Context: The VMM.
 */
void vwr_posix_folder_close(struct vwr_posix_folder *f);

VWR_END_C

#endif
