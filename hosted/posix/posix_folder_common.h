/* SPDX-License-Identifier: MIT */
#ifndef POSIX_FOLDER_COMMON_H
#define POSIX_FOLDER_COMMON_H

#include "vwr_posix_folder.h"
#include "vwr/p9.h"

#include <limits.h>
#include <sys/stat.h>

/*
 * Interface between the files vwr_posix_folder*.c; private. Unless stated otherwise, functions return 0 or a
 * positive Linux error number, as in the protocol. Functions without a comment implement struct
 * vwr_vfiles_ops.
 */

#define POSIX_FOLDER_MODE (S_IRWXU | S_IRWXG | S_IRWXO | S_ISVTX) /* mode bits that a guest may set */
/* Names between the root and a file, if each is a system call. */
#define POSIX_FOLDER_DEPTH 256u
/* size of a descriptor number as a string, in bytes */
#define POSIX_FOLDER_NUMBER 16u

/* Work for struct vwr_vfiles, which a guest can make large */
#define POSIX_FOLDER_WORK_NAME 4096u       /* a name of the path to a file */
#define POSIX_FOLDER_WORK_STEP 128u        /* the same, for a path that the kernel walks */
#define POSIX_FOLDER_WORK_SYNC 0x40000000u /* it waits for the disk: the whole of any budget */

static inline struct vwr_posix_folder *posix_folder_of(struct vwr_vfiles *f)
{
    return (struct vwr_posix_folder *)(void *)f; /* the first member */
}

static inline int posix_folder_fd(const void *handle)
{
    return ((const struct vwr_posix_folder_file *)handle)->fd;
}

/* ---- vwr_posix_folder.c ---- */

/*
 * vwr_posix_folder_error converts errno to the number that all Linux architectures share;
 * vwr_posix_folder_result does so if a system call has returned r < 0, and returns 0 otherwise.
 */
int vwr_posix_folder_error(void);
int vwr_posix_folder_result(int r);

/* ---- vwr_posix_folder_handles.c ---- */

/* Name of a descriptor in f->proc. */
const char *vwr_posix_folder_number(char text[POSIX_FOLDER_NUMBER], int fd);
void vwr_posix_folder_set_qid(const struct vwr_posix_folder *f, const struct stat *st,
                              struct vwr_p9_qid *qid);
int vwr_posix_folder_get_qid(const struct vwr_posix_folder *f, int fd, struct vwr_p9_qid *qid);
/* Whether a file is a kernel interface, such as procfs, through which a guest could reach the VMM. */
bool vwr_posix_folder_is_kernels(int fd);
/* Creates a handle (c->made, c->qid) from an O_PATH descriptor, which it then owns. */
int vwr_posix_folder_hand_out(struct vwr_posix_folder *f, struct vwr_vfiles_call *c, int fd);
/* Whether the folder may open another descriptor; if not, sets errno. */
bool vwr_posix_folder_may_open(const struct vwr_posix_folder *f);
/* Opens a name in a folder with O_PATH. Returns a descriptor, or -1. */
int vwr_posix_folder_open_name(int fd, const char *name);
/*
 * Opens the folder that currently contains a file, if that folder is below the root, and stores the file's
 * name in that folder in `path`. Returns a descriptor, or -1.
 */
int vwr_posix_folder_open_above(struct vwr_posix_folder *f, int fd, char path[PATH_MAX], const char **name);
int vwr_posix_folder_attach(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_walk(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_clone(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_path(struct vwr_vfiles *files, const void *handle, char *to, uint32_t room);
void vwr_posix_folder_release(struct vwr_vfiles *files, void *handle);

/* ---- vwr_posix_folder_attributes.c ---- */

/* Sets c->qid and c->attr. */
void vwr_posix_folder_set_attr(const struct vwr_posix_folder *f, const struct stat *st,
                               struct vwr_vfiles_call *c);
int vwr_posix_folder_set_mode(const struct vwr_posix_folder *f, int fd, uint32_t mode);
int vwr_posix_folder_getattr(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_setattr(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_statfs(struct vwr_vfiles *files, struct vwr_vfiles_call *c);

/* ---- vwr_posix_folder_data.c ---- */

/* Reopens a handle's file without blocking; folders and regular files only. Returns a descriptor, or -1. */
int vwr_posix_folder_reopen(const struct vwr_posix_folder *f, const struct vwr_posix_folder_file *file,
                            int flags);
int vwr_posix_folder_open_file(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_create(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_read(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_write(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_list(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_read_link(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_sync(struct vwr_vfiles *files, struct vwr_vfiles_call *c);

/* ---- vwr_posix_folder_map.c ---- */

int vwr_posix_folder_map(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_unmap(struct vwr_vfiles *files, void *at, uint64_t length);

/* ---- vwr_posix_folder_names.c ---- */

int vwr_posix_folder_make_folder(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_make_link(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_make_node(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_link(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_rename(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_rename_at(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_remove(struct vwr_vfiles *files, struct vwr_vfiles_call *c);
int vwr_posix_folder_unlink_at(struct vwr_vfiles *files, struct vwr_vfiles_call *c);

#endif
