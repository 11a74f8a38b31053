/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"
#include "suspend.h"
#include "../common/edid.h"
#include "../common/random.h"

#include "vwr/gpu.h"
#include "vwr/vgpu.h"

#include <stdio.h>
#include <string.h>

/*
 * The GPU driver with this project's device: rectangles from memory with any layout, processed in parts with
 * small budgets, shown immediately or later. The screen is compared with a model after each. Sizes change, a
 * cursor moves, and the device fails in between.
 */

#define SLOT 2u
#define QUEUE_SIZE 32u /* half of VWR_GPU_QUEUE */
#define WIDTH 150u
#define HEIGHT 70u
#define BYTES ((size_t)WIDTH * HEIGHT * VWR_GPU_PIXEL_BYTES)
#define ENTRIES 256u
#define RESOURCES 6u
#define CURSOR VWR_GPU_CURSOR_PIXELS

static struct {
    struct vwr_vgpu device;
    struct vwr_vqueue queue[VWR_VGPU_QUEUES];
    struct vwr_vqueue_entry own[VWR_VGPU_QUEUES * QUEUE_SIZE];
    struct vwr_vgpu_scanout scanout[2];
    struct vwr_vgpu_resource resource[RESOURCES];
    struct vwr_vgpu_entry entry[ENTRIES];
    uint64_t memory[4 * VWR_VGPU_BYTES(WIDTH, HEIGHT) / 8];
    uint32_t screen[HEIGHT][WIDTH];
    bool shown;
    bool pending; /* the VMM processes a flush */
    uint64_t ticket;
    unsigned lates;
    uint32_t image[CURSOR][CURSOR];
    uint32_t x, y;
    /* the guest */
    union vmm_end end;
    struct vwr_gpu gpu;
    struct vwr_gpu_framebuffer fb;
    struct vwr_gpu_framebuffer arrow;
    uint32_t *pixels;
    uint32_t model[HEIGHT][WIDTH];
} w;

static uint64_t state;

static void on_scanout(struct vwr_vgpu *v, unsigned n, const struct vwr_vgpu_pixels *p)
{
    CHECK(v == &w.device && n == 0);
    w.shown = p != NULL;
    w.pending = false; /* of another process, if a state was loaded */
    memset(w.screen, 0, sizeof(w.screen));
}

static int on_flush(struct vwr_vgpu *v, const struct vwr_vgpu_flush *f)
{
    const struct vwr_vgpu_pixels to = {(uint8_t *)w.screen, WIDTH * VWR_GPU_PIXEL_BYTES, WIDTH, HEIGHT,
                                       VWR_GPU_FORMAT_B8G8R8X8_UNORM};

    CHECK(v == &w.device && w.shown && !w.pending);
    vwr_vgpu_draw(&to, f);
    w.pending = f->ticket != 0 && random_below(&state, 4) == 0;
    w.lates += w.pending;
    w.ticket = f->ticket;
    return w.pending ? VWR_LATER : VWR_OK;
}

static void on_cursor(struct vwr_vgpu *v, const struct vwr_vgpu_cursor *c)
{
    CHECK(v == &w.device && c->scanout == 0);
    w.x = c->x;
    w.y = c->y;
    if (c->image.base != NULL)
        memcpy(w.image, c->image.base, sizeof(w.image));
}

static const struct vwr_vgpu_ops ops = {.scanout = on_scanout, .flush = on_flush, .cursor = on_cursor};

static bool show_later(void)
{
    if (!w.pending)
        return false;
    w.pending = false;
    vwr_vgpu_done(&w.device, w.ticket, VWR_OK);
    return true;
}

static void begin(unsigned kind, bool deferred, bool edid)
{
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = w.queue,
                               .queue_count = VWR_VGPU_QUEUES,
                               .queue_size = QUEUE_SIZE,
                               .own = w.own,
                               .own_count = VWR_COUNT(w.own)};
    const struct vwr_vgpu_options o = {.ops = &ops,
                                       .scanout = w.scanout,
                                       .scanout_count = 2,
                                       .resource = w.resource,
                                       .resource_count = RESOURCES,
                                       .entry = w.entry,
                                       .entry_count = ENTRIES,
                                       .memory = w.memory,
                                       .memory_bytes = sizeof(w.memory),
                                       .edid = edid};

    vmm_begin(deferred);
    memset(&w, 0, sizeof(w));
    w.scanout[0].width = WIDTH;
    w.scanout[0].height = HEIGHT;
    disk_offer(&s.features, kind);
    s.budget_bytes = 1024 + random_below(&state, 20000);
    CHECK_NUMBER(vwr_vgpu_init_with(&w.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vgpu_dev(&w.device));
    vmm_work = show_later;
    ram_reset();
}

