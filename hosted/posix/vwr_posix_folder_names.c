/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_folder_common.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Creating, changing and removing names. */

int vwr_posix_folder_make_folder(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder *const f = posix_folder_of(files);
    int error;
    int fd;

    if (f->read_only)
        return VWR_P9_EROFS;
    if (mkdirat(posix_folder_fd(c->file), c->name.text, c->mode & POSIX_FOLDER_MODE) != 0)
        return vwr_posix_folder_error();
    fd = vwr_posix_folder_open_name(posix_folder_fd(c->file), c->name.text);
    error = fd < 0 ? vwr_posix_folder_error() : vwr_posix_folder_get_qid(f, fd, &c->qid);
    if (error == 0 && c->qid.type == VWR_P9_QT_DIR)
        (void)vwr_posix_folder_set_mode(f, fd, c->mode); /* independent of the VMM's umask */
    if (fd >= 0)
        close(fd);
    return error;
}

/* Qid of a name that was just created. */
static int qid_of_name(const struct vwr_posix_folder *f, struct vwr_vfiles_call *c)
{
    struct stat st;

    if (fstatat(posix_folder_fd(c->file), c->name.text, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return vwr_posix_folder_error();
    vwr_posix_folder_set_qid(f, &st, &c->qid);
    return 0;
}

int vwr_posix_folder_make_link(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder *const f = posix_folder_of(files);
    char target[VWR_VFILES_TARGET + 1u];

    if (f->read_only)
        return VWR_P9_EROFS;
    target[vwr_vfiles_take(c, target, VWR_VFILES_TARGET)] = '\0';
    if (symlinkat(target, posix_folder_fd(c->file), c->name.text) != 0)
        return vwr_posix_folder_error();
    return qid_of_name(f, c);
}

/* Devices, pipes and sockets belong to the host; guests cannot create them. */
int vwr_posix_folder_make_node(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder *const f = posix_folder_of(files);
    int fd;

    if (f->read_only)
        return VWR_P9_EROFS;
    if ((c->mode & VWR_P9_S_FMT) != VWR_P9_S_REG)
        return VWR_P9_EPERM;
    fd = openat(posix_folder_fd(c->file), c->name.text, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY,
                c->mode & POSIX_FOLDER_MODE);
    if (fd < 0)
        return vwr_posix_folder_error();
    (void)fchmod(fd, c->mode & POSIX_FOLDER_MODE);
    close(fd);
    return qid_of_name(f, c);
}

int vwr_posix_folder_link(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder *const f = posix_folder_of(files);
    char number[POSIX_FOLDER_NUMBER];

    if (f->read_only)
        return VWR_P9_EROFS;
    return vwr_posix_folder_result(linkat(f->proc, vwr_posix_folder_number(number, posix_folder_fd(c->file)),
                                          posix_folder_fd(c->to), c->name.text, AT_SYMLINK_FOLLOW));
}

int vwr_posix_folder_rename_at(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    if (posix_folder_of(files)->read_only)
        return VWR_P9_EROFS;
    return vwr_posix_folder_result(
        renameat(posix_folder_fd(c->file), c->name.text, posix_folder_fd(c->to), c->second.text));
}

int vwr_posix_folder_unlink_at(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const bool folder = (c->flags & VWR_P9_AT_REMOVEDIR) != 0;

    if (posix_folder_of(files)->read_only)
        return VWR_P9_EROFS;
    return vwr_posix_folder_result(
        unlinkat(posix_folder_fd(c->file), c->name.text, folder ? AT_REMOVEDIR : 0));
}

/* Uses the current name of the file. */
int vwr_posix_folder_rename(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);
    char path[PATH_MAX];
    const char *name;
    int error;
    int up;

    if (f->read_only)
        return VWR_P9_EROFS;
    up = vwr_posix_folder_open_above(f, posix_folder_fd(c->file), path, &name);
    if (up < 0)
        return vwr_posix_folder_error();
    error = vwr_posix_folder_result(renameat(up, name, posix_folder_fd(c->to), c->name.text));
    close(up);
    return error;
}

int vwr_posix_folder_remove(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    struct vwr_posix_folder *const f = posix_folder_of(files);
    char path[PATH_MAX];
    const char *name;
    int error;
    int up;

    if (f->read_only)
        return VWR_P9_EROFS;
    error = vwr_posix_folder_get_qid(f, posix_folder_fd(c->file), &c->qid);
    up = error == 0 ? vwr_posix_folder_open_above(f, posix_folder_fd(c->file), path, &name) : -1;
    if (up < 0)
        return error != 0 ? error : vwr_posix_folder_error();
    error = vwr_posix_folder_result(unlinkat(up, name, c->qid.type == VWR_P9_QT_DIR ? AT_REMOVEDIR : 0));
    close(up);
    return error;
}
