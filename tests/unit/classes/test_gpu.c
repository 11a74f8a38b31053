/* SPDX-License-Identifier: MIT */
#include "../../../runtime/device/gpu/vgpu_common.h"
#include "edid.h"
#include "host_vm.h"
#include "vwr/gpu.h"
#include "vwr/vgpu.h"

#include <stdlib.h>
#include <string.h>

/* A guest's GPU with this project's driver, in every ring format: checks the screen pixel by pixel. */

#define WIDTH 80u
#define HEIGHT 60u
#define SCANOUTS 2u
#define RESOURCES 4u
#define ENTRIES 64u
#define MEMORY_BYTES (4u * VWR_VGPU_BYTES(WIDTH, HEIGHT))
#define PAGE 4096u

struct world {
    struct host_vm h;
    struct vwr_vgpu v;
    struct vwr_vgpu_options o;
    struct vwr_vgpu_scanout scanout[SCANOUTS];
    struct vwr_vgpu_resource resource[RESOURCES];
    struct vwr_vgpu_entry entry[ENTRIES];
    uint64_t memory[MEMORY_BYTES / 8];
    /* the VMM's screens */
    uint32_t screen[SCANOUTS][HEIGHT][WIDTH];
    struct vwr_vgpu_pixels framebuffer[SCANOUTS];
    bool shown[SCANOUTS];
    unsigned parts;
    unsigned lasts;
    int answer; /* result of a flush */
    uint64_t ticket;
    struct vwr_vgpu_cursor cursor;
    uint32_t image[VWR_GPU_CURSOR_PIXELS * VWR_GPU_CURSOR_PIXELS];
    unsigned cursors;
    /* the guest */
    struct vwr_gpu g;
    struct vwr_gpu_options options;
    struct vwr_gpu_framebuffer fb[2];
    struct vwr_gpu_update update;
    uint32_t *pixels;
};

static struct world *world_of(struct vwr_vgpu *v)
{
    struct world *const w = v->context;

    assert_true(w->h.locked);
    return w;
}

static void scanout(struct vwr_vgpu *v, unsigned n, const struct vwr_vgpu_pixels *p)
{
    struct world *const w = world_of(v);

    assert_in_range(n, 0, SCANOUTS - 1);
    w->shown[n] = p != NULL;
    if (p != NULL)
        assert_true(p->base >= (uint8_t *)w->memory && p->base < (uint8_t *)w->memory + sizeof(w->memory));
}

static int flush(struct vwr_vgpu *v, const struct vwr_vgpu_flush *f)
{
    struct world *const w = world_of(v);

    assert_true(w->shown[f->scanout]);
    w->parts++;
    w->lasts += f->last;
    w->ticket = f->ticket;
    if (w->answer >= VWR_OK || w->answer == VWR_LATER)
        vwr_vgpu_draw(&w->framebuffer[f->scanout], f);
    return w->answer;
}

static void cursor(struct vwr_vgpu *v, const struct vwr_vgpu_cursor *c)
{
    struct world *const w = world_of(v);

    w->cursors++;
    w->cursor = *c;
    if (c->image.base != NULL)
        memcpy(w->image, c->image.base, sizeof(w->image));
}

static const struct vwr_vgpu_ops ops = {.scanout = scanout, .flush = flush, .cursor = cursor};

static void prepare(struct world *w)
{
    for (unsigned i = 0; i < SCANOUTS; i++) {
        w->scanout[i].width = WIDTH;
        w->scanout[i].height = HEIGHT;
        w->framebuffer[i] = (struct vwr_vgpu_pixels){(uint8_t *)w->screen[i], WIDTH * 4, WIDTH, HEIGHT,
                                                     VWR_GPU_FORMAT_B8G8R8X8_UNORM};
    }
    w->o = (struct vwr_vgpu_options){.ops = &ops,
                                     .context = w,
                                     .scanout = w->scanout,
                                     .scanout_count = SCANOUTS,
                                     .resource = w->resource,
                                     .resource_count = RESOURCES,
                                     .entry = w->entry,
                                     .entry_count = ENTRIES,
                                     .memory = w->memory,
                                     .memory_bytes = sizeof(w->memory),
                                     .edid = true};
    memset(w->memory, 0xa5, sizeof(w->memory));
}