static uint32_t paint(uint32_t x, uint32_t y)
{
    return (x * 2654435761u ^ y * 40503u) + random_below(&state, 2);
}

static void open_gpu(unsigned kind)
{
    struct vwr_gpu_options o = {.shared = ram_alloc_ring(sizeof(*o.shared))};
    const uint32_t entries = (uint32_t)VWR_GPU_ENTRIES(WIDTH, HEIGHT, 256);

    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vmm_find(&w.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_gpu_open(&w.gpu, &w.end.dev, &o), VWR_OK);
    disk_check_features(&w.end.dev, vwr_vgpu_dev(&w.device), kind);
    w.pixels = guest_alloc_scattered(BYTES);
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++)
        w.pixels[i] = w.model[i / WIDTH][i % WIDTH] = paint(i, kind);
    w.fb = (struct vwr_gpu_framebuffer){
        .pixels = w.pixels, .width = WIDTH, .height = HEIGHT, .format = VWR_GPU_FORMAT_B8G8R8X8_UNORM};
    w.fb.entry = guest_alloc(entries * sizeof(*w.fb.entry));
    w.fb.entries = entries;
    CHECK_NUMBER(vwr_gpu_show(&w.gpu, &w.fb), VWR_OK);
    CHECK(memcmp(w.screen, w.model, sizeof(w.screen)) == 0);
}

static void show_arrow(void)
{
    uint32_t *const pixels = guest_alloc(sizeof(w.image));
    struct vwr_gpu_pointer p = {.image = &w.arrow, .x = 3, .y = 4, .hot_x = 5, .hot_y = 6};

    for (uint32_t i = 0; i < CURSOR * CURSOR; i++)
        pixels[i] = paint(i, 1);
    w.arrow = (struct vwr_gpu_framebuffer){.pixels = pixels,
                                           .width = CURSOR,
                                           .height = CURSOR,
                                           .format = VWR_GPU_FORMAT_B8G8R8A8_UNORM,
                                           .scanout = VWR_GPU_NO_SCANOUT};
    w.arrow.entry = guest_alloc(64 * sizeof(*w.arrow.entry));
    w.arrow.entries = 64;
    CHECK_NUMBER(vwr_gpu_show(&w.gpu, &w.arrow), VWR_OK);
    CHECK_NUMBER(vwr_gpu_set_cursor(&w.gpu, &p), VWR_OK);
    CHECK(memcmp(w.image, pixels, sizeof(w.image)) == 0 && w.x == 3 && w.y == 4);
}

/* The guest draws more than it flushes; only the flushed part becomes visible. */
static void draw(void)
{
    struct vwr_gpu_area a = {random_below(&state, WIDTH), random_below(&state, HEIGHT), 0, 0};

    a.width = 1 + random_below(&state, WIDTH - a.x);
    a.height = 1 + random_below(&state, HEIGHT - a.y);
    if (random_below(&state, 4) == 0)
        a = (struct vwr_gpu_area){0, 0, WIDTH, HEIGHT};
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++) {
            w.pixels[y * WIDTH + x] = paint(x + a.x, y + a.y);
            if (x - a.x < a.width && y - a.y < a.height)
                w.model[y][x] = w.pixels[y * WIDTH + x];
        }
    CHECK_NUMBER(vwr_gpu_flush(&w.gpu, &w.fb, &a), VWR_OK);
    CHECK(memcmp(w.screen, w.model, sizeof(w.screen)) == 0);
}

static void move(void)
{
    const uint32_t x = random_below(&state, WIDTH);
    int r;

    while ((r = vwr_gpu_move_cursor(&w.gpu, x, 1)) == VWR_EBUSY)
        (void)vmm_step();
    CHECK_NUMBER(r, VWR_OK);
    vmm_run_until_idle();
    CHECK(w.x == x && w.y == 1);
}

