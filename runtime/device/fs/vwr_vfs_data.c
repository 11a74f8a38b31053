/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/* Open files: open, create, read, write, list. Data are copied directly between file system and guest. */

/* ---- open ---- */

/* Appends the number of an open file; false: there is no space. */
static bool vfs_add_open(struct vwr_vfiles_call *c, void *file, uint8_t type)
{
    struct vwr_vfs *const v = vfs_server(c);
    const struct vwr_vfs_node *const open = vwr_vfs_opened_(v, file, type, c->flags);

    if (open == NULL)
        return false;
    vwr_vfs_add_(v, vwr_vfs_number_(v, open), 8);
    vwr_vfs_add_zeroes_(v, 8);
    return true;
}

static int vfs_opened(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);

    if (r != 0)
        return r;
    if (!vfs_add_open(c, x->made, x->node->type))
        return VWR_P9_ENFILE;
    x->made = NULL;
    return 0;
}

/* An open file has its own handle. */
static int vfs_cloned(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vfs_call_of(c)->made = c->made;
    c->file = c->made;
    return vfiles_ask(c, c->files->ops->open, vfs_opened);
}

int vwr_vfs_open_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    const bool is_folder = x->row->opcode == VWR_FUSE_OPENDIR;

    if (x->node->type == VWR_P9_QT_SYMLINK)
        return VWR_P9_ELOOP;
    if ((x->node->type == VWR_P9_QT_DIR) != is_folder)
        return is_folder ? VWR_P9_ENOTDIR : VWR_P9_EISDIR;
    if (!vwr_vfs_nodes_have_room_(x->server, 0, 1))
        return VWR_P9_ENFILE;
    c->flags = (uint32_t)x->number[0] & (VWR_P9_O_ACCMODE | VWR_P9_O_APPEND | VWR_P9_O_TRUNC);
    c->flags = is_folder ? VWR_P9_O_RDONLY : c->flags;
    return vfiles_ask(c, c->files->ops->clone, vfs_cloned);
}

/* ---- create ---- */

static int vfs_create_has_attr(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    struct vwr_vfs_node *const node = r == 0 ? vwr_vfs_look_up_(x->server, x->made, &c->qid) : NULL;

    if (node == NULL)
        return r != 0 ? r : VWR_P9_ENFILE;
    x->made = NULL;
    vwr_vfs_add_entry_(c, node);
    if (!vfs_add_open(c, x->opened, node->type)) {
        vwr_vfs_forget_node_(x->server, node, 1);
        return VWR_P9_ENFILE;
    }
    x->opened = NULL;
    return 0;
}

static int vfs_create_cloned(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vfs_call_of(c)->made = c->made;
    c->file = c->made;
    return vfs_ask_attr(c, vfs_create_has_attr);
}

/* The new handle belongs to the open file; the node needs another one. */
static int vfs_created(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vfs_call_of(c)->opened = c->made;
    c->file = c->made;
    return vfiles_ask(c, c->files->ops->clone, vfs_create_cloned);
}

int vwr_vfs_create_(struct vwr_vfiles_call *c)
{
    const uint32_t known =
        VWR_P9_O_ACCMODE | VWR_P9_O_CREAT | VWR_P9_O_EXCL | VWR_P9_O_TRUNC | VWR_P9_O_APPEND;
    struct vwr_vfs_call *const x = vfs_call_of(c);

    if (!vwr_vfs_nodes_have_room_(x->server, 1, 1))
        return VWR_P9_ENFILE;
    c->flags = (uint32_t)x->number[0] & known;
    c->mode = (uint32_t)x->number[1] & VWR_P9_S_PERM;
    return vfiles_ask(c, c->files->ops->create, vfs_created);
}

/* ---- read and write ---- */

static int vfs_was_read(struct vwr_vfiles_call *c, int r)
{
    vwr_count_add(&vfs_server(c)->stats.read, c->moved);
    return r;
}

static int vfs_was_written(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs *const v = vfs_server(c);

    if (r != 0)
        return r;
    vwr_count_add(&v->stats.written, c->moved);
    vwr_vfs_add_(v, c->moved, 4);
    vwr_vfs_add_zeroes_(v, 4);
    c->moved = 0; /* the reply has no data */
    return 0;
}

/* Whether the open file allows this operation; its flags are in c->flags. */
static int vfs_check_open(const struct vwr_vfiles_call *c, const struct vwr_vfs_node *open, uint32_t not_for)
{
    if (open->type == VWR_P9_QT_DIR)
        return VWR_P9_EISDIR;
    return (c->flags & VWR_P9_O_ACCMODE) == not_for ? VWR_P9_EBADF : 0;
}

int vwr_vfs_read_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    const uint32_t room = c->room - VWR_FUSE_OUT_HEADER;
    const uint32_t count = (uint32_t)x->number[1];
    const int r = vfs_check_open(c, x->open, VWR_P9_O_WRONLY);

    if (r != 0)
        return r;
    c->offset = x->number[0];
    c->left = count < room ? count : room;
    vfiles_start_data(c, VWR_FUSE_OUT_HEADER);
    return vwr_vfiles_transfer_(c, c->files->ops->read, vfs_was_read);
}

int vwr_vfs_write_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    const int r = vfs_check_open(c, x->open, VWR_P9_O_RDONLY);

    if ((uint32_t)x->number[1] != c->message->out.left)
        return VWR_P9_EPROTO;
    if (r != 0)
        return r;
    c->offset = x->number[0];
    c->left = (uint32_t)x->number[1];
    return vwr_vfiles_transfer_(c, c->files->ops->write, vfs_was_written);
}

/* ---- folders ---- */

int vwr_vfs_readdir_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);

    if (x->open->type != VWR_P9_QT_DIR)
        return VWR_P9_ENOTDIR;
    c->offset = x->number[0];
    return vwr_vfiles_list_(c, (uint32_t)x->number[1], VWR_FUSE_OUT_HEADER, NULL);
}

/* ---- the end of a file ---- */

int vwr_vfs_release_(struct vwr_vfiles_call *c)
{
    vwr_vfs_forget_node_(vfs_server(c), vfs_call_of(c)->open, 1); /* it is released when this request ends */
    return 0;
}

int vwr_vfs_sync_(struct vwr_vfiles_call *c)
{
    return c->files->ops->sync != NULL ? vfiles_ask(c, c->files->ops->sync, NULL) : 0;
}

/* Written data are already in the file. */
int vwr_vfs_flush_(struct vwr_vfiles_call *c)
{
    (void)c;
    return 0;
}
