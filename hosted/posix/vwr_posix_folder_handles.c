/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_folder_common.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

/* Handles: descriptors of files, and lookup of one handle from another. */

const char *vwr_posix_folder_number(char text[POSIX_FOLDER_NUMBER], int fd)
{
    (void)snprintf(text, POSIX_FOLDER_NUMBER, "%d", fd);
    return text;
}

void vwr_posix_folder_set_qid(const struct vwr_posix_folder *f, const struct stat *st, struct vwr_p9_qid *qid)
{
    const uint64_t device = st->st_dev;

    qid->path = st->st_ino;
    if (device != f->device) /* file systems mounted in the folder have inode numbers of their own */
        qid->path ^= (device + 1u) * UINT64_C(0x9e3779b97f4a7c15);
    qid->version = (uint32_t)st->st_mtime ^ (uint32_t)st->st_mtim.tv_nsec ^ (uint32_t)st->st_size << 8;
    qid->type = S_ISDIR(st->st_mode)   ? VWR_P9_QT_DIR
                : S_ISLNK(st->st_mode) ? VWR_P9_QT_SYMLINK
                                       : VWR_P9_QT_FILE;
}

int vwr_posix_folder_get_qid(const struct vwr_posix_folder *f, int fd, struct vwr_p9_qid *qid)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return vwr_posix_folder_error();
    vwr_posix_folder_set_qid(f, &st, qid);
    return 0;
}

/* ---- file systems in which a guest has no handle ---- */

bool vwr_posix_folder_is_kernels(int fd)
{
    static const unsigned long types[] = {
        PROC_SUPER_MAGIC,    SYSFS_MAGIC,    DEBUGFS_MAGIC,       TRACEFS_MAGIC,  SECURITYFS_MAGIC,
        SELINUX_MAGIC,       SMACK_MAGIC,    BPF_FS_MAGIC,        EFIVARFS_MAGIC, CGROUP_SUPER_MAGIC,
        CGROUP2_SUPER_MAGIC, BINFMTFS_MAGIC, BINDERFS_SUPER_MAGIC};
    struct statfs s;

    if (fstatfs(fd, &s) != 0)
        return true; /* it is not known */
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if ((unsigned long)s.f_type == types[i])
            return true;
    return false;
}

/* Gets the attributes of a new handle. Fails if the file is in a mount that is not permitted. */
static int admit(const struct vwr_posix_folder *f, int fd, struct stat *st)
{
    if (fstat(fd, st) != 0)
        return vwr_posix_folder_error();
    if ((uint64_t)st->st_dev != f->device && (f->one_file_system || vwr_posix_folder_is_kernels(fd)))
        return VWR_P9_EACCES;
    return 0;
}

bool vwr_posix_folder_may_open(const struct vwr_posix_folder *f)
{
    errno = ENFILE;
    return f->open < f->descriptors;
}

/* Checks a descriptor that is to become a handle. Returns 0, or the error to send. */
static int check_handle(const struct vwr_posix_folder *f, int fd, struct stat *st)
{
    if (fd < 0)
        return vwr_posix_folder_error();
    return f->free != 0 && vwr_posix_folder_may_open(f) ? admit(f, fd, st) : VWR_P9_ENFILE;
}

int vwr_posix_folder_hand_out(struct vwr_posix_folder *f, struct vwr_vfiles_call *c, int fd)
{
    struct vwr_posix_folder_file *file;
    struct stat st;
    const int error = check_handle(f, fd, &st);

    if (error != 0) {
        if (fd >= 0)
            close(fd);
        return error;
    }
    file = &f->file[f->free - 1u];
    f->free = file->next;
    f->in_use++;
    f->open++;
    file->fd = fd;
    file->type = st.st_mode & S_IFMT;
    file->opened = -1;
    file->is_begun = false;
    file->position = 0;
    c->made = file;
    vwr_posix_folder_set_attr(f, &st, c);
    c->has_attr = true;
    return 0;
}

void vwr_posix_folder_release(struct vwr_vfiles *files, void *handle)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);
    struct vwr_posix_folder_file *const file = handle;

    if (f->listed.file == file)
        f->listed.file = NULL;
    if (file->opened >= 0) {
        close(file->opened);
        f->open--;
    }
    close(file->fd);
    f->open--;
    file->next = f->free;
    f->free = (uint32_t)(file - f->file) + 1u;
    f->in_use--;
}

int vwr_posix_folder_attach(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);

    return vwr_posix_folder_hand_out(f, c, fcntl(f->root, F_DUPFD_CLOEXEC, 0));
}

int vwr_posix_folder_clone(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    return vwr_posix_folder_hand_out(posix_folder_of(files), c,
                                     fcntl(posix_folder_fd(c->file), F_DUPFD_CLOEXEC, 0));
}

