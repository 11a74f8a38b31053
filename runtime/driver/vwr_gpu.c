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

/* Nothing of it has to be agreed on. */
static int gpu_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int gpu_set_up_queue(struct vwr_gpu *g, struct vwr_requestq *q, unsigned n)
{
    vwr_requestq_set_class(q, &vwr_gpu_class);
    q->options = n == VWR_GPU_QUEUE_CONTROLQ ? &g->options.request : &g->cursor_options;
    q->memory = &g->memory[n];
    q->recovery = &g->recovery;
    q->segment_bytes_max = (uint32_t)-1;
    q->segments_max = VWR_REQUEST_SEGMENTS;
    return vwr_request_setup(q, n);
}

static int gpu_set_up(struct vwr_recovery *v, unsigned n)
{
    struct vwr_gpu *const g = gpu_of(v);
    int r;

    if (n == VWR_GPU_QUEUE_CURSORQ)
        return gpu_set_up_queue(g, &g->cursor, n);
    r = gpu_set_up_queue(g, &g->control, n);
    g->room = vwr_queue_size(&g->control.queue) / 2u; /* a message and its answer are two descriptors */
    if (g->room > vwr_request_count(&g->options.request))
        g->room = vwr_request_count(&g->options.request);
    return r == VWR_OK ? 1 : r;
}

/* What was being hidden is; the rest is shown again. */
static void gpu_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    struct vwr_gpu *const g = gpu_of(v);

    if (event != VWR_RECOVERY_RUNS)
        return;
    for (struct vwr_gpu_framebuffer **at = &g->first; *at != NULL;) {
        struct vwr_gpu_framebuffer *const fb = *at;

        fb->again = fb->request.req.state != VWR_REQ_IDLE;
        fb->result = VWR_OK;
        if (fb->step > GPU_SHOWN) {
            fb->step = GPU_GONE;
            *at = fb->next;
            continue;
        }
        fb->step = GPU_CREATE;
        at = &fb->next;
    }
    g->cursor_again = g->pointer.image != NULL;
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
    .configure = gpu_configure,
    .set_up = gpu_set_up,
    .event = gpu_event,
};

static void gpu_place(struct vwr_queue_memory *m, void *shared, size_t shared_bytes, void *own,
                      size_t own_bytes)
{
    m->shared = shared;
    m->shared_bytes = shared_bytes;
    m->own = own;
    m->own_bytes = own_bytes;
}

int vwr_gpu_open(struct vwr_gpu *g, struct vwr_dev *d, const struct vwr_gpu_options *options)
{
    const int r = vwr_recovery_begin(&g->recovery, &vwr_gpu_recovery, d);
    struct vwr_gpu_shared *const s = options->shared;

    if (r != VWR_OK)
        return r;
    vwr_copy(&g->options, options, sizeof(*options));
    g->options.request.requests = VWR_GPU_REQUESTS;
    g->options.request.segments = 1;
    g->options.request.replay = NULL; /* framebuffers have to be there first */
    vwr_request_set_defaults(&g->options.request);
    vwr_copy(&g->cursor_options, &g->options.request, sizeof(g->cursor_options));
    g->cursor_options.requests = 1;
    gpu_place(&g->memory[VWR_GPU_QUEUE_CONTROLQ], s->control, sizeof(s->control), g->own_control,
              sizeof(g->own_control));
    gpu_place(&g->memory[VWR_GPU_QUEUE_CURSORQ], s->cursor, sizeof(s->cursor), g->own_cursor,
              sizeof(g->own_cursor));
    g->memory[VWR_GPU_QUEUE_CONTROLQ].size = VWR_GPU_QUEUE;
    g->memory[VWR_GPU_QUEUE_CURSORQ].size = VWR_GPU_CURSOR_QUEUE;
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
