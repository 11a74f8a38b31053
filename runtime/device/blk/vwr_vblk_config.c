/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_common.h"

/* Configuration and offered features of a guest's block device. Section: Block Device. */

/* Whether a range consists of whole blocks of the backend. */
bool vwr_vblk_is_window_(const struct vwr_vblk_backend *be, uint64_t first, uint64_t sectors)
{
    const uint64_t block = be->block_bytes / VWR_BLK_SECTOR_BYTES;

    if (first > be->sectors || sectors > be->sectors - first)
        return false;
    return ((first | sectors) & (block - 1u)) == 0;
}

/*
 * Physical block size, and the number of logical blocks from the start of the window to the first aligned
 * one. The offset is stored in one byte. If it does not fit, no physical block size is reported.
 */
static void vblk_write_physical(const struct vwr_vblk_backend *be, uint64_t first,
                                struct vwr_blk_config_info *info)
{
    const uint32_t mask = ((uint32_t)1 << be->physical_block_exp) - 1u;
    uint64_t begin = first;
    uint32_t offset;

    for (uint32_t block = be->block_bytes; block > VWR_BLK_SECTOR_BYTES; block /= 2u)
        begin /= 2u;
    offset = (be->first_aligned + (mask + 1u - ((uint32_t)begin & mask))) & mask;
    if (offset > 0xffu)
        return;
    info->topology_physical_block_exp = be->physical_block_exp;
    info->topology_alignment_offset = (uint8_t)offset;
}

static bool vblk_has_topology(const struct vwr_vblk_backend *be)
{
    return be->physical_block_exp != 0 || be->min_io_size != 0 || be->opt_io_size != 0;
}

/* A 32-bit limit in sectors, in whole blocks: the backend's limit, or the maximum if there is none. */
static uint32_t vblk_most(const struct vwr_vblk_backend *be, uint32_t limit)
{
    const uint32_t block = be->block_bytes / VWR_BLK_SECTOR_BYTES;

    return (limit != 0 ? limit : 0xffffffffu) & ~(block - 1u);
}

/* Limits of DISCARD, WRITE_ZEROES and SECURE_ERASE. */
static void vblk_write_ranges(const struct vwr_vblk_backend *be, struct vwr_blk_config_info *info)
{
    const uint32_t block = be->block_bytes / VWR_BLK_SECTOR_BYTES;

    info->max_discard_sectors = vblk_most(be, be->discard_sectors);
    info->max_discard_seg = VWR_VBLK_RANGES;
    info->discard_sector_alignment = be->discard_align != 0 ? be->discard_align : block;
    info->max_write_zeroes_sectors = vblk_most(be, be->write_zeroes_sectors);
    info->max_write_zeroes_seg = VWR_VBLK_RANGES;
    info->write_zeroes_may_unmap = be->unmap;
    info->max_secure_erase_sectors = vblk_most(be, be->secure_erase_sectors);
    info->max_secure_erase_seg = VWR_VBLK_RANGES;
    info->secure_erase_sector_alignment = be->secure_erase_align != 0 ? be->secure_erase_align : block;
}

/*
 * Header and status occupy a segment each. If a driver obeys seg_max, its requests always fit the chain and
 * the backend, wherever its memory is, unless the backend accepts no more segments than there are borders
 * between regions.
 */
static uint32_t vblk_seg_max(const struct vwr_vblk *b, const struct vwr_vdev_setup *s)
{
    const uint32_t borders = vwr_memory_adjacent(&s->vm->memory);
    uint32_t n = b->segs - 2u; /* a share has at least 3 */

    if (n > vblk_segments(b))
        n = vblk_segments(b);
    n = n > borders ? n - borders : 1u;
    if (b->backend->segments_max != 0 && n > b->backend->segments_max)
        n = b->backend->segments_max;
    if (s->queue_size > 2u && n > s->queue_size - 2u) /* a chain cannot be longer than the queue */
        n = s->queue_size - 2u;
    return n;
}

void vwr_vblk_write_config_(struct vwr_vblk *b, const struct vwr_vdev_setup *s)
{
    const struct vwr_vblk_backend *const be = b->backend;
    struct vwr_blk_config_info info;

    vwr_zero(&info, sizeof(info));
    info.capacity = b->sectors;
    info.seg_max = vblk_seg_max(b, s);
    info.blk_size = be->block_bytes;
    vblk_write_physical(be, b->first, &info);
    info.topology_min_io_size = be->min_io_size;
    info.topology_opt_io_size = be->opt_io_size;
    info.num_queues = s->queue_count;
    if (VWR_WITH_RANGES)
        vblk_write_ranges(be, &info);
    if (vblk_has_zones(b))
        vwr_vblk_zones_write_config_(b, &info);
    vwr_blk_config_write(&b->config, s->legacy, &info);
}

/* Features of requests with ranges; zones with sequential writes do not support DISCARD and WRITE_ZEROES. */
static void vblk_add_ranges(struct vwr_features *f, const struct vwr_vblk *b)
{
    vwr_features_add_if(f, VWR_BLK_F_SECURE_ERASE, b->backend->secure_erase);
    if (vblk_has_zones(b) && b->zones->model == VWR_BLK_Z_HM)
        return;
    vwr_features_add_if(f, VWR_BLK_F_DISCARD, b->backend->discard);
    vwr_features_add_if(f, VWR_BLK_F_WRITE_ZEROES, b->backend->write_zeroes);
}

void vwr_vblk_choose_features_(struct vwr_features *f, const struct vwr_vblk *b,
                               const struct vwr_vdev_setup *s)
{
    const struct vwr_vblk_backend *const be = b->backend;

    vwr_features_clear(f);
    vwr_features_add(f, VWR_BLK_F_SEG_MAX);
    vwr_features_add(f, VWR_BLK_F_BLK_SIZE);
    vwr_features_add_if(f, VWR_BLK_F_TOPOLOGY, vblk_has_topology(be));
    vwr_features_add_if(f, VWR_BLK_F_MQ, s->queue_count > 1);
    vwr_features_add_if(f, VWR_BLK_F_LIFETIME, VWR_WITH_RANGES && be->lifetime != NULL);
    vwr_features_add_if(f, VWR_BLK_F_ZONED, vblk_has_zones(b) && !s->legacy);
    if (b->read_only) {
        vwr_features_add(f, VWR_BLK_F_RO);
        return;
    }
    if (be->flush && !b->write_through) {
        vwr_features_add(f, VWR_BLK_F_FLUSH);
        vwr_features_add(f, VWR_BLK_F_CONFIG_WCE);
    }
    if (VWR_WITH_RANGES)
        vblk_add_ranges(f, b);
}
