/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"
#include "vwr/gen/features.h"

/* GPU: opening, recovery (vwr/bringup.h) and closing. Section: GPU Device. */

#define GPU_RING_LEAST 4u /* an update is two messages, and a message and its answer use two descriptors */

static int gpu_configure(struct vwr_bringup *v)
{
    const struct vwr_gpu *const g = (void *)v;
    struct vwr_config_wrong wrong;

    if (vwr_gpu_config_is_wrong(&v->dev->config.features, &g->info, &wrong))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    return VWR_OK;
}

static int gpu_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_gpu *const g = (void *)v;
    struct vwr_gpu_shared *const s = g->options.shared;
    const struct vwr_queue_memory control = {s->control, sizeof(s->control), g->own_control,
                                             sizeof(g->own_control), VWR_GPU_QUEUE};
    const struct vwr_queue_memory cursor = {s->cursor, sizeof(s->cursor), g->own_cursor,
                                            sizeof(g->own_cursor), VWR_GPU_CURSOR_QUEUE};
    const bool first = n == VWR_GPU_QUEUE_CONTROLQ;
    struct vwr_clientq *const q = first ? &g->control.client : &g->cursor;
    int r;

    g->options.request.requests = first ? VWR_GPU_REQUESTS : 1;
    r = vwr_client_setup(q, v, n, &vwr_gpu_class, first ? &control : &cursor, &g->options.request);
    q->requests.segments_max = VWR_REQUEST_SEGMENTS;
    if (r != VWR_OK || !first)
        return r;
    if (vwr_queue_size(&q->requests.queue) < GPU_RING_LEAST)
        return vwr_dev_give_up(v->dev, VWR_FAULT_QUEUE_SIZE, n, vwr_queue_size(&q->requests.queue));
    g->control.room = vwr_queue_size(&q->requests.queue) / 2u;
    if (g->control.room > VWR_GPU_REQUESTS)
        g->control.room = VWR_GPU_REQUESTS;
    return 1;
}

/* The reset has hidden all framebuffers, so hiding them is complete; the others are shown again. */
static void gpu_on_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_gpu *const g = (void *)v;

    if (VWR_PORT_HAS_DMA_MAP && event == VWR_BRINGUP_RELEASED)
        for (struct vwr_gpu_framebuffer *fb = g->first; fb != NULL; fb = fb->next)
            gpu_unmap(fb);
    for (; event == VWR_BRINGUP_CLOSED && g->first != NULL; g->first = g->first->next)
        g->first->state = GPU_GONE;
    if (event != VWR_BRINGUP_RUNS)
        return;
    for (struct vwr_gpu_framebuffer **at = &g->first, *fb; (fb = *at) != NULL;) {
        fb->sent = false;
        fb->result = VWR_OK;
        if (fb->state == GPU_HIDING) {
            fb->state = GPU_GONE;
            *at = fb->next;
            continue;
        }
        vwr_gpu_begin_show_(fb);
        at = &fb->next;
    }
    g->cursor_again = g->point.pointer.image != NULL;
    vwr_gpu_build_(g);
}

/* num_capsets is not read, because capability sets are for 3D, which this driver does not support. */
static void gpu_read_config(const struct vwr_config *c, void *into)
{
    struct vwr_gpu_config_info *const info = into;

    info->events_read = vwr_gpu_config_get_events_read(c);
    info->num_scanouts = vwr_gpu_config_get_num_scanouts(c);
    info->blob_alignment = vwr_gpu_config_get_blob_alignment(c);
}

static const struct vwr_features gpu_want = {{(uint32_t)1 << VWR_GPU_F_EDID |
                                              (uint32_t)1 << VWR_GPU_F_RESOURCE_BLOB |
                                              (uint32_t)1 << VWR_GPU_F_BLOB_ALIGNMENT}};
static const struct vwr_features gpu_need = {{0, (uint32_t)1 << VWR_F_VERSION_1 % 32}};

const struct vwr_bringup_class vwr_gpu_bringup = {
    VWR_BRINGUP_CLASS(VWR_GPU_ID, vwr_gpu, info),
    .want = &gpu_want,
    .rules = vwr_gpu_feature_rules,
    .rule_count = VWR_GPU_FEATURE_RULE_COUNT,
    .read = gpu_read_config,
    .configure = gpu_configure,
    .set_up = gpu_set_up,
    .event = gpu_on_event,
    .needs = vwr_gpu_config_needs,
};

int vwr_gpu_open(struct vwr_gpu *g, struct vwr_dev *d, const struct vwr_gpu_options *options)
{
    const int r = vwr_bringup_begin(&g->bringup, &vwr_gpu_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&g->options, options, sizeof(*options));
    g->ask.req.internal = 1; /* no caller reaps it */
    g->options.request.segments = 1;
    g->options.request.replay = false; /* framebuffers have to be created before any request can be resent */
    g->bringup.need = &gpu_need;
    g->bringup.avoid = &g->options.avoid;
    return vwr_bringup_open(&g->bringup);
}
