/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vblk_memory.h"

/* Each request completes within submit. */

static struct vwr_vblk_memory *memory_of(struct vwr_vblk_backend *be)
{
    return (struct vwr_vblk_memory *)(void *)be; /* it is the first member */
}

static void transfer(uint8_t *at, const struct vwr_vblk_req *r)
{
    for (unsigned i = 0; i < r->segs; i++) {
        if (r->type == VWR_BLK_T_IN)
            vwr_copy(r->seg[i].at, at, r->seg[i].len);
        else
            vwr_copy(at, r->seg[i].at, r->seg[i].len);
        at += r->seg[i].len;
    }
}

/* WRITE_ZEROES and SECURE_ERASE: there is no other copy of the data. */
static void zero_ranges(uint8_t *at, const struct vwr_vblk_req *r)
{
    for (unsigned i = 0; i < r->ranges; i++)
        vwr_zero(at + r->range[i].sector * VWR_BLK_SECTOR_BYTES,
                 (size_t)r->range[i].sectors * VWR_BLK_SECTOR_BYTES);
}

static int memory_submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vwr_vblk_memory *const m = memory_of(be);

    if (vwr_vblk_is_transfer(r))
        transfer(m->at + r->sector * VWR_BLK_SECTOR_BYTES, r);
    else if (r->type == VWR_BLK_T_FLUSH)
        return m->sync != NULL ? m->sync(m) : VWR_OK;
    else if (VWR_WITH_RANGES && r->type != VWR_BLK_T_DISCARD)
        zero_ranges(m->at, r);
    else
        return VWR_EUNSUPP;
    return VWR_OK;
}

static const struct vwr_vblk_backend_ops memory_ops = {.submit = memory_submit};

void vwr_vblk_memory_init(struct vwr_vblk_memory *m, void *at, uint64_t bytes, bool read_only,
                          int (*sync)(struct vwr_vblk_memory *m))
{
    vwr_zero(m, sizeof(*m));
    m->backend.ops = &memory_ops;
    m->backend.sectors = bytes / VWR_BLK_SECTOR_BYTES;
    m->backend.block_bytes = VWR_BLK_SECTOR_BYTES;
    m->backend.bytes_max = VWR_VDEV_BUDGET_BYTES;
    m->backend.read_only = read_only;
    m->backend.flush = sync != NULL;
    m->sync = sync;
    m->at = at;
    if (!VWR_WITH_RANGES)
        return;
    m->backend.write_zeroes = !read_only;
    m->backend.write_zeroes_sectors = VWR_VBLK_MEMORY_ZERO_SECTORS;
    m->backend.secure_erase = !read_only;
    m->backend.secure_erase_sectors = VWR_VBLK_MEMORY_ZERO_SECTORS;
}