int vwr_posix_folder_open_name(int fd, const char *name)
{
    return openat(fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

/* ---- parent folder ---- */

static int posix_folder_is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static int read_path(const struct vwr_posix_folder *f, int fd, char path[PATH_MAX])
{
    char number[POSIX_FOLDER_NUMBER];
    const ssize_t n = readlinkat(f->proc, vwr_posix_folder_number(number, fd), path, PATH_MAX - 1);

    path[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* Path of the root, and the number of bytes before the '/' in a path below it. */
static size_t read_root(const struct vwr_posix_folder *f, char root[PATH_MAX])
{
    (void)read_path(f, f->root, root);
    return strcmp(root, "/") == 0 ? 0 : strlen(root);
}

/*
 * Walks `count` names of a path, one by one, starting at the root. Returns a descriptor, or -1. Each name
 * costs two system calls, so a path may have at most POSIX_FOLDER_DEPTH names.
 */
static int walk_down(struct vwr_posix_folder *f, const char *path, unsigned count)
{
    int at;

    errno = ENAMETOOLONG;
    at = count <= POSIX_FOLDER_DEPTH ? fcntl(f->root, F_DUPFD_CLOEXEC, 0) : -1;
    for (; at >= 0 && count != 0; count--) {
        char name[NAME_MAX + 1];
        const size_t n = strcspn(path, "/");
        int next = -1;

        if (n > 0 && n < sizeof(name)) {
            memcpy(name, path, n);
            name[n] = '\0';
            next = vwr_posix_folder_open_name(at, name);
        }
        close(at);
        at = next;
        path += n + 1;
        f->files.work += POSIX_FOLDER_WORK_NAME;
    }
    return at;
}

/*
 * Opens a folder below the root in one system call, which follows no links and cannot leave the root, even if
 * other programs rename folders meanwhile. Returns a descriptor, or -1. ENOSYS: the system call is missing,
 * or a filter denies it.
 */
static int open_below(const struct vwr_posix_folder *f, const char *path)
{
#ifdef SYS_openat2
    const struct open_how how = {.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
                                 .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    const int fd = (int)syscall(SYS_openat2, f->root, path, &how, sizeof(how));

    if (fd < 0 && errno == EPERM)
        errno = ENOSYS;
    return fd;
#else
    (void)f;
    (void)path;
    errno = ENOSYS;
    return -1;
#endif
}

/* Opens the folder below the root that contains the last name of `path`. Returns a descriptor, or -1. */
static int open_folder_of(struct vwr_posix_folder *f, char *path, const char **last)
{
    unsigned names = 0;
    char *end = NULL;
    int fd = -1;

    for (char *at = path; (at = strchr(at, '/')) != NULL; at++) {
        end = at;
        names++;
    }
    *last = end != NULL ? end + 1 : path;
    if (end == NULL)
        return fcntl(f->root, F_DUPFD_CLOEXEC, 0);
    if (!f->walks) {
        *end = '\0';
        fd = open_below(f, path);
        *end = '/';
        f->files.work += names * POSIX_FOLDER_WORK_STEP;
        f->walks = fd < 0 && errno == ENOSYS;
    }
    return f->walks ? walk_down(f, path, names) : fd;
}

int vwr_posix_folder_open_above(struct vwr_posix_folder *f, int fd, char path[PATH_MAX], const char **name)
{
    char root[PATH_MAX];
    struct stat here;
    struct stat there;
    size_t n;
    int up;

    errno = ENOENT;
    n = read_root(f, root);
    if (root[0] == '\0' || !read_path(f, fd, path))
        return -1;
    errno = strcmp(path, root) == 0 ? EBUSY : ENOENT;
    if (strncmp(path, root, n) != 0 || path[n] != '/' || path[n + 1] == '\0')
        return -1;
    up = open_folder_of(f, path + n + 1, name);
    if (up < 0) {
        if (errno == ELOOP || errno == ENOTDIR || errno == EXDEV || errno == EAGAIN)
            errno = ENOENT; /* its folder was moved meanwhile */
        return -1;
    }
    if (fstat(fd, &here) != 0 || fstatat(up, *name, &there, AT_SYMLINK_NOFOLLOW) != 0 ||
        !posix_folder_is_same(&here, &there)) {
        close(up);
        errno = ENOENT;
        return -1;
    }
    return up;
}

static int walk_up(struct vwr_posix_folder *f, struct vwr_vfiles_call *c)
{
    char path[PATH_MAX];
    const char *name;
    struct stat here;
    struct stat root;

    if (fstat(posix_folder_fd(c->file), &here) != 0 || fstat(f->root, &root) != 0)
        return vwr_posix_folder_error();
    if (!S_ISDIR(here.st_mode))
        return VWR_P9_ENOTDIR;
    if (posix_folder_is_same(&here, &root))
        return vwr_posix_folder_hand_out(f, c, fcntl(f->root, F_DUPFD_CLOEXEC, 0));
    return vwr_posix_folder_hand_out(f, c,
                                     vwr_posix_folder_open_above(f, posix_folder_fd(c->file), path, &name));
}

int vwr_posix_folder_walk(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);

    if (vwr_p9_is_up(c->name.text, c->name.bytes))
        return walk_up(f, c);
    return vwr_posix_folder_hand_out(f, c,
                                     vwr_posix_folder_open_name(posix_folder_fd(c->file), c->name.text));
}

/* The file is at its path now; another program may move it at any time. */
int vwr_posix_folder_path(struct vwr_vfiles *files, const void *handle, char *to, uint32_t room)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);
    char path[PATH_MAX];
    char root[PATH_MAX];
    const char *name;
    size_t above;
    size_t bytes;
    const int up = vwr_posix_folder_open_above(f, posix_folder_fd(handle), path, &name);

    if (up < 0)
        return errno == EBUSY ? 0 : -1; /* it is the root */
    close(up);
    above = read_root(f, root);
    bytes = strlen(path);
    if (above >= bytes)
        return -1;
    bytes -= above + 1;
    if (bytes <= room)
        memcpy(to, path + above + 1, bytes);
    return (int)bytes;
}
