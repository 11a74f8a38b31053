/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* Framebuffers: one message per step. */

static const struct vwr_gpu_row gpu_create = {GPU_NODATA(RESOURCE_CREATE_2D, resource_create_2d, 0),
                                              {GPU_FIELD(resource_create_2d, resource_id, request, id),
                                               GPU_FIELD(resource_create_2d, format, framebuffer, format),
                                               GPU_FIELD(resource_create_2d, width, framebuffer, width),
                                               GPU_FIELD(resource_create_2d, height, framebuffer, height)}};
static const struct vwr_gpu_row gpu_attach = {
    GPU_NODATA(RESOURCE_ATTACH_BACKING, resource_attach_backing,
               __builtin_offsetof(struct vwr_gpu_resource_attach_backing, nr_entries)),
    {GPU_FIELD(resource_attach_backing, resource_id, request, id)}};
static const struct vwr_gpu_row gpu_scanout = {GPU_NODATA(SET_SCANOUT, set_scanout, 0),
                                               {GPU_AREA(set_scanout),
                                                GPU_FIELD(set_scanout, scanout_id, framebuffer, scanout),
                                                GPU_FIELD(set_scanout, resource_id, request, id)}};
static const struct vwr_gpu_row gpu_off = {GPU_NODATA(SET_SCANOUT, set_scanout, 0),
                                           {GPU_FIELD(set_scanout, scanout_id, framebuffer, scanout)}};
static const struct vwr_gpu_row gpu_unref = {GPU_NODATA(RESOURCE_UNREF, resource_unref, 0),
                                             {GPU_FIELD(resource_unref, resource_id, request, id)}};
static const struct vwr_gpu_row gpu_create_blob = {
    GPU_NODATA(RESOURCE_CREATE_BLOB, resource_create_blob,
               __builtin_offsetof(struct vwr_gpu_resource_create_blob, nr_entries)),
    {GPU_FIELD(resource_create_blob, resource_id, request, id),
     GPU_FIELD(resource_create_blob, blob_mem, framebuffer, memory),
     GPU_FIELD(resource_create_blob, blob_flags, framebuffer, use),
     GPU_FIELD(resource_create_blob, size, framebuffer, bytes)}};
static const struct vwr_gpu_row gpu_scanout_blob = {
    GPU_NODATA(SET_SCANOUT_BLOB, set_scanout_blob, 0),
    {GPU_FIELD(set_scanout_blob, r.width, framebuffer, width),
     GPU_FIELD(set_scanout_blob, r.height, framebuffer, height),
     GPU_FIELD(set_scanout_blob, scanout_id, framebuffer, scanout),
     GPU_FIELD(set_scanout_blob, resource_id, request, id),
     GPU_FIELD(set_scanout_blob, width, framebuffer, width),
     GPU_FIELD(set_scanout_blob, height, framebuffer, height),
     GPU_FIELD(set_scanout_blob, format, framebuffer, format),
     GPU_FIELD(set_scanout_blob, strides[0], framebuffer, stride)}};

/* Sequences of messages. Without a scanout, a sequence ends before the message that sets the scanout. */
static const struct vwr_gpu_row *const gpu_shows[2][6] = {
    {&gpu_create, &gpu_attach, &vwr_gpu_transfer_row, &gpu_scanout, &vwr_gpu_flush_row, NULL},
    {&gpu_create_blob, &gpu_scanout_blob, &vwr_gpu_flush_row, NULL, NULL, NULL}};
static const struct vwr_gpu_row *const gpu_hides[3] = {&gpu_off, &gpu_unref, NULL};

static bool gpu_is_busy(const struct vwr_gpu_framebuffer *fb)
{
    return (fb->state == GPU_SHOWING || fb->state == GPU_HIDING) && fb->result == VWR_OK;
}

void vwr_gpu_begin_show_(struct vwr_gpu_framebuffer *fb)
{
    fb->state = GPU_SHOWING;
    fb->at = gpu_shows[fb->blob];
}

void vwr_gpu_stepped_(struct vwr_gpu_framebuffer *fb)
{
    const struct vwr_gpu_row *next;

    if (!fb->sent)
        return;
    fb->sent = false;
    fb->result = fb->request.req.result;
    if (fb->result != VWR_OK)
        return;
    next = *++fb->at;
    if (next == NULL ||
        (fb->scanout == VWR_GPU_NO_SCANOUT && (next == &gpu_scanout || next == &gpu_scanout_blob)))
        fb->state = fb->state == GPU_SHOWING ? GPU_SHOWN : GPU_GONE;
    if (fb->state == GPU_GONE)
        gpu_unmap(fb);
}