static struct world *begin_with(void **state, bool edid, uint32_t budget)
{
    struct world *const w = calloc(1, sizeof(*w));

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    w->h.setup.budget_bytes = budget;
    w->h.setup.legacy = false; /* legacy has no GPU */
    prepare(w);
    w->o.edid = edid;
    assert_int_equal(vwr_vgpu_init_with(&w->v, &w->h.setup, &w->o), VWR_OK);
    host_vm_plug(&w->h, vwr_vgpu_dev(&w->v));
    w->options.shared = host_vm_alloc(&w->h, sizeof(*w->options.shared));
    assert_int_equal(vwr_gpu_open(&w->g, &w->h.mmio.dev, &w->options), VWR_OK);
    w->pixels = host_vm_alloc(&w->h, WIDTH * HEIGHT * 4);
    return w;
}

static struct world *begin(void **state)
{
    return begin_with(state, true, 0);
}

static void end(struct world *w)
{
    assert_int_equal(w->h.broken, 0);
    host_vm_end(&w->h);
    free(w);
}

static void paint(struct world *w, uint32_t seed)
{
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++)
        w->pixels[i] = i * UINT32_C(2654435761) ^ seed;
}

static struct vwr_gpu_framebuffer *fill_in(struct world *w, unsigned n)
{
    struct vwr_gpu_framebuffer *const fb = &w->fb[n];

    fb->pixels = w->pixels;
    fb->width = WIDTH;
    fb->height = HEIGHT;
    fb->format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    fb->scanout = n;
    return fb;
}

static void show(struct world *w, uint32_t seed)
{
    paint(w, seed);
    assert_int_equal(vwr_gpu_show(&w->g, fill_in(w, 0)), VWR_OK);
    assert_true(w->shown[0]);
    assert_memory_equal(w->screen[0], w->pixels, sizeof(w->screen[0]));
}

/* Section: GPU Device / Device Operation. */
static void pictures(void **state)
{
    struct world *const w = begin(state);
    const struct vwr_gpu_area area = {7, 9, 31, 17};

    show(w, 1);
    paint(w, 2);
    assert_int_equal(vwr_gpu_flush(&w->g, &w->fb[0], &area), VWR_OK);
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++) {
            const bool in = x - area.x < area.width && y - area.y < area.height;

            assert_int_equal(w->screen[0][y][x], w->pixels[y * WIDTH + x] ^ (in ? 0 : 2 ^ 1));
        }
    assert_int_equal(vwr_gpu_hide(&w->g, &w->fb[0]), VWR_OK);
    assert_false(w->shown[0]);
    show(w, 3);
    end(w);
}

/* Pages in any order, and two screens. */
static void pages_anywhere(void **state)
{
    struct world *const w = begin(state);
    const size_t bytes = WIDTH * HEIGHT * 4;
    struct vwr_gpu_framebuffer *const fb = fill_in(w, 1);

    fb->entry = host_vm_alloc(&w->h, VWR_GPU_ENTRIES(WIDTH, HEIGHT, PAGE) * sizeof(*fb->entry));
    fb->entries = VWR_GPU_ENTRIES(WIDTH, HEIGHT, PAGE);
    paint(w, 4);
    assert_int_equal(vwr_gpu_show(&w->g, fb), VWR_OK);
    assert_memory_equal(w->screen[1], w->pixels, bytes);
    assert_int_equal(vwr_gpu_show(&w->g, fill_in(w, 0)), VWR_OK);
    assert_memory_equal(w->screen[0], w->pixels, bytes);
    end(w);
}

