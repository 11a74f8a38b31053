/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/* A gpu's resources, in memory of the VMM's. Section: GPU Device / Device Operation / Device Operation:
 * controlq. */

/* ---- parts of what the VMM has given ---- */

/* The first gap that is large enough. */
bool vwr_vgpu_take(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s, uint32_t count)
{
    struct vwr_vgpu_span **at = &p->first;
    uint32_t first = 0;

    while (*at != NULL && (*at)->first - first < count) {
        first = (*at)->first + (*at)->count;
        at = &(*at)->next;
    }
    if (*at == NULL && p->count - first < count)
        return false;
    s->first = first;
    s->count = count;
    s->next = *at;
    *at = s;
    return true;
}

void vwr_vgpu_give_back(struct vwr_vgpu_pool *p, struct vwr_vgpu_span *s)
{
    struct vwr_vgpu_span **at = &p->first;

    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    s->count = 0;
}

/* ---- resources ---- */

struct vwr_vgpu_resource *vwr_vgpu_find(const struct vwr_vgpu *g, uint32_t id)
{
    for (unsigned i = 0; i < g->resources; i++)
        if (g->resource[i].id == id)
            return &g->resource[i];
    return NULL;
}

void vwr_vgpu_drop(struct vwr_vgpu *g, struct vwr_vgpu_resource *r)
{
    if (r->id != 0)
        vwr_vgpu_hide(g, r->id);
    vwr_vgpu_drop_backing(g, r);
    vwr_vgpu_give_back(&g->pixels, &r->pixels);
    r->id = 0;
    r->width = 0;
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

/* Its number it gets at the end, when it is black. */
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
    job->resource->id = job->id;
    return VWR_OK;
}

/* Results as a function of the service; VWR_OK: *to is the resource's, but for its number. */
static int vgpu_make(struct vwr_vgpu *g, const struct vwr_gpu_resource_create_2d_msg *m,
                     struct vwr_vgpu_resource **to)
{
    struct vwr_vgpu_resource *const r = vwr_vgpu_find(g, 0);

    if (m->resource_id == 0 || vwr_vgpu_find(g, m->resource_id) != NULL)
        return VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID;
    if (!vgpu_is_format(m->format) || m->width == 0 || m->height == 0 || m->width > VWR_VGPU_EDGE_MAX ||
        m->height > VWR_VGPU_EDGE_MAX)
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    if (r == NULL || !vwr_vgpu_take(&g->pixels, &r->pixels,
                                    (uint32_t)(VWR_VGPU_BYTES(m->width, m->height) / VWR_VGPU_ALIGN)))
        return VWR_GPU_RESP_ERR_OUT_OF_MEMORY;
    r->format = m->format;
    r->width = m->width;
    r->height = m->height;
    *to = r;
    return VWR_OK;
}

int vwr_vgpu_create(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_gpu_resource_create_2d_msg *m,
                    struct vwr_gpu_resource_create_2d_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    const int r = vgpu_make(g, m, &g->job.resource);

    (void)a;
    if (r != VWR_OK)
        return vwr_vgpu_end(g, x, r);
    g->job.id = m->resource_id;
    g->job.row = 0;
    g->job.rows = m->width * m->height * VWR_VGPU_PIXEL_BYTES;
    return vwr_vgpu_begin(g, x, vgpu_clear_step);
}

int vwr_vgpu_unref(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                   const struct vwr_gpu_resource_unref_msg *m, struct vwr_gpu_resource_unref_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_resource *const r = m->resource_id != 0 ? vwr_vgpu_find(g, m->resource_id) : NULL;

    (void)a;
    if (r == NULL)
        return vwr_vgpu_end(g, x, VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID);
    vwr_vgpu_drop(g, r);
    return vwr_vgpu_end(g, x, VWR_OK);
}
