/* SPDX-License-Identifier: MIT */
#include "vfiles_memory_common.h"

/* Functions with which a VMM adds files to an in-memory tree and reads them. */

/* Length of the first component of a path. */
static uint32_t vfiles_memory_name_bytes(const char *path)
{
    uint32_t n = 0;

    while (path[n] != '\0' && path[n] != '/' && n <= VWR_VFILES_NAME)
        n++;
    return n;
}

static bool vfiles_memory_is_name(const char *name, uint32_t bytes)
{
    return bytes <= VWR_VFILES_NAME && vwr_p9_is_name(name, bytes) && !vwr_p9_is_up(name, bytes);
}

/*
 * Finds the folder of the last component; *path then points to that component. If `make` is set, creates
 * missing folders.
 */
static int vfiles_memory_find_folder(struct vwr_vfiles_memory *m, const char **path, bool make,
                                     struct vwr_vfiles_memory_file **folder)
{
    struct vwr_vfiles_memory_entry *e;

    *folder = &m->options.file[0];
    for (;; *folder = e->file) {
        const uint32_t bytes = vfiles_memory_name_bytes(*path);

        if (!vfiles_memory_is_name(*path, bytes))
            return VWR_EINVAL;
        if (!vfiles_memory_is(*folder, VWR_P9_S_DIR))
            return VWR_ETYPE;
        if ((*path)[bytes] == '\0')
            return VWR_OK;
        e = vwr_vfiles_memory_lookup_(m, *folder, *path, bytes);
        if (e == NULL && !make)
            return VWR_EINVAL;
        if (e == NULL)
            e = vwr_vfiles_memory_make_(m, *folder, VWR_P9_S_DIR | 0755u, *path, bytes);
        if (e == NULL)
            return VWR_ENOMEM;
        *path += bytes + 1u;
    }
}

int vwr_vfiles_memory_add(struct vwr_vfiles_memory *m, const char *path, uint32_t mode, const void *content,
                          uint64_t bytes)
{
    const uint32_t type = mode & VWR_P9_S_FMT;
    struct vwr_vfiles_memory_file *folder;
    struct vwr_vfiles_memory_entry *e;
    int r;

    if (path == NULL || (content == NULL && bytes != 0) ||
        (type != VWR_P9_S_REG && type != VWR_P9_S_LNK && type != VWR_P9_S_DIR))
        return VWR_EINVAL;
    r = vfiles_memory_find_folder(m, &path, true, &folder);
    if (r != VWR_OK)
        return r;
    if (vwr_vfiles_memory_lookup_(m, folder, path, vfiles_memory_name_bytes(path)) != NULL)
        return VWR_EBUSY;
    e = vwr_vfiles_memory_make_(m, folder, mode, path, vfiles_memory_name_bytes(path));
    if (e == NULL)
        return VWR_ENOMEM;
    e->file->image = content;
    e->file->image_bytes = type != VWR_P9_S_DIR ? bytes : 0;
    e->file->bytes = e->file->image_bytes;
    return VWR_OK;
}

static int vfiles_memory_copy(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *file,
                              uint64_t offset, uint8_t *to, uint32_t bytes)
{
    const uint64_t left = offset < file->bytes ? file->bytes - offset : 0;
    const uint32_t all = left < bytes ? (uint32_t)left : bytes;
    const uint8_t *at;
    uint32_t run;

    for (uint32_t done = 0; done < all; done += run) {
        run = vwr_vfiles_memory_find_(m, file, offset + done, all - done, &at);
        if (at != NULL)
            vwr_copy(to + done, at, run);
        else
            vwr_zero(to + done, run);
    }
    return (int)all;
}

int vwr_vfiles_memory_read(struct vwr_vfiles_memory *m, const char *path, uint64_t offset, void *to,
                           uint32_t bytes)
{
    struct vwr_vfiles_memory_file *folder;
    const struct vwr_vfiles_memory_entry *e = NULL;
    int r;

    if (m->files.lock != NULL)
        m->files.lock(&m->files);
    r = vfiles_memory_find_folder(m, &path, false, &folder);
    if (r == VWR_OK)
        e = vwr_vfiles_memory_lookup_(m, folder, path, vfiles_memory_name_bytes(path));
    r = e == NULL ? VWR_ENODEV : vfiles_memory_copy(m, e->file, offset, to, bytes & 0x7fffffffu);
    if (m->files.unlock != NULL)
        m->files.unlock(&m->files);
    return r;
}
