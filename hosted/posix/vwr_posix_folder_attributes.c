/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_folder_common.h"
#include "posix_size_limit.h"

#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Reading and setting attributes. */

static void set_time(struct vwr_p9_time *to, const struct timespec *from)
{
    to->seconds = (uint64_t)from->tv_sec;
    to->nanoseconds = (uint64_t)from->tv_nsec;
}

void vwr_posix_folder_set_attr(const struct vwr_posix_folder *f, const struct stat *st,
                               struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_attr *const a = &c->attr;

    vwr_posix_folder_set_qid(f, st, &c->qid);
    a->mode = st->st_mode;
    a->uid = st->st_uid;
    a->gid = st->st_gid;
    a->links = st->st_nlink;
    a->device = st->st_rdev;
    a->bytes = (uint64_t)st->st_size;
    a->block_bytes = (uint64_t)st->st_blksize;
    a->blocks = (uint64_t)st->st_blocks;
    set_time(&a->accessed, &st->st_atim);
    set_time(&a->modified, &st->st_mtim);
    set_time(&a->changed, &st->st_ctim);
}

int vwr_posix_folder_getattr(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct stat st;

    if (fstat(posix_folder_fd(c->file), &st) != 0)
        return vwr_posix_folder_error();
    vwr_posix_folder_set_attr(posix_folder_of(files), &st, c);
    return 0;
}

static int resize(const struct vwr_posix_folder *f, const struct vwr_posix_folder_file *file, uint64_t bytes)
{
    const bool writable = file->opened >= 0 && (fcntl(file->opened, F_GETFL) & O_ACCMODE) != O_RDONLY;
    const int fd = writable ? file->opened : vwr_posix_folder_reopen(f, file, O_WRONLY);
    struct posix_size_limit limit;
    int error;
    int r;

    if (fd < 0)
        return vwr_posix_folder_error();
    posix_size_limit_begin(&limit);
    r = ftruncate(fd, (off_t)bytes);
    posix_size_limit_end(&limit, r != 0);
    error = vwr_posix_folder_result(r);
    if (!writable)
        close(fd);
    return error;
}

static struct timespec time_of(uint32_t set, uint32_t change, uint32_t to, const struct vwr_p9_time *t)
{
    struct timespec ts = {.tv_sec = (time_t)t->seconds, .tv_nsec = (long)t->nanoseconds};

    if ((set & change) == 0)
        ts.tv_nsec = UTIME_OMIT;
    else if ((set & to) == 0)
        ts.tv_nsec = UTIME_NOW;
    else if (t->nanoseconds >= 1000000000u)
        ts.tv_nsec = 0; /* other values would be special to utimensat */
    return ts;
}

int vwr_posix_folder_set_mode(const struct vwr_posix_folder *f, int fd, uint32_t mode)
{
    char number[POSIX_FOLDER_NUMBER];
    struct stat st;

    if (fstat(fd, &st) != 0)
        return vwr_posix_folder_error();
    if (S_ISLNK(st.st_mode))
        return VWR_P9_EOPNOTSUPP;
    return vwr_posix_folder_result(
        fchmodat(f->proc, vwr_posix_folder_number(number, fd), mode & POSIX_FOLDER_MODE, 0));
}

static int set_times(const struct vwr_posix_folder *f, const struct vwr_vfiles_call *c)
{
    const struct timespec times[2] = {
        time_of(c->set, VWR_P9_SET_ATIME, VWR_P9_SET_ATIME_SET, &c->attr.accessed),
        time_of(c->set, VWR_P9_SET_MTIME, VWR_P9_SET_MTIME_SET, &c->attr.modified)};
    char number[POSIX_FOLDER_NUMBER];

    return vwr_posix_folder_result(
        utimensat(f->proc, vwr_posix_folder_number(number, posix_folder_fd(c->file)), times, 0));
}

int vwr_posix_folder_setattr(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder *const f = posix_folder_of(files);
    const uint32_t set = c->set;
    const int fd = posix_folder_fd(c->file);
    int error = 0;

    if (f->read_only)
        return VWR_P9_EROFS;
    if ((set & (VWR_P9_SET_UID | VWR_P9_SET_GID)) != 0)
        error = vwr_posix_folder_result(
            fchownat(fd, "", (set & VWR_P9_SET_UID) != 0 ? c->attr.uid : (uid_t)-1,
                     (set & VWR_P9_SET_GID) != 0 ? c->attr.gid : (gid_t)-1, AT_EMPTY_PATH));
    if (error == 0 && (set & VWR_P9_SET_MODE) != 0)
        error = vwr_posix_folder_set_mode(f, fd, c->attr.mode);
    if (error == 0 && (set & VWR_P9_SET_SIZE) != 0)
        error = resize(f, c->file, c->attr.bytes);
    if (error == 0 && (set & (VWR_P9_SET_ATIME | VWR_P9_SET_MTIME)) != 0)
        error = set_times(f, c);
    return error;
}

int vwr_posix_folder_statfs(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_statfs *const s = &c->statfs;
    struct statfs st;

    (void)files;
    if (fstatfs(posix_folder_fd(c->file), &st) != 0)
        return vwr_posix_folder_error();
    s->type = (uint32_t)st.f_type;
    s->block_bytes = (uint32_t)st.f_bsize;
    s->blocks = st.f_blocks;
    s->free = st.f_bavail;
    s->files = st.f_files;
    s->files_free = st.f_ffree;
    s->id = 0;
    return 0;
}
