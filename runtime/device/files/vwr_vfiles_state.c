/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vfiles_common.h"

/*
 * Files in a saved state. The path of a file is saved, and used to find the file again. A file that is not
 * found is treated as removed, and so is a file if its file system would answer later. Section: Device parts.
 */

uint16_t vwr_vfiles_get_path_(struct vwr_vfiles *f, const void *file, const struct vwr_vstate *s,
                              size_t header)
{
    const size_t at = s->done + header;
    const size_t room = at < s->bytes ? s->bytes - at : 0;
    int r;

    if (file == NULL || f->ops->path == NULL)
        return VFILES_NO_PATH;
    vfiles_lock(f);
    r = f->ops->path(f, file, room != 0 ? (char *)s->memory + at : NULL,
                     room < VWR_VFILES_PATH ? (uint32_t)room : VWR_VFILES_PATH);
    vfiles_unlock(f);
    return r >= 0 && r <= (int)VWR_VFILES_PATH ? (uint16_t)r : VFILES_NO_PATH;
}

/* Length of the first name in a path. */
static uint32_t vfiles_measure(const uint8_t *path, uint32_t bytes)
{
    uint32_t n = 0;

    while (n < bytes && path[n] != '/')
        n++;
    return n;
}

static bool vfiles_is_path(const uint8_t *path, uint32_t bytes)
{
    const char *at = (const char *)path;
    bool right = bytes <= VWR_VFILES_PATH && (bytes == 0 || at[bytes - 1u] != '/');

    while (right && bytes != 0) {
        const uint32_t n = vfiles_measure((const uint8_t *)at, bytes);
        const uint32_t step = n < bytes ? n + 1u : n;

        right = n <= VWR_VFILES_NAME && vwr_p9_is_name(at, n) && !vwr_p9_is_up(at, n);
        at += step;
        bytes -= step;
    }
    return right;
}

bool vwr_vfiles_is_file_(const uint8_t *path, uint32_t bytes, uint8_t type, uint8_t flags)
{
    const bool gone = (flags & VWR_STATE_FILE_GONE) != 0;
    const bool opens = (flags & VWR_STATE_FILE_OPEN) != 0;

    return vfiles_is_path(path, bytes) && !(gone && bytes != 0) &&
           (type == VWR_P9_QT_FILE || type == VWR_P9_QT_DIR || (type == VWR_P9_QT_SYMLINK && !opens)) &&
           (flags & ~(unsigned)(VWR_STATE_FILE_OPEN | VWR_STATE_FILE_GONE)) == 0;
}

/* Returns 0, a Linux error number, or VWR_LATER. */
static int vfiles_call_now(struct vwr_vfiles_call *c,
                           int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c))
{
    struct vwr_vfiles *const f = c->files;
    int r;

    vfiles_lock(f);
    f->work = 0;
    r = op(f, c);
    vfiles_unlock(f);
    if (r == VWR_LATER)
        (void)vwr_vfiles_cancel_(c, true);
    c->ticket = 0;
    return r;
}

/*
 * Finds the first name of the path in the folder c->file, and releases the folder. NULL: there is no such
 * file.
 */
static void *vfiles_walk(struct vwr_vfiles_call *c, const uint8_t *path, uint32_t n)
{
    int r;

    vwr_copy(c->name.text, path, n);
    c->name.text[n] = '\0';
    c->name.bytes = (uint16_t)n;
    r = vfiles_call_now(c, c->files->ops->walk);
    vwr_vfiles_release_(c->files, c->file);
    return r == 0 ? c->made : NULL;
}

void *vwr_vfiles_find_(struct vwr_vfiles_call *c, const uint8_t *path, uint32_t bytes, uint8_t type,
                       bool opens, uint32_t flags)
{
    c->file = vfiles_call_now(c, c->files->ops->attach) == 0 ? c->made : NULL;
    while (c->file != NULL && bytes != 0) {
        const uint32_t n = vfiles_measure(path, bytes);
        const uint32_t step = n < bytes ? n + 1u : n;

        c->file = vfiles_walk(c, path, n);
        path += step;
        bytes -= step;
    }
    c->flags = flags & ~(uint32_t)(VWR_P9_O_CREAT | VWR_P9_O_EXCL | VWR_P9_O_TRUNC);
    if (c->file != NULL && (c->qid.type != type || (opens && vfiles_call_now(c, c->files->ops->open) != 0))) {
        vwr_vfiles_release_(c->files, c->file);
        c->file = NULL;
    }
    return c->file;
}
