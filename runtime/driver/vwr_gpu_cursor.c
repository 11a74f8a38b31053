/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* The cursor. Section: GPU Device / Device Operation / Device Operation: cursorq. */

/* Results as vwr_gpu_move_cursor. */
static int gpu_point(struct vwr_gpu *g, uint32_t type)
{
    struct vwr_req *back;
    int r = vwr_request_reap(&g->cursor, &back, 1);

    if (r > 0)
        r = back->result;
    if (r == VWR_OK)
        r = vwr_gpu_send(&g->cursor, &g->point, type);
    (void)vwr_request_kick(&g->cursor);
    return r;
}

/* How a move from before the reset has ended nobody asks any more. */
void vwr_gpu_restore_cursor(struct vwr_gpu *g)
{
    struct vwr_req *back;

    g->cursor_again =
        vwr_request_reap(&g->cursor, &back, 1) < 0 || gpu_point(g, VWR_GPU_CMD_UPDATE_CURSOR) != VWR_OK;
}

static bool gpu_is_cursor(const struct vwr_gpu_pointer *c)
{
    const uint32_t pixels = VWR_GPU_CURSOR_PIXELS;

    return c->image == NULL || (c->image->step == GPU_SHOWN && c->image->width == pixels &&
                                c->image->height == pixels && c->hot_x < pixels && c->hot_y < pixels);
}

int vwr_gpu_set_cursor(struct vwr_gpu *g, const struct vwr_gpu_pointer *c)
{
    int r = VWR_OK;

    if (c->scanout >= g->info.scanouts || !gpu_is_cursor(c))
        return VWR_EINVAL;
    if (g->point.req.state != VWR_REQ_IDLE) /* how a move has ended nobody asks any more */
        r = vwr_request_wait(&g->cursor, &g->point.req);
    if (g->point.req.state != VWR_REQ_IDLE)
        return r;
    vwr_copy(&g->pointer, c, sizeof(*c));
    g->cursor_again = false;
    r = gpu_point(g, VWR_GPU_CMD_UPDATE_CURSOR);
    return r == VWR_OK ? vwr_request_wait(&g->cursor, &g->point.req) : r;
}

int vwr_gpu_move_cursor(struct vwr_gpu *g, uint32_t x, uint32_t y)
{
    if (g->pointer.image == NULL)
        return VWR_EINVAL;
    g->pointer.x = x;
    g->pointer.y = y;
    return gpu_point(g, g->cursor_again ? VWR_GPU_CMD_UPDATE_CURSOR : VWR_GPU_CMD_MOVE_CURSOR);
}