static int submit_all(struct world *w)
{
    vwr_gpu_fill(&w->update, &w->fb[0], NULL);
    return vwr_gpu_submit(vwr_gpu_get_controlq(&w->g, 0), &w->update);
}

/* A budget of a few rows: all rows arrive, in parts that are marked as such. */
static void in_parts(void **state)
{
    struct world *const w = begin_with(state, true, 2048);
    vwr_vm_queue_hook *const again = w->h.ops.again;
    struct vwr_gpu_update *back;
    unsigned served = 0;

    w->h.ops.again = NULL; /* the rest continues immediately */
    show(w, 5);
    assert_true(w->parts >= WIDTH * HEIGHT * 4 / 2048);
    assert_int_equal(w->lasts, 1);
    paint(w, 6);
    assert_int_equal(vwr_gpu_flush(&w->g, &w->fb[0], NULL), VWR_OK);
    assert_memory_equal(w->screen[0], w->pixels, sizeof(w->screen[0]));
    assert_int_equal(w->lasts, 2);
    w->h.ops.again = again;
    paint(w, 7);
    assert_int_equal(submit_all(w), VWR_OK);
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&w->g, 0));
    while (host_vm_serve(&w->h))
        served++;
    assert_in_range(served, 2 * WIDTH * HEIGHT * 4 / 2048, 4 * WIDTH * HEIGHT * 4 / 2048);
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&w->g, 0), &back, 1), 1);
    assert_memory_equal(w->screen[0], w->pixels, sizeof(w->screen[0]));
    end(w);
}

/* The VMM's output is slow, and then fails. Clause: gpu.dev.fence.2. */
static void the_vmm_takes_its_time(void **state)
{
    struct world *const w = begin(state);
    struct vwr_gpu_update *back;

    show(w, 7);
    for (int result = VWR_OK; result >= VWR_EIO; result = result == VWR_OK ? VWR_EIO : VWR_EIO - 1) {
        w->answer = VWR_LATER;
        assert_int_equal(submit_all(w), VWR_OK);
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(&w->g, 0));
        assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&w->g, 0), &back, 1), 0);
        vwr_vgpu_done(&w->v, w->ticket + 1, VWR_OK);
        assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&w->g, 0), &back, 1), 0);
        w->answer = VWR_OK;
        vwr_vgpu_done(&w->v, w->ticket, result);
        vwr_vgpu_done(&w->v, w->ticket, VWR_OK);
        assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&w->g, 0), &back, 1), 1);
        assert_int_equal(back->result, result);
    }
    w->answer = VWR_EIO;
    assert_int_equal(vwr_gpu_flush(&w->g, &w->fb[0], NULL), VWR_EIO);
    w->answer = VWR_OK;
    assert_int_equal(vwr_gpu_flush(&w->g, &w->fb[0], NULL), VWR_OK);
    end(w);
}

static void assert_display(struct world *w, unsigned n, uint32_t x, uint32_t width, uint32_t height)
{
    struct vwr_gpu_display display[SCANOUTS];
    struct vwr_gpu_edid edid;

    assert_int_equal(vwr_gpu_read_displays(&w->g, display, SCANOUTS), SCANOUTS);
    assert_int_equal(display[n].enabled, width != 0);
    assert_int_equal(display[n].area.x, x);
    assert_int_equal(display[n].area.width, width);
    assert_int_equal(display[n].area.height, height);
    assert_int_equal(vwr_gpu_read_edid(&w->g, n, &edid), VWR_OK);
    assert_int_equal(edid.bytes, VWR_VGPU_EDID_BYTES);
    assert_true(edid_is_valid(edid.data, edid.bytes));
    assert_true(width == 0 || edid_prefers(edid.data, width, height));
}

