/* SPDX-License-Identifier: MIT */
#include "../../device/gpu/vgpu_common.h"

/*
 * Copies a flush to the VMM's framebuffer.
 * Section: GPU Device / Device Operation / Device Operation: controlq.
 */

/* Byte positions of a pixel's components, in the order of the format's name. */
struct draw_order {
    uint8_t format, red, green, blue, rest;
};

static const struct draw_order draw_orders[] = {
    {VWR_GPU_FORMAT_B8G8R8A8_UNORM, 2, 1, 0, 3}, {VWR_GPU_FORMAT_B8G8R8X8_UNORM, 2, 1, 0, 3},
    {VWR_GPU_FORMAT_A8R8G8B8_UNORM, 1, 2, 3, 0}, {VWR_GPU_FORMAT_X8R8G8B8_UNORM, 1, 2, 3, 0},
    {VWR_GPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 2, 3}, {VWR_GPU_FORMAT_X8B8G8R8_UNORM, 3, 2, 1, 0},
    {VWR_GPU_FORMAT_A8B8G8R8_UNORM, 3, 2, 1, 0}, {VWR_GPU_FORMAT_R8G8B8X8_UNORM, 0, 1, 2, 3},
};

/* Returns the first entry for an unknown format. */
static const struct draw_order *draw_order_of(uint32_t format)
{
    for (unsigned i = 0; i < sizeof(draw_orders) / sizeof(draw_orders[0]); i++)
        if (draw_orders[i].format == format)
            return &draw_orders[i];
    return &draw_orders[0];
}

static void draw_row(uint8_t *to, const struct draw_order *t, const uint8_t *from, const struct draw_order *f,
                     uint32_t pixels)
{
    for (uint32_t i = 0; i < pixels; i++) {
        to[t->red] = from[f->red];
        to[t->green] = from[f->green];
        to[t->blue] = from[f->blue];
        to[t->rest] = from[f->rest];
        to += VWR_VGPU_PIXEL_BYTES;
        from += VWR_VGPU_PIXEL_BYTES;
    }
}

void vwr_vgpu_draw(const struct vwr_vgpu_pixels *to, const struct vwr_vgpu_flush *f)
{
    const struct vwr_vgpu_area *const a = &f->area;
    const struct draw_order *const into = draw_order_of(to->format);
    const struct draw_order *const out = draw_order_of(f->pixels.format);
    uint32_t width;
    uint32_t height;

    if (a->x >= to->width || a->y >= to->height)
        return;
    width = vgpu_min(a->width, to->width - a->x);
    height = vgpu_min(a->height, to->height - a->y);
    for (uint32_t y = 0; y < height; y++) {
        uint8_t *const row = to->base + (size_t)(a->y + y) * to->stride + (size_t)a->x * VWR_VGPU_PIXEL_BYTES;
        const uint8_t *const from =
            f->pixels.base + (size_t)(a->y + y) * f->pixels.stride + (size_t)a->x * VWR_VGPU_PIXEL_BYTES;

        if (into->red == out->red)
            vwr_copy(row, from, (size_t)width * VWR_VGPU_PIXEL_BYTES);
        else
            draw_row(row, into, from, out, width);
    }
}
