/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "../../common/edid.h"
#include "vwr/gpu.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The GPU driver on QEMU's device. QEMU's screendump must be identical to the image that the driver has
 * drawn. Modern only, because a GPU has no legacy interface.
 */

#define SLOT 30u
#define PICTURES 10u
#define CURSOR VWR_GPU_CURSOR_PIXELS

static struct vwr_gpu gpu;
static union found found;
static char text[300];

static void begin(unsigned kind, const char *options)
{
    machine_begin(false);
    machine_add_device(SLOT, "virtio-gpu", "id=gpu%s%s", (kind & DISK_PACKED) != 0 ? ",packed=on" : "",
                       options);
    machine_start();
    slot_probe(&found, SLOT);
}

static void open_gpu(unsigned kind)
{
    struct vwr_gpu_options o = {.shared = guest_alloc(sizeof(*o.shared))};

    disk_avoid(&o.avoid, kind);
    memset(&gpu, GUEST_POISON, sizeof(gpu));
    CHECK_NUMBER(vwr_gpu_open(&gpu, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
}

static void close_gpu(void)
{
    CHECK_NUMBER(vwr_close(&gpu.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
    machine_leave();
}

static int submit_rectangle(struct vwr_gpu_update *u, struct vwr_gpu_framebuffer *of,
                            const struct vwr_gpu_area *area)
{
    vwr_gpu_fill(u, of, area);
    return vwr_gpu_submit(vwr_gpu_get_controlq(&gpu, 0), u);
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

/* Positions of red, green and blue in a pixel's bytes. */
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

/* A framebuffer, and the expected screen, as red, green and blue. */
struct picture {
    struct vwr_gpu_framebuffer fb;
    unsigned kind; /* index of the format */
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

/* Draws into memory, and also into the expected screen if the area is visible. */
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

/* Compares QEMU's screendump. */
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
            check_failed(__FILE__, __LINE__, "pixel %zu, %zu of the screen has %02x for %02x",
                         i / 3 % p->fb.width, i / 3 / p->fb.width, got[i], p->rgb[i]);
    free(got);
    CHECK_SYS(remove("screen.ppm") == 0);
}

static void reap_all(unsigned count)
{
    struct vwr_gpu_update *done[4];
    int n;

    for (unsigned polls = 0; count > 0;) {
        n = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 4);
        CHECK(n >= 0 && (unsigned)n <= count);
        for (int i = 0; i < n; i++)
            GPU_OK(done[i]->result);
        count -= (unsigned)n;
        if (n == 0)
            machine_wait(&polls);
    }
}

#define AREAS 5u

/* Updates rectangles in one batch, with one notification. Nothing else on the screen changes. */
static void update(struct picture *p, unsigned number)
{
    static struct vwr_gpu_update u[AREAS];
    const uint32_t w = p->fb.width;
    const uint32_t h = p->fb.height;
    const struct vwr_gpu_area area[AREAS] = {
        {0, 0, 1, 1}, {w - 1, h - 1, 1, 1}, {w / 3, h / 3, w / 3, h / 3}, {0, h / 2, w, 1}, {w - 7, 0, 7, h}};

    draw(p, number + 100, whole(p), false);
    (void)bus_counts();
    for (unsigned i = 0; i < AREAS; i++) {
        draw(p, number + 100, &area[i], true);
        GPU_OK(submit_rectangle(&u[i], &p->fb, &area[i]));
        GPU_RESULT(submit_rectangle(&u[i], &p->fb, &area[i]), VWR_EBUSY);
        CHECK_NUMBER(u[i].fence, u[0].fence + i);
    }
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
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

        place(&p, 320 + 36 * i, 200 + 11 * i, i % FORMATS,
              i == 3); /* QEMU pads the rows of its file to 4 bytes */
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
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(false, kind))
            pictures(kind);
}

/* ---- displays ---- */

void case_gpu_displays(bool legacy)
{
    static struct picture p[2];
    struct vwr_gpu_display display[3];
    struct vwr_gpu_edid edid;

    CHECK(!legacy);
    begin(0, ",max_outputs=2,xres=1024,yres=640");
    open_gpu(0);
    CHECK_NUMBER(gpu.info.num_scanouts, 2);
    memset(display, GUEST_POISON, sizeof(display));
    CHECK_NUMBER(vwr_gpu_read_displays(&gpu, display, 3), 2);
    CHECK(display[0].enabled && display[0].area.width == 1024 && display[0].area.height == 640);
    CHECK(display[0].area.x == 0 && display[0].area.y == 0 && !display[1].enabled);
    CHECK_NUMBER(display[2].area.x, 0xa5a5a5a5); /* this scanout does not exist */
    GPU_OK(vwr_gpu_read_edid(&gpu, 0, &edid));
    CHECK(edid.bytes <= sizeof(edid.data) && edid_is_valid(edid.data, edid.bytes));
    CHECK(edid_prefers(edid.data, 1024, 640));
    GPU_RESULT(vwr_gpu_read_edid(&gpu, 2, &edid), VWR_EINVAL);
    for (unsigned i = 0; i < 2; i++) { /* two displays, and both are updated */
        place(&p[i], 640 - 160 * i, 400, i, i == 1);
        p[i].fb.scanout = i;
        draw(&p[i], i, whole(&p[i]), true);
        GPU_OK(vwr_gpu_show(&gpu, &p[i].fb));
    }
    for (unsigned i = 0; i < 2; i++) {
        see(&p[i], i);
        update(&p[i], i);
        see(&p[i], i);
    }
    GPU_RESULT(vwr_gpu_show(&gpu, &p[0].fb), VWR_ERANGE);
    drop(&p[1]);
    see(&p[0], 0);
    drop(&p[0]);
    place(&p[0], 1024, 640, 0, true); /* another display mode */
    draw(&p[0], 9, whole(&p[0]), true);
    GPU_OK(vwr_gpu_show(&gpu, &p[0].fb));
    see(&p[0], 0);
    CHECK_NUMBER(vwr_gpu_poll(&gpu), 0);
    close_gpu();
    free(p[0].rgb);
    begin(0, ",edid=off");
    open_gpu(0);
    GPU_RESULT(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_EFEATURE);
    close_gpu();
}

/* ---- the cursor: QEMU shows it on no display here, and reports each message with a used length of 0 ---- */

void case_gpu_cursor(bool legacy)
{
    static struct picture image;
    static struct picture small;
    struct vwr_gpu_pointer c = {&image.fb, 0, 100, 90, 3, 5};

    CHECK(!legacy);
    for (unsigned kind = 0; kind < DISK_KINDS; kind++) {
        if (!disk_runs_kind(false, kind))
            continue;
        begin(kind, "");
        open_gpu(kind);
        place(&image, CURSOR, CURSOR, 1, false);
        place(&small, CURSOR, CURSOR / 2, 1, false);
        image.fb.scanout = small.fb.scanout = VWR_GPU_NO_SCANOUT;
        draw(&image, kind, whole(&image), true);
        draw(&small, kind, whole(&small), true);
        GPU_RESULT(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL); /* it is not shown */
        GPU_RESULT(vwr_gpu_move_cursor(&gpu, 1, 1), VWR_EINVAL);
        GPU_OK(vwr_gpu_show(&gpu, &image.fb));
        GPU_OK(vwr_gpu_show(&gpu, &small.fb));
        GPU_OK(vwr_gpu_set_cursor(&gpu, &c));
        for (uint32_t i = 0; i < 100; i++) {
            unsigned polls = 0;
            int r;

            while ((r = vwr_gpu_move_cursor(&gpu, i * 12, i * 7)) == VWR_EBUSY)
                machine_wait(&polls);
            GPU_OK(r);
        }
        c.image = &small.fb;
        GPU_RESULT(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL);
        c.image = &image.fb;
        c.hot_x = CURSOR;
        GPU_RESULT(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL);
        c.hot_x = 3;
        c.scanout = 1;
        GPU_RESULT(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL);
        c.scanout = 0;
        c.image = NULL;
        GPU_OK(vwr_gpu_set_cursor(&gpu, &c));
        GPU_RESULT(vwr_gpu_move_cursor(&gpu, 1, 1), VWR_EINVAL);
        c.image = &image.fb;
        drop(&image);
        drop(&small);
        close_gpu();
    }
}

/* ---- errors from QEMU ---- */

static void explains(const char *part)
{
    CHECK_AT_MOST(vwr_gpu_explain(&gpu, text, sizeof(text)), sizeof(text) - 1);
    CHECK_TEXT(text, part);
}

void case_gpu_errors(bool legacy)
{
    const struct vwr_gpu_area wide = {0, 0, 65, 1};
    const struct vwr_gpu_area low = {0, 63, 1, 2};
    const struct vwr_gpu_area none = {0, 0, 0, 1};
    const struct vwr_gpu_area far = {UINT32_MAX, 0, 2, 1};
    static struct vwr_gpu_update u;
    static struct picture p;

    CHECK(!legacy);
    begin(DISK_EVENT, ",max_hostmem=1M");
    open_gpu(DISK_EVENT);
    place(&p, 64, 64, 0, false);
    /* the driver refuses it */
    (void)bus_counts();
    p.fb.scanout = 1;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EINVAL);
    p.fb.scanout = 0;
    p.fb.blob = true;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EFEATURE);
    p.fb.blob = false;
    p.fb.width = 0;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EINVAL);
    p.fb.width = UINT32_MAX;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EINVAL);
    p.fb.width = 64;
    GPU_RESULT(vwr_gpu_flush(&gpu, &p.fb, NULL), VWR_EINVAL);
    GPU_OK(vwr_gpu_hide(&gpu, &p.fb));
    CHECK_NUMBER(bus_counts().notifies, 0);
    /* the device refuses */
    p.fb.format = 99;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EIO);
    explains("RESOURCE_CREATE_2D: the device answers ERR_INVALID_PARAMETER: another parameter is invalid");
    p.fb.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    p.fb.width = 640;
    p.fb.height = 480;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EIO);
    explains("RESOURCE_CREATE_2D: the device answers ERR_OUT_OF_MEMORY: it is out of memory");
    p.fb.width = p.fb.height = 64;
    draw(&p, 0, whole(&p), true);
    GPU_OK(vwr_gpu_show(&gpu, &p.fb));
    see(&p, 0);
    /* refused by the driver, too */
    (void)bus_counts();
    GPU_RESULT(submit_rectangle(&u, &p.fb, &wide), VWR_ERANGE);
    GPU_RESULT(submit_rectangle(&u, &p.fb, &low), VWR_ERANGE);
    GPU_RESULT(submit_rectangle(&u, &p.fb, &none), VWR_ERANGE);
    GPU_RESULT(vwr_gpu_flush(&gpu, &p.fb, &far), VWR_ERANGE);
    CHECK(!vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0)));
    CHECK_NUMBER(bus_counts().notifies, 0);
    /* as after a reset of the device: the driver creates its resources again */
    vwr_gpu_bringup.event(&gpu.bringup, VWR_BRINGUP_RUNS);
    GPU_RESULT(vwr_gpu_flush(&gpu, &p.fb, NULL), VWR_EIO);
    explains("RESOURCE_CREATE_2D: the device answers ERR_INVALID_RESOURCE_ID: the resource does not exist");
    CHECK_NUMBER(p.fb.result, VWR_EIO);
    p.fb.result = VWR_OK;
    p.fb.at++; /* private: the message after RESOURCE_CREATE_2D */
    GPU_RESULT(vwr_gpu_flush(&gpu, &p.fb, NULL), VWR_EIO);
    explains("RESOURCE_ATTACH_BACKING: the device answers ERR_UNSPEC: it gives no reason");
    GPU_OK(vwr_gpu_hide(&gpu, &p.fb));
    gpu.info.num_scanouts = 2; /* more than the device has */
    p.fb.scanout = 1;
    GPU_RESULT(vwr_gpu_show(&gpu, &p.fb), VWR_EIO);
    explains("SET_SCANOUT: the device answers ERR_INVALID_SCANOUT_ID: it has no such scanout");
    p.fb.scanout = 0;
    GPU_OK(vwr_gpu_show(&gpu, &p.fb));
    see(&p, 0);
    drop(&p);
    close_gpu();
}