void vwr_gpu_build_(struct vwr_gpu *g)
{
    struct vwr_requestq *const q = &g->control.client.requests;
    bool sent = false;

    g->building = false;
    for (struct vwr_gpu_framebuffer *fb = g->first; fb != NULL; fb = fb->next) {
        if (!gpu_is_busy(fb))
            continue;
        g->building = true;
        if (fb->request.req.state != VWR_REQ_IDLE)
            continue;
        if (*fb->at == &vwr_gpu_transfer_row || *fb->at == &vwr_gpu_flush_row)
            vwr_port_sync_for_device(fb->pixels,
                                     fb->bytes); /* not only for data that are mapped for a request */
        fb->result = vwr_gpu_send_(q, &fb->request, *fb->at);
        fb->sent = fb->result == VWR_OK;
        sent |= fb->sent;
        if (fb->result == VWR_EFULL || fb->result == VWR_EFAILED)
            fb->result = VWR_OK; /* retry later */
    }
    if (sent) /* the caller kicks updates itself */
        (void)vwr_gpu_kick(&g->control);
    if (!g->building && g->cursor_again)
        vwr_gpu_restore_cursor_(g);
}

int vwr_gpu_wait_shown_(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb)
{
    struct vwr_requestq *const q = &g->control.client.requests;
    int r = VWR_OK;

    while (r == VWR_OK && gpu_is_busy(fb)) {
        vwr_gpu_build_(g);
        if (fb->request.req.state != VWR_REQ_IDLE) {
            r = vwr_gpu_wait_(g, &fb->request);
        } else if (fb->result == VWR_OK) { /* not sent: the queue is full or stopped */
            r = vwr_request_check_submit(q, &fb->request.req);
            r = r == VWR_OK ? vwr_request_make_room(q) : r;
        }
    }
    if (r == VWR_EFAILED) /* earlier messages of the framebuffer were sent */
        return VWR_EINFLIGHT;
    return r == VWR_OK ? fb->result : r;
}

static int gpu_check(const struct vwr_gpu *g, const struct vwr_gpu_framebuffer *fb)
{
    const uint64_t pixels = (uint64_t)fb->width * fb->height;

    if (g->bringup.dev == NULL)
        return VWR_EFAILED;
    if (pixels == 0 || pixels > 0x7fffffffu / VWR_GPU_PIXEL_BYTES)
        return VWR_EINVAL;
    if (fb->scanout >= g->info.num_scanouts && fb->scanout != VWR_GPU_NO_SCANOUT)
        return VWR_EINVAL;
    for (const struct vwr_gpu_framebuffer *other = g->first; other != NULL; other = other->next)
        if (other == fb || (other->scanout == fb->scanout && fb->scanout != VWR_GPU_NO_SCANOUT))
            return VWR_ERANGE;
    if (fb->blob && !vwr_dev_has(g->bringup.dev, VWR_GPU_F_RESOURCE_BLOB))
        return VWR_EFEATURE;
    if (fb->blob && g->info.blob_alignment != 0 &&
        ((uint32_t)pixels * VWR_GPU_PIXEL_BYTES & (g->info.blob_alignment - 1u)) != 0)
        return VWR_EALIGN;
    return vwr_request_check_submit(&g->control.client.requests, &fb->request.req);
}

int vwr_gpu_show(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb)
{
    int r = gpu_check(g, fb);

    if (r != VWR_OK)
        return r;
    fb->request.id = ++g->ids;
    fb->request.area.width = fb->width;
    fb->request.area.height = fb->height;
    fb->stride = fb->width * VWR_GPU_PIXEL_BYTES;
    fb->bytes = fb->stride * fb->height;
    fb->memory = VWR_GPU_BLOB_MEM_GUEST;
    fb->use = VWR_GPU_BLOB_FLAG_USE_SHAREABLE;
    fb->result = VWR_OK;
    vwr_gpu_begin_show_(fb);
    fb->next = g->first;
    g->first = fb;
    r = vwr_gpu_wait_shown_(g, fb);
    if (fb->result == VWR_OK)
        return r;
    if (vwr_gpu_hide(g, fb) != VWR_OK)
        return VWR_EINFLIGHT;
    fb->result = r;
    return r;
}

/* Works in any state, because a failed step has no effect on the device. */
int vwr_gpu_hide(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb)
{
    struct vwr_gpu_framebuffer **at = &g->first;
    int r = VWR_OK;

    if (g->point.pointer.image == fb) {
        /* Even if the device does not answer, a recovery does not set the cursor again. */
        g->point.pointer.image = NULL;
        (void)!vwr_gpu_set_cursor(g, &g->point.pointer);
        g->cursor_again = false;
    }
    if (fb->request.req.state != VWR_REQ_IDLE)
        r = vwr_gpu_wait_(g, &fb->request);
    if (r != VWR_OK || fb->state == GPU_GONE)
        return r;
    if (fb->state != GPU_HIDING) {
        const bool on = fb->state == GPU_SHOWN || *fb->at == &vwr_gpu_flush_row;

        fb->state = fb->at == gpu_shows[fb->blob] ? GPU_GONE : GPU_HIDING;
        if (fb->state == GPU_GONE) /* the device has refused its first message */
            gpu_unmap(fb);
        fb->at = &gpu_hides[!on || fb->scanout == VWR_GPU_NO_SCANOUT];
    }
    fb->result = VWR_OK;
    r = vwr_gpu_wait_shown_(g, fb);
    if (fb->state != GPU_GONE)
        return r;
    while (*at != fb)
        at = &(*at)->next;
    *at = fb->next;
    return r;
}
