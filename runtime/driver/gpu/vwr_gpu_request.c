/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"
#include "../core/request/request_common.h"

/* GPU messages as requests. Section: GPU Device / Device Operation. */

const struct vwr_gpu_row vwr_gpu_transfer_row = {GPU_NODATA(TRANSFER_TO_HOST_2D, transfer_to_host_2d, 0),
                                                 {GPU_AREA(transfer_to_host_2d),
                                                  GPU_FIELD(transfer_to_host_2d, offset, request, offset),
                                                  GPU_FIELD(transfer_to_host_2d, resource_id, request, id)}};
const struct vwr_gpu_row vwr_gpu_flush_row = {
    GPU_NODATA(RESOURCE_FLUSH, resource_flush, 0),
    {GPU_AREA(resource_flush), GPU_FIELD(resource_flush, resource_id, request, id)}};

/* Maps the start of the pixels [p, p + n), until the device has released the framebuffer or was reset. */
static uint64_t gpu_map(struct vwr_requestq *q, struct vwr_gpu_framebuffer *fb, void *p, size_t n,
                        size_t *run)
{
    const uint64_t addr = vwr_port_dma_map(q->dev->dma_context, p, n, VWR_DMA_SHARED, run);

#if VWR_PORT_HAS_DMA_MAP
    if (*run != 0) {
        struct vwr_mapping *const m = &fb->mapping[fb->mappings++];

        m->context = q->dev->dma_context;
        m->addr = addr;
        m->p = p;
        m->bytes = (uint32_t)*run;
        m->dma = VWR_DMA_SHARED;
    }
#else
    (void)fb;
#endif
    return addr;
}

/*
 * Appends the memory entries of the pixels, which are in the caller's list or, if there is only one, in the
 * slot.
 */
static int gpu_put_entries(struct vwr_requestq *q, struct vwr_gpu_framebuffer *fb, struct vwr_gpu_slot *s,
                           vwr_le32 *count)
{
    struct vwr_req *const r = &fb->request.req;
    struct vwr_gpu_mem_entry *const entry = fb->entries != 0 ? fb->entry : &s->entry;
    const uint32_t most = fb->entries != 0 ? fb->entries : 1;
    uint8_t *at = fb->pixels;
    size_t run = 0;
    uint32_t n = 0;

    gpu_unmap(fb); /* of a message that was not sent */
    for (size_t left = fb->bytes; left > 0; left -= run, at += run, n++) {
        uint64_t addr;

        if (n == most || (VWR_PORT_HAS_DMA_MAP && n == VWR_REQUEST_SEGMENTS))
            return VWR_ESEGMENTS;
        addr = gpu_map(q, fb, at, left, &run);
        if (run == 0)
            return VWR_EINVAL;
        run = run < left ? run : left;
        entry[n].addr = vwr_cpu_to_le64(addr);
        entry[n].length = vwr_cpu_to_le32((uint32_t)run);
        entry[n].padding = 0;
    }
    *count = vwr_cpu_to_le32(n);
    fb->vec[0].p = r->vec.p;
    fb->vec[0].bytes = r->vec.bytes;
    fb->vec[1].p = entry;
    fb->vec[1].bytes = n * sizeof(*entry);
    r->vecs = fb->vec;
    r->vec_count = 2;
    r->bytes += fb->vec[1].bytes;
    return VWR_OK;
}

/* Presets the answer's type, which is checked regardless of the number of bytes written. */
static int gpu_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_gpu_request *const x = (void *)r;
    const uint32_t *const word = (const void *)r;
    const struct vwr_gpu_row *const row = x->row;
    struct vwr_gpu_slot *const s = shared;
    uint8_t *const message = shared;

    vwr_zero(&s->out, sizeof(s->out));
    s->out.hdr.type = vwr_cpu_to_le32(x->type);
    s->out.hdr.flags = vwr_cpu_to_le32(x->fence != 0 ? VWR_GPU_FLAG_FENCE : 0);
    s->out.hdr.fence_id = vwr_cpu_to_le64(x->fence);
    for (unsigned i = 0; row->field[i].from != 0; i++)
        *(vwr_le32 *)(void *)(message + row->field[i].to) = vwr_cpu_to_le32(word[row->field[i].from]);
    s->answer.hdr.type = GPU_NO_ANSWER;
    r->vec.p = message;
    r->vec.bytes = row->bytes;
    r->bytes = row->bytes;
    return row->count_at != 0 ? gpu_put_entries(q, (void *)r, s, (void *)(message + row->count_at)) : VWR_OK;
}

