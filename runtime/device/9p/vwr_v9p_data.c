/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* Open, create, read, write. Data move directly between the file system and the guest's segments. */

static int v9p_opened(struct vwr_v9p_call *c, int r)
{
    if (r != 0)
        return r;
    c->fid->flags = c->flags;
    c->fid->state |= V9P_FID_OPEN;
    vwr_v9p_add_qid(c->server, &c->qid);
    vwr_v9p_add(c->server, 0, 4); /* iounit: as large as msize allows */
    return 0;
}

int vwr_v9p_open(struct vwr_v9p_call *c)
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
    return v9p_ask(c, v9p_ops(c)->open, v9p_opened);
}

/* The fid of the folder becomes that of the new file. */
static int v9p_created(struct vwr_v9p_call *c, int r)
{
    if (r != 0)
        return r;
    vwr_v9p_release(c->server, c->fid->file);
    c->fid->file = c->made;
    c->fid->type = c->qid.type;
    return v9p_opened(c, 0);
}

int vwr_v9p_create(struct vwr_v9p_call *c)
{
    c->flags = (uint32_t)c->number[0];
    c->mode = (uint32_t)c->number[1] & VWR_P9_S_PERM;
    c->gid = (uint32_t)c->number[2];
    if ((c->fid->state & V9P_FID_OPEN) != 0)
        return VWR_P9_EINVAL;
    return v9p_ask(c, v9p_ops(c)->create, v9p_created);
}

static bool v9p_is_open_for(const struct vwr_v9p_call *c, uint32_t not_for)
{
    return (c->fid->state & V9P_FID_OPEN) != 0 && (c->fid->flags & VWR_P9_O_ACCMODE) != not_for;
}

/* ---- reads and writes, in parts ---- */

static int v9p_part(struct vwr_v9p_call *c);

static int v9p_part_again(struct vwr_v9p_call *c, int r)
{
    (void)r;
    return v9p_part(c);
}

static bool v9p_is_read(const struct vwr_v9p_call *c)
{
    return c->row->type == VWR_P9_TREAD;
}

static int v9p_parts_end(struct vwr_v9p_call *c)
{
    const uint32_t moved = c->moved;

    vwr_count_add(v9p_is_read(c) ? &c->server->stats.read : &c->server->stats.written, moved);
    vwr_v9p_add(c->server, moved, 4);
    c->moved = v9p_is_read(c) ? moved : 0;
    return 0;
}

/*
 * An error after partial success is reported by the next request. A short count ends the transfer, unless
 * the budget expired.
 */
static int v9p_parted(struct vwr_v9p_call *c, int r)
{
    bool is_spent;

    if (r != 0)
        return c->moved == 0 ? r : v9p_parts_end(c);
    c->moved += c->done;
    c->offset += c->done;
    c->left -= c->done;
    vwr_vdev_charge(v9p_dev(c), c->done, 0);
    is_spent = v9p_dev(c)->work == 0;
    if (c->left == 0 || c->done == 0 || (c->done < c->bytes && !is_spent))
        return v9p_parts_end(c);
    if (!is_spent)
        return v9p_part(c);
    c->next = v9p_part_again;
    return V9P_AGAIN;
}

static int v9p_part(struct vwr_v9p_call *c)
{
    const uint32_t room = vwr_vdev_room(v9p_dev(c));

    c->bytes = c->left < room ? c->left : room;
    c->done = 0;
    return v9p_ask(c, v9p_is_read(c) ? v9p_ops(c)->read : v9p_ops(c)->write, v9p_parted);
}

static int v9p_parts(struct vwr_v9p_call *c, uint32_t bytes)
{
    c->flags = c->fid->flags;
    c->offset = c->number[0];
    c->left = bytes;
    if (c->offset > (~(uint64_t)0 >> 1) - bytes) /* Linux offsets are signed */
        return VWR_P9_EINVAL;
    return bytes != 0 ? v9p_part(c) : v9p_parts_end(c);
}

int vwr_v9p_read(struct vwr_v9p_call *c)
{
    const uint32_t room = c->room - VWR_P9_IO_HEADER;
    const uint32_t count = (uint32_t)c->number[1];

    if (c->fid->type == VWR_P9_QT_DIR)
        return VWR_P9_EISDIR;
    if (!v9p_is_open_for(c, VWR_P9_O_WRONLY))
        return VWR_P9_EBADF;
    vwr_v9p_start_data(c, VWR_P9_IO_HEADER);
    return v9p_parts(c, count < room ? count : room);
}

int vwr_v9p_write(struct vwr_v9p_call *c)
{
    const uint32_t count = (uint32_t)c->number[1];

    if (count != c->message->out.left)
        return VWR_P9_EPROTO;
    if (c->fid->type == VWR_P9_QT_DIR)
        return VWR_P9_EISDIR;
    if (!v9p_is_open_for(c, VWR_P9_O_RDONLY))
        return VWR_P9_EBADF;
    return v9p_parts(c, count);
}

/* ---- folders and links ---- */

static int v9p_listed(struct vwr_v9p_call *c, int r)
{
    if (r != 0)
        return r;
    if (c->done == 0 && c->is_full)
        return VWR_P9_EINVAL; /* not even one entry fits */
    c->moved = c->done;
    vwr_v9p_add(c->server, c->done, 4);
    return 0;
}

int vwr_v9p_readdir(struct vwr_v9p_call *c)
{
    const uint32_t count = (uint32_t)c->number[1];
    uint32_t room = vwr_vdev_room(v9p_dev(c));

    if (c->fid->type != VWR_P9_QT_DIR)
        return VWR_P9_ENOTDIR;
    if (!v9p_is_open_for(c, VWR_P9_O_WRONLY))
        return VWR_P9_EBADF;
    room = room > VWR_VDEV_LEAST_BYTES ? room : VWR_VDEV_LEAST_BYTES;
    room = room < c->room - VWR_P9_IO_HEADER ? room : c->room - VWR_P9_IO_HEADER;
    c->offset = c->number[0];
    c->bytes = count < room ? count : room;
    vwr_v9p_start_data(c, VWR_P9_IO_HEADER);
    return v9p_ask(c, v9p_ops(c)->readdir, v9p_listed);
}

static int v9p_link_was_read(struct vwr_v9p_call *c, int r)
{
    if (r != 0)
        return r;
    c->moved = c->done;
    vwr_v9p_add(c->server, c->done, 2);
    return 0;
}

int vwr_v9p_readlink(struct vwr_v9p_call *c)
{
    const uint32_t room = c->room - (VWR_P9_HEADER + 2u);

    if (c->fid->type != VWR_P9_QT_SYMLINK)
        return VWR_P9_EINVAL;
    c->bytes = room < VWR_V9P_TARGET ? room : VWR_V9P_TARGET;
    vwr_v9p_start_data(c, VWR_P9_HEADER + sizeof(uint16_t));
    return v9p_ask(c, v9p_ops(c)->readlink, v9p_link_was_read);
}

static int v9p_synced(struct vwr_v9p_call *c, int r)
{
    (void)c;
    return r;
}

int vwr_v9p_sync(struct vwr_v9p_call *c)
{
    if (v9p_ops(c)->sync == NULL)
        return 0;
    return v9p_ask(c, v9p_ops(c)->sync, v9p_synced);
}
