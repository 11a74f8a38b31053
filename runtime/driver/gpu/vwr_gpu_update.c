/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* Rectangles: a transfer and a flush each, and what comes back. */

/* What an update is about. */
struct gpu_part {
    const struct vwr_gpu_area *area;
    uint32_t id, offset;
};

/* Both messages begin alike; each word is written: nobody has zeroed it. */
VWR_ALWAYS_INLINE size_t gpu_put(struct vwr_gpu_slot *s, const struct vwr_gpu_request *x, bool flush,
                                 const struct gpu_part *p)
{
    struct vwr_gpu_transfer_to_host_2d *const m = &s->out.transfer;
    struct vwr_gpu_resource_flush *const f = &s->out.flush;

    m->hdr.type = vwr_cpu_to_le32(flush ? VWR_GPU_CMD_RESOURCE_FLUSH : VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
    m->hdr.flags = vwr_cpu_to_le32(flush ? VWR_GPU_FLAG_FENCE : 0);
    m->hdr.fence_id = vwr_cpu_to_le64(flush ? x->fence : 0);
    m->hdr.ctx_id = 0;
    m->hdr.ring_idx = m->hdr.padding[0] = m->hdr.padding[1] = m->hdr.padding[2] = 0;
    m->r.x = vwr_cpu_to_le32(p->area->x);
    m->r.y = vwr_cpu_to_le32(p->area->y);
    m->r.width = vwr_cpu_to_le32(p->area->width);
    m->r.height = vwr_cpu_to_le32(p->area->height);
    if (!flush)
        m->offset = vwr_cpu_to_le64(p->offset);
    *(flush ? &f->resource_id : &m->resource_id) = vwr_cpu_to_le32(p->id);
    *(flush ? &f->padding : &m->padding) = 0;
    s->answer.hdr.type = GPU_NO_ANSWER;
    vwr_port_sync_for_device(s, sizeof(*s));
    return flush ? sizeof(*f) : sizeof(*m);
}

/* Without the general path, in a slot that is bound. False: nothing has happened. */
VWR_ALWAYS_INLINE bool gpu_post_as(struct vwr_requestq *q, enum vwr_layout layout, struct vwr_gpu_request *x,
                                   const struct vwr_gpu_row *row, const struct gpu_part *p)
{
    struct vwr_request_slot *const s = q->next_slot;

    if (VWR_RARELY(!vwr_request_can_post_as(q, layout, s)))
        return false;
    x->row = row;
    x->type = row->type;
    vwr_request_post_as(q, layout, &x->req, s, s->seg[0].addr,
                        gpu_put(s->shared, x, row == &vwr_gpu_flush_row, p), 1);
    return true;
}

static VWR_OUT_OF_LINE int gpu_send_slow(struct vwr_requestq *q, struct vwr_gpu_request *x,
                                         const struct vwr_gpu_row *row, const struct gpu_part *p)
{
    x->id = p->id;
    x->offset = p->offset;
    vwr_copy(&x->area, p->area, sizeof(x->area));
    return vwr_gpu_send(q, x, row);
}

VWR_ALWAYS_INLINE int gpu_send_part(struct vwr_requestq *q, struct vwr_gpu_request *x,
                                    const struct vwr_gpu_row *row, const struct gpu_part *p)
{
    if (VWR_FAST_PATHS && q->dev->state == VWR_DEV_LIVE) {
        if (q->queue.layout == VWR_LAYOUT_SPLIT && gpu_post_as(q, VWR_LAYOUT_SPLIT, x, row, p))
            return VWR_OK;
        if (q->queue.layout == VWR_LAYOUT_PACKED && gpu_post_as(q, VWR_LAYOUT_PACKED, x, row, p))
            return VWR_OK;
    }
    return gpu_send_slow(q, x, row, p);
}

int vwr_gpu_submit(struct vwr_gpu *g, struct vwr_gpu_update *u, struct vwr_gpu_framebuffer *fb,
                   const struct vwr_gpu_area *area)
{
    struct vwr_requestq *const q = &g->control.requests;
    const struct vwr_gpu_area whole = {0, 0, fb->width, fb->height};
    const struct vwr_gpu_area *const a = area != NULL ? area : &whole;
    const unsigned parts = fb->blob ? 1 : 2;
    struct gpu_part p;
    int r = VWR_OK;

    if (VWR_RARELY(fb->state != GPU_SHOWN))
        return fb->result != VWR_OK ? fb->result : fb->state == GPU_SHOWING ? VWR_EFULL : VWR_EINVAL;
    if (a->width - 1u >= fb->width || a->height - 1u >= fb->height || a->x > fb->width - a->width ||
        a->y > fb->height - a->height)
        return VWR_ERANGE;
    if (u->left != 0)
        return VWR_EBUSY;
    if (vwr_queue_in_flight(&q->queue) + parts > g->room)
        return vwr_request_is_stopped(q) ? VWR_EFAILED : VWR_EFULL;
    p.area = a;
    p.id = fb->request.id;
    p.offset = (a->y * fb->width + a->x) * VWR_GPU_PIXEL_BYTES;
    vwr_sync_data_for_device((uint8_t *)fb->pixels + p.offset,
                             ((size_t)(a->height - 1u) * fb->width + a->width) * VWR_GPU_PIXEL_BYTES);
    u->transfer.update = u->flush.update = u;
    if (!fb->blob)
        r = gpu_send_part(q, &u->transfer, &vwr_gpu_transfer_row, &p);
    if (r != VWR_OK)
        return r;
    u->fence = u->flush.fence = ++g->fences;
    u->result = gpu_send_part(q, &u->flush, &vwr_gpu_flush_row, &p);
    if (u->result != VWR_OK && fb->blob)
        return u->result;
    u->left = u->result == VWR_OK ? parts : 1; /* without its flush it comes back with the reason */
    return VWR_OK;
}

/* True: it was the last of an update of the caller's. */
VWR_FAST_INLINE bool gpu_came_back(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    struct vwr_gpu_update *const u = x->update;

    if (VWR_RARELY(u == NULL)) {
        if (x != &g->ask)
            vwr_gpu_stepped((void *)x);
        return false;
    }
    if (VWR_RARELY(x->req.result != VWR_OK) && u->result == VWR_OK)
        u->result = x->req.result;
    return --u->left == 0 && u != &g->own;
}

/* Has it come back as it should? */
VWR_ALWAYS_INLINE bool gpu_is_well(const struct vwr_gpu_request *x, const volatile struct vwr_gpu_ctrl_hdr *h)
{
    return x->update != NULL && h->type == vwr_cpu_to_le32(VWR_GPU_RESP_OK_NODATA) &&
           (x->fence == 0 || ((h->flags & vwr_cpu_to_le32(VWR_GPU_FLAG_FENCE)) != 0 &&
                              h->fence_id == vwr_cpu_to_le64(x->fence)));
}

/* As vwr_request_get. */
VWR_ALWAYS_INLINE int gpu_get_as(struct vwr_requestq *q, enum vwr_layout layout, struct vwr_req **r)
{
    struct vwr_chain *chain = NULL;
    const int n = vwr_queue_get_used_as(&q->queue, layout, &chain);
    struct vwr_gpu_slot *shared;

    if (n <= 0)
        return n;
    shared = ((struct vwr_request_slot *)(void *)chain)->shared;
    *r = vwr_request_vacate(chain, chain->written, sizeof(shared->answer.hdr));
    vwr_request_use_again(q, chain, false);
    vwr_port_sync_for_cpu(shared, sizeof(*shared));
    if (VWR_RARELY(!gpu_is_well((const void *)*r, &shared->answer.hdr)))
        vwr_gpu_class.finish(q, *r, shared);
    return n;
}

static inline int gpu_get(struct vwr_requestq *q, struct vwr_req **r)
{
    if (VWR_FAST_PATHS && q->queue.layout == VWR_LAYOUT_SPLIT)
        return gpu_get_as(q, VWR_LAYOUT_SPLIT, r);
    if (VWR_FAST_PATHS && q->queue.layout == VWR_LAYOUT_PACKED)
        return gpu_get_as(q, VWR_LAYOUT_PACKED, r);
    return vwr_request_get(q, r);
}

int vwr_gpu_reap(struct vwr_gpu *g, struct vwr_gpu_update **done, unsigned budget)
{
    struct vwr_requestq *const q = &g->control.requests;
    struct vwr_req *back;
    int n = 0;
    int r = 1;

    for (unsigned i = 2 * budget; r > 0 && i > 0 && n < (int)budget; i--) {
        const bool others = vwr_requestq_has_others(q);

        r = others ? 0 : gpu_get(q, &back);
        if (r <= 0 && (others || n == 0)) /* it also sees what is wrong */
            r = vwr_request_reap(q, &back, 1);
        if (r > 0 && gpu_came_back(g, (void *)back))
            done[n++] = ((struct vwr_gpu_request *)(void *)back)->update;
    }
    if (VWR_RARELY(g->building))
        vwr_gpu_build(g);
    return n != 0 || r >= 0 ? n : r;
}

int vwr_gpu_wait(struct vwr_gpu *g, struct vwr_gpu_request *x)
{
    const int r = vwr_request_wait(&g->control.requests, &x->req);

    if (x->req.state != VWR_REQ_IDLE)
        return r;
    (void)gpu_came_back(g, x);
    return VWR_OK;
}

int vwr_gpu_flush(struct vwr_gpu *g, struct vwr_gpu_framebuffer *fb, const struct vwr_gpu_area *area)
{
    struct vwr_gpu_update *const u = &g->own;
    int r = vwr_gpu_settle(g, fb);

    while (r == VWR_OK && (r = vwr_gpu_submit(g, u, fb, area)) == VWR_EFULL)
        r = vwr_request_make_room(&g->control.requests);
    if (r == VWR_OK)
        (void)vwr_gpu_kick(g);
    while (u->left != 0 && r == VWR_OK)
        r = vwr_gpu_wait(g, u->transfer.req.state != VWR_REQ_IDLE ? &u->transfer : &u->flush);
    return r == VWR_OK ? u->result : r;
}
