/* SPDX-License-Identifier: MIT */
#include "balloon_common.h"

/*
 * Memory balloon: opening, recovery and closing, configuration, and statistics. Section: Traditional Memory
 * Balloon Device.
 */

/* ---- requests ---- */

/* req.more: the device writes the data, which are free pages. */
static int balloon_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    (void)q;
    (void)shared;
    r->in = (uint8_t)r->more;
    return VWR_OK;
}

static const struct vwr_request_class balloon_class = {
    .prepare = balloon_prepare,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* The device may keep the statistics buffer for any length of time. */
static const struct vwr_request_class balloon_stats_class = {.prepare = balloon_prepare};

void vwr_balloon_fill_(struct vwr_balloon *b, enum balloon_kind n, void *p, size_t bytes)
{
    struct vwr_req *const r = &b->queue[n].req;

    r->more = 0;
    r->vec_count = 0;
    r->vec.p = p;
    r->vec.bytes = bytes;
}

int vwr_balloon_send_(struct vwr_balloon *b, enum balloon_kind n, void *p, size_t bytes)
{
    int r;

    vwr_balloon_fill_(b, n, p, bytes);
    r = vwr_request_submit(balloon_requests(b, n), &b->queue[n].req);
    if (r == VWR_OK)
        (void)vwr_request_kick(balloon_requests(b, n));
    return r;
}

int vwr_balloon_reap_(struct vwr_balloon *b, enum balloon_kind n)
{
    struct vwr_req *done;

    return vwr_request_reap(balloon_requests(b, n), &done, 1);
}

/* ---- statistics ---- */

bool vwr_balloon_wants_stats(const struct vwr_balloon *b)
{
    return balloon_uses_stats(b) && balloon_is_idle(b, BALLOON_STATS);
}

int vwr_balloon_send_stats(struct vwr_balloon *b, const struct vwr_balloon_stats *stats)
{
    struct vwr_balloon_stat *const to = b->options.shared != NULL ? b->options.shared->stat : NULL;
    unsigned n = 0;

    if (to == NULL)
        return VWR_EFAILED;
    if (!balloon_uses_stats(b))
        return VWR_EFEATURE;
    if (!balloon_is_idle(b, BALLOON_STATS))
        return VWR_EBUSY;
    for (unsigned tag = 0; tag < VWR_BALLOON_STATS; tag++)
        if ((stats->known >> tag & 1u) != 0) {
            to[n].tag = vwr_guest16(vwr_dev_is_legacy(b->bringup.dev), (uint16_t)tag);
            to[n++].val = vwr_guest64(vwr_dev_is_legacy(b->bringup.dev), stats->value[tag]);
        }
    if (n == 0)
        return VWR_EINVAL;
    return vwr_balloon_send_(b, BALLOON_STATS, to, n * sizeof(*to));
}

/* ---- poll ---- */

int vwr_balloon_poll(struct vwr_balloon *b)
{
    struct vwr_balloon_config_info info;
    int r = vwr_bringup_read_info(&b->bringup, &info);

    if (r != VWR_OK)
        return r;
    vwr_copy(&b->info, &info, sizeof(info));
    if (info.free_page_hint_cmd_id == VWR_BALLOON_CMD_ID_DONE)
        b->holds_hints = false;
    if (balloon_uses_stats(b))
        r = vwr_balloon_reap_(b, BALLOON_STATS);
    return r < 0 ? r : vwr_balloon_move_(b);
}

bool vwr_balloon_arm(struct vwr_balloon *b)
{
    const unsigned queues = balloon_uses_stats(b) ? BALLOON_STATS + 1u : BALLOON_STATS;
    bool armed = true;

    for (unsigned n = 0; n < queues; n++)
        armed = vwr_request_arm(balloon_requests(b, (enum balloon_kind)n), 1) && armed;
    return armed;
}

/* ---- opening, recovery and closing ---- */

/* The value with which free pages are filled is written before DRIVER_OK. */
static int balloon_configure(struct vwr_bringup *v)
{
    const struct vwr_balloon *const b = (void *)v;

    if (!balloon_has(b, VWR_BALLOON_F_PAGE_POISON))
        return VWR_OK;
    return vwr_balloon_config_set_poison_val(&v->dev->config, b->options.poison_val);
}

/* Features for the queues from BALLOON_STATS on. */
static const uint8_t balloon_offers[] = {VWR_BALLOON_F_STATS_VQ, VWR_BALLOON_F_FREE_PAGE_HINT,
                                         VWR_BALLOON_F_PAGE_REPORTING};

static int balloon_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_balloon *const b = (void *)v;
    struct vwr_balloon_lane *const q = &b->queue[n];
    const struct vwr_queue_memory m = {b->options.shared->ring[n].bytes,
                                       sizeof(b->options.shared->ring[n].bytes), q->own, sizeof(q->own),
                                       VWR_BALLOON_QUEUE};
    const struct vwr_features *const f = &v->dev->config.features;
    const unsigned index = n == BALLOON_HINT     ? vwr_balloon_queue_free_page_vq_at(f)
                           : n == BALLOON_REPORT ? vwr_balloon_queue_reporting_vq_at(f)
                                                 : n;
    int r = VWR_OK;

    if (n < BALLOON_STATS || vwr_dev_has(v->dev, balloon_offers[n - BALLOON_STATS]))
        r = vwr_client_setup(&q->client, v, index, n == BALLOON_STATS ? &balloon_stats_class : &balloon_class,
                             &m, &b->options.request);
    return r == VWR_OK && n + 1 < VWR_BALLOON_QUEUES ? 1 : r;
}

