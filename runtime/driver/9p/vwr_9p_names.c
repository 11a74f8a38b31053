/* SPDX-License-Identifier: MIT */
#include "9p_common.h"

/* Calls for names and attributes, each of which sends one message. */

static const struct vwr_9p_row p9_getattr = P9_ROW(GETATTR, P9_NO_DATA, VWR_P9_ATTR);
static const struct vwr_9p_row p9_setattr = P9_ROW(SETATTR, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_mkdir = P9_ROW(MKDIR, P9_NO_DATA, VWR_P9_QID);
static const struct vwr_9p_row p9_unlinkat = P9_ROW(UNLINKAT, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_renameat = P9_ROW(RENAMEAT, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_statfs = P9_ROW(STATFS, P9_NO_DATA, VWR_P9_STATFS);

bool vwr_9p_set_name_(struct vwr_9p_request *x, unsigned n, const char *name)
{
    x->name[n] = name;
    return vwr_p9_measure_name(name, &x->name_bytes[n]);
}

int vwr_9p_mkdir(struct vwr_9p *p, int folder, const char *name, uint32_t mode)
{
    const int r = vwr_9p_begin_(p, &p9_mkdir, folder);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name_(&p->own, 0, name))
        return VWR_EINVAL;
    p->own.number[1] = mode;
    p->own.number[2] = p->options.gid;
    return vwr_9p_do_(p);
}

int vwr_9p_unlinkat(struct vwr_9p *p, int folder, const char *name, uint32_t flags)
{
    const int r = vwr_9p_begin_(p, &p9_unlinkat, folder);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name_(&p->own, 0, name))
        return VWR_EINVAL;
    p->own.number[1] = flags;
    return vwr_9p_do_(p);
}

int vwr_9p_rename(struct vwr_9p *p, int folder, const char *name, int to, const char *new_name)
{
    const int r = vwr_9p_begin_(p, &p9_renameat, folder);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name_(&p->own, 0, name) || !vwr_9p_set_name_(&p->own, 1, new_name))
        return VWR_EINVAL;
    p->own.number[1] = (uint32_t)to;
    return vwr_9p_do_(p);
}

int vwr_9p_fsync(struct vwr_9p *p, int fid)
{
    const int r = vwr_9p_begin_(p, &vwr_9p_fsync_row, fid);

    if (r != VWR_OK)
        return r;
    p->own.number[1] = 0;
    return vwr_9p_do_(p);
}

/* ---- attributes ---- */

static void p9_next_time(const uint8_t **at, struct vwr_p9_time *t)
{
    t->seconds = vwr_p9_next(at, sizeof(t->seconds));
    t->nanoseconds = vwr_p9_next(at, sizeof(t->nanoseconds));
}

int vwr_9p_getattr(struct vwr_9p *p, int fid, struct vwr_9p_attr *attr)
{
    const uint8_t *at = p->answer + VWR_P9_HEADER;
    int r = vwr_9p_begin_(p, &p9_getattr, fid);

    if (r != VWR_OK)
        return r;
    p->own.number[1] = VWR_P9_GET_BASIC;
    r = vwr_9p_do_(p);
    if (r != VWR_OK)
        return r;
    attr->valid = vwr_p9_next(&at, sizeof(attr->valid));
    p9_next_qid(&at, &attr->qid);
    attr->mode = (uint32_t)vwr_p9_next(&at, sizeof(attr->mode));
    attr->uid = (uint32_t)vwr_p9_next(&at, sizeof(attr->uid));
    attr->gid = (uint32_t)vwr_p9_next(&at, sizeof(attr->gid));
    attr->links = vwr_p9_next(&at, sizeof(attr->links));
    attr->device = vwr_p9_next(&at, sizeof(attr->device));
    attr->bytes = vwr_p9_next(&at, sizeof(attr->bytes));
    attr->block_bytes = vwr_p9_next(&at, sizeof(attr->block_bytes));
    attr->blocks = vwr_p9_next(&at, sizeof(attr->blocks));
    p9_next_time(&at, &attr->accessed);
    p9_next_time(&at, &attr->modified);
    p9_next_time(&at, &attr->changed);
    return VWR_OK;
}

int vwr_9p_setattr(struct vwr_9p *p, int fid, uint32_t set, const struct vwr_9p_attr *attr)
{
    const int r = vwr_9p_begin_(p, &p9_setattr, fid);
    uint64_t *const number = p->own.number;

    if (r != VWR_OK)
        return r;
    number[1] = set;
    number[2] = attr->mode;
    number[3] = attr->uid;
    number[4] = attr->gid;
    number[5] = attr->bytes;
    number[6] = attr->accessed.seconds;
    number[7] = attr->accessed.nanoseconds;
    number[8] = attr->modified.seconds;
    number[9] = attr->modified.nanoseconds;
    return vwr_9p_do_(p);
}

int vwr_9p_statfs(struct vwr_9p *p, int fid, struct vwr_9p_statfs *statfs)
{
    const uint8_t *at = p->answer + VWR_P9_HEADER;
    int r = vwr_9p_begin_(p, &p9_statfs, fid);

    if (r == VWR_OK)
        r = vwr_9p_do_(p);
    if (r != VWR_OK)
        return r;
    statfs->type = (uint32_t)vwr_p9_next(&at, sizeof(statfs->type));
    statfs->block_bytes = (uint32_t)vwr_p9_next(&at, sizeof(statfs->block_bytes));
    statfs->blocks = vwr_p9_next(&at, sizeof(statfs->blocks));
    statfs->free = vwr_p9_next(&at, sizeof(statfs->free));
    statfs->available = vwr_p9_next(&at, sizeof(statfs->available));
    statfs->files = vwr_p9_next(&at, sizeof(statfs->files));
    statfs->files_free = vwr_p9_next(&at, sizeof(statfs->files_free));
    statfs->id = vwr_p9_next(&at, sizeof(statfs->id));
    statfs->name_bytes = (uint32_t)vwr_p9_next(&at, sizeof(statfs->name_bytes));
    return VWR_OK;
}
