/* SPDX-License-Identifier: MIT */
#include "vblk_common.h"

/* A guest's disk's configuration, and the features that it offers. Section: Block
 * Device. */

/* Is it a stretch of whole blocks of the backend? */
bool vwr_vblk_is_window(const struct vwr_vblk_backend *be, uint64_t first, uint64_t sectors)
{
    const uint64_t block = be->block_size / VWR_BLK_SECTOR_BYTES;

    if (first > be->sectors || sectors > be->sectors - first)
        return false;
    return ((first | sectors) & (block - 1u)) == 0;
}

/* Blocks from the begin of the window to that of the first physical block in it. */
static uint8_t vblk_first_aligned(const struct vwr_vblk_backend *be, uint64_t first)
{
    const uint32_t blocks = (uint32_t)1 << be->physical_block_exp;
    uint64_t begin = first;

    for (uint32_t block = be->block_size; block > VWR_BLK_SECTOR_BYTES; block /= 2u)
        begin /= 2u;
    return (uint8_t)((be->first_aligned - begin) & (blocks - 1u));
}

static bool vblk_has_topology(const struct vwr_vblk_backend *be)
{
    return be->physical_block_exp != 0 || be->min_io_size != 0 || be->opt_io_size != 0;
}

/* The most of something that counts in 32 bits: what the backend says, or all of the whole blocks. */
static uint32_t vblk_most(const struct vwr_vblk_backend *be, uint32_t limit)
{
    const uint32_t block = be->block_size / VWR_BLK_SECTOR_BYTES;

    return (limit != 0 ? limit : 0xffffffffu) & ~(block - 1u);
}

/* Header and status have a segment each; a driver that keeps to this breaks nothing, wherever its memory
 * is. */
static uint32_t vblk_seg_max(const struct vwr_vblk *b, const struct vwr_vdev_setup *s)
{
    const uint32_t taken = 2u + vwr_vm_borders(s->vm);
    uint32_t n = b->segs > taken ? b->segs - taken : 1u;

    if (b->backend->segments != 0 && n > b->backend->segments)
        n = b->backend->segments;
    if (s->queue_size > 2u && n > s->queue_size - 2u) /* a chain is no longer than the queue */
        n = s->queue_size - 2u;
    return n;
}

void vwr_vblk_write_config(struct vwr_vblk *b, const struct vwr_vdev_setup *s, uint16_t queues)
{
    const struct vwr_vblk_backend *const be = b->backend;
    struct vwr_blk_config *const c = &b->config;

    c->capacity = vwr_guest64(s->legacy, b->sectors);
    c->seg_max = vwr_guest32(s->legacy, vblk_seg_max(b, s));
    c->blk_size = vwr_guest32(s->legacy, be->block_size);
    c->topology.physical_block_exp = be->physical_block_exp;
    c->topology.alignment_offset = vblk_first_aligned(be, b->first);
    c->topology.min_io_size = vwr_guest16(s->legacy, be->min_io_size);
    c->topology.opt_io_size = vwr_guest32(s->legacy, be->opt_io_size);
    c->num_queues = vwr_guest16(s->legacy, queues);
    c->max_discard_sectors = vwr_guest32(s->legacy, vblk_most(be, be->discard_sectors));
    c->max_discard_seg = vwr_guest32(s->legacy, VWR_VBLK_RANGES);
    c->discard_sector_alignment = vwr_guest32(
        s->legacy, be->discard_align != 0 ? be->discard_align : be->block_size / VWR_BLK_SECTOR_BYTES);
    c->max_write_zeroes_sectors = vwr_guest32(s->legacy, vblk_most(be, be->write_zeroes_sectors));
    c->max_write_zeroes_seg = vwr_guest32(s->legacy, VWR_VBLK_RANGES);
    c->write_zeroes_may_unmap = be->unmap;
}

void vwr_vblk_choose_features(struct vwr_features *f, const struct vwr_vblk *b, uint16_t queues)
{
    const struct vwr_vblk_backend *const be = b->backend;

    vwr_features_clear(f);
    vwr_features_add(f, VWR_BLK_F_SEG_MAX);
    vwr_features_add(f, VWR_BLK_F_BLK_SIZE);
    if (vblk_has_topology(be))
        vwr_features_add(f, VWR_BLK_F_TOPOLOGY);
    if (queues > 1)
        vwr_features_add(f, VWR_BLK_F_MQ);
    if (b->read_only) {
        vwr_features_add(f, VWR_BLK_F_RO);
        return;
    }
    if (be->flush && !b->write_through) {
        vwr_features_add(f, VWR_BLK_F_FLUSH);
        vwr_features_add(f, VWR_BLK_F_CONFIG_WCE);
    }
    if (be->discard)
        vwr_features_add(f, VWR_BLK_F_DISCARD);
    if (be->write_zeroes)
        vwr_features_add(f, VWR_BLK_F_WRITE_ZEROES);
}
