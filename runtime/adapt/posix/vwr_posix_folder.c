/* SPDX-License-Identifier: MIT */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_PATH, preadv */
#endif
#include "vwr_posix_folder.h"
#include "vwr/v9p_protocol.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#define NAME_MODE (S_IRWXU | S_IRWXG | S_IRWXO | S_ISVTX) /* of a mode, what a guest may set */
#define SEGMENTS 64u                                      /* at a time */
#define NUMBER 16u                                        /* bytes of a descriptor as text */

static struct vwr_posix_folder *folder_of(struct vwr_v9p_files *f)
{
    return (struct vwr_posix_folder *)(void *)f; /* it is the first */
}

static int fd_of(const void *handle)
{
    return ((const struct vwr_posix_folder_file *)handle)->fd;
}

/* The last error of the system, as all Linuxes number it. */
static int failed(void)
{
    static const struct {
        int host;
        int guest;
    } known[] = {
        {EPERM, VWR_P9_EPERM},
        {ENOENT, VWR_P9_ENOENT},
        {EIO, VWR_P9_EIO},
        {EBADF, VWR_P9_EBADF},
        {EAGAIN, VWR_P9_EAGAIN},
        {ENOMEM, VWR_P9_ENOMEM},
        {EACCES, VWR_P9_EACCES},
        {EBUSY, VWR_P9_EBUSY},
        {EEXIST, VWR_P9_EEXIST},
        {EXDEV, VWR_P9_EXDEV},
        {ENODEV, VWR_P9_ENODEV},
        {ENOTDIR, VWR_P9_ENOTDIR},
        {EISDIR, VWR_P9_EISDIR},
        {EINVAL, VWR_P9_EINVAL},
        {ENFILE, VWR_P9_ENFILE},
        {EMFILE, VWR_P9_EMFILE},
        {ETXTBSY, VWR_P9_ETXTBSY},
        {EFBIG, VWR_P9_EFBIG},
        {ENOSPC, VWR_P9_ENOSPC},
        {EROFS, VWR_P9_EROFS},
        {EMLINK, VWR_P9_EMLINK},
        {ELOOP, VWR_P9_ELOOP},
        {ENAMETOOLONG, VWR_P9_ENAMETOOLONG},
        {ENOTEMPTY, VWR_P9_ENOTEMPTY},
        {ESTALE, VWR_P9_ESTALE},
        {EOPNOTSUPP, VWR_P9_EOPNOTSUPP},
        {EDQUOT, VWR_P9_EDQUOT},
    };

    for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].host == errno)
            return known[i].guest;
    return VWR_P9_EIO;
}

static int result_of(int r)
{
    return r < 0 ? failed() : 0;
}

static int same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The file of a descriptor, below f->proc. */
static const char *number_of(char text[NUMBER], int fd)
{
    (void)snprintf(text, NUMBER, "%d", fd);
    return text;
}

static void set_qid(const struct vwr_posix_folder *f, const struct stat *st, struct vwr_v9p_qid *qid)
{
    const uint64_t device = st->st_dev;

    qid->path = st->st_ino;
    if (device != f->device) /* a file system below the folder numbers its files anew */
        qid->path ^= (device + 1u) * UINT64_C(0x9e3779b97f4a7c15);
    qid->version = (uint32_t)st->st_mtime ^ (uint32_t)st->st_mtim.tv_nsec ^ (uint32_t)st->st_size << 8;
    qid->type = S_ISDIR(st->st_mode)   ? VWR_P9_QT_DIR
                : S_ISLNK(st->st_mode) ? VWR_P9_QT_SYMLINK
                                       : VWR_P9_QT_FILE;
}

static int get_qid(const struct vwr_posix_folder *f, int fd, struct vwr_v9p_qid *qid)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return failed();
    set_qid(f, &st, qid);
    return 0;
}

/* ---- handles ---- */