static void balloon_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_balloon *const b = (void *)v;

    if (event == VWR_BRINGUP_RELEASED) {
        b->command = VWR_BALLOON_CMD_ID_STOP;
        b->ended = VWR_BALLOON_CMD_ID_STOP;
        b->holds_hints = false;
        vwr_balloon_forget_(b);
    }
    if (event != VWR_BRINGUP_RUNS)
        return;
    (void)vwr_balloon_tell_actual_(b);
    if (balloon_uses_stats(b))
        (void)vwr_balloon_reap_(b, BALLOON_STATS);
    (void)vwr_balloon_move_(b);
}

static const struct vwr_features balloon_want = {
    {VWR_BALLOON_FEATURES_W0, VWR_BALLOON_FEATURES_W1, VWR_BALLOON_FEATURES_W2, VWR_BALLOON_FEATURES_W3}};

const struct vwr_bringup_class vwr_balloon_bringup = {
    VWR_BRINGUP_CLASS(VWR_BALLOON_ID, vwr_balloon, info),
    .want = &balloon_want,
    .read = vwr_balloon_config_read,
    .configure = balloon_configure,
    .set_up = balloon_set_up,
    .event = balloon_event,
    .needs = vwr_balloon_config_needs,
};

/*
 * Quirk balloon.queues-by-offer: the index of a queue in QEMU does not depend on what the driver accepts. The
 * driver therefore accepts each queue that precedes a queue in use.
 */
static void balloon_avoid(struct vwr_balloon_options *o)
{
    struct vwr_features *const avoid = &o->avoid;

    vwr_features_add_if(avoid, VWR_BALLOON_F_STATS_VQ, !o->statistics && !o->hinting && !o->reporting);
    vwr_features_add_if(avoid, VWR_BALLOON_F_FREE_PAGE_HINT, !o->hinting && !o->reporting);
    vwr_features_add_if(avoid, VWR_BALLOON_F_PAGE_REPORTING, !o->reporting);
    vwr_features_add_if(avoid, VWR_BALLOON_F_DEFLATE_ON_OOM, !o->deflate_on_oom);
    vwr_features_add_if(avoid, VWR_BALLOON_F_PAGE_POISON, !o->poison);
}

int vwr_balloon_open(struct vwr_balloon *b, struct vwr_dev *d, const struct vwr_balloon_options *options)
{
    const int r = vwr_bringup_begin(&b->bringup, &vwr_balloon_bringup, d);

    if (r != VWR_OK)
        return r;
    if (!VWR_ARRAY_FITS(&d->shortage, options, pages, page_count, 1u))
        return vwr_dev_note_shortage(d);
    if (options->page_count > (uint32_t)-1 / 2)
        return VWR_EINVAL;
    vwr_copy(&b->options, options, sizeof(*options));
    balloon_avoid(&b->options);
    b->options.request.requests = 1;
    b->options.request.segments = VWR_REQUEST_SEGMENTS;
    b->options.request.replay = false;       /* the list is sent again from its start */
    b->queue[BALLOON_HINT].req.internal = 1; /* no caller reaps them */
    b->queue[BALLOON_REPORT].req.internal = 1;
    b->bringup.avoid = &b->options.avoid;
    return vwr_bringup_open(&b->bringup);
}
