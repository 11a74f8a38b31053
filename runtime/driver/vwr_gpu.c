/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"
#include "vwr/gen/features.h"

/* A gpu from open to close: by the steps of its recovery (vwr/recovery.h). Section: GPU Device. */

static void gpu_read_info(const struct vwr_config *config, void *into)
{
    struct vwr_gpu_info *const info = into;

    info->events = vwr_gpu_config_get_events_read(config);
    info->scanouts = vwr_gpu_config_get_num_scanouts(config);
    info->blob_alignment = vwr_gpu_config_get_blob_alignment(config);
    if (info->scanouts > VWR_GPU_MAX_SCANOUTS)
        info->scanouts = VWR_GPU_MAX_SCANOUTS;
}

static int gpu_set_up(struct vwr_recovery *v, unsigned n)
{
    struct vwr_gpu *const g = gpu_of(v);
    const bool cursor = n == VWR_GPU_QUEUE_CURSORQ;
    struct vwr_requestq *const q = cursor ? &g->cursor : &g->control;
    int r;

    vwr_requestq_set_class(q, &vwr_gpu_class);
    q->options = cursor ? &g->cursor_options : &g->options.request;
    q->memory = &g->memory[n];
    q->recovery = v;
    q->segment_bytes_max = (uint32_t)-1;
    q->segments_max = VWR_REQUEST_SEGMENTS;
    r = vwr_request_setup(q, n);
    if (r != VWR_OK || cursor)
        return r;
    g->room = vwr_queue_size(&q->queue) / 2u; /* a message and its answer are two descriptors */
    if (g->room > vwr_request_count(q->options))
        g->room = vwr_request_count(q->options);
    return 1;
}

/* What was being hidden is; the rest is shown again. */
static void gpu_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    struct vwr_gpu *const g = gpu_of(v);
    struct vwr_gpu_framebuffer *fb;

    if (event != VWR_RECOVERY_RUNS)
        return;
    for (struct vwr_gpu_framebuffer **at = &g->first; (fb = *at) != NULL;) {
        fb->again = fb->request.req.state != VWR_REQ_IDLE;
        fb->result = VWR_OK;
        if (fb->step > GPU_SHOWN) {
            fb->step = GPU_GONE;
            *at = fb->next;
        } else {
            fb->step = GPU_CREATE;
            at = &fb->next;
        }
    }
    g->cursor_again = g->point.pointer.image != NULL;
    vwr_gpu_build(g);
}

static const struct vwr_features gpu_want = {{(uint32_t)1 << VWR_GPU_F_EDID |
                                              (uint32_t)1 << VWR_GPU_F_RESOURCE_BLOB |
                                              (uint32_t)1 << VWR_GPU_F_BLOB_ALIGNMENT}};
static const struct vwr_features gpu_need = {{0, (uint32_t)1 << VWR_F_VERSION_1 % 32}};

const struct vwr_recovery_class vwr_gpu_recovery = {
    .type = VWR_GPU_ID,
    .bytes = sizeof(struct vwr_gpu),
    .info_at = __builtin_offsetof(struct vwr_gpu, info),
    .info_bytes = sizeof(struct vwr_gpu_info),
    .want = &gpu_want,
    .rules = vwr_gpu_feature_rules,
    .rule_count = VWR_GPU_FEATURE_RULE_COUNT,
    .read = gpu_read_info,
    .configure = vwr_recovery_configure_none,
    .set_up = gpu_set_up,
    .event = gpu_event,
};

int vwr_gpu_open(struct vwr_gpu *g, struct vwr_dev *d, const struct vwr_gpu_options *options)
{
    struct vwr_queue_memory *const control = &g->memory[VWR_GPU_QUEUE_CONTROLQ];
    struct vwr_queue_memory *const cursor = &g->memory[VWR_GPU_QUEUE_CURSORQ];
    const int r = vwr_recovery_begin(&g->recovery, &vwr_gpu_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&g->options, options, sizeof(*options));
    g->options.request.requests = VWR_GPU_REQUESTS;
    g->options.request.segments = 1;
    g->options.request.replay = NULL; /* framebuffers have to be there first */
    vwr_request_set_defaults(&g->options.request);
    vwr_copy(&g->cursor_options, &g->options.request, sizeof(g->cursor_options));
    g->cursor_options.requests = 1;
    control->shared = options->shared->control;
    control->shared_bytes = sizeof(options->shared->control);
    control->own = g->own_control;
    control->own_bytes = sizeof(g->own_control);
    control->size = VWR_GPU_QUEUE;
    cursor->shared = options->shared->cursor;
    cursor->shared_bytes = sizeof(options->shared->cursor);
    cursor->own = g->own_cursor;
    cursor->own_bytes = sizeof(g->own_cursor);
    cursor->size = VWR_GPU_CURSOR_QUEUE;
    g->recovery.need = &gpu_need;
    g->recovery.avoid = &g->options.avoid;
    return vwr_recovery_open(&g->recovery, &vwr_gpu_recovery);
}

int vwr_gpu_close(struct vwr_gpu *g)
{
    const int r = vwr_recovery_close(&g->recovery, &vwr_gpu_recovery);

    for (; r == VWR_OK && g->first != NULL; g->first = g->first->next)
        g->first->step = GPU_GONE;
    return r;
}
