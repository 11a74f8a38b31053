/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"
#include "request_common.h"

/* Messages of a gpu as requests of the engine. Section: GPU Device / Device Operation. */

#define GPU_NO_ANSWER 0xffffffffu /* not the specification's: nothing was written yet */

static void gpu_put_area(struct vwr_gpu_rect *r, const struct vwr_gpu_area *a)
{
    r->x = vwr_cpu_to_le32(a->x);
    r->y = vwr_cpu_to_le32(a->y);
    r->width = vwr_cpu_to_le32(a->width);
    r->height = vwr_cpu_to_le32(a->height);
}

static size_t gpu_bytes(const struct vwr_gpu_framebuffer *fb)
{
    return (size_t)fb->width * fb->height * VWR_GPU_PIXEL_BYTES;
}

/* Where the pixels are for the device: how many entries, or negative as vwr_gpu_show. */
static int gpu_put_entries(const struct vwr_gpu_framebuffer *fb, struct vwr_gpu_mem_entry *e, uint32_t most)
{
    const uint8_t *at = fb->pixels;
    size_t left = gpu_bytes(fb);
    size_t run = 0;
    uint32_t n = 0;

    for (; left > 0; left -= run, at += run, n++, e++) {
        const uint64_t addr = vwr_port_dma(at, left, &run);

        if (run == 0)
            return VWR_EINVAL;
        if (n == most)
            return VWR_ESEGMENTS;
        run = run < left ? run : left;
        e->addr = vwr_cpu_to_le64(addr);
        e->length = vwr_cpu_to_le32((uint32_t)run);
        e->padding = 0;
    }
    return (int)n;
}

/* The list is the caller's, and data of the message; or one entry behind it. Bytes of the message. */
static int gpu_put_backing(struct vwr_gpu_request *x, void *behind, uint32_t bytes, vwr_le32 *count)
{
    struct vwr_gpu_framebuffer *const fb = x->fb;
    const bool list = fb->entries != 0;
    const int n = gpu_put_entries(fb, list ? fb->entry : behind, list ? fb->entries : 1);

    if (n < 0)
        return n;
    *count = vwr_cpu_to_le32((uint32_t)n);
    if (!list)
        return (int)(bytes + sizeof(struct vwr_gpu_mem_entry));
    x->data.p = fb->entry;
    x->data.bytes = (size_t)n * sizeof(*fb->entry);
    x->req.vec_count = 1;
    return (int)bytes;
}

static int gpu_put_create(const struct vwr_gpu_framebuffer *fb, struct vwr_gpu_resource_create_2d *m)
{
    m->resource_id = vwr_cpu_to_le32(fb->id);
    m->format = vwr_cpu_to_le32(fb->format);
    m->width = vwr_cpu_to_le32(fb->width);
    m->height = vwr_cpu_to_le32(fb->height);
    return sizeof(*m);
}

static int gpu_put_create_blob(struct vwr_gpu_request *x, struct vwr_gpu_resource_create_blob *m)
{
    m->resource_id = vwr_cpu_to_le32(x->fb->id);
    m->blob_mem = vwr_cpu_to_le32(VWR_GPU_BLOB_MEM_GUEST);
    m->blob_flags = vwr_cpu_to_le32(VWR_GPU_BLOB_FLAG_USE_SHAREABLE);
    m->size = vwr_cpu_to_le64(gpu_bytes(x->fb));
    return gpu_put_backing(x, m + 1, sizeof(*m), &m->nr_entries);
}

static int gpu_put_scanout(const struct vwr_gpu_framebuffer *fb, struct vwr_gpu_set_scanout *m)
{
    const struct vwr_gpu_area whole = gpu_whole(fb);

    gpu_put_area(&m->r, &whole);
    m->scanout_id = vwr_cpu_to_le32(fb->scanout);
    m->resource_id = vwr_cpu_to_le32(fb->step == GPU_OFF ? 0 : fb->id);
    return sizeof(*m);
}

static int gpu_put_scanout_blob(const struct vwr_gpu_framebuffer *fb, struct vwr_gpu_set_scanout_blob *m)
{
    const struct vwr_gpu_area whole = gpu_whole(fb);

    vwr_zero(&m->format, sizeof(*m) - __builtin_offsetof(struct vwr_gpu_set_scanout_blob, format));
    gpu_put_area(&m->r, &whole);
    m->scanout_id = vwr_cpu_to_le32(fb->scanout);
    m->resource_id = vwr_cpu_to_le32(fb->id);
    m->width = vwr_cpu_to_le32(fb->width);
    m->height = vwr_cpu_to_le32(fb->height);
    m->format = vwr_cpu_to_le32(fb->format);
    m->strides[0] = vwr_cpu_to_le32(fb->width * VWR_GPU_PIXEL_BYTES);
    return sizeof(*m);
}