/* Section: GPU Device / Device configuration layout. */
static void another_size(void **state)
{
    struct world *const w = begin(state);
    static const uint32_t sizes[][2] = {{640, 480}, {1280, 800}, {1920, 1080}, {4095, 4095}, {1, 1}, {0, 0}};

    assert_display(w, 0, 0, WIDTH, HEIGHT);
    assert_display(w, 1, WIDTH, WIDTH, HEIGHT);
    assert_int_equal(vwr_gpu_poll(&w->g), 0);
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_int_equal(vwr_vgpu_resize(&w->v, 0, sizes[i][0], sizes[i][1]), VWR_OK);
        assert_int_equal(vwr_gpu_poll(&w->g), 1);
        assert_int_equal(vwr_gpu_poll(&w->g), 0);
        assert_display(w, 0, 0, sizes[i][0], sizes[i][1]);
        assert_display(w, 1, sizes[i][0], WIDTH, HEIGHT);
    }
    assert_int_equal(vwr_vgpu_resize(&w->v, SCANOUTS, 640, 480), VWR_EINVAL);
    assert_int_equal(vwr_vgpu_resize(&w->v, 0, 640, 0), VWR_EINVAL);
    assert_int_equal(vwr_vgpu_resize(&w->v, 0, VWR_VGPU_SIDE_MAX + 1, 480), VWR_EINVAL);
    end(w);
}

static void no_edid(void **state)
{
    struct world *const w = begin_with(state, false, 0);
    struct vwr_gpu_edid edid;

    assert_int_equal(vwr_gpu_read_edid(&w->g, 0, &edid), VWR_EFEATURE);
    end(w);
}

/* Section: GPU Device / Device Operation / Device Operation: cursorq. */
static void pointer(void **state)
{
    struct world *const w = begin(state);
    struct vwr_gpu_framebuffer *const fb = fill_in(w, 0);
    struct vwr_gpu_pointer p = {.image = fb, .scanout = 1, .x = 10, .y = 20, .hot_x = 3, .hot_y = 63};

    paint(w, 8);
    fb->width = fb->height = VWR_GPU_CURSOR_PIXELS;
    fb->format = VWR_GPU_FORMAT_B8G8R8A8_UNORM;
    fb->scanout = VWR_GPU_NO_SCANOUT;
    w->pixels = host_vm_alloc(&w->h, sizeof(w->image));
    fb->pixels = w->pixels;
    for (unsigned i = 0; i < sizeof(w->image) / 4; i++)
        w->pixels[i] = i * 77u;
    assert_int_equal(vwr_gpu_show(&w->g, fb), VWR_OK);
    assert_int_equal(vwr_gpu_set_cursor(&w->g, &p), VWR_OK);
    assert_memory_equal(w->image, w->pixels, sizeof(w->image));
    assert_true(!w->cursor.moved && w->cursor.scanout == 1 && w->cursor.x == 10 && w->cursor.y == 20);
    assert_true(w->cursor.hot_x == 3 && w->cursor.hot_y == 63);
    assert_int_equal(vwr_gpu_move_cursor(&w->g, 500, 7), VWR_OK);
    assert_true(w->cursor.moved && w->cursor.x == 500 && w->cursor.y == 7 && w->cursors == 2);
    assert_int_equal(vwr_close(&w->g.bringup), VWR_OK);
    assert_true(w->cursors == 3 && !w->cursor.moved && w->cursor.image.base == NULL);
    end(w);
}

