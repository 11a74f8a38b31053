/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_folder_common.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A host folder as a file system: operations, error numbers, open and close. */

int vwr_posix_folder_error(void)
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

int vwr_posix_folder_result(int r)
{
    return r < 0 ? vwr_posix_folder_error() : 0;
}

static const struct vwr_vfiles_ops folder_ops = {
    .attach = vwr_posix_folder_attach,
    .walk = vwr_posix_folder_walk,
    .clone = vwr_posix_folder_clone,
    .release = vwr_posix_folder_release,
    .getattr = vwr_posix_folder_getattr,
    .setattr = vwr_posix_folder_setattr,
    .open = vwr_posix_folder_open_file,
    .create = vwr_posix_folder_create,
    .read = vwr_posix_folder_read,
    .write = vwr_posix_folder_write,
    .readdir = vwr_posix_folder_list,
    .readlink = vwr_posix_folder_read_link,
    .mkdir = vwr_posix_folder_make_folder,
    .symlink = vwr_posix_folder_make_link,
    .mknod = vwr_posix_folder_make_node,
    .link = vwr_posix_folder_link,
    .rename = vwr_posix_folder_rename,
    .renameat = vwr_posix_folder_rename_at,
    .remove = vwr_posix_folder_remove,
    .unlinkat = vwr_posix_folder_unlink_at,
    .sync = vwr_posix_folder_sync,
    .statfs = vwr_posix_folder_statfs,
    .map = vwr_posix_folder_map,
    .unmap = vwr_posix_folder_unmap,
    .path = vwr_posix_folder_path,
};

static bool open_root(struct vwr_posix_folder *f, const char *path)
{
    struct stat st;

    f->proc = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC);
    f->root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (f->proc < 0 || f->root < 0 || fstat(f->root, &st) != 0)
        return false;
    f->device = st.st_dev;
    errno = EACCES;
    return !vwr_posix_folder_is_kernels(f->root);
}

int vwr_posix_folder_open(struct vwr_posix_folder *f, const char *path,
                          const struct vwr_posix_folder_options *o)
{
    memset(f, 0, sizeof(*f));
    if (!VWR_ARRAY_FITS(&f->shortage, o, file, file_count, 1u))
        return VWR_ENOMEM;
    if ((o->lock == NULL) != (o->unlock == NULL))
        return VWR_EINVAL;
    f->files.ops = &folder_ops;
    f->files.lock = o->lock;
    f->files.unlock = o->unlock;
    f->read_only = o->read_only;
    f->one_file_system = o->one_file_system;
    f->file = o->file;
    f->descriptors = o->descriptors != 0 ? o->descriptors : ~(uint32_t)0;
    for (uint32_t i = 0; i < o->file_count; i++)
        o->file[i].next = i + 1u < o->file_count ? i + 2u : 0;
    f->free = 1;
    if (!open_root(f, path)) {
        const int why = errno;

        vwr_posix_folder_close(f);
        errno = why;
        return VWR_ENODEV;
    }
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
