/* SPDX-License-Identifier: MIT */
#include "9p_common.h"

/* Names and attributes: calls that are one message each. */

static const struct vwr_9p_row p9_getattr = P9_ROW(GETATTR, P9_NO_DATA, VWR_P9_ATTR);
static const struct vwr_9p_row p9_setattr = P9_ROW(SETATTR, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_mkdir = P9_ROW(MKDIR, P9_NO_DATA, VWR_P9_QID);
static const struct vwr_9p_row p9_unlinkat = P9_ROW(UNLINKAT, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_renameat = P9_ROW(RENAMEAT, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_statfs = P9_ROW(STATFS, P9_NO_DATA, VWR_P9_STATFS);

bool vwr_9p_set_name(struct vwr_9p_request *x, unsigned n, const char *name)
{
    x->name[n] = name;
    return vwr_p9_measure_name(name, &x->name_bytes[n]);
}

int vwr_9p_mkdir(struct vwr_9p *p, int folder, const char *name, uint32_t mode)
{
    const int r = vwr_9p_begin(p, &p9_mkdir, folder);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name(&p->own, 0, name))
        return VWR_EINVAL;
    p->own.number[1] = mode;
    p->own.number[2] = p->options.gid;
    return vwr_9p_do(p);
}

int vwr_9p_unlinkat(struct vwr_9p *p, int folder, const char *name, uint32_t flags)
{
    const int r = vwr_9p_begin(p, &p9_unlinkat, folder);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name(&p->own, 0, name))
        return VWR_EINVAL;
    p->own.number[1] = flags;
    return vwr_9p_do(p);
}

int vwr_9p_rename(struct vwr_9p *p, int folder, const char *name, int to, const char *new_name)
{
    const int r = vwr_9p_begin(p, &p9_renameat, folder);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name(&p->own, 0, name) || !vwr_9p_set_name(&p->own, 1, new_name))
        return VWR_EINVAL;
    p->own.number[1] = (uint32_t)to;
    return vwr_9p_do(p);
}

int vwr_9p_fsync(struct vwr_9p *p, int fid)
{
    const int r = vwr_9p_begin(p, &vwr_9p_fsync_row, fid);

    if (r != VWR_OK)
        return r;
    p->own.number[1] = 0;
    return vwr_9p_do(p);
}

/* ---- attributes ---- */

static void p9_next_time(const uint8_t **at, struct vwr_p9_time *t)
{
    t->seconds = vwr_p9_next(at, sizeof(t->seconds));
    t->nanoseconds = vwr_p9_next(at, sizeof(t->nanoseconds));
}

int vwr_9p_getattr(struct vwr_9p *p, int fid, struct vwr_9p_attr *a)
{
    const uint8_t *at = p->answer + VWR_P9_HEADER;
    int r = vwr_9p_begin(p, &p9_getattr, fid);

    if (r != VWR_OK)
        return r;
    p->own.number[1] = VWR_P9_GET_BASIC;
    r = vwr_9p_do(p);
    if (r != VWR_OK)
        return r;
    a->valid = vwr_p9_next(&at, sizeof(a->valid));
    p9_next_qid(&at, &a->qid);
    a->mode = (uint32_t)vwr_p9_next(&at, sizeof(a->mode));
    a->uid = (uint32_t)vwr_p9_next(&at, sizeof(a->uid));
    a->gid = (uint32_t)vwr_p9_next(&at, sizeof(a->gid));
    a->links = vwr_p9_next(&at, sizeof(a->links));
    a->device = vwr_p9_next(&at, sizeof(a->device));
    a->bytes = vwr_p9_next(&at, sizeof(a->bytes));
    a->block_bytes = vwr_p9_next(&at, sizeof(a->block_bytes));
    a->blocks = vwr_p9_next(&at, sizeof(a->blocks));
    p9_next_time(&at, &a->accessed);
    p9_next_time(&at, &a->modified);
    p9_next_time(&at, &a->changed);
    return VWR_OK;
}

int vwr_9p_setattr(struct vwr_9p *p, int fid, uint32_t set, const struct vwr_9p_attr *a)
{
    const int r = vwr_9p_begin(p, &p9_setattr, fid);
    uint64_t *const number = p->own.number;

    if (r != VWR_OK)
        return r;
    number[1] = set;
    number[2] = a->mode;
    number[3] = a->uid;
    number[4] = a->gid;
    number[5] = a->bytes;
    number[6] = a->accessed.seconds;
    number[7] = a->accessed.nanoseconds;
    number[8] = a->modified.seconds;
    number[9] = a->modified.nanoseconds;
    return vwr_9p_do(p);
}

int vwr_9p_statfs(struct vwr_9p *p, int fid, struct vwr_9p_statfs *s)
{
    const uint8_t *at = p->answer + VWR_P9_HEADER;
    int r = vwr_9p_begin(p, &p9_statfs, fid);

    if (r == VWR_OK)
        r = vwr_9p_do(p);
    if (r != VWR_OK)
        return r;
    s->type = (uint32_t)vwr_p9_next(&at, sizeof(s->type));
    s->block_bytes = (uint32_t)vwr_p9_next(&at, sizeof(s->block_bytes));
    s->blocks = vwr_p9_next(&at, sizeof(s->blocks));
    s->free = vwr_p9_next(&at, sizeof(s->free));
    s->available = vwr_p9_next(&at, sizeof(s->available));
    s->files = vwr_p9_next(&at, sizeof(s->files));
    s->files_free = vwr_p9_next(&at, sizeof(s->files_free));
    s->id = vwr_p9_next(&at, sizeof(s->id));
    s->name_bytes = (uint32_t)vwr_p9_next(&at, sizeof(s->name_bytes));
    return VWR_OK;
}