/* Of a descriptor of O_PATH, which is the handle's from here on. */
static int hand_out(struct vwr_posix_folder *f, struct vwr_v9p_call *c, int fd)
{
    struct vwr_posix_folder_file *file;
    int error = fd < 0 ? failed() : f->free == 0 ? VWR_P9_ENFILE : get_qid(f, fd, &c->qid);

    if (error != 0) {
        if (fd >= 0)
            close(fd);
        return error;
    }
    file = &f->file[f->free - 1u];
    f->free = file->next;
    f->in_use++;
    file->fd = fd;
    file->opened = -1;
    file->list = NULL;
    c->made = file;
    return 0;
}

static void release(struct vwr_v9p_files *files, void *handle)
{
    struct vwr_posix_folder *const f = folder_of(files);
    struct vwr_posix_folder_file *const file = handle;

    if (file->list != NULL)
        closedir(file->list);
    else if (file->opened >= 0)
        close(file->opened);
    close(file->fd);
    file->next = f->free;
    f->free = (uint32_t)(file - f->file) + 1u;
    f->in_use--;
}

static int attach(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    struct vwr_posix_folder *const f = folder_of(files);

    return hand_out(f, c, fcntl(f->root, F_DUPFD_CLOEXEC, 0));
}

static int clone_handle(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    return hand_out(folder_of(files), c, fcntl(fd_of(c->file), F_DUPFD_CLOEXEC, 0));
}

