/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "v9p_common.h"

/*
 * Saved state of a 9P device: the session, and the paths of its fids' files. Section: Device parts.
 */

static struct vwr_v9p *v9p_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_v9p *)(uintptr_t)v; /* first member */
}

/* Transfers that wait for a budget are finished; the file system gives back all other requests. */
static bool v9p_give_back(struct vwr_vdev *dev)
{
    struct vwr_v9p *const v = v9p_of_dev(dev);

    vwr_service_finish(dev);
    for (unsigned i = 0; i < v->requests; i++)
        if (v->call[i].state != VFILES_FREE)
            vwr_v9p_forget_(&v->call[i]);
    return vwr_service_give_back(dev);
}

/* Its path has already been stored behind the end of the state. */
static void v9p_put_fid(struct vwr_v9p *v, const struct vwr_v9p_fid *fid, struct vwr_vstate *s)
{
    struct vwr_state_fid c;
    const uint16_t bytes = vwr_vfiles_get_path_(v->files, fid->file, s, sizeof(c));
    const unsigned gone = bytes == VFILES_NO_PATH ? VWR_STATE_FILE_GONE : 0;

    c.number = vwr_cpu_to_le32(fid->by_number.key);
    c.uid = vwr_cpu_to_le32(fid->uid);
    c.open = vwr_cpu_to_le32(fid->flags);
    c.bytes = vwr_cpu_to_le16(gone != 0 ? 0 : bytes);
    c.type = fid->type;
    c.flags = (uint8_t)(gone | ((fid->state & V9P_FID_OPEN) != 0 ? VWR_STATE_FILE_OPEN : 0u));
    vwr_vstate_put(s, &c, sizeof(c));
    s->done += vwr_le16_to_cpu(c.bytes);
}

/* A session that has ended may still have fids, which are not saved. */
static void v9p_finish_end(struct vwr_v9p *v)
{
    while (!vwr_v9p_fids_drop_(v)) /* terminates: each pass drops fids */
        vwr_v9p_dev(v)->work = VWR_VDEV_BUDGET_BYTES;
}

static void v9p_save(const struct vwr_vdev *dev, struct vwr_vstate *s)
{
    struct vwr_v9p *const v = v9p_of_dev(dev);
    struct vwr_state_p9 c;

    v9p_finish_end(v);
    c.msize = vwr_cpu_to_le32(v->msize);
    c.count = vwr_cpu_to_le32(v->fids_used);
    vwr_vstate_put(s, &c, sizeof(c));
    for (uint32_t i = 0; i < v->fids; i++)
        if (v->fid[i].state != 0)
            v9p_put_fid(v, &v->fid[i], s);
}

/* Returns the size of the record in bytes; 0: the state is refused. */
static uint32_t v9p_load_fid(struct vwr_vdev *dev, const uint8_t *from, uint32_t left)
{
    struct vwr_v9p *const v = v9p_of_dev(dev);
    struct vwr_vfiles_call *const x = &v->call[0]; /* no call is running */
    struct vwr_v9p_fid *fid;
    struct vwr_state_fid c;
    uint32_t bytes;
    bool opens;

    if (left < sizeof(c))
        return 0;
    vwr_copy(&c, from, sizeof(c));
    bytes = vwr_le16_to_cpu(c.bytes);
    opens = (c.flags & VWR_STATE_FILE_OPEN) != 0;
    if (bytes > left - sizeof(c) || !vwr_vfiles_is_file_(from + sizeof(c), bytes, c.type, c.flags) ||
        (!opens && vwr_le32_to_cpu(c.open) != 0) ||
        vwr_v9p_fid_reserve_(v, vwr_le32_to_cpu(c.number), &fid) != 0)
        return 0;
    fid->users = 0;
    x->uid = vwr_le32_to_cpu(c.uid);
    vwr_v9p_fid_use_(fid, NULL, c.type, x->uid);
    fid->flags = vwr_le32_to_cpu(c.open);
    fid->state |= opens ? V9P_FID_OPEN : 0;
    if ((c.flags & VWR_STATE_FILE_GONE) == 0)
        fid->file = vwr_vfiles_find_(x, from + sizeof(c), bytes, c.type, opens, fid->flags);
    return (uint32_t)sizeof(c) + bytes;
}

static bool v9p_load(struct vwr_vdev *dev, const uint8_t *from, uint32_t bytes)
{
    struct vwr_v9p *const v = v9p_of_dev(dev);
    struct vwr_state_p9 c;

    if (bytes < sizeof(c))
        return false;
    v9p_finish_end(v);
    vwr_copy(&c, from, sizeof(c));
    v->msize = vwr_le32_to_cpu(c.msize);
    if (v->msize != 0 ? v->msize < VWR_V9P_MSIZE_MIN || v->msize > v->msize_max : c.count != 0)
        return false;
    return vwr_vstate_get_each(dev, from + sizeof(c), bytes - (uint32_t)sizeof(c), vwr_le32_to_cpu(c.count),
                               v9p_load_fid);
}

const struct vwr_vstate_class vwr_v9p_state = {
    .id = VWR_9P_ID,
    .give_back = v9p_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .save = v9p_save,
    .load = v9p_load,
};
