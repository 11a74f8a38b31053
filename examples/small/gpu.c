/* SPDX-License-Identifier: MIT */
/*
 * A picture on the first screen, then a rectangle of it in another color. The driver has no framebuffer of
 * its own: the pixels belong to this program, and the device is notified of changes.
 */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/gpu.h"

#define WIDTH 160u
#define HEIGHT 100u
#define RED 0xff0000u /* a 32-bit little-endian number: blue, green, red, unused */

static uint32_t pixels[WIDTH * HEIGHT];
static struct vwr_gpu_shared shared; /* shared with the device */
static struct vwr_gpu gpu;           /* private, as the next one */
static struct vwr_gpu_framebuffer screen;
static struct vwr_mmio mmio;

static void draw(void)
{
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++)
            pixels[y * WIDTH + x] = (x + 40) | (y * 2 + 20) << 8 | (x ^ y) << 16;
}

static void fill(const struct vwr_gpu_area *a, uint32_t color)
{
    for (uint32_t y = a->y; y < a->y + a->height; y++)
        for (uint32_t x = a->x; x < a->x + a->width; x++)
            pixels[y * WIDTH + x] = color;
}

static int show(void)
{
    const struct vwr_gpu_area area = {20, 10, 30, 40};
    struct vwr_gpu_display display;
    int r = vwr_gpu_read_displays(&gpu, &display, 1);

    if (r < 1)
        return r < 0 ? r : VWR_ENODEV;
    say(display.enabled ? "the first display is on" : "the first display is off");
    screen.pixels = pixels;
    screen.width = WIDTH;
    screen.height = HEIGHT;
    screen.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    draw();
    r = vwr_gpu_show(&gpu, &screen);
    if (r == VWR_OK) {
        fill(&area, RED);
        r = vwr_gpu_flush(&gpu, &screen, &area);
    }
    return r;
}

/* The GPU is not closed, so the picture stays. */
int example(void)
{
    const struct vwr_gpu_options options = {.shared = &shared};
    char text[160];
    int r = board_find(&mmio, VWR_ID_GPU);

    if (r == VWR_OK)
        r = vwr_gpu_open(&gpu, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = show();
    if (r == VWR_OK)
        say_number("a picture is on the screen, pixels:", WIDTH * HEIGHT);
    else if (vwr_gpu_explain(&gpu, text, sizeof(text)) != 0)
        say(text);
    return r;
}
