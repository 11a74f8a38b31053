/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * Resources of a gpu, in the VMM's memory.
 * Section: GPU Device / Device Operation / Device Operation: controlq.
 */

/* ---- pool allocator ---- */

static void vgpu_set_gap(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s, uint32_t count)
{
    if (s->gap.key != 0)
        vwr_vindex_remove_(&p->gaps, &s->gap);
    s->gap.key = count;
    if (count != 0)
        vwr_vindex_add_(&p->gaps, &s->gap);
}

void vwr_vgpu_pool_init_(struct vwr_vgpu_pool *p, uint32_t count)
{
    vwr_zero(p, sizeof(*p));
    vgpu_set_gap(p, &p->none, count);
}

/* Takes the smallest sufficient gap. */
bool vwr_vgpu_take_(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s, uint32_t count)
{
    struct vwr_vgpu_span *const before = (void *)vwr_vindex_from_(p->gaps, count); /* first member */
    uint32_t gap;

    if (before == NULL)
        return false;
    gap = before->gap.key;
    s->first = before->first + before->count;
    s->count = count;
    s->before = before;
    s->next = before->next;
    if (s->next != NULL)
        s->next->before = s;
    before->next = s;
    vgpu_set_gap(p, before, 0);
    s->gap.key = 0;
    vgpu_set_gap(p, s, gap - count);
    return true;
}

void vwr_vgpu_shrink_(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s, uint32_t count)
{
    vgpu_set_gap(p, s, s->gap.key + (s->count - count));
    s->count = count;
}

void vwr_vgpu_give_back_(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s)
{
    struct vwr_vgpu_span *const before = s->before;
    const uint32_t gap = before->gap.key + s->count + s->gap.key;

    vgpu_set_gap(p, s, 0);
    vgpu_set_gap(p, before, gap);
    before->next = s->next;
    if (s->next != NULL)
        s->next->before = before;
    s->count = 0;
}

/* ---- resources ---- */

static struct vwr_vindex_node **vgpu_head(const struct vwr_vgpu *g, uint32_t id)
{
    return &g->resource[vindex_head(id, g->resources)].heads;
}

struct vwr_vgpu_resource *vwr_vgpu_find_(const struct vwr_vgpu *g, uint32_t id)
{
    struct vwr_vindex_node *const n = vwr_vindex_find_(*vgpu_head(g, id), id);

    return (struct vwr_vgpu_resource *)(void *)n; /* first member */
}

void vwr_vgpu_set_id_(struct vwr_vgpu *g, struct vwr_vgpu_resource *r, uint32_t id)
{
    r->id = id;
    r->by_id.key = id;
    vwr_vindex_add_(vgpu_head(g, id), &r->by_id);
}

void vwr_vgpu_drop_(struct vwr_vgpu *g, struct vwr_vgpu_resource *r)
{
    if (r->id != 0) {
        vwr_vgpu_hide_(g, r->id);
        vwr_vindex_remove_(vgpu_head(g, r->id), &r->by_id);
    }
    vwr_vgpu_drop_backing_(g, r);
    vwr_vgpu_give_back_(&g->pixels, &r->pixels);
    r->id = 0;
    r->width = 0;
    r->next = g->free;
    g->free = r;
}

static bool vgpu_is_format(uint32_t format)
{
    switch (format) {
    case VWR_GPU_FORMAT_B8G8R8A8_UNORM:
    case VWR_GPU_FORMAT_B8G8R8X8_UNORM:
    case VWR_GPU_FORMAT_A8R8G8B8_UNORM:
    case VWR_GPU_FORMAT_X8R8G8B8_UNORM:
    case VWR_GPU_FORMAT_R8G8B8A8_UNORM:
    case VWR_GPU_FORMAT_X8B8G8R8_UNORM:
    case VWR_GPU_FORMAT_A8B8G8R8_UNORM:
    case VWR_GPU_FORMAT_R8G8B8X8_UNORM:
        return true;
    default:
        return false;
    }
}

/* Assigns the ID at the end, when the image has been zeroed. */
static int vgpu_clear_step(struct vwr_vgpu *g)
{
    struct vwr_vgpu_job *const job = &g->job;
    struct vwr_vdev *const v = vwr_vgpu_dev(g);
    uint8_t *const at = g->memory + (size_t)job->resource->pixels.first * VWR_VGPU_ALIGN;
    const uint32_t n = vgpu_min(job->rows - job->row, vwr_vdev_room(v));

    vwr_zero(at + job->row, n);
    job->row += n;
    vwr_vdev_charge(v, n, 0);
    if (job->row != job->rows)
        return VWR_LATER;
    vwr_vgpu_set_id_(g, job->resource, job->id);
    return VWR_OK;
}

/* The results are those of a service function. VWR_OK: *to is the resource, which has no ID yet. */
int vwr_vgpu_make_(struct vwr_vgpu *g, const struct vwr_gpu_resource_create_2d_msg *m,
                   struct vwr_vgpu_resource **to)
{
    struct vwr_vgpu_resource *const r = g->free;

    if (m->resource_id == 0 || vwr_vgpu_find_(g, m->resource_id) != NULL)
        return VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID;
    if (!vgpu_is_format(m->format) || m->width == 0 || m->height == 0 || m->width > VWR_VGPU_EDGE_MAX ||
        m->height > VWR_VGPU_EDGE_MAX)
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    if (r == NULL || !vwr_vgpu_take_(&g->pixels, &r->pixels,
                                     (uint32_t)(VWR_VGPU_BYTES(m->width, m->height) / VWR_VGPU_ALIGN)))
        return VWR_GPU_RESP_ERR_OUT_OF_MEMORY;
    g->free = r->next;
    r->format = m->format;
    r->width = m->width;
    r->height = m->height;
    *to = r;
    return VWR_OK;
}

int vwr_vgpu_create_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_gpu_resource_create_2d_msg *m,
                     struct vwr_gpu_resource_create_2d_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    const int r = vwr_vgpu_make_(g, m, &g->job.resource);

    (void)a;
    if (r != VWR_OK)
        return vwr_vgpu_end_(g, x, r);
    g->job.id = m->resource_id;
    g->job.row = 0;
    g->job.rows = m->width * m->height * VWR_VGPU_PIXEL_BYTES;
    return vwr_vgpu_begin_(g, x, vgpu_clear_step);
}

int vwr_vgpu_unref_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_gpu_resource_unref_msg *m, struct vwr_gpu_resource_unref_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, m->resource_id);

    (void)a;
    if (r == NULL)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID);
    vwr_vgpu_drop_(g, r);
    return vwr_vgpu_end_(g, x, VWR_OK);
}