/* ---- a device that fails ---- */

static void lie_in_the_ring(unsigned kind)
{
    struct vwr_queue *const q = &gpu.control.client.requests.queue;

    if ((kind & DISK_PACKED) != 0) {
        struct vwr_pvirtq_desc *const d = q->packed.oldest;

        d->id = 0xffff;
        d->flags = (uint16_t)q->packed.used_flags;
    } else {
        struct vwr_virtq_used *const used = (struct vwr_virtq_used *)(uintptr_t)q->split.used;

        used->ring[used->idx & q->split.mask].id = 0xffff;
        used->idx++;
    }
}

static void forget_the_ring(unsigned slot)
{
    (void)slot;
    gpu.control.client.requests.queue.split.avail->idx += 1000;
    bus_before_notify(NULL);
}

/*
 * The device fails while updates of two framebuffers are in flight. The updates complete with the reason, and
 * after the recovery everything works as before.
 */
static void dies(unsigned kind, int why)
{
    static struct picture p[2];
    static struct vwr_gpu_update u[2];
    struct vwr_gpu_update *done[2];
    int r = 0;

    begin(kind, ",max_outputs=2");
    open_gpu(kind);
    for (unsigned i = 0; i < 2; i++) {
        place(&p[i], 320, 200, i, i == 1);
        p[i].fb.scanout = i;
        draw(&p[i], i, whole(&p[i]), true);
        GPU_OK(vwr_gpu_show(&gpu, &p[i].fb));
    }
    (void)machine_qmp("{\"execute\": \"query-status\"}"); /* QEMU has done all that it was notified of */
    for (unsigned i = 0; i < 2; i++) {
        draw(&p[i], i + 7, whole(&p[i]), true);
        GPU_OK(submit_rectangle(&u[i], &p[i].fb, NULL));
    }
    gpu.control.client.options.timeout_us = 20000;
    if (why == VWR_EBADRING)
        lie_in_the_ring(kind);
    if (why == VWR_ENEEDSRESET) {
        bus_before_notify(forget_the_ring);
        (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
    }
    while (r == 0) /* QEMU was not notified of them; if it stays silent, the deadline expires */
        r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2);
    GPU_RESULT(r, why);
    gpu.control.client.options.timeout_us = VWR_REQUEST_TIMEOUT_US;
    GPU_RESULT(submit_rectangle(&u[0], &p[0].fb, NULL), VWR_EBUSY);
    while ((r = vwr_recover(&gpu.bringup)) == VWR_EBUSY)
        continue;
    GPU_OK(r);
    for (unsigned came = 0, polls = 0; came < 2;) {
        r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2);
        CHECK(r >= 0);
        for (int i = 0; i < r; i++, came++)
            CHECK(done[i] == &u[came] && u[came].result == why);
        if (r == 0)
            machine_wait(&polls);
    }
    CHECK_NUMBER(gpu.control.client.requests.stats.returned, 4);
    GPU_OK(vwr_gpu_flush(&gpu, &p[0].fb, NULL));
    GPU_OK(vwr_gpu_flush(&gpu, &p[1].fb, NULL));
    for (unsigned i = 0; i < 2; i++) {
        see(&p[i], i);
        update(&p[i], i);
        see(&p[i], i);
        drop(&p[i]);
    }
    CHECK_NUMBER(vwr_close(&gpu.bringup), VWR_OK);
    if (why == VWR_ENEEDSRESET)
        machine_stop_complaining();
    else
        machine_leave();
}

void case_gpu_recover(bool legacy)
{
    static const unsigned kinds[] = {0, DISK_INDIRECT | DISK_EVENT, DISK_PACKED,
                                     DISK_PACKED | DISK_INDIRECT | DISK_EVENT};

    CHECK(!legacy);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        dies(kinds[i], VWR_EBADRING);
        dies(kinds[i], VWR_ETIMEOUT);
        /* The next message must not hide a previous one. */
        machine_end();
        if ((kinds[i] & DISK_PACKED) == 0) /* QEMU 7.2 hangs when it detects a broken packed ring */
            dies(kinds[i], VWR_ENEEDSRESET);
    }
}
