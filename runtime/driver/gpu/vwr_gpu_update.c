/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"
#include "../core/request/request_common.h"

/* Updates: a transfer and a flush for each rectangle, and their completion. */

/*
 * The two messages start with the same fields. Slots are not zeroed, so every word is written. Returns the
 * size.
 */
VWR_ALWAYS_INLINE size_t gpu_put(struct vwr_gpu_slot *s, const struct vwr_gpu_update *u, bool flush,
                                 uint32_t offset)
{
    struct vwr_gpu_transfer_to_host_2d *const m = &s->out.transfer;
    struct vwr_gpu_resource_flush *const f = &s->out.flush;

    m->hdr.type = vwr_cpu_to_le32(flush ? VWR_GPU_CMD_RESOURCE_FLUSH : VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
    m->hdr.flags = vwr_cpu_to_le32(flush ? VWR_GPU_FLAG_FENCE : 0);
    m->hdr.fence_id = vwr_cpu_to_le64(flush ? u->fence : 0);
    m->hdr.ctx_id = 0;
    m->hdr.ring_idx = m->hdr.padding[0] = m->hdr.padding[1] = m->hdr.padding[2] = 0;
    m->r.x = vwr_cpu_to_le32(u->area.x);
    m->r.y = vwr_cpu_to_le32(u->area.y);
    m->r.width = vwr_cpu_to_le32(u->area.width);
    m->r.height = vwr_cpu_to_le32(u->area.height);
    if (!flush)
        m->offset = vwr_cpu_to_le64(offset);
    *(flush ? &f->resource_id : &m->resource_id) = vwr_cpu_to_le32(u->framebuffer->request.id);
    *(flush ? &f->padding : &m->padding) = 0;
    s->answer.hdr.type = GPU_NO_ANSWER;
    vwr_port_sync_for_device(s, sizeof(*s));
    return flush ? sizeof(*f) : sizeof(*m);
}

static VWR_OUT_OF_LINE int gpu_submit_slow(struct vwr_requestq *q, struct vwr_gpu_request *x,
                                           const struct vwr_gpu_row *row, uint32_t offset)
{
    x->id = x->update->framebuffer->request.id;
    x->offset = offset;
    vwr_copy(&x->area, &x->update->area, sizeof(x->area));
    return vwr_gpu_send_(q, x, row);
}

/* Submits one of the two messages of an update, which is not in flight. */
VWR_ALWAYS_INLINE int gpu_submit_part(struct vwr_requestq *q, struct vwr_gpu_update *u, bool flush,
                                      uint32_t offset)
{
    struct vwr_gpu_request *const x = flush ? &u->flush : &u->transfer;
    const unsigned layout = request_layout(q);
    struct vwr_request_slot *const s = request_take(q, layout);

    x->update = u;
    x->type = flush ? VWR_GPU_CMD_RESOURCE_FLUSH : VWR_GPU_CMD_TRANSFER_TO_HOST_2D;
    if (!VWR_BINDS_CHAINS || VWR_RARELY(s == NULL))
        return gpu_submit_slow(q, x, flush ? &vwr_gpu_flush_row : &vwr_gpu_transfer_row, offset);
    return request_post(q, layout, s, &x->req, vwr_request_shared_addr(q, s),
                        gpu_put(s->shared, u, flush, offset), 1);
}

int vwr_gpu_submit(struct vwr_gpu_controlq *q, struct vwr_gpu_update *u)
{
    const struct vwr_gpu_framebuffer *const fb = u->framebuffer;
    const struct vwr_gpu_area *const a = &u->area;
    const unsigned parts = fb->blob ? 1 : 2;
    struct vwr_requestq *const requests = &q->client.requests;
    uint32_t offset;
    int r = VWR_OK;

    if (VWR_RARELY(fb->state != GPU_SHOWN))
        return fb->result != VWR_OK ? fb->result : fb->state == GPU_SHOWING ? VWR_EFULL : VWR_EINVAL;
    if (a->width - 1u >= fb->width || a->height - 1u >= fb->height || a->x > fb->width - a->width ||
        a->y > fb->height - a->height)
        return VWR_ERANGE;
    if (u->left != 0)
        return VWR_EBUSY;
    if (vwr_queue_in_flight(&requests->queue) + parts > q->room)
        return vwr_request_is_stopped(requests) ? VWR_EFAILED : VWR_EFULL;
    offset = (a->y * fb->width + a->x) * VWR_GPU_PIXEL_BYTES;
    vwr_sync_data_for_device((uint8_t *)fb->pixels + offset,
                             ((size_t)(a->height - 1u) * fb->width + a->width) * VWR_GPU_PIXEL_BYTES);
    if (!fb->blob)
        r = gpu_submit_part(requests, u, false, offset);
    if (r != VWR_OK)
        return r;
    u->fence = u->flush.fence = ++q->fences;
    u->result = gpu_submit_part(requests, u, true, offset);
    if (u->result != VWR_OK && fb->blob)
        return u->result;
    u->left = u->result == VWR_OK ? parts : 1; /* the update completes with the error, without the flush */
    return VWR_OK;
}

/*
 * Idempotent, because a reap may already have handled the request for which a call waits. Returns true if
 * this completes an update of the caller.
 */
static bool gpu_complete(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    struct vwr_gpu_update *const u = x->update;

    if (u == NULL) {
        if (x != &g->ask)
            vwr_gpu_stepped_((void *)x);
        return false;
    }
    if (u->result == VWR_OK)
        u->result = x->req.result;
    u->left = 0u + (u->transfer.req.state != VWR_REQ_IDLE) + (u->flush.req.state != VWR_REQ_IDLE);
    return u->left == 0 && u != &g->own;
}

struct gpu_reaper {
    struct vwr_gpu_controlq *q;
    struct vwr_gpu_update **done, **end;
};

/* Whether the answer reports success. Loads each of its fields once. */
VWR_ALWAYS_INLINE bool gpu_is_done(const struct vwr_gpu_request *x, const struct vwr_gpu_slot *s)
{
    const volatile struct vwr_gpu_ctrl_hdr *const h = &s->answer.hdr;

    vwr_port_sync_for_cpu(s, sizeof(*s));
    return h->type == vwr_cpu_to_le32(VWR_GPU_RESP_OK_NODATA) &&
           (x->fence == 0 || ((h->flags & vwr_cpu_to_le32(VWR_GPU_FLAG_FENCE)) != 0 &&
                              h->fence_id == vwr_cpu_to_le64(x->fence)));
}

/* Handles a successful part of a caller's update; everything else is left to vwr_request_reap. */
VWR_ALWAYS_INLINE bool gpu_reap_one(void *context, struct vwr_chain *chain, uint32_t written)
{
    struct gpu_reaper *const t = context;
    struct vwr_request_slot *const s = (struct vwr_request_slot *)(void *)chain;
    struct vwr_gpu_request *const x = chain->token;
    struct vwr_gpu_update *const u = x->update;

    if (VWR_RARELY(u == NULL) || VWR_RARELY(t->done == t->end) || VWR_RARELY(!gpu_is_done(x, s->shared)))
        return false;
    (void)written;
    request_release(s, &x->req, 0, 0, &t->q->client.requests.free);
    if (--u->left == 0 && u != &gpu_of_queue(t->q)->own)
        *t->done++ = u;
    return true;
}

/* Continues a reap after done[0 .. n). */
static VWR_OUT_OF_LINE int gpu_reap_slow(struct vwr_gpu *g, struct vwr_gpu_update **done, unsigned n,
                                         unsigned max)
{
    struct vwr_req *back = NULL;
    int r = 0;

    while (n < max && (r = vwr_request_reap(&g->control.client.requests, &back, 1)) > 0)
        if (gpu_complete(g, (void *)back))
            done[n++] = ((struct vwr_gpu_request *)(void *)back)->update;
    if (g->building)
        vwr_gpu_build_(g);
    return n != 0 || r >= 0 ? (int)n : r;
}

int vwr_gpu_reap(struct vwr_gpu_controlq *q, struct vwr_gpu_update **done, unsigned max)
{
    struct vwr_requestq *const requests = &q->client.requests;
    struct vwr_queue *const ring = &requests->queue;
    struct vwr_gpu *const g = gpu_of_queue(q);
    struct gpu_reaper t = {q, done, done + max};
    bool rest = true;

    if (!VWR_BINDS_CHAINS || VWR_RARELY(g->building) || VWR_RARELY(VWR_ASYNC(requests->done, NULL) != NULL))
        return gpu_reap_slow(g, done, 0, max);
    if (ring->open == VWR_LAYOUT_SPLIT)
        (void)queue_reap_split(ring, false, ~0u, gpu_reap_one, &t, &rest);
    else if (ring->open == VWR_LAYOUT_PACKED)
        (void)queue_reap_packed(ring, false, ~0u, gpu_reap_one, &t, &rest);
    if (VWR_RARELY(rest || t.done == done))
        return gpu_reap_slow(g, done, (unsigned)(t.done - done), max);
    return (int)(t.done - done);
}

int vwr_gpu_wait_(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    const int r = vwr_request_wait(&g->control.client.requests, &x->req);

    if (x->req.state != VWR_REQ_IDLE)
        return r;
    (void)gpu_complete(g, x);
    return VWR_OK;
}

int vwr_gpu_flush(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb, const struct vwr_gpu_area *area)
{
    struct vwr_gpu_update *const u = &g->own;
    int r = vwr_gpu_wait_shown_(g, fb);

    vwr_gpu_fill(u, fb, area);
    while (r == VWR_OK && (r = vwr_gpu_submit(&g->control, u)) == VWR_EFULL)
        r = vwr_request_make_room(&g->control.client.requests);
    if (r == VWR_OK)
        (void)vwr_gpu_kick(&g->control);
    while (u->left != 0 && r == VWR_OK)
        r = vwr_gpu_wait_(g, u->transfer.req.state != VWR_REQ_IDLE ? &u->transfer : &u->flush);
    return r == VWR_OK ? u->result : r;
}
