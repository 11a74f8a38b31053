/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/gpu.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The driver of the gpu on QEMU's: what it draws has to be, byte for byte, what QEMU writes into a file of what
 * is on the screen. Modern alone: there is no legacy interface.
 */

#define SLOT 30u
#define PICTURES 10u
#define CURSOR VWR_GPU_CURSOR_PIXELS

static struct vwr_gpu gpu;
static struct vwr_mmio mmio;
static char text[300];

static void begin(unsigned kind, const char *options)
{
    machine_begin(false);
    machine_add("-device", "virtio-gpu-device,id=gpu,bus=virtio-mmio-bus.%u%s%s", SLOT,
                (kind & DISK_PACKED) != 0 ? ",packed=on" : "", options);
    machine_start();
    CHECK_NUMBER(vwr_mmio_probe(&mmio, bus_slot(SLOT), VWR_MMIO_SIZE), VWR_OK);
}

static void open_gpu(unsigned kind)
{
    struct vwr_gpu_options o = {.shared = guest_alloc(sizeof(*o.shared))};

    disk_avoid(&o.avoid, kind);
    memset(&gpu, GUEST_POISON, sizeof(gpu));
    CHECK_NUMBER(vwr_gpu_open(&gpu, &mmio.dev, &o), VWR_OK);
    disk_check_kind(&mmio.dev, kind);
}

static void close_gpu(void)
{
    CHECK_NUMBER(vwr_gpu_close(&gpu), VWR_OK);
    CHECK_NUMBER(machine_read((uintptr_t)mmio.base + VWR_MMIO_STATUS, 4), 0);
    machine_stop();
}

static void gpu_result(int line, int got, int want)
{
    if (got == want)
        return;
    (void)vwr_gpu_explain(&gpu, text, sizeof(text));
    check_failed(__FILE__, line, "%d (%s), not %d; the driver says: %s", got, vwr_strerror(got), want, text);
}
#define GPU_OK(call) gpu_result(__LINE__, call, VWR_OK)
#define GPU_RESULT(call, want) gpu_result(__LINE__, call, want)

/* ---- pictures ---- */

/* Where red, green and blue are in a pixel's bytes. */
static const struct {
    uint32_t format;
    uint8_t red, green, blue;
} formats[] = {
    {VWR_GPU_FORMAT_B8G8R8X8_UNORM, 2, 1, 0}, {VWR_GPU_FORMAT_B8G8R8A8_UNORM, 2, 1, 0},
    {VWR_GPU_FORMAT_A8R8G8B8_UNORM, 1, 2, 3}, {VWR_GPU_FORMAT_X8R8G8B8_UNORM, 1, 2, 3},
    {VWR_GPU_FORMAT_R8G8B8A8_UNORM, 0, 1, 2}, {VWR_GPU_FORMAT_X8B8G8R8_UNORM, 3, 2, 1},
    {VWR_GPU_FORMAT_A8B8G8R8_UNORM, 3, 2, 1}, {VWR_GPU_FORMAT_R8G8B8X8_UNORM, 0, 1, 2},
};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

/* A framebuffer, and what has to be on the screen, as red, green and blue. */
struct picture {
    struct vwr_gpu_framebuffer fb;
    unsigned kind; /* of formats */
    uint8_t *rgb;
};

static void place(struct picture *p, uint32_t width, uint32_t height, unsigned kind, bool scattered)
{
    const size_t bytes = (size_t)width * height * VWR_GPU_PIXEL_BYTES;

    memset(p, 0, sizeof(*p));
    p->kind = kind;
    p->rgb = malloc((size_t)width * height * 3);
    CHECK_SYS(p->rgb != NULL);
    p->fb.format = formats[kind].format;
    p->fb.width = width;
    p->fb.height = height;
    p->fb.pixels = scattered ? guest_alloc_scattered(bytes) : guest_alloc(bytes);
    if (!scattered)
        return;
    p->fb.entries = (uint32_t)VWR_GPU_ENTRIES(width, height, GUEST_PAGE);
    p->fb.entry = guest_alloc(p->fb.entries * sizeof(*p->fb.entry));
}

static void drop(struct picture *p)
{
    GPU_OK(vwr_gpu_hide(&gpu, &p->fb));
    free(p->rgb);
}

static uint8_t shade(unsigned picture, unsigned color, uint32_t x, uint32_t y)
{
    return (uint8_t)((x * (3 + color) + y * (7 - color) + picture * 41) ^ (x * y >> (4 + color)));
}

static const struct vwr_gpu_area *whole(const struct picture *p)
{
    static struct vwr_gpu_area a;

    a = (struct vwr_gpu_area){0, 0, p->fb.width, p->fb.height};
    return &a;
}

