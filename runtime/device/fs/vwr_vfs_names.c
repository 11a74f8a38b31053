/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/* Names and attributes. Before a reply that contains a node, functions find the node and its attributes.
 */

/* ---- attributes ---- */

static void vfs_add_attr(struct vwr_vfiles_call *c)
{
    const struct vwr_vfiles_attr *const a = &c->attr;
    struct vwr_vfs *const v = vfs_server(c);

    vwr_vfs_add_(v, c->qid.path, 8);
    vwr_vfs_add_(v, a->bytes, 8);
    vwr_vfs_add_(v, a->blocks, 8);
    vwr_vfs_add_(v, a->accessed.seconds, 8);
    vwr_vfs_add_(v, a->modified.seconds, 8);
    vwr_vfs_add_(v, a->changed.seconds, 8);
    vwr_vfs_add_(v, a->accessed.nanoseconds, 4);
    vwr_vfs_add_(v, a->modified.nanoseconds, 4);
    vwr_vfs_add_(v, a->changed.nanoseconds, 4);
    vwr_vfs_add_(v, a->mode, 4);
    vwr_vfs_add_(v, a->links, 4);
    vwr_vfs_add_(v, a->uid, 4);
    vwr_vfs_add_(v, a->gid, 4);
    vwr_vfs_add_(v, a->device, 4);
    vwr_vfs_add_(v, a->block_bytes, 4);
    vwr_vfs_add_zeroes_(v, 4);
}

void vwr_vfs_add_entry_(struct vwr_vfiles_call *c, const struct vwr_vfs_node *node)
{
    struct vwr_vfs *const v = vfs_server(c);

    vwr_vfs_add_(v, vwr_vfs_number_(v, node), 8);
    vwr_vfs_add_zeroes_(v, 8);
    vwr_vfs_add_(v, v->valid, 8);
    vwr_vfs_add_(v, v->valid, 8);
    vwr_vfs_add_zeroes_(v, 8);
    vfs_add_attr(c);
}

static int vfs_got(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs *const v = vfs_server(c);

    if (r != 0)
        return r;
    vwr_vfs_add_(v, v->valid, 8);
    vwr_vfs_add_zeroes_(v, 8);
    vfs_add_attr(c);
    return 0;
}

int vwr_vfs_getattr_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    const int r = (x->number[0] & VWR_FUSE_GETATTR_FH) != 0 ? vwr_vfs_use_open_(x, x->number[1]) : 0;

    return r == 0 ? vfiles_ask(c, c->files->ops->getattr, vfs_got) : r;
}

static int vfs_was_set(struct vwr_vfiles_call *c, int r)
{
    return r == 0 ? vfiles_ask(c, c->files->ops->getattr, vfs_got) : r;
}

static uint32_t vfs_what_to_set(uint32_t valid)
{
    uint32_t set = valid & (VWR_FUSE_SET_MODE | VWR_FUSE_SET_UID | VWR_FUSE_SET_GID | VWR_FUSE_SET_SIZE);

    if ((valid & VWR_FUSE_SET_ATIME) != 0)
        set |= VWR_P9_SET_ATIME | ((valid & VWR_FUSE_SET_ATIME_NOW) == 0 ? VWR_P9_SET_ATIME_SET : 0u);
    if ((valid & VWR_FUSE_SET_MTIME) != 0)
        set |= VWR_P9_SET_MTIME | ((valid & VWR_FUSE_SET_MTIME_NOW) == 0 ? VWR_P9_SET_MTIME_SET : 0u);
    return set;
}

static void vfs_take_attr(struct vwr_vfiles_call *c)
{
    const uint64_t *const number = vfs_call_of(c)->number;
    struct vwr_vfiles_attr *const a = &c->attr;

    c->set = vfs_what_to_set((uint32_t)number[0]);
    a->bytes = number[2];
    a->accessed.seconds = number[3];
    a->modified.seconds = number[4];
    a->accessed.nanoseconds = number[6];
    a->modified.nanoseconds = number[7];
    a->mode = (uint32_t)number[9] & VWR_P9_S_PERM;
    a->uid = (uint32_t)number[10];
    a->gid = (uint32_t)number[11];
}

int vwr_vfs_setattr_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    int r = (x->number[0] & VWR_FUSE_SET_FH) != 0 ? vwr_vfs_use_open_(x, x->number[1]) : 0;

    if (r != 0)
        return r;
    vfs_take_attr(c);
    r = vwr_vfiles_check_size_(c, (x->open != NULL ? x->open : x->node)->type);
    return r == 0 ? vfiles_ask(c, c->files->ops->setattr, vfs_was_set) : r;
}