/* A reset while the VMM processes a flush: all resources are gone, and a late answer is ignored. */
static void reset_in_the_middle(void **state)
{
    struct world *const w = begin(state);

    show(w, 9);
    for (unsigned i = 0; i < 50; i++) {
        w->answer = VWR_LATER;
        assert_int_equal(submit_all(w), VWR_OK);
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(&w->g, 0));
        assert_int_equal(vwr_close(&w->g.bringup), VWR_OK);
        assert_false(w->shown[0]);
        w->answer = VWR_OK;
        assert_int_equal(vwr_mmio_probe(&w->h.mmio, w->h.mmio.base, HOST_VM_STRIDE), VWR_OK);
        assert_int_equal(vwr_gpu_open(&w->g, &w->h.mmio.dev, &w->options), VWR_OK);
        memset(&w->update, 0, sizeof(w->update));
        memset(&w->fb[0], 0, sizeof(w->fb[0]));
        vwr_vgpu_done(&w->v, w->ticket, VWR_OK);
        show(w, i);
    }
    end(w);
}

/* The screen is black until the guest draws, whatever the memory contained before. */
static void nothing_of_before(void **state)
{
    struct world *const w = begin(state);

    for (unsigned i = 0; i < 3; i++) {
        show(w, 10 + i);
        assert_int_equal(vwr_gpu_hide(&w->g, &w->fb[0]), VWR_OK);
    }
    for (unsigned i = 0; i < RESOURCES; i++)
        assert_int_equal(w->resource[i].id, 0);
    assert_int_equal(w->v.pixels.none.gap.key, MEMORY_BYTES / VWR_VGPU_ALIGN); /* one gap covers all */
    assert_int_equal(w->v.backing.none.gap.key, ENTRIES);
    end(w);
}

#define UNITS 1000u
#define SPANS 64u

/* Parts of a pool, checked against an array: parts do not overlap, and if a request fails, no gap is large
 * enough. */
static void parts_of_a_pool(void **state)
{
    static struct vwr_vgpu_span span[SPANS];
    bool used[UNITS] = {false};
    struct vwr_vgpu_pool p;
    uint32_t seed = 3;

    (void)state;
    memset(span, 0, sizeof(span));
    vwr_vgpu_pool_init_(&p, UNITS);
    for (unsigned step = 0; step < 20000; step++) {
        struct vwr_vgpu_span *const s = &span[(seed >> 8) % SPANS];
        const uint32_t count = 1 + (seed >> 16) % 50;
        uint32_t gap = 0;
        uint32_t most = 0;

        for (uint32_t i = 0; i < UNITS; i++) {
            gap = used[i] ? 0 : gap + 1;
            most = gap > most ? gap : most;
        }
        if (s->count == 0) {
            assert_int_equal(vwr_vgpu_take_(&p, s, count), count <= most);
            for (uint32_t i = 0; i < s->count; i++) {
                assert_true(s->first + i < UNITS && !used[s->first + i]);
                used[s->first + i] = true;
            }
        } else if (s->count > 1 && seed >> 30 == 0) {
            used[s->first + s->count - 1] = false;
            vwr_vgpu_shrink_(&p, s, s->count - 1);
        } else {
            for (uint32_t i = 0; i < s->count; i++)
                used[s->first + i] = false;
            vwr_vgpu_give_back_(&p, s);
        }
        seed = seed * 1664525u + 1013904223u;
    }
    for (unsigned i = 0; i < SPANS; i++)
        if (span[i].count != 0)
            vwr_vgpu_give_back_(&p, &span[i]);
    assert_true(vwr_vgpu_take_(&p, &span[0], UNITS));
    assert_false(vwr_vgpu_take_(&p, &span[1], 1));
}

