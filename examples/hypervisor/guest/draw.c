/* SPDX-License-Identifier: MIT */
#include <drm/drm.h>
#include <drm/drm_mode.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tool.h"

/*
 * draw SEED FLIPS: draws a picture with DRM dumb buffers in the screen's preferred mode; flips pages FLIPS
 * times, each with another picture; draws rectangles on the visible page, and a cursor. screen.py computes
 * the same. The picture stays until the process, whose number is in /tmp/draw, is killed.
 */
/* a card keeps its number for a while if a program had it open when its driver was removed */
#define CARDS 2u
#define MODES 64u
#define CONNECTORS 8u
#define RECTANGLES 8u
#define RECTANGLE_W 100u
#define RECTANGLE_H 60u
#define CURSOR 64u
#define STEPS 16u /* of the cursor */

struct buffer {
    uint32_t handle;
    uint32_t fb;
    uint32_t stride; /* in pixels */
    uint32_t *pixels;
    size_t bytes;
};

static int card;
static struct drm_mode_modeinfo mode;
static uint32_t connector;
static uint32_t crtc;
static struct buffer buffers[2];
static struct buffer cursor;

static void call(unsigned long number, void *argument, const char *what)
{
    if (ioctl(card, number, argument) != 0)
        fail(what);
}

/* Reads the modes of a connector; true, with the preferred mode, if a screen is connected. */
static int connected(uint32_t id)
{
    static struct drm_mode_modeinfo modes[MODES];
    struct drm_mode_get_connector c = {
        .connector_id = id, .modes_ptr = (uintptr_t)modes, .count_modes = MODES};

    call(DRM_IOCTL_MODE_GETCONNECTOR, &c, "draw: connector");
    if (c.connection != 1 || c.count_modes == 0 || c.count_modes > MODES)
        return 0;
    mode = modes[0];
    for (unsigned i = 0; i < c.count_modes; i++)
        if ((modes[i].type & DRM_MODE_TYPE_PREFERRED) != 0)
            mode = modes[i];
    return 1;
}

static void find_screen(void)
{
    uint32_t connectors[CONNECTORS];
    uint32_t crtcs[CONNECTORS];
    struct drm_mode_card_res r = {.connector_id_ptr = (uintptr_t)connectors,
                                  .count_connectors = CONNECTORS,
                                  .crtc_id_ptr = (uintptr_t)crtcs,
                                  .count_crtcs = CONNECTORS};

    call(DRM_IOCTL_MODE_GETRESOURCES, &r, "draw: resources");
    crtc = crtcs[0];
    for (unsigned i = 0; i < r.count_connectors && i < CONNECTORS && connector == 0; i++)
        if (connected(connectors[i]))
            connector = connectors[i];
    errno = ENODEV;
    if (connector == 0)
        fail("draw: no screen");
}

static struct buffer make(uint32_t width, uint32_t height)
{
    struct drm_mode_create_dumb d = {.width = width, .height = height, .bpp = 32};
    struct drm_mode_map_dumb map = {0};
    struct buffer b;

    call(DRM_IOCTL_MODE_CREATE_DUMB, &d, "draw: buffer");
    map.handle = d.handle;
    call(DRM_IOCTL_MODE_MAP_DUMB, &map, "draw: map");
    b = (struct buffer){.handle = d.handle, .stride = d.pitch / 4u, .bytes = d.size};
    b.pixels = mmap(NULL, d.size, PROT_READ | PROT_WRITE, MAP_SHARED, card, (off_t)map.offset);
    if (b.pixels == MAP_FAILED)
        fail("draw: mmap");
    return b;
}

static struct buffer make_frame(void)
{
    struct buffer b = make(mode.hdisplay, mode.vdisplay);
    struct drm_mode_fb_cmd fb = {.width = mode.hdisplay,
                                 .height = mode.vdisplay,
                                 .pitch = b.stride * 4u,
                                 .bpp = 32,
                                 .depth = 24,
                                 .handle = b.handle};

    call(DRM_IOCTL_MODE_ADDFB, &fb, "draw: frame");
    b.fb = fb.fb_id;
    return b;
}

static void paint(struct buffer *b, uint32_t seed)
{
    for (uint32_t y = 0; y < mode.vdisplay; y++)
        for (uint32_t x = 0; x < mode.hdisplay; x++)
            b->pixels[y * b->stride + x] = (3u * x + seed & 255u) << 16 | (5u * y + 7u * seed & 255u) << 8 |
                                           ((x ^ y) + 11u * seed & 255u);
}