static int vfs_got_statfs(struct vwr_vfiles_call *c, int r)
{
    const struct vwr_vfiles_statfs *const s = &c->statfs;
    struct vwr_vfs *const v = vfs_server(c);

    if (r != 0)
        return r;
    vwr_vfs_add_(v, s->blocks, 8);
    vwr_vfs_add_(v, s->free, 8);
    vwr_vfs_add_(v, s->free, 8);
    vwr_vfs_add_(v, s->files, 8);
    vwr_vfs_add_(v, s->files_free, 8);
    vwr_vfs_add_(v, s->block_bytes, 4);
    vwr_vfs_add_(v, VWR_FUSE_NAME, 4);
    vwr_vfs_add_(v, s->block_bytes, 4);
    vwr_vfs_add_zeroes_(v, 28);
    return 0;
}

int vwr_vfs_statfs_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, c->files->ops->statfs, vfs_got_statfs);
}

/* ---- look-up, and new names ---- */

static int vfs_entered(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    struct vwr_vfs_node *const node = r == 0 ? vwr_vfs_look_up_(x->server, x->made, &c->qid) : NULL;

    if (node == NULL)
        return r != 0 ? r : VWR_P9_ENFILE;
    x->made = NULL;
    vwr_vfs_add_entry_(c, node);
    return 0;
}

static int vfs_walked(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vfs_call_of(c)->made = c->made;
    c->file = c->made;
    return vfs_ask_attr(c, vfs_entered);
}

int vwr_vfs_lookup_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, c->files->ops->walk, vfs_walked);
}

static int vfs_named(struct vwr_vfiles_call *c, int r)
{
    return r == 0 ? vwr_vfs_lookup_(c) : r;
}

/* A new name is looked up after it was created. */
static int vfs_make(struct vwr_vfiles_call *c, int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c))
{
    return vwr_vfs_nodes_have_room_(vfs_server(c), 1, 0) ? vfiles_ask(c, op, vfs_named) : VWR_P9_ENFILE;
}

int vwr_vfs_mkdir_(struct vwr_vfiles_call *c)
{
    c->mode = ((uint32_t)vfs_call_of(c)->number[0] & VWR_P9_S_PERM) | VWR_P9_S_DIR;
    return vfs_make(c, c->files->ops->mkdir);
}

int vwr_vfs_symlink_(struct vwr_vfiles_call *c)
{
    return vfs_make(c, c->files->ops->symlink);
}

int vwr_vfs_mknod_(struct vwr_vfiles_call *c)
{
    c->mode = (uint32_t)vfs_call_of(c)->number[0];
    c->device = vfs_call_of(c)->number[1];
    return vfs_make(c, c->files->ops->mknod);
}

static int vfs_link_has_attr(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_node *const node = vfs_call_of(c)->to;

    if (r != 0)
        return r;
    node->lookups++;
    vwr_vfs_add_entry_(c, node);
    return 0;
}

static int vfs_linked(struct vwr_vfiles_call *c, int r)
{
    return r == 0 ? vfiles_ask(c, c->files->ops->getattr, vfs_link_has_attr) : r;
}

int vwr_vfs_link_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);

    c->file = x->to->file;
    c->to = x->node->file;
    return vfiles_ask(c, c->files->ops->link, vfs_linked);
}

/* ---- changes of names ---- */

int vwr_vfs_unlink_(struct vwr_vfiles_call *c)
{
    c->flags = vfs_call_of(c)->row->opcode == VWR_FUSE_RMDIR ? VWR_P9_AT_REMOVEDIR : 0;
    return vfiles_ask(c, c->files->ops->unlinkat, NULL);
}

int vwr_vfs_rename_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);

    if (x->row->opcode == VWR_FUSE_RENAME2 && x->number[0] != 0)
        return VWR_P9_EINVAL; /* no exchange or whiteout, and the guest has checked whether the name exists */
    c->to = x->to->file;
    return vfiles_ask(c, c->files->ops->renameat, NULL);
}

int vwr_vfs_readlink_(struct vwr_vfiles_call *c)
{
    return vwr_vfiles_read_target_(c, vfs_call_of(c)->node->type, VWR_FUSE_OUT_HEADER, NULL);
}
