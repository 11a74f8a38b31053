/* SPDX-License-Identifier: MIT */
#include "vballoon_common.h"

/*
 * Memory balloon: init, reset, configuration, and functions for the VMM.
 * Section: Traditional Memory Balloon Device.
 */

void vwr_vballoon_write_config_(struct vwr_vballoon *b)
{
    struct vwr_balloon_config_info info;

    vwr_zero(&info, sizeof(info));
    info.num_pages = b->target;
    info.free_page_hint_cmd_id = b->command;
    vwr_balloon_config_write(&b->service.config, vwr_vballoon_dev(b)->legacy, &info);
}

/*
 * All pages belong to the guest again. After a load, no page belongs to the VMM before
 * vwr_vballoon_release_again_().
 */
static void vballoon_forget(struct vwr_vballoon *b)
{
    const uint64_t released = vwr_vballoon_dev(b)->loaded ? 0 : b->gone;

    b->gone = 0;
    if (b->ops->reset != NULL)
        b->ops->reset(b, released);
}

/* Returns the statistics buffer to the driver, if the device holds it. */
static bool vballoon_return_stats(struct vwr_vballoon *b)
{
    struct vwr_vmessage *const x = vballoon_held(b);

    if (x != NULL)
        vwr_vmessage_end(x, VWR_OK, NULL);
    return x != NULL;
}

/* ---- calls from the driver ---- */

static void vballoon_reset(struct vwr_balloon_vservice *s)
{
    struct vwr_vballoon *const b = (void *)s;
    const bool is_marked = b->gone != 0 || vwr_vballoon_dev(b)->loaded;

    b->actual = 0;
    b->poison = 0;
    b->stats.known = 0;
    b->known = false;
    b->hints = false;
    b->command = VWR_BALLOON_CMD_ID_STOP;
    vwr_zero(&s->config, sizeof(s->config));
    vwr_vballoon_write_config_(b);
    vballoon_forget(b);
    if (is_marked)
        vwr_vballoon_clear_(b); /* after the hook, when the VMM has given back the memory */
}

static void vballoon_queue_reset(struct vwr_balloon_vservice *s, uint16_t queue)
{
    struct vwr_vballoon *const b = (void *)s;

    if (queue == VWR_BALLOON_QUEUE_STATSQ)
        b->known = false;
}

/* Returns the statistics buffer; the driver sends new statistics after the resume. */
static void vballoon_suspend(struct vwr_balloon_vservice *s)
{
    (void)vballoon_return_stats((void *)s);
}

/* Whether the driver has written the last byte of the field at `at`; it may write the bytes one by one. */
static bool vballoon_is_written(uint32_t offset, uint32_t bytes, uint32_t at)
{
    return at + (uint32_t)sizeof(vwr_le32) - 1u - offset < bytes;
}

static void vballoon_config_written(struct vwr_balloon_vservice *s, uint32_t offset, uint32_t bytes)
{
    struct vwr_vballoon *const b = (void *)s;

    if (vballoon_is_written(offset, bytes, VWR_BALLOON_CONFIG_POISON_VAL) &&
        vwr_vdev_has(vwr_vballoon_dev(b), VWR_BALLOON_F_PAGE_POISON))
        b->poison = vwr_le32_to_cpu(s->config.poison_val);
    if (!vballoon_is_written(offset, bytes, VWR_BALLOON_CONFIG_ACTUAL))
        return;
    b->actual = vwr_le32_to_cpu(s->config.actual);
    if (b->ops->actual != NULL)
        b->ops->actual(b);
}

/* Ignores unknown tags, and those beyond the maximum count. */
static int vballoon_stats(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    struct vwr_vballoon *const b = (void *)s;
    const bool legacy = vwr_vballoon_dev(b)->legacy;
    struct vwr_balloon_stat stat;

    (void)vballoon_return_stats(b); /* only one buffer is allowed, but this driver has sent another one */
    b->stats.known = 0;
    for (unsigned i = 0; i < VBALLOON_STATS_MOST; i++) {
        uint16_t tag;

        if (vwr_vmessage_read(x, &stat, sizeof(stat)) < sizeof(stat))
            break;
        tag = vwr_guest16(legacy, stat.tag);
        if (tag >= VWR_VBALLOON_STATS)
            continue;
        b->stats.value[tag] = vwr_guest64(legacy, stat.val);
        b->stats.known |= 1u << tag;
    }
    if (b->ops->stats != NULL && !b->known)
        b->ops->stats(b);
    b->known = false;
    return vwr_vmessage_keep(x, &b->stats);
}

/* ---- the VMM ---- */

int vwr_vballoon_set_target(struct vwr_vballoon *b, uint32_t pages)
{
    struct vwr_vdev *const v = vwr_vballoon_dev(b);

    if (pages > b->pages)
        return VWR_ERANGE;
    vwr_vdev_lock(v);
    b->target = pages;
    vwr_vballoon_write_config_(b);
    vwr_vdev_config_changed(v);
    vwr_vdev_unlock(v);
    return VWR_OK;
}

