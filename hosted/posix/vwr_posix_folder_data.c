/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_folder_common.h"
#include "posix_size_limit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* Opening, reading and writing files and folders. */

#define SEGMENTS 64u /* per system call */
#define UNKNOWN (~(uint64_t)0)

int vwr_posix_folder_reopen(const struct vwr_posix_folder *f, const struct vwr_posix_folder_file *file,
                            int flags)
{
    char number[POSIX_FOLDER_NUMBER];

    errno = EACCES;
    if (!S_ISREG(file->type) && !S_ISDIR(file->type))
        return -1;
    return openat(f->proc, vwr_posix_folder_number(number, file->fd),
                  flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static int flags_of(uint32_t flags)
{
    int r = (int)(flags & VWR_P9_O_ACCMODE);

    r = r == VWR_P9_O_WRONLY ? O_WRONLY : r == VWR_P9_O_RDWR ? O_RDWR : O_RDONLY;
    return r | ((flags & VWR_P9_O_APPEND) != 0 ? O_APPEND : 0);
}

static int open_handle(struct vwr_posix_folder *f, struct vwr_posix_folder_file *file, uint32_t flags)
{
    const bool truncate = (flags & VWR_P9_O_TRUNC) != 0;

    if (f->read_only && (truncate || (flags & VWR_P9_O_ACCMODE) != VWR_P9_O_RDONLY))
        return VWR_P9_EROFS;
    if (!vwr_posix_folder_may_open(f))
        return vwr_posix_folder_error();
    file->opened = vwr_posix_folder_reopen(f, file, flags_of(flags) | (truncate ? O_TRUNC : 0));
    if (file->opened < 0)
        return vwr_posix_folder_error();
    f->open++;
    return 0;
}

int vwr_posix_folder_open_file(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder_file *const file = c->file;
    int error = open_handle(posix_folder_of(files), file, c->flags);

    if (error == 0)
        error = vwr_posix_folder_get_qid(posix_folder_of(files), file->fd, &c->qid);
    return error;
}

/* Creates a new file; an existing one is opened as usual. */
static int create_new(const struct vwr_posix_folder *f, struct vwr_vfiles_call *c, int *opened)
{
    char number[POSIX_FOLDER_NUMBER];
    int fd;

    *opened = openat(posix_folder_fd(c->file), c->name.text,
                     O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC | flags_of(c->flags),
                     c->mode & POSIX_FOLDER_MODE);
    if (*opened < 0)
        return -1;
    (void)fchmod(*opened, c->mode & POSIX_FOLDER_MODE); /* independent of the VMM's umask */
    fd = openat(f->proc, vwr_posix_folder_number(number, *opened), O_PATH | O_CLOEXEC);
    if (fd < 0) {
        close(*opened);
        *opened = -1;
    }
    return fd;
}

int vwr_posix_folder_create(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);
    int opened = -1;
    int error;
    int fd;

    if (f->read_only)
        return VWR_P9_EROFS;
    if (f->descriptors - f->open < 2)
        return VWR_P9_ENFILE; /* before the file exists */
    fd = create_new(f, c, &opened);
    if (fd < 0 && errno == EEXIST && (c->flags & VWR_P9_O_EXCL) == 0)
        fd = vwr_posix_folder_open_name(posix_folder_fd(c->file), c->name.text);
    error = vwr_posix_folder_hand_out(f, c, fd);
    if (error != 0) {
        if (opened >= 0)
            close(opened);
        return error;
    }
    ((struct vwr_posix_folder_file *)c->made)->opened = opened;
    f->open += opened >= 0;
    if (opened < 0)
        error = c->qid.type == VWR_P9_QT_DIR       ? VWR_P9_EISDIR
                : c->qid.type == VWR_P9_QT_SYMLINK ? VWR_P9_ELOOP
                                                   : open_handle(f, c->made, c->flags);
    if (error != 0)
        vwr_posix_folder_release(files, c->made);
    return error;
}

typedef ssize_t transfer_function(int fd, const struct iovec *at, int n, off_t offset);

/* Transfers directly to or from guest memory. */
static int transfer(struct vwr_vfiles_call *c, transfer_function *function)
{
    const int fd = ((const struct vwr_posix_folder_file *)c->file)->opened;
    struct vwr_vseg seg[SEGMENTS];
    struct iovec at[SEGMENTS];
    ssize_t done = 1;

    while (c->done < c->bytes && done > 0) {
        const unsigned n = vwr_vfiles_segments(c, seg, SEGMENTS);

        for (unsigned i = 0; i < n; i++)
            at[i] = (struct iovec){.iov_base = seg[i].at, .iov_len = seg[i].len};
        done = function(fd, at, (int)n, (off_t)(c->offset + c->done));
        if (done < 0 && errno == EINTR)
            done = 1;
        else if (done > 0)
            vwr_vfiles_advance(c, (uint32_t)done);
    }
    return done < 0 && c->done == 0 ? vwr_posix_folder_error() : 0;
}

int vwr_posix_folder_read(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    (void)files;
    return transfer(c, preadv);
}

int vwr_posix_folder_write(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct posix_size_limit limit;
    int error;

    (void)files;
    posix_size_limit_begin(&limit);
    errno = 0;
    error = transfer(c, pwritev);
    posix_size_limit_end(&limit, true);
    return error;
}

int vwr_posix_folder_sync(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder_file *const file = c->file;

    files->work += POSIX_FOLDER_WORK_SYNC;
    return file->opened >= 0 ? vwr_posix_folder_result(fsync(file->opened)) : 0;
}

int vwr_posix_folder_read_link(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    char target[VWR_VFILES_TARGET];
    const ssize_t n = readlinkat(posix_folder_fd(c->file), "", target, sizeof(target));

    (void)files;
    if (n < 0)
        return vwr_posix_folder_error();
    (void)vwr_vfiles_put(c, target, (uint32_t)n);
    return 0;
}

/*
 * Qid of "..". For the root, it is that of the root; for a folder that was moved out of the root, it is that
 * of the folder itself, because the guest must not learn about files outside.
 */
static int qid_above(struct vwr_posix_folder *f, int fd, struct vwr_p9_qid *qid)
{
    char path[PATH_MAX];
    const char *name;
    const int up = vwr_posix_folder_open_above(f, fd, path, &name);
    const int error = vwr_posix_folder_get_qid(f, up >= 0 ? up : fd, qid);

    if (up >= 0)
        close(up);
    return error;
}

static int put_entry(struct vwr_posix_folder *f, struct vwr_vfiles_call *c, const struct dirent64 *e,
                     bool *put)
{
    const uint32_t bytes = (uint32_t)strlen(e->d_name);
    const struct stat st = {
        .st_dev = (dev_t)f->device, .st_ino = e->d_ino, .st_mode = (mode_t)(e->d_type << 12)};
    struct vwr_p9_qid qid;
    int error = 0;

    vwr_posix_folder_set_qid(f, &st, &qid);
    if (vwr_p9_is_up(e->d_name, bytes))
        error = qid_above(f, posix_folder_fd(c->file), &qid);
    *put = error == 0 && vwr_vfiles_put_entry(c, &qid, (uint64_t)e->d_off, e->d_type, e->d_name, bytes);
    return error;
}

/* Sets the file offset of a folder. Returns 0 or the error to send. */
static int seek(struct vwr_posix_folder *f, struct vwr_posix_folder_file *file, uint64_t offset)
{
    if (file->position == offset)
        return 0;
    if (!file->is_begun) /* the first listing may start at the end; ext4 remembers the position */
        (void)getdents64(file->opened, f->entries, sizeof(f->entries));
    file->is_begun = true;
    file->position = UNKNOWN;
    return vwr_posix_folder_result(lseek(file->opened, (off_t)offset, SEEK_SET) < 0 ? -1 : 0);
}

/*
 * Gets the entries of a folder from an offset on: those that remain in the buffer, or new ones. getdents64()
 * is called directly, because readdir() would need a buffer for each folder that the guest has opened.
 * Returns 0 or the error to send.
 */
static int fetch(struct vwr_posix_folder *f, struct vwr_posix_folder_file *file, uint64_t offset)
{
    ssize_t n;
    int error;

    if (f->listed.file == file && f->listed.offset == offset && f->listed.at < f->listed.bytes)
        return 0;
    f->listed.file = NULL;
    f->listed.at = f->listed.bytes = 0;
    error = seek(f, file, offset);
    n = error == 0 ? getdents64(file->opened, f->entries, sizeof(f->entries)) : 0;
    if (error != 0 || n < 0)
        return error != 0 ? error : vwr_posix_folder_error();
    file->is_begun = true;
    file->position = n > 0 ? UNKNOWN : offset;
    f->listed.file = file;
    f->listed.offset = offset;
    f->listed.bytes = (uint32_t)n;
    return 0;
}

/* Passes the fetched entries on. *put: false if one did not fit. Returns 0 or the error to send. */
static int put_fetched(struct vwr_posix_folder *f, struct vwr_vfiles_call *c, bool *put)
{
    while (f->listed.at < f->listed.bytes) {
        const struct dirent64 *const e = (const void *)((const uint8_t *)f->entries + f->listed.at);
        const int error = put_entry(f, c, e, put);

        if (error != 0 || !*put)
            return error;
        f->listed.at += e->d_reclen;
        f->listed.offset = (uint64_t)e->d_off;
    }
    return 0;
}

int vwr_posix_folder_list(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);
    struct vwr_posix_folder_file *const file = c->file;
    uint64_t offset = c->offset;
    bool put = true;

    if (offset > INT64_MAX) /* offsets in Linux are signed */
        return VWR_P9_EINVAL;
    for (;;) {
        int error = fetch(f, file, offset);

        if (error != 0)
            return c->done == 0 ? error : 0;
        if (f->listed.at == f->listed.bytes)
            return 0; /* the end of the folder */
        error = put_fetched(f, c, &put);
        if (error != 0 || !put)
            return error;
        file->position = offset = f->listed.offset;
    }
}
