/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * Graphics adapter for a guest: init, reset, and commands that run in parts.
 * Section: GPU Device.
 */

/* The service has copied the command; every command starts with the same header. */
void vwr_vgpu_put_fence_(const struct vwr_vgpu *g, struct vwr_gpu_ctrl_hdr *back)
{
    const struct vwr_gpu_get_display_info_msg_form *const w = g->service.service.fixed;
    const uint32_t known = VWR_GPU_FLAG_FENCE | VWR_GPU_FLAG_INFO_RING_IDX;
    const uint32_t flags = vwr_guest32(false, w->ctrl_hdr.flags) & known;

    vwr_zero(back, sizeof(*back));
    if ((flags & VWR_GPU_FLAG_FENCE) == 0)
        return;
    back->flags = vwr_guest32(false, flags);
    back->fence_id = w->ctrl_hdr.fence_id;
    back->ctx_id = w->ctrl_hdr.ctx_id;
    if ((flags & VWR_GPU_FLAG_INFO_RING_IDX) != 0)
        back->ring_idx = w->ctrl_hdr.ring_idx;
}

int vwr_vgpu_end_(struct vwr_vgpu *g, struct vwr_vmessage *x, int result)
{
    struct vwr_gpu_ctrl_hdr back;

    vwr_vgpu_put_fence_(g, &back);
    vwr_vmessage_end(x, result, &back);
    return VWR_LATER;
}

/* If the service refuses a command, only its type was copied, so this copies the rest of its header. */
static const void *vgpu_refusal(struct vwr_vmessage *x)
{
    struct vwr_vgpu *const g = (struct vwr_vgpu *)(void *)x->service;
    struct vwr_gpu_get_display_info_msg_form *const w = g->service.service.fixed;

    if (x->looked < sizeof(w->ctrl_hdr))
        x->looked +=
            (uint16_t)vwr_vmessage_read(x, (uint8_t *)w + x->looked, sizeof(w->ctrl_hdr) - x->looked);
    if (x->looked < sizeof(w->ctrl_hdr))
        return NULL;
    vwr_vgpu_put_fence_(g, &g->answer.hdr);
    return &g->answer.hdr;
}

/* ---- commands in parts ---- */

/* While the VMM processes a part, the command and all later ones wait. */
static int vgpu_continue(struct vwr_vmessage *x)
{
    struct vwr_vgpu *const g = (struct vwr_vgpu *)(void *)x->service;
    const int r = g->job.waiting ? VWR_LATER : g->job.step(g);

    if (r == VWR_LATER && !g->job.waiting)
        return vwr_vmessage_defer(x, vgpu_continue);
    if (r == VWR_LATER) {
        x->more = vgpu_continue;
        return r;
    }
    g->job.attaching = NULL;
    vwr_vmessage_end(x, r, &g->job.back);
    return VWR_LATER;
}

int vwr_vgpu_begin_(struct vwr_vgpu *g, struct vwr_vmessage *x, int (*step)(struct vwr_vgpu *g))
{
    g->job.step = step;
    g->job.x = x;
    g->job.waiting = false;
    g->job.result = VWR_OK;
    vwr_vgpu_put_fence_(g, &g->job.back);
    return vgpu_continue(x);
}

void vwr_vgpu_done(struct vwr_vgpu *g, uint64_t ticket, int result)
{
    struct vwr_vdev *const v = vwr_vgpu_dev(g);

    vwr_vdev_lock(v);
    if (vwr_vdev_claim(v, &g->job.ticket, ticket)) {
        g->job.waiting = false;
        g->job.result = result;
        vwr_vdev_serve_locked(v, VWR_GPU_QUEUE_CONTROLQ);
    }
    vwr_vdev_unlock(v);
}

/* ---- reset ---- */

/*
 * An incompletely zeroed resource would expose its earlier contents, and an incomplete backing would expose
 * those of another resource.
 */
void vwr_vgpu_forget_job_(struct vwr_vgpu *g)
{
    if (g->job.resource != NULL && g->job.resource->width != 0 && g->job.resource->id == 0)
        vwr_vgpu_drop_(g, g->job.resource);
    if (g->job.attaching != NULL)
        vwr_vgpu_drop_backing_(g, g->job.attaching);
    g->job.resource = NULL;
    g->job.attaching = NULL;
    g->job.waiting = false;
    g->job.ticket = 0;
}

static void vgpu_queue_reset(struct vwr_gpu_vservice *s, uint16_t queue)
{
    if (queue == VWR_GPU_QUEUE_CONTROLQ)
        vwr_vgpu_forget_job_(vgpu_of(s));
}