/* Into memory, and into what is expected: unless it is not to be seen. */
static void draw(struct picture *p, unsigned number, const struct vwr_gpu_area *a, bool seen)
{
    for (uint32_t y = a->y; y < a->y + a->height; y++)
        for (uint32_t x = a->x; x < a->x + a->width; x++) {
            const size_t at = (size_t)y * p->fb.width + x;
            uint8_t *const pixel = (uint8_t *)p->fb.pixels + at * VWR_GPU_PIXEL_BYTES;
            const uint8_t rgb[3] = {shade(number, 0, x, y), shade(number, 1, x, y), shade(number, 2, x, y)};

            memset(pixel, 0xff, VWR_GPU_PIXEL_BYTES);
            pixel[formats[p->kind].red] = rgb[0];
            pixel[formats[p->kind].green] = rgb[1];
            pixel[formats[p->kind].blue] = rgb[2];
            if (seen)
                memcpy(p->rgb + at * 3, rgb, 3);
        }
}

/* QEMU's file of what is on the screen. */
static void see(const struct picture *p, unsigned head)
{
    static char command[200];
    char header[40] = "";
    const size_t bytes = (size_t)p->fb.width * p->fb.height * 3;
    uint8_t *const got = malloc(bytes + 1);
    const int length = snprintf(header, sizeof(header), "P6\n%u %u\n255\n", p->fb.width, p->fb.height);
    char line[40];
    FILE *f;

    CHECK_SYS(got != NULL);
    (void)snprintf(command, sizeof(command),
                   "{\"execute\": \"screendump\", \"arguments\": {\"filename\": \"screen.ppm\", "
                   "\"device\": \"gpu\", \"head\": %u}}",
                   head);
    (void)machine_qmp(command);
    f = fopen("screen.ppm", "rb");
    CHECK_SYS(f != NULL);
    CHECK_SYS(fread(line, 1, (size_t)length, f) == (size_t)length);
    if (memcmp(line, header, (size_t)length) != 0)
        check_failed(__FILE__, __LINE__, "the screen begins with %.*s, not %s", length, line, header);
    CHECK_NUMBER(fread(got, 1, bytes + 1, f), bytes);
    CHECK_SYS(fclose(f) == 0);
    for (size_t i = 0; i < bytes; i++)
        if (got[i] != p->rgb[i])
            check_failed(__FILE__, __LINE__, "pixel %zu, %zu of the screen has %02x for %02x", i / 3 % p->fb.width,
                         i / 3 / p->fb.width, got[i], p->rgb[i]);
    free(got);
    CHECK_SYS(remove("screen.ppm") == 0);
}

static void reap_all(unsigned count)
{
    struct vwr_gpu_update *done[4];
    int n;

    for (unsigned idle = 0; count > 0; idle++) {
        n = vwr_gpu_reap(&gpu, done, 4);
        CHECK(n >= 0 && (unsigned)n <= count);
        for (int i = 0; i < n; i++)
            GPU_OK(done[i]->result);
        count -= (unsigned)n;
        CHECK_AT_MOST(idle, 10000);
    }
}

#define AREAS 5u

/* Rectangles in one batch: one notification, and nothing but they is on the screen. */
static void update(struct picture *p, unsigned number)
{
    static struct vwr_gpu_update u[AREAS];
    const uint32_t w = p->fb.width;
    const uint32_t h = p->fb.height;
    const struct vwr_gpu_area area[AREAS] = {{0, 0, 1, 1},
                                             {w - 1, h - 1, 1, 1},
                                             {w / 3, h / 3, w / 3, h / 3},
                                             {0, h / 2, w, 1},
                                             {w - 7, 0, 7, h}};

    draw(p, number + 100, whole(p), false);
    (void)bus_counts();
    for (unsigned i = 0; i < AREAS; i++) {
        draw(p, number + 100, &area[i], true);
        GPU_OK(vwr_gpu_submit(&gpu, &u[i], &p->fb, &area[i]));
        GPU_RESULT(vwr_gpu_submit(&gpu, &u[i], &p->fb, &area[i]), VWR_EBUSY);
        CHECK_NUMBER(u[i].fence, u[0].fence + i);
    }
    (void)vwr_gpu_kick(&gpu);
    CHECK_NUMBER(bus_counts().notifies, 1);
    reap_all(AREAS);
}

static void pictures(unsigned kind)
{
    struct picture p;

    begin(kind, "");
    open_gpu(kind);
    for (unsigned i = 0; i < PICTURES; i++) {
        const size_t mark = guest_mark();

        place(&p, 320 + 36 * i, 200 + 11 * i, i % FORMATS, i == 3); /* QEMU fills rows of its file to 4 bytes */
        draw(&p, i, whole(&p), true);
        GPU_OK(vwr_gpu_show(&gpu, &p.fb));
        see(&p, 0);
        update(&p, i);
        see(&p, 0);
        draw(&p, i + 50, whole(&p), true);
        (void)bus_counts();
        GPU_OK(vwr_gpu_flush(&gpu, &p.fb, NULL));
        CHECK_NUMBER(bus_counts().notifies, 1);
        see(&p, 0);
        drop(&p);
        guest_release(mark);
    }
    close_gpu();
}

void case_gpu_pictures(bool legacy)
{
    CHECK(!legacy);
    for (unsigned kind = 0; kind < disk_kinds(); kind++)
        pictures(kind);
}