static void show(struct buffer *b)
{
    struct drm_mode_crtc c = {.crtc_id = crtc,
                              .fb_id = b->fb,
                              .set_connectors_ptr = (uintptr_t)&connector,
                              .count_connectors = 1,
                              .mode_valid = 1,
                              .mode = mode};

    call(DRM_IOCTL_MODE_SETCRTC, &c, "draw: show");
}

/* Flips to another buffer and waits until it is visible. */
static void flip(struct buffer *b)
{
    struct drm_mode_crtc_page_flip f = {.crtc_id = crtc, .fb_id = b->fb, .flags = DRM_MODE_PAGE_FLIP_EVENT};
    char event[1024];

    call(DRM_IOCTL_MODE_PAGE_FLIP, &f, "draw: flip");
    if (read(card, event, sizeof(event)) <= 0)
        fail("draw: event of a flip");
}

static void rectangle(struct buffer *b, uint32_t seed, uint32_t i)
{
    const uint32_t left = (157u * i + 13u * seed) % (mode.hdisplay - RECTANGLE_W);
    const uint32_t top = (91u * i + 7u * seed) % (mode.vdisplay - RECTANGLE_H);
    struct drm_clip_rect clip = {(uint16_t)left, (uint16_t)top, (uint16_t)(left + RECTANGLE_W),
                                 (uint16_t)(top + RECTANGLE_H)};
    struct drm_mode_fb_dirty_cmd dirty = {.fb_id = b->fb, .num_clips = 1, .clips_ptr = (uintptr_t)&clip};

    for (uint32_t y = top; y < clip.y2; y++)
        for (uint32_t x = left; x < clip.x2; x++)
            b->pixels[y * b->stride + x] = (i * 0x1f3d5bu + seed * 0x10307u) & 0xffffffu;
    call(DRM_IOCTL_MODE_DIRTYFB, &dirty, "draw: rectangle");
}

static void point(void)
{
    struct drm_mode_cursor c = {.flags = DRM_MODE_CURSOR_BO | DRM_MODE_CURSOR_MOVE,
                                .crtc_id = crtc,
                                .width = CURSOR,
                                .height = CURSOR};

    cursor = make(CURSOR, CURSOR);
    for (uint32_t i = 0; i < CURSOR * CURSOR; i++)
        cursor.pixels[i] = i % CURSOR <= i / CURSOR ? 0xffffff00u : 0u;
    c.handle = cursor.handle;
    for (uint32_t i = 0; i < STEPS; i++) {
        c.x = (int32_t)(mode.hdisplay * i / STEPS);
        c.y = (int32_t)(mode.vdisplay * i / STEPS);
        call(DRM_IOCTL_MODE_CURSOR, &c, "draw: cursor");
        c.flags = DRM_MODE_CURSOR_MOVE;
    }
}

static int stay(void)
{
    const pid_t child = fork();
    FILE *number;

    if (child < 0)
        fail("draw: fork");
    while (child == 0)
        (void)pause();
    number = fopen("/tmp/draw", "w");
    if (number == NULL || fprintf(number, "%d\n", (int)child) < 0 || fclose(number) != 0)
        fail("draw: /tmp/draw");
    return 0;
}

static void open_card(void)
{
    char path[] = "/dev/dri/card0";

    for (unsigned i = 0; i < CARDS; i++) {
        path[sizeof(path) - 2u] = (char)('0' + i);
        card = open(path, O_RDWR);
        if (card >= 0)
            return;
    }
    fail("draw: no /dev/dri/card0");
}

int draw_main(int argc, char **argv)
{
    const uint32_t seed = argc > 0 ? (uint32_t)strtoul(argv[0], NULL, 10) : 0;
    const uint32_t flips = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    uint64_t begin;

    open_card();
    find_screen();
    buffers[0] = make_frame();
    buffers[1] = make_frame();
    paint(&buffers[0], seed);
    begin = now_us();
    show(&buffers[0]);
    for (uint32_t i = 1; i <= flips; i++) {
        paint(&buffers[i % 2u], seed + i);
        flip(&buffers[i % 2u]);
    }
    for (uint32_t i = 0; i < RECTANGLES; i++)
        rectangle(&buffers[flips % 2u], seed + flips, i);
    point();
    printf("drawn %ux%u in %llu us\n", mode.hdisplay, mode.vdisplay, (unsigned long long)(now_us() - begin));
    return stay();
}
