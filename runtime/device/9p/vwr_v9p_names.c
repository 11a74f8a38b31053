/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* Names and attributes: operations that the file system performs itself, and their replies. */

static int v9p_made(struct vwr_vfiles_call *c, int r)
{
    if (r == 0)
        vwr_v9p_add_qid_(c->server, &c->qid);
    return r;
}

int vwr_v9p_mkdir_(struct vwr_vfiles_call *c)
{
    c->mode = ((uint32_t)c->number[0] & VWR_P9_S_PERM) | VWR_P9_S_DIR;
    c->gid = (uint32_t)c->number[1];
    return vfiles_ask(c, v9p_ops(c)->mkdir, v9p_made);
}

int vwr_v9p_symlink_(struct vwr_vfiles_call *c)
{
    c->gid = (uint32_t)c->number[0];
    return vfiles_ask(c, v9p_ops(c)->symlink, v9p_made);
}

/* Linux's 32-bit device number: 12 bits of major between 8 and 12 bits of minor. */
static uint32_t v9p_device(uint64_t major, uint64_t minor)
{
    const uint32_t low = (uint32_t)minor;

    return (low & 0xffu) | ((uint32_t)major & 0xfffu) << 8 | low >> 8 << 20;
}

int vwr_v9p_mknod_(struct vwr_vfiles_call *c)
{
    c->mode = (uint32_t)c->number[0];
    c->device = v9p_device(c->number[1], c->number[2]);
    c->gid = (uint32_t)c->number[3];
    return vfiles_ask(c, v9p_ops(c)->mknod, v9p_made);
}

int vwr_v9p_link_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, v9p_ops(c)->link, NULL);
}

int vwr_v9p_rename_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, v9p_ops(c)->rename, NULL);
}

int vwr_v9p_renameat_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, v9p_ops(c)->renameat, NULL);
}

int vwr_v9p_unlinkat_(struct vwr_vfiles_call *c)
{
    c->flags = (uint32_t)c->number[0];
    return vfiles_ask(c, v9p_ops(c)->unlinkat, NULL);
}

/* ---- attributes ---- */

static void v9p_add_time(struct vwr_v9p *v, const struct vwr_p9_time *t)
{
    vwr_v9p_add_(v, t->seconds, 8);
    vwr_v9p_add_(v, t->nanoseconds, 8);
}

static int v9p_got(struct vwr_vfiles_call *c, int r)
{
    static const struct vwr_p9_time never = {0, 0};
    struct vwr_v9p *const v = c->server;
    const struct vwr_vfiles_attr *const a = &c->attr;

    if (r != 0)
        return r;
    vwr_v9p_add_(v, VWR_P9_GET_BASIC, 8);
    vwr_v9p_add_qid_(v, &c->qid);
    vwr_v9p_add_(v, a->mode, 4);
    vwr_v9p_add_(v, a->uid, 4);
    vwr_v9p_add_(v, a->gid, 4);
    vwr_v9p_add_(v, a->links, 8);
    vwr_v9p_add_(v, a->device, 8);
    vwr_v9p_add_(v, a->bytes, 8);
    vwr_v9p_add_(v, a->block_bytes, 8);
    vwr_v9p_add_(v, a->blocks, 8);
    v9p_add_time(v, &a->accessed);
    v9p_add_time(v, &a->modified);
    v9p_add_time(v, &a->changed);
    v9p_add_time(v, &never);
    vwr_v9p_add_(v, 0, 8);
    vwr_v9p_add_(v, 0, 8);
    return 0;
}

int vwr_v9p_getattr_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, v9p_ops(c)->getattr, v9p_got);
}

int vwr_v9p_setattr_(struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_attr *const a = &c->attr;
    int r;

    c->set = (uint32_t)c->number[0];
    a->mode = (uint32_t)c->number[1] & VWR_P9_S_PERM;
    a->uid = (uint32_t)c->number[2];
    a->gid = (uint32_t)c->number[3];
    a->bytes = c->number[4];
    a->accessed.seconds = c->number[5];
    a->accessed.nanoseconds = c->number[6];
    a->modified.seconds = c->number[7];
    a->modified.nanoseconds = c->number[8];
    r = vwr_vfiles_check_size_(c, c->fid->type);
    return r == 0 ? vfiles_ask(c, v9p_ops(c)->setattr, NULL) : r;
}

static int v9p_got_statfs(struct vwr_vfiles_call *c, int r)
{
    struct vwr_v9p *const v = c->server;
    const struct vwr_vfiles_statfs *const s = &c->statfs;

    if (r != 0)
        return r;
    vwr_v9p_add_(v, s->type, 4);
    vwr_v9p_add_(v, s->block_bytes, 4);
    vwr_v9p_add_(v, s->blocks, 8);
    vwr_v9p_add_(v, s->free, 8);
    vwr_v9p_add_(v, s->free, 8);
    vwr_v9p_add_(v, s->files, 8);
    vwr_v9p_add_(v, s->files_free, 8);
    vwr_v9p_add_(v, s->id, 8);
    vwr_v9p_add_(v, VWR_VFILES_NAME, 4);
    return 0;
}

int vwr_vfiles_statfs_(struct vwr_vfiles_call *c)
{
    return vfiles_ask(c, v9p_ops(c)->statfs, v9p_got_statfs);
}

/* ---- locks ---- */

/* Linux itself enforces locks within a guest, so the server grants every lock. */
int vwr_v9p_lock_(struct vwr_vfiles_call *c)
{
    vwr_v9p_add_(c->server, VWR_P9_LOCK_SUCCESS, 1);
    return 0;
}

int vwr_v9p_getlock_(struct vwr_vfiles_call *c)
{
    struct vwr_v9p *const v = c->server;

    vwr_v9p_add_(v, VWR_P9_LOCK_UNLOCKED, 1);
    vwr_v9p_add_(v, c->number[1], 8);
    vwr_v9p_add_(v, c->number[2], 8);
    vwr_v9p_add_(v, c->number[3], 4);
    vwr_v9p_add_string_(v, c->name.text, c->name.bytes);
    return 0;
}
