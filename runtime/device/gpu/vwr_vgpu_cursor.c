/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * Cursor of a gpu.
 * Section: GPU Device / Device Operation / Device Operation: cursorq.
 */

static void vgpu_point(struct vwr_vgpu *g, const struct vwr_vgpu_cursor *c)
{
    const uint32_t bit = 1u << c->scanout;

    if (!c->moved)
        g->cursors = c->image.base != NULL ? g->cursors | bit : g->cursors & ~bit;
    if (g->ops->cursor != NULL)
        g->ops->cursor(g, c);
}

void vwr_vgpu_hide_cursors(struct vwr_vgpu *g)
{
    struct vwr_vgpu_cursor c;

    vwr_zero(&c, sizeof(c));
    for (; c.scanout < g->scanouts; c.scanout++)
        if ((g->cursors >> c.scanout & 1u) != 0)
            vgpu_point(g, &c);
}

static int vgpu_update_cursor(struct vwr_vgpu *g, const struct vwr_gpu_update_cursor_msg *m)
{
    static const struct vwr_vgpu_area whole = {0, 0, VWR_VGPU_CURSOR_PIXELS, VWR_VGPU_CURSOR_PIXELS};
    const struct vwr_vgpu_resource *const r = vwr_vgpu_find(g, m->resource_id);
    struct vwr_vgpu_cursor c;

    if (m->scanout_id >= g->scanouts)
        return VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID;
    if (m->resource_id != 0 && r == NULL)
        return VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID;
    if (r != NULL && (r->width != whole.width || r->height != whole.height || m->hot_x >= whole.width ||
                      m->hot_y >= whole.height))
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    vwr_zero(&c, sizeof(c));
    if (r != NULL) {
        vgpu_pixels(g, r, &whole, &c.image);
        c.hot_x = m->hot_x;
        c.hot_y = m->hot_y;
        vwr_vdev_charge(vwr_vgpu_dev(g), whole.width * whole.height * VWR_VGPU_PIXEL_BYTES, 1);
    }
    c.scanout = m->scanout_id;
    c.x = m->x;
    c.y = m->y;
    vgpu_point(g, &c);
    return VWR_OK;
}

int vwr_vgpu_update_cursor(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_gpu_update_cursor_msg *m, struct vwr_gpu_update_cursor_answer *a)
{
    (void)a;
    return vwr_vgpu_end(vgpu_of(s), x, vgpu_update_cursor(vgpu_of(s), m));
}

/* A move keeps the image of the last update, whatever resource_id it contains. */
int vwr_vgpu_move_cursor(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_gpu_move_cursor_msg *m, struct vwr_gpu_move_cursor_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_cursor c;

    (void)a;
    if (m->scanout_id >= g->scanouts)
        return vwr_vgpu_end(g, x, VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID);
    vwr_zero(&c, sizeof(c));
    c.moved = true;
    c.scanout = m->scanout_id;
    c.x = m->x;
    c.y = m->y;
    vgpu_point(g, &c);
    return vwr_vgpu_end(g, x, VWR_OK);
}