/* All of it: nobody has zeroed it. */
static void gpu_put_header(const struct vwr_gpu_request *x, struct vwr_gpu_ctrl_hdr *h)
{
    h->type = vwr_cpu_to_le32(x->type);
    h->flags = vwr_cpu_to_le32(x->fence != 0 ? VWR_GPU_FLAG_FENCE : 0);
    h->fence_id = vwr_cpu_to_le64(x->fence);
    h->ctx_id = 0;
    h->ring_idx = h->padding[0] = h->padding[1] = h->padding[2] = 0;
}

static int gpu_put_transfer(const struct vwr_gpu_request *x, struct vwr_gpu_transfer_to_host_2d *m)
{
    const uint64_t first = (uint64_t)x->area.y * x->fb->width + x->area.x;

    gpu_put_header(x, &m->hdr);
    m->padding = 0;
    gpu_put_area(&m->r, &x->area);
    m->offset = vwr_cpu_to_le64(first * VWR_GPU_PIXEL_BYTES);
    m->resource_id = vwr_cpu_to_le32(x->fb->id);
    return sizeof(*m);
}

static int gpu_put_flush(const struct vwr_gpu_request *x, struct vwr_gpu_resource_flush *m)
{
    gpu_put_header(x, &m->hdr);
    m->padding = 0;
    gpu_put_area(&m->r, &x->area);
    m->resource_id = vwr_cpu_to_le32(x->fb->id);
    return sizeof(*m);
}

static int gpu_put_cursor(const struct vwr_gpu_pointer *c, struct vwr_gpu_update_cursor *m)
{
    m->pos.scanout_id = vwr_cpu_to_le32(c->scanout);
    m->pos.x = vwr_cpu_to_le32(c->x);
    m->pos.y = vwr_cpu_to_le32(c->y);
    m->resource_id = vwr_cpu_to_le32(c->image != NULL ? c->image->id : 0);
    m->hot_x = vwr_cpu_to_le32(c->hot_x);
    m->hot_y = vwr_cpu_to_le32(c->hot_y);
    return sizeof(*m);
}

/* What the type needs, into a message of zeros. Its bytes, or negative as vwr_gpu_show. */
static int gpu_put(const struct vwr_gpu *g, struct vwr_gpu_request *x, struct vwr_gpu_slot *s)
{
    switch (x->type) {
    case VWR_GPU_CMD_TRANSFER_TO_HOST_2D:
        return gpu_put_transfer(x, &s->out.transfer);
    case VWR_GPU_CMD_RESOURCE_FLUSH:
        return gpu_put_flush(x, &s->out.flush);
    case VWR_GPU_CMD_RESOURCE_CREATE_2D:
        return gpu_put_create(x->fb, &s->out.create);
    case VWR_GPU_CMD_RESOURCE_CREATE_BLOB:
        return gpu_put_create_blob(x, &s->out.create_blob);
    case VWR_GPU_CMD_RESOURCE_ATTACH_BACKING:
        s->out.attach.resource_id = vwr_cpu_to_le32(x->fb->id);
        return gpu_put_backing(x, &s->out.attach + 1, sizeof(s->out.attach), &s->out.attach.nr_entries);
    case VWR_GPU_CMD_SET_SCANOUT:
        return gpu_put_scanout(x->fb, &s->out.scanout);
    case VWR_GPU_CMD_SET_SCANOUT_BLOB:
        return gpu_put_scanout_blob(x->fb, &s->out.scanout_blob);
    case VWR_GPU_CMD_RESOURCE_UNREF:
        s->out.unref.resource_id = vwr_cpu_to_le32(x->fb->id);
        return sizeof(s->out.unref);
    case VWR_GPU_CMD_GET_EDID:
        s->out.edid.scanout = vwr_cpu_to_le32(x->scanout);
        return sizeof(s->out.edid);
    case VWR_GPU_CMD_GET_DISPLAY_INFO:
        return sizeof(s->out.hdr);
    default: /* UPDATE_CURSOR, MOVE_CURSOR */
        return gpu_put_cursor(&g->pointer, &s->out.cursor);
    }
}

/* The answer's type is looked at whatever the device says that it wrote, and is none yet. */
static int gpu_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_gpu_request *const x = gpu_request(r);
    struct vwr_gpu_slot *const s = shared;
    struct vwr_gpu_ctrl_hdr *const answer = r->in ? x->data.p : &s->answer;
    int bytes;

    vwr_zero(s, sizeof(s->out.transfer)); /* none is longer but SET_SCANOUT_BLOB */
    answer->type = GPU_NO_ANSWER;
    s->out.hdr.type = vwr_cpu_to_le32(x->type);
    r->vec_count = r->in;
    bytes = gpu_put(gpu_of(q->recovery), x, s);
    if (bytes < 0)
        return bytes;
    r->vecs = &x->data;
    r->vec.p = s;
    r->vec.bytes = r->bytes = (uint32_t)bytes;
    return VWR_OK;
}

