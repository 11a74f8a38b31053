/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_disk_common.h"

/* A guest's disk on a physical disk: initialization, and the properties of the physical disk. */

#define VDISK_LIFETIME_MOST 11u /* the estimated lifetime is exceeded; larger values are reserved */

static const struct vwr_vblk_backend_ops vdisk_ops = {
    .submit = vwr_vdisk_submit_, .kick = vwr_vdisk_kick_, .drain = vwr_vdisk_drain_};

/* Sets which requests a guest may send to this disk. */
static void vdisk_describe_requests(struct vwr_vblk_backend *be, const struct vwr_blk *blk)
{
    const struct vwr_config *const c = &blk->bringup.dev->config;

    be->read_only = blk->info.read_only != 0;
    be->segments_max = (uint16_t)blk->first.requests.segments_max; /* at most VWR_REQUEST_SEGMENTS */
    be->splits = true;
    be->flush = vwr_dev_has(blk->bringup.dev, VWR_BLK_F_FLUSH);
    be->discard = vwr_dev_has(blk->bringup.dev, VWR_BLK_F_DISCARD);
    be->write_zeroes = vwr_dev_has(blk->bringup.dev, VWR_BLK_F_WRITE_ZEROES);
    be->unmap = vwr_blk_config_get_write_zeroes_may_unmap(c) != 0;
    be->discard_sectors = vwr_blk_config_get_max_discard_sectors(c);
    be->discard_align = vwr_blk_config_get_discard_sector_alignment(c);
    be->write_zeroes_sectors = vwr_blk_config_get_max_write_zeroes_sectors(c);
    be->secure_erase = vwr_dev_has(blk->bringup.dev, VWR_BLK_F_SECURE_ERASE);
    be->secure_erase_sectors = vwr_blk_config_get_max_secure_erase_sectors(c);
    be->secure_erase_align = vwr_blk_config_get_secure_erase_sector_alignment(c);
}

/* Sets the zone properties from the configuration, whose size the driver has checked. */
static void vdisk_describe_zones(struct vwr_vblk_disk *d, const struct vwr_blk *blk)
{
    const struct vwr_config *const c = &blk->bringup.dev->config;
    struct vwr_vblk_zones *const z = &d->zones;

    if (blk->info.zone_sectors == 0)
        return;
    z->zone_sectors = blk->info.zone_sectors;
    z->write_granularity =
        blk->info.write_granularity != 0 ? blk->info.write_granularity : blk->info.block_bytes;
    z->model = blk->info.zone_model;
    z->open_max = vwr_blk_config_get_zoned_max_open_zones(c);
    z->active_max = vwr_blk_config_get_zoned_max_active_zones(c);
    z->append_sectors_max = vwr_blk_config_get_zoned_max_append_sectors(c);
    d->backend.zones = z;
}

static void vdisk_describe(struct vwr_vblk_disk *d, const struct vwr_blk *blk)
{
    struct vwr_vblk_backend *const be = &d->backend;
    const struct vwr_config *const c = &blk->bringup.dev->config;
    const uint8_t physical = vwr_blk_config_get_topology_physical_block_exp(c);

    be->ops = &vdisk_ops;
    be->sectors = blk->info.sectors;
    be->block_bytes = blk->info.block_bytes;
    if (vwr_vblk_has_physical(be->block_bytes, physical)) {
        be->physical_block_exp = physical;
        be->first_aligned = vwr_blk_config_get_topology_alignment_offset(c);
    }
    be->min_io_size = vwr_blk_config_get_topology_min_io_size(c);
    be->opt_io_size = vwr_blk_config_get_topology_opt_io_size(c);
    if (d->has_lifetime)
        be->lifetime = &d->lifetime;
    vdisk_describe_requests(be, blk);
    if (VWR_WITH_ZONED)
        vdisk_describe_zones(d, blk);
}

/* Reads the current wear of the physical disk; does not pass on invalid values. */
static bool vdisk_read_lifetime(struct vwr_vblk_disk *d)
{
    struct vwr_blk_get_lifetime_answer *const l = &d->lifetime;

    return vwr_blk_get_lifetime(d->blk, l) == VWR_OK && l->pre_eol_info <= VWR_BLK_PRE_EOL_INFO_URGENT &&
           l->device_lifetime_est_typ_a <= VDISK_LIFETIME_MOST &&
           l->device_lifetime_est_typ_b <= VDISK_LIFETIME_MOST;
}

int vwr_vblk_disk_init(struct vwr_vblk_disk *d, struct vwr_blk *blk, const struct vwr_vblk_disk_options *o)
{
    vwr_zero(d, sizeof(*d));
    if ((o->lock == NULL) != (o->unlock == NULL))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&d->shortage, o, slot, slot_count, 1u))
        return VWR_ENOMEM;
    if (vwr_get_stage(&blk->bringup) != VWR_STAGE_RUNNING)
        return VWR_EFAILED;
    vwr_copy(&d->options, o, sizeof(*o));
    d->blk = blk;
    d->done_end = &d->done;
    d->most = o->budget != 0 && o->budget < VDISK_BATCH ? o->budget : VDISK_BATCH;
    /* With a budget: larger than any reap can return. */
    d->enough = o->budget != 0 ? VDISK_BATCH + 1u : VDISK_BATCH;
    d->has_lifetime = VWR_WITH_RANGES && vdisk_read_lifetime(d);
    vdisk_describe(d, blk);
    vwr_zero(o->slot, o->slot_count * sizeof(*o->slot));
    for (unsigned i = o->slot_count; i-- > 0;)
        vdisk_free_part(d, &o->slot[i]);
    (void)vwr_vdisk_is_idle_(d); /* arms the first interrupt */
    return VWR_OK;
}

int vwr_vblk_disk_config_changed(struct vwr_vblk_disk *d)
{
    int result;

    vdisk_lock(d);
    result = vwr_blk_config_changed(d->blk);
    d->backend.sectors = d->blk->info.sectors;
    vdisk_unlock(d);
    return result;
}
