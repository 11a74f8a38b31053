/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* Open, create, read, write. Data move directly between the file system and the guest's segments. */

static int v9p_opened(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    c->fid->flags = c->flags;
    c->fid->state |= V9P_FID_OPEN;
    vwr_v9p_add_qid_(c->server, &c->qid);
    vwr_v9p_add_(c->server, 0, 4); /* iounit: 0 means as large as msize allows */
    return 0;
}

int vwr_v9p_open_(struct vwr_vfiles_call *c)
{
    c->flags = (uint32_t)c->number[0];
    if ((c->fid->state & V9P_FID_OPEN) != 0)
        return VWR_P9_EINVAL;
    if (c->fid->type == VWR_P9_QT_SYMLINK)
        return VWR_P9_ELOOP;
    if (c->fid->type == VWR_P9_QT_DIR &&
        ((c->flags & VWR_P9_O_ACCMODE) != VWR_P9_O_RDONLY || (c->flags & VWR_P9_O_TRUNC) != 0))
        return VWR_P9_EISDIR;
    if (c->fid->type != VWR_P9_QT_DIR && (c->flags & VWR_P9_O_DIRECTORY) != 0)
        return VWR_P9_ENOTDIR;
    return vfiles_ask(c, v9p_ops(c)->open, v9p_opened);
}

/* The fid of the folder becomes the fid of the new file. */
static int v9p_created(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vwr_vfiles_release_(c->files, c->fid->file);
    c->fid->file = c->made;
    c->fid->type = c->qid.type;
    return v9p_opened(c, 0);
}

int vwr_v9p_create_(struct vwr_vfiles_call *c)
{
    c->flags = (uint32_t)c->number[0];
    c->mode = (uint32_t)c->number[1] & VWR_P9_S_PERM;
    c->gid = (uint32_t)c->number[2];
    if ((c->fid->state & V9P_FID_OPEN) != 0)
        return VWR_P9_EINVAL;
    return vfiles_ask(c, v9p_ops(c)->create, v9p_created);
}

static bool v9p_is_open_for(const struct vwr_vfiles_call *c, uint32_t not_for)
{
    return (c->fid->state & V9P_FID_OPEN) != 0 && (c->fid->flags & VWR_P9_O_ACCMODE) != not_for;
}

/* ---- reads and writes ---- */

static int v9p_was_read(struct vwr_vfiles_call *c, int r)
{
    if (r == 0) {
        vwr_count_add(&c->server->stats.read, c->moved);
        vwr_v9p_add_(c->server, c->moved, 4);
    }
    return r;
}

static int v9p_was_written(struct vwr_vfiles_call *c, int r)
{
    if (r == 0) {
        vwr_count_add(&c->server->stats.written, c->moved);
        vwr_v9p_add_(c->server, c->moved, 4);
        c->moved = 0; /* the reply has no data */
    }
    return r;
}

static void v9p_set_range(struct vwr_vfiles_call *c, uint32_t bytes)
{
    c->flags = c->fid->flags;
    c->offset = c->number[0];
    c->left = bytes;
}

int vwr_v9p_read_(struct vwr_vfiles_call *c)
{
    const uint32_t room = c->room - VWR_P9_IO_HEADER;
    const uint32_t count = (uint32_t)c->number[1];

    if (c->fid->type == VWR_P9_QT_DIR)
        return VWR_P9_EISDIR;
    if (!v9p_is_open_for(c, VWR_P9_O_WRONLY))
        return VWR_P9_EBADF;
    vfiles_start_data(c, VWR_P9_IO_HEADER);
    v9p_set_range(c, count < room ? count : room);
    return vwr_vfiles_transfer_(c, v9p_ops(c)->read, v9p_was_read);
}

int vwr_v9p_write_(struct vwr_vfiles_call *c)
{
    const uint32_t count = (uint32_t)c->number[1];

    if (count != c->message->out.left)
        return VWR_P9_EPROTO;
    if (c->fid->type == VWR_P9_QT_DIR)
        return VWR_P9_EISDIR;
    if (!v9p_is_open_for(c, VWR_P9_O_RDONLY))
        return VWR_P9_EBADF;
    v9p_set_range(c, count);
    return vwr_vfiles_transfer_(c, v9p_ops(c)->write, v9p_was_written);
}

/* ---- folders and links ---- */

static int v9p_listed(struct vwr_vfiles_call *c, int r)
{
    if (r == 0)
        vwr_v9p_add_(c->server, c->moved, 4);
    return r;
}

int vwr_v9p_readdir_(struct vwr_vfiles_call *c)
{
    if (c->fid->type != VWR_P9_QT_DIR)
        return VWR_P9_ENOTDIR;
    if (!v9p_is_open_for(c, VWR_P9_O_WRONLY))
        return VWR_P9_EBADF;
    c->offset = c->number[0];
    return vwr_vfiles_list_(c, (uint32_t)c->number[1], VWR_P9_IO_HEADER, v9p_listed);
}

static int v9p_link_was_read(struct vwr_vfiles_call *c, int r)
{
    if (r == 0)
        vwr_v9p_add_(c->server, c->moved, 2);
    return r;
}

int vwr_v9p_readlink_(struct vwr_vfiles_call *c)
{
    return vwr_vfiles_read_target_(c, c->fid->type, VWR_P9_HEADER + sizeof(uint16_t), v9p_link_was_read);
}

int vwr_v9p_sync_(struct vwr_vfiles_call *c)
{
    return v9p_ops(c)->sync != NULL ? vfiles_ask(c, v9p_ops(c)->sync, NULL) : 0;
}
