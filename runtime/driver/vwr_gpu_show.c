/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* Framebuffers: a message for each step of their life, and the updates between. */

static const uint16_t gpu_messages[2][GPU_STEPS] = {
    {0, VWR_GPU_CMD_RESOURCE_CREATE_2D, VWR_GPU_CMD_RESOURCE_ATTACH_BACKING, VWR_GPU_CMD_TRANSFER_TO_HOST_2D,
     VWR_GPU_CMD_SET_SCANOUT, VWR_GPU_CMD_RESOURCE_FLUSH, 0, VWR_GPU_CMD_SET_SCANOUT,
     VWR_GPU_CMD_RESOURCE_UNREF},
    {0, VWR_GPU_CMD_RESOURCE_CREATE_BLOB, 0, 0, VWR_GPU_CMD_SET_SCANOUT_BLOB, VWR_GPU_CMD_RESOURCE_FLUSH, 0,
     VWR_GPU_CMD_SET_SCANOUT, VWR_GPU_CMD_RESOURCE_UNREF}};

/* What the step sends; 0: nothing. */
static uint32_t gpu_message(const struct vwr_gpu_framebuffer *fb)
{
    const bool screen = fb->step == GPU_SCANOUT || fb->step == GPU_FLUSH || fb->step == GPU_OFF;

    return screen && fb->scanout == VWR_GPU_NO_SCANOUT ? 0 : gpu_messages[fb->blob][fb->step];
}

static void gpu_step(struct vwr_gpu_framebuffer *fb)
{
    do
        fb->step = fb->step == GPU_UNREF ? GPU_GONE : fb->step + 1u;
    while (!gpu_is_settled(fb) && gpu_message(fb) == 0);
}

void vwr_gpu_build(struct vwr_gpu *g)
{
    bool sent = false;

    g->building = false;
    for (struct vwr_gpu_framebuffer *fb = g->first; fb != NULL; fb = fb->next) {
        if (gpu_is_settled(fb) || fb->result != VWR_OK)
            continue;
        g->building = true;
        if (fb->request.req.state != VWR_REQ_IDLE)
            continue;
        fb->request.fb = fb;
        fb->request.area = gpu_whole(fb);
        if (fb->step == GPU_TRANSFER)
            vwr_sync_data_for_device(fb->pixels, (size_t)fb->width * fb->height * VWR_GPU_PIXEL_BYTES);
        fb->result = vwr_gpu_send(&g->control, &fb->request, gpu_message(fb));
        if (fb->result == VWR_EFULL || vwr_request_is_stopped(&g->control))
            fb->result = VWR_OK; /* later */
        sent |= vwr_req_is_in_flight(&fb->request.req);
    }
    if (sent) /* updates are the caller's to kick */
        (void)vwr_gpu_kick(g);
    if (!g->building && g->cursor_again)
        vwr_gpu_restore_cursor(g);
}

/* The message of a framebuffer's step has come back. */
static void gpu_stepped(struct vwr_gpu_framebuffer *fb)
{
    if (!fb->again && fb->request.req.result != VWR_OK)
        fb->result = fb->request.req.result;
    else if (!fb->again)
        gpu_step(fb);
    fb->again = false;
}

/* True: it was the last of an update of the caller's. */
static inline bool gpu_came_back(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    struct vwr_gpu_update *const u = x->update;

    if (VWR_RARELY(u == NULL)) {
        if (x != &g->ask)
            gpu_stepped(x->fb);
        return false;
    }
    if (VWR_RARELY(x->req.result != VWR_OK) && u->result == VWR_OK)
        u->result = x->req.result;
    return --u->left == 0 && u != &g->own;
}

int vwr_gpu_reap(struct vwr_gpu *g, struct vwr_gpu_update **done, unsigned budget)
{
    struct vwr_requestq *const q = &g->control;
    struct vwr_req *back;
    int n = 0;
    int r = 1;

    for (unsigned i = 2 * budget; r > 0 && i > 0 && n < (int)budget; i--) {
        const bool others = vwr_requestq_has_others(q);

        r = others ? 0 : vwr_request_get(q, &back);
        if (r <= 0 && (others || n == 0)) /* it also sees what is wrong */
            r = vwr_request_reap(q, &back, 1);
        if (r > 0 && gpu_came_back(g, gpu_request(back)))
            done[n++] = gpu_request(back)->update;
    }
    if (VWR_RARELY(g->building))
        vwr_gpu_build(g);
    return n != 0 || r >= 0 ? n : r;
}

/* Waits for one message that was sent, whoever sent it: VWR_OK: it has come back. */
static int gpu_wait(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    const int r = vwr_request_wait(&g->control, &x->req);

    if (x->req.state != VWR_REQ_IDLE)
        return r;
    (void)gpu_came_back(g, x);
    return VWR_OK;
}

int vwr_gpu_settle(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb)
{
    int r = VWR_OK;

    while (!gpu_is_settled(fb) && fb->result == VWR_OK && r == VWR_OK) {
        vwr_gpu_build(g);
        if (fb->request.req.state != VWR_REQ_IDLE)
            r = gpu_wait(g, &fb->request);
        else if (fb->result == VWR_OK) /* it was not sent */
            r = vwr_request_is_stopped(&g->control) ? VWR_EFAILED : vwr_request_make_room(&g->control);
    }
    return r == VWR_OK ? fb->result : r;
}