static void formats(void **state)
{
    static const uint32_t format[] = {VWR_GPU_FORMAT_B8G8R8A8_UNORM, VWR_GPU_FORMAT_B8G8R8X8_UNORM,
                                      VWR_GPU_FORMAT_A8R8G8B8_UNORM, VWR_GPU_FORMAT_X8R8G8B8_UNORM,
                                      VWR_GPU_FORMAT_R8G8B8A8_UNORM, VWR_GPU_FORMAT_X8B8G8R8_UNORM,
                                      VWR_GPU_FORMAT_A8B8G8R8_UNORM, VWR_GPU_FORMAT_R8G8B8X8_UNORM};
    static const char *const bytes[] = {"BGRA", "BGRA", "ARGB", "ARGB", "RGBA", "ABGR", "ABGR", "RGBA"};

    (void)state;
    for (unsigned i = 0; i < 8; i++)
        for (unsigned j = 0; j < 8; j++) {
            uint8_t from[4], to[3][4] = {{0}};
            struct vwr_vgpu_flush f = {.pixels = {from, 4, 1, 1, format[i]}, .area = {0, 0, 1, 1}};
            const struct vwr_vgpu_pixels p = {to[1], 4, 1, 1, format[j]};

            memcpy(from, bytes[i], 4);
            vwr_vgpu_draw(&p, &f);
            assert_memory_equal(to[1], bytes[j], 4);
            f.area.x = 1; /* outside of the image */
            vwr_vgpu_draw(&p, &f);
            f.area = (struct vwr_vgpu_area){0, 1, 1, 1};
            vwr_vgpu_draw(&p, &f);
            assert_memory_equal(to[0], "\0\0\0", 4);
            assert_memory_equal(to[2], "\0\0\0", 4);
        }
}

/* An unknown format is drawn like the first one. */
static void format_that_is_none(void **state)
{
    uint8_t to[4] = {0}, from[4] = {'R', 'G', 'B', 'A'};
    const struct vwr_vgpu_flush f = {.pixels = {from, 4, 1, 1, VWR_GPU_FORMAT_R8G8B8A8_UNORM},
                                     .area = {0, 0, 1, 1}};
    const struct vwr_vgpu_pixels p = {to, 4, 1, 1, 0};

    (void)state;
    vwr_vgpu_draw(&p, &f);
    assert_memory_equal(to, "BGRA", 4);
}

static void assert_refused(struct world *w, int result)
{
    assert_int_equal(vwr_vgpu_init_with(&w->v, &w->h.setup, &w->o), result);
    prepare(w);
}

static void wrong_options(void **state)
{
    struct world *const w = calloc(1, sizeof(*w));

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    w->h.setup.legacy = false;
    prepare(w);
    w->o.ops = NULL;
    assert_refused(w, VWR_EINVAL);
    w->o.scanout_count = 0;
    assert_refused(w, VWR_ENOMEM);
    w->o.scanout_count = VWR_GPU_MAX_SCANOUTS + 1;
    assert_refused(w, VWR_EINVAL);
    w->o.resource_count = 0;
    assert_refused(w, VWR_ENOMEM);
    w->o.entry_count = 0;
    assert_refused(w, VWR_ENOMEM);
    w->o.memory_bytes = VWR_VGPU_ALIGN - 1;
    assert_refused(w, VWR_ENOMEM);
    w->scanout[1].width = 0;
    assert_refused(w, VWR_EINVAL);
    w->scanout[1].height = VWR_VGPU_SIDE_MAX + 1;
    assert_refused(w, VWR_EINVAL);
    w->h.setup.legacy = true;
    assert_refused(w, VWR_EINVAL);
    w->h.setup.legacy = false;
    w->h.setup.queue_count = VWR_VGPU_QUEUES - 1;
    assert_refused(w, VWR_ENOMEM);
    w->h.setup.queue_count = VWR_VGPU_QUEUES;
    assert_refused(w, VWR_OK);
    end(w);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {CASE(pictures),
                                                CASE(pages_anywhere),
                                                CASE(in_parts),
                                                CASE(the_vmm_takes_its_time),
                                                CASE(another_size),
                                                CASE(no_edid),
                                                CASE(pointer),
                                                CASE(reset_in_the_middle),
                                                CASE(nothing_of_before),
                                                CASE(formats),
                                                CASE(format_that_is_none),
                                                CASE(wrong_options),
                                                CASE(parts_of_a_pool)};

    return host_vm_run("gpu", cases, sizeof(cases) / sizeof(cases[0]));
}