int vwr_vballoon_set_memory(struct vwr_vballoon *b, uint32_t *map, uint32_t words)
{
    struct vwr_vdev *const v = vwr_vballoon_dev(b);
    bool fits;

    vwr_vdev_lock(v);
    vballoon_forget(b);
    fits = vwr_vballoon_take_memory_(b, v->vm, map, words);
    vwr_vdev_unlock(v);
    return fits ? VWR_OK : VWR_ENOMEM;
}

int vwr_vballoon_poll_stats(struct vwr_vballoon *b)
{
    struct vwr_vdev *const v = vwr_vballoon_dev(b);
    int r = VWR_EFULL;

    vwr_vdev_lock(v);
    if (vballoon_held(b) == NULL) /* Linux's first buffer and its notification arrived before DRIVER_OK */
        vwr_vdev_serve_locked(v, VWR_BALLOON_QUEUE_STATSQ);
    if (!vwr_vdev_has(v, VWR_BALLOON_F_STATS_VQ)) {
        r = VWR_EFEATURE;
    } else if (vballoon_return_stats(b)) {
        (void)vwr_vdev_signal(v, &v->queue[VWR_BALLOON_QUEUE_STATSQ]);
        r = VWR_OK;
    }
    vwr_vdev_unlock(v);
    return r;
}

static void vballoon_set_command(struct vwr_vballoon *b, uint32_t command)
{
    b->hints = false;
    b->command = command;
    vwr_vballoon_write_config_(b);
    vwr_vdev_config_changed(vwr_vballoon_dev(b));
}

/* Each command has an ID that was not used for almost 2^32 commands. */
int vwr_vballoon_hint(struct vwr_vballoon *b)
{
    struct vwr_vdev *const v = vwr_vballoon_dev(b);
    int r = VWR_EFEATURE;

    vwr_vdev_lock(v);
    if (vwr_vdev_has(v, VWR_BALLOON_F_FREE_PAGE_HINT)) {
        if (++b->last_command <= VWR_BALLOON_CMD_ID_DONE)
            b->last_command = VWR_BALLOON_CMD_ID_DONE + 1u;
        vballoon_set_command(b, b->last_command);
        r = VWR_OK;
    }
    vwr_vdev_unlock(v);
    return r;
}

void vwr_vballoon_end_hints(struct vwr_vballoon *b, enum vwr_balloon_cmd_id command)
{
    struct vwr_vdev *const v = vwr_vballoon_dev(b);

    vwr_vdev_lock(v);
    if (vwr_vdev_has(v, VWR_BALLOON_F_FREE_PAGE_HINT) && b->command != command)
        vballoon_set_command(b, command);
    vwr_vdev_unlock(v);
}

/* ---- init ---- */

static const struct vwr_balloon_vservice_calls vballoon_calls = {
    .inflate = vwr_vballoon_list_,
    .deflate = vwr_vballoon_list_,
    .stats = vballoon_stats,
    .free_page_command = vwr_vballoon_command_,
    .free_page_hint = vwr_vballoon_hints_,
    .report = vwr_vballoon_report_,
    .reset = vballoon_reset,
    .queue_reset = vballoon_queue_reset,
    .suspend = vballoon_suspend,
    .config_written = vballoon_config_written,
};

static void vballoon_offer(struct vwr_features *f, const struct vwr_vballoon_options *o)
{
    vwr_features_clear(f);
    vwr_features_add_if(f, VWR_BALLOON_F_MUST_TELL_HOST, o->must_tell);
    vwr_features_add_if(f, VWR_BALLOON_F_STATS_VQ, o->statistics);
    vwr_features_add_if(f, VWR_BALLOON_F_DEFLATE_ON_OOM, o->deflate_on_oom);
    vwr_features_add_if(f, VWR_BALLOON_F_FREE_PAGE_HINT, o->hinting);
    vwr_features_add_if(f, VWR_BALLOON_F_PAGE_POISON, o->poison);
    vwr_features_add_if(f, VWR_BALLOON_F_PAGE_REPORTING, o->reporting);
}

int vwr_vballoon_init_with(struct vwr_vballoon *b, const struct vwr_vdev_setup *s,
                           const struct vwr_vballoon_options *o)
{
    const struct vwr_service_memory memory = {b->message, VWR_COUNT(b->message), b->seg, VWR_COUNT(b->seg)};
    struct vwr_features features;
    int r;

    vwr_zero(b, sizeof(*b));
    if (o->ops == NULL || s->vm == NULL || (o->exclusive && !(VWR_WITH_EXCLUSIVE && o->must_tell)))
        return VWR_EINVAL;
    b->context = o->context;
    b->ops = o->ops;
    if (!vwr_vballoon_take_memory_(b, s->vm, o->map, o->map_count))
        return VWR_ENOMEM;
    b->exclusive = o->exclusive;
    b->map_of_pages.shift = VWR_BALLOON_PFN_SHIFT;
    vballoon_offer(&features, o);
    r = vwr_balloon_vservice_init(&b->service, s, &features, &vballoon_calls, &memory, NULL);
    b->command = VWR_BALLOON_CMD_ID_STOP;
    vwr_vballoon_write_config_(b);
    return r;
}
