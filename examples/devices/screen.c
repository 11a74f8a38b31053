/* SPDX-License-Identifier: MIT */
/* The GPU: a picture, and updates of parts of it. */
#include "cursor.h"
#include "part.h"
#include "picture.h"
#include "screen.h"
#include "uart.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gpu.h"

static struct vwr_gpu gpu;
static struct vwr_gpu_shared shared;
static struct vwr_gpu_framebuffer screen;
static unsigned typed;
static bool shown;

static int screen_open(struct vwr_dev *d)
{
    const struct vwr_gpu_options options = {.shared = &shared};

    return vwr_gpu_open(&gpu, d, &options);
}

static const char *ring_words(void)
{
    return vwr_dev_has(gpu.bringup.dev, VWR_F_RING_PACKED) ? "BARE METAL ON PACKED RINGS"
                                                           : "BARE METAL ON SPLIT RINGS";
}

static void put_size(const char *words, uint32_t width, uint32_t height)
{
    put(words);
    put_dec(width);
    put(" by ");
    put_dec(height);
}

/* The first timing of the base block is the preferred mode; the format is VESA's. */
static void put_edid(const uint8_t *edid)
{
    const uint8_t *const timing = edid + 54;

    put_size(", its EDID ", timing[2] | (timing[4] & 0xf0u) << 4, timing[5] | (timing[7] & 0xf0u) << 4);
}

static int screen_ask(void)
{
    static struct vwr_gpu_edid edid;
    struct vwr_gpu_display display;
    int r = vwr_gpu_read_displays(&gpu, &display, 1);

    if (r < 1)
        return r < 0 ? r : VWR_ENODEV;
    put_size("screen: the display prefers ", display.area.width, display.area.height);
    if (vwr_dev_has(gpu.bringup.dev, VWR_GPU_F_EDID)) {
        r = vwr_gpu_read_edid(&gpu, 0, &edid);
        if (r == VWR_OK)
            put_edid(edid.data);
    }
    put_char('\n');
    return r < 0 ? r : VWR_OK;
}

static int screen_show(void)
{
    int r = screen_ask();

    if (r != VWR_OK || shown) /* after a sleep the driver restores the picture, and flush waits for that */
        return r == VWR_OK ? vwr_gpu_flush(&gpu, &screen, NULL) : r;
    picture_draw(ring_words());
    screen.pixels = picture_pixels;
    screen.width = PICTURE_WIDTH;
    screen.height = PICTURE_HEIGHT;
    screen.format = PICTURE_FORMAT;
    r = vwr_gpu_show(&gpu, &screen);
    if (r != VWR_OK)
        return r;
    shown = true;
    put_size("screen: shows the picture, ", PICTURE_WIDTH, PICTURE_HEIGHT);
    put_char('\n');
    return cursor_show(&gpu, PICTURE_WIDTH / 2u, PICTURE_HEIGHT / 2u);
}

static int screen_flush(const struct picture_area *a)
{
    const struct vwr_gpu_area area = {a->x, a->y, a->width, a->height};

    return vwr_gpu_flush(&gpu, &screen, &area);
}

int screen_type(char c)
{
    struct picture_area a;

    if (!shown || typed == PICTURE_COLUMNS)
        return VWR_OK;
    a = picture_type(typed++, c);
    return screen_flush(&a);
}

int screen_mark(unsigned x, unsigned y)
{
    struct picture_area a;

    if (!shown)
        return VWR_OK;
    a = picture_mark(x, y);
    return screen_flush(&a);
}

int screen_point(unsigned x, unsigned y)
{
    const int r = shown ? cursor_move(&gpu, x, y) : VWR_OK;

    return r < 0 ? r : VWR_OK;
}

static int screen_serve(void)
{
    return cursor_serve(&gpu); /* 1 is SERVED_SOME */
}

static int screen_close(void)
{
    shown = false;
    return vwr_close(&gpu.bringup);
}

static size_t screen_explain(char *text, size_t bytes)
{
    return vwr_gpu_explain(&gpu, text, bytes);
}

static struct vwr_bringup *screen_device(unsigned n)
{
    return n == 0 ? &gpu.bringup : NULL;
}

const struct part screen_part = {
    .type = VWR_ID_GPU,
    .name = "screen",
    .open = screen_open,
    .show = screen_show,
    .serve = screen_serve,
    .close = screen_close,
    .explain = screen_explain,
    .bringup = &vwr_gpu_bringup,
    .device = screen_device,
};