/* The message, with data behind it, and a short answer; or data for the answer. */
static int gpu_add(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r)
{
    uint8_t *const data = gpu_request(r)->data.p;
    const size_t bytes = r->vec_count != 0 ? gpu_request(r)->data.bytes : 0;
    struct vwr_seg seg[VWR_REQUEST_SEGMENTS + 2u];
    unsigned n = 1;

    seg[0].addr = s->seg[0].addr;
    seg[0].len = (uint32_t)r->bytes;
    for (size_t at = 0; at < bytes; at += seg[n++].len) {
        if (n > VWR_REQUEST_SEGMENTS)
            return VWR_ESEGMENTS;
        if (!request_map_segment(q, s, data + at, bytes - at, r->in, &seg[n]))
            return REQUEST_NO_ADDRESS;
    }
    vwr_sync_data_for_device(data, bytes);
    if (r->in)
        return vwr_request_add_segments(q, s, seg, 1, n - 1);
    seg[n].addr = s->seg[2].addr;
    seg[n].len = s->seg[2].len;
    return vwr_request_add_segments(q, s, seg, n, 1);
}

static VWR_COLD int gpu_fail(struct vwr_requestq *q, const struct vwr_gpu_request *x, uint32_t type,
                             uint64_t fence)
{
    uint32_t kind = VWR_FAULT_REQUEST_STATUS;

    if (type == GPU_NO_ANSWER && q == &gpu_of(q->recovery)->cursor) /* QEMU answers nothing there */
        return VWR_OK;
    if (type == VWR_GPU_RESP_OK_NODATA && !x->req.in)
        return vwr_request_note(q, VWR_FAULT_GPU_FENCE, x->type, (uint32_t)fence);
    if (type >= VWR_GPU_RESP_ERR_UNSPEC && type <= VWR_GPU_RESP_ERR_INVALID_PARAMETER)
        kind = VWR_FAULT_GPU_REFUSED;
    return vwr_request_note(q, kind, x->type, type);
}

/* Each of its fields is read once. */
static void gpu_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    const struct vwr_gpu_request *const x = gpu_request(r);
    const struct vwr_gpu_slot *const s = shared;
    const volatile struct vwr_gpu_ctrl_hdr *const h = r->in ? x->data.p : &s->answer;
    const uint32_t type = vwr_le32_to_cpu(h->type);
    uint32_t right = VWR_GPU_RESP_OK_NODATA;
    uint64_t fence = 0;

    if (r->in)
        right = x->type == VWR_GPU_CMD_GET_EDID ? VWR_GPU_RESP_OK_EDID : VWR_GPU_RESP_OK_DISPLAY_INFO;
    if (x->fence != 0 && (vwr_le32_to_cpu(h->flags) & VWR_GPU_FLAG_FENCE) != 0)
        fence = vwr_le64_to_cpu(h->fence_id);
    if (VWR_RARELY(type != right || fence != x->fence))
        r->result = gpu_fail(q, x, type, fence);
    else if (r->in && r->written + sizeof(s->answer) != x->data.bytes)
        r->result =
            vwr_request_note(q, VWR_FAULT_GPU_SHORT, x->type, r->written + (uint32_t)sizeof(s->answer));
}

const struct vwr_request_class vwr_gpu_class = {
    .answer_last = sizeof(struct vwr_gpu_ctrl_hdr),
    .last_at = __builtin_offsetof(struct vwr_gpu_slot, answer),
    .shared_bytes = sizeof(struct vwr_gpu_slot),
    .prepare = gpu_prepare,
    .add = gpu_add,
    .finish = gpu_finish,
    .type_at = __builtin_offsetof(struct vwr_gpu_request, type),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

int vwr_gpu_send(struct vwr_requestq *q, struct vwr_gpu_request *x, uint32_t type)
{
    const int r = vwr_request_can_submit(q, &x->req);

    VWR_STATIC_ASSERT(sizeof(struct vwr_gpu_slot) % 16 == 0, "slots are aligned");
    if (r != VWR_OK)
        return r;
    x->type = type;
    return vwr_request_send(q, &x->req);
}

/* In a slot that is bound nothing changes but the message. */
int vwr_gpu_send_part(struct vwr_requestq *q, struct vwr_gpu_request *x, uint32_t type)
{
    struct vwr_request_slot *const s = vwr_request_get_slot(q);
    struct vwr_gpu_slot *shared;
    uint32_t bytes;

    if (!VWR_FAST_PATHS || s == NULL || !s->bound || x->req.state != VWR_REQ_IDLE ||
        q->dev->state != VWR_DEV_LIVE)
        return vwr_gpu_send(q, x, type);
    shared = s->shared;
    x->type = type;
    bytes = (uint32_t)(type == VWR_GPU_CMD_RESOURCE_FLUSH ? gpu_put_flush(x, &shared->out.flush)
                                                          : gpu_put_transfer(x, &shared->out.transfer));
    shared->answer.type = GPU_NO_ANSWER;
    vwr_port_sync_for_device(shared, sizeof(*shared));
    if (vwr_queue_post(&q->queue, &s->chain, s->seg[0].addr, bytes, false) != VWR_OK)
        return vwr_gpu_send(q, x, type);
    vwr_request_set_state(&x->req, VWR_REQ_IN_FLIGHT);
    x->req.bytes = bytes;
    vwr_request_occupy(q, s, &x->req);
    return VWR_OK;
}
