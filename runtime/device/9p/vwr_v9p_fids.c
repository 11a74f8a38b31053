/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* The guest's fids: a table provided by the VMM, an index by number, and the handles of the file system. */

void vwr_v9p_fids_init_(struct vwr_v9p *v)
{
    vwr_zero(v->fid, v->fids * sizeof(*v->fid));
    for (uint32_t i = 0; i < v->fids; i++)
        v->fid[i].next = i + 1u < v->fids ? i + 2u : 0;
    v->free = 1;
    v->fids_used = 0;
}

static struct vwr_vindex_node **v9p_fid_head(const struct vwr_v9p *v, uint32_t number)
{
    return &v->fid[vindex_head(number, v->fids)].heads;
}

struct vwr_v9p_fid *vwr_v9p_fid_find_(struct vwr_v9p *v, uint64_t number)
{
    struct vwr_vindex_node *const n = vwr_vindex_find_(*v9p_fid_head(v, (uint32_t)number), (uint32_t)number);

    return (struct vwr_v9p_fid *)(void *)n; /* first member */
}

int vwr_v9p_fid_reserve_(struct vwr_v9p *v, uint64_t number, struct vwr_v9p_fid **fid)
{
    struct vwr_v9p_fid *one;

    if (number == VWR_P9_NO_FID || vwr_v9p_fid_find_(v, number) != NULL)
        return VWR_P9_EINVAL;
    if (v->free == 0)
        return VWR_P9_ENFILE;
    one = &v->fid[v->free - 1u];
    v->free = one->next;
    one->by_number.key = (uint32_t)number;
    vwr_vindex_add_(v9p_fid_head(v, one->by_number.key), &one->by_number);
    one->file = NULL;
    one->users = 1;
    one->flags = 0;
    one->state = V9P_FID_RESERVED;
    v->fids_used++;
    vwr_count_most(&v->stats.fids_most, v->fids_used);
    *fid = one;
    return 0;
}

void vwr_v9p_fid_use_(struct vwr_v9p_fid *fid, void *file, uint8_t type, uint32_t uid)
{
    fid->file = file;
    fid->type = type;
    fid->uid = uid;
    fid->state = V9P_FID_USED;
}

static void v9p_fid_free(struct vwr_v9p *v, struct vwr_v9p_fid *fid)
{
    if (fid->file != NULL)
        vwr_vfiles_release_(v->files, fid->file);
    fid->file = NULL;
    fid->state = 0;
    fid->next = v->free;
    v->free = (uint32_t)(fid - v->fid) + 1u;
    v->fids_used--;
}

void vwr_v9p_fid_clunk_(struct vwr_v9p *v, struct vwr_v9p_fid *fid)
{
    vwr_vindex_remove_(v9p_fid_head(v, fid->by_number.key), &fid->by_number);
    fid->state = V9P_FID_GONE;
    if (fid->users == 0)
        v9p_fid_free(v, fid);
}

void vwr_v9p_fid_put_(struct vwr_v9p *v, struct vwr_v9p_fid *fid)
{
    fid->users--;
    if ((fid->state & V9P_FID_RESERVED) != 0)
        vwr_v9p_fid_clunk_(v, fid); /* the fid belongs to a failed request */
    else if ((fid->state & V9P_FID_GONE) != 0 && fid->users == 0)
        v9p_fid_free(v, fid);
}

/* There is no session until all fids are dropped, so nothing else uses the table. */
void vwr_v9p_fids_end_(struct vwr_v9p *v)
{
    if (v->msize == 0)
        return;
    v->msize = 0;
    v->drop = v->fids;
    v->free = 0;
}

/* Goes from the last fid to the first, so that the free ones are in order. */
bool vwr_v9p_fids_drop_(struct vwr_v9p *v)
{
    struct vwr_vdev *const dev = vwr_v9p_dev(v);

    for (; v->drop != 0; v->drop--) {
        struct vwr_v9p_fid *const fid = &v->fid[v->drop - 1u];

        if (dev->work == 0)
            return false;
        vwr_vdev_charge(dev, fid->file != NULL ? V9P_WORK_DROP : V9P_WORK_LOOK, 0);
        if (fid->file != NULL)
            vwr_vfiles_release_(v->files, fid->file);
        vwr_zero(fid, sizeof(*fid));
        fid->next = v->free;
        v->free = v->drop;
    }
    v->fids_used = v->msize != 0 ? v->fids_used : 0;
    return true;
}
