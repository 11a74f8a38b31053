/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"
#include "../request/request_common.h"

/* Rectangles: a transfer and a flush each, and what comes back. */

/* Both messages begin alike; each word is written: nobody has zeroed it. */
VWR_ALWAYS_INLINE size_t gpu_put(struct vwr_gpu_slot *s, const struct vwr_gpu_request *x, bool flush,
                                 const struct vwr_gpu_update *u, uint32_t offset)
{
    struct vwr_gpu_transfer_to_host_2d *const m = &s->out.transfer;
    struct vwr_gpu_resource_flush *const f = &s->out.flush;

    m->hdr.type = vwr_cpu_to_le32(flush ? VWR_GPU_CMD_RESOURCE_FLUSH : VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
    m->hdr.flags = vwr_cpu_to_le32(flush ? VWR_GPU_FLAG_FENCE : 0);
    m->hdr.fence_id = vwr_cpu_to_le64(flush ? x->fence : 0);
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
    return vwr_gpu_send(q, x, row);
}

/* One of the two messages of an update. */
VWR_ALWAYS_INLINE int gpu_submit_part(struct vwr_requestq *q, struct vwr_gpu_update *u,
                                      struct vwr_gpu_request *x, const struct vwr_gpu_row *row,
                                      uint32_t offset)
{
    struct vwr_request_slot *const s = request_take(q);

    x->update = u;
    if (VWR_RARELY(s == NULL) || VWR_RARELY(x->req.state != VWR_REQ_IDLE))
        return gpu_submit_slow(q, x, row, offset);
    x->row = row;
    x->type = row->type;
    return request_post(q, s, &x->req, vwr_request_shared_addr(q, s),
                        gpu_put(s->shared, x, row == &vwr_gpu_flush_row, u, offset), 1);
}

int vwr_gpu_submit(struct vwr_gpu_updateq *q, struct vwr_gpu_update *u)
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
        r = gpu_submit_part(requests, u, &u->transfer, &vwr_gpu_transfer_row, offset);
    if (r != VWR_OK)
        return r;
    u->fence = u->flush.fence = ++q->fences;
    u->result = gpu_submit_part(requests, u, &u->flush, &vwr_gpu_flush_row, offset);
    if (u->result != VWR_OK && fb->blob)
        return u->result;
    u->left = u->result == VWR_OK ? parts : 1; /* without its flush it comes back with the reason */
    q->halves += u->left == 1;
    return VWR_OK;
}

/* True: it was the last of an update of the caller's. */
VWR_ALWAYS_INLINE bool gpu_complete(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    struct vwr_gpu_update *const u = x->update;

    if (VWR_RARELY(u == NULL)) {
        if (x != &g->ask)
            vwr_gpu_stepped((void *)x);
        return false;
    }
    if (VWR_RARELY(x->req.result != VWR_OK) && u->result == VWR_OK)
        u->result = x->req.result;
    if (--u->left != 0) {
        g->control.halves++;
        return false;
    }
    g->control.halves--;
    return u != &g->own;
}

#define GPU_REAP 16u /* requests at once */

/* So many requests, GPU_REAP at most, end `max` updates at most. */
static inline unsigned gpu_reap_most(const struct vwr_gpu_updateq *q, unsigned max)
{
    unsigned most = max;

    if (max < GPU_REAP && q->halves < max)
        most += max - q->halves;
    return most < GPU_REAP ? most : GPU_REAP;
}

int vwr_gpu_reap(struct vwr_gpu_updateq *q, struct vwr_gpu_update **done, unsigned max)
{
    struct vwr_gpu *const g = gpu_of_queue(q);
    struct vwr_req *back[GPU_REAP];
    unsigned n = 0;
    int r = 1;

    while (n < max && r > 0) {
        r = vwr_gpu_reap_requests(&q->client.requests, back, gpu_reap_most(q, max - n));
        for (int i = 0; i < r; i++)
            if (gpu_complete(g, (void *)back[i]))
                done[n++] = ((struct vwr_gpu_request *)(void *)back[i])->update;
    }
    if (VWR_RARELY(g->building))
        vwr_gpu_build(g);
    return n != 0 || r >= 0 ? (int)n : r;
}

int vwr_gpu_wait(struct vwr_gpu *g, struct vwr_gpu_request *x)
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
    int r = vwr_gpu_settle(g, fb);

    vwr_gpu_fill(u, fb, area);
    while (r == VWR_OK && (r = vwr_gpu_submit(&g->control, u)) == VWR_EFULL)
        r = vwr_request_make_room(&g->control.client.requests);
    if (r == VWR_OK)
        (void)vwr_gpu_kick(&g->control);
    while (u->left != 0 && r == VWR_OK)
        r = vwr_gpu_wait(g, u->transfer.req.state != VWR_REQ_IDLE ? &u->transfer : &u->flush);
    return r == VWR_OK ? u->result : r;
}
