/* SPDX-License-Identifier: MIT */
#include "vwr/blk_zone.h"
#include "vwr/mmio.h"

/*
 * The calls of a program that uses all functions of a disk: vwr/blk.h, and with zones
 * blk_zone.h. See program.c.
 */
extern const void *const program[];

static bool kick(struct vwr_blk_requestq *q)
{
    return vwr_blk_kick(q);
}

const void *const program[] = {
    (const void *)PROBE,
    (const void *)vwr_blk_open,
    (const void *)vwr_blk_read,
    (const void *)vwr_blk_write,
    (const void *)vwr_blk_transfer_vecs,
    (const void *)vwr_blk_flush,
    (const void *)vwr_blk_get_id,
    (const void *)vwr_blk_do_ranges,
    (const void *)vwr_blk_get_lifetime,
    (const void *)vwr_blk_set_write_cache,
    (const void *)vwr_blk_config_changed,
    (const void *)vwr_recover,
    (const void *)vwr_close,
    (const void *)vwr_blk_submit,
    (const void *)kick,
    (const void *)vwr_blk_reap,
    (const void *)vwr_blk_arm,
    (const void *)vwr_blk_disarm,
    (const void *)vwr_blk_wait,
    (const void *)vwr_blk_do,
    (const void *)vwr_blk_service,
    (const void *)vwr_dev_irq,
#if VWR_WITH_ZONED
    (const void *)vwr_blk_report_zones,
    (const void *)vwr_blk_zone_do,
    (const void *)vwr_blk_zone_append,
#endif
};
