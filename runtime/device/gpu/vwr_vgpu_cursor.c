/* SPDX-License-Identifier: MIT */
#include "vgpu_common.h"

/*
 * Cursor of a gpu.
 * Section: GPU Device / Device Operation / Device Operation: cursorq.
 */

static const struct vwr_vgpu_area vgpu_whole = {0, 0, VWR_VGPU_CURSOR_PIXELS, VWR_VGPU_CURSOR_PIXELS};

static bool vgpu_is_cursor(const struct vwr_vgpu_resource *r, uint32_t hot_x, uint32_t hot_y)
{
    return r->width == vgpu_whole.width && r->height == vgpu_whole.height && hot_x < vgpu_whole.width &&
           hot_y < vgpu_whole.height;
}

/* The resource of a cursor; NULL: there is none. */
const struct vwr_vgpu_resource *vwr_vgpu_find_cursor_(const struct vwr_vgpu *g,
                                                      const struct vwr_vgpu_scanout *s)
{
    const struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, s->cursor);

    return r != NULL && vgpu_is_cursor(r, s->hot_x, s->hot_y) ? r : NULL;
}

/* Displays the image of the cursor at its position. */
void vwr_vgpu_show_cursor_(struct vwr_vgpu *g, unsigned scanout)
{
    const struct vwr_vgpu_scanout *const s = &g->scanout[scanout];
    const struct vwr_vgpu_resource *const r = vwr_vgpu_find_cursor_(g, s);
    struct vwr_vgpu_cursor c;

    vwr_zero(&c, sizeof(c));
    if (r != NULL) {
        vgpu_pixels(g, r, &vgpu_whole, &c.image);
        c.hot_x = s->hot_x;
        c.hot_y = s->hot_y;
    }
    g->cursors = r != NULL ? g->cursors | 1u << scanout : g->cursors & ~(1u << scanout);
    c.scanout = scanout;
    c.x = s->x;
    c.y = s->y;
    if (g->ops->cursor != NULL)
        g->ops->cursor(g, &c);
}

void vwr_vgpu_hide_cursors_(struct vwr_vgpu *g)
{
    for (unsigned i = 0; i < g->scanouts; i++) {
        if ((g->cursors >> i & 1u) == 0)
            continue;
        g->scanout[i].cursor = 0;
        g->scanout[i].x = 0;
        g->scanout[i].y = 0;
        vwr_vgpu_show_cursor_(g, i);
    }
}

static int vgpu_update_cursor(struct vwr_vgpu *g, const struct vwr_gpu_update_cursor_msg *m)
{
    const struct vwr_vgpu_resource *const r = vwr_vgpu_find_(g, m->resource_id);
    struct vwr_vgpu_scanout *s;

    if (m->scanout_id >= g->scanouts)
        return VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID;
    if (m->resource_id != 0 && r == NULL)
        return VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID;
    if (r != NULL && !vgpu_is_cursor(r, m->hot_x, m->hot_y))
        return VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    if (r != NULL)
        vwr_vdev_charge(vwr_vgpu_dev(g), vgpu_whole.width * vgpu_whole.height * VWR_VGPU_PIXEL_BYTES, 1);
    s = &g->scanout[m->scanout_id];
    s->cursor = m->resource_id;
    s->hot_x = m->hot_x;
    s->hot_y = m->hot_y;
    s->x = m->x;
    s->y = m->y;
    vwr_vgpu_show_cursor_(g, m->scanout_id);
    return VWR_OK;
}

int vwr_vgpu_update_cursor_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_gpu_update_cursor_msg *m, struct vwr_gpu_update_cursor_answer *a)
{
    (void)a;
    return vwr_vgpu_end_(vgpu_of(s), x, vgpu_update_cursor(vgpu_of(s), m));
}

/* A move does not change the image of the last update, whatever its resource_id contains. */
int vwr_vgpu_move_cursor_(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_gpu_move_cursor_msg *m, struct vwr_gpu_move_cursor_answer *a)
{
    struct vwr_vgpu *const g = vgpu_of(s);
    struct vwr_vgpu_cursor c;

    (void)a;
    if (m->scanout_id >= g->scanouts)
        return vwr_vgpu_end_(g, x, VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID);
    vwr_zero(&c, sizeof(c));
    c.moved = true;
    c.scanout = m->scanout_id;
    c.x = m->x;
    c.y = m->y;
    g->scanout[c.scanout].x = m->x;
    g->scanout[c.scanout].y = m->y;
    if (g->ops->cursor != NULL)
        g->ops->cursor(g, &c);
    return vwr_vgpu_end_(g, x, VWR_OK);
}
