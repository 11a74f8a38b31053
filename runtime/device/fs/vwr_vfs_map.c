/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/*
 * The DAX window: the file system maps files where the guest requests it. There is no list of mappings,
 * because a new mapping replaces existing ones, and the end of a session removes all.
 * Section: File System Device / Device Operation / Device Operation: DAX Window.
 */

bool vwr_vfs_is_window_(const struct vwr_vfs_window *w, const struct vwr_vdev_setup *s,
                        const struct vwr_vfiles *f)
{
    const unsigned id = VWR_FS_SHM_ID_DAX_WINDOW;

    if (w->bytes == 0)
        return true;
    return w->at != NULL && w->unit >= VWR_FUSE_WRITE_MIN && (w->unit & (w->unit - 1u)) == 0 &&
           (w->bytes & (w->unit - 1u)) == 0 && !s->legacy && s->shm_count > id &&
           s->shm[id].bytes == w->bytes && f->ops->map != NULL && f->ops->unmap != NULL;
}

static bool vfs_is_whole(const struct vwr_vfs *v, uint64_t offset)
{
    return (offset & (v->window.unit - 1u)) == 0;
}

/* Whether this range of the window exists; rounds it up to whole units. */
static bool vfs_is_in_window(const struct vwr_vfs *v, uint64_t place, uint64_t *bytes)
{
    const uint64_t most = v->window.bytes;

    if (!vfs_is_whole(v, place) || place > most || *bytes == 0 || *bytes > most - place)
        return false;
    *bytes = (*bytes + v->window.unit - 1u) & ~(uint64_t)(v->window.unit - 1u);
    return true;
}

static void *vfs_at(const struct vwr_vfs *v, uint64_t place)
{
    return (uint8_t *)v->window.at + (size_t)place;
}

/* ---- SETUPMAPPING ---- */

/*
 * Checks whether the file, which is an open file or that of a node, may be mapped in this way; returns 0 or
 * the error to send.
 */
static int vfs_check_file(struct vwr_vfs_call *x, bool writes)
{
    const bool is_open = x->number[0] != VWR_FUSE_NO_FILE;
    const struct vwr_vfs_node *from = x->node;
    uint32_t access;
    int r;

    if (is_open) {
        r = vwr_vfs_use_open_(x, x->number[0]);
        if (r != 0)
            return r;
        from = x->open;
    }
    access = x->call.flags & VWR_P9_O_ACCMODE;
    if (from->type != VWR_P9_QT_FILE)
        return from->type == VWR_P9_QT_DIR ? VWR_P9_EISDIR : VWR_P9_ELOOP;
    if (is_open && (access == VWR_P9_O_WRONLY || (writes && access == VWR_P9_O_RDONLY)))
        return VWR_P9_EACCES;
    return 0;
}

int vwr_vfs_map_(struct vwr_vfiles_call *c)
{
    const uint64_t known = (uint64_t)VWR_FUSE_MAPPING_READ | VWR_FUSE_MAPPING_WRITE;
    struct vwr_vfs_call *const x = vfs_call_of(c);
    struct vwr_vfs *const v = x->server;
    const uint64_t flags = x->number[3];
    const bool writes = (flags & VWR_FUSE_MAPPING_WRITE) != 0;
    int r;

    if (v->window.bytes == 0)
        return VWR_P9_ENOSYS;
    c->offset = x->number[1];
    c->length = x->number[2];
    if (flags == 0 || (flags & ~known) != 0 || !vfs_is_whole(v, c->offset) ||
        !vfs_is_in_window(v, x->number[4], &c->length) || c->offset > (~(uint64_t)0 >> 1) - c->length)
        return VWR_P9_EINVAL;
    r = vfs_check_file(x, writes);
    if (r != 0)
        return r;
    c->at = vfs_at(v, x->number[4]);
    c->flags = writes ? VWR_P9_O_RDWR : VWR_P9_O_RDONLY;
    v->mapped = true;
    return vfiles_ask(c, c->files->ops->map, NULL);
}

/* ---- REMOVEMAPPING ---- */

static int vfs_remove(struct vwr_vfs *v, uint64_t place, uint64_t bytes)
{
    struct vwr_vfiles *const f = v->files;
    int r;

    vwr_vdev_charge(vwr_vfs_dev(v), VFS_WORK_UNMAP, 0);
    vfiles_lock(f);
    r = f->ops->unmap(f, vfs_at(v, place), bytes);
    vfiles_unlock(f);
    return r;
}

static int vfs_unmap_some(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    uint64_t place;
    uint64_t bytes;

    for (; r == 0 && x->number[0] != 0; x->number[0]--) {
        if (vfiles_dev(c)->work == 0) {
            c->next = vfs_unmap_some;
            return VFILES_AGAIN;
        }
        (void)vwr_vfs_read_number_(x, 8, &place); /* the message contains all ranges that it announces */
        (void)vwr_vfs_read_number_(x, 8, &bytes);
        r = vfs_is_in_window(x->server, place, &bytes) ? vfs_remove(x->server, place, bytes) : VWR_P9_EINVAL;
    }
    return r;
}

int vwr_vfs_unmap_(struct vwr_vfiles_call *c)
{
    const struct vwr_vfs_call *const x = vfs_call_of(c);

    if (x->server->window.bytes == 0)
        return VWR_P9_ENOSYS;
    if (x->number[0] * VWR_FUSE_RANGE != c->message->out.left)
        return VWR_P9_EPROTO;
    return vfs_unmap_some(c, 0);
}

/* The whole window becomes one range, which needs no resources that the host may lack. */
void vwr_vfs_unmap_all_(struct vwr_vfs *v)
{
    if (v->mapped)
        (void)vfs_remove(v, 0, v->window.bytes);
    v->mapped = false;
}