static int open_name(int fd, const char *name)
{
    return openat(fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

/* ---- the way up ---- */

static int read_path(const struct vwr_posix_folder *f, int fd, char path[PATH_MAX])
{
    char number[NUMBER];
    const ssize_t n = readlinkat(f->proc, number_of(number, fd), path, PATH_MAX - 1);

    path[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* From the root down, name by name, to the folder that the last name of `path` is in: a descriptor, or -1. */
static int open_folder_of(const struct vwr_posix_folder *f, const char *path, const char **last)
{
    int at = fcntl(f->root, F_DUPFD_CLOEXEC, 0);

    for (*last = path; at >= 0 && strchr(*last, '/') != NULL;) {
        char name[NAME_MAX + 1];
        const size_t n = strcspn(*last, "/");
        int next = -1;

        if (n > 0 && n < sizeof(name)) {
            memcpy(name, *last, n);
            name[n] = '\0';
            next = open_name(at, name);
        }
        close(at);
        at = next;
        *last += n + 1;
    }
    return at;
}

/* The folder that a file is in now, if that is below the root, and its name there, in path: a descriptor; -1.
 */
static int open_above(const struct vwr_posix_folder *f, int fd, char path[PATH_MAX], const char **name)
{
    char root[PATH_MAX];
    struct stat here;
    struct stat there;
    size_t n;
    int up;

    errno = ENOENT;
    if (!read_path(f, f->root, root) || !read_path(f, fd, path))
        return -1;
    n = strcmp(root, "/") == 0 ? 0 : strlen(root);
    errno = strcmp(path, root) == 0 ? EBUSY : ENOENT;
    if (strncmp(path, root, n) != 0 || path[n] != '/' || path[n + 1] == '\0')
        return -1;
    up = open_folder_of(f, path + n + 1, name);
    if (up < 0 || fstat(fd, &here) != 0 || fstatat(up, *name, &there, AT_SYMLINK_NOFOLLOW) != 0 ||
        !same_file(&here, &there)) {
        if (up >= 0)
            close(up);
        errno = ENOENT;
        return -1;
    }
    return up;
}

static int walk_up(struct vwr_posix_folder *f, struct vwr_v9p_call *c)
{
    char path[PATH_MAX];
    const char *name;
    struct stat here;
    struct stat root;

    if (fstat(fd_of(c->file), &here) != 0 || fstat(f->root, &root) != 0)
        return failed();
    if (!S_ISDIR(here.st_mode))
        return VWR_P9_ENOTDIR;
    if (same_file(&here, &root))
        return hand_out(f, c, fcntl(f->root, F_DUPFD_CLOEXEC, 0));
    return hand_out(f, c, open_above(f, fd_of(c->file), path, &name));
}

static int walk(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    struct vwr_posix_folder *const f = folder_of(files);

    if (vwr_v9p_is_up(c->name.text, c->name.bytes))
        return walk_up(f, c);
    return hand_out(f, c, open_name(fd_of(c->file), c->name.text));
}

/* ---- attributes ---- */

static void set_time(struct vwr_v9p_time *to, const struct timespec *from)
{
    to->seconds = (uint64_t)from->tv_sec;
    to->nanoseconds = (uint64_t)from->tv_nsec;
}

static int getattr(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    struct vwr_v9p_attr *const a = &c->attr;
    struct stat st;

    if (fstat(fd_of(c->file), &st) != 0)
        return failed();
    set_qid(folder_of(files), &st, &c->qid);
    a->mode = st.st_mode;
    a->uid = st.st_uid;
    a->gid = st.st_gid;
    a->links = st.st_nlink;
    a->device = st.st_rdev;
    a->bytes = (uint64_t)st.st_size;
    a->block_bytes = (uint64_t)st.st_blksize;
    a->blocks = (uint64_t)st.st_blocks;
    set_time(&a->accessed, &st.st_atim);
    set_time(&a->modified, &st.st_mtim);
    set_time(&a->changed, &st.st_ctim);
    return 0;
}

/* The file of a handle, opened once more: of a folder or regular file alone, which does not wait. */
static int reopen(const struct vwr_posix_folder *f, int fd, int flags)
{
    char number[NUMBER];
    struct stat st;

    if (fstat(fd, &st) != 0)
        return -1;
    errno = EACCES;
    if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return -1;
    return openat(f->proc, number_of(number, fd), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static int resize(const struct vwr_posix_folder *f, const struct vwr_posix_folder_file *file, uint64_t bytes)
{
    const bool writable =
        file->opened >= 0 && file->list == NULL && (fcntl(file->opened, F_GETFL) & O_ACCMODE) != O_RDONLY;
    const int fd = writable ? file->opened : reopen(f, file->fd, O_WRONLY);
    const int error = fd < 0 ? failed() : result_of(ftruncate(fd, (off_t)bytes));

    if (!writable && fd >= 0)
        close(fd);
    return error;
}

static struct timespec time_of(uint32_t set, uint32_t change, uint32_t to, const struct vwr_v9p_time *t)
{
    struct timespec ts = {.tv_sec = (time_t)t->seconds, .tv_nsec = (long)t->nanoseconds};

    if ((set & change) == 0)
        ts.tv_nsec = UTIME_OMIT;
    else if ((set & to) == 0)
        ts.tv_nsec = UTIME_NOW;
    else if (t->nanoseconds >= 1000000000u)
        ts.tv_nsec = 0; /* else it would be one of the two above */
    return ts;
}

static int set_mode(const struct vwr_posix_folder *f, int fd, uint32_t mode)
{
    char number[NUMBER];
    struct stat st;

    if (fstat(fd, &st) != 0)
        return failed();
    if (S_ISLNK(st.st_mode))
        return VWR_P9_EOPNOTSUPP;
    return result_of(fchmodat(f->proc, number_of(number, fd), mode & NAME_MODE, 0));
}

static int set_times(const struct vwr_posix_folder *f, const struct vwr_v9p_call *c)
{
    const struct timespec times[2] = {
        time_of(c->set, VWR_P9_SET_ATIME, VWR_P9_SET_ATIME_SET, &c->attr.accessed),
        time_of(c->set, VWR_P9_SET_MTIME, VWR_P9_SET_MTIME_SET, &c->attr.modified)};
    char number[NUMBER];

    return result_of(utimensat(f->proc, number_of(number, fd_of(c->file)), times, 0));
}

static int setattr(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    const uint32_t set = c->set;
    const int fd = fd_of(c->file);
    int error = 0;

    if (f->read_only)
        return VWR_P9_EROFS;
    if ((set & (VWR_P9_SET_UID | VWR_P9_SET_GID)) != 0)
        error = result_of(fchownat(fd, "", (set & VWR_P9_SET_UID) != 0 ? c->attr.uid : (uid_t)-1,
                                   (set & VWR_P9_SET_GID) != 0 ? c->attr.gid : (gid_t)-1, AT_EMPTY_PATH));
    if (error == 0 && (set & VWR_P9_SET_MODE) != 0)
        error = set_mode(f, fd, c->attr.mode);
    if (error == 0 && (set & VWR_P9_SET_SIZE) != 0)
        error = resize(f, c->file, c->attr.bytes);
    if (error == 0 && (set & (VWR_P9_SET_ATIME | VWR_P9_SET_MTIME)) != 0)
        error = set_times(f, c);
    return error;
}

static int get_statfs(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    struct vwr_v9p_statfs *const s = &c->statfs;
    struct statfs st;

    (void)files;
    if (fstatfs(fd_of(c->file), &st) != 0)
        return failed();
    s->type = (uint32_t)st.f_type;
    s->block_bytes = (uint32_t)st.f_bsize;
    s->blocks = st.f_blocks;
    s->free = st.f_bavail;
    s->files = st.f_files;
    s->files_free = st.f_ffree;
    s->id = 0;
    return 0;
}

/* ---- content ---- */

static int flags_of(uint32_t flags)
{
    int r = (int)(flags & VWR_P9_O_ACCMODE);

    r = r == VWR_P9_O_WRONLY ? O_WRONLY : r == VWR_P9_O_RDWR ? O_RDWR : O_RDONLY;
    return r | ((flags & VWR_P9_O_APPEND) != 0 ? O_APPEND : 0);
}

static int open_handle(const struct vwr_posix_folder *f, struct vwr_posix_folder_file *file, uint32_t flags)
{
    const bool truncate = (flags & VWR_P9_O_TRUNC) != 0;

    if (f->read_only && (truncate || (flags & VWR_P9_O_ACCMODE) != VWR_P9_O_RDONLY))
        return VWR_P9_EROFS;
    file->opened = reopen(f, file->fd, flags_of(flags) | (truncate ? O_TRUNC : 0));
    return file->opened < 0 ? failed() : 0;
}

static int open_file(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    struct vwr_posix_folder_file *const file = c->file;
    int error = open_handle(folder_of(files), file, c->flags);

    if (error == 0)
        error = get_qid(folder_of(files), file->fd, &c->qid);
    if (error == 0 && c->qid.type == VWR_P9_QT_DIR)
        file->list = fdopendir(file->opened);
    return error;
}

/* A file that is new; one that is there is opened as any other. */
static int create_new(const struct vwr_posix_folder *f, struct vwr_v9p_call *c, int *opened)
{
    char number[NUMBER];
    int fd;

    *opened = openat(fd_of(c->file), c->name.text,
                     O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC | flags_of(c->flags),
                     c->mode & NAME_MODE);
    if (*opened < 0)
        return -1;
    (void)fchmod(*opened, c->mode & NAME_MODE); /* whatever the VMM's umask is */
    fd = openat(f->proc, number_of(number, *opened), O_PATH | O_CLOEXEC);
    if (fd < 0) {
        close(*opened);
        *opened = -1;
    }
    return fd;
}

static int create(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    struct vwr_posix_folder *const f = folder_of(files);
    int opened = -1;
    int error;
    int fd;

    if (f->read_only)
        return VWR_P9_EROFS;
    fd = create_new(f, c, &opened);
    if (fd < 0 && errno == EEXIST && (c->flags & VWR_P9_O_EXCL) == 0)
        fd = open_name(fd_of(c->file), c->name.text);
    error = hand_out(f, c, fd);
    if (error != 0) {
        if (opened >= 0)
            close(opened);
        return error;
    }
    ((struct vwr_posix_folder_file *)c->made)->opened = opened;
    if (opened < 0)
        error = c->qid.type == VWR_P9_QT_DIR       ? VWR_P9_EISDIR
                : c->qid.type == VWR_P9_QT_SYMLINK ? VWR_P9_ELOOP
                                                   : open_handle(f, c->made, c->flags);
    if (error != 0)
        release(files, c->made);
    return error;
}

typedef ssize_t transfer_function(int fd, const struct iovec *at, int n, off_t offset);

/* Straight into or out of the guest's memory. */
static int transfer(struct vwr_v9p_call *c, transfer_function *function)
{
    const int fd = ((const struct vwr_posix_folder_file *)c->file)->opened;
    struct vwr_vseg seg[SEGMENTS];
    struct iovec at[SEGMENTS];
    ssize_t done = 1;

    while (c->done < c->bytes && done > 0) {
        const unsigned n = vwr_v9p_segments(c, seg, SEGMENTS);

        for (unsigned i = 0; i < n; i++)
            at[i] = (struct iovec){.iov_base = seg[i].at, .iov_len = seg[i].len};
        done = function(fd, at, (int)n, (off_t)(c->offset + c->done));
        if (done < 0 && errno == EINTR)
            done = 1;
        else if (done > 0)
            vwr_v9p_advance(c, (uint32_t)done);
    }
    return done < 0 && c->done == 0 ? failed() : 0;
}

static int read_file(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    (void)files;
    return transfer(c, preadv);
}

static int write_file(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    (void)files;
    return transfer(c, pwritev);
}

static int sync_file(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder_file *const file = c->file;

    (void)files;
    return file->opened >= 0 ? result_of(fsync(file->opened)) : 0;
}

static int read_link(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    char target[VWR_V9P_TARGET];
    const ssize_t n = readlinkat(fd_of(c->file), "", target, sizeof(target));

    (void)files;
    if (n < 0)
        return failed();
    (void)vwr_v9p_put(c, target, (uint32_t)n);
    return 0;
}

static int list(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    DIR *const at = ((struct vwr_posix_folder_file *)c->file)->list;
    struct stat st = {.st_dev = (dev_t)folder_of(files)->device};
    struct vwr_v9p_qid qid;
    const struct dirent *e;

    if (at == NULL)
        return VWR_P9_ENOMEM;
    if (c->offset == 0)
        rewinddir(at);
    else
        seekdir(at, (long)c->offset);
    while ((e = readdir(at)) != NULL) {
        st.st_ino = e->d_ino;
        st.st_mode = (mode_t)(e->d_type << 12);
        set_qid(folder_of(files), &st, &qid);
        if (!vwr_v9p_put_entry(c, &qid, (uint64_t)telldir(at), e->d_type, e->d_name,
                               (uint32_t)strlen(e->d_name)))
            break;
    }
    return 0;
}

/* ---- names ---- */

static int make_folder(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    int error;
    int fd;

    if (f->read_only)
        return VWR_P9_EROFS;
    if (mkdirat(fd_of(c->file), c->name.text, c->mode & NAME_MODE) != 0)
        return failed();
    fd = open_name(fd_of(c->file), c->name.text);
    error = fd < 0 ? failed() : get_qid(f, fd, &c->qid);
    if (error == 0 && c->qid.type == VWR_P9_QT_DIR)
        (void)set_mode(f, fd, c->mode); /* whatever the VMM's umask is */
    if (fd >= 0)
        close(fd);
    return error;
}

/* The qid of a name that was just made. */
static int qid_of_name(const struct vwr_posix_folder *f, struct vwr_v9p_call *c)
{
    struct stat st;

    if (fstatat(fd_of(c->file), c->name.text, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return failed();
    set_qid(f, &st, &c->qid);
    return 0;
}

static int make_link(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    char target[VWR_V9P_TARGET + 1u];

    if (f->read_only)
        return VWR_P9_EROFS;
    target[vwr_v9p_take(c, target, VWR_V9P_TARGET)] = '\0';
    if (symlinkat(target, fd_of(c->file), c->name.text) != 0)
        return failed();
    return qid_of_name(f, c);
}

/* Of devices, pipes and sockets the host has its own. */
static int make_node(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    int fd;

    if (f->read_only)
        return VWR_P9_EROFS;
    if ((c->mode & VWR_P9_S_FMT) != VWR_P9_S_REG)
        return VWR_P9_EPERM;
    fd = openat(fd_of(c->file), c->name.text, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY,
                c->mode & NAME_MODE);
    if (fd < 0)
        return failed();
    (void)fchmod(fd, c->mode & NAME_MODE);
    close(fd);
    return qid_of_name(f, c);
}

static int hard_link(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    char number[NUMBER];

    if (f->read_only)
        return VWR_P9_EROFS;
    return result_of(
        linkat(f->proc, number_of(number, fd_of(c->file)), fd_of(c->to), c->name.text, AT_SYMLINK_FOLLOW));
}

static int rename_at(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    if (folder_of(files)->read_only)
        return VWR_P9_EROFS;
    return result_of(renameat(fd_of(c->file), c->name.text, fd_of(c->to), c->second.text));
}

static int unlink_at(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const bool folder = (c->flags & VWR_P9_AT_REMOVEDIR) != 0;

    if (folder_of(files)->read_only)
        return VWR_P9_EROFS;
    return result_of(unlinkat(fd_of(c->file), c->name.text, folder ? AT_REMOVEDIR : 0));
}

/* By the name that the file has now. */
static int rename_file(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    char path[PATH_MAX];
    const char *name;
    int error;
    int up;

    if (f->read_only)
        return VWR_P9_EROFS;
    up = open_above(f, fd_of(c->file), path, &name);
    if (up < 0)
        return failed();
    error = result_of(renameat(up, name, fd_of(c->to), c->name.text));
    close(up);
    return error;
}

static int remove_file(struct vwr_v9p_files *files, struct vwr_v9p_call *c)
{
    const struct vwr_posix_folder *const f = folder_of(files);
    char path[PATH_MAX];
    const char *name;
    int error;
    int up;

    if (f->read_only)
        return VWR_P9_EROFS;
    error = get_qid(f, fd_of(c->file), &c->qid);
    up = error == 0 ? open_above(f, fd_of(c->file), path, &name) : -1;
    if (up < 0)
        return error != 0 ? error : failed();
    error = result_of(unlinkat(up, name, c->qid.type == VWR_P9_QT_DIR ? AT_REMOVEDIR : 0));
    close(up);
    return error;
}

static const struct vwr_v9p_files_ops folder_ops = {
    .attach = attach,
    .walk = walk,
    .clone = clone_handle,
    .release = release,
    .getattr = getattr,
    .setattr = setattr,
    .open = open_file,
    .create = create,
    .read = read_file,
    .write = write_file,
    .readdir = list,
    .readlink = read_link,
    .mkdir = make_folder,
    .symlink = make_link,
    .mknod = make_node,
    .link = hard_link,
    .rename = rename_file,
    .renameat = rename_at,
    .remove = remove_file,
    .unlinkat = unlink_at,
    .sync = sync_file,
    .statfs = get_statfs,
};

int vwr_posix_folder_open(struct vwr_posix_folder *f, const char *path,
                          const struct vwr_posix_folder_options *o)
{
    struct stat st;

    if (o->file == NULL || o->files == 0 || (o->lock == NULL) != (o->unlock == NULL))
        return VWR_EINVAL;
    memset(f, 0, sizeof(*f));
    f->files.ops = &folder_ops;
    f->files.lock = o->lock;
    f->files.unlock = o->unlock;
    f->read_only = o->read_only;
    f->file = o->file;
    for (uint32_t i = 0; i < o->files; i++)
        o->file[i].next = i + 1u < o->files ? i + 2u : 0;
    f->free = 1;
    f->proc = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC);
    f->root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (f->proc < 0 || f->root < 0 || fstat(f->root, &st) != 0) {
        const int why = errno;

        vwr_posix_folder_close(f);
        errno = why;
        return VWR_ENODEV;
    }
    f->device = st.st_dev;
    return VWR_OK;
}

void vwr_posix_folder_close(struct vwr_posix_folder *f)
{
    if (f->proc >= 0)
        close(f->proc);
    if (f->root >= 0)
        close(f->root);
    f->proc = -1;
    f->root = -1;
}
