/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/gpu.h"
#include "vwr/vgpu.h"
#include "vplan.h"

#include "hyp.h"

/*
 * The real screen, driven by Virtwright's driver, shows what a guest draws. Parts of the guest's flush are
 * copied to the framebuffer. After the last part, the rectangle is sent to the real GPU; the guest gets its
 * answer
 * when the rectangle is on the screen. Areas not covered by the guest are black.
 */
#define WIDTH 1280u
#define HEIGHT 800u
#define CLEAR_ROWS 8u /* bytes each time the lock is held */
#define WORDS_BYTES 200u

static struct vwr_gpu gpu;
static struct vwr_gpu_shared shared;
static _Alignas(PAGE_BYTES) uint8_t pixels[HEIGHT * WIDTH * VWR_GPU_PIXEL_BYTES];
static struct vwr_gpu_framebuffer framebuffer = {
    .pixels = pixels, .width = WIDTH, .height = HEIGHT, .format = VWR_GPU_FORMAT_B8G8R8X8_UNORM};
static const struct vwr_vgpu_pixels whole = {pixels, WIDTH *VWR_GPU_PIXEL_BYTES, WIDTH, HEIGHT,
                                             VWR_GPU_FORMAT_B8G8R8X8_UNORM};
static bool there;
static char words[WORDS_BYTES];

static struct {
    struct vwr_gpu_update update;
    struct vwr_gpu_area area;    /* area changed since the last update */
    struct vwr_vgpu *drawn_by;   /* waits for the update; NULL: none */
    uint64_t drawn;              /* and its flush */
    bool in_flight;              /* the real GPU has the update */
    uint32_t clear;              /* the next row to clear; HEIGHT: none */
    struct vwr_vgpu *waiting_by; /* has a pending part of a flush; NULL: none */
    struct vwr_vgpu_flush waiting;
    uint64_t updates;
    uint64_t failed;
} screen = {.clear = HEIGHT};

static void interrupt(uint32_t reasons)
{
    screen_service();
}

void screen_start(void)
{
    const struct vwr_gpu_options options = {.shared = &shared};
    struct vwr_dev *const d = real_take(VWR_ID_GPU, interrupt);

    if (d == NULL) {
        print("hypervisor: no screen: -device virtio-gpu-device\n");
        return;
    }
    if (vwr_gpu_open(&gpu, d, &options) != VWR_OK || vwr_gpu_show(&gpu, &framebuffer) != VWR_OK) {
        vwr_gpu_explain(&gpu, words, sizeof(words));
        print("hypervisor: the screen does not start: %s\n", words);
        return;
    }
    there = true;
    print("hypervisor: screen of %u x %u, interrupt %u\n", WIDTH, HEIGHT, real_line(d));
    real_enable(d);
}

/* Extends a rectangle to include another. */
static void join(struct vwr_gpu_area *to, const struct vwr_vgpu_area *a)
{
    const uint32_t right = a->x + a->width;
    const uint32_t bottom = a->y + a->height;
    const uint32_t old_right = to->width != 0 ? to->x + to->width : 0;
    const uint32_t old_bottom = to->width != 0 ? to->y + to->height : 0;

    to->x = to->width != 0 && to->x < a->x ? to->x : a->x;
    to->y = to->width != 0 && to->y < a->y ? to->y : a->y;
    to->width = (right > old_right ? right : old_right) - to->x;
    to->height = (bottom > old_bottom ? bottom : old_bottom) - to->y;
}

/* Sends the changed area to the real GPU. */
static int update(void)
{
    const struct vwr_gpu_area area = screen.area;
    int r;

    screen.area.width = 0;
    vwr_gpu_fill(&screen.update, &framebuffer, &area);
    r = vwr_gpu_submit(vwr_gpu_get_controlq(&gpu, 0), &screen.update);
    screen.in_flight = r == VWR_OK;
    screen.updates++;
    if (r == VWR_OK)
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
    else
        screen.failed++;
    return r;
}

