/* SPDX-License-Identifier: MIT */
#include "gpu_common.h"

/* Cursor. Section: GPU Device / Device Operation / Device Operation: cursorq. */

#define GPU_POINTER(to, from) GPU_FIELD(update_cursor, to, point, pointer.from)
#define GPU_POINTERS                                                                        \
    {                                                                                       \
        GPU_POINTER(pos.scanout_id, scanout), GPU_POINTER(pos.x, x), GPU_POINTER(pos.y, y), \
            GPU_POINTER(hot_x, hot_x), GPU_POINTER(hot_y, hot_y),                           \
            GPU_FIELD(update_cursor, resource_id, request, id)                              \
    }
static const struct vwr_gpu_row gpu_cursor_rows[2] = {
    {GPU_NODATA(MOVE_CURSOR, update_cursor, 0), GPU_POINTERS},
    {GPU_NODATA(UPDATE_CURSOR, update_cursor, 0), GPU_POINTERS}};

/* Sends the cursor's state. Results: the same as vwr_gpu_move_cursor(). */
static int gpu_point(struct vwr_gpu *g, bool update)
{
    struct vwr_req *back = NULL;
    int r = vwr_request_reap(&g->cursor.requests, &back, 1);

    if (back != NULL)
        r = back->result;
    if (r == VWR_OK)
        r = vwr_gpu_send_(&g->cursor.requests, &g->point.request, &gpu_cursor_rows[update]);
    (void)vwr_request_kick(&g->cursor.requests);
    return r;
}

/* The result of a move from before the reset is irrelevant. A stopped queue accepts no new request. */
void vwr_gpu_restore_cursor_(struct vwr_gpu *g)
{
    struct vwr_req *back;

    (void)!vwr_request_reap(&g->cursor.requests, &back, 1);
    g->cursor_again = gpu_point(g, true) != VWR_OK;
}

static bool gpu_is_cursor(const struct vwr_gpu_pointer *c)
{
    const uint32_t pixels = VWR_GPU_CURSOR_PIXELS;

    return c->image == NULL || (c->image->state == GPU_SHOWN && c->image->width == pixels &&
                                c->image->height == pixels && c->hot_x < pixels && c->hot_y < pixels);
}

int vwr_gpu_set_cursor(struct vwr_gpu *g, const struct vwr_gpu_pointer *c)
{
    struct vwr_gpu_request *const x = &g->point.request;
    int r = VWR_OK;

    if (c->scanout >= g->info.num_scanouts || !gpu_is_cursor(c))
        return VWR_EINVAL;
    if (x->req.state != VWR_REQ_IDLE) /* the result of an earlier move is irrelevant */
        r = vwr_request_wait(&g->cursor.requests, &x->req);
    if (x->req.state != VWR_REQ_IDLE)
        return r;
    vwr_copy(&g->point.pointer, c, sizeof(*c));
    x->id = c->image != NULL ? c->image->request.id : 0;
    g->cursor_again = false;
    return vwr_gpu_do_(&g->cursor.requests, x, &gpu_cursor_rows[true]);
}

int vwr_gpu_move_cursor(struct vwr_gpu *g, uint32_t x, uint32_t y)
{
    struct vwr_gpu_pointer *const p = &g->point.pointer;

    if (p->image == NULL)
        return VWR_EINVAL;
    p->x = x;
    p->y = y;
    return gpu_point(g, g->cursor_again);
}