static void resize(bool edid)
{
    const uint32_t width = 1 + random_below(&state, VWR_VGPU_SIDE_MAX);
    const uint32_t height = 1 + random_below(&state, VWR_VGPU_SIDE_MAX);
    struct vwr_gpu_display display[2];
    struct vwr_gpu_edid said;

    CHECK_NUMBER(vwr_gpu_poll(&w.gpu), 0);
    CHECK_NUMBER(vwr_vgpu_resize(&w.device, 0, width, height), VWR_OK);
    CHECK(vmm_interrupted(SLOT));
    CHECK_NUMBER(vwr_gpu_poll(&w.gpu), 1);
    CHECK_NUMBER(vwr_gpu_read_displays(&w.gpu, display, 2), 2);
    CHECK(display[0].enabled && !display[1].enabled);
    CHECK(display[0].area.width == width && display[0].area.height == height);
    CHECK_NUMBER(vwr_gpu_read_edid(&w.gpu, 0, &said), edid ? VWR_OK : VWR_EFEATURE);
    CHECK(!edid || (edid_is_valid(said.data, said.bytes) && edid_prefers(said.data, width, height)));
}

/* The screen is black, and then shows the guest's memory; the cursor is restored automatically. */
static void fail_and_recover(void)
{
    struct vwr_gpu_update *none;
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vgpu_dev(&w.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&w.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&w.gpu.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    w.pending = false;
    memset(w.image, 0, sizeof(w.image));
    for (unsigned i = 0; memcmp(w.image, w.arrow.pixels, sizeof(w.image)) != 0; i++) {
        CHECK_NUMBER(vwr_gpu_reap(vwr_gpu_get_controlq(&w.gpu, 0), &none, 1), 0);
        (void)vmm_step();
        CHECK_AT_MOST(i, 100000);
    }
    memcpy(w.model, w.pixels, sizeof(w.model));
    CHECK_NUMBER(vwr_gpu_flush(&w.gpu, &w.fb, NULL), VWR_OK);
    CHECK(w.shown && memcmp(w.screen, w.model, sizeof(w.screen)) == 0);
}

/* With an update in progress in the device or in the VMM. */
static void suspend(void)
{
    static struct vwr_gpu_update update;
    struct vwr_gpu_update *done = NULL;

    memset(&update, 0, sizeof(update));
    memcpy(w.model, w.pixels, sizeof(w.model));
    vwr_gpu_fill(&update, &w.fb, NULL);
    CHECK_NUMBER(vwr_gpu_submit(vwr_gpu_get_controlq(&w.gpu, 0), &update), VWR_OK);
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&w.gpu, 0));
    suspend_check(&w.end.dev, vwr_vgpu_dev(&w.device));
    for (unsigned i = 0; done == NULL; i++) {
        CHECK(vwr_gpu_reap(vwr_gpu_get_controlq(&w.gpu, 0), &done, 1) >= 0);
        (void)vmm_step();
        CHECK_AT_MOST(i, 100000);
    }
    CHECK_NUMBER(done->result, VWR_OK);
    CHECK(memcmp(w.screen, w.model, sizeof(w.screen)) == 0);
}

static void run(unsigned kind, bool deferred, bool edid, unsigned pictures)
{
    begin(kind, deferred, edid);
    open_gpu(kind);
    show_arrow();
    for (unsigned i = 0; i < pictures; i++) {
        draw();
        move();
        if (i % 8 == 3)
            resize(edid);
        if (i % 4 == 2)
            suspend();
        if (i == pictures / 2)
            fail_and_recover();
    }
    CHECK_NUMBER(vwr_gpu_hide(&w.gpu, &w.fb), VWR_OK);
    CHECK(!w.shown);
    CHECK_NUMBER(vwr_close(&w.gpu.bringup), VWR_OK);
    printf("%s gpu%s%s: %u pictures, %u parts shown later\n", disk_kind_name(kind),
           deferred ? " deferred" : "", edid ? " edid" : "", pictures, w.lates);
}

void case_gpu(unsigned kind, unsigned scale)
{
    state = kind;
    if ((kind & DISK_LEGACY) != 0 || VWR_PORT_HAS_DMA_MAP)
        return; /* legacy has no GPU; and a scanout is not a transfer that ends */
    run(kind, false, true, 4 * scale);
    run(kind, true, false, 4 * scale);
    vmm_work = NULL;
}