/*
 * Loads each field of the header once. Copies the remaining bytes, because the device may write them again.
 */
static void gpu_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    const struct vwr_gpu_request *const x = (void *)r;
    const struct vwr_gpu_slot *const s = shared;
    const volatile struct vwr_gpu_ctrl_hdr *const h = &s->answer.hdr;
    const uint32_t type = vwr_le32_to_cpu(h->type);
    const struct vwr_gpu_row *const row = x->update != NULL ? &vwr_gpu_flush_row : x->row;
    struct vwr_gpu *const g = (void *)q->bringup;
    uint32_t kind = VWR_FAULT_NONE;
    uint32_t got = type;
    uint64_t fence = 0;

    if (x->fence != 0 && (vwr_le32_to_cpu(h->flags) & VWR_GPU_FLAG_FENCE) != 0)
        fence = vwr_le64_to_cpu(h->fence_id);
    if (type >= VWR_GPU_RESP_ERR_UNSPEC && type <= VWR_GPU_RESP_ERR_INVALID_PARAMETER) {
        kind = VWR_FAULT_GPU_REFUSED;
    } else if (type != row->answer) {
        if (type != GPU_NO_ANSWER || q != &g->cursor.requests) /* in which QEMU does not write answers */
            kind = VWR_FAULT_REQUEST_STATUS;
    } else if (fence != x->fence) {
        kind = VWR_FAULT_GPU_FENCE;
        got = (uint32_t)fence;
    } else if (r->written < row->more) {
        kind = VWR_FAULT_GPU_SHORT;
        got = r->written + (uint32_t)sizeof(*h);
    }
    if (kind != VWR_FAULT_NONE)
        r->result = vwr_request_note(q, kind, x->type, got);
    else if (x == &g->ask)
        vwr_copy(&g->answer, &s->answer, sizeof(s->answer));
}

const struct vwr_request_class vwr_gpu_class = {
    .answer_last = sizeof(struct vwr_gpu_ctrl_hdr),
    .answer_room = sizeof(union vwr_gpu_answer) - sizeof(struct vwr_gpu_ctrl_hdr),
    .last_at = __builtin_offsetof(struct vwr_gpu_slot, answer),
    .shared_bytes = sizeof(struct vwr_gpu_slot),
    .prepare = gpu_prepare,
    .finish = gpu_finish,
    .type_at = __builtin_offsetof(struct vwr_gpu_request, type),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* The size of the previous data is irrelevant, because prepare sets it. */
static int gpu_begin(struct vwr_gpu_request *x, const struct vwr_gpu_row *row)
{
    VWR_STATIC_ASSERT(sizeof(struct vwr_gpu_slot) % 16 == 0, "slots are aligned");
    if (x->req.state != VWR_REQ_IDLE)
        return VWR_EBUSY;
    x->row = row;
    x->type = row->type;
    x->req.vec.bytes = 0;
    x->req.vec_count = 0;
    return VWR_OK;
}

int vwr_gpu_send_(struct vwr_requestq *q, struct vwr_gpu_request *x, const struct vwr_gpu_row *row)
{
    const int r = gpu_begin(x, row);

    return r == VWR_OK ? vwr_request_submit(q, &x->req) : r;
}

int vwr_gpu_do_(struct vwr_requestq *q, struct vwr_gpu_request *x, const struct vwr_gpu_row *row)
{
    const int r = gpu_begin(x, row);

    return r == VWR_OK ? vwr_request_do(q, &x->req) : r;
}