/* Copies a part; VWR_LATER: it was the last part, and the real GPU has received the update. */
static int draw(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    vwr_vgpu_draw(&whole, f);
    join(&screen.area, &f->area);
    if (!f->last)
        return VWR_OK;
    if (update() != VWR_OK)
        return VWR_EIO;
    screen.drawn_by = g;
    screen.drawn = f->ticket;
    guest_go_on(guest_here(), TO_DO_SCREEN); /* which arms the interrupt */
    return VWR_LATER;
}

static int flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    if (!there)
        return VWR_OK;
    if (!screen.in_flight && screen.clear == HEIGHT)
        return draw(g, f);
    screen.waiting_by = g;
    screen.waiting = *f;
    return VWR_LATER;
}

static void scanout(struct vwr_vgpu *g, unsigned index, const struct vwr_vgpu_pixels *shown)
{
    screen.waiting_by = NULL; /* its pending part is obsolete */
    if (!there || (shown != NULL && shown->width == WIDTH && shown->height == HEIGHT))
        return;
    screen.clear = 0;
    guest_go_on(guest_here(), TO_DO_SCREEN);
}

/* The guest's device is destroyed and its parts are obsolete; the new device requests them again. */
void screen_forget(void)
{
    screen.waiting_by = NULL;
    screen.drawn_by = NULL;
}

void screen_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vgpu_ops ops = {.scanout = scanout, .flush = flush};

    host->gpu = &ops;
    host->gpu_width_max = WIDTH;
    host->gpu_height_max = HEIGHT;
}

/* Clears some rows; after the last one updates the real GPU. */
static void clear(void)
{
    static const struct vwr_vgpu_area all = {0, 0, WIDTH, HEIGHT};

    for (unsigned i = 0; i < CLEAR_ROWS && screen.clear < HEIGHT; i++, screen.clear++)
        vwr_zero(&pixels[(size_t)screen.clear * WIDTH * VWR_GPU_PIXEL_BYTES], WIDTH * VWR_GPU_PIXEL_BYTES);
    if (screen.clear < HEIGHT)
        return;
    join(&screen.area, &all);
    (void)update();
}

static void end_update(int result)
{
    struct vwr_vgpu *const g = screen.drawn_by;

    screen.in_flight = false;
    screen.drawn_by = NULL;
    screen.failed += result != VWR_OK ? 1 : 0;
    if (g != NULL)
        vwr_vgpu_done(g, screen.drawn, result == VWR_OK ? VWR_OK : VWR_EIO);
}

/* Draws a part that had to wait. */
static void draw_waiting(void)
{
    struct vwr_vgpu *const g = screen.waiting_by;
    int r;

    screen.waiting_by = NULL;
    r = draw(g, &screen.waiting);
    if (r != VWR_LATER)
        vwr_vgpu_done(g, screen.waiting.ticket, r);
}

/* Recovers a stopped GPU, one step per call. */
static void recover(void)
{
    const int r = vwr_recover(&gpu.bringup);

    if (r == VWR_EBUSY)
        real_soon();
    if (r != VWR_EFAILED)
        return;
    there = false;
    end_update(VWR_EFAILED);
    vwr_gpu_explain(&gpu, words, sizeof(words));
    console_line();
    print("hypervisor: the screen has failed: %s\n", words);
}

void screen_service(void)
{
    struct vwr_gpu_update *done;
    int r;

    if (!there)
        return;
    r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), &done, 1);
    if (r < 0)
        recover();
    else if (r == 1)
        end_update(done->result);
    else if (screen.in_flight) {
        if (!vwr_gpu_arm(vwr_gpu_get_controlq(&gpu, 0), 2))
            guest_go_on(guest_here(), TO_DO_SCREEN);
        return;
    } else if (screen.clear < HEIGHT)
        clear();
    else if (screen.waiting_by != NULL)
        draw_waiting();
    else
        return;
    guest_go_on(guest_here(), TO_DO_SCREEN);
}

void screen_stats(void)
{
    if (there)
        print("screen: %llu updates, %llu failed\n", (unsigned long long)screen.updates,
              (unsigned long long)screen.failed);
}