static int gpu_check(const struct vwr_gpu *g, const struct vwr_gpu_framebuffer *fb)
{
    const uint64_t pixels = (uint64_t)fb->width * fb->height;

    if (pixels == 0 || pixels > 0x7fffffffu / VWR_GPU_PIXEL_BYTES)
        return VWR_EINVAL;
    if (fb->scanout >= g->info.scanouts && fb->scanout != VWR_GPU_NO_SCANOUT)
        return VWR_EINVAL;
    for (const struct vwr_gpu_framebuffer *other = g->first; other != NULL; other = other->next)
        if (other == fb || (other->scanout == fb->scanout && fb->scanout != VWR_GPU_NO_SCANOUT))
            return VWR_ERANGE;
    if (fb->blob && !vwr_dev_has(g->recovery.dev, VWR_GPU_F_RESOURCE_BLOB))
        return VWR_EFEATURE;
    return fb->blob && g->info.blob_alignment != 0 &&
                   ((uint32_t)pixels * VWR_GPU_PIXEL_BYTES & (g->info.blob_alignment - 1u)) != 0
               ? VWR_EALIGN
               : VWR_OK;
}

int vwr_gpu_show(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb)
{
    int r = gpu_check(g, fb);

    if (r == VWR_OK)
        r = vwr_request_can_submit(&g->control, &fb->request.req);
    if (r != VWR_OK)
        return r;
    fb->id = ++g->ids;
    fb->result = VWR_OK;
    fb->step = GPU_CREATE;
    fb->next = g->first;
    g->first = fb;
    r = vwr_gpu_settle(g, fb);
    if (fb->result != VWR_OK && vwr_gpu_hide(g, fb) == VWR_OK)
        fb->result = r;
    return r;
}

static void gpu_unlink(struct vwr_gpu *g, const struct vwr_gpu_framebuffer *fb)
{
    struct vwr_gpu_framebuffer **at = &g->first;

    while (*at != fb)
        at = &(*at)->next;
    *at = fb->next;
}

/* From wherever it has come to: a step that failed has left nothing behind. */
int vwr_gpu_hide(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb)
{
    int r = VWR_OK;

    if (fb->request.req.state != VWR_REQ_IDLE)
        r = gpu_wait(g, &fb->request);
    if (r != VWR_OK || fb->step == GPU_GONE)
        return r;
    if (fb->step > GPU_SCANOUT && fb->step <= GPU_SHOWN && fb->scanout != VWR_GPU_NO_SCANOUT)
        fb->step = GPU_OFF;
    else if (fb->step <= GPU_SHOWN)
        fb->step = fb->step == GPU_CREATE ? GPU_GONE : GPU_UNREF;
    fb->result = VWR_OK;
    r = vwr_gpu_settle(g, fb);
    if (fb->step == GPU_GONE)
        gpu_unlink(g, fb);
    return r;
}

static void gpu_prepare_part(struct vwr_gpu_request *x, struct vwr_gpu_update *u,
                             struct vwr_gpu_framebuffer *fb, const struct vwr_gpu_area *area)
{
    x->update = u;
    x->fb = fb;
    x->area.x = area->x;
    x->area.y = area->y;
    x->area.width = area->width;
    x->area.height = area->height;
}

int vwr_gpu_submit(struct vwr_gpu *g, struct vwr_gpu_update *u, struct vwr_gpu_framebuffer *fb,
                   const struct vwr_gpu_area *area)
{
    struct vwr_gpu_area whole;
    const struct vwr_gpu_area *a = area;
    const unsigned parts = fb->blob ? 1 : 2;
    int r = VWR_OK;

    if (area == NULL) {
        whole = gpu_whole(fb);
        a = &whole;
    }
    if (fb->step != GPU_SHOWN)
        return fb->result != VWR_OK                           ? fb->result
               : fb->step < GPU_SHOWN && fb->step != GPU_GONE ? VWR_EFULL
                                                              : VWR_EINVAL;
    if (a->width - 1u >= fb->width || a->height - 1u >= fb->height || a->x > fb->width - a->width ||
        a->y > fb->height - a->height)
        return VWR_ERANGE;
    if (u->left != 0)
        return VWR_EBUSY;
    if (vwr_queue_in_flight(&g->control.queue) + parts > g->room)
        return vwr_request_is_stopped(&g->control) ? VWR_EFAILED : VWR_EFULL;
    gpu_prepare_part(&u->flush, u, fb, a);
    if (!fb->blob) {
        const size_t first = ((size_t)a->y * fb->width + a->x) * VWR_GPU_PIXEL_BYTES;

        gpu_prepare_part(&u->transfer, u, fb, a);
        vwr_sync_data_for_device((uint8_t *)fb->pixels + first,
                                 ((size_t)(a->height - 1u) * fb->width + a->width) * VWR_GPU_PIXEL_BYTES);
        r = vwr_gpu_send_part(&g->control, &u->transfer, VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
    }
    if (r != VWR_OK)
        return r;
    u->fence = u->flush.fence = ++g->fences;
    u->result = vwr_gpu_send_part(&g->control, &u->flush, VWR_GPU_CMD_RESOURCE_FLUSH);
    if (u->result != VWR_OK && fb->blob)
        return u->result;
    u->left = u->result == VWR_OK ? parts : 1; /* without its flush it comes back with the reason */
    return VWR_OK;
}

int vwr_gpu_flush(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb, const struct vwr_gpu_area *area)
{
    struct vwr_gpu_update *const u = &g->own;
    int r = vwr_gpu_settle(g, fb);

    if (r == VWR_OK)
        r = vwr_gpu_submit(g, u, fb, area);
    while (r == VWR_EFULL && (r = vwr_request_make_room(&g->control)) == VWR_OK)
        r = vwr_gpu_submit(g, u, fb, area);
    if (r != VWR_OK)
        return r;
    (void)vwr_gpu_kick(g);
    while (u->left != 0 && r == VWR_OK)
        r = gpu_wait(g, u->transfer.req.state != VWR_REQ_IDLE ? &u->transfer : &u->flush);
    return r == VWR_OK ? u->result : r;
}
