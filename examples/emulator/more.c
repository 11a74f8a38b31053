/* SPDX-License-Identifier: MIT */
/* The machine's screen, keyboard and sound card. Its folder is in vwr_example.c. */
#include "devices.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- the screen: pixels of a window, 32 bits each ---- */

uint32_t window_pixels[WINDOW_HEIGHT][WINDOW_WIDTH];

/* A part is never larger than the window: WIDTH and HEIGHT in vwr_example.c. */
void vwr_example_redraw(const struct vwr_vgpu_flush *part)
{
    const struct vwr_vgpu_area *const a = &part->area;
    const uint8_t *from = part->pixels.base + a->y * part->pixels.stride + a->x * 4u;

    for (uint32_t y = a->y; y < a->y + a->height; y++, from += part->pixels.stride)
        memcpy(&window_pixels[y][a->x], from, a->width * 4u);
}

/* ---- the keyboard: an event of the window, with Linux's number of the key ---- */

void window_key(uint16_t key, bool is_down)
{
    (void)vwr_example_key(key, is_down); /* false: the guest does not read, and the key is lost */
}

/* ---- the sound card: the guest's frames, 10 ms at a time by the emulator's clock ---- */

void vwr_example_frames(const uint8_t *frames, uint32_t bytes)
{
    static FILE *raw; /* 16 bits, two channels, 48 kHz */

    if (raw == NULL)
        raw = fopen("sound.raw", "wb");
    if (raw != NULL)
        (void)fwrite(frames, 1, bytes, raw);
}

void poll_sound(void)
{
    static uint64_t next; /* in ms */
    struct timespec now;
    uint64_t ms;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    ms = (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
    if (ms < next)
        return;
    next = ms + 10u;
    vwr_example_sound();
}
