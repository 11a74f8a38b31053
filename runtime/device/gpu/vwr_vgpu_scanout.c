/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vgpu_common.h"

/*
 * Scanouts of a gpu.
 * Section: GPU Device / Device Operation / Device Operation: controlq.
 */

static void vgpu_show(struct vwr_vgpu *g, unsigned scanout, const struct vwr_vgpu_pixels *p)
{
    if (g->ops->scanout != NULL)
        g->ops->scanout(g, scanout, p);
}

/* The part of a screen that fits into the VMM's window. A saved state has the whole screen. */
static void vgpu_fitting(const struct vwr_vgpu *g, const struct vwr_vgpu_scanout *s, struct vwr_vgpu_area *to)
{
    to->x = s->area.x;
    to->y = s->area.y;
    to->width = vgpu_min(s->area.width, g->width_max);
    to->height = vgpu_min(s->area.height, g->height_max);
}

static void vgpu_window(const struct vwr_vgpu *g, const struct vwr_vgpu_scanout *s,
                        const struct vwr_vgpu_resource *r, struct vwr_vgpu_pixels *p)
{
    struct vwr_vgpu_area area;

    vgpu_fitting(g, s, &area);
    vgpu_pixels(g, r, &area, p);
}

void vwr_vgpu_hide_(struct vwr_vgpu *g, uint32_t id)
{
    for (unsigned i = 0; i < g->scanouts; i++) {
        if (g->scanout[i].cursor == id) /* the VMM still shows it */
            g->scanout[i].cursor = 0;
        if (g->scanout[i].resource != id)
            continue;
        g->scanout[i].resource = 0;
        vgpu_show(g, i, NULL);
    }
}

static int vgpu_set_scanout(struct vwr_vgpu *g, const struct vwr_gpu_set_scanout_msg *m)
{
    struct vwr_vgpu_area area;
    struct vwr_vgpu_scanout *scanout;
    const struct vwr_vgpu_resource *r;
    struct vwr_vgpu_pixels p;

    area.x = m->x;
    area.y = m->y;
    area.width = m->width;
    area.height = m->height;
    if (m->scanout_id >= g->scanouts)
        return VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID;
    scanout = &g->scanout[m->scanout_id];
    if (m->resource_id == 0) {
        if (scanout->resource != 0)
            vgpu_show(g, m->scanout_id, NULL);
        scanout->resource = 0;
        return VWR_OK;
    }
    r = vwr_vgpu_find_(g, m->resource_id);
    if (r == NULL)
        return VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID;
    if (!vgpu_is_inside(&area, r->width, r->height))
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    scanout->resource = m->resource_id;
    vwr_copy(&scanout->area, &area, sizeof(area)); /* an assignment may become a call to memcpy */
    vgpu_window(g, scanout, r, &p);
    vgpu_show(g, m->scanout_id, &p);
    return VWR_OK;
}

int vwr_vgpu_set_scanout_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_gpu_set_scanout_msg *m, struct vwr_gpu_set_scanout_answer *a)
{
    (void)a;
    return vwr_vgpu_end_(vgpu_of(s), x, vgpu_set_scanout(vgpu_of(s), m));
}

/* ---- flush ---- */

/* Gets the part of the job's area that a scanout displays, relative to the scanout; false: there is none. */
static bool vgpu_shown(const struct vwr_vgpu *g, const struct vwr_vgpu_scanout *scanout,
                       struct vwr_vgpu_area *to)
{
    const struct vwr_vgpu_area *const a = &g->job.area;
    struct vwr_vgpu_area b;
    uint32_t x, y, right, bottom;

    if (scanout->resource != g->job.resource->id)
        return false;
    vgpu_fitting(g, scanout, &b);
    x = a->x > b.x ? a->x : b.x;
    y = a->y > b.y ? a->y : b.y;
    right = vgpu_min(a->x + a->width, b.x + b.width); /* both areas are inside the resource */
    bottom = vgpu_min(a->y + a->height, b.y + b.height);
    if (x >= right || y >= bottom)
        return false;
    to->x = x - b.x;
    to->y = y - b.y;
    to->width = right - x;
    to->height = bottom - y;
    return true;
}

/* Flushes as many rows as the budget allows; returns the VMM's result. */
static int vgpu_flush_rows(struct vwr_vgpu *g, const struct vwr_vgpu_area *shown)
{
    struct vwr_vgpu_job *const job = &g->job;
    struct vwr_vdev *const v = vwr_vgpu_dev(g);
    const uint32_t row_bytes = shown->width * VWR_VGPU_PIXEL_BYTES;
    const uint32_t room = vwr_vdev_room(v);
    struct vwr_vgpu_flush f;
    uint32_t rest, most = 1u;

    if (row_bytes <= room)
        most = (uint32_t)vwr_divide(room, row_bytes, &rest);
    vgpu_window(g, &g->scanout[job->scanout], job->resource, &f.pixels);
    f.area.x = shown->x;
    f.area.y = shown->y + job->row;
    f.area.width = shown->width;
    f.area.height = vgpu_min(shown->height - job->row, most);
    f.scanout = job->scanout;
    f.ticket = vwr_vdev_issue(v, &job->ticket);
    job->row += f.area.height;
    f.last = job->row == shown->height;
    (void)vwr_vdev_use(v, room, f.area.height * row_bytes);
    return g->ops->flush != NULL ? g->ops->flush(g, &f) : VWR_OK;
}

static int vgpu_flush_step(struct vwr_vgpu *g)
{
    struct vwr_vgpu_job *const job = &g->job;
    struct vwr_vdev *const v = vwr_vgpu_dev(g);
    struct vwr_vgpu_area shown;

    while (job->result == VWR_OK && job->scanout < g->scanouts) {
        if (!vgpu_shown(g, &g->scanout[job->scanout], &shown) || job->row == shown.height) {
            job->scanout++;
            job->row = 0;
            continue;
        }
        if (v->work == 0)
            return VWR_LATER;
        job->result = vgpu_flush_rows(g, &shown);
        job->waiting = job->result == VWR_LATER;
        if (job->waiting)
            return VWR_LATER;
        job->ticket = 0;
    }
    if (job->result != VWR_OK)
        return VWR_GPU_RESP_ERR_UNSPEC;
    return VWR_OK;
}

int vwr_vgpu_flush_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_gpu_resource_flush_msg *m, struct vwr_gpu_resource_flush_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, m->resource_id);
    struct vwr_vgpu_job *const job = &g->job;

    (void)a;
    if (r == NULL)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID);
    job->area.x = m->x;
    job->area.y = m->y;
    job->area.width = m->width;
    job->area.height = m->height;
    if (!vgpu_is_inside(&job->area, r->width, r->height))
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_PARAMETER);
    job->resource = r;
    job->scanout = 0;
    job->row = 0;
    return vwr_vgpu_begin_(g, x, vgpu_flush_step);
}

/* The VMM displays the whole screen at any later time; the driver does not flush it again. */
void vwr_vgpu_show_again_(struct vwr_vgpu *g, unsigned scanout)
{
    const struct vwr_vgpu_scanout *const s = &g->scanout[scanout];
    const struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, s->resource);
    struct vwr_vgpu_flush f;

    if (r == NULL)
        return;
    vwr_zero(&f, sizeof(f));
    vgpu_window(g, s, r, &f.pixels);
    f.area.width = f.pixels.width;
    f.area.height = f.pixels.height;
    f.scanout = scanout;
    f.last = true;
    vgpu_show(g, scanout, &f.pixels);
    if (g->ops->flush != NULL)
        (void)g->ops->flush(g, &f);
}
