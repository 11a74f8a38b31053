/* SPDX-License-Identifier: MIT */
#include "cursor.h"
#include "picture.h"

#define SIZE VWR_GPU_CURSOR_PIXELS
#define ARROW 20u
#define WHITE 0xffffffffu
#define BLACK 0xff000000u
#define NOTHING 0u

static uint32_t pixels[SIZE * SIZE];
static struct vwr_gpu_framebuffer image;
static struct {
    uint32_t x, y;
    bool waits;
} move;

/* Its tip is the upper left corner. */
static uint32_t arrow(uint32_t x, uint32_t y)
{
    if (x + y > ARROW || x > y || y >= ARROW)
        return NOTHING;
    return x == 0 || x == y || x + y >= ARROW - 1u ? BLACK : WHITE;
}

int cursor_show(struct vwr_gpu *g, uint32_t x, uint32_t y)
{
    const struct vwr_gpu_pointer pointer = {.image = &image, .x = x, .y = y};
    int r;

    for (uint32_t i = 0; i < SIZE * SIZE; i++)
        pixels[i] = arrow(i % SIZE, i / SIZE);
    image.pixels = pixels;
    image.width = SIZE;
    image.height = SIZE;
    image.format = PICTURE_FORMAT_WITH_ALPHA;
    image.scanout = VWR_GPU_NO_SCANOUT;
    r = vwr_gpu_show(g, &image);
    return r == VWR_OK ? vwr_gpu_set_cursor(g, &pointer) : r;
}

int cursor_move(struct vwr_gpu *g, uint32_t x, uint32_t y)
{
    move.x = x;
    move.y = y;
    move.waits = true;
    return cursor_serve(g);
}

int cursor_serve(struct vwr_gpu *g)
{
    int r;

    if (!move.waits)
        return 0;
    r = vwr_gpu_move_cursor(g, move.x, move.y);
    if (r == VWR_EBUSY)
        return 1;
    move.waits = false;
    return r;
}
