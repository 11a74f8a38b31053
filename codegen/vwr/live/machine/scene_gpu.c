/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/gpu.h"
#include "vwr/text.h"
#include "vwr/vgpu.h"
#include "vwr/open/rows.h"

#define WIDTH 64u
#define HEIGHT 48u
#define ENTRIES 16u

static struct {
    struct vwr_vgpu device;
    struct vwr_vgpu_scanout scanout[1];
    struct vwr_vgpu_resource resource[2];
    struct vwr_vgpu_entry entry[ENTRIES];
    _Alignas(VWR_VGPU_ALIGN) uint8_t memory[2u * VWR_VGPU_BYTES(WIDTH, HEIGHT)];
    struct vwr_gpu_framebuffer image; /* of the driver */
} screen;

static struct live_surface *surface_of(const struct vwr_vgpu *device)
{
    const struct live_guest *const g = device->context;

    return &live_surfaces[g->number];
}

static void scanout(struct vwr_vgpu *device, unsigned number, const struct vwr_vgpu_pixels *pixels)
{
    struct live_surface *const surface = surface_of(device);

    (void)number;
    if (pixels == NULL)
        vwr_zero(surface->data, surface->bytes);
}

static int flush(struct vwr_vgpu *device, const struct vwr_vgpu_flush *f)
{
    const struct vwr_vgpu_pixels to = {.base = surface_of(device)->data,
                                       .stride = WIDTH * VWR_VGPU_PIXEL_BYTES,
                                       .width = WIDTH,
                                       .height = HEIGHT,
                                       .format = VWR_GPU_FORMAT_R8G8B8A8_UNORM};

    vwr_vgpu_draw(&to, f);
    return VWR_OK;
}

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vgpu_ops ops = {.scanout = scanout, .flush = flush};
    const struct vwr_vgpu_options o = {.ops = &ops,
                                       .context = g,
                                       .scanout = screen.scanout,
                                       .scanout_count = VWR_COUNT(screen.scanout),
                                       .resource = screen.resource,
                                       .resource_count = VWR_COUNT(screen.resource),
                                       .entry = screen.entry,
                                       .entry_count = ENTRIES,
                                       .memory = screen.memory,
                                       .memory_bytes = sizeof(screen.memory),
                                       .edid = true};
    struct live_surface *const surface = &live_surfaces[g->number];

    vwr_zero(&screen, sizeof(screen));
    surface->width = screen.scanout[0].width = screen.image.width = WIDTH;
    surface->height = screen.scanout[0].height = screen.image.height = HEIGHT;
    surface->bytes = WIDTH * HEIGHT * VWR_VGPU_PIXEL_BYTES;
    screen.image.pixels = live_alloc(g, surface->bytes, 64);
    screen.image.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    *v = vwr_vgpu_dev(&screen.device);
    return vwr_vgpu_init_with(&screen.device, s, &o);
}

/* ---- the driver ---- */

static struct vwr_gpu *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_gpu_bringup);
}

static int read_display(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_gpu_display display;
    const int r = vwr_gpu_read_displays(driver(g), &display, 1);
    struct vwr_text t;

    (void)in;
    if (r < 1)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_dec(&t, display.area.width);
    vwr_text_str(&t, " x ");
    vwr_text_dec(&t, display.area.height);
    out->bytes = (uint32_t)t.length;
    return r;
}

static int show(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_gpu_show(driver(g), &screen.image);
}

static int hide(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_gpu_hide(driver(g), &screen.image);
}

static struct vwr_gpu_area area_of(const struct live_arguments *in)
{
    const struct vwr_gpu_area area = {(uint32_t)in->number[0], (uint32_t)in->number[1],
                                      (uint32_t)in->number[2], (uint32_t)in->number[3]};

    return area;
}

/* Writes to the guest's RAM alone. */
static int fill(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const struct vwr_gpu_area area = area_of(in);
    uint8_t *const pixels = screen.image.pixels;

    (void)g;
    (void)out;
    for (uint32_t y = area.y; y < HEIGHT && y - area.y < area.height; y++)
        for (uint32_t x = area.x; x < WIDTH && x - area.x < area.width; x++)
            for (unsigned i = 0; i < 3; i++) /* blue, green, red */
                pixels[(y * WIDTH + x) * VWR_GPU_PIXEL_BYTES + i] = (uint8_t)in->number[6u - i];
    return VWR_OK;
}

static int update(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const struct vwr_gpu_area area = area_of(in);

    (void)out;
    return vwr_gpu_flush(driver(g), &screen.image, &area);
}

static int resize(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return vwr_vgpu_resize(&screen.device, 0, (uint32_t)in->number[0], (uint32_t)in->number[1]);
}

static const struct live_action actions[] = {
    {"read display", "", "Ask for the size of the screen.", LIVE_DRIVER, read_display},
    {"show", "", "Create an image on the device and display it.", LIVE_DRIVER, show},
    {"fill", "x=8 y=8 width=24 height=16 red=255 green=128 blue=0", "Fill a rectangle in the guest's memory.",
     LIVE_DRIVER, fill},
    {"flush", "x=0 y=0 width=64 height=48", "Transfer a rectangle to the screen.", LIVE_DRIVER, update},
    {"hide", "", "Remove the image.", LIVE_DRIVER, hide},
    {"resize", "width=80 height=60", "Change the size that the screen reports.", LIVE_DEVICE, resize},
};

static const struct vwr_open_class row = VWR_OPEN_GPU;

const struct live_scene live_scene_gpu = {.name = "gpu",
                                          .brief = "A screen of 64 x 48 pixels.",
                                          .actions = actions,
                                          .action_count = VWR_COUNT(actions),
                                          .guests = 1,
                                          .queues = VWR_VGPU_QUEUES,
                                          .surface = LIVE_PIXELS,
                                          .add = add,
                                          .driver = &row};