static void vgpu_reset(struct vwr_gpu_vservice *s)
{
    struct vwr_vgpu *const g = vgpu_of(s);

    vwr_vgpu_forget_job_(g);
    for (unsigned i = 0; i < g->resources; i++)
        if (g->resource[i].id != 0)
            vwr_vgpu_drop_(g, &g->resource[i]);
    for (unsigned i = 0; i < g->scanouts; i++) { /* from a refused state, whose resources do not exist */
        g->scanout[i].resource = 0;
        g->scanout[i].cursor = 0;
    }
    vwr_vgpu_hide_cursors_(g);
    g->service.config.events_read = 0;
}

static void vgpu_config_written(struct vwr_gpu_vservice *s, uint32_t offset, uint32_t bytes)
{
    (void)offset;
    (void)bytes;
    s->config.events_read &= ~s->config.events_clear;
    s->config.events_clear = 0;
}

static const struct vwr_gpu_vservice_calls vgpu_calls = {
    .get_display_info = vwr_vgpu_display_info_,
    .get_edid = vwr_vgpu_get_edid_,
    .resource_create_2d = vwr_vgpu_create_,
    .resource_unref = vwr_vgpu_unref_,
    .resource_attach_backing = vwr_vgpu_attach_,
    .resource_detach_backing = vwr_vgpu_detach_,
    .transfer_to_host_2d = vwr_vgpu_transfer_,
    .set_scanout = vwr_vgpu_set_scanout_,
    .resource_flush = vwr_vgpu_flush_,
    .update_cursor = vwr_vgpu_update_cursor_,
    .move_cursor = vwr_vgpu_move_cursor_,
    .reset = vgpu_reset,
    .queue_reset = vgpu_queue_reset,
    .config_written = vgpu_config_written,
};

/* ---- init ---- */

static bool vgpu_has_room(struct vwr_vgpu *g, const struct vwr_vgpu_options *o)
{
    struct vwr_shortage *const lack = &vwr_vgpu_dev(g)->shortage;

    return VWR_ARRAY_FITS(lack, o, scanout, scanout_count, 1u) &&
           VWR_ARRAY_FITS(lack, o, resource, resource_count, 1u) &&
           VWR_ARRAY_FITS(lack, o, entry, entry_count, 1u) &&
           VWR_ARRAY_FITS(lack, o, memory, memory_bytes, VWR_VGPU_ALIGN);
}

static bool vgpu_is_right(const struct vwr_vgpu_options *o)
{
    bool right = o->ops != NULL && o->scanout_count <= VWR_GPU_MAX_SCANOUTS;

    for (unsigned i = 0; right && i < o->scanout_count; i++)
        right = vwr_vgpu_is_size_(o->scanout[i].width, o->scanout[i].height);
    return right;
}

static void vgpu_use_options(struct vwr_vgpu *g, const struct vwr_vgpu_options *o)
{
    const size_t units = o->memory_bytes / VWR_VGPU_ALIGN;

    g->context = o->context;
    g->ops = o->ops;
    g->memory = o->memory;
    g->entry = o->entry;
    g->scanout = o->scanout;
    g->scanouts = o->scanout_count;
    g->resource = o->resource;
    g->resources = o->resource_count;
    g->width_max = o->width_max != 0 ? o->width_max : ~0u;
    g->height_max = o->height_max != 0 ? o->height_max : ~0u;
    vwr_vgpu_pool_init_(&g->pixels, units < 0xffffffffu ? (uint32_t)units : 0xffffffffu);
    vwr_vgpu_pool_init_(&g->backing, o->entry_count);
    for (unsigned i = 0; i < o->scanout_count; i++) {
        const uint32_t width = o->scanout[i].width;
        const uint32_t height = o->scanout[i].height;

        vwr_zero(&o->scanout[i], sizeof(o->scanout[i]));
        o->scanout[i].width = width;
        o->scanout[i].height = height;
    }
    for (unsigned i = o->resource_count; i-- != 0; g->free = &o->resource[i]) {
        vwr_zero(&o->resource[i], sizeof(o->resource[i]));
        o->resource[i].next = g->free;
    }
}

int vwr_vgpu_init_with(struct vwr_vgpu *g, const struct vwr_vdev_setup *s, const struct vwr_vgpu_options *o)
{
    struct vwr_gpu_config_info info;
    const struct vwr_service_memory memory = {g->message, VWR_COUNT(g->message), g->seg, VWR_COUNT(g->seg)};
    struct vwr_features features;
    int r;

    vwr_zero(g, sizeof(*g));
    if (!vgpu_has_room(g, o))
        return VWR_ENOMEM;
    if (!vgpu_is_right(o) || s->legacy)
        return VWR_EINVAL;
    vgpu_use_options(g, o);
    vwr_features_clear(&features);
    vwr_features_add_if(&features, VWR_GPU_F_EDID, o->edid);
    r = vwr_gpu_vservice_init(&g->service, s, &features, &vgpu_calls, &memory, NULL);
    g->service.service.refusal = vgpu_refusal;
    vwr_zero(&info, sizeof(info));
    info.num_scanouts = o->scanout_count;
    return r == VWR_OK ? vwr_gpu_config_write(&g->service.config, false, &features, &info) : r;
}
