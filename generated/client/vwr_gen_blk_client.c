/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#include "vwr/client/blk.h"

static const struct vwr_request_class client_blk_requestq_class = {
    .shared_bytes = VWR_BLK_CLIENT_REQUESTQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_blk_client *client_blk_of(struct vwr_recovery *v)
{
    return (struct vwr_blk_client *)(void *)v;
}

static void client_blk_read(const struct vwr_config *config, void *into)
{
    struct vwr_blk_client_info *const info = into;

    info->capacity = vwr_blk_config_get_capacity(config);
    info->size_max = vwr_blk_config_get_size_max(config);
    info->seg_max = vwr_blk_config_get_seg_max(config);
    info->geometry_cylinders = vwr_blk_config_get_geometry_cylinders(config);
    info->geometry_heads = vwr_blk_config_get_geometry_heads(config);
    info->geometry_sectors = vwr_blk_config_get_geometry_sectors(config);
    info->blk_size = vwr_blk_config_get_blk_size(config);
    info->topology_physical_block_exp = vwr_blk_config_get_topology_physical_block_exp(config);
    info->topology_alignment_offset = vwr_blk_config_get_topology_alignment_offset(config);
    info->topology_min_io_size = vwr_blk_config_get_topology_min_io_size(config);
    info->topology_opt_io_size = vwr_blk_config_get_topology_opt_io_size(config);
    info->writeback = vwr_blk_config_get_writeback(config);
    info->num_queues = vwr_blk_config_get_num_queues(config);
    info->max_discard_sectors = vwr_blk_config_get_max_discard_sectors(config);
    info->max_discard_seg = vwr_blk_config_get_max_discard_seg(config);
    info->discard_sector_alignment = vwr_blk_config_get_discard_sector_alignment(config);
    info->max_write_zeroes_sectors = vwr_blk_config_get_max_write_zeroes_sectors(config);
    info->max_write_zeroes_seg = vwr_blk_config_get_max_write_zeroes_seg(config);
    info->write_zeroes_may_unmap = vwr_blk_config_get_write_zeroes_may_unmap(config);
    info->max_secure_erase_sectors = vwr_blk_config_get_max_secure_erase_sectors(config);
    info->max_secure_erase_seg = vwr_blk_config_get_max_secure_erase_seg(config);
    info->secure_erase_sector_alignment = vwr_blk_config_get_secure_erase_sector_alignment(config);
    info->zoned_zone_sectors = vwr_blk_config_get_zoned_zone_sectors(config);
    info->zoned_max_open_zones = vwr_blk_config_get_zoned_max_open_zones(config);
    info->zoned_max_active_zones = vwr_blk_config_get_zoned_max_active_zones(config);
    info->zoned_max_append_sectors = vwr_blk_config_get_zoned_max_append_sectors(config);
    info->zoned_write_granularity = vwr_blk_config_get_zoned_write_granularity(config);
    info->zoned_model = vwr_blk_config_get_zoned_model(config);
}

static int client_blk_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_blk_set_up_requestq(struct vwr_blk_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->requestq, &c->recovery, VWR_BLK_QUEUE_REQUESTQ, &client_blk_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_blk_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_blk_client *) = {
        client_blk_set_up_requestq,
    };
    const int r = set_up[n](client_blk_of(v));

    return r == VWR_OK && n + 1 < 1 ? 1 : r;
}

static void client_blk_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_blk_want = {
    {VWR_BLK_FEATURES_W0, VWR_BLK_FEATURES_W1, VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};
static const struct vwr_features client_blk_none;

const struct vwr_recovery_class vwr_blk_client_recovery = {
    .type = VWR_BLK_ID,
    .bytes = sizeof(struct vwr_blk_client),
    .info_at = __builtin_offsetof(struct vwr_blk_client, info),
    .info_bytes = sizeof(struct vwr_blk_client_info),
    .read = client_blk_read,
    .want = &client_blk_want,
    .configure = client_blk_configure,
    .set_up = client_blk_set_up,
    .event = client_blk_event,
};

int vwr_blk_client_open(struct vwr_blk_client *c, struct vwr_dev *d, const struct vwr_blk_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_blk_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_blk_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_blk_none;
    return vwr_recovery_open(&c->recovery, &vwr_blk_client_recovery);
}

int vwr_blk_client_close(struct vwr_blk_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_blk_client_recovery);
}
